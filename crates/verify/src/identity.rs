//! Who a verified certificate is about.

use core::fmt;
use core::net::{Ipv4Addr, Ipv6Addr};

use client_cert_envelope::{Certificate, CertificateError, GeneralName, Stage};
use rustls_pki_types::UnixTime;

use crate::digest::sha256;
use crate::signer::unix_time;
use crate::verified::{ChainStatus, VerifiedClientCert};

/// What a client certificate says about its subject, read from the verified certificate alone.
///
/// A name is unique only under its issuer: compare it together with [`ClientIdentity::issuer`] or
/// the anchor, and deny by serial number or key rather than by the certificate's hash, which a
/// holder can vary without the CA.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ClientIdentity {
    /// The subject (RFC 4514).
    pub subject: String,
    /// The issuer (RFC 4514).
    pub issuer: String,
    /// The serial number, contents octets.
    pub serial: Vec<u8>,
    /// SHA-256 of the certificate: `x5t#S256` (RFC 8705 §3.1) before base64url.
    pub sha256: [u8; 32],
    /// SHA-256 of the SubjectPublicKeyInfo.
    pub spki_sha256: [u8; 32],
    /// First second of validity.
    pub not_before: UnixTime,
    /// Last second of validity.
    pub not_after: UnixTime,
    /// The names of subjectAltName, in order.
    pub sans: Vec<SubjectAltName>,
    /// The SPIFFE ID, where the certificate has exactly one URI and that is one.
    pub spiffe_id: Option<String>,
    /// Whether, and to which anchor, the origin judged the path.
    pub chain: ChainStatus,
}

/// A name of subjectAltName, typed: a name is only ever equal to one of its own type.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SubjectAltName {
    /// directoryName (RFC 4514 text is not kept: the DER is).
    Directory(Vec<u8>),
    /// dNSName. A `*` is a character like any other.
    Dns(String),
    /// rfc822Name.
    Email(String),
    /// iPAddress, version 4.
    Ipv4(Ipv4Addr),
    /// iPAddress, version 6.
    Ipv6(Ipv6Addr),
    /// uniformResourceIdentifier.
    Uri(String),
    /// userPrincipalName.
    UserPrincipalName(String),
    /// Any other name, and any whose octets are not what its type demands: tag octet and contents.
    Unknown {
        /// The tag octet.
        tag: u8,
        /// The contents octets.
        value: Vec<u8>,
    },
}

/// Why no identity was made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum IdentityError {
    /// The certificate cannot be read.
    Certificate(CertificateError),
}

impl IdentityError {
    /// Always [`Stage::Identity`].
    #[must_use]
    pub const fn stage(&self) -> Stage {
        Stage::Identity
    }
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificate(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for IdentityError {}

impl ClientIdentity {
    pub(crate) fn of(client: &VerifiedClientCert) -> Result<Self, IdentityError> {
        let der = client.certificate();
        let certificate = Certificate::from_der(der).map_err(IdentityError::Certificate)?;
        let validity = certificate.validity();
        let sans: Vec<SubjectAltName> =
            certificate.subject_alt_names().map(SubjectAltName::of).collect();
        Ok(Self {
            subject: certificate.subject().to_string(),
            issuer: certificate.issuer().to_string(),
            serial: certificate.serial().to_vec(),
            sha256: sha256([&**der]),
            spki_sha256: sha256([certificate.public_key().der()]),
            not_before: unix_time(validity.not_before),
            not_after: unix_time(validity.not_after),
            spiffe_id: spiffe_id(&sans),
            sans,
            chain: client.chain(),
        })
    }
}

impl SubjectAltName {
    fn of(name: GeneralName<'_>) -> Self {
        // The types are IA5String (RFC 5280 §4.2.1.6); a NUL in one has fooled comparisons before.
        let text = |octets: &[u8]| {
            let printable = octets.iter().all(|octet| (0x20..=0x7e).contains(octet));
            core::str::from_utf8(octets).ok().filter(|_| printable).map(String::from)
        };
        let unknown = |tag, value: &[u8]| Self::Unknown { tag, value: value.to_vec() };
        match name {
            GeneralName::Dns(v) => text(v).map_or_else(|| unknown(0x82, v), Self::Dns),
            GeneralName::Email(v) => text(v).map_or_else(|| unknown(0x81, v), Self::Email),
            GeneralName::Uri(v) => text(v).map_or_else(|| unknown(0x86, v), Self::Uri),
            GeneralName::UserPrincipalName(text) => Self::UserPrincipalName(text.into()),
            GeneralName::Directory(v) => Self::Directory(v.to_vec()),
            GeneralName::Other(v) => unknown(0xa0, v),
            GeneralName::Ip(v) => match (<[u8; 4]>::try_from(v), <[u8; 16]>::try_from(v)) {
                (Ok(octets), _) => Self::Ipv4(octets.into()),
                (_, Ok(octets)) => Self::Ipv6(octets.into()),
                _ => unknown(0x87, v),
            },
            GeneralName::Unknown { tag, value } => unknown(tag, value),
            _ => unknown(0, &[]),
        }
    }
}

/// SPIFFE X.509-SVID §2: exactly one URI, and that one a SPIFFE ID (SPIFFE-ID §2).
fn spiffe_id(sans: &[SubjectAltName]) -> Option<String> {
    let mut uris = sans.iter().filter_map(|san| match san {
        SubjectAltName::Uri(uri) => Some(uri),
        _ => None,
    });
    let (Some(uri), None) = (uris.next(), uris.next()) else {
        return None;
    };
    let rest = uri.strip_prefix("spiffe://")?;
    let (trust_domain, path) = match rest.split_once('/') {
        Some((trust_domain, path)) => (trust_domain, Some(path)),
        None => (rest, None),
    };
    let domain_octet =
        |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || b"-._".contains(&octet);
    let path_octet = |octet: u8| octet.is_ascii_alphanumeric() || b"-._".contains(&octet);
    let valid = uri.len() <= 2048
        && (1..=255).contains(&trust_domain.len())
        && trust_domain.bytes().all(domain_octet)
        && path.is_none_or(|path| {
            path.split('/').all(|segment| {
                !matches!(segment, "" | "." | "..") && segment.bytes().all(path_octet)
            })
        });
    valid.then(|| uri.clone())
}
