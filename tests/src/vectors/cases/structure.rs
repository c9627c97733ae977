//! Stage `cms`: ContentInfo, SignedData and SignerInfo.

use crate::algorithm::{Digest, Scheme};
use crate::attribute::attribute;
use crate::certificate::CertificateForge;
use crate::element::{Element, edit};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::signer_info::Sid;
use crate::vectors::format::{Profile, Vector};
use crate::vectors::scene::{Scene, alice, baseline, signer, strict, strict_by};
use crate::{der, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [types(), versions(), contents(), algorithms(), signers(), unsigned()].concat()
}

/// What the message is.
fn types() -> Vec<Vector> {
    let scene = Scene::strict();
    let other = |id: &str, comment: &str, sent: Vec<u8>| {
        scene.refuse(id, "not-signed-data", ("D20", "4.2"), comment, sent)
    };
    vec![
        other(
            "cms/bare-signed-data",
            "There is no ContentInfo round the SignedData.",
            strict().signed_data(),
        ),
        other(
            "cms/labelled-data",
            "The ContentInfo says that its content is id-data.",
            strict().outer_type(oid::DATA).der(),
        ),
        other(
            "cms/labelled-enveloped-data",
            "The ContentInfo says that its content is id-envelopedData.",
            strict().outer_type(oid::ENVELOPED_DATA).der(),
        ),
    ]
}

/// SignedData.version and SignerInfo.version.
fn versions() -> Vec<Vector> {
    let (strict_scene, baseline_scene) = (Scene::strict(), Scene::baseline());
    let version = |version: u64| {
        strict_scene.refuse(
            &format!("cms/signed-data-version-{version}"),
            "signed-data-version",
            ("M09 D15", "4.2"),
            &format!("SignedData.version is {version}; without crls it is 3."),
            strict().version(version),
        )
    };
    vec![
        version(0),
        version(1),
        version(4),
        version(5),
        baseline_scene.refuse(
            "cms/baseline-signed-data-version-3",
            "signed-data-version",
            ("M09", "12"),
            "SignedData.version is 3; with id-data and an issuerAndSerialNumber it is 1.",
            baseline().version(3),
        ),
        strict_scene.refuse(
            "cms/signer-info-version-1",
            "signer-info-version",
            ("M08", "4.3"),
            "SignerInfo.version is 1 with a subjectKeyIdentifier.",
            strict().signer_info_version(1),
        ),
        baseline_scene.refuse(
            "cms/baseline-signer-info-version-3",
            "signer-info-version",
            ("M08", "12"),
            "SignerInfo.version is 3 with an issuerAndSerialNumber.",
            baseline().signer_info_version(3),
        ),
        strict_scene.refuse(
            "cms/issuer-and-serial-number",
            "signer-identifier",
            ("M08", "4.3"),
            "sid is an issuerAndSerialNumber, which only baseline has.",
            strict()
                .sid(Sid::IssuerAndSerial(pki::self_signed_proxy(Key::PROXY).issuer_and_serial())),
        ),
    ]
}

/// eContentType and eContent.
fn contents() -> Vec<Vector> {
    let (strict_scene, baseline_scene) = (Scene::strict(), Scene::baseline());
    let content_type =
        |scene: &Scene, id: &str, comment: &str, message: MessageForge, oid: &str| {
            let section = if id.contains("baseline") { "12" } else { "4.2" };
            let sent = message.content_type(oid);
            scene.refuse(id, "content-type", ("M22", section), comment, sent)
        };
    vec![
        content_type(
            &strict_scene,
            "cms/content-type-data",
            "eContentType is id-data.",
            strict(),
            oid::DATA,
        ),
        content_type(
            &strict_scene,
            "cms/content-type-timestamp",
            "eContentType is id-ct-TSTInfo.",
            strict(),
            oid::TST_INFO,
        ),
        content_type(
            &baseline_scene,
            "cms/baseline-content-type-absence",
            "eContentType is noClientCertificate, which only strict has.",
            baseline(),
            oid::ABSENCE,
        ),
        strict_scene.refuse(
            "cms/detached",
            "content-missing",
            ("M24", "4.2"),
            "There is no eContent; the signature is over the certificate all the same.",
            strict().detached(),
        ),
        baseline_scene.refuse(
            "cms/baseline-detached",
            "content-missing",
            ("M24", "12"),
            "What `openssl cms -sign` makes without -nodetach: no eContent.",
            baseline().detached(),
        ),
        strict_scene.refuse(
            "cms/absence-with-content",
            "content-not-empty",
            ("", "4.2"),
            "A statement of absence carries a certificate.",
            MessageForge::absence(Key::PROXY).content(&alice()),
        ),
    ]
}

/// digestAlgorithms.
fn algorithms() -> Vec<Vector> {
    let scene = Scene::strict();
    let digests = |id: &str, threat: &str, comment: &str, digests: &[Digest]| {
        let identifiers: Vec<Vec<u8>> = digests.iter().map(|digest| digest.identifier()).collect();
        let sent = strict().digest_algorithms(&identifiers);
        scene.refuse(id, "digest-algorithms", (threat, "4.2"), comment, sent)
    };
    vec![
        digests("cms/no-digest-algorithm", "M02", "digestAlgorithms is empty.", &[]),
        digests(
            "cms/another-digest-algorithm",
            "M03",
            "digestAlgorithms has SHA-512, and the signer uses SHA-256.",
            &[Digest::Sha512],
        ),
        digests(
            "cms/two-digest-algorithms",
            "M04",
            "digestAlgorithms has SHA-512 beside the signer's SHA-256.",
            &[Digest::Sha256, Digest::Sha512],
        ),
        scene.refuse(
            "cms/digest-algorithms-other-spelling",
            "digest-algorithms",
            ("M03", "4.2"),
            "digestAlgorithms has SHA-256 with NULL, and the signer's has no parameters.",
            strict().digest_algorithms(&[Digest::Sha256.identifier_null()]),
        ),
    ]
}

/// How many signers.
fn signers() -> Vec<Vector> {
    let scene = Scene::strict();
    let right = strict().signer_info();
    let broken = strict_by(Key::STRANGER).with_broken_signature().signer_info();
    let second = pki::self_signed_proxy(Key::PROXY2);
    let both_trusted = Scene::strict().twin("accept/two-pins").policy(|policy| {
        policy.signers = Some(vec![
            signer(&pki::self_signed_proxy(Key::PROXY), Profile::Strict),
            named("proxy-2", &second),
        ]);
    });
    let count = |scene: &Scene, id: &str, threat: &str, comment: &str, infos: &[Vec<u8>]| {
        let sent = strict().signer_infos(infos);
        scene.refuse(id, "signer-count", (threat, "4.2"), comment, sent)
    };
    let trusted = [right.clone(), strict_by(Key::PROXY2).signer_info()];
    vec![
        count(&scene, "cms/no-signer", "M01", "signerInfos is empty.", &[]),
        count(
            &scene,
            "cms/right-signer-and-wrong-one",
            "M05",
            "A SignerInfo of an unknown signer, with a broken signature, follows the right one.",
            &[right.clone(), broken.clone()],
        ),
        count(
            &scene,
            "cms/wrong-signer-and-right-one",
            "M05",
            "A SignerInfo of an unknown signer, with a broken signature, comes first.",
            &[broken, right.clone()],
        ),
        count(
            &scene,
            "cms/signer-twice",
            "M06",
            "The same SignerInfo is there twice.",
            &[right.clone(), right],
        ),
        count(
            &both_trusted,
            "cms/two-trusted-signers",
            "M07",
            "Two signers, both trusted, signed: whose scope holds would be a guess.",
            &der::sorted(&trusted),
        ),
        both_trusted.accept(
            "accept/two-pins",
            ("T20", "11.1"),
            "Two signers are trusted, as while a key is replaced; the first signed.",
            strict(),
        ),
        both_trusted
            .clone()
            .hop(&second)
            .accept(
                "accept/second-of-two-pins",
                ("T20 T21", "11.1"),
                "Two signers are trusted, as while a key is replaced; the second signed.",
                strict_by(Key::PROXY2),
            )
            .signed_by("proxy-2"),
    ]
}

fn named(name: &str, certificate: &CertificateForge) -> crate::vectors::format::Signer {
    crate::vectors::format::Signer { name: name.to_owned(), ..signer(certificate, Profile::Strict) }
}

/// What is signed, and what is not.
fn unsigned() -> Vec<Vector> {
    let (strict_scene, baseline_scene) = (Scene::strict(), Scene::baseline());
    let countersignature = attribute(oid::COUNTERSIGNATURE, [strict().signer_info()]);
    let attributes_as_content = strict().signed_octets();
    vec![
        strict_scene.refuse(
            "cms/no-signed-attributes",
            "signed-attributes-missing",
            ("M23 F05", "4.3"),
            "There are no signed attributes, and the signature is over the content.",
            strict().without_signed_attributes(),
        ),
        baseline_scene.refuse(
            "cms/baseline-no-signed-attributes",
            "signed-attributes-missing",
            ("M10 F05", "12"),
            "What `openssl cms -sign -noattr` makes: nothing is dated.",
            baseline().without_signed_attributes(),
        ),
        baseline_scene.refuse(
            "cms/attributes-presented-as-content",
            "signed-attributes-missing",
            ("M11", "12"),
            "The signed attributes of a right message are the content of this one, without any.",
            baseline().content(&baseline().signed_octets()).without_signed_attributes(),
        ),
        strict_scene.refuse(
            "cms/strict-attributes-presented-as-content",
            "signed-attributes-missing",
            ("M11", "4.3"),
            "The signed attributes of a right message are the content of this one, without any.",
            strict().content(&attributes_as_content).without_signed_attributes(),
        ),
        strict_scene.refuse(
            "cms/countersignature",
            "unsigned-attributes",
            ("M29", "4.3"),
            "There is an unsigned attribute: a countersignature.",
            strict().unsigned_attributes(std::slice::from_ref(&countersignature)),
        ),
        baseline_scene.refuse(
            "cms/baseline-countersignature",
            "unsigned-attributes",
            ("M29", "12"),
            "There is an unsigned attribute: a countersignature.",
            baseline().unsigned_attributes(&[countersignature]),
        ),
        strict_scene.refuse(
            "cms/unsigned-attributes-empty",
            "unsigned-attributes",
            ("M29", "4.3"),
            "unsignedAttrs is there, and empty.",
            strict().unsigned_attributes(&[]),
        ),
        strict_scene.refuse(
            "cms/signed-attributes-empty",
            "attribute-missing",
            ("M13", "4.4"),
            "signedAttrs is there, and empty; the signature is over the empty SET.",
            empty_attributes(),
        ),
    ]
}

fn empty_attributes() -> Vec<u8> {
    let signature = Key::PROXY.sign(Scheme::Ecdsa(Digest::Sha256), &der::set_raw([[]; 0]));
    edit(&strict().signature(&signature).der(), Element::SignedAttrs, |node| {
        node.children_mut().clear();
    })
}
