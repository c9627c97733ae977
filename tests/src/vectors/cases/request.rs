//! Stages `binding` and `replay`: bound to this request, and used once.

use crate::ecdsa_signature;
use crate::keys::{Key, KeyKind};
use crate::message::MessageForge;
use crate::vectors::cases::binding::saying;
use crate::vectors::format::{
    Policy, Replay, ReplayStore, ReplayStoreKeyword, RequestBinding, SeenKey, SeenKeys, Vector, hex,
};
use crate::vectors::scene::{Scene, baseline, strict};
use crate::{fixed, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [requests(), demanded(), replays()].concat()
}

/// Request binding, where present.
fn requests() -> Vec<Vector> {
    let (authority, target) = ("origin.example", "/orders?limit=10");
    let scene = Scene::strict().twin("accept/request");
    let bound = || saying(|s| s.bound_to("GET", authority, target));
    let in_request = |method: &str, authority: &str, target: &str| {
        scene.clone().request(method, authority, target)
    };
    let right = in_request("GET", authority, target);
    let accept = |scene: &Scene, id: &str, comment: &str, sent| {
        scene.accept(id, ("F25", "8"), comment, sent)
    };
    let other = |id: &str, comment: &str, (method, authority, target): (&str, &str, &str)| {
        let scene = in_request(method, authority, target);
        scene.refuse(id, "request-mismatch", ("F25", "8"), comment, bound())
    };
    let with = |target: &str| saying(|s| s.bound_to("GET", authority, target));
    let sent_as = |id: &str, comment: &str, signed: &str, received: &str| {
        let scene = in_request("GET", authority, received);
        scene.refuse(id, "request-mismatch", ("F25", "8"), comment, with(signed))
    };
    vec![
        accept(&right, "accept/request", "The message is bound to the request.", bound()),
        accept(
            &in_request("GET", "ORIGIN.example:443", target),
            "accept/request-authority-normalised",
            "The authority has capitals and the default port, which the transcript has not.",
            bound(),
        ),
        accept(
            &in_request("GET", authority, ""),
            "accept/request-empty-target",
            "The target is empty, which means /.",
            with("/"),
        ),
        accept(
            &in_request("OPTIONS", "origin.example:8443", "*"),
            "accept/request-options-asterisk",
            "OPTIONS *, to a port that is not the default.",
            saying(|s| s.bound_to("OPTIONS", "origin.example:8443", "*")),
        ),
        accept(
            &right,
            "accept/request-not-bound",
            "The message is bound to no request, and that is not demanded.",
            strict(),
        ),
        scene.refuse(
            "binding/request-not-given",
            "request-not-given",
            ("F25", "8"),
            "The message is bound to a request, and the verifier was given none.",
            bound(),
        ),
        other("binding/other-method", "The method is POST.", ("POST", authority, target)),
        other("binding/method-in-small-letters", "The method is get.", ("get", authority, target)),
        other("binding/other-authority", "The host is another.", ("GET", "evil.example", target)),
        other("binding/other-port", "The port is another.", ("GET", "origin.example:8443", target)),
        other("binding/other-path", "The path is another.", ("GET", authority, "/admin?limit=10")),
        other(
            "binding/other-query",
            "The query is another.",
            ("GET", authority, "/orders?limit=9"),
        ),
        other("binding/query-missing", "The query is missing.", ("GET", authority, "/orders")),
        sent_as(
            "binding/query-in-other-order",
            "The query has its parts in another order.",
            "/orders?a=1&b=2",
            "/orders?b=2&a=1",
        ),
        sent_as("binding/query-empty", "An empty query is added.", "/orders", "/orders?"),
        sent_as("binding/slash-encoded", "A slash is percent-encoded.", "/a/b", "/a%2fb"),
        sent_as("binding/slash-twice", "A slash is doubled.", "/a/b", "/a//b"),
        sent_as("binding/dot-segments", "There are dot segments.", "/b", "/a/../b"),
        right.refuse(
            "binding/parts-shifted",
            "request-mismatch",
            ("F26", "8"),
            "request hashes the same parts without their lengths.",
            saying(|s| {
                let parts = b"signed-client-cert request v1\0GETorigin.example/orders?limit=10";
                s.request(&crate::algorithm::Digest::Sha256.of(parts))
            }),
        ),
    ]
}

/// Request binding, demanded.
fn demanded() -> Vec<Vector> {
    let require = |policy: &mut Policy| policy.request = RequestBinding::Require;
    let scene = Scene::strict()
        .policy(require)
        .request("GET", "origin.example", "/orders")
        .twin("accept/request-demanded");
    let both = Scene::baseline().request("GET", "origin.example", "/orders");
    let both = both.policy(require).policy(|policy| {
        policy.audiences = vec![fixed::AUDIENCE.to_owned()];
        policy.signers = mixed_signers();
    });
    vec![
        scene.accept(
            "accept/request-demanded",
            ("F25", "8"),
            "Request binding is demanded, and the message has it.",
            saying(|s| s.bound_to("GET", "origin.example", "/orders")),
        ),
        scene.refuse(
            "binding/request-demanded-and-missing",
            "request-missing",
            ("F25", "8"),
            "Request binding is demanded, and the message has none.",
            strict(),
        ),
        both.twin("accept/request-demanded-of-both").refuse(
            "binding/baseline-request-demanded",
            "request-missing",
            ("F25", "12"),
            "Request binding is demanded, which no baseline message has.",
            baseline(),
        ),
        Scene::strict()
            .field("Client-Cert")
            .hop(&pki::self_signed_proxy(Key::PROXY2))
            .policy(require)
            .policy(|policy| policy.signers = mixed_signers())
            .request("GET", "origin.example", "/orders")
            .accept(
                "accept/request-demanded-of-both",
                ("F25", "12"),
                "Request binding is demanded of a strict and a baseline signer; strict has it.",
                crate::vectors::scene::strict_by(Key::PROXY2)
                    .statement(|s| s.bound_to("GET", "origin.example", "/orders")),
            )
            .signed_by("proxy-2"),
    ]
}

/// A baseline signer, and a strict one that can satisfy every policy.
fn mixed_signers() -> Option<Vec<crate::vectors::format::Signer>> {
    use crate::vectors::format::{Profile, Signer};
    use crate::vectors::scene::signer;
    let second = signer(&pki::self_signed_proxy(Key::PROXY2), Profile::Strict);
    Some(vec![
        signer(&pki::self_signed_proxy(Key::PROXY), Profile::Baseline),
        Signer { name: "proxy-2".to_owned(), ..second },
    ])
}

/// Single use.
fn replays() -> Vec<Vector> {
    let scene = Scene::strict()
        .policy(|policy| {
            policy.request = RequestBinding::Require;
            policy.replay = Replay::SingleUse;
        })
        .request("GET", "origin.example", "/orders")
        .twin("accept/first-use");
    let message = || saying(|s| s.bound_to("GET", "origin.example", "/orders"));
    let seen = |key: Key, connection: &[u8]| {
        let seen = vec![SeenKey { signer: hex(&key.spki_sha256()), connection: hex(connection) }];
        ReplayStore::Working(SeenKeys { seen })
    };
    let again = scene.clone().replay_store(seen(Key::PROXY, &fixed::CONNECTION));
    let twin = ecdsa_signature::twin(KeyKind::P256, &message().signature_octets());
    let down = ReplayStore::Keyword(ReplayStoreKeyword::Unavailable);
    vec![
        scene.accept(
            "accept/first-use",
            ("F15", "8"),
            "Single use is demanded, and this is the first.",
            message(),
        ),
        scene.clone().replay_store(seen(Key::PROXY, b"another one 0001")).accept(
            "accept/first-use-after-another",
            ("F15", "8"),
            "A message with another connection was used.",
            message(),
        ),
        scene.clone().replay_store(seen(Key::PROXY2, &fixed::CONNECTION)).accept(
            "accept/first-use-of-this-signer",
            ("F15", "8"),
            "A message of another signer with the same connection was used.",
            message(),
        ),
        again.refuse(
            "replay/second-use",
            "replayed",
            ("F01", "8"),
            "A message of this signer with this connection was used.",
            message(),
        ),
        again.refuse(
            "replay/second-use-with-other-octets",
            "replayed",
            ("F20 A16", "8"),
            "The signature is (r, n-s) of a message that was used: other octets.",
            message().signature(&twin),
        ),
        again.refuse(
            "replay/connection-of-another-client",
            "replayed",
            ("F15", "8"),
            "A message with this connection was used, about another client.",
            MessageForge::strict(&pki::mallory_leaf().der(), Key::PROXY)
                .statement(|s| s.bound_to("GET", "origin.example", "/orders")),
        ),
        scene.clone().replay_store(down).refuse(
            "internal/replay-store",
            "replay-store",
            ("F16", "8"),
            "The message is right, and the replay store does not answer.",
            message(),
        ),
    ]
}
