//! A public key in words: its kind, its size, and whether it is too weak.

use client_cert_envelope::{PublicKey, UnsupportedKey};
use serde::Serialize;

use crate::oid_names::Oid;
use crate::walk::{Tlv, tag};

/// A public key.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KeyReport {
    /// `P-256`, `RSA`, `Ed25519`, …; the algorithm's name or number for a kind this version does
    /// not know.
    pub algorithm: String,
    /// Bits of the curve or modulus, where known.
    pub bits: Option<usize>,
    /// Why such a key signs no messages of the profile; none if it may.
    pub unsupported: Option<String>,
    /// Whether it is weaker than the least that is in use today: RSA below 2048 bits or with an
    /// exponent below 65537, curves below 256 bits, DSA.
    pub weak: bool,
}

/// Named curves: contents octets, name, bits.
const CURVES: [(&[u8], &str, usize); 7] = [
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01], "P-192", 192),
    (&[0x2b, 0x81, 0x04, 0x00, 0x21], "P-224", 224),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], "P-256", 256),
    (&[0x2b, 0x81, 0x04, 0x00, 0x22], "P-384", 384),
    (&[0x2b, 0x81, 0x04, 0x00, 0x23], "P-521", 521),
    (&[0x2b, 0x81, 0x04, 0x00, 0x0a], "secp256k1", 256),
    (&[0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07], "brainpoolP256r1", 256),
];

const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
const ED448: &[u8] = &[0x2b, 0x65, 0x71];

impl KeyReport {
    pub(crate) fn of(spki: &[u8]) -> Self {
        let (algorithm, bits) = describe(spki).unwrap_or(("malformed".into(), None));
        let judged = PublicKey::from_der(spki).map(|key| key.algorithm());
        let unsupported = match &judged {
            Ok(Ok(_)) => None,
            Ok(Err(unsupported)) => Some(unsupported.to_string()),
            Err(error) => Some(error.to_string()),
        };
        let small = match algorithm.as_str() {
            "RSA" | "RSASSA-PSS" => bits.is_some_and(|bits| bits < 2048),
            "DSA" => true,
            _ => bits.is_some_and(|bits| bits < 256),
        };
        let low_exponent = matches!(judged, Ok(Err(UnsupportedKey::RsaExponent)));
        Self { algorithm, bits, unsupported, weak: small || low_exponent }
    }

    /// `P-256`, or `RSA, 3072 bits`.
    pub(crate) fn text(&self) -> String {
        match self.bits {
            Some(bits) if !self.algorithm.contains(&bits.to_string()) => {
                format!("{}, {bits} bits", self.algorithm)
            }
            _ => self.algorithm.clone(),
        }
    }
}

fn describe(spki: &[u8]) -> Option<(String, Option<usize>)> {
    let mut fields = Tlv::whole(spki)?.tagged(tag::SEQUENCE)?.values();
    let mut algorithm = fields.next_tagged(tag::SEQUENCE)?.values();
    let kind = algorithm.next_tagged(tag::OID)?;
    let parameters = algorithm.next();
    let bits = fields.next_tagged(tag::BIT_STRING)?.value.get(1..)?;
    Some(match kind.value {
        EC => {
            let curve = parameters?;
            match CURVES.iter().find(|(oid, ..)| *oid == curve.value) {
                Some((_, name, bits)) => ((*name).into(), Some(*bits)),
                None => (format!("EC {}", Oid::of(curve.value).text()), None),
            }
        }
        RSA => ("RSA".into(), modulus_bits(bits)),
        RSA_PSS => ("RSASSA-PSS".into(), modulus_bits(bits)),
        DSA => ("DSA".into(), None),
        ED25519 => ("Ed25519".into(), Some(256)),
        ED448 => ("Ed448".into(), Some(456)),
        other => (Oid::of(other).text().into(), None),
    })
}

fn modulus_bits(key: &[u8]) -> Option<usize> {
    let modulus = Tlv::whole(key)?.values().next_tagged(tag::INTEGER)?.value;
    let first = modulus.iter().position(|&octet| octet != 0)?;
    let magnitude = modulus.get(first..)?;
    let unused = magnitude.first()?.leading_zeros();
    magnitude.len().checked_mul(8)?.checked_sub(usize::try_from(unused).ok()?)
}
