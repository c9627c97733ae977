//! Stage `signer` in proxy-CA mode: which certificate signs, and whether it may.

use crate::certificate::CertificateForge;
use crate::extension::{GeneralName, KEY_ENCIPHERMENT, NON_REPUDIATION};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::signer_info::Sid;
use crate::vectors::format::{NameKind, Profile, Vector};
use crate::vectors::scene::{Scene, alice, allowed, baseline, octets, strict_by};
use crate::{der, fixed, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [found(), names(), usages()].concat()
}

/// A message signed with this certificate's key, the certificate and others in it.
pub(super) fn carrying(
    certificate: &CertificateForge,
    others: &[CertificateForge],
) -> MessageForge {
    let all = others.iter().chain([certificate]).map(CertificateForge::der);
    let all: Vec<Vec<u8>> = all.collect();
    compact(certificate.key()).certificates(&all)
}

/// A message over the hop of [`Scene::proxy_ca`] without any certificate.
pub(super) fn compact(key: Key) -> MessageForge {
    strict_by(key).statement(|s| s.hop_key(Key::HOP))
}

/// A scene that demands the EKU.
fn eku_scene() -> Scene {
    Scene::proxy_ca().twin("accept/proxy-ca-eku").proxies(|ca| {
        ca.allowed_names.clear();
        ca.signing_eku = true;
    })
}

/// A scene that demands name and EKU.
fn both_scene() -> Scene {
    Scene::proxy_ca().twin("accept/proxy-ca-name-and-eku").proxies(|ca| ca.signing_eku = true)
}

/// Where the certificate is found.
fn found() -> Vec<Vector> {
    let scene = Scene::proxy_ca();
    let leaf = pki::proxy_leaf(Key::PROXY);
    let with_configured = Scene::proxy_ca()
        .twin("accept/proxy-ca-configured-certificate")
        .proxies(|ca| ca.signer_certificates = vec![octets(&leaf)]);
    let baseline_scene = Scene::baseline()
        .policy(|policy| {
            policy.signers = None;
            policy.proxy_ca = Scene::proxy_ca().into_policy().proxy_ca;
        })
        .proxies(|ca| ca.profile = Profile::Baseline)
        .hop(&leaf);
    let copied = pki::proxy_leaf(Key::STRANGER).ski_of(&Key::PROXY.ski());
    vec![
        scene.accept(
            "accept/proxy-ca-embedded",
            ("", "11.2"),
            "The signer's certificate is in the message, and the statement names the hop.",
            carrying(&leaf, &[]),
        ),
        scene.clone().hop(&leaf).accept(
            "accept/proxy-ca-peer",
            ("", "11.2"),
            "The signer's certificate is the TLS peer's, and the message carries none.",
            strict_by(Key::PROXY),
        ),
        with_configured.accept(
            "accept/proxy-ca-configured-certificate",
            ("", "11.2"),
            "The signer's certificate is configured, and the message carries none.",
            compact(Key::PROXY),
        ),
        scene.accept(
            "accept/proxy-ca-intermediate",
            ("", "11.2"),
            "The message carries the signer's certificate and the intermediate above it.",
            carrying(&pki::proxy_leaf_of_intermediate(Key::PROXY), &[pki::proxy_intermediate()]),
        ),
        scene
            .accept(
                "accept/proxy-ca-intermediate-ends-first",
                ("H26", "15"),
                "The signer's intermediate ends before the statement, and the verdict with it.",
                carrying(
                    &pki::proxy_leaf_of_intermediate(Key::PROXY),
                    &[pki::proxy_intermediate().validity(fixed::CA_FROM, fixed::NOW + 60)],
                ),
            )
            .until(fixed::NOW + 60),
        scene.clone().hop(&leaf).accept(
            "accept/proxy-ca-peer-before-message",
            ("M33 T21", "11.2"),
            "A certificate with the same key identifier is in the message; the peer's counts.",
            strict_by(Key::PROXY).certificates(&[copied.der()]),
        ),
        baseline_scene
            .accept(
                "accept/baseline-proxy-ca",
                ("", "12"),
                "A baseline message of a certificate of the proxy CA, found by issuer and serial.",
                MessageForge::baseline(&alice(), &leaf),
            )
            .signed_by(pki::PROXY_NAME),
        scene.refuse(
            "signer/proxy-ca-certificate-nowhere",
            "signer-unknown",
            ("T01", "11.2"),
            "The signer's certificate is neither the peer's, nor configured, nor in the message.",
            compact(Key::PROXY),
        ),
        baseline_scene.twin("accept/baseline-proxy-ca").refuse(
            "signer/baseline-proxy-ca-other-serial",
            "signer-unknown",
            ("M32", "12"),
            "sid names another serial number than the certificate has.",
            baseline().sid(Sid::IssuerAndSerial(der::seq([
                pki::proxy_ca().subject_name().to_vec(),
                der::integer(1),
            ]))),
        ),
    ]
}

fn names() -> Vec<Vector> {
    let scene = Scene::proxy_ca();
    let leaf = pki::proxy_leaf(Key::PROXY);
    let uri = Scene::proxy_ca().proxies(|ca| {
        ca.allowed_names = vec![allowed(NameKind::Uri, pki::PROXY_SPIFFE_ID)];
    });
    let with_names = |names: &[GeneralName<'_>]| pki::proxy_leaf(Key::PROXY).san(names);
    let refuse = |id: &str, threat: &str, comment: &str, leaf: &CertificateForge| {
        let sent = carrying(leaf, &[]);
        scene.refuse(id, "signer-not-allowed", (threat, "11.2"), comment, sent)
    };
    vec![
        uri.accept(
            "accept/proxy-ca-uri",
            ("", "11.2"),
            "The allowed name is a SPIFFE ID.",
            carrying(&leaf, &[]),
        ),
        refuse(
            "signer/name-of-another",
            "T03 T04",
            "The certificate is of the proxy CA, and names a web server.",
            &with_names(&[GeneralName::Dns("www.example")]),
        ),
        refuse(
            "signer/name-as-wildcard",
            "T06",
            "The certificate names *.example, and proxy.example is allowed.",
            &with_names(&[GeneralName::Dns("*.example")]),
        ),
        refuse(
            "signer/name-in-capitals",
            "T06",
            "The certificate has the allowed name in capital letters.",
            &with_names(&[GeneralName::Dns("PROXY.EXAMPLE")]),
        ),
        refuse(
            "signer/name-of-a-child",
            "T06",
            "The certificate names a subdomain of the allowed name.",
            &with_names(&[GeneralName::Dns("a.proxy.example")]),
        ),
        refuse(
            "signer/name-of-another-type",
            "T06",
            "The certificate has the allowed DNS name as an e-mail address and as a URI.",
            &with_names(&[GeneralName::Email("proxy.example"), GeneralName::Uri("proxy.example")]),
        ),
        refuse(
            "signer/name-only-in-subject",
            "T06",
            "The allowed name is the subject's common name, and there is no subjectAltName.",
            &pki::proxy_leaf(Key::PROXY).without(oid::SUBJECT_ALT_NAME),
        ),
    ]
}

fn usages() -> Vec<Vector> {
    let leaf = || pki::proxy_leaf(Key::PROXY);
    let not_allowed = |scene: &Scene, id: &str, threat: &str, comment: &str, leaf| {
        let sent = carrying(&leaf, &[]);
        scene.refuse(id, "signer-not-allowed", (threat, "11.2"), comment, sent)
    };
    let key_usage = |id: &str, comment: &str, bits: &[u8]| {
        let sent = carrying(&leaf().key_usage(bits), &[]);
        Scene::proxy_ca().refuse(id, "signer-key-usage", ("T05", "11.2"), comment, sent)
    };
    vec![
        eku_scene()
            .accept(
                "accept/proxy-ca-eku",
                ("", "11.2"),
                "No name is configured; the certificate has the extended key usage.",
                carrying(&leaf(), &[]),
            )
            .signed_by("CN=proxy.example,O=Example"),
        both_scene().accept(
            "accept/proxy-ca-name-and-eku",
            ("", "11.2"),
            "The certificate has the name and the extended key usage, and both are demanded.",
            carrying(&leaf(), &[]),
        ),
        Scene::proxy_ca().refuse(
            "signer/without-key-usage",
            "signer-key-usage",
            ("T05", "11.2"),
            "The certificate has no keyUsage, and a signer's must say that it may sign.",
            carrying(&leaf().without(oid::KEY_USAGE), &[]),
        ),
        not_allowed(
            &eku_scene(),
            "signer/without-eku",
            "T06",
            "The certificate has clientAuth, and the signing usage is demanded.",
            leaf().extended_key_usage(&[oid::CLIENT_AUTH]),
        ),
        not_allowed(
            &eku_scene(),
            "signer/server-auth",
            "T04",
            "The certificate is a web server's: serverAuth.",
            leaf().extended_key_usage(&[oid::SERVER_AUTH]),
        ),
        not_allowed(
            &eku_scene(),
            "signer/any-extended-key-usage",
            "T06",
            "The certificate has anyExtendedKeyUsage, which is not the signing usage.",
            leaf().extended_key_usage(&[oid::ANY_EKU]),
        ),
        not_allowed(
            &both_scene(),
            "signer/name-without-eku",
            "T06",
            "The certificate has the name, and lacks the usage that is demanded beside it.",
            leaf().extended_key_usage(&[oid::CLIENT_AUTH]),
        ),
        not_allowed(
            &both_scene(),
            "signer/eku-without-name",
            "T06",
            "The certificate has the usage, and lacks the name that is demanded beside it.",
            leaf().san(&[GeneralName::Dns("www.example")]),
        ),
        key_usage(
            "signer/key-encipherment",
            "keyUsage has only keyEncipherment.",
            &[KEY_ENCIPHERMENT],
        ),
        key_usage(
            "signer/non-repudiation",
            "keyUsage has only nonRepudiation.",
            &[NON_REPUDIATION],
        ),
    ]
}
