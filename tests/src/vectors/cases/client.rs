//! Stages `client`, `possession` and `revocation`: the certificate that the message is about.

use crate::certificate::CertificateForge;
use crate::extension::{DIGITAL_SIGNATURE, KEY_AGREEMENT, KEY_CERT_SIGN, KEY_ENCIPHERMENT};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::revocation::{CertStatus, ocsp_response};
use crate::vectors::format::{ClientEku, Vector};
use crate::vectors::scene::{Scene, strict};
use crate::{der, fixed, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [dates(), usages(), others(), possession(), revocation()].concat()
}

/// A message about this certificate.
pub(super) fn about(client: &CertificateForge) -> MessageForge {
    MessageForge::strict(&client.der(), Key::PROXY)
}

pub(super) fn leaf() -> CertificateForge {
    pki::small_client_leaf()
}

fn dates() -> Vec<Vector> {
    let scene = Scene::strict();
    let ending = leaf().validity(fixed::LEAF_FROM, fixed::NOW);
    let beginning = leaf().validity(fixed::NOW, fixed::LEAF_UNTIL);
    let subject = "CN=alice";
    vec![
        scene
            .accept(
                "accept/client-in-its-last-second",
                ("C01", "14"),
                "now is notAfter of the client's certificate.",
                about(&ending),
            )
            .about(&ending.der(), subject)
            .until(fixed::NOW),
        scene
            .accept(
                "accept/client-in-its-first-second",
                ("C01", "14"),
                "now is notBefore of the client's certificate.",
                about(&beginning),
            )
            .about(&beginning.der(), subject),
        scene.clone().at(fixed::NOW + 1).refuse(
            "client/expired",
            "client-expired",
            ("C01 C02", "14"),
            "now is a second after notAfter; signingTime is before.",
            about(&ending),
        ),
        scene.clone().at(fixed::NOW - 1).refuse(
            "client/not-yet-valid",
            "client-not-yet-valid",
            ("C01", "14"),
            "now is a second before notBefore.",
            about(&beginning),
        ),
    ]
}

/// keyUsage and extKeyUsage.
fn usages() -> Vec<Vector> {
    let required = Scene::strict()
        .clients(|clients| clients.eku = ClientEku::Required)
        .twin("accept/eku-required");
    let any = Scene::strict().clients(|clients| clients.eku = ClientEku::Any);
    let eku = |scene: &Scene, id: &str, comment: &str, client: CertificateForge| {
        scene.refuse(id, "client-extended-key-usage", ("C03", "14"), comment, about(&client))
    };
    let key_usage = |id: &str, comment: &str, bits: &[u8]| {
        let sent = about(&leaf().key_usage(bits));
        Scene::strict().refuse(id, "client-key-usage", ("C03", "14"), comment, sent)
    };
    let without = leaf().without(oid::EXTENDED_KEY_USAGE);
    let server = leaf().extended_key_usage(&[oid::SERVER_AUTH]);
    let both = leaf().extended_key_usage(&[oid::SERVER_AUTH, oid::CLIENT_AUTH]);
    let accept = |scene: &Scene, id: &str, comment: &str, client: &CertificateForge| {
        scene.accept(id, ("C03", "14"), comment, about(client)).about(&client.der(), "CN=alice")
    };
    vec![
        accept(
            &required,
            "accept/eku-required",
            "clientAuth is demanded, and is there beside serverAuth.",
            &both,
        ),
        accept(
            &Scene::strict(),
            "accept/eku-absent",
            "There is no extKeyUsage, which allows every use.",
            &without,
        ),
        accept(&any, "accept/eku-any", "extKeyUsage is not judged, and has serverAuth.", &server),
        eku(
            &Scene::strict(),
            "client/server-auth",
            "extKeyUsage has only serverAuth.",
            server.clone(),
        ),
        eku(
            &Scene::strict(),
            "client/any-extended-key-usage",
            "extKeyUsage has only anyExtendedKeyUsage, which does not list clientAuth.",
            leaf().extended_key_usage(&[oid::ANY_EKU]),
        ),
        eku(
            &required,
            "client/eku-required-and-absent",
            "clientAuth is demanded, and there is no extKeyUsage.",
            without,
        ),
        key_usage(
            "client/key-encipherment",
            "keyUsage has only keyEncipherment.",
            &[KEY_ENCIPHERMENT],
        ),
        key_usage("client/key-agreement", "keyUsage has only keyAgreement.", &[KEY_AGREEMENT]),
    ]
}

fn others() -> Vec<Vector> {
    let scene = Scene::strict();
    let refuse = |id: &str, code: &str, threat: &str, comment: &str, client: CertificateForge| {
        scene.refuse(id, code, (threat, "14"), comment, about(&client))
    };
    let plain = leaf().without(oid::EXTENDED_KEY_USAGE).without(oid::SUBJECT_ALT_NAME);
    let many = (0..30).fold(leaf(), |leaf, n| {
        leaf.extension(&format!("{}.{n}", oid::UNASSIGNED), false, &der::null())
    });
    vec![
        scene
            .accept(
                "accept/client-of-32-extensions",
                ("", "17"),
                "The client's certificate has 32 extensions, most of them unknown.",
                about(&many),
            )
            .about(&many.der(), "CN=alice"),
        refuse(
            "client/version-1",
            "client-certificate-version",
            "C05",
            "The certificate is of version 1, and has no extensions.",
            plain.version(1),
        ),
        refuse(
            "client/ca",
            "client-is-ca",
            "C05",
            "basicConstraints says that the client is a CA.",
            leaf().basic_constraints(true, None),
        ),
        refuse(
            "client/may-sign-certificates",
            "client-is-ca",
            "C05",
            "keyUsage has keyCertSign beside digitalSignature.",
            leaf().key_usage(&[DIGITAL_SIGNATURE, KEY_CERT_SIGN]),
        ),
        refuse(
            "client/unknown-critical-extension",
            "client-critical-extension",
            "C04",
            "There is a critical extension that nobody knows.",
            leaf().unknown_extension(true),
        ),
    ]
}

/// The signature is wrong, so that who can check it and who cannot both refuse at this stage.
fn possession() -> Vec<Vector> {
    let hash = [0x5c; 32];
    let refuse = |id: &str, comment: &str, sent| {
        Scene::strict().refuse(id, "possession-unsupported", ("", "10"), comment, sent)
    };
    let other_scheme = Key::CLIENT.sign(
        crate::algorithm::Scheme::Ecdsa(crate::algorithm::Digest::Sha256),
        &crate::statement::certificate_verify_input(&hash),
    );
    vec![
        refuse(
            "possession/by-another-key",
            "Another key than the client's signed the CertificateVerify.",
            strict().statement(|s| s.possessed_by(Key::MALLORY, &hash)),
        ),
        refuse(
            "possession/scheme-of-another-key",
            "The client's P-256 key signed, and scheme says P-384.",
            strict().statement(|s| s.possession(0x0503, &hash, &other_scheme)),
        ),
    ]
}

/// The response says "revoked", so that who can read it and who cannot both refuse at this stage.
fn revocation() -> Vec<Vector> {
    let status = CertStatus::Revoked(fixed::NOW - 1000);
    let response = ocsp_response(&pki::client_ca(), &leaf(), status);
    vec![Scene::strict().refuse(
        "revocation/stapled-revoked",
        "ocsp-unsupported",
        ("M30", "14"),
        "The message carries an OCSP response by which the client's certificate is revoked.",
        strict().ocsp_responses(&[response]),
    )]
}
