//! Names of object identifiers: ours, those people know by another name, then const-oid's table.

use client_cert_envelope::{object_identifier_text, oid};
use const_oid::ObjectIdentifier;
use const_oid::db::DB;
use serde::Serialize;

/// An object identifier.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Oid {
    /// Dotted decimal.
    pub oid: String,
    /// Its name, where known.
    pub name: Option<String>,
}

/// What const-oid's table lacks, or names less usually.
const OWN: [(ObjectIdentifier, &str); 10] = [
    (oid::CLIENT_CERT_STATEMENT, "ClientCertStatement"),
    (oid::NO_CLIENT_CERTIFICATE, "no client certificate"),
    (oid::CLIENT_CERT_SIGNING, "clientCertSigning"),
    (oid::X509_CERTIFICATE, "x509Certificate"),
    (oid::CMS_ALGORITHM_PROTECTION, "CMSAlgorithmProtection"),
    (oid::SMIME_CAPABILITIES, "SMIMECapabilities"),
    (oid::SIGNING_CERTIFICATE_V2, "signingCertificateV2"),
    (oid::RI_OCSP_RESPONSE, "ocsp-response"),
    (oid::ANY_EXTENDED_KEY_USAGE, "anyExtendedKeyUsage"),
    (oid::USER_PRINCIPAL_NAME, "userPrincipalName"),
];

impl Oid {
    /// From contents octets, which need not be well-formed.
    pub(crate) fn of(contents: &[u8]) -> Self {
        Self { oid: object_identifier_text(contents), name: name(contents).map(String::from) }
    }

    /// The name, or the number.
    pub(crate) fn text(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.oid)
    }
}

/// The name of contents octets, without the prefixes of the registry's modules.
fn name(contents: &[u8]) -> Option<&'static str> {
    let oid = ObjectIdentifier::from_bytes(contents).ok()?;
    if let Some((_, own)) = OWN.iter().find(|(own, _)| *own == oid) {
        return Some(own);
    }
    let name = DB.by_oid(&oid)?;
    let short = ["pkcs-9-at-", "id-kp-", "id-aa-", "id-"]
        .into_iter()
        .find_map(|prefix| name.strip_prefix(prefix));
    Some(short.unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_people_use() {
        let name = |oid: &str| Oid::of(ObjectIdentifier::new_unwrap(oid).as_bytes()).name;
        assert_eq!(name("1.2.840.113549.1.9.3").as_deref(), Some("contentType"));
        assert_eq!(name("1.2.840.113549.1.7.1").as_deref(), Some("data"));
        assert_eq!(name("2.16.840.1.101.3.4.2.1").as_deref(), Some("sha256"));
        assert_eq!(name("1.2.840.10045.4.3.2").as_deref(), Some("ecdsa-with-SHA256"));
        assert_eq!(name("1.3.6.1.5.5.7.3.2").as_deref(), Some("clientAuth"));
        assert_eq!(name("1.2.840.113549.1.9.22.1").as_deref(), Some("x509Certificate"));
        assert_eq!(name("1.2.3.4"), None);
        assert_eq!(Oid::of(&[0x80]).oid, "oid-80");
    }
}
