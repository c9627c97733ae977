//! Stage `base64`: one spelling of the octets.

use crate::message::MessageForge;
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, strict};
use crate::{field, fixed};

pub(super) fn vectors() -> Vec<Vector> {
    let scene = Scene::strict();
    let full = padded(0).value();
    let padded_once = padded(1).value();
    let padded_twice = padded(2).value();
    let inner = |value: &str| value.trim_matches(':').to_owned();
    let refuse = |id: &str, code: &str, threat: &str, comment: &str, inner: String| {
        scene.refuse(id, code, (threat, "1"), comment, format!(":{inner}:"))
    };
    let replaced = |from: char, to: &str| {
        assert!(full.contains(from), "the value has no {from}");
        inner(&full).replacen(from, to, 1)
    };
    vec![
        scene.accept(
            "accept/padding-of-one",
            ("B12", "1"),
            "The base64 ends in one pad character.",
            padded_once.clone(),
        ),
        scene.accept(
            "accept/padding-of-two",
            ("B12", "1"),
            "The base64 ends in two pad characters.",
            padded_twice.clone(),
        ),
        refuse(
            "base64/url-safe-minus",
            "base64-alphabet",
            "B03",
            "A plus is a minus, as in base64url.",
            replaced('+', "-"),
        ),
        refuse(
            "base64/url-safe-underscore",
            "base64-alphabet",
            "B03",
            "A slash is an underscore, as in base64url.",
            replaced('/', "_"),
        ),
        refuse(
            "base64/percent-encoded",
            "base64-alphabet",
            "B09",
            "A plus is percent-encoded.",
            replaced('+', "%2B"),
        ),
        refuse(
            "base64/padding-missing",
            "base64-padding",
            "B04",
            "The two pad characters are missing.",
            inner(&padded_twice).replace('=', ""),
        ),
        refuse(
            "base64/padding-incomplete",
            "base64-padding",
            "B04",
            "One of the two pad characters is missing.",
            inner(&padded_twice).replacen('=', "", 1),
        ),
        refuse(
            "base64/padding-in-excess",
            "base64-padding",
            "B04",
            "Four pad characters follow a value that needs none.",
            inner(&full) + "====",
        ),
        refuse(
            "base64/padding-in-the-middle",
            "base64-padding",
            "B06",
            "Two padded values, one after the other.",
            inner(&padded_once) + &inner(&padded_once),
        ),
        refuse(
            "base64/impossible-length",
            "base64-padding",
            "B07",
            "The last three characters are missing, which leaves one of four.",
            inner(&full).chars().take(inner(&full).len() - 3).collect(),
        ),
        refuse(
            "base64/pad-bits-after-two-octets",
            "base64-pad-bits",
            "B05",
            "A pad bit before one pad character is set.",
            inner(&field::with_pad_bit(&padded_once)),
        ),
        refuse(
            "base64/pad-bits-after-one-octet",
            "base64-pad-bits",
            "B05",
            "A pad bit before two pad characters is set.",
            inner(&field::with_pad_bit(&padded_twice)),
        ),
    ]
}

/// A right message whose base64 ends in so many pad characters.
fn padded(characters: usize) -> MessageForge {
    (0..)
        .map(|counter: u8| {
            let mut connection = fixed::CONNECTION;
            connection[15] = counter;
            strict().statement(|s| s.connection(&connection))
        })
        .find(|message| {
            let value = message.value();
            let has_all = value.contains('+') && value.contains('/');
            has_all && value.matches('=').count() == characters
        })
        .expect("lengths of signatures vary")
}
