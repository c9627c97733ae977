//! Attributes of a SignerInfo, by name and with their values in words.

use client_cert_envelope::oid;
use cms::attr::{MessageDigest, SigningTime};
use const_oid::ObjectIdentifier;
use der::Decode as _;
use serde::Serialize;
use x509_cert::spki::AlgorithmIdentifierRef;

use crate::hex::{hex, hex_excerpt};
use crate::layout::statement_element;
use crate::oid_names::Oid;
use crate::parts::{AttributeParts, attributes};
use crate::time::rfc3339;
use crate::walk::{Tlv, tag};

/// Most attributes of a signer, and most values of an attribute, listed.
const MAX_LISTED: usize = 32;

/// One attribute.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct AttributeReport {
    /// Its type.
    #[serde(flatten)]
    pub kind: Oid,
    /// Its values in words, or in hexadecimal where this version knows no better.
    pub values: Vec<String>,
    /// Octets of the whole attribute.
    pub octets: usize,
}

/// The attributes of a set, in the order received.
pub(crate) fn list(set: Tlv<'_>) -> Vec<AttributeReport> {
    attributes(set).take(MAX_LISTED).map(AttributeReport::of).collect()
}

impl AttributeReport {
    fn of(attribute: AttributeParts<'_>) -> Self {
        let kind = attribute.kind.value;
        let values = attribute
            .values
            .values()
            .take(MAX_LISTED)
            .map(|value| in_words(kind, value).unwrap_or_else(|| hex_excerpt(value.encoding)))
            .collect();
        Self { kind: Oid::of(kind), values, octets: attribute.whole.encoding.len() }
    }
}

fn in_words(kind: &[u8], value: Tlv<'_>) -> Option<String> {
    let is = |oid: ObjectIdentifier| kind == oid.as_bytes();
    if is(oid::CONTENT_TYPE) {
        Some(Oid::of(value.tagged(tag::OID)?.value).text().into())
    } else if is(oid::MESSAGE_DIGEST) {
        Some(hex(MessageDigest::from_der(value.encoding).ok()?.as_bytes()))
    } else if is(oid::SIGNING_TIME) {
        let time = SigningTime::from_der(value.encoding).ok()?;
        Some(rfc3339(time.to_unix_duration().as_secs()))
    } else if is(oid::SMIME_CAPABILITIES) {
        // `SMIMECapabilities ::= SEQUENCE OF SEQUENCE { capabilityID, parameters }` (RFC 8551)
        let capabilities: Vec<String> = value
            .tagged(tag::SEQUENCE)?
            .values()
            .take(MAX_LISTED)
            .filter_map(|capability| capability.values().next_tagged(tag::OID))
            .map(|capability| Oid::of(capability.value).text().into())
            .collect();
        Some(capabilities.join(", "))
    } else if is(oid::SIGNING_CERTIFICATE_V2) {
        let certificates = value.values().next_tagged(tag::SEQUENCE)?;
        let mut first = certificates.values().next_tagged(tag::SEQUENCE)?.values();
        let algorithm = first.next_tagged(tag::SEQUENCE).and_then(algorithm_name);
        let hash = first.next_tagged(tag::OCTET_STRING)?;
        // RFC 5035 §4: SHA-256 is the default.
        let algorithm = algorithm.unwrap_or_else(|| "sha256".into());
        Some(format!("{algorithm} {}", hex(hash.value)))
    } else if is(oid::CMS_ALGORITHM_PROTECTION) {
        let mut fields = value.tagged(tag::SEQUENCE)?.values();
        let digest = algorithm_name(fields.next_tagged(tag::SEQUENCE)?)?;
        // `[1] IMPLICIT`: the OBJECT IDENTIFIER is its first value.
        let signature = fields.next_tagged(tag::CONTEXT_1)?.values().next_tagged(tag::OID)?;
        Some(format!("{digest}, {}", Oid::of(signature.value).text()))
    } else if is(oid::CLIENT_CERT_STATEMENT) {
        Some(statement(value))
    } else {
        None
    }
}

/// The elements of ClientCertStatement one by one: all there is to see of one that is refused.
fn statement(value: Tlv<'_>) -> String {
    let elements = value.values().take(MAX_LISTED).enumerate().map(|(index, element)| {
        let name = statement_element(index, element.tag).unwrap_or("unknown");
        let shown = match (element.tag, element.value) {
            (tag::UTF8_STRING, text) => {
                str::from_utf8(text).map_or_else(|_| hex(text), |text| format!("\"{text}\""))
            }
            (tag::INTEGER | tag::ENUMERATED, number @ [0..=0x7f, ..]) if number.len() <= 8 => {
                let number = number.iter().fold(0_u64, |sum, &octet| (sum << 8) | u64::from(octet));
                number.to_string()
            }
            (tag::BOOLEAN, [octet]) => (*octet != 0).to_string(),
            (_, octets) => hex_excerpt(octets),
        };
        format!("{name} {shown}")
    });
    elements.collect::<Vec<_>>().join(", ")
}

/// The name of an AlgorithmIdentifier, with its parameters where there are any.
pub(crate) fn algorithm_name(algorithm: Tlv<'_>) -> Option<String> {
    let identifier = AlgorithmIdentifierRef::from_der(algorithm.encoding).ok()?;
    let oid = Oid::of(identifier.oid.as_bytes());
    Some(match identifier.parameters {
        None => oid.text().into(),
        Some(parameters) if parameters.is_null() => format!("{} (NULL)", oid.text()),
        Some(parameters) => format!("{} ({})", oid.text(), hex_excerpt(parameters.value())),
    })
}
