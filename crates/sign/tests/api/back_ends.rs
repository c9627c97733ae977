//! Every kind of key, and those refused.

use client_cert_envelope::Certificate;
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    ConfigError, RsaPadding, SignatureAlgorithm, SignatureRejected, SignatureVerifier, SigningKey,
};
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::support::{ED25519, P256, P384, Pair, RSA, certificate, local_key, private_key};

const P256_SEC1: &[u8] = include_bytes!("../../tests-data/p256-sec1-key.pem");
const P384_SEC1: &[u8] = include_bytes!("../../tests-data/p384-sec1-key.pem");
const RSA_PKCS1: &[u8] = include_bytes!("../../tests-data/rsa2048-pkcs1-key.pem");
const RSA_SMALL: &[u8] = include_bytes!("../../tests-data/rsa1024-key.pem");
const SECP256K1: &[u8] = include_bytes!("../../tests-data/secp256k1-key.pem");

fn spki(pair: &Pair) -> Vec<u8> {
    let certificate = certificate(pair.certificate);
    Certificate::from_der(&certificate).unwrap().public_key().der().to_vec()
}

fn check(key: &dyn SigningKey, algorithm: SignatureAlgorithm, pair: &Pair) {
    assert_eq!(key.algorithm(), algorithm);
    let signature = key.sign(b"message").unwrap();
    let spki = spki(pair);
    for verifier in verifiers() {
        let verify = |algorithm, message: &[u8], signature: &[u8]| {
            verifier.verify(algorithm, &spki, message, signature)
        };
        assert_eq!(verify(algorithm, b"message", &signature), Ok(()), "{algorithm:?}");
        assert_eq!(
            verify(algorithm, b"another", &signature),
            Err(SignatureRejected::Invalid),
            "{algorithm:?}"
        );
        let longer = [&signature[..], &[0]].concat();
        assert_eq!(verify(algorithm, b"message", &longer), Err(SignatureRejected::Invalid));
        let other_row = match algorithm {
            SignatureAlgorithm::RsaPssSha256 => SignatureAlgorithm::RsaPkcs1Sha256,
            SignatureAlgorithm::EcdsaP384Sha384 => SignatureAlgorithm::EcdsaP384Sha256,
            _ => SignatureAlgorithm::RsaPssSha256,
        };
        assert_eq!(verify(other_row, b"message", &signature), Err(SignatureRejected::Invalid));
    }
}

fn verifiers() -> Vec<&'static dyn SignatureVerifier> {
    vec![
        aws_lc::VERIFIER,
        #[cfg(feature = "rustcrypto")]
        client_cert_sign::backend::rustcrypto::VERIFIER,
    ]
}

#[test]
fn aws_lc_signs_with_every_kind_and_encoding_of_key() {
    check(&local_key(P256.key), SignatureAlgorithm::EcdsaP256Sha256, &P256);
    check(&local_key(P256_SEC1), SignatureAlgorithm::EcdsaP256Sha256, &P256);
    check(&local_key(P384.key), SignatureAlgorithm::EcdsaP384Sha384, &P384);
    check(&local_key(P384_SEC1), SignatureAlgorithm::EcdsaP384Sha384, &P384);
    check(&local_key(ED25519.key), SignatureAlgorithm::Ed25519, &ED25519);
    check(&local_key(RSA.key), SignatureAlgorithm::RsaPssSha256, &RSA);
    check(&local_key(RSA_PKCS1), SignatureAlgorithm::RsaPssSha256, &RSA);
    let pkcs1 = local_key(RSA.key).with_rsa_padding(RsaPadding::Pkcs1).unwrap();
    check(&pkcs1, SignatureAlgorithm::RsaPkcs1Sha256, &RSA);
}

#[test]
fn aws_lc_refuses_other_keys() {
    let refusal = |pem| aws_lc::LocalKey::from_der(&private_key(pem)).map(drop);
    assert_eq!(refusal(RSA_SMALL), Err(ConfigError::RsaKeySize));
    assert_eq!(refusal(SECP256K1), Err(ConfigError::PrivateKeyUnsupported));
    let garbage = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(&b"garbage"[..]));
    assert_eq!(
        aws_lc::LocalKey::from_der(&garbage).map(drop),
        Err(ConfigError::PrivateKeyUnsupported)
    );
}

#[test]
fn padding_is_for_rsa_keys() {
    for pair in [P256, P384, ED25519] {
        let refused = local_key(pair.key).with_rsa_padding(RsaPadding::Pss);
        assert_eq!(refused.map(drop), Err(ConfigError::PaddingNotRsa));
    }
}

#[test]
fn debug_shows_the_algorithm_and_no_key() {
    assert_eq!(format!("{:?}", local_key(P256.key)), "LocalKey { algorithm: EcdsaP256Sha256, .. }");
}

#[cfg(feature = "rustcrypto")]
mod rustcrypto {
    use client_cert_sign::backend::rustcrypto::LocalKey;

    use super::*;

    fn key(pem: &[u8]) -> LocalKey {
        LocalKey::from_der(&private_key(pem)).unwrap()
    }

    #[test]
    fn signs_with_every_kind_and_encoding_of_key_but_rsa() {
        check(&key(P256.key), SignatureAlgorithm::EcdsaP256Sha256, &P256);
        check(&key(P256_SEC1), SignatureAlgorithm::EcdsaP256Sha256, &P256);
        check(&key(P384.key), SignatureAlgorithm::EcdsaP384Sha384, &P384);
        check(&key(P384_SEC1), SignatureAlgorithm::EcdsaP384Sha384, &P384);
        check(&key(ED25519.key), SignatureAlgorithm::Ed25519, &ED25519);
    }

    #[test]
    fn same_message_has_same_signature() {
        for pair in [P256, P384, ED25519] {
            let key = key(pair.key);
            assert_eq!(key.sign(b"message"), key.sign(b"message"));
        }
    }

    #[test]
    fn rsa_private_keys_are_refused() {
        for pem in [RSA.key, RSA_PKCS1, RSA_SMALL] {
            let refused = LocalKey::from_der(&private_key(pem));
            assert_eq!(refused.map(drop), Err(ConfigError::RsaPrivateKey));
        }
        assert_eq!(
            ConfigError::RsaPrivateKey.to_string(),
            "this back end signs with no RSA key (RUSTSEC-2023-0071, timing): use the aws-lc-rs \
             back end, or a P-256 key"
        );
    }

    #[test]
    fn other_keys_are_refused() {
        let refused = LocalKey::from_der(&private_key(SECP256K1));
        assert_eq!(refused.map(drop), Err(ConfigError::PrivateKeyUnsupported));
    }

    #[test]
    fn debug_shows_the_algorithm_and_no_key() {
        assert_eq!(format!("{:?}", key(ED25519.key)), "LocalKey { algorithm: Ed25519, .. }");
    }
}
