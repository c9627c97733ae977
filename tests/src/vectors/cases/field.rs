//! Stages `absent` and `field`: which line of a request carries the message.

use crate::keys::{Key, KeyKind, Role};
use crate::message::MessageForge;
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, alice, baseline, strict, strict_by};
use crate::{der, field, oid, pki};

const NAME: &str = "Signed-Client-Cert";

pub(super) fn vectors() -> Vec<Vector> {
    [lines(), aliases(), values(), foreign_values(), lengths()].concat()
}

/// How many lines, and of which name.
fn lines() -> Vec<Vector> {
    let scene = Scene::strict();
    let (value, forged) = (strict().value(), strict_by(Key::STRANGER).value());
    let rfc9440 = field::strict_value(&alice());
    let (value, forged, rfc9440) = (value.as_str(), forged.as_str(), rfc9440.as_str());
    vec![
        scene.refuse(
            "absent/no-line",
            "field-absent",
            ("H18", "3.2"),
            "The request has no line of the field.",
            [("Host", "origin.example")],
        ),
        scene.refuse(
            "absent/only-the-rfc-9440-field",
            "field-absent",
            ("H18 H24", "3.2"),
            "Only the unsigned Client-Cert of RFC 9440 is there, which is another field.",
            [("Client-Cert", rfc9440)],
        ),
        scene.accept(
            "accept/name-in-capitals",
            ("H04", "3.2"),
            "The field's name in capital letters: names have no case.",
            [("SIGNED-CLIENT-CERT", value)],
        ),
        scene.accept(
            "accept/beside-unsigned-fields",
            ("H24", "3.2"),
            "Unsigned fields about another client stand beside it, and nothing is read from them.",
            [("Client-Cert", rfc9440), (NAME, value), ("X-SSL-Client-S-DN", "CN=mallory")],
        ),
        scene.refuse(
            "field/twice-the-same",
            "field-repeated",
            ("H01", "3.2"),
            "The line is there twice, with the same value.",
            [(NAME, value), (NAME, value)],
        ),
        scene.refuse(
            "field/forged-line-first",
            "field-repeated",
            ("H02", "3.2"),
            "A line of an unknown signer comes before the right one.",
            [(NAME, forged), (NAME, value)],
        ),
        scene.refuse(
            "field/forged-line-last",
            "field-repeated",
            ("H02", "3.2"),
            "A line of an unknown signer comes after the right one.",
            [(NAME, value), (NAME, forged)],
        ),
        scene.refuse(
            "field/second-line-in-other-case",
            "field-repeated",
            ("H04", "3.2"),
            "The second line has the name in lower case.",
            [(NAME, value), ("signed-client-cert", value)],
        ),
        scene.refuse(
            "field/second-line-is-empty",
            "field-repeated",
            ("H01 H17", "3.2"),
            "The second line has an empty value.",
            [(NAME, value), (NAME, "")],
        ),
    ]
}

/// Other spellings of the name, and the field that removes fields.
fn aliases() -> Vec<Vector> {
    let scene = Scene::strict();
    let value = strict().value();
    let value = value.as_str();
    let alias = |id: &str, threat: &str, comment: &str, name: &str| {
        let with_alias = [(NAME, value), (name, value)];
        scene.refuse(id, "field-alias", (threat, "3.2"), comment, with_alias)
    };
    vec![
        alias(
            "field/alias-with-underscore",
            "H05",
            "A line has underscores for the hyphens of the name.",
            "Signed_Client_Cert",
        ),
        alias(
            "field/alias-with-dot",
            "H05",
            "A line has a dot for one hyphen of the name.",
            "signed-client.cert",
        ),
        alias(
            "field/alias-with-space-before-colon",
            "H05 H07",
            "A line has a space after the name.",
            "Signed-Client-Cert ",
        ),
        scene.refuse(
            "field/alias-only",
            "field-alias",
            ("H06", "3.2"),
            "Only an alias is there; it is neither the field nor absence.",
            [("SIGNED_CLIENT-CERT", value)],
        ),
        scene.refuse(
            "field/connection-token",
            "field-connection-listed",
            ("H09", "3.2"),
            "A Connection token names the field, which a hop would remove.",
            [("Connection", "close, signed-client-cert"), (NAME, value)],
        ),
    ]
}

/// What a value must not look like.
fn values() -> Vec<Vector> {
    let scene = Scene::strict();
    let value = strict().value();
    let (head, tail) = value.split_at(64);
    let inserted = |text: &str| format!("{head}{text}{tail}");
    let character = |id: &str, threat: &str, comment: &str, text: &str| {
        scene.refuse(id, "field-character", (threat, "3.1"), comment, inserted(text))
    };
    vec![
        scene.accept(
            "accept/white-space-around-the-value",
            ("H13", "3.1"),
            "White space around the value belongs to the line.",
            format!(" \t{value}\t "),
        ),
        scene.refuse("field/empty", "field-empty", ("H17", "3.2"), "The value is empty.", ""),
        scene.refuse(
            "field/only-white-space",
            "field-empty",
            ("H17", "3.2"),
            "The value is white space, which is not part of it.",
            " \t ",
        ),
        scene.refuse(
            "field/two-values-joined",
            "field-repeated",
            ("H03", "3.2"),
            "Two values in one line, joined by a comma.",
            format!("{value}, {value}"),
        ),
        scene.refuse(
            "field/comma-at-the-end",
            "field-repeated",
            ("H03", "3.2"),
            "A comma follows the value.",
            format!("{value},"),
        ),
        scene.refuse(
            "field/comma-inside",
            "field-repeated",
            ("H03", "3.2"),
            "A comma stands inside the base64.",
            inserted(","),
        ),
        character("field/space-inside", "H13 B01", "A space stands inside the base64.", " "),
        character("field/tab-inside", "H14 B01", "A tab stands inside the base64.", "\t"),
        character("field/line-break-inside", "H14 B02", "CR LF stands inside the base64.", "\r\n"),
        character("field/nul-inside", "H14", "An octet 00 stands inside the base64.", "\0"),
        character(
            "field/octet-80-inside",
            "H14",
            "An octet 80 stands inside the base64.",
            "\u{80}",
        ),
        character(
            "field/full-width-letter",
            "H14 B11",
            "The three octets of a full-width A in UTF-8 stand inside the base64.",
            "\u{ef}\u{bc}\u{a1}",
        ),
        scene.refuse(
            "field/parameters",
            "field-parameters",
            ("B08", "3.1"),
            "A parameter follows the closing colon.",
            format!("{value};v=1"),
        ),
        scene.refuse(
            "field/octets-after-the-colon",
            "field-character",
            ("B08", "3.1"),
            "A letter follows the closing colon.",
            format!("{value}A"),
        ),
        scene.refuse(
            "field/no-closing-colon",
            "not-byte-sequence",
            ("B08", "3.1"),
            "The closing colon is missing.",
            value.trim_end_matches(':'),
        ),
    ]
}

/// Values of other fields and profiles.
fn foreign_values() -> Vec<Vector> {
    let scene = Scene::strict();
    let message = strict().der();
    let foreign = |id: &str, threat: &str, comment: &str, value: &str| {
        scene.refuse(id, "not-byte-sequence", (threat, "3.1"), comment, value)
    };
    let pem = field::pem("CMS", &message).replace('\n', " ");
    vec![
        foreign(
            "field/bare-base64",
            "B08",
            "The base64 has no colons, and only strict signers are trusted.",
            &field::baseline_value(&message),
        ),
        foreign(
            "field/quoted-string",
            "B08",
            "The base64 is a quoted string instead of a Byte Sequence.",
            &format!("\"{}\"", field::baseline_value(&message)),
        ),
        foreign("field/boolean", "B08", "The value is a structured-field Boolean.", "?1"),
        foreign(
            "field/jwt",
            "H23",
            "The value is a JSON Web Token.",
            "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl",
        ),
        foreign(
            "field/forwarded-client-cert",
            "H23",
            "The value is that of X-Forwarded-Client-Cert.",
            "By=spiffe://example/proxy;Subject=\"CN=alice\"",
        ),
        foreign("field/pem", "B02", "The value is PEM, its lines joined by spaces.", &pem),
        foreign(
            "field/percent-encoded-pem",
            "B09",
            "The value is percent-encoded PEM, as nginx's $ssl_client_escaped_cert.",
            "-----BEGIN%20CERTIFICATE-----%0AMIIB%0A-----END%20CERTIFICATE-----%0A",
        ),
        scene.refuse(
            "cms/unsigned-certificate",
            "not-signed-data",
            ("H23", "4.2"),
            "The value is that of RFC 9440: the certificate, which nothing signs.",
            alice(),
        ),
        Scene::baseline().refuse(
            "field/byte-sequence-in-baseline",
            "not-bare-base64",
            ("B08", "3.1"),
            "The base64 stands between colons, and only baseline signers are trusted.",
            field::strict_value(&baseline().der()),
        ),
    ]
}

/// The longest values.
fn lengths() -> Vec<Vector> {
    let (strict_scene, baseline_scene) = (Scene::strict(), Scene::baseline());
    let strict_of = |octets| of_length(octets, |filler| strict().certificates(&[filler]));
    let baseline_of = |octets| of_length(octets, |filler| baseline().certificates(&[filler]));
    vec![
        strict_scene.accept(
            "accept/longest-strict-value",
            ("H16", "17"),
            "16382 characters: a strict value of 16384 does not exist. A certificate fills it.",
            strict_of(12_285),
        ),
        strict_scene.refuse(
            "field/too-long",
            "field-too-long",
            ("H15", "17"),
            "16386 characters, and right otherwise.",
            strict_of(12_288),
        ),
        baseline_scene.accept(
            "accept/longest-baseline-value",
            ("H16", "17"),
            "16384 characters. A certificate fills it.",
            baseline_of(12_288),
        ),
        baseline_scene.refuse(
            "field/too-long-in-baseline",
            "field-too-long",
            ("H15", "17"),
            "16388 characters, and right otherwise.",
            baseline_of(12_289),
        ),
    ]
}

/// A message of so many octets, with a certificate in it that nobody needs.
fn of_length(octets: usize, make: impl Fn(Vec<u8>) -> MessageForge) -> MessageForge {
    let filled = |length: usize, octet: u8| {
        let value = der::octet_string(&vec![octet; length]);
        let key = Key::new(KeyKind::Ed25519, Role::Stranger);
        make(pki::self_signed_proxy(key).extension(oid::UNASSIGNED, false, &value).der())
    };
    let short = 1000;
    let length = short + octets - filled(short, 0).der().len();
    // The length of an ECDSA signature varies with what it is over.
    (0..=u8::MAX)
        .map(|octet| filled(length, octet))
        .find(|message| message.der().len() == octets)
        .expect("lengths of signatures vary")
}
