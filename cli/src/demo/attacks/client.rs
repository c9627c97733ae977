//! Attacks with client certificates that a trusted proxy signed, and should not have.

use client_cert_envelope::Stage;

use super::{Attack, Attempt};
use crate::demo::pki::{self, Authority, KeyKind};
use crate::demo::scene::{Scene, Sent};
use rustls_pki_types::CertificateDer;

pub(super) const ATTACKS: &[Attack] = &[
    Attack {
        name: "expired client",
        action: "comes with a certificate that ran out an hour ago",
        stage: Stage::Client,
        code: "client-expired",
        attempt: |scene| {
            let params = pki::expired(pki::client_params("alice", scene.now)?, scene.now)?;
            let client = scene.pki.client_ca.issue("alice", KeyKind::P256, &params)?;
            signed_nonetheless(scene, &client.certificate)
        },
    },
    Attack {
        name: "foreign client CA",
        action: "comes as alice of a CA that only the proxy trusts",
        stage: Stage::Client,
        code: "client-chain-untrusted",
        attempt: |scene| {
            let authority = Authority::new("Client CA", scene.now)?;
            let params = pki::client_params("alice", scene.now)?;
            let client = authority.issue("alice", KeyKind::P256, &params)?;
            signed_nonetheless(scene, &client.certificate)
        },
    },
    Attack {
        name: "server as client",
        action: "comes with a certificate for TLS servers only",
        stage: Stage::Client,
        code: "client-extended-key-usage",
        attempt: |scene| {
            let params = pki::for_servers(pki::client_params("www", scene.now)?);
            let server = scene.pki.client_ca.issue("www", KeyKind::P256, &params)?;
            signed_nonetheless(scene, &server.certificate)
        },
    },
];

/// The edge proxy states that it validated this certificate.
fn signed_nonetheless(scene: &Scene, client: &CertificateDer<'_>) -> anyhow::Result<Attempt> {
    let edge = &scene.pki.edge;
    Ok(Attempt {
        origin: scene.edge_origin()?,
        genuine: scene.alice_by_edge()?,
        forged: Sent::new(&scene.sign(&edge.signer()?, client)?, Some(edge))?,
    })
}
