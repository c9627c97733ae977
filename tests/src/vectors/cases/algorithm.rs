//! Stage `algorithm`: identifiers outside the table, pairs that do not fit, and the wrong key.

use crate::algorithm::{self, Digest, Scheme, identifier, pss_identifier, pss_identifier_of};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::vectors::cases::keys::{baseline_scene, pkcs1_only_scene, strict_scene};
use crate::vectors::format::{Backend, Vector};
use crate::vectors::scene::{Scene, baseline, baseline_by, strict, strict_by};
use crate::{attribute, der, oid};

pub(super) fn vectors() -> Vec<Vector> {
    [digests(), ecdsa(), ed25519(), rsa(), rsa_baseline(), keys(), back_end()].concat()
}

fn digests() -> Vec<Vector> {
    let refuse = |scene: Scene, id: &str, threat: &str, comment: &str, message: MessageForge| {
        let section = if id.contains("baseline") { "12" } else { "5" };
        scene.refuse(id, "digest-algorithm", (threat, section), comment, message)
    };
    let odd = identifier(Digest::Sha256.oid(), &der::octet_string(&[0]));
    vec![
        refuse(
            Scene::strict(),
            "algorithm/sha-1",
            "A01",
            "The content is digested with SHA-1.",
            strict().digest(Digest::Sha1),
        ),
        refuse(
            Scene::strict(),
            "algorithm/sha-224",
            "A01",
            "The content is digested with SHA-224.",
            strict().digest(Digest::Sha224),
        ),
        refuse(
            Scene::baseline(),
            "algorithm/baseline-sha-1",
            "A01",
            "What `openssl cms -sign -md sha1` makes: SHA-1 everywhere.",
            baseline().scheme(Scheme::Ecdsa(Digest::Sha1)),
        ),
        refuse(
            Scene::strict(),
            "algorithm/digest-with-null",
            "A06",
            "digestAlgorithm has NULL parameters, which only baseline has.",
            strict().digest_identifier(&Digest::Sha256.identifier_null()),
        ),
        refuse(
            Scene::baseline(),
            "algorithm/baseline-digest-parameters",
            "A06 D05",
            "digestAlgorithm has parameters other than NULL.",
            baseline().digest_identifier(&odd),
        ),
        refuse(
            baseline_scene(Key::PROXY_ED25519),
            "algorithm/baseline-ed25519-digest-with-null",
            "A06",
            "digestAlgorithm has NULL parameters, which Ed25519 rules out.",
            baseline_by(Key::PROXY_ED25519).digest_identifier(&Digest::Sha512.identifier_null()),
        ),
    ]
}

fn ecdsa() -> Vec<Vector> {
    let scene = Scene::strict();
    let labelled = |id: &str, threat: &str, comment: &str, label: Vec<u8>| {
        let sent = strict().signature_identifier(&label);
        scene.refuse(id, "signature-algorithm", (threat, "5"), comment, sent)
    };
    let other = Scheme::Ecdsa(Digest::Sha512);
    vec![
        labelled(
            "algorithm/ecdsa-with-sha512",
            "A02",
            "signatureAlgorithm says ecdsa-with-SHA512; the signature is with SHA-256.",
            other.identifier(),
        ),
        labelled(
            "algorithm/ecdsa-with-sha1",
            "A01 A02",
            "signatureAlgorithm says ecdsa-with-SHA1; the signature is with SHA-256.",
            Scheme::Ecdsa(Digest::Sha1).identifier(),
        ),
        labelled(
            "algorithm/key-oid",
            "A03",
            "signatureAlgorithm is id-ecPublicKey, an algorithm of keys.",
            identifier(algorithm::EC_PUBLIC_KEY, &[]),
        ),
        labelled(
            "algorithm/ecdsa-oid-one-bit-off",
            "A03",
            "One bit of the OID of ecdsa-with-SHA256 is flipped.",
            identifier("1.2.840.10045.4.3.10", &[]),
        ),
        labelled(
            "algorithm/ecdsa-with-null",
            "A06",
            "signatureAlgorithm has NULL parameters.",
            identifier("1.2.840.10045.4.3.2", &der::null()),
        ),
        labelled(
            "algorithm/dsa",
            "A22",
            "signatureAlgorithm is that of DSA with SHA-256.",
            identifier("2.16.840.1.101.3.4.3.2", &[]),
        ),
        scene.refuse(
            "algorithm/all-of-sha512",
            "signature-algorithm",
            ("A17", "5"),
            "Digest and signature are with SHA-512, which no row with a curve has.",
            strict().scheme(other),
        ),
        scene.refuse(
            "algorithm/digest-of-another-row",
            "algorithm-pair",
            ("A02", "5"),
            "The content is digested with SHA-384, and the signature is with SHA-256.",
            strict().digest(Digest::Sha384),
        ),
        scene.refuse(
            "algorithm/label-of-another-row",
            "algorithm-pair",
            ("A02", "5"),
            "signatureAlgorithm says ecdsa-with-SHA384; digest and signature are with SHA-256.",
            strict().signature_identifier(&Scheme::Ecdsa(Digest::Sha384).identifier()),
        ),
        Scene::baseline().refuse(
            "algorithm/protection-differs",
            "algorithm-pair",
            ("M41", "12"),
            "CMSAlgorithmProtection says SHA-512, and the signer uses SHA-256.",
            baseline().add_attribute(
                oid::ALGORITHM_PROTECTION,
                &[attribute::algorithm_protection(
                    &Digest::Sha512.identifier(),
                    &Scheme::Ecdsa(Digest::Sha256).identifier(),
                )],
            ),
        ),
    ]
}

fn ed25519() -> Vec<Vector> {
    let key = Key::PROXY_ED25519;
    let scene = strict_scene(key);
    vec![
        scene.refuse(
            "algorithm/ed25519-with-sha256",
            "algorithm-pair",
            ("A21", "5"),
            "The content is digested with SHA-256, and Ed25519 goes with SHA-512.",
            strict_by(key).digest(Digest::Sha256),
        ),
        scene.refuse(
            "algorithm/ed25519-with-null",
            "signature-algorithm",
            ("A06", "5"),
            "signatureAlgorithm has NULL parameters.",
            strict_by(key).signature_identifier(&identifier("1.3.101.112", &der::null())),
        ),
        scene.refuse(
            "algorithm/ed448",
            "signature-algorithm",
            ("A22", "5"),
            "signatureAlgorithm says Ed448.",
            strict_by(key).signature_identifier(&identifier("1.3.101.113", &[])),
        ),
    ]
}

fn rsa() -> Vec<Vector> {
    let key = Key::PROXY_RSA;
    let scene = strict_scene(key);
    let refuse = |id: &str, threat: &str, comment: &str, message: MessageForge| {
        scene.refuse(id, "signature-algorithm", (threat, "5"), comment, message)
    };
    let labelled = |id: &str, threat: &str, comment: &str, label: Vec<u8>| {
        refuse(id, threat, comment, strict_by(key).signature_identifier(&label))
    };
    let sha256 = Digest::Sha256;
    let with_trailer = pss_identifier_of([
        der::context(0, &sha256.identifier_null()),
        der::context(1, &identifier("1.2.840.113549.1.1.8", &sha256.identifier_null())),
        der::context(2, &der::integer(32)),
        der::context(3, &der::integer(1)),
    ]);
    let absent = identifier(algorithm::RSASSA_PSS, &[]);
    let other_mgf = pss_identifier(sha256, Digest::Sha1, 32);
    vec![
        refuse(
            "algorithm/pkcs1-in-strict",
            "A13 A24",
            "The padding is PKCS #1 v1.5, which only baseline has.",
            strict_by(key).scheme(Scheme::RsaPkcs1(sha256)),
        ),
        refuse(
            "algorithm/pss-sha512-in-strict",
            "A11",
            "RSASSA-PSS is with SHA-512, which only baseline has.",
            strict_by(key).scheme(Scheme::RsaPss(Digest::Sha512)),
        ),
        labelled(
            "algorithm/pss-without-parameters",
            "A10",
            "RSASSA-PSS has no parameters.",
            absent,
        ),
        labelled(
            "algorithm/pss-parameters-empty",
            "A10",
            "RSASSA-PSS has empty parameters, which means SHA-1.",
            pss_identifier_of([[]; 0]),
        ),
        labelled("algorithm/pss-mgf1-with-sha1", "A11", "MGF1 is with SHA-1.", other_mgf),
        labelled(
            "algorithm/pss-salt-of-20",
            "A12",
            "saltLength is 20.",
            pss_identifier(sha256, sha256, 20),
        ),
        labelled(
            "algorithm/pss-with-trailer-field",
            "A12",
            "trailerField is written, with the value that it has anyhow.",
            with_trailer,
        ),
    ]
}

fn rsa_baseline() -> Vec<Vector> {
    let key = Key::PROXY_RSA;
    let pair = |id: &str, threat: &str, comment: &str, label: Scheme| {
        let message = baseline_by(key).digest(Digest::Sha512);
        let sent = message.signature_identifier(&label.identifier());
        baseline_scene(key).refuse(id, "algorithm-pair", (threat, "12"), comment, sent)
    };
    vec![
        pair(
            "algorithm/sha256-with-rsa-and-sha512",
            "A05",
            "signatureAlgorithm says sha256WithRSAEncryption; the digest is SHA-512.",
            Scheme::RsaPkcs1(Digest::Sha256),
        ),
        pair(
            "algorithm/pss-sha256-and-sha512",
            "A11",
            "signatureAlgorithm says RSASSA-PSS with SHA-256; the digest is SHA-512.",
            Scheme::RsaPss(Digest::Sha256),
        ),
        pkcs1_only_scene().refuse(
            "algorithm/padding-not-the-named-one",
            "algorithm-key",
            ("A24", "12"),
            "The padding is RSASSA-PSS, and the signer's entry names PKCS #1 v1.5.",
            baseline_by(key)
                .scheme(Scheme::RsaPss(Digest::Sha256))
                .signature_identifier(&Scheme::RsaPss(Digest::Sha256).identifier()),
        ),
    ]
}

/// The row is in the table, and not the key's.
fn keys() -> Vec<Vector> {
    let refuse = |key: Key, id: &str, comment: &str, message: MessageForge| {
        let scene = strict_scene(key);
        scene.refuse(id, "algorithm-key", ("A17 A19", "5"), comment, message)
    };
    let pss = Scheme::RsaPss(Digest::Sha256);
    vec![
        refuse(
            Key::PROXY_P384,
            "algorithm/p384-with-sha256",
            "A P-384 key signs with SHA-256, which only baseline has.",
            strict_by(Key::PROXY_P384).scheme(Scheme::Ecdsa(Digest::Sha256)),
        ),
        refuse(
            Key::PROXY,
            "algorithm/p256-with-sha384",
            "A P-256 key signs with SHA-384, the row of P-384.",
            strict().scheme(Scheme::Ecdsa(Digest::Sha384)),
        ),
        refuse(
            Key::PROXY,
            "algorithm/rsa-label-on-ecdsa",
            "Both identifiers are those of RSASSA-PSS, and the signer's key is P-256.",
            strict().signature_identifier(&pss.identifier()),
        ),
        refuse(
            Key::PROXY,
            "algorithm/ed25519-label-on-ecdsa",
            "Both identifiers are those of Ed25519, and the signer's key is P-256.",
            strict().digest(Digest::Sha512).signature_identifier(&Scheme::Ed25519.identifier()),
        ),
        refuse(
            Key::PROXY_RSA,
            "algorithm/ecdsa-label-on-rsa",
            "Both identifiers are those of P-256, and the signer's key is RSA.",
            strict_by(Key::PROXY_RSA)
                .signature_identifier(&Scheme::Ecdsa(Digest::Sha256).identifier()),
        ),
    ]
}

/// Stage `internal`.
fn back_end() -> Vec<Vector> {
    vec![strict_scene(Key::PROXY_ED25519).backend(Backend::WithoutEd25519).refuse(
        "internal/algorithm-unavailable",
        "algorithm-unavailable",
        ("A22 A25", "14"),
        "The message is right, and the cryptographic back end has no Ed25519.",
        strict_by(Key::PROXY_ED25519),
    )]
}
