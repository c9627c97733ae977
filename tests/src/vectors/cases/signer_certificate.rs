//! Stage `signer` in proxy-CA mode: what the certificate itself must be.

use crate::certificate::CertificateForge;
use crate::extension::{DIGITAL_SIGNATURE, KEY_CERT_SIGN};
use crate::keys::{Key, KeyKind, Role};
use crate::vectors::cases::proxy_ca::{carrying, compact};
use crate::vectors::format::Vector;
use crate::vectors::scene::Scene;
use crate::{algorithm, der, fixed, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [certificates(), ambiguous()].concat()
}

/// What the certificate itself must be.
fn certificates() -> Vec<Vector> {
    let scene = Scene::proxy_ca();
    let leaf = || pki::proxy_leaf(Key::PROXY);
    let refuse = |id: &str, code: &str, threat: &str, comment: &str, leaf: &CertificateForge| {
        scene.refuse(id, code, (threat, "11.2"), comment, carrying(leaf, &[]))
    };
    let small = pki::proxy_leaf(Key::new(KeyKind::Rsa1024, Role::Proxy));
    let exponent = pki::proxy_leaf(Key::new(KeyKind::Rsa2048E3, Role::Proxy));
    let secp256k1 = algorithm::identifier(algorithm::EC_PUBLIC_KEY, &der::oid("1.3.132.0.10"));
    let foreign = crate::keys::foreign_spki(&secp256k1, &Key::PROXY.public_key());
    let not_one = der::seq([der::null()]);
    vec![
        refuse(
            "signer/ca",
            "signer-is-ca",
            "T07",
            "basicConstraints says that the signer is a CA.",
            &leaf().basic_constraints(true, None),
        ),
        refuse(
            "signer/may-sign-certificates",
            "signer-is-ca",
            "T07",
            "keyUsage has keyCertSign beside digitalSignature.",
            &leaf().key_usage(&[DIGITAL_SIGNATURE, KEY_CERT_SIGN]),
        ),
        refuse(
            "signer/proxy-ca-expired",
            "signer-expired",
            "T08",
            "The certificate ended between signingTime and now.",
            &leaf().validity(fixed::LEAF_FROM, fixed::NOW - 1),
        ),
        refuse(
            "signer/proxy-ca-not-yet-valid",
            "signer-not-yet-valid",
            "T09",
            "The certificate begins a second after now.",
            &leaf().validity(fixed::NOW + 1, fixed::LEAF_UNTIL),
        ),
        refuse(
            "signer/rsa-1024",
            "signer-certificate",
            "A09",
            "The certificate's key is RSA of 1024 bits.",
            &small,
        ),
        refuse(
            "signer/rsa-exponent-3",
            "signer-certificate",
            "A09",
            "The certificate's key is RSA with exponent 3.",
            &exponent,
        ),
        refuse(
            "signer/secp256k1",
            "signer-certificate",
            "A18",
            "The certificate's key is on secp256k1.",
            &leaf().spki(&foreign),
        ),
        scene.refuse(
            "signer/malformed-certificate-beside",
            "signer-certificate",
            ("T16", "11.2"),
            "Beside the signer's certificate there is an entry that is none.",
            compact(Key::PROXY).certificates(&[leaf().der(), not_one]),
        ),
    ]
}

fn ambiguous() -> Vec<Vector> {
    let copied = pki::proxy_leaf(Key::STRANGER).ski_of(&Key::PROXY.ski());
    let renewed = pki::proxy_leaf(Key::PROXY).serial(&[0x42]);
    let refuse = |id: &str, threat: &str, comment: &str, other: CertificateForge| {
        let sent = carrying(&pki::proxy_leaf(Key::PROXY), &[other]);
        Scene::proxy_ca().refuse(id, "signer-ambiguous", (threat, "11.2"), comment, sent)
    };
    vec![
        refuse(
            "signer/key-identifier-copied",
            "M33 T11",
            "Two certificates of the proxy CA in the message have the key identifier of sid.",
            copied,
        ),
        refuse(
            "signer/certificate-renewed",
            "M33 T11",
            "Two certificates of the same key are in the message.",
            renewed,
        ),
    ]
}
