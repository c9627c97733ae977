//! Stage `der`: tags, lengths and order.

use crate::element::{Element, edit};
use crate::signer_info::Sid;
use crate::tree::{Length, Node};
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, alice, baseline, strict};
use crate::{der, field, oid};

pub(super) fn vectors() -> Vec<Vector> {
    [lengths(), ends(), tags()].concat()
}

/// Lengths that DER does not have.
fn lengths() -> Vec<Vector> {
    let scene = Scene::strict();
    let message = strict().der();
    let with_length = |octets: &[u8]| der::concat([&[der::SEQUENCE], octets, &message[4..]]);
    let padded = |element| edit(&message, element, |node| node.length = Length::Padded);
    let huge = |id: &str, comment: &str, octets: &[u8]| {
        let sent = with_length(octets);
        scene.refuse(id, "der-length", ("D06 D07", "4.1"), comment, sent)
    };
    vec![
        scene.refuse(
            "der/indefinite-length",
            "der-indefinite-length",
            ("D01", "4.1"),
            "The ContentInfo has an indefinite length.",
            edit(&message, Element::ContentInfo, |node| node.length = Length::Indefinite),
        ),
        Scene::baseline().refuse(
            "der/openssl-stream",
            "der-indefinite-length",
            ("D01", "12"),
            "What `openssl cms -sign -stream` makes: indefinite lengths, content in segments.",
            streamed(),
        ),
        scene.refuse(
            "der/content-in-segments",
            "der-constructed-string",
            ("D02", "4.1"),
            "The content is a constructed OCTET STRING of two segments.",
            strict().content_in_segments(100),
        ),
        scene.refuse(
            "der/outer-length-not-minimal",
            "der-length",
            ("D03", "4.1"),
            "The length of the ContentInfo has a leading zero.",
            padded(Element::ContentInfo),
        ),
        scene.refuse(
            "der/inner-length-not-minimal",
            "der-length",
            ("D03", "4.1"),
            "The length of digestAlgorithms is in the long form without need.",
            padded(Element::DigestAlgorithms),
        ),
        huge("der/length-of-4-gib", "The outer length is FFFFFFFF.", &[0x84, 255, 255, 255, 255]),
        huge(
            "der/length-of-8-octets",
            "The outer length has eight octets of FF.",
            &[0x88, 255, 255, 255, 255, 255, 255, 255, 255],
        ),
        huge(
            "der/length-of-9-octets",
            "The outer length has nine octets.",
            &[0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        huge("der/length-octet-ff", "The outer length is the reserved octet FF.", &[0xff]),
    ]
}

/// Octets missing, and octets too many.
fn ends() -> Vec<Vector> {
    let scene = Scene::strict();
    let message = strict().der();
    let extended = |element| {
        edit(&message, element, |node| node.children_mut().push(Node::parse(&der::null())))
    };
    let trailing = |id: &str, comment: &str, sent: Vec<u8>| {
        scene.refuse(id, "der-trailing-data", ("D04 D05", "4.1"), comment, sent)
    };
    let in_attribute = der::seq([
        der::oid(oid::CONTENT_TYPE),
        der::set_raw([der::oid(oid::X509_CERTIFICATE)]),
        der::null(),
    ]);
    vec![
        scene.refuse(
            "der/empty-byte-sequence",
            "der-truncated",
            ("H17 D23", "4.1"),
            "The Byte Sequence is empty: two colons.",
            "::",
        ),
        scene.refuse(
            "der/last-octet-missing",
            "der-truncated",
            ("D23", "4.1"),
            "The last octet of the message is missing.",
            message[..message.len() - 1].to_vec(),
        ),
        scene.refuse(
            "der/only-a-tag",
            "der-truncated",
            ("D23", "4.1"),
            "The message is the tag of a SEQUENCE.",
            vec![der::SEQUENCE],
        ),
        trailing(
            "der/octets-after-the-message",
            "Two octets follow the ContentInfo.",
            strict().trailing(&der::null()).der(),
        ),
        trailing(
            "der/octets-in-content-info",
            "A NULL follows the content of the ContentInfo.",
            extended(Element::ContentInfo),
        ),
        trailing(
            "der/octets-in-explicit-tag",
            "A NULL follows the SignedData inside its tag.",
            extended(Element::ExplicitContent),
        ),
        trailing(
            "der/octets-in-signed-data",
            "A NULL follows signerInfos.",
            extended(Element::SignedData),
        ),
        trailing(
            "der/octets-in-encapsulated-content",
            "A NULL follows eContent in encapContentInfo.",
            extended(Element::EncapContentInfo),
        ),
        trailing(
            "der/octets-in-signer-info",
            "A NULL follows the signature.",
            extended(Element::SignerInfo),
        ),
        trailing(
            "der/octets-in-attribute",
            "A NULL follows the values of the contentType attribute, and is signed.",
            strict().set_attribute_raw(oid::CONTENT_TYPE, &in_attribute).der(),
        ),
    ]
}

/// Tags that are not the grammar's.
fn tags() -> Vec<Vector> {
    let scene = Scene::strict();
    let message = strict().der();
    let retagged = |element, tag| edit(&message, element, |node| node.tag = tag);
    let unexpected = |id: &str, threat: &str, comment: &str, sent: Vec<u8>| {
        scene.refuse(id, "der-tag-unexpected", (threat, "4.1"), comment, sent)
    };
    let explicit_set = strict();
    let explicit_set = edit(&message, Element::SignedAttrs, |node| {
        *node = Node::raw(&der::context(0, &der::set_raw(explicit_set.attributes())));
    });
    vec![
        scene.refuse(
            "der/high-tag-number",
            "der-tag-invalid",
            ("D08", "4.1"),
            "sid has a tag number of two octets.",
            strict().sid(Sid::Raw(vec![0x9f, 0x81, 0x00, 0x01, 0x00])).der(),
        ),
        unexpected(
            "der/base64-of-base64",
            "B10",
            "The octets are base64 text of the message.",
            field::baseline_value(&message).into_bytes(),
        ),
        unexpected(
            "der/primitive-set",
            "D17",
            "The tag of digestAlgorithms is 11 instead of 31.",
            edit(&message, Element::DigestAlgorithms, |node| {
                *node = Node::raw(&der::retag(0x11, &node.to_der()));
            }),
        ),
        unexpected(
            "der/sequence-for-a-set",
            "D17",
            "The tag of signerInfos is that of a SEQUENCE.",
            retagged(Element::SignerInfos, der::SEQUENCE),
        ),
        unexpected(
            "der/sid-of-another-form",
            "D17",
            "The tag of sid is [1], which no form of it has.",
            retagged(Element::Sid, 0x81),
        ),
        unexpected(
            "der/content-without-octet-string",
            "D19",
            "eContent is the certificate itself, as in PKCS #7, not an OCTET STRING.",
            strict().carried_content(&der::context(0, &alice())).der(),
        ),
        scene.refuse(
            "der/content-tagged-implicitly",
            "der-trailing-data",
            ("D18", "4.1"),
            "The tag [0] of eContent stands for that of the OCTET STRING, so no eContent is there.",
            strict().carried_content(&der::context_primitive(0, &alice())),
        ),
        unexpected(
            "der/attributes-tagged-explicitly",
            "D18",
            "Inside the tag [0] of signedAttrs is the SET with a tag of its own.",
            explicit_set,
        ),
    ]
}

/// The structure of `-stream`: every element round the content has an indefinite length.
fn streamed() -> Vec<u8> {
    let message = baseline().content_in_segments(200);
    let mut node = Node::parse(&message.der());
    let outer: [&[usize]; 6] = [&[], &[1], &[1, 0], &[1, 0, 2], &[1, 0, 2, 1], &[1, 0, 2, 1, 0]];
    for path in outer {
        node.at_mut(path).length = Length::Indefinite;
    }
    node.to_der()
}
