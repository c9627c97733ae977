//! What signing and verifying cost beside the one signature operation in them, on AWS-LC and P-256
//! with a client certificate of 758 octets. Prints the ratios of this run.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "a panic is a failed bench"
)]
#![expect(
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a bench reads the clock and divides times"
)]

use std::hint::black_box;
use std::time::Instant;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _,
    ParsedPublicKey, UnparsedPublicKey,
};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, ChainValidation, ConnectionId, Handshake, HeaderSigner, PeerCertificate, Resumption,
    TlsVersion,
};
use client_cert_tests::keys::Key;
use client_cert_tests::{origin, pki};
use client_cert_verify::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use client_cert_verify::{
    ClientTrust, FieldLines, HopPeer, Policy, Received, Verified, Verifier, backend,
};
use criterion::Criterion;

/// About as long as the signed attributes of a strict message.
const MESSAGE: [u8; 290] = [0x31; 290];

fn signer() -> HeaderSigner {
    let certificate = origin::certificate(pki::proxy_leaf(Key::PROXY).der());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(Key::PROXY.pkcs8()));
    let key = Box::new(aws_lc::LocalKey::from_der(&key).expect("a key"));
    HeaderSigner::strict(&certificate, key, aws_lc::VERIFIER).expect("key and certificate match")
}

fn verifier() -> Verifier {
    let policy =
        Policy::new(origin::pinned(Key::PROXY), [origin::audience()], ClientTrust::ProxyValidation);
    Verifier::new(policy.expect("a policy"), backend::aws_lc::ALGORITHMS).expect("algorithms")
}

fn bench(criterion: &mut Criterion) {
    let random = SystemRandom::new();
    let raw_key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &Key::PROXY.pkcs8())
        .expect("a key");
    let raw_signature = raw_key.sign(&random, &MESSAGE).expect("a signature");
    let unparsed =
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, raw_key.public_key().as_ref().to_vec());
    let parsed = ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, raw_key.public_key().as_ref())
        .expect("a public key");

    let signer = signer();
    let client = origin::certificate(pki::client_leaf().der());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).expect("a certificate");
    let audience = origin::audience();
    let handshake = Handshake {
        protocol: TlsVersion::Tls13,
        resumption: Resumption::Full,
        connection: ConnectionId([7; 16]),
    };
    let sign = || {
        let assertion =
            Assertion::certificate(&peer, ChainValidation::Validated, &audience, handshake);
        signer.sign(&assertion, origin::now()).expect("a header").into_header_value()
    };
    let value = sign();
    let verifier = verifier();
    let hop = origin::certificate(pki::proxy_leaf(Key::PROXY).der());
    let hop = HopPeer::from_certificate(&hop).expect("a certificate");
    let received = Received::at(origin::now()).with_hop_peer(&hop);
    let verify = || -> Verified {
        let lines = FieldLines::assert_single_value(value.as_bytes());
        verifier.verify(&lines, &received).expect("a verified message")
    };
    let Verified::Certificate(verified) = verify() else {
        unreachable!("a certificate was signed")
    };

    let raw_sign = || raw_key.sign(&random, black_box(&MESSAGE)).expect("a signature");
    let raw_verify =
        || unparsed.verify(black_box(&MESSAGE), raw_signature.as_ref()).expect("a valid signature");
    let raw_verify_parsed = || {
        parsed.verify_sig(black_box(&MESSAGE), raw_signature.as_ref()).expect("a valid signature");
    };
    criterion.bench_function("raw sign", |b| b.iter(raw_sign));
    criterion.bench_function("sign", |b| b.iter(|| black_box(sign())));
    criterion.bench_function("raw verify", |b| b.iter(raw_verify));
    criterion.bench_function("raw verify, key parsed before", |b| b.iter(raw_verify_parsed));
    criterion.bench_function("verify", |b| b.iter(|| black_box(verify())));
    criterion.bench_function("identity", |b| b.iter(|| black_box(verified.identity())));

    println!("ratios, medians of {ROUNDS} interleaved pairs of batches:");
    println!("sign   {:.3} x raw sign", ratio(sign, raw_sign));
    println!("verify {:.3} x raw verify", ratio(verify, raw_verify));
    println!("verify {:.3} x raw verify, key parsed before", ratio(verify, raw_verify_parsed));
}

const ROUNDS: usize = 400;
const BATCH: u32 = 25;

/// How many times as long `ours` takes as `raw`. Batches alternate, so that a machine that slows
/// down for a while slows both.
fn ratio<A, B>(ours: impl Fn() -> A, raw: impl Fn() -> B) -> f64 {
    fn batch<T>(operation: &impl Fn() -> T) -> f64 {
        let start = Instant::now();
        for _ in 0..BATCH {
            black_box(operation());
        }
        start.elapsed().as_secs_f64()
    }
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| batch(&ours) / batch(&raw)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    bench(&mut criterion);
    criterion.final_summary();
}
