//! Stage `signature`: signatures of other forms, and out of range.

use crate::algorithm::{Digest, Scheme};
use crate::der;
use crate::ecdsa_signature::{P256_ORDER, components, from_components, raw};
use crate::keys::{Key, KeyKind};
use crate::vectors::cases::keys::{baseline_scene, strict_scene};
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, baseline_by, strict, strict_by};

pub(super) fn vectors() -> Vec<Vector> {
    [ecdsa(), ed25519(), rsa()].concat()
}

fn ecdsa() -> Vec<Vector> {
    let scene = Scene::strict();
    let right = strict().signature_octets();
    let (r, s) = components(KeyKind::P256, &right);
    let plus_order = add(&r, &P256_ORDER);
    let refuse = |id: &str, threat: &str, comment: &str, octets: &[u8]| {
        let sent = strict().signature(octets);
        scene.refuse(id, "signature-invalid", (threat, "5"), comment, sent)
    };
    let negative = der::seq([der::tlv(der::INTEGER, &high(&r)), der::unsigned(&s)]);
    let padded = der::seq([der::tlv(der::INTEGER, &[&[0, 0], &r[..]].concat()), der::unsigned(&s)]);
    let more = der::seq([der::unsigned(&r), der::unsigned(&s), der::null()]);
    let long = der::tlv_with_length(der::SEQUENCE, &[0x81, right[1]], &right[2..]);
    vec![
        refuse("signature/ecdsa-zero", "A14", "r and s are 0.", &from_components(&[0], &[0])),
        refuse("signature/ecdsa-s-zero", "A14", "s is 0.", &from_components(&r, &[0])),
        refuse(
            "signature/ecdsa-r-is-order",
            "A14",
            "r is the order of the group.",
            &from_components(&P256_ORDER, &s),
        ),
        refuse(
            "signature/ecdsa-r-plus-order",
            "A14",
            "The order of the group is added to r.",
            &from_components(&plus_order, &s),
        ),
        refuse("signature/ecdsa-r-negative", "A14", "r is negative.", &negative),
        refuse("signature/ecdsa-r-padded", "A15", "r has leading zeros.", &padded),
        refuse("signature/ecdsa-element-more", "A15", "A NULL follows s.", &more),
        refuse(
            "signature/ecdsa-octet-after",
            "A15",
            "An octet follows the Ecdsa-Sig-Value.",
            &der::concat([&right[..], &[0]]),
        ),
        refuse("signature/ecdsa-long-length", "A15", "The length has the long form.", &long),
        refuse(
            "signature/ecdsa-raw",
            "A15",
            "The signature is r and s of 32 octets each, as JOSE has it.",
            &raw(KeyKind::P256, &right),
        ),
        refuse("signature/empty", "A15", "The signature has no octets.", &[]),
    ]
}

fn ed25519() -> Vec<Vector> {
    let key = Key::PROXY_ED25519;
    let scene = strict_scene(key);
    let right = strict_by(key).signature_octets();
    let mut order = ED25519_ORDER.to_vec();
    order.reverse();
    let mut scalar = right[32..].to_vec();
    scalar.reverse();
    let mut larger = add(&scalar, &order);
    larger.reverse();
    let refuse = |id: &str, comment: &str, octets: &[u8]| {
        let sent = strict_by(key).signature(octets);
        scene.refuse(id, "signature-invalid", ("A20", "5"), comment, sent)
    };
    vec![
        refuse(
            "signature/ed25519-s-plus-order",
            "The order of the group is added to S.",
            &der::concat([&right[..32], &larger[..32]]),
        ),
        refuse("signature/ed25519-cut-short", "The last octet is missing.", &right[..63]),
        refuse(
            "signature/ed25519-octet-after",
            "A zero octet follows.",
            &der::concat([&right[..], &[0]]),
        ),
        refuse(
            "signature/ed25519-over-digest",
            "The signature is over the SHA-512 of the attributes.",
            &key.sign(Scheme::Ed25519, &Digest::Sha512.of(&strict_by(key).signed_octets())),
        ),
    ]
}

fn rsa() -> Vec<Vector> {
    let key = Key::PROXY_RSA;
    let (strict_scene, baseline_scene) = (strict_scene(key), baseline_scene(key));
    let sha256 = Digest::Sha256;
    let pss = |id: &str, threat: &str, comment: &str, octets: &[u8]| {
        let sent = strict_by(key).signature(octets);
        strict_scene.refuse(id, "signature-invalid", (threat, "5"), comment, sent)
    };
    let pkcs1 = |id: &str, comment: &str, octets: &[u8]| {
        let sent = baseline_by(key).signature(octets);
        baseline_scene.refuse(id, "signature-invalid", ("A07 A08", "12"), comment, sent)
    };
    let signed = baseline_by(key).signed_octets();
    let digest = der::octet_string(&sha256.of(&signed));
    let info = |identifier: Vec<u8>| key.sign_pkcs1(&der::seq([&identifier, &digest]));
    let right = strict_by(key).signature_octets();
    let over = strict_by(key).signed_octets();
    let as_pkcs1 = key.sign(Scheme::RsaPkcs1(sha256), &over);
    let as_pss = key.sign(Scheme::RsaPss(sha256), &signed);
    vec![
        pss("signature/pss-salt-of-20", "A12", "The salt has 20 octets, not the 32 it says.", &{
            key.sign_pss(sha256, 20, &over)
        }),
        pss("signature/pss-salt-empty", "A12", "There is no salt, not the 32 octets it says.", &{
            key.sign_pss(sha256, 0, &over)
        }),
        pss("signature/pkcs1-as-pss", "A13", "The padding is PKCS #1 v1.5.", &as_pkcs1),
        pss("signature/rsa-cut-short", "A08", "The last octet is missing.", &right[..255]),
        pss(
            "signature/rsa-zero-before",
            "A08",
            "A zero octet comes before the signature: 257 octets.",
            &der::concat([&[0], &right[..]]),
        ),
        pss("signature/rsa-zero", "A08", "The signature is the number 0.", &[0; 256]),
        pkcs1("signature/pss-as-pkcs1", "The padding is RSASSA-PSS.", &as_pss),
        pkcs1(
            "signature/pkcs1-without-null",
            "The DigestInfo has no NULL.",
            &info(sha256.identifier()),
        ),
        pkcs1(
            "signature/pkcs1-of-another-hash",
            "The DigestInfo says SHA-512 with the digest of SHA-256.",
            &info(Digest::Sha512.identifier_null()),
        ),
        pkcs1(
            "signature/pkcs1-without-digest-info",
            "There is no DigestInfo, only the digest.",
            &key.sign_pkcs1(&sha256.of(&signed)),
        ),
    ]
}

/// Order of Ed25519's group, little-endian.
const ED25519_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Sum of two big-endian numbers of one width, an octet wider.
fn add(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut out: Vec<u8> = Vec::new();
    for (x, y) in a.iter().zip(b).rev() {
        let sum = u16::from(*x) + u16::from(*y) + carry;
        out.push(sum.to_le_bytes()[0]);
        carry = sum >> 8;
    }
    out.push(carry.to_le_bytes()[0]);
    out.reverse();
    out
}

/// The octets with the highest bit set: a negative INTEGER.
fn high(octets: &[u8]) -> Vec<u8> {
    let mut out = octets.to_vec();
    out[0] |= 0x80;
    out
}
