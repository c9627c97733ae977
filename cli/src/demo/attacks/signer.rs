//! Attacks by who signs: keys that the origin does not trust, or not for this.

use client_cert_envelope::Stage;
use client_cert_sign::HeaderSigner;
use client_cert_verify::{Audience, PinnedSigners, SignerTrust};

use super::{Attack, Attempt};
use crate::demo::pki::{self, Authority, Entity, KeyKind};
use crate::demo::scene::{AUDIENCE, Scene, Sent, pin};

pub(super) const ATTACKS: &[Attack] = &[
    Attack {
        name: "unknown proxy",
        action: "signs for alice as a self-made edge proxy",
        stage: Stage::Signer,
        code: "signer-unknown",
        attempt: |scene| {
            let params = pki::proxy_params(&scene.pki.edge.name, scene.now)?;
            against_pin(scene, &Entity::self_signed("rogue", KeyKind::P256, &params)?)
        },
    },
    Attack {
        name: "borrowed key id",
        action: "signs for alice under the edge proxy's key identifier",
        stage: Stage::Signature,
        code: "signature-invalid",
        attempt: |scene| {
            let edge = &scene.pki.edge;
            let params = pki::proxy_params(&edge.name, scene.now)?;
            let params = pki::identified_by(params, edge.key_identifier()?);
            against_pin(scene, &Entity::self_signed("rogue", KeyKind::P256, &params)?)
        },
    },
    Attack {
        name: "client as proxy",
        action: "signs for alice with mallory's client key and connection",
        stage: Stage::Signer,
        code: "signer-not-allowed",
        attempt: |scene| against_proxy_ca(scene, &scene.pki.mallory),
    },
    Attack {
        name: "self-made proxy CA",
        action: "signs for alice as an edge proxy certified by mallory's CA",
        stage: Stage::Signer,
        code: "signer-path",
        attempt: |scene| {
            let authority = Authority::new("Proxy CA", scene.now)?;
            let params = pki::proxy_params(&scene.pki.edge.name, scene.now)?;
            against_proxy_ca(scene, &authority.issue("rogue", KeyKind::P256, &params)?)
        },
    },
    Attack {
        name: "retired proxy",
        action: "signs with the key of a proxy whose certificate expired",
        stage: Stage::Signer,
        code: "signer-expired",
        attempt: retired,
    },
    Attack {
        name: "test proxy",
        action: "signs for production with the proxy of the test service",
        stage: Stage::Audience,
        code: "audience-scope",
        attempt: out_of_scope,
    },
];

const TEST_AUDIENCE: &str = "https://orders.test.example";

/// The rogue's message for alice, over the rogue's own connection.
fn forged_by(scene: &Scene, rogue: &Entity, signer: &HeaderSigner) -> anyhow::Result<Sent> {
    Sent::new(&scene.sign(signer, &scene.pki.alice.certificate)?, Some(rogue))
}

fn against_pin(scene: &Scene, rogue: &Entity) -> anyhow::Result<Attempt> {
    Ok(Attempt {
        origin: scene.edge_origin()?,
        genuine: scene.alice_by_edge()?,
        forged: forged_by(scene, rogue, &rogue.signer()?)?,
    })
}

/// The rogue sends its certificate along: the origin lacks nothing to find it.
fn against_proxy_ca(scene: &Scene, rogue: &Entity) -> anyhow::Result<Attempt> {
    Ok(Attempt {
        origin: scene.origin(scene.trusting_proxy_ca()?)?,
        genuine: scene.alice_by_edge()?,
        forged: forged_by(scene, rogue, &rogue.signer()?.with_embedded_signer(&[])?)?,
    })
}

fn retired(scene: &Scene) -> anyhow::Result<Attempt> {
    let name = "retired.example";
    let params = pki::expired(pki::proxy_params(name, scene.now)?, scene.now)?;
    let retired = scene.pki.proxy_ca.issue(name, KeyKind::P256, &params)?;
    Ok(Attempt {
        origin: scene.origin(scene.pinning([&scene.pki.edge, &retired])?)?,
        genuine: scene.alice_by_edge()?,
        forged: forged_by(scene, &retired, &retired.signer()?)?,
    })
}

fn out_of_scope(scene: &Scene) -> anyhow::Result<Attempt> {
    let name = "test.example";
    let params = pki::proxy_params(name, scene.now)?;
    let test = scene.pki.proxy_ca.issue(name, KeyKind::P256, &params)?;
    let pins = [pin(&scene.pki.edge)?, pin(&test)?.with_audiences([Audience::new(TEST_AUDIENCE)?])];
    let trust = SignerTrust::Pinned(PinnedSigners::new(pins)?);
    Ok(Attempt {
        origin: scene.origin(scene.policy(trust, [AUDIENCE, TEST_AUDIENCE])?)?,
        genuine: scene.alice_by_edge()?,
        forged: forged_by(scene, &test, &test.signer()?)?,
    })
}
