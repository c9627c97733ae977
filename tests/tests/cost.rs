//! What a refusal costs before anyone is authenticated: public-key operations per kind of refusal,
//! counted in the back end.

use std::sync::atomic::{AtomicUsize, Ordering};

use client_cert_tests::keys::Key;
use client_cert_tests::message::MessageForge;
use client_cert_tests::{fixed, origin, pki};
use client_cert_verify::pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm,
};
use client_cert_verify::{Algorithms, VerifyError, backend};

static OPERATIONS: AtomicUsize = AtomicUsize::new(0);

#[derive(Debug)]
struct Counting(&'static dyn SignatureVerificationAlgorithm);

impl SignatureVerificationAlgorithm for Counting {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.0.public_key_alg_id()
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.0.signature_alg_id()
    }

    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        OPERATIONS.fetch_add(1, Ordering::SeqCst);
        self.0.verify_signature(public_key, message, signature)
    }
}

fn counting() -> Algorithms {
    let counting: Vec<&'static dyn SignatureVerificationAlgorithm> = backend::aws_lc::ALGORITHMS
        .iter()
        .map(|&algorithm| {
            let counting: &'static dyn SignatureVerificationAlgorithm =
                Box::leak(Box::new(Counting(algorithm)));
            counting
        })
        .collect();
    Vec::leak(counting)
}

// One test, because the counter is shared.
#[test]
fn public_key_operations_of_each_refusal() {
    let pinned = origin::verifier_on(origin::policy(origin::pinned(Key::PROXY)), counting());
    let proxy_ca = origin::verifier_on(origin::policy(origin::proxy_ca()), counting());
    let good = MessageForge::strict(&pki::client_leaf().der(), Key::PROXY);
    let in_bag = good.clone().certificates(&[pki::proxy_leaf(Key::PROXY).der()]);
    let stranger = MessageForge::strict(&pki::client_leaf().der(), Key::STRANGER);
    let expired = good.clone().signed_at(fixed::NOW - 10_000);
    let elsewhere = good.clone().statement(|s| s.audience("https://elsewhere.example"));
    let other_content = good.clone().with_broken_signature();

    for (what, verifier, value, operations, accepted) in [
        ("garbage", &pinned, ":AAAA:".to_owned(), 0, false),
        ("not even base64", &pinned, "%%%".to_owned(), 0, false),
        ("an unknown signer", &pinned, stranger.value(), 0, false),
        ("an unknown signer, proxy CA", &proxy_ca, stranger.value(), 0, false),
        ("an expired statement", &pinned, expired.value(), 0, false),
        ("another audience", &pinned, elsewhere.value(), 0, false),
        ("a broken signature", &pinned, other_content.value(), 1, false),
        // Path building is for who holds the key: one operation, none for the path.
        (
            "a broken signature, proxy CA",
            &proxy_ca,
            in_bag.clone().with_broken_signature().value(),
            1,
            false,
        ),
        // Signature and the client's one link; with a proxy CA also the signer's link.
        ("a good message", &pinned, good.value(), 2, true),
        ("a good message, proxy CA", &proxy_ca, in_bag.value(), 3, true),
    ] {
        OPERATIONS.store(0, Ordering::SeqCst);
        let verdict: Result<_, VerifyError> = origin::judge(verifier, value.as_bytes());
        assert_eq!(verdict.is_ok(), accepted, "{what}: {verdict:?}");
        assert_eq!(OPERATIONS.load(Ordering::SeqCst), operations, "{what}");
    }
}
