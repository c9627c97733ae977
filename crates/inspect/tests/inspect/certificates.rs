//! Certificates, alone and in messages.

use client_cert_inspect::{Confidence, Kind, Role, ValidAt, inspect};

use crate::*;

fn warnings(der: &[u8], at: u64) -> Vec<&'static str> {
    let report = inspect(der, Some(at));
    report.findings[0].certificates[0].warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn a_plain_certificate_is_said_to_be_unsigned_in_every_form() {
    let pem = include_str!("../../tests-data/alice.pem");
    let line = format!("Client-Cert: {RFC9440}");
    for input in [ALICE, RFC9440.as_bytes(), pem.as_bytes(), line.as_bytes()] {
        let finding = only(input);
        assert_eq!((finding.kind, finding.confidence), (Kind::Certificate, Confidence::Certain));
        assert!(finding.summary.contains("unsigned"), "{}", finding.summary);
        assert_eq!(codes(&finding), ["not-signed-data"]);
        assert_eq!(finding.certificates[0].role, Role::Unsigned);
    }
    assert!(only(RFC9440).summary.contains("RFC 9440"));
    assert_eq!(only(pem).field.form, "pem");
}

#[test]
fn a_certificate_is_described_whole() {
    let certificate = only(ALICE).certificates.remove(0);
    assert_eq!(certificate.version, Some(3));
    assert_eq!(certificate.subject.as_deref(), Some("CN=alice,O=Example"));
    assert_eq!(certificate.serial.as_deref(), Some("4601b70d7a00dd1f12795bf33b4a8a11ee4091ff"));
    let sans: Vec<_> = certificate.sans.iter().map(|san| (san.kind, san.value.as_str())).collect();
    assert_eq!(
        sans,
        [
            ("uri", "spiffe://example.org/alice"),
            ("dns", "alice.example"),
            ("email", "alice@example.org"),
            ("ip", "192.0.2.1"),
            ("upn", "alice@corp.example"),
        ]
    );
    let key = certificate.key.unwrap();
    assert_eq!((key.algorithm.as_str(), key.bits, key.weak), ("P-256", Some(256), false));
    assert_eq!(key.unsupported, None);
    assert_eq!(certificate.extended_key_usage, Some(vec!["clientAuth".to_owned()]));
    assert_eq!(certificate.ca, Some(false));
    assert_eq!(certificate.signature_algorithm.as_deref(), Some("ecdsa-with-SHA256"));
    // As `openssl x509 -noout -fingerprint -sha256` and `openssl pkey -pubin -outform DER | openssl
    // dgst -sha256` print them.
    assert_eq!(
        certificate.sha256,
        "3c9427248866ad63c9fbeba373afda6b46cc5d231db772d5939c4ac7a2bc0a40"
    );
    assert_eq!(
        certificate.spki_sha256.as_deref(),
        Some("083907cc68670532d80a0fe64bb62cfe770ff5a92dc482528b112d2889caa12d")
    );
}

#[test]
fn validity_includes_its_ends_and_warns_outside() {
    // 2026-01-01T12:00:00Z and 2027-01-01T12:00:00Z.
    let (from, to) = (1_767_268_800, 1_798_804_800);
    assert_eq!(warnings(ALICE, from - 1), ["not-yet-valid"]);
    assert_eq!(warnings(ALICE, from), [""; 0]);
    assert_eq!(warnings(ALICE, to), [""; 0]);
    assert_eq!(warnings(ALICE, to + 1), ["expired"]);
    let without = inspect(ALICE, None);
    assert_eq!(without.findings[0].certificates[0].validity, None);
    assert_eq!(only(ALICE).certificates[0].validity, Some(ValidAt::Valid));
}

#[test]
fn a_ca_with_a_weak_key_for_servers_is_warned_about() {
    assert_eq!(
        warnings(WEAK, SIGNED_AT),
        ["ca", "no-client-auth", "no-digital-signature", "weak-key"]
    );
    let key = only(WEAK).certificates[0].key.clone().unwrap();
    assert_eq!((key.algorithm.as_str(), key.bits), ("RSA", Some(1024)));
    assert!(key.unsupported.unwrap().contains("1024 bits"));
}

#[test]
fn a_version_1_certificate_is_warned_about_and_a_malformed_one_shown_leniently() {
    // Alice's, with its version taken away: then its extensions are wrong, and the strict reader
    // refuses; x509-cert does not mind.
    let mut der = ALICE.to_vec();
    let version = [0xa0, 0x03, 0x02, 0x01, 0x02];
    let at = der.windows(5).position(|window| window == version).unwrap();
    der.drain(at..at + 5);
    der[3] -= 5;
    der[7] -= 5;
    let finding = only(&der);
    assert_eq!((finding.kind, finding.confidence), (Kind::Certificate, Confidence::Likely));
    let certificate = &finding.certificates[0];
    assert!(certificate.unreadable.as_ref().unwrap().contains("version"));
    assert_eq!(certificate.subject.as_deref(), Some("CN=alice,O=Example"));
    assert_eq!(certificate.validity, Some(ValidAt::Valid));
}
