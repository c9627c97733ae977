//! Single use: of any number of presentations at once, exactly one is accepted; and what the store
//! cannot promise is refused.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::thread;

use client_cert_tests::ecdsa_signature;
use client_cert_tests::keys::{Key, KeyKind};
use client_cert_tests::message::MessageForge;
use client_cert_tests::{fixed, origin, pki};
use client_cert_verify::pki_types::UnixTime;
use client_cert_verify::{
    BoundRequest, FieldLines, Received, ReplayKey, ReplayPolicy, ReplayStore, ReplayStoreError,
    ReplayVerdict, RequestPolicy, Verifier, VerifyError,
};

#[derive(Debug, Default)]
struct InMemory(Mutex<HashSet<(ReplayKey, UnixTime)>>);

impl ReplayStore for InMemory {
    fn insert_once(
        &self,
        key: &ReplayKey,
        keep_until: UnixTime,
    ) -> Result<ReplayVerdict, ReplayStoreError> {
        let first = self.0.lock().unwrap().insert((*key, keep_until));
        Ok(if first { ReplayVerdict::FirstUse } else { ReplayVerdict::Seen })
    }
}

fn single_use(store: Arc<InMemory>) -> Verifier {
    let policy = origin::policy(origin::pinned(Key::PROXY))
        .with_request(RequestPolicy::Require)
        .unwrap()
        .with_replay(ReplayPolicy::SingleUse(store))
        .unwrap();
    origin::verifier(policy)
}

fn bound() -> MessageForge {
    MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
        .statement(|s| s.bound_to("GET", "origin.example", "/"))
}

fn judge(verifier: &Verifier, value: &str) -> Result<(), VerifyError> {
    let request = BoundRequest::new("GET", "https", "origin.example", "/").unwrap();
    let received = Received::at(origin::now()).with_request(&request);
    verifier.verify(&FieldLines::assert_single_value(value.as_bytes()), &received).map(|_| ())
}

#[test]
fn of_concurrent_presentations_one_is_accepted() {
    let store = Arc::new(InMemory::default());
    let verifier = single_use(Arc::clone(&store));
    let value = bound().value();
    let verdicts: Vec<Result<(), VerifyError>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..32).map(|_| scope.spawn(|| judge(&verifier, &value))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(verdicts.iter().filter(|verdict| verdict.is_ok()).count(), 1);
    assert_eq!(verdicts.iter().filter(|v| **v == Err(VerifyError::Replayed)).count(), 31);
    let kept: Vec<UnixTime> = store.0.lock().unwrap().iter().map(|(_, until)| *until).collect();
    assert_eq!(kept, [origin::unix_time(fixed::SIGNED_AT + fixed::LIFETIME + 30)]);
}

#[test]
fn the_other_signature_of_the_same_statement_is_a_replay() {
    let verifier = single_use(Arc::default());
    let message = bound();
    let twin = ecdsa_signature::twin(KeyKind::P256, &message.signature_octets());
    let twin = message.clone().signature(&twin);
    assert_ne!(message.value(), twin.value());
    assert_eq!(judge(&verifier, &message.value()), Ok(()));
    assert_eq!(judge(&verifier, &twin.value()), Err(VerifyError::Replayed));
}

#[test]
fn a_message_that_does_not_verify_uses_nothing_up() {
    let verifier = single_use(Arc::default());
    let broken = bound().with_broken_signature();
    assert_eq!(judge(&verifier, &broken.value()), Err(VerifyError::SignatureInvalid));
    assert_eq!(judge(&verifier, &bound().value()), Ok(()));
}
