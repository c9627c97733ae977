//! Heap allocations of the hot paths.

use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, ChainValidation, ConnectionId, Handshake, HeaderSigner, PeerCertificate, Resumption,
    TlsVersion,
};
use client_cert_tests::keys::Key;
use client_cert_tests::{origin, pki};
use client_cert_verify::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use client_cert_verify::{
    ClientTrust, FieldLines, HopPeer, HopPolicy, Policy, Received, Verifier, backend,
};

// One test: the counter counts its own thread, but both halves share the message.
#[test]
fn signing_allocates_at_most_six_times_and_verifying_at_most_eight() {
    let certificate = origin::certificate(pki::proxy_leaf(Key::PROXY).der());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(Key::PROXY.pkcs8()));
    let key = Box::new(aws_lc::LocalKey::from_der(&key).unwrap());
    let signer = HeaderSigner::strict(&certificate, key, aws_lc::VERIFIER).unwrap();
    let client = origin::certificate(pki::client_leaf().der());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let audience = origin::audience();
    let handshake = Handshake {
        protocol: TlsVersion::Tls13,
        resumption: Resumption::Full,
        connection: ConnectionId([7; 16]),
    };
    let mut value = None;
    let signing = allocation_counter::measure(|| {
        let assertion =
            Assertion::certificate(&peer, ChainValidation::Validated, &audience, handshake);
        value = Some(signer.sign(&assertion, origin::now()).unwrap().into_header_value());
    });
    assert!(signing.count_total <= 6, "signing: {} allocations", signing.count_total);
    let value = value.unwrap();

    let policy =
        Policy::new(origin::pinned(Key::PROXY), [origin::audience()], ClientTrust::ProxyValidation)
            .unwrap()
            .with_hop(HopPolicy::Require);
    let verifier = Verifier::new(policy, backend::aws_lc::ALGORITHMS).unwrap();
    let hop = HopPeer::from_certificate(&certificate).unwrap();
    let received = Received::at(origin::now()).with_hop_peer(&hop);
    let verifying = allocation_counter::measure(|| {
        let verdict =
            verifier.verify(&FieldLines::assert_single_value(value.as_bytes()), &received);
        assert!(verdict.is_ok());
        std::mem::forget(verdict);
    });
    assert!(verifying.count_total <= 8, "verifying: {} allocations", verifying.count_total);
    println!("allocations: {} to sign, {} to verify", signing.count_total, verifying.count_total);

    // The size of the field: 560 characters more than RFC 9440 at most.
    let rfc9440 = client_cert_tests::field::strict_value(&client).len();
    assert_eq!(client.len(), 758);
    let more = value.len() - rfc9440;
    assert!(more <= 560, "{more} characters more than RFC 9440");
    println!("characters: {} in all, {more} more than RFC 9440's {rfc9440}", value.len());
}
