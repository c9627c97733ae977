//! Every octet of a strict message is under the signature or decides nothing: no single-bit change
//! of the DER and no single-character change of the value verifies. The tests are exhaustive.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a panic is a failed test"
)]

use client_cert_tests::field::strict_value;
use client_cert_tests::keys::Key;
use client_cert_tests::message::MessageForge;
use client_cert_tests::{origin, pki};
use client_cert_verify::{SignerTrust, Verifier};

fn pinned(key: Key) -> (MessageForge, Verifier) {
    let message = MessageForge::strict(&pki::client_leaf().der(), key);
    (message, verifier(origin::pinned(key)))
}

fn verifier(trust: SignerTrust) -> Verifier {
    origin::verifier(origin::policy(trust))
}

fn every_single_change_is_refused((message, verifier): (MessageForge, Verifier)) {
    let der = message.der();
    let value = strict_value(&der).into_bytes();
    assert!(origin::judge(&verifier, &value).is_ok(), "the message itself verifies");

    let mut changed = der.clone();
    for bit in 0..der.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        let refused = origin::judge(&verifier, strict_value(&changed).as_bytes()).is_err();
        assert!(refused, "bit {bit} of the DER");
        changed[bit / 8] ^= 1 << (bit % 8);
    }

    let mut changed = value.clone();
    for (position, &original) in value.iter().enumerate() {
        for other in (0..=u8::MAX).filter(|&octet| octet != original) {
            changed[position] = other;
            let refused = origin::judge(&verifier, &changed).is_err();
            assert!(refused, "character {position} changed to {other:#04x}");
        }
        changed[position] = original;
    }

    for end in 0..value.len() {
        assert!(origin::judge(&verifier, &value[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn pinned_p256() {
    every_single_change_is_refused(pinned(Key::PROXY));
}

#[test]
fn pinned_p384() {
    every_single_change_is_refused(pinned(Key::PROXY_P384));
}

#[test]
fn pinned_ed25519() {
    every_single_change_is_refused(pinned(Key::PROXY_ED25519));
}

#[test]
fn pinned_rsa_pss() {
    every_single_change_is_refused(pinned(Key::PROXY_RSA));
}

#[test]
fn proxy_ca_with_the_signer_in_the_bag() {
    let message = MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
        .certificates(&[pki::proxy_leaf(Key::PROXY).der()]);
    every_single_change_is_refused((message, verifier(origin::proxy_ca())));
}

#[test]
fn absence() {
    let message = MessageForge::absence(Key::PROXY);
    every_single_change_is_refused((message, verifier(origin::pinned(Key::PROXY))));
}
