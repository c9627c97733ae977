//! Stages `binding` and `replay`: this hop, this request, of the demanded kind, and once.

use crate::keys::Key;
use crate::message::MessageForge;
use crate::statement::{NOT_VALIDATED, StatementForge};
use crate::vectors::format::{Absence, Client, ClientKeyword, Hop, Policy, Unvalidated, Vector};
use crate::vectors::scene::{Scene, baseline, strict};
use crate::{fixed, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [hops(), unbound_hops(), kinds()].concat()
}

pub(super) fn saying(change: impl FnOnce(StatementForge) -> StatementForge) -> MessageForge {
    strict().statement(change)
}

/// Hop binding, demanded.
fn hops() -> Vec<Vector> {
    let scene = Scene::strict();
    let by_statement = scene.clone().hop(&pki::hop_certificate());
    let refuse = |scene: &Scene, id: &str, code: &str, threat: &str, comment: &str, sent| {
        scene.refuse(id, code, (threat, "11.4"), comment, sent)
    };
    let renewed = pki::hop_certificate().serial(&[0x42]).validity(fixed::NOW, fixed::LEAF_UNTIL);
    let same_subject = pki::self_signed_proxy(Key::PROXY2);
    vec![
        by_statement.accept(
            "accept/hop-by-statement",
            ("F21", "11.4"),
            "The proxy connects with another key than it signs with, and says which.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
        by_statement.clone().hop(&renewed).accept(
            "accept/hop-certificate-renewed",
            ("F23", "11.4"),
            "The peer's certificate was renewed with the same key.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
        refuse(
            &scene.clone().without_hop(),
            "binding/no-peer",
            "hop-peer-missing",
            "F22",
            "The TLS peer has no certificate.",
            strict(),
        ),
        refuse(
            &scene.clone().without_hop(),
            "binding/no-peer-with-hop",
            "hop-peer-missing",
            "F22",
            "The statement names a hop, and the TLS peer has no certificate.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
        refuse(
            &by_statement,
            "binding/peer-is-not-the-signer",
            "hop-not-signer",
            "F21",
            "The statement names no hop, and the TLS peer is not the signer.",
            strict(),
        ),
        refuse(
            &scene.clone().hop(&same_subject),
            "binding/peer-with-the-signer-s-name",
            "hop-not-signer",
            "F23",
            "The TLS peer has the signer's names and another key.",
            strict(),
        ),
        refuse(
            &scene,
            "binding/hop-of-another",
            "hop-mismatch",
            "F21",
            "The statement names another hop, and the TLS peer is the signer.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
        Scene::baseline().hop(&pki::hop_certificate()).refuse(
            "binding/baseline-peer-is-not-the-signer",
            "hop-not-signer",
            ("F21", "12"),
            "The TLS peer is not the signer.",
            baseline(),
        ),
    ]
}

/// Hop binding, not demanded.
fn unbound_hops() -> Vec<Vector> {
    let allow = |policy: &mut Policy| policy.hop = Hop::AllowUnbound;
    let scene = Scene::strict().policy(allow).without_hop().twin("accept/unbound-without-peer");
    let accept = |scene: &Scene, id: &str, comment: &str, sent| {
        scene.accept(id, ("F22 F31", "11.4"), comment, sent)
    };
    vec![
        accept(
            &scene,
            "accept/unbound-without-peer",
            "Unbound hops are allowed, and the TLS peer has no certificate.",
            strict(),
        ),
        accept(
            &scene,
            "accept/unbound-hop-stated",
            "Unbound hops are allowed; the statement names one, and there is no peer.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
        accept(
            &scene.clone().hop(&pki::hop_certificate()),
            "accept/unbound-other-peer",
            "Unbound hops are allowed, and the TLS peer is not the signer.",
            strict(),
        ),
        scene.hop(&pki::self_signed_proxy(Key::PROXY)).refuse(
            "binding/unbound-hop-of-another",
            "hop-mismatch",
            ("F21", "11.4"),
            "Unbound hops are allowed; the statement names another hop than the visible one.",
            saying(|s| s.hop_key(Key::HOP)),
        ),
    ]
}

/// clientChain and absence.
fn kinds() -> Vec<Vector> {
    let keyword = Client::Keyword(ClientKeyword::ProxyValidation);
    let trusting =
        Scene::strict().policy(|policy| policy.client = keyword).twin("accept/proxy-validation");
    let judging = Scene::strict().clients(|clients| clients.unvalidated = Unvalidated::Accept);
    let accepting = Scene::strict().policy(|policy| policy.absence = Absence::Accept);
    let not_validated = || saying(|s| s.client_chain(NOT_VALIDATED));
    let refuse = |scene: &Scene, id: &str, comment: &str| {
        scene.refuse(id, "chain-not-validated", ("F28", "11.3"), comment, not_validated())
    };
    vec![
        trusting.accept(
            "accept/proxy-validation",
            ("F28", "11.3"),
            "The origin trusts the proxy's validation, and the statement says validated.",
            strict(),
        ),
        judging.accept(
            "accept/not-validated",
            ("F28", "11.3"),
            "The proxy did not validate the chain; the policy says that the origin may.",
            not_validated(),
        ),
        accepting
            .accept(
                "accept/absence",
                ("H19", "4.2"),
                "No client certificate was presented, and the policy accepts that.",
                MessageForge::absence(Key::PROXY),
            )
            .about_nobody(),
        accepting.accept(
            "accept/certificate-where-absence-is-accepted",
            ("H19", "4.2"),
            "The policy accepts absence, and there is a certificate.",
            strict(),
        ),
        refuse(
            &trusting,
            "binding/not-validated-and-no-anchors",
            "The proxy did not validate the chain, and the origin trusts its validation.",
        ),
        refuse(
            &Scene::strict(),
            "binding/not-validated",
            "The proxy did not validate the chain, and the policy demands that it does.",
        ),
        Scene::strict().refuse(
            "binding/absence",
            "absence-refused",
            ("H18", "4.2"),
            "No client certificate was presented, and the policy demands one.",
            MessageForge::absence(Key::PROXY),
        ),
    ]
}
