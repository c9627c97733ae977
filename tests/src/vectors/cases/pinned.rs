//! Stage `signer`, pinned: who is found, and whether they may sign this.

use crate::algorithm::Digest;
use crate::certificate::CertificateForge;
use crate::keys::Key;
use crate::message::MessageForge;
use crate::signer_info::Sid;
use crate::vectors::format::{Octets, Profile, Signer, Vector};
use crate::vectors::scene::{Scene, alice, baseline, baseline_by, signer, strict, strict_by};
use crate::{attribute, der, fixed, name, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [unknown(), profiles(), validity(), own_key(), signing_certificate()].concat()
}

fn unknown() -> Vec<Vector> {
    let strict_scene = Scene::strict();
    let baseline_scene = Scene::baseline();
    let certificate = pki::self_signed_proxy(Key::PROXY);
    let refuse = |scene: &Scene, id: &str, threat: &str, comment: &str, message: MessageForge| {
        scene.refuse(id, "signer-unknown", (threat, "11.1"), comment, message)
    };
    let stranger = pki::self_signed_proxy(Key::STRANGER).der();
    let named = |issuer: &[u8], serial: &[u8]| {
        let sid = der::seq([issuer, &der::tlv(der::INTEGER, serial)]);
        baseline().sid(Sid::IssuerAndSerial(sid))
    };
    let issuer = certificate.subject_name();
    let capitals = name::name(&[("O", "EXAMPLE"), ("CN", "PROXY.EXAMPLE")]);
    let serial = certificate.serial_octets();
    let padded = der::concat([&[0], serial]);
    let bare = Scene::baseline().twin("accept/baseline-pinned-public-key").policy(|policy| {
        policy.signers = Some(vec![Signer {
            certificate: None,
            public_key: Some(Octets(Key::PROXY.spki())),
            ..signer(&certificate, Profile::Baseline)
        }]);
    });
    vec![
        refuse(
            &strict_scene,
            "signer/unknown-key",
            "T01",
            "A key that nobody trusts signed.",
            strict_by(Key::STRANGER),
        ),
        refuse(
            &strict_scene,
            "signer/unknown-key-with-certificate",
            "T01 M31",
            "A key that nobody trusts signed, and its certificate is in the message.",
            strict_by(Key::STRANGER).certificates(&[stranger]),
        ),
        refuse(
            &strict_scene,
            "signer/key-identifier-cut-short",
            "T22",
            "sid is the first 19 octets of the trusted key's identifier.",
            strict().sid(Sid::KeyIdentifier(Key::PROXY.ski()[..19].to_vec())),
        ),
        refuse(
            &strict_scene,
            "signer/key-identifier-empty",
            "T22",
            "sid is empty.",
            strict().sid(Sid::KeyIdentifier(Vec::new())),
        ),
        refuse(
            &baseline_scene,
            "signer/issuer-in-capitals",
            "M37",
            "sid has the issuer's name in capital letters.",
            named(&capitals, serial),
        ),
        refuse(
            &baseline_scene,
            "signer/serial-number-padded",
            "D26",
            "sid has the serial number with a leading zero.",
            named(issuer, &padded),
        ),
        refuse(
            &baseline_scene,
            "signer/serial-number-of-another",
            "D26 T12",
            "sid has the issuer, and another serial number.",
            named(issuer, &[1]),
        ),
        refuse(
            &bare,
            "signer/issuer-of-a-bare-key",
            "",
            "A bare key is pinned, and sid is an issuerAndSerialNumber, which it does not have.",
            baseline(),
        ),
    ]
}

/// One signer of each profile, both trusted.
fn profiles() -> Vec<Vector> {
    let (strict_one, baseline_one) =
        (pki::self_signed_proxy(Key::PROXY), pki::self_signed_proxy(Key::PROXY2));
    let entries = || {
        let second = signer(&baseline_one, Profile::Baseline);
        vec![signer(&strict_one, Profile::Strict), Signer { name: "proxy-2".to_owned(), ..second }]
    };
    let strict_scene = Scene::strict()
        .policy(|policy| policy.signers = Some(entries()))
        .twin("accept/strict-signer-of-both");
    let baseline_scene = Scene::baseline()
        .hop(&baseline_one)
        .policy(|policy| {
            policy.signers = Some(entries());
            policy.audiences = vec![fixed::AUDIENCE.to_owned()];
        })
        .twin("accept/baseline-signer-of-both");
    let both = "A strict and a baseline signer are trusted, and each signs in its profile.";
    vec![
        strict_scene.accept("accept/strict-signer-of-both", ("", "11"), both, strict()),
        baseline_scene
            .accept("accept/baseline-signer-of-both", ("", "11"), both, baseline_by(Key::PROXY2))
            .signed_by("proxy-2"),
        strict_scene.clone().hop(&baseline_one).refuse(
            "signer/strict-message-of-baseline-signer",
            "signer-profile",
            ("A24", "11.1"),
            "A signer that is trusted for baseline signed a strict message.",
            strict_by(Key::PROXY2),
        ),
        baseline_scene.clone().hop(&strict_one).refuse(
            "signer/baseline-message-of-strict-signer",
            "signer-profile",
            ("A24", "11.1"),
            "A signer that is trusted for strict signed a baseline message, without audience.",
            baseline_by(Key::PROXY),
        ),
    ]
}

/// The pinned certificate's dates, which count at `now` and to the second.
fn validity() -> Vec<Vector> {
    let certificate =
        |not_before, not_after| pki::self_signed_proxy(Key::PROXY).validity(not_before, not_after);
    let scene = |certificate: &CertificateForge| {
        Scene::strict()
            .policy(|policy| policy.signers = Some(vec![signer(certificate, Profile::Strict)]))
            .hop(certificate)
    };
    let ending = certificate(fixed::LEAF_FROM, fixed::NOW);
    let beginning = certificate(fixed::NOW, fixed::LEAF_UNTIL);
    let ending = scene(&ending).twin("accept/signer-in-its-last-second");
    let beginning = scene(&beginning).twin("accept/signer-in-its-first-second");
    vec![
        ending
            .accept(
                "accept/signer-in-its-last-second",
                ("C01", "11.1"),
                "now is notAfter of the signer's certificate.",
                strict(),
            )
            .until(fixed::NOW),
        beginning.accept(
            "accept/signer-in-its-first-second",
            ("C01", "11.1"),
            "now is notBefore of the signer's certificate.",
            strict(),
        ),
        ending.clone().at(fixed::NOW + 1).refuse(
            "signer/expired",
            "signer-expired",
            ("T08", "11.1"),
            "now is a second after notAfter of the signer's certificate; signingTime is before.",
            strict(),
        ),
        beginning.clone().at(fixed::NOW - 1).refuse(
            "signer/not-yet-valid",
            "signer-not-yet-valid",
            ("T09", "11.1"),
            "now is a second before notBefore of the signer's certificate.",
            strict(),
        ),
    ]
}

/// The client's own key as signer.
fn own_key() -> Vec<Vector> {
    let scene = Scene::strict_of(Key::CLIENT).twin("accept/key-of-another-client");
    let mallory = pki::mallory_leaf().der();
    vec![
        scene
            .accept(
                "accept/key-of-another-client",
                ("T02", "11"),
                "The pinned key is a client's, and the message is about another client.",
                MessageForge::strict(&mallory, Key::CLIENT),
            )
            .about(&mallory, "CN=mallory,OU=Service Accounts,O=Example,C=NL"),
        scene.refuse(
            "signer/own-key",
            "signer-is-client",
            ("T02", "11"),
            "The pinned key is a client's, and the message is about that client.",
            MessageForge::strict(&alice(), Key::CLIENT),
        ),
    ]
}

fn signing_certificate() -> Vec<Vector> {
    let scene = Scene::baseline();
    let right = pki::self_signed_proxy(Key::PROXY).der();
    let wrong = pki::self_signed_proxy(Key::PROXY2).der();
    let id = |certificate: &[u8]| der::seq([der::octet_string(&Digest::Sha256.of(certificate))]);
    let by = |digest: Digest, hash: &[u8]| {
        der::seq([der::seq([der::seq([digest.identifier(), der::octet_string(hash)])])])
    };
    let message = |value: Vec<u8>| {
        baseline().remove_attribute("").add_attribute(oid::SIGNING_CERTIFICATE_V2, &[value])
    };
    let refuse = |scene: &Scene, id: &str, comment: &str, value: Vec<u8>| {
        scene.refuse(id, "signing-certificate", ("M39", "12"), comment, message(value))
    };
    let bare = Scene::baseline().twin("accept/baseline-pinned-public-key").policy(|policy| {
        policy.signers = Some(vec![Signer {
            certificate: None,
            public_key: Some(Octets(Key::PROXY.spki())),
            ..signer(&pki::self_signed_proxy(Key::PROXY), Profile::Baseline)
        }]);
    });
    let named = attribute::signing_certificate_v2(&right);
    vec![
        scene.accept(
            "accept/signing-certificate-by-sha512",
            ("M39", "12"),
            "signingCertificateV2 names the signer's certificate by SHA-512.",
            message(by(Digest::Sha512, &Digest::Sha512.of(&right))),
        ),
        refuse(
            &scene,
            "signer/signing-certificate-of-another",
            "signingCertificateV2 names another certificate.",
            attribute::signing_certificate_v2(&wrong),
        ),
        refuse(
            &scene,
            "signer/signing-certificate-second",
            "signingCertificateV2 names another certificate first, and the right one second.",
            der::seq([der::seq([id(&wrong), id(&right)])]),
        ),
        refuse(
            &scene,
            "signer/signing-certificate-by-sha1",
            "signingCertificateV2 names the right certificate by SHA-1.",
            by(Digest::Sha1, &Digest::Sha1.of(&right)),
        ),
        bare.refuse(
            "signer/signing-certificate-of-a-bare-key",
            "signing-certificate",
            ("M39", "12"),
            "A bare key is pinned, so there is no certificate that could be named.",
            message(named).sid(Sid::KeyIdentifier(Key::PROXY.ski())),
        ),
    ]
}
