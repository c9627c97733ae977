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
    reason = "it reads where cargo builds, and divides times"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;

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
        let lines = FieldLines::of_value(value.as_bytes());
        verifier.verify(&lines, &received).expect("a verified message")
    };
    let Verified::Certificate(verified) = verify() else {
        unreachable!("a certificate was signed")
    };

    criterion.bench_function("raw sign", |b| {
        b.iter(|| raw_key.sign(&random, black_box(&MESSAGE)).expect("a signature"));
    });
    criterion.bench_function("sign", |b| b.iter(|| black_box(sign())));
    criterion.bench_function("raw verify", |b| {
        b.iter(|| unparsed.verify(black_box(&MESSAGE), raw_signature.as_ref()).expect("valid"));
    });
    criterion.bench_function("raw verify, key parsed before", |b| {
        b.iter(|| parsed.verify_sig(black_box(&MESSAGE), raw_signature.as_ref()).expect("valid"));
    });
    criterion.bench_function("verify", |b| b.iter(|| black_box(verify())));
    criterion.bench_function("identity", |b| b.iter(|| black_box(verified.identity())));
}

/// The median that criterion wrote, in nanoseconds.
fn median(name: &str) -> Option<f64> {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "../target".into());
    let folder = name.replace(' ', "_");
    for folder in [name, &folder] {
        let path = Path::new(&target).join("criterion").join(folder).join("new/estimates.json");
        if let Ok(text) = fs::read_to_string(path) {
            let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
            return estimates["median"]["point_estimate"].as_f64();
        }
    }
    None
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    bench(&mut criterion);
    criterion.final_summary();
    for (ours, raw) in [
        ("sign", "raw sign"),
        ("verify", "raw verify"),
        ("verify", "raw verify, key parsed before"),
    ] {
        if let (Some(ours_ns), Some(raw_ns)) = (median(ours), median(raw)) {
            println!(
                "{ours}: {:.2} us, {:.3} x {raw} ({:.2} us)",
                ours_ns / 1000.0,
                ours_ns / raw_ns,
                raw_ns / 1000.0
            );
        }
    }
}
