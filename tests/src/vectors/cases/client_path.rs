//! Stage `client`: the path from the client's certificate to an anchor.

use crate::certificate::CertificateForge;
use crate::extension::{self, GeneralName};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::vectors::cases::client::about;
use crate::vectors::format::{ClientEku, Policy, Profile, Signer, Vector};
use crate::vectors::scene::{Scene, octets, signer};
use crate::{fixed, oid, pki};

const SUBJECT: &str = "CN=alice,OU=Service Accounts,O=Example,C=NL";

pub(super) fn vectors() -> Vec<Vector> {
    [paths(), no_path(), bad_paths(), constraints(), scopes()].concat()
}

fn refuse(scene: &Scene, id: &str, threat: &str, comment: &str, sent: MessageForge) -> Vector {
    scene.refuse(id, "client-chain-untrusted", (threat, "14"), comment, sent)
}

/// The client's certificate of an intermediate, which the message carries.
fn carrying(intermediate: &CertificateForge) -> MessageForge {
    about(&pki::client_leaf_of_intermediate()).certificates(&[intermediate.der()])
}

fn paths() -> Vec<Vector> {
    let client = pki::client_leaf_of_intermediate().der();
    let intermediate = pki::client_intermediate();
    let configured =
        Scene::strict().clients(|clients| clients.intermediates = vec![octets(&intermediate)]);
    vec![
        Scene::strict()
            .accept(
                "accept/client-intermediate-in-the-message",
                ("C08", "9"),
                "The message carries the intermediate above the client's certificate.",
                carrying(&intermediate),
            )
            .about(&client, SUBJECT),
        configured
            .accept(
                "accept/client-intermediate-configured",
                ("C08", "11.3"),
                "The intermediate above the client's certificate is configured.",
                about(&pki::client_leaf_of_intermediate()),
            )
            .about(&client, SUBJECT),
        Scene::strict()
            .accept(
                "accept/other-client-in-the-message",
                ("C11", "9"),
                "The message carries another client's certificate too, which names nobody.",
                carrying(&intermediate)
                    .certificates(&[pki::mallory_leaf().der(), intermediate.der()]),
            )
            .about(&client, SUBJECT),
        Scene::strict()
            .accept(
                "accept/client-intermediate-ends-first",
                ("C02 H26", "15"),
                "The intermediate ends before the statement, and the verdict with it.",
                carrying(&intermediate.validity(fixed::CA_FROM, fixed::NOW + 60)),
            )
            .about(&client, SUBJECT)
            .until(fixed::NOW + 60),
    ]
}

fn no_path() -> Vec<Vector> {
    let scene = Scene::strict();
    let leaf = pki::client_leaf;
    let other = pki::authority("Other Client CA", Key::STRANGER);
    let same_name = pki::authority("Client CA", Key::STRANGER);
    vec![
        refuse(
            &scene,
            "client/of-another-ca",
            "C10",
            "Another CA issued the certificate.",
            about(&leaf().issued_by(&other)),
        ),
        refuse(
            &scene,
            "client/root-in-the-message",
            "C10 M34",
            "Another CA issued the certificate, and its root is in the message.",
            about(&leaf().issued_by(&other)).certificates(&[other.der()]),
        ),
        refuse(
            &scene,
            "client/ca-of-the-same-name",
            "C09",
            "A CA of the anchor's name and another key issued the certificate.",
            about(&leaf().issued_by(&same_name)),
        ),
        refuse(
            &scene,
            "client/self-signed",
            "C10",
            "The certificate signed itself.",
            about(&leaf().issuer(leaf().subject_name()).signed_by(Key::CLIENT)),
        ),
        refuse(
            &scene,
            "client/broken-signature",
            "C12",
            "One bit of the CA's signature on the certificate is flipped.",
            about(&leaf().with_broken_signature()),
        ),
        refuse(
            &scene,
            "client/intermediate-missing",
            "C08",
            "The intermediate is neither in the message nor configured.",
            about(&pki::client_leaf_of_intermediate()),
        ),
    ]
}

/// Intermediates that do not hold.
fn bad_paths() -> Vec<Vector> {
    let scene = Scene::strict();
    let middle = pki::client_intermediate;
    let through = |id: &str, threat: &str, comment: &str, middle: CertificateForge| {
        refuse(&scene, id, threat, comment, carrying(&middle))
    };
    let second = pki::authority("Second Intermediate", Key::STRANGER).issued_by(&middle());
    let below = about(&pki::client_leaf().issued_by(&second));
    vec![
        through(
            "client/intermediate-is-no-ca",
            "T16",
            "The intermediate has no basicConstraints.",
            middle().without(oid::BASIC_CONSTRAINTS),
        ),
        through(
            "client/intermediate-expired",
            "C02",
            "The intermediate ended a second before now.",
            middle().validity(fixed::CA_FROM, fixed::NOW - 1),
        ),
        through(
            "client/intermediate-with-critical-extension",
            "C04",
            "The intermediate has a critical extension that nobody knows.",
            middle().unknown_extension(true),
        ),
        through(
            "client/intermediate-usage-constrained",
            "C03",
            "The extended key usage of the intermediate has only serverAuth.",
            middle().extended_key_usage(&[oid::SERVER_AUTH]),
        ),
        refuse(
            &scene,
            "client/path-too-long",
            "C08",
            "Under an intermediate of path length 0 there is another one.",
            below.certificates(&[middle().der(), second.der()]),
        ),
    ]
}

/// Name constraints of an intermediate.
fn constraints() -> Vec<Vector> {
    let scene = Scene::strict();
    let middle = |permitted: &[GeneralName<'_>], excluded: &[GeneralName<'_>]| {
        let value = extension::name_constraints(permitted, excluded);
        pki::client_intermediate().extension(oid::NAME_CONSTRAINTS, true, &value)
    };
    let dns_only = pki::client_leaf_of_intermediate().san(&[GeneralName::Dns(pki::CLIENT_NAME)]);
    let message = |middle: &CertificateForge| about(&dns_only).certificates(&[middle.der()]);
    let of_uris = middle(&[], &[GeneralName::Uri("example")]);
    vec![
        scene
            .accept(
                "accept/names-permitted",
                ("C06", "14"),
                "The intermediate may certify names below clients.example, such as the client's.",
                message(&middle(&[GeneralName::Dns("clients.example")], &[])),
            )
            .about(&dns_only.der(), SUBJECT),
        refuse(
            &scene,
            "client/name-not-permitted",
            "C06",
            "The intermediate may only certify names below other.example.",
            message(&middle(&[GeneralName::Dns("other.example")], &[])),
        ),
        refuse(
            &scene,
            "client/name-excluded",
            "C06",
            "The intermediate may not certify names below clients.example.",
            message(&middle(&[], &[GeneralName::Dns("clients.example")])),
        ),
        refuse(
            &scene,
            "client/uri-excluded",
            "C06 C07",
            "The intermediate may not certify URIs of the client's host; ignoring that is no way.",
            carrying(&of_uris),
        ),
    ]
}

/// What a signer may assert.
fn scopes() -> Vec<Vector> {
    let other = pki::authority("Other Client CA", Key::STRANGER);
    let client = pki::client_leaf().issued_by(&other);
    let limited = |policy: &mut Policy| {
        let entry = signer(&pki::self_signed_proxy(Key::PROXY), Profile::Strict);
        let client_anchors = Some(vec![octets(&pki::client_ca())]);
        policy.signers = Some(vec![Signer { client_anchors, ..entry }]);
    };
    let scene = Scene::strict()
        .clients(|clients| {
            clients.anchors.push(octets(&other));
            clients.eku = ClientEku::Required;
        })
        .policy(limited)
        .twin("accept/client-anchor-in-scope");
    vec![
        scene
            .accept(
                "accept/client-anchor-in-scope",
                ("T14", "11.1"),
                "The signer may assert clients of the CA that issued the certificate.",
                about(&pki::client_leaf()),
            )
            .about(&pki::client_leaf().der(), SUBJECT),
        scene.refuse(
            "client/anchor-outside-scope",
            "client-anchor-scope",
            ("T14", "11.1"),
            "The certificate leads to an anchor that this signer may not assert clients of.",
            about(&client),
        ),
    ]
}
