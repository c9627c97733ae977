//! Attacks with genuine messages: at another time, place or request than they were signed for.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use client_cert_envelope::Stage;
use client_cert_sign::ChainValidation;
use client_cert_verify::pki_types::UnixTime;
use client_cert_verify::{
    ReplayKey, ReplayPolicy, ReplayStore, ReplayStoreError, ReplayVerdict, RequestPolicy,
};

use super::{Attack, Attempt};
use crate::demo::pki::{self, Entity, KeyKind};
use crate::demo::scene::{Scene, Sent, Statement, order};

pub(super) const ATTACKS: &[Attack] = &[
    Attack {
        name: "old message",
        action: "uses a message captured ten minutes ago",
        stage: Stage::Time,
        code: "statement-expired",
        attempt: |scene| {
            let at = scene.seconds_ago(600);
            stated_otherwise(scene, Statement { at, ..scene.statement() })
        },
    },
    Attack {
        name: "other service",
        action: "sends on what the proxy signed for another service",
        stage: Stage::Audience,
        code: "audience-mismatch",
        attempt: |scene| {
            let audience = "https://payroll.example";
            stated_otherwise(scene, Statement { audience, ..scene.statement() })
        },
    },
    Attack {
        name: "past the proxy",
        action: "sends alice's message over mallory's own TLS connection",
        stage: Stage::Binding,
        code: "hop-not-signer",
        attempt: |scene| {
            let genuine = scene.alice_by_edge()?;
            let forged = genuine.clone().with_peer(&scene.pki.mallory)?;
            Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
        },
    },
    Attack {
        name: "no TLS identity",
        action: "sends alice's message over TLS without a certificate",
        stage: Stage::Binding,
        code: "hop-peer-missing",
        attempt: |scene| {
            let genuine = scene.alice_by_edge()?;
            let forged = Sent { peer: None, ..genuine.clone() };
            Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
        },
    },
    Attack {
        name: "other proxy",
        action: "sends a message of the edge proxy through another proxy",
        stage: Stage::Binding,
        code: "hop-mismatch",
        attempt: other_proxy,
    },
    Attack {
        name: "other request",
        action: "puts the message of GET /orders/42 on a DELETE",
        stage: Stage::Binding,
        code: "request-mismatch",
        attempt: other_request,
    },
    Attack {
        name: "no certificate",
        action: "shows the proxy none, where clients must have one",
        stage: Stage::Binding,
        code: "absence-refused",
        attempt: |scene| {
            let edge = &scene.pki.edge;
            Ok(Attempt {
                origin: scene.edge_origin()?,
                genuine: scene.alice_by_edge()?,
                forged: Sent::new(&scene.sign_absence(&edge.signer()?)?, Some(edge))?,
            })
        },
    },
    Attack {
        name: "self-signed client",
        action: "comes as alice, self-signed, to a proxy that takes any",
        stage: Stage::Binding,
        code: "chain-not-validated",
        attempt: not_validated,
    },
    Attack {
        name: "second use",
        action: "sends a captured request again, where each counts once",
        stage: Stage::Replay,
        code: "replayed",
        attempt: replayed,
    },
];

/// A message for alice that is right in all but what it states.
fn stated_otherwise(scene: &Scene, statement: Statement) -> anyhow::Result<Attempt> {
    let (edge, alice) = (&scene.pki.edge, &scene.pki.alice.certificate);
    Ok(Attempt {
        origin: scene.edge_origin()?,
        genuine: scene.alice_by_edge()?,
        forged: Sent::new(&scene.sign_statement(&edge.signer()?, alice, statement)?, Some(edge))?,
    })
}

fn other_proxy(scene: &Scene) -> anyhow::Result<Attempt> {
    let edge = &scene.pki.edge;
    let other = scene.pki.proxies.iter().find(|proxy| proxy.kind == KeyKind::P384);
    let other = other.ok_or_else(|| anyhow::anyhow!("there is a P-384 proxy"))?;
    let signer = edge.signer()?.with_hop(&edge.certificate)?;
    let genuine = Sent::new(&scene.sign(&signer, &scene.pki.alice.certificate)?, Some(edge))?;
    let forged = genuine.clone().with_peer(other)?;
    Ok(Attempt { origin: scene.origin(scene.pinning([edge, other])?)?, genuine, forged })
}

/// Alice's request, and the message bound to it.
fn bound(scene: &Scene) -> anyhow::Result<Sent> {
    let (edge, alice) = (&scene.pki.edge, &scene.pki.alice.certificate);
    let statement = Statement { request: Some(order("GET")?), ..scene.statement() };
    Sent::new(&scene.sign_statement(&edge.signer()?, alice, statement)?, Some(edge))
}

fn other_request(scene: &Scene) -> anyhow::Result<Attempt> {
    let genuine = bound(scene)?;
    let forged = Sent { request: order("DELETE")?, ..genuine.clone() };
    Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
}

fn not_validated(scene: &Scene) -> anyhow::Result<Attempt> {
    let params = pki::client_params("alice", scene.now)?;
    let false_alice = Entity::self_signed("alice", KeyKind::P256, &params)?;
    let edge = &scene.pki.edge;
    let statement = Statement { validation: ChainValidation::NotValidated, ..scene.statement() };
    let signed = scene.sign_statement(&edge.signer()?, &false_alice.certificate, statement)?;
    Ok(Attempt {
        origin: scene.edge_origin()?,
        genuine: scene.alice_by_edge()?,
        forged: Sent::new(&signed, Some(edge))?,
    })
}

fn replayed(scene: &Scene) -> anyhow::Result<Attempt> {
    let policy = scene
        .pinning([&scene.pki.edge])?
        .with_request(RequestPolicy::Require)?
        .with_replay(ReplayPolicy::SingleUse(Arc::new(Used::default())))?;
    let genuine = bound(scene)?;
    Ok(Attempt { origin: scene.origin(policy)?, forged: genuine.clone(), genuine })
}

/// A store for one process and one run: it forgets nothing, so it needs no times.
#[derive(Debug, Default)]
struct Used(Mutex<HashSet<ReplayKey>>);

impl ReplayStore for Used {
    fn insert_once(
        &self,
        key: &ReplayKey,
        _keep_until: UnixTime,
    ) -> Result<ReplayVerdict, ReplayStoreError> {
        let mut used = self.0.lock().map_err(|_| ReplayStoreError::default())?;
        Ok(if used.insert(*key) { ReplayVerdict::FirstUse } else { ReplayVerdict::Seen })
    }
}
