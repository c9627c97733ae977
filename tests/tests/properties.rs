//! Properties over both crates: what is signed verifies as what was asserted, time is one half-open
//! interval, a stricter policy never accepts more, and no octets at all make the verifier panic.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

use std::time::Duration;

use client_cert_sign::backend::{aws_lc, rustcrypto};
use client_cert_sign::{
    Assertion, ChainValidation, ConnectionId, Handshake, HeaderSigner, PeerCertificate, Resumption,
    SignatureVerifier, SigningKey, TlsVersion,
};
use client_cert_tests::keys::Key;
use client_cert_tests::message::MessageForge;
use client_cert_tests::{fixed, origin, pki};
use client_cert_verify::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use client_cert_verify::{
    AbsencePolicy, Audience, BoundRequest, ClientAnchors, ClientEku, ClientTrust, FieldLines,
    HopPeer, HopPolicy, PinnedSigner, PinnedSigners, Policy, Received, RequestPolicy, SignerTrust,
    Verified, Verifier, VerifyError, backend,
};
use proptest::prelude::*;

fn aws_lc_key(key: Key) -> Box<dyn SigningKey> {
    let der = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.pkcs8()));
    Box::new(aws_lc::LocalKey::from_der(&der).unwrap())
}

fn rustcrypto_key(key: Key) -> Box<dyn SigningKey> {
    let der = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.pkcs8()));
    Box::new(rustcrypto::LocalKey::from_der(&der).unwrap())
}

/// A key of every row of the strict table, on every back end that signs with it.
fn signers() -> Vec<(Key, Box<dyn SigningKey>, &'static dyn SignatureVerifier)> {
    vec![
        (Key::PROXY, aws_lc_key(Key::PROXY), rustcrypto::VERIFIER),
        (Key::PROXY, rustcrypto_key(Key::PROXY), aws_lc::VERIFIER),
        (Key::PROXY_P384, aws_lc_key(Key::PROXY_P384), rustcrypto::VERIFIER),
        (Key::PROXY_P384, rustcrypto_key(Key::PROXY_P384), aws_lc::VERIFIER),
        (Key::PROXY_ED25519, aws_lc_key(Key::PROXY_ED25519), rustcrypto::VERIFIER),
        (Key::PROXY_ED25519, rustcrypto_key(Key::PROXY_ED25519), aws_lc::VERIFIER),
        (Key::PROXY_RSA, aws_lc_key(Key::PROXY_RSA), rustcrypto::VERIFIER),
    ]
}

fn pinned_policy(key: Key, audience: &Audience) -> Policy {
    let signer = PinnedSigner::certificate("p", &origin::certificate(pki::proxy_leaf(key).der()));
    let trust = SignerTrust::Pinned(PinnedSigners::new([signer.unwrap()]).unwrap());
    let clients = ClientTrust::Anchors(origin::client_anchors());
    Policy::new(trust, [audience.clone()], clients)
        .unwrap()
        .with_absence(AbsencePolicy::Accept)
        .with_max_lifetime(Duration::from_secs(3600))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_signed_verifies_as_what_was_asserted(
        audience in "[a-z0-9:/.é-]{1,60}",
        lifetime in 1_u64..=3600,
        connection: [u8; 16],
        tls13: bool,
        resumed: bool,
        with_certificate: bool,
        with_chain: bool,
        with_hop: bool,
        with_request: bool,
    ) {
        let audience = Audience::new(&audience).unwrap();
        let client = origin::certificate(if with_chain {
            pki::client_leaf_of_intermediate().der()
        } else {
            pki::client_leaf().der()
        });
        let chain = [origin::certificate(pki::client_intermediate().der())];
        let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
        let request = BoundRequest::new("GET", "https", "origin.example", "/a?b").unwrap();
        let handshake = Handshake {
            protocol: if tls13 { TlsVersion::Tls13 } else { TlsVersion::Tls12 },
            resumption: if resumed { Resumption::Resumed } else { Resumption::Full },
            connection: ConnectionId(connection),
        };
        for (key, private, self_test) in signers() {
            let certificate = origin::certificate(pki::proxy_leaf(key).der());
            let mut signer = HeaderSigner::strict(&certificate, private, self_test)
                .unwrap()
                .with_lifetime(Duration::from_secs(lifetime))
                .unwrap();
            let hop = if with_hop { origin::certificate(pki::hop_certificate().der()) } else { certificate };
            if with_hop {
                signer = signer.with_hop(&hop).unwrap();
            }
            let mut assertion = if with_certificate {
                Assertion::certificate(&peer, ChainValidation::Validated, &audience, handshake)
            } else {
                Assertion::absence(&audience, handshake)
            };
            if with_certificate && with_chain {
                assertion = assertion.with_client_chain(&chain).unwrap();
            }
            if with_request {
                assertion = assertion.with_request(&request).unwrap();
            }
            let header = signer.sign(&assertion, origin::now()).unwrap();
            let hop = HopPeer::from_certificate(&hop).unwrap();
            let received = Received::at(origin::now()).with_hop_peer(&hop).with_request(&request);
            for algorithms in [backend::aws_lc::ALGORITHMS, backend::rustcrypto::ALGORITHMS] {
                let verifier = origin::verifier_on(pinned_policy(key, &audience), algorithms);
                let lines = FieldLines::assert_single_value(header.as_str().as_bytes());
                let verdict = verifier.verify(&lines, &received).unwrap();
                let (statement, is_certificate) = match &verdict {
                    Verified::Certificate(verified) => {
                        prop_assert_eq!(verified.certificate(), &client);
                        prop_assert_eq!(verified.signer().name(), "p");
                        (verified.statement().unwrap(), true)
                    }
                    Verified::NoCertificate(absence) => (absence.statement().unwrap(), false),
                };
                prop_assert_eq!(is_certificate, with_certificate);
                prop_assert_eq!(&statement.audience, &audience);
                prop_assert_eq!(statement.connection, ConnectionId(connection));
                prop_assert_eq!(statement.protocol, handshake.protocol);
                prop_assert_eq!(statement.resumption, handshake.resumption);
                prop_assert_eq!(statement.expires, header.expires());
                prop_assert_eq!(statement.hop.is_some(), with_hop);
                prop_assert_eq!(statement.request.is_some(), with_request);
            }
        }
    }

    #[test]
    fn time_is_one_half_open_interval(
        signed in fixed::LEAF_FROM + 10_000..fixed::LEAF_UNTIL - 10_000,
        lifetime in 1_u32..=600,
        skew in 0_u64..=300,
        offset in -1500_i64..=1500,
    ) {
        let message = MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
            .signed_at(signed)
            .statement(|s| s.lifetime(lifetime.into()));
        let policy = origin::policy(origin::pinned(Key::PROXY)).with_skew(Duration::from_secs(skew));
        let verifier = origin::verifier(policy.unwrap());
        let value = message.value();
        let at = |now: u64| {
            let received = Received::at(origin::unix_time(now));
            verifier.verify(&FieldLines::assert_single_value(value.as_bytes()), &received).is_ok()
        };
        let (first, after) = (signed - skew, signed + u64::from(lifetime) + skew);
        let now = signed.checked_add_signed(offset).unwrap();
        prop_assert_eq!(at(now), (first..after).contains(&now));
        prop_assert_eq!([at(first - 1), at(first), at(after - 1), at(after)], [false, true, true, false]);
    }

    #[test]
    fn a_stricter_policy_never_accepts_more(
        lifetime in 1_u32..=900,
        validated: bool,
        absent: bool,
        hop: bool,
        bound: bool,
        given: bool,
        peer in 0_usize..3,
        stricter in 0_usize..6,
    ) {
        let mut message = if absent {
            MessageForge::absence(Key::PROXY)
        } else {
            MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
        };
        message = message.statement(|mut s| {
            s = s.lifetime(lifetime.into());
            if hop {
                s = s.hop_key(Key::HOP);
            }
            if bound {
                s = s.bound_to("GET", "origin.example", "/");
            }
            if !absent && !validated {
                s = s.client_chain(client_cert_tests::statement::NOT_VALIDATED);
            }
            s
        });
        let lax = || {
            let clients = origin::client_anchors()
                .with_eku(ClientEku::Any)
                .with_unvalidated(client_cert_verify::UnvalidatedChain::Accept);
            policy(clients).with_max_lifetime(Duration::from_secs(900)).unwrap()
        };
        fn policy(clients: ClientAnchors) -> Policy {
            Policy::new(
                origin::pinned(Key::PROXY),
                [origin::audience()],
                ClientTrust::Anchors(clients),
            )
            .unwrap()
            .with_hop(HopPolicy::AllowUnbound)
            .with_absence(AbsencePolicy::Accept)
        }
        let strict = match stricter {
            0 => lax().with_absence(AbsencePolicy::Refuse),
            1 => lax().with_hop(HopPolicy::Require),
            2 => lax().with_request(RequestPolicy::Require).unwrap(),
            3 => lax().with_max_lifetime(Duration::from_secs(300)).unwrap(),
            4 => lax().with_skew(Duration::ZERO).unwrap(),
            _ => policy(origin::client_anchors()).with_max_lifetime(Duration::from_secs(900)).unwrap(),
        };
        let peers = [Key::PROXY, Key::HOP]
            .map(|key| origin::certificate(pki::self_signed_proxy(key).der()))
            .map(|certificate| HopPeer::from_certificate(&certificate).unwrap());
        let request = BoundRequest::new("GET", "https", "origin.example", "/").unwrap();
        let mut received = Received::at(origin::now());
        if let Some(peer) = peers.get(peer) {
            received = received.with_hop_peer(peer);
        }
        if given {
            received = received.with_request(&request);
        }
        let value = message.value();
        let accepts = |policy: Policy| -> Result<Verified, VerifyError> {
            origin::verifier(policy).verify(&FieldLines::assert_single_value(value.as_bytes()), &received)
        };
        let (lax, strict) = (accepts(lax()), accepts(strict));
        prop_assert!(lax.is_ok() || strict.is_err(), "{lax:?} {strict:?}");
    }

    #[test]
    fn no_octets_make_the_verifier_panic(octets: Vec<u8>, position: u16, insert: Vec<u8>) {
        let verifier: Verifier = origin::verifier(origin::policy(origin::proxy_ca()));
        prop_assert!(origin::judge(&verifier, &octets).is_err());
        let mut der = MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
            .certificates(&[pki::proxy_leaf(Key::PROXY).der()])
            .der();
        let at = usize::from(position) % der.len();
        let end = der.len().min(at + insert.len());
        der.splice(at..end, insert);
        let value = client_cert_tests::field::strict_value(&der);
        let _either: Result<Verified, VerifyError> = origin::judge(&verifier, value.as_bytes());
    }
}
