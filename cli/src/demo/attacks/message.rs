//! Attacks on the message: its encoding, its structure and what is signed.

use client_cert_envelope::Stage;
use client_cert_tests::algorithm::{Digest, Scheme};
use client_cert_tests::der;
use client_cert_tests::element::{self, Element};
use client_cert_tests::tree::{Body, Length, Node};

use super::{Attack, Attempt};
use crate::demo::scene::{Scene, Sent};

pub(super) const ATTACKS: &[Attack] = &[
    Attack {
        name: "BER",
        action: "rewrites the message with an indefinite length",
        stage: Stage::Der,
        code: "der-indefinite-length",
        attempt: |scene| on_alice(scene, indefinite_length),
    },
    Attack {
        name: "trailing octets",
        action: "appends octets that another parser might read instead",
        stage: Stage::Der,
        code: "der-trailing-data",
        attempt: |scene| on_alice(scene, |der| [der, &der::null()].concat()),
    },
    Attack {
        name: "bare certificate",
        action: "sends alice's certificate unsigned, as RFC 9440 has it",
        stage: Stage::Cms,
        code: "not-signed-data",
        attempt: |scene| on_alice(scene, |_| scene.pki.alice.certificate.to_vec()),
    },
    Attack {
        name: "content confusion",
        action: "makes the signed attributes the content: signature fits",
        stage: Stage::Cms,
        code: "signed-attributes-missing",
        attempt: |scene| on_alice(scene, attributes_as_content),
    },
    Attack {
        name: "second signer",
        action: "adds mallory's signature beside the proxy's",
        stage: Stage::Cms,
        code: "signer-count",
        attempt: second_signature,
    },
    Attack {
        name: "weak digest",
        action: "says that the digest is SHA-1, which has collisions",
        stage: Stage::Algorithm,
        code: "digest-algorithm",
        attempt: |scene| on_alice(scene, |der| with_digest(der, Digest::Sha1)),
    },
    Attack {
        name: "other algorithm",
        action: "says that the proxy's P-256 key signed with Ed25519",
        stage: Stage::Algorithm,
        code: "algorithm-key",
        attempt: |scene| on_alice(scene, as_ed25519),
    },
    Attack {
        name: "other certificate",
        action: "puts alice's certificate into mallory's own message",
        stage: Stage::Signature,
        code: "digest-mismatch",
        attempt: another_certificate,
    },
    Attack {
        name: "certificate added",
        action: "adds a certificate to those that are sent along",
        stage: Stage::Signature,
        code: "evidence-mismatch",
        attempt: certificate_added,
    },
];

/// Changes the message of alice's request to an origin that pins the edge proxy.
fn on_alice(scene: &Scene, change: impl FnOnce(&[u8]) -> Vec<u8>) -> anyhow::Result<Attempt> {
    let genuine = scene.alice_by_edge()?;
    let forged = genuine.clone().with_der(&change(&genuine.der()?));
    Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
}

fn indefinite_length(der: &[u8]) -> Vec<u8> {
    element::edit(der, Element::ContentInfo, |node| node.length = Length::Indefinite)
}

/// What the proxy's signature is over is itself DER, and without signed attributes the signature is
/// over the content.
fn attributes_as_content(message: &[u8]) -> Vec<u8> {
    let node = Node::parse(message);
    let attributes = node.at(&Element::SignedAttrs.path(&node)).to_der();
    let signed = der::retag(der::SET, &attributes);
    let message =
        element::edit(message, Element::EContent, |node| node.body = Body::Primitive(signed));
    element::edit(&message, Element::SignerInfo, |node| {
        node.children_mut().retain(|child| child.to_der() != attributes);
    })
}

fn second_signature(scene: &Scene) -> anyhow::Result<Attempt> {
    let mallory = &scene.pki.mallory;
    let own = scene.sign(&mallory.signer()?, &scene.pki.alice.certificate)?;
    let own = Node::parse(&Sent::new(&own, None)?.der()?);
    let signature = own.at(&Element::SignerInfo.path(&own)).clone();
    on_alice(scene, |der| added(der, Element::SignerInfos, signature))
}

/// Puts a member into a SET OF, in its place.
fn added(message: &[u8], set: Element, member: Node) -> Vec<u8> {
    element::edit(message, set, |set| {
        set.children_mut().push(member);
        set.children_mut().sort_by_key(Node::to_der);
    })
}

fn with_digest(message: &[u8], digest: Digest) -> Vec<u8> {
    let identifier = digest.identifier();
    let all = der::set_of([&identifier]);
    let message = element::edit(message, Element::DigestAlgorithms, |node| *node = Node::raw(&all));
    element::edit(&message, Element::DigestAlgorithm, |node| *node = Node::raw(&identifier))
}

fn as_ed25519(message: &[u8]) -> Vec<u8> {
    let message = with_digest(message, Scheme::Ed25519.digest());
    let identifier = Scheme::Ed25519.identifier();
    element::edit(&message, Element::SignatureAlgorithm, |node| *node = Node::raw(&identifier))
}

fn another_certificate(scene: &Scene) -> anyhow::Result<Attempt> {
    let (edge, alice) = (&scene.pki.edge, scene.pki.alice.certificate.to_vec());
    let signed = scene.sign(&edge.signer()?, &scene.pki.mallory.certificate)?;
    let genuine = Sent::new(&signed, Some(edge))?;
    let forged = element::edit(&genuine.der()?, Element::EContent, |node| {
        node.body = Body::Primitive(alice);
    });
    let forged = genuine.clone().with_der(&forged);
    Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
}

fn certificate_added(scene: &Scene) -> anyhow::Result<Attempt> {
    let edge = &scene.pki.edge;
    let signer = edge.signer()?.with_embedded_signer(&[])?;
    let genuine = Sent::new(&scene.sign(&signer, &scene.pki.alice.certificate)?, Some(edge))?;
    let more = Node::parse(&scene.pki.mallory.certificate);
    let forged = genuine.clone().with_der(&added(&genuine.der()?, Element::Certificates, more));
    Ok(Attempt { origin: scene.origin(scene.trusting_proxy_ca()?)?, genuine, forged })
}
