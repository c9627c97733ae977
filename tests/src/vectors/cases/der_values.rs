//! Stage `der`: values, order and limits.

use crate::attribute::AttributeOrder;
use crate::element::{Element, edit};
use crate::keys::Key;
use crate::signer_info::{Sid, SignedInput};
use crate::statement::Field;
use crate::vectors::format::{Profile, Vector};
use crate::vectors::scene::{Scene, signer, strict, strict_by};
use crate::{attribute, der, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [primitives(), oids(), orders(), limits()].concat()
}

/// INTEGER and BOOLEAN.
fn primitives() -> Vec<Vector> {
    let scene = Scene::strict();
    let version = |id: &str, comment: &str, octets: &[u8]| {
        let sent = strict().version_raw(&der::tlv(der::INTEGER, octets));
        scene.refuse(id, "der-integer", ("D15", "4.1"), comment, sent)
    };
    let lifetime = |id: &str, comment: &str, octets: &[u8]| {
        let element = der::tlv(der::INTEGER, octets);
        let sent = strict().statement(|s| s.field(Field::Lifetime, &element));
        scene.refuse(id, "der-integer", ("F06 F07", "4.1"), comment, sent)
    };
    vec![
        version("der/version-not-minimal", "SignedData.version is 0003.", &[0, 3]),
        version("der/version-negative", "SignedData.version is -1.", &[0xff]),
        version("der/version-empty", "SignedData.version has no octets.", &[]),
        version(
            "der/version-of-2-to-the-64",
            "SignedData.version is 2^64.",
            &[1, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        lifetime("der/lifetime-not-minimal", "lifetime is 00012c.", &[0, 1, 0x2c]),
        lifetime("der/lifetime-negative", "lifetime is -1.", &[0xff]),
        lifetime(
            "der/lifetime-of-2-to-the-63",
            "lifetime is 2^63.",
            &[0, 0x80, 0, 0, 0, 0, 0, 0, 0],
        ),
        scene.refuse(
            "der/boolean-of-01",
            "der-not-canonical",
            ("D24", "4.1"),
            "resumed is TRUE as 01, which DER writes FF.",
            strict().statement(|s| s.field(Field::Resumed, &der::tlv(der::BOOLEAN, &[1]))),
        ),
    ]
}

/// OBJECT IDENTIFIERs that are none, and one that is nearly the right one.
fn oids() -> Vec<Vector> {
    let scene = Scene::strict();
    let right = der::oid(oid::X509_CERTIFICATE);
    let content_type = |contents: &[u8]| {
        edit(&strict().der(), Element::ContentType, |node| *node.bytes_mut() = contents.to_vec())
    };
    let malformed = |id: &str, comment: &str, contents: &[u8]| {
        scene.refuse(id, "der-oid", ("D16", "4.1"), comment, content_type(contents))
    };
    let contents = &right[2..];
    let (head, last) = contents.split_at(contents.len() - 1);
    // The last arc plus 2^32: equal to a decoder that keeps 32 bits.
    let wrapped = der::concat([head, &[0x90, 0x80, 0x80, 0x80], last]);
    vec![
        malformed("der/oid-empty", "eContentType has no octets.", &[]),
        malformed(
            "der/oid-arc-not-minimal",
            "The last arc of eContentType has a leading 80.",
            &der::concat([head, &[0x80], last]),
        ),
        malformed(
            "der/oid-arc-unfinished",
            "The last octet of eContentType says that another follows.",
            &der::concat([contents, &[0x81]]),
        ),
        scene.refuse(
            "cms/oid-arc-wrapped",
            "content-type",
            ("D16", "4.5"),
            "The last arc of eContentType is the right one plus 2^32.",
            content_type(&wrapped),
        ),
    ]
}

/// SETs out of order.
fn orders() -> Vec<Vector> {
    let scene = Scene::strict();
    let order = |id: &str, threat: &str, comment: &str, sent| {
        scene.refuse(id, "der-set-order", (threat, "4.1"), comment, sent)
    };
    let reversed = || strict().attribute_order(AttributeOrder::Reversed);
    let mut certificates = der::sorted([pki::proxy_ca().der(), pki::client_ca().der()]);
    certificates.reverse();
    vec![
        order(
            "der/attributes-reversed",
            "D11",
            "The attributes are in descending order, and the signature is over that.",
            reversed(),
        ),
        order(
            "der/attributes-reversed-signed-sorted",
            "D10",
            "The attributes are in descending order, and the signature is over the right order.",
            reversed().signed_over(SignedInput::SortedSetOf),
        ),
        order(
            "der/attributes-by-type",
            "D12",
            "The attributes are in order of their types, not of their encodings.",
            strict().attribute_order(AttributeOrder::AsAdded),
        ),
        order(
            "der/certificates-out-of-order",
            "D14",
            "Two certificates are in descending order, and evidence is over that.",
            strict().certificates_in_order(&certificates),
        ),
    ]
}

/// One more than allowed, and as many as allowed.
fn limits() -> Vec<Vector> {
    let scene = Scene::strict();
    let five_more = (0..5_u64).fold(strict(), |message, number| {
        message.add_attribute(oid::UNASSIGNED, &[der::integer(number)])
    });
    let named = |key: Key, octets| pki::self_signed_proxy(key).ski_of(&vec![0x5c; octets]);
    let longest = named(Key::PROXY, 64);
    let longest =
        Scene::strict().hop(&longest).twin("accept/longest-key-identifier").policy(|policy| {
            policy.signers = Some(vec![signer(&longest, Profile::Strict)]);
        });
    let by = |key: Key, octets| strict_by(key).sid(Sid::KeyIdentifier(vec![0x5c; octets]));
    vec![
        scene.refuse(
            "der/nine-attributes",
            "der-too-many",
            ("M42", "17"),
            "There are nine signed attributes: five unknown ones more.",
            five_more,
        ),
        scene.refuse(
            "der/signature-of-513-octets",
            "der-too-many",
            ("A08", "17"),
            "The signature is longer than that of any key of the table.",
            strict().signature(&[0x5c; 513]),
        ),
        longest.accept(
            "accept/longest-key-identifier",
            ("", "17"),
            "The signer's subjectKeyIdentifier has 64 octets.",
            by(Key::PROXY, 64),
        ),
        longest.refuse(
            "der/key-identifier-of-65-octets",
            "der-too-many",
            ("", "17"),
            "The signer's subjectKeyIdentifier has 65 octets.",
            by(Key::PROXY, 65),
        ),
        scene.refuse(
            "cms/deep-nesting",
            "attribute-value",
            ("D09", "4.4"),
            "The value of messageDigest is a thousand SEQUENCEs, each in the one before.",
            strict().set_attribute_raw(oid::MESSAGE_DIGEST, &deep()),
        ),
    ]
}

fn deep() -> Vec<u8> {
    let nested = (0..1000).fold(Vec::new(), |inner, _| der::seq([inner]));
    attribute::attribute(oid::MESSAGE_DIGEST, [nested])
}
