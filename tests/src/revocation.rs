//! CRLs and OCSP responses.

use crate::algorithm::{Digest, Scheme};
use crate::certificate::CertificateForge;
use crate::{der, extension, fixed, oid};

/// What an OCSP response says about a certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CertStatus {
    /// Not revoked.
    Good,
    /// Revoked at this instant, in Unix seconds.
    Revoked(u64),
    /// The responder doesn't know it.
    Unknown,
}

/// How long before [`fixed::NOW`] revocation data was made, and how long after it is current.
const HALF_LIFE: u64 = 3600;

/// OCSPResponse by `issuer` itself about a certificate it issued, current around [`fixed::NOW`].
pub fn ocsp_response(
    issuer: &CertificateForge,
    subject: &CertificateForge,
    status: CertStatus,
) -> Vec<u8> {
    let certificate_id = der::seq([
        Digest::Sha1.identifier_null(),
        der::octet_string(&Digest::Sha1.of(issuer.subject_name())),
        der::octet_string(&issuer.key().ski()),
        der::tlv(der::INTEGER, subject.serial_octets()),
    ]);
    let status = match status {
        CertStatus::Good => der::context_primitive(0, &[]),
        CertStatus::Revoked(at) => der::context(1, &der::generalized_time(at)),
        CertStatus::Unknown => der::context_primitive(2, &[]),
    };
    let made = der::generalized_time(fixed::NOW - HALF_LIFE);
    let single = der::seq([
        certificate_id,
        status,
        made.clone(),
        der::context(0, &der::generalized_time(fixed::NOW + HALF_LIFE)),
    ]);
    let data = der::seq([
        der::context(2, &der::octet_string(&issuer.key().ski())),
        made,
        der::seq([single]),
    ]);
    ocsp_response_of(&signed(issuer, &data))
}

/// Successful OCSPResponse round a BasicOCSPResponse, whatever it is.
pub fn ocsp_response_of(basic: &[u8]) -> Vec<u8> {
    let bytes = der::seq([der::oid(oid::OCSP_BASIC), der::octet_string(basic)]);
    der::seq([der::enumerated(0), der::context(0, &bytes)])
}

/// OCSPResponse that carries only an error status: 1 malformedRequest, 3 tryLater, 6 unauthorized.
pub fn ocsp_error(status: u8) -> Vec<u8> {
    der::seq([der::enumerated(status)])
}

/// CertificateList of `issuer` that revokes these certificates, current around [`fixed::NOW`].
pub fn crl(issuer: &CertificateForge, revoked: &[&CertificateForge]) -> Vec<u8> {
    let made = der::time(fixed::NOW - HALF_LIFE);
    let entries = revoked.iter().map(|certificate| {
        der::seq([der::tlv(der::INTEGER, certificate.serial_octets()), made.clone()])
    });
    let entries = if revoked.is_empty() { Vec::new() } else { der::seq(entries) };
    let key_identifier = extension::authority_key_identifier(&issuer.key().ski());
    let extensions = der::seq([
        extension::extension(oid::AUTHORITY_KEY_IDENTIFIER, false, &key_identifier),
        extension::extension(oid::CRL_NUMBER, false, &der::integer(1)),
    ]);
    let list = der::seq([
        der::integer(1),
        Scheme::certificate(issuer.key().kind).identifier(),
        issuer.subject_name().to_vec(),
        made.clone(),
        der::time(fixed::NOW + HALF_LIFE),
        entries,
        der::context(0, &extensions),
    ]);
    signed(issuer, &list)
}

/// SEQUENCE of data, algorithm and signature: the shape of certificates, CRLs and OCSP responses.
fn signed(issuer: &CertificateForge, data: &[u8]) -> Vec<u8> {
    let scheme = Scheme::certificate(issuer.key().kind);
    let signature = issuer.key().sign(scheme, data);
    der::seq([data.to_vec(), scheme.identifier(), der::bit_string(&signature)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki;
    use crate::tree::Node;

    #[test]
    fn revocation_data_is_der_and_the_same_every_time() {
        let (issuer, subject) = (pki::client_ca(), pki::client_leaf());
        let response = || ocsp_response(&issuer, &subject, CertStatus::Good);
        assert_eq!(response(), response());
        for bytes in [response(), crl(&issuer, &[&subject]), crl(&issuer, &[])] {
            assert_eq!(Node::parse(&bytes).to_der(), bytes);
        }
    }
}
