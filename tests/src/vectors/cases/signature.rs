//! Stage `signature`: digests and the signature itself.

use crate::algorithm::{Digest, Scheme};
use crate::element::{Element, edit};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::signer_info::SignedInput;
use crate::statement::Evidence;
use crate::vectors::format::{Profile, Signer, Vector};
use crate::vectors::scene::{Scene, alice, signer, strict};
use crate::{der, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [digests(), evidence(), inputs()].concat()
}

fn digests() -> Vec<Vector> {
    let scene = Scene::strict();
    let right = Digest::Sha256.of(&alice());
    let digest = |id: &str, comment: &str, octets: &[u8]| {
        let sent = strict().message_digest(octets);
        scene.refuse(id, "digest-mismatch", ("M20", "14"), comment, sent)
    };
    let other_content = edit(&strict().der(), Element::EContent, |node| {
        *node.bytes_mut() = pki::mallory_leaf().der();
    });
    vec![
        digest("signature/digest-empty", "messageDigest is empty.", &[]),
        digest("signature/digest-cut-short", "messageDigest lacks its last octet.", &right[..31]),
        digest(
            "signature/digest-too-long",
            "A zero octet follows the right messageDigest.",
            &der::concat([&right[..], &[0]]),
        ),
        digest(
            "signature/digest-last-octets-differ",
            "The last two octets of messageDigest are not the digest's.",
            &der::concat([&right[..30], &[right[30] ^ 1, right[31] ^ 1]]),
        ),
        digest(
            "signature/digest-by-sha1",
            "messageDigest is the SHA-1 of the content.",
            &Digest::Sha1.of(&alice()),
        ),
        digest(
            "signature/digest-by-sha512",
            "messageDigest is the SHA-512 of the content.",
            &Digest::Sha512.of(&alice()),
        ),
        scene.refuse(
            "signature/content-of-another-client",
            "digest-mismatch",
            ("D25", "14"),
            "The certificate is another client's than the one that was signed.",
            other_content,
        ),
    ]
}

fn evidence() -> Vec<Vector> {
    let scene = Scene::strict();
    let intermediate = pki::client_intermediate().der();
    let bag = || strict().certificates(std::slice::from_ref(&intermediate));
    let without_tags = Digest::Sha256.of(&intermediate);
    let refuse = |id: &str, comment: &str, sent: Vec<u8>| {
        scene.refuse(id, "evidence-mismatch", ("M31 M34", "9"), comment, sent)
    };
    let exchanged = edit(&bag().der(), Element::Certificates, |node| {
        let other = crate::tree::Node::parse(&pki::proxy_intermediate().der());
        *node.children_mut() = vec![other];
    });
    vec![
        scene.accept(
            "accept/bag-with-evidence",
            ("M31", "9"),
            "The message carries a certificate that its evidence covers.",
            bag(),
        ),
        refuse(
            "signature/evidence-of-other-octets",
            "evidence is not the digest of anything there.",
            bag().statement(|s| s.evidence(Evidence::Exact(vec![0; 32]))).der(),
        ),
        refuse(
            "signature/evidence-without-tags",
            "evidence is the digest of the certificate alone, without the tag of the field.",
            bag().statement(|s| s.evidence(Evidence::Exact(without_tags.clone()))).der(),
        ),
        refuse(
            "signature/certificate-exchanged",
            "The certificate in the message was exchanged after signing.",
            exchanged,
        ),
    ]
}

/// Signatures over something else.
fn inputs() -> Vec<Vector> {
    let scene = Scene::strict();
    let refuse = |scene: &Scene, id: &str, threat: &str, comment: &str, message: MessageForge| {
        scene.refuse(id, "signature-invalid", (threat, "4.4"), comment, message)
    };
    let two = Scene::strict().twin("accept/two-pins").policy(|policy| {
        let pin = |key| signer(&pki::self_signed_proxy(key), Profile::Strict);
        let second = Signer { name: "proxy-2".to_owned(), ..pin(Key::PROXY2) };
        policy.signers = Some(vec![pin(Key::PROXY), second]);
    });
    let longer =
        edit(&strict().statement(|s| s.lifetime(300)).der(), Element::Attribute(3), |node| {
            let bytes = node.to_der();
            let statement = crate::statement::StatementForge::new().lifetime(301).der(&[]);
            let replaced = crate::attribute::attribute(crate::oid::STATEMENT, [statement]);
            assert_eq!(bytes.len(), replaced.len());
            *node = crate::tree::Node::parse(&replaced);
        });
    let copied = pki::self_signed_proxy(Key::STRANGER).ski_of(&Key::PROXY.ski());
    let ecdsa = Scheme::Ecdsa(Digest::Sha256);
    vec![
        refuse(
            &scene,
            "signature/one-bit-flipped",
            "D24",
            "One bit of the signature is flipped.",
            strict().with_broken_signature(),
        ),
        refuse(
            &scene,
            "signature/over-implicit-tag",
            "M28",
            "The signature is over the attributes under their tag a0, not as SET OF.",
            strict().signed_over_implicit_tag(),
        ),
        refuse(
            &scene,
            "signature/over-content",
            "M28",
            "The signature is over the certificate, not over the attributes.",
            strict().signed_over(SignedInput::Content),
        ),
        refuse(
            &scene,
            "signature/of-another-message",
            "D25",
            "The signature is that of a message signed a second earlier.",
            strict().signature(&strict().signed_at(crate::fixed::SIGNED_AT - 1).signature_octets()),
        ),
        scene.refuse(
            "signature/lifetime-changed",
            "signature-invalid",
            ("D24", "4.4"),
            "The lifetime was made a second longer after signing.",
            longer,
        ),
        refuse(
            &scene,
            "signature/by-another-key",
            "M33 T01",
            "An unknown key signed, and sid names the trusted one.",
            strict().signed_by(Key::STRANGER, ecdsa),
        ),
        refuse(
            &scene,
            "signature/by-another-key-with-its-certificate",
            "M33 A23",
            "An unknown key signed; its certificate, with the trusted key identifier, is there.",
            strict().signed_by(Key::STRANGER, ecdsa).certificates(&[copied.der()]),
        ),
        refuse(
            &two,
            "signature/by-another-trusted-key",
            "M38",
            "Both keys are trusted; sid names the first, and the second signed.",
            strict().signed_by(Key::PROXY2, ecdsa),
        ),
    ]
}
