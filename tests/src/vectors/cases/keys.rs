//! Every kind of key and both profiles, as the specification and `openssl cms -sign` write them.

use crate::algorithm::{self, Digest, Scheme};
use crate::keys::{Key, KeyKind, Role};
use crate::message::MessageForge;
use crate::signer_info::Sid;
use crate::vectors::format::{ClientAnchors, Octets, Padding, Profile, Signer, Vector};
use crate::vectors::scene::{
    Scene, alice, baseline, baseline_by, octets, signer, strict, strict_by,
};
use crate::{attribute, ecdsa_signature, oid, pki};

pub(super) const RSA_3072: Key = Key::new(KeyKind::Rsa3072, Role::Proxy);

pub(super) fn vectors() -> Vec<Vector> {
    [strict_keys(), baseline_keys(), openssl(), clients(), pins()].concat()
}

/// The strict scene of another key.
pub(super) fn strict_scene(key: Key) -> Scene {
    Scene::strict_of(key).twin(match key.kind {
        KeyKind::P384 => "accept/strict-p384",
        KeyKind::Ed25519 => "accept/strict-ed25519",
        KeyKind::Rsa3072 => "accept/strict-rsa-3072",
        KeyKind::Rsa2048 => "accept/strict-rsa-2048",
        _ => "accept/strict-p256",
    })
}

/// The baseline scene of another key.
pub(super) fn baseline_scene(key: Key) -> Scene {
    Scene::baseline_of(key).twin(match key.kind {
        KeyKind::P384 => "accept/baseline-p384-sha256",
        KeyKind::Ed25519 => "accept/baseline-ed25519",
        KeyKind::Rsa2048 => "accept/baseline-rsa-encryption",
        _ => "accept/baseline-p256",
    })
}

/// A baseline RSA scene whose signer's entry names PKCS #1 v1.5.
pub(super) fn pkcs1_only_scene() -> Scene {
    baseline_scene(Key::PROXY_RSA).twin("accept/baseline-padding-named").policy(|policy| {
        let certificate = pki::self_signed_proxy(Key::PROXY_RSA);
        let entry = signer(&certificate, Profile::Baseline);
        policy.signers = Some(vec![Signer { padding: Some(Padding::Pkcs1), ..entry }]);
    })
}

fn strict_keys() -> Vec<Vector> {
    let right = |id: &str, comment: &str, key: Key| {
        strict_scene(key).accept(id, ("A17", "5"), comment, strict_by(key))
    };
    let twin = strict();
    let twin =
        twin.clone().signature(&ecdsa_signature::twin(KeyKind::P256, &twin.signature_octets()));
    vec![
        right("accept/strict-p256", "A right strict message, P-256.", Key::PROXY),
        right("accept/strict-p384", "P-384 with SHA-384.", Key::PROXY_P384),
        right("accept/strict-ed25519", "Ed25519, digests by SHA-512.", Key::PROXY_ED25519),
        right("accept/strict-rsa-2048", "RSASSA-PSS, 2048 bits.", Key::PROXY_RSA),
        right("accept/strict-rsa-3072", "RSASSA-PSS, 3072 bits.", RSA_3072),
        Scene::strict().accept(
            "accept/ecdsa-twin",
            ("A16", "5"),
            "The signature is (r, n-s) of a right one: other octets, as good.",
            twin,
        ),
    ]
}

fn baseline_keys() -> Vec<Vector> {
    let rsa = |id: &str, comment: &str, scheme: Scheme, identifier: Vec<u8>| {
        let message = baseline_by(Key::PROXY_RSA).scheme(scheme).signature_identifier(&identifier);
        baseline_scene(Key::PROXY_RSA).accept(id, ("A04 A06", "12"), comment, message)
    };
    let (sha256, sha512) = (Digest::Sha256, Digest::Sha512);
    let pkcs1 = Scheme::RsaPkcs1;
    let pss = |id: &str, comment: &str, digest: Digest| {
        rsa(id, comment, Scheme::RsaPss(digest), Scheme::RsaPss(digest).identifier())
    };
    let absent = |oid: &str| algorithm::identifier(oid, &[]);
    vec![
        baseline_scene(Key::PROXY).accept(
            "accept/baseline-p256",
            ("", "12"),
            "A right baseline message: what `openssl cms -sign` makes, P-256.",
            baseline(),
        ),
        baseline_scene(Key::PROXY_P384).accept(
            "accept/baseline-p384-sha256",
            ("A17", "12"),
            "P-384 with SHA-256, the default of OpenSSL.",
            baseline_by(Key::PROXY_P384),
        ),
        baseline_scene(Key::PROXY_P384).accept(
            "accept/baseline-p384-sha384",
            ("A17", "12"),
            "P-384 with SHA-384.",
            baseline_by(Key::PROXY_P384).scheme(Scheme::Ecdsa(Digest::Sha384)),
        ),
        baseline_scene(Key::PROXY_ED25519).accept(
            "accept/baseline-ed25519",
            ("A21", "12"),
            "Ed25519, as OpenSSL 3.5 and later make it.",
            baseline_by(Key::PROXY_ED25519),
        ),
        rsa(
            "accept/baseline-rsa-encryption",
            "PKCS #1 v1.5; signatureAlgorithm is rsaEncryption with NULL, as OpenSSL writes it.",
            pkcs1(sha256),
            algorithm::rsa_encryption(),
        ),
        rsa(
            "accept/baseline-rsa-encryption-without-null",
            "PKCS #1 v1.5; signatureAlgorithm is rsaEncryption without parameters.",
            pkcs1(sha256),
            absent(algorithm::RSA_ENCRYPTION),
        ),
        rsa(
            "accept/baseline-sha256-with-rsa",
            "PKCS #1 v1.5; signatureAlgorithm is sha256WithRSAEncryption with NULL.",
            pkcs1(sha256),
            pkcs1(sha256).identifier(),
        ),
        rsa(
            "accept/baseline-sha256-with-rsa-without-null",
            "PKCS #1 v1.5; signatureAlgorithm is sha256WithRSAEncryption without parameters.",
            pkcs1(sha256),
            absent("1.2.840.113549.1.1.11"),
        ),
        rsa(
            "accept/baseline-sha512-with-rsa",
            "PKCS #1 v1.5 with SHA-512.",
            pkcs1(sha512),
            pkcs1(sha512).identifier(),
        ),
        pss("accept/baseline-pss-sha256", "RSASSA-PSS with SHA-256.", sha256),
        pss("accept/baseline-pss-sha384", "RSASSA-PSS with SHA-384.", Digest::Sha384),
        pss("accept/baseline-pss-sha512", "RSASSA-PSS with SHA-512.", sha512),
        pkcs1_only_scene().accept(
            "accept/baseline-padding-named",
            ("A24", "12"),
            "The signer's entry names PKCS #1 v1.5, and the message has it.",
            baseline_by(Key::PROXY_RSA),
        ),
    ]
}

/// What options of `openssl cms -sign` change.
fn openssl() -> Vec<Vector> {
    let scene = Scene::baseline();
    let certificate = pki::self_signed_proxy(Key::PROXY).der();
    let scheme = Scheme::Ecdsa(Digest::Sha256);
    let bare = || baseline().without_certificates().remove_attribute("");
    let right = |id: &str, threat: &str, comment: &str, message: MessageForge| {
        scene.accept(id, (threat, "12"), comment, message)
    };
    vec![
        right(
            "accept/baseline-without-certificates",
            "",
            "-nocerts -nosmimecap: no certificate and no capabilities.",
            bare(),
        ),
        right(
            "accept/baseline-key-identifier",
            "M08",
            "-keyid: sid is the subjectKeyIdentifier, and both versions are 3.",
            baseline().sid(Sid::KeyIdentifier(Key::PROXY.ski())),
        ),
        right(
            "accept/baseline-x509-certificate",
            "M09 M22",
            "-econtent_type x509Certificate: SignedData.version is 3.",
            baseline().content_type(oid::X509_CERTIFICATE),
        ),
        right(
            "accept/baseline-digest-with-null",
            "A06",
            "digestAlgorithm has NULL parameters.",
            baseline().digest_identifier(&Digest::Sha256.identifier_null()),
        ),
        right(
            "accept/baseline-signing-certificate",
            "M39",
            "-cades: signingCertificateV2 names the signer's certificate.",
            bare().add_attribute(
                oid::SIGNING_CERTIFICATE_V2,
                &[attribute::signing_certificate_v2(&certificate)],
            ),
        ),
        right(
            "accept/baseline-algorithm-protection",
            "M41",
            "CMSAlgorithmProtection has both identifiers of the signer.",
            bare().add_attribute(
                oid::ALGORITHM_PROTECTION,
                &[attribute::algorithm_protection(
                    &Digest::Sha256.identifier(),
                    &scheme.identifier(),
                )],
            ),
        ),
        right(
            "accept/baseline-foreign-certificate-first",
            "M31 T21",
            "Another client's certificate comes before the signer's; nobody is who it says.",
            baseline().certificates(&[pki::mallory_leaf().der(), certificate.clone()]),
        ),
    ]
}

/// Keys and sizes of client certificates.
fn clients() -> Vec<Vector> {
    let scene = Scene::strict();
    let usual = "CN=alice,OU=Service Accounts,O=Example,C=NL";
    let with_key = |id: &str, comment: &str, key: Key| {
        let client = pki::client_leaf_of(key).der();
        let message = MessageForge::strict(&client, Key::PROXY);
        scene.accept(id, ("", "14"), comment, message).about(&client, usual)
    };
    let of = |kind| Key::new(kind, Role::Client);
    vec![
        with_key("accept/client-p256", "A client certificate as CAs issue them.", Key::CLIENT),
        with_key("accept/client-p384", "The client's key is P-384.", of(KeyKind::P384)),
        with_key("accept/client-ed25519", "The client's key is Ed25519.", of(KeyKind::Ed25519)),
        with_key("accept/client-rsa", "The client's key is RSA.", of(KeyKind::Rsa2048)),
    ]
}

/// How a signer can be pinned.
fn pins() -> Vec<Vector> {
    let bare = |key: Key, profile| Signer {
        certificate: None,
        public_key: Some(Octets(key.spki())),
        ..signer(&pki::self_signed_proxy(key), profile)
    };
    let without_extension = pki::self_signed_proxy(Key::PROXY).without(oid::SUBJECT_KEY_IDENTIFIER);
    let scoped = |anchors: &mut ClientAnchors| anchors.anchors.push(octets(&pki::proxy_ca()));
    vec![
        Scene::strict()
            .policy(|policy| policy.signers = Some(vec![bare(Key::PROXY, Profile::Strict)]))
            .accept(
                "accept/pinned-public-key",
                ("", "11.1"),
                "The bare public key is pinned, and found by the SHA-1 of its octets.",
                strict(),
            ),
        Scene::baseline()
            .policy(|policy| policy.signers = Some(vec![bare(Key::PROXY, Profile::Baseline)]))
            .accept(
                "accept/baseline-pinned-public-key",
                ("", "12"),
                "The bare public key is pinned, and sid is its key identifier.",
                baseline().sid(Sid::KeyIdentifier(Key::PROXY.ski())),
            ),
        Scene::strict()
            .policy(|policy| {
                policy.signers = Some(vec![signer(&without_extension, Profile::Strict)]);
            })
            .accept(
                "accept/pinned-certificate-without-key-identifier",
                ("", "4.3"),
                "The pinned certificate has no subjectKeyIdentifier; the SHA-1 of its key counts.",
                strict(),
            ),
        Scene::strict().clients(scoped).accept(
            "accept/several-client-anchors",
            ("C09", "11.3"),
            "There are two client anchors, and the path leads to the first.",
            MessageForge::strict(&alice(), Key::PROXY),
        ),
    ]
}
