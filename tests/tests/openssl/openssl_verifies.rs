//! What we sign, openssl verifies.

use client_cert_sign::backend::aws_lc;
use client_cert_sign::{Profile, RsaPadding, SignedHeader};
use client_cert_tests::{field, program};

use crate::lab::Lab;

fn der(header: &SignedHeader) -> Vec<u8> {
    field::from_pem(header.as_str().trim_matches(':'))
}

fn openssl_verifies(lab: &Lab, kind: &str, key: impl Fn() -> aws_lc::LocalKey, profile: Profile) {
    let compact = lab.ours(kind, key(), profile);
    let embedding = lab.ours(kind, key(), profile).with_embedded_signer(&[]).unwrap();
    let [compact, embedded] = [compact, embedding].map(|signer| der(&lab.sign(&signer)));
    for purpose in ["-purpose any", "-purpose sslserver"] {
        let context = format!("{kind} {profile:?} {purpose}");
        assert!(lab.verifies(&embedded, purpose), "{context}");
        assert!(!lab.verifies(&compact, purpose), "{context}: the certificate comes from nowhere");
        let certfile = format!("{purpose} -certfile {kind}.pem");
        assert!(lab.verifies(&compact, &certfile), "{context}");
    }
    let mut forged = embedded;
    *forged.last_mut().unwrap() ^= 1;
    assert!(!lab.verifies(&forged, "-purpose any"), "{kind} {profile:?}: a changed signature");
}

#[test]
fn openssl_verifies_our_ecdsa_messages() {
    let Some(lab) = Lab::with(&["p256", "p384"]) else { return };
    for kind in ["p256", "p384"] {
        for profile in [Profile::Strict, Profile::Baseline] {
            openssl_verifies(&lab, kind, || lab.local_key(kind), profile);
        }
    }
}

#[test]
fn openssl_verifies_our_rsa_messages() {
    let Some(lab) = Lab::with(&["rsa"]) else { return };
    let padded = |padding| lab.local_key("rsa").with_rsa_padding(padding).unwrap();
    openssl_verifies(&lab, "rsa", || padded(RsaPadding::Pss), Profile::Strict);
    openssl_verifies(&lab, "rsa", || padded(RsaPadding::Pss), Profile::Baseline);
    openssl_verifies(&lab, "rsa", || padded(RsaPadding::Pkcs1), Profile::Baseline);
}

#[test]
fn openssl_before_3_5_cannot_read_ed25519_messages() {
    let Some(lab) = Lab::with(&["ed25519"]) else { return };
    let signer = lab.ours("ed25519", lab.local_key("ed25519"), Profile::Strict);
    let message = der(&lab.sign(&signer.with_embedded_signer(&[]).unwrap()));
    if lab.version_is_below(3, 5) {
        assert!(!lab.verifies(&message, "-purpose any"), "then docs/openssl.md is wrong");
    } else {
        program::announce("not judged: whether this openssl reads Ed25519 messages");
    }
}
