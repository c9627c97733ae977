//! The CMS structure of any SignedData, ours or not, read leniently.

use client_cert_envelope::{Certificate, DigestAlgorithm, oid};
use cms::cert::IssuerAndSerialNumber;
use der::Decode as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::attribute_report::{self, AttributeReport, algorithm_name};
use crate::hex::{hex_excerpt, serial_hex};
use crate::oid_names::Oid;
use crate::parts::{Parts, Signer};
use crate::walk::{Tlv, tag};

/// Most signers and algorithms listed.
const MAX_LISTED: usize = 32;

/// Longest issuer and serial number given to `cms`, which copies every part into trees.
const MAX_NAME: usize = 4 * 1024;

/// What a lenient reader sees in a SignedData. It may see things where the strict one refuses.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SignedDataReport {
    /// `der`, or `ber` for a message that only a BER reader takes.
    pub encoding: &'static str,
    /// SignedData.version; none if it is no small number.
    pub version: Option<u8>,
    /// Names of `digestAlgorithms`.
    pub digest_algorithms: Vec<String>,
    /// `eContentType`.
    pub content_type: Oid,
    /// Octets of the content; none for a detached signature.
    pub content_octets: Option<usize>,
    /// `certificate`, `empty`, `other` or `detached`.
    pub content: &'static str,
    /// Entries of `certificates`.
    pub certificates: usize,
    /// Entries of `crls`, by kind: `crl`, `ocsp-response` or `other`.
    pub crls: Vec<&'static str>,
    /// Number of SignerInfos, which may be more than are listed.
    pub signer_count: usize,
    /// The SignerInfos.
    pub signers: Vec<SignerReport>,
}

/// One SignerInfo.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SignerReport {
    /// SignerInfo.version; none if it is no small number.
    pub version: Option<u8>,
    /// Whom it names as signer. That is a claim.
    pub sid: Sid,
    /// Its digest algorithm.
    pub digest_algorithm: String,
    /// Its signature algorithm.
    pub signature_algorithm: String,
    /// The signed attributes; none for a signature over the content itself.
    pub signed_attributes: Option<Vec<AttributeReport>>,
    /// The unsigned attributes.
    pub unsigned_attributes: Option<Vec<AttributeReport>>,
    /// Octets of the signature.
    pub signature_octets: usize,
    /// Whether messageDigest is the digest of the content. True says nothing about the signer.
    pub digest_matches: Option<bool>,
}

/// Whom a SignerInfo names.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sid {
    /// By issuer and serial number.
    IssuerAndSerialNumber {
        /// RFC 4514.
        issuer: String,
        /// Hexadecimal.
        serial: String,
        /// Index in the report's certificates of the one with these.
        certificate: Option<usize>,
    },
    /// By key identifier.
    SubjectKeyIdentifier {
        /// Hexadecimal.
        value: String,
        /// Index in the report's certificates of the one with this extension.
        certificate: Option<usize>,
    },
    /// In neither form.
    Unreadable {
        /// Hexadecimal.
        der: String,
    },
}

impl SignedDataReport {
    /// `certificates`: DER of the report's certificates, in its order.
    pub(crate) fn of(parts: &Parts<'_>, encoding: &'static str, certificates: &[&[u8]]) -> Self {
        let content = parts.content;
        Self {
            encoding,
            version: small(parts.version),
            digest_algorithms: parts
                .digest_algorithms
                .values()
                .take(MAX_LISTED)
                .map(algorithm)
                .collect(),
            content_type: Oid::of(parts.content_type.value),
            content_octets: content.map(|content| content.value.len()),
            content: match content {
                None => "detached",
                Some(content) if content.value.is_empty() => "empty",
                Some(content) if Certificate::from_der(content.value).is_ok() => "certificate",
                Some(_) => "other",
            },
            certificates: parts.bag().count(),
            crls: parts
                .crls
                .into_iter()
                .flat_map(|field| field.values())
                .take(MAX_LISTED)
                .map(revocation_kind)
                .collect(),
            signer_count: parts.signer_infos.values().count(),
            signers: parts
                .signers()
                .take(MAX_LISTED)
                .map(|signer| SignerReport::of(&signer, content, certificates))
                .collect(),
        }
    }
}

impl SignerReport {
    fn of(signer: &Signer<'_>, content: Option<Tlv<'_>>, certificates: &[&[u8]]) -> Self {
        Self {
            version: small(signer.version),
            sid: Sid::of(signer.sid, certificates),
            digest_algorithm: algorithm(signer.digest_algorithm),
            signature_algorithm: algorithm(signer.signature_algorithm),
            signed_attributes: signer.signed_attrs.map(attribute_report::list),
            unsigned_attributes: signer.unsigned_attrs.map(attribute_report::list),
            signature_octets: signer.signature.value.len(),
            digest_matches: content.and_then(|content| digest_matches(signer, content.value)),
        }
    }
}

/// Compares messageDigest with the content; nothing for digests outside the table.
pub(crate) fn digest_matches(signer: &Signer<'_>, content: &[u8]) -> Option<bool> {
    let stated = signer.signed_attribute(oid::MESSAGE_DIGEST.as_bytes())?;
    let stated = stated.tagged(tag::OCTET_STRING)?.value;
    let kind = signer.digest_algorithm.values().next_tagged(tag::OID)?;
    let is = |row: DigestAlgorithm| {
        let own = Tlv::whole(row.identifier()).and_then(|own| own.values().next_tagged(tag::OID));
        own.is_some_and(|own| own.value == kind.value)
    };
    if is(DigestAlgorithm::Sha256) {
        Some(Sha256::digest(content)[..] == *stated)
    } else if is(DigestAlgorithm::Sha384) {
        Some(Sha384::digest(content)[..] == *stated)
    } else if is(DigestAlgorithm::Sha512) {
        Some(Sha512::digest(content)[..] == *stated)
    } else {
        None
    }
}

impl Sid {
    fn of(sid: Tlv<'_>, certificates: &[&[u8]]) -> Self {
        let index = |matches: &dyn Fn(&Certificate<'_>) -> bool| {
            certificates
                .iter()
                .position(|der| Certificate::from_der(der).is_ok_and(|read| matches(&read)))
        };
        if sid.tag == tag::PRIMITIVE_0 {
            return Self::SubjectKeyIdentifier {
                value: hex_excerpt(sid.value),
                certificate: index(&|read| read.subject_key_identifier() == Some(sid.value)),
            };
        }
        let bounded = sid.encoding.get(..MAX_NAME).is_none();
        match bounded.then(|| IssuerAndSerialNumber::from_der(sid.encoding)) {
            Some(Ok(named)) => Self::IssuerAndSerialNumber {
                issuer: named.issuer.to_string(),
                serial: serial_hex(named.serial_number.as_bytes()),
                certificate: index(&|read| read.issuer_and_serial_number() == sid.encoding),
            },
            _ => Self::Unreadable { der: hex_excerpt(sid.encoding) },
        }
    }
}

fn small(number: Tlv<'_>) -> Option<u8> {
    match number.value {
        [octet @ 0..=0x7f] => Some(*octet),
        _ => None,
    }
}

fn algorithm(algorithm: Tlv<'_>) -> String {
    algorithm_name(algorithm).unwrap_or_else(|| hex_excerpt(algorithm.encoding))
}

/// `RevocationInfoChoice` (RFC 5652 §10.2.1). `cms` reads `other` with an AlgorithmIdentifier where
/// RFC 5652 has an OBJECT IDENTIFIER, so it cannot read the OCSP responses of RFC 5940.
fn revocation_kind(entry: Tlv<'_>) -> &'static str {
    let format = entry.values().next_tagged(tag::OID);
    match entry.tag {
        tag::SEQUENCE => "crl",
        tag::CONTEXT_1
            if format.is_some_and(|format| format.value == oid::RI_OCSP_RESPONSE.as_bytes()) =>
        {
            "ocsp-response"
        }
        _ => "other",
    }
}
