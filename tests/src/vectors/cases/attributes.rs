//! Stage `cms`: the signed attributes, without what the statement says.

use crate::algorithm::{Digest, Scheme};
use crate::message::MessageForge;
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, baseline, strict};
use crate::{attribute, der, fixed, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [missing(), repeated(), value_counts(), values(), unknown(), times()].concat()
}

fn missing() -> Vec<Vector> {
    let without = |scene: Scene, id: &str, threat: &str, comment: &str, sent: MessageForge| {
        scene.refuse(id, "attribute-missing", (threat, "4.4"), comment, sent)
    };
    vec![
        without(
            Scene::strict(),
            "cms/content-type-attribute-missing",
            "M14",
            "There is no contentType.",
            strict().remove_attribute(oid::CONTENT_TYPE),
        ),
        without(
            Scene::strict(),
            "cms/message-digest-missing",
            "M15",
            "There is no messageDigest.",
            strict().remove_attribute(oid::MESSAGE_DIGEST),
        ),
        without(
            Scene::strict(),
            "cms/signing-time-missing",
            "F05",
            "There is no signingTime.",
            strict().remove_attribute(oid::SIGNING_TIME),
        ),
        without(
            Scene::strict(),
            "cms/statement-missing",
            "F11",
            "There is no ClientCertStatement, hence no audience.",
            strict().remove_attribute(oid::STATEMENT),
        ),
        without(
            Scene::baseline(),
            "cms/baseline-signing-time-missing",
            "F05",
            "There is no signingTime, and so no end.",
            baseline().remove_attribute(oid::SIGNING_TIME),
        ),
    ]
}

fn repeated() -> Vec<Vector> {
    let scene = Scene::strict();
    let twice = |id: &str, comment: &str, oid: &str, value: Vec<u8>| {
        let sent = strict().add_attribute(oid, &[value]);
        scene.refuse(id, "attribute-repeated", ("M16 D13", "4.4"), comment, sent)
    };
    let digest = Digest::Sha256.of(&crate::vectors::scene::alice());
    let statement = crate::statement::StatementForge::new().audience("https://elsewhere.example");
    vec![
        twice(
            "cms/message-digest-twice-the-same",
            "The same messageDigest is there twice.",
            oid::MESSAGE_DIGEST,
            der::octet_string(&digest),
        ),
        twice(
            "cms/message-digest-right-and-wrong",
            "A second messageDigest is that of other content.",
            oid::MESSAGE_DIGEST,
            der::octet_string(&[0xff; 32]),
        ),
        twice(
            "cms/message-digest-wrong-and-right",
            "A messageDigest of other content comes before the right one.",
            oid::MESSAGE_DIGEST,
            der::octet_string(&[0; 32]),
        ),
        twice(
            "cms/content-type-twice",
            "A second contentType says id-data.",
            oid::CONTENT_TYPE,
            der::oid(oid::DATA),
        ),
        twice(
            "cms/signing-time-twice",
            "A second signingTime is later.",
            oid::SIGNING_TIME,
            der::time(fixed::NOW),
        ),
        twice(
            "cms/statement-twice",
            "A second statement is for another audience.",
            oid::STATEMENT,
            statement.der(&[]),
        ),
    ]
}

fn value_counts() -> Vec<Vector> {
    let scene = Scene::strict();
    let count = |id: &str, threat: &str, comment: &str, oid: &str, values: &[Vec<u8>]| {
        let sent = strict().set_attribute(oid, values);
        scene.refuse(id, "attribute-values", (threat, "4.4"), comment, sent)
    };
    let right = der::octet_string(&Digest::Sha256.of(&crate::vectors::scene::alice()));
    vec![
        count(
            "cms/message-digest-without-value",
            "M18",
            "messageDigest has no value.",
            oid::MESSAGE_DIGEST,
            &[],
        ),
        count(
            "cms/message-digest-of-two-values",
            "M17",
            "messageDigest has two values, the right one first.",
            oid::MESSAGE_DIGEST,
            &[right.clone(), der::octet_string(&[0xff; 32])],
        ),
        count(
            "cms/message-digest-of-two-values-wrong-first",
            "M17",
            "messageDigest has two values, the right one last.",
            oid::MESSAGE_DIGEST,
            &[der::octet_string(&[0; 32]), right],
        ),
        count(
            "cms/signing-time-of-two-values",
            "M17",
            "signingTime has two values.",
            oid::SIGNING_TIME,
            &[der::time(fixed::SIGNED_AT), der::time(fixed::NOW)],
        ),
    ]
}

fn values() -> Vec<Vector> {
    let scene = Scene::strict();
    let digest = |id: &str, comment: &str, value: Vec<u8>| {
        let sent = strict().set_attribute(oid::MESSAGE_DIGEST, &[value]);
        scene.refuse(id, "attribute-value", ("M19", "4.4"), comment, sent)
    };
    vec![
        digest("cms/message-digest-integer", "messageDigest is an INTEGER.", der::integer(1)),
        digest("cms/message-digest-null", "messageDigest is NULL.", der::null()),
        digest("cms/message-digest-sequence", "messageDigest is a SEQUENCE.", der::seq([[]; 0])),
        digest(
            "cms/message-digest-bit-string",
            "messageDigest is a BIT STRING of the right octets.",
            der::bit_string(&Digest::Sha256.of(&crate::vectors::scene::alice())),
        ),
        scene.refuse(
            "cms/signing-time-integer",
            "attribute-value",
            ("M19 F09", "4.4"),
            "signingTime is an INTEGER of seconds.",
            strict().signed_at_raw(&der::integer(fixed::SIGNED_AT)),
        ),
        scene.refuse(
            "cms/statement-octet-string",
            "attribute-value",
            ("M19", "4.4"),
            "The statement is wrapped in an OCTET STRING.",
            strict().set_attribute(
                oid::STATEMENT,
                &[der::octet_string(&crate::statement::StatementForge::new().der(&[]))],
            ),
        ),
        scene.refuse(
            "cms/content-type-mismatch",
            "content-type-mismatch",
            ("M21", "4.4"),
            "The contentType attribute says id-data, and eContentType x509Certificate.",
            strict().content_type_attribute(oid::DATA),
        ),
        Scene::baseline().refuse(
            "cms/baseline-content-type-mismatch",
            "content-type-mismatch",
            ("M21", "12"),
            "The contentType attribute says x509Certificate, and eContentType id-data.",
            baseline().content_type_attribute(oid::X509_CERTIFICATE),
        ),
        Scene::baseline().refuse(
            "cms/signing-certificate-empty",
            "attribute-value",
            ("M39", "12"),
            "signingCertificateV2 names no certificate.",
            baseline().add_attribute(oid::SIGNING_CERTIFICATE_V2, &[der::seq([der::seq([[]; 0])])]),
        ),
        Scene::baseline().refuse(
            "cms/algorithm-protection-with-mac",
            "attribute-value",
            ("M41", "12"),
            "CMSAlgorithmProtection has a macAlgorithm.",
            baseline().add_attribute(oid::ALGORITHM_PROTECTION, &[protection_with_mac()]),
        ),
    ]
}

fn protection_with_mac() -> Vec<u8> {
    let scheme = Scheme::Ecdsa(Digest::Sha256);
    let digest = scheme.digest().identifier();
    let mac = der::retag(0xa2, &scheme.identifier());
    der::seq([digest, der::retag(0xa1, &scheme.identifier()), mac])
}

fn unknown() -> Vec<Vector> {
    let certificate = pki::self_signed_proxy(crate::keys::Key::PROXY).der();
    let hash = der::octet_string(&Digest::Sha1.of(&certificate));
    let by_sha1 = der::seq([der::seq([der::seq([hash])])]);
    let more = |scene: Scene, id: &str, comment: &str, sent: MessageForge| {
        scene.refuse(id, "attribute-unknown", ("M40 M42", "4.4"), comment, sent)
    };
    vec![
        more(
            Scene::strict(),
            "cms/attribute-of-our-arc",
            "There is an attribute more, unassigned under our arc.",
            strict().add_attribute(oid::UNASSIGNED, &[der::null()]),
        ),
        more(
            Scene::strict(),
            "cms/capabilities-in-strict",
            "There are S/MIME capabilities, which only baseline tolerates.",
            strict().add_attribute_raw(&attribute::smime_capabilities()),
        ),
        more(
            Scene::strict(),
            "cms/signing-certificate-in-strict",
            "There is a signingCertificateV2, and a right one, which only baseline has.",
            strict().add_attribute(
                oid::SIGNING_CERTIFICATE_V2,
                &[attribute::signing_certificate_v2(&certificate)],
            ),
        ),
        more(
            Scene::baseline(),
            "cms/statement-in-baseline",
            "There is a ClientCertStatement, which only strict has.",
            baseline().statement(|s| s),
        ),
        more(
            Scene::baseline(),
            "cms/signing-certificate-of-version-1",
            "There is a signingCertificate of RFC 2634, which names the signer by SHA-1.",
            baseline().add_attribute("1.2.840.113549.1.9.16.2.12", &[by_sha1]),
        ),
        more(
            Scene::baseline(),
            "cms/attribute-unknown-in-baseline",
            "There is an attribute more, unassigned under our arc.",
            baseline().add_attribute(oid::UNASSIGNED, &[der::null()]),
        ),
    ]
}

/// Texts that are no signing time.
fn times() -> Vec<Vector> {
    let scene = Scene::strict();
    let refuse = |id: &str, threat: &str, comment: &str, element: Vec<u8>| {
        let sent = strict().signed_at_raw(&element);
        scene.refuse(id, "signing-time", (threat, "4.4"), comment, sent)
    };
    let utc = |id: &str, comment: &str, text: &str| {
        refuse(id, "F09", comment, der::tlv(der::UTC_TIME, text.as_bytes()))
    };
    vec![
        refuse(
            "cms/signing-time-generalized-too-early",
            "F08",
            "A time before 2050 is a GeneralizedTime.",
            der::generalized_time(fixed::SIGNED_AT),
        ),
        utc("cms/signing-time-of-1950", "The year 50 of a UTCTime is 1950.", "500101000000Z"),
        utc("cms/signing-time-without-seconds", "The time has no seconds.", "2609211413Z"),
        utc("cms/signing-time-with-offset", "The time has an offset.", "260921141310+0000"),
        utc("cms/signing-time-without-zone", "The time has no zone.", "260921141310"),
        utc("cms/signing-time-small-z", "The Z is a small letter.", "260921141310z"),
        utc("cms/signing-time-30-february", "There is no 30 February.", "260230141310Z"),
        utc("cms/signing-time-hour-24", "There is no hour 24.", "260921241310Z"),
        utc("cms/signing-time-second-60", "The second is 60.", "260921141360Z"),
        utc("cms/signing-time-letters", "The digits are letters.", "xxxxxxxxxxxxZ"),
        utc("cms/signing-time-empty", "The time has no octets.", ""),
        refuse(
            "cms/signing-time-octet-80",
            "D22 F09",
            "The second octet of the time is 80.",
            der::tlv(der::UTC_TIME, b"2\x800921141310Z"),
        ),
        refuse(
            "cms/signing-time-with-fraction",
            "F09",
            "A GeneralizedTime has a fraction of a second.",
            der::tlv(der::GENERALIZED_TIME, b"20500101000000.5Z"),
        ),
        refuse(
            "cms/signing-time-of-1000-digits",
            "D22 F09",
            "The time has a thousand digits.",
            der::tlv(der::UTC_TIME, &[b'1'; 1000]),
        ),
    ]
}
