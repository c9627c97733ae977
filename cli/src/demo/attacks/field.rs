//! Attacks on the field lines of the request.

use client_cert_envelope::Stage;

use super::{Attack, Attempt};
use crate::demo::scene::{SIGNED_FIELD, Scene, Sent};

pub(super) const ATTACKS: &[Attack] = &[
    Attack {
        name: "field removed",
        action: "drops the field, to look like a client without certificate",
        stage: Stage::Absent,
        code: "field-absent",
        attempt: |scene| on_alice(scene, |sent| Ok(sent.without(SIGNED_FIELD))),
    },
    Attack {
        name: "second field",
        action: "sends alice's field along; the proxy appends mallory's",
        stage: Stage::Field,
        code: "field-repeated",
        attempt: second_field,
    },
    Attack {
        name: "field alias",
        action: "sends Signed_Client_Cert, which many gateways read as it",
        stage: Stage::Field,
        code: "field-alias",
        attempt: alias,
    },
    Attack {
        name: "Connection option",
        action: "has a hop remove the field: Connection: Signed-Client-Cert",
        stage: Stage::Field,
        code: "field-connection-listed",
        attempt: |scene| on_alice(scene, |sent| Ok(sent.with_line("Connection", SIGNED_FIELD))),
    },
    Attack {
        name: "unsigned token",
        action: "puts a JWT for alice, alg none, in the field's place",
        stage: Stage::Field,
        code: "not-byte-sequence",
        attempt: |scene| on_alice(scene, |sent| Ok(sent.with_value(JWT))),
    },
    Attack {
        name: "second spelling",
        action: "rewrites a used message in base64url, so that it looks new",
        stage: Stage::Base64,
        code: "base64-alphabet",
        attempt: |scene| on_alice(scene, base64url),
    },
];

/// `{"alg":"none"}`, `{"sub":"alice"}`.
const JWT: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.";

/// Changes alice's request to an origin that pins the edge proxy.
fn on_alice(
    scene: &Scene,
    change: impl FnOnce(Sent) -> anyhow::Result<Sent>,
) -> anyhow::Result<Attempt> {
    let genuine = scene.alice_by_edge()?;
    Ok(Attempt { origin: scene.edge_origin()?, forged: change(genuine.clone())?, genuine })
}

fn second_field(scene: &Scene) -> anyhow::Result<Attempt> {
    let captured = scene.alice_by_edge()?;
    let genuine = mallory(scene)?;
    let forged = captured.with_line(SIGNED_FIELD, genuine.value()?);
    Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
}

fn alias(scene: &Scene) -> anyhow::Result<Attempt> {
    let captured = scene.alice_by_edge()?;
    let genuine = mallory(scene)?;
    let forged = genuine.clone().with_line("Signed_Client_Cert", captured.value()?);
    Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
}

/// Mallory's own request through the edge proxy.
fn mallory(scene: &Scene) -> anyhow::Result<Sent> {
    let edge = &scene.pki.edge;
    Sent::new(&scene.sign(&edge.signer()?, &scene.pki.mallory.certificate)?, Some(edge))
}

/// A message of this size has both characters that differ, as good as always.
fn base64url(sent: Sent) -> anyhow::Result<Sent> {
    let value = sent.value()?.replace('+', "-").replace('/', "_");
    Ok(sent.with_value(&value))
}
