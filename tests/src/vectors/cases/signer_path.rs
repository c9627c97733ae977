//! Stage `signer`, step 9b: the path from the signer's certificate to a proxy anchor.

use crate::certificate::CertificateForge;
use crate::extension::{self, GeneralName};
use crate::keys::{Key, KeyKind, Role};
use crate::vectors::cases::proxy_ca::carrying;
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, octets};
use crate::{fixed, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [no_path(), bad_paths(), client_ca()].concat()
}

fn refuse(id: &str, threat: &str, comment: &str, sent: crate::message::MessageForge) -> Vector {
    Scene::proxy_ca().refuse(id, "signer-path", (threat, "11.2"), comment, sent)
}

/// Certificates that say what they should, and that the proxy CA did not issue.
fn no_path() -> Vec<Vector> {
    let root = pki::authority("Other CA", Key::STRANGER);
    let of_root = pki::self_signed_proxy(Key::PROXY).issued_by(&root);
    let forged = pki::proxy_leaf(Key::STRANGER).signed_by(Key::STRANGER);
    let client = pki::mallory_leaf().san(&[GeneralName::Dns(pki::PROXY_NAME)]);
    let same_name = pki::authority("Proxy CA", Key::STRANGER);
    let of_same_name = pki::self_signed_proxy(Key::PROXY).issued_by(&same_name);
    vec![
        refuse(
            "signer/self-signed",
            "T01",
            "The certificate has the allowed name, and signed itself.",
            carrying(&pki::self_signed_proxy(Key::PROXY), &[]),
        ),
        refuse(
            "signer/root-in-the-message",
            "M34",
            "The certificate's root is in the message, and not configured.",
            carrying(&of_root, &[root]),
        ),
        refuse(
            "signer/root-of-the-same-name",
            "M34 T12",
            "The certificate's root has the proxy CA's name and another key.",
            carrying(&of_same_name, &[same_name]),
        ),
        refuse(
            "signer/forged-certificate",
            "M32",
            "The certificate says the proxy CA issued it, and its own key signed it.",
            carrying(&forged, &[]),
        ),
        refuse(
            "signer/client-certificate-with-the-name",
            "T03",
            "Another client's certificate, which has the allowed name, signs for alice.",
            carrying(&client, &[]),
        ),
        refuse(
            "signer/intermediate-missing",
            "C08",
            "The intermediate above the certificate is neither in the message nor configured.",
            carrying(&pki::proxy_leaf_of_intermediate(Key::PROXY), &[]),
        ),
    ]
}

/// Paths to the right anchor that do not hold.
fn bad_paths() -> Vec<Vector> {
    let leaf = || pki::proxy_leaf_of_intermediate(Key::PROXY);
    let middle = pki::proxy_intermediate;
    let through = |id: &str, threat: &str, comment: &str, middle: CertificateForge| {
        refuse(id, threat, comment, carrying(&leaf(), &[middle]))
    };
    let second = pki::authority("Second Intermediate", Key::STRANGER).issued_by(&middle());
    let below_second = pki::self_signed_proxy(Key::PROXY).issued_by(&second);
    let constraints = extension::name_constraints(&[GeneralName::Dns("other.example")], &[]);
    let constrained = middle().extension(oid::NAME_CONSTRAINTS, true, &constraints);
    vec![
        refuse(
            "signer/certificate-with-broken-signature",
            "T16",
            "One bit of the proxy CA's signature on the certificate is flipped.",
            carrying(&pki::proxy_leaf(Key::PROXY).with_broken_signature(), &[]),
        ),
        refuse(
            "signer/unknown-critical-extension",
            "C04",
            "The certificate has a critical extension that nobody knows.",
            carrying(&pki::proxy_leaf(Key::PROXY).unknown_extension(true), &[]),
        ),
        through(
            "signer/intermediate-is-no-ca",
            "T16",
            "The intermediate has no basicConstraints.",
            middle().without(oid::BASIC_CONSTRAINTS),
        ),
        through(
            "signer/intermediate-expired",
            "T08",
            "The intermediate ended a second before now.",
            middle().validity(fixed::CA_FROM, fixed::NOW - 1),
        ),
        through(
            "signer/intermediate-names-constrained",
            "T16",
            "The intermediate may only certify names below other.example.",
            constrained,
        ),
        refuse(
            "signer/path-too-long",
            "T16",
            "Under an intermediate of path length 0 there is another one.",
            carrying(&below_second, &[second, middle()]),
        ),
        eku_constrained(),
    ]
}

/// An intermediate whose extended key usage has not the one that the leaf signs with.
fn eku_constrained() -> Vector {
    let scene = Scene::proxy_ca().twin("accept/proxy-ca-eku").proxies(|ca| {
        ca.allowed_names.clear();
        ca.signing_eku = true;
    });
    let middle = pki::proxy_intermediate().extended_key_usage(&[oid::SERVER_AUTH]);
    scene.refuse(
        "signer/intermediate-usage-constrained",
        "signer-path",
        ("T16", "11.2"),
        "The extended key usage of the intermediate has only serverAuth.",
        carrying(&pki::proxy_leaf_of_intermediate(Key::PROXY), &[middle]),
    )
}

/// The proxy CA certified the client CA, or one of its intermediates.
fn client_ca() -> Vec<Vector> {
    let crossed = |authority: CertificateForge| authority.issued_by(&pki::proxy_ca()).aki();
    let below =
        |authority: &CertificateForge| pki::self_signed_proxy(Key::PROXY).issued_by(authority);
    let intermediate = pki::client_intermediate();
    let configured = Scene::proxy_ca()
        .twin("accept/proxy-ca-with-client-intermediate")
        .clients(|clients| clients.intermediates = vec![octets(&intermediate)]);
    let other_key = Key::new(KeyKind::P384, Role::ProxyIntermediate);
    let other = pki::authority("Other Intermediate", other_key).issued_by(&pki::proxy_ca()).aki();
    vec![
        configured.accept(
            "accept/proxy-ca-with-client-intermediate",
            ("T03", "11.2"),
            "A client intermediate is configured, and the signer's path does not have it.",
            carrying(&below(&other), &[other]),
        ),
        Scene::proxy_ca().refuse(
            "signer/path-through-client-ca",
            "signer-path-client-ca",
            ("T03", "11.2"),
            "The proxy CA certified the client CA, and that issued the signer's certificate.",
            carrying(&below(&pki::client_ca()), &[crossed(pki::client_ca())]),
        ),
        Scene::proxy_ca().refuse(
            "signer/key-of-client-ca",
            "signer-path-client-ca",
            ("T03", "11.2"),
            "The proxy CA issued the signer's certificate, and its key is the client CA's.",
            carrying(&pki::proxy_leaf(Key::CLIENT_CA), &[]),
        ),
        configured.refuse(
            "signer/path-through-client-intermediate",
            "signer-path-client-ca",
            ("T03", "11.2"),
            "The proxy CA certified a client intermediate that issued the signer's certificate.",
            carrying(&below(&intermediate), &[crossed(intermediate.clone())]),
        ),
    ]
}
