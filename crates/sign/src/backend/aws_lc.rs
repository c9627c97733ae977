//! The fast back end: [aws-lc-rs](https://docs.rs/aws-lc-rs). Its keys are wiped when dropped.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature as lc;
use client_cert_envelope::{PublicKey, RsaPadding, SignatureAlgorithm};
use lc::{EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair};
use rustls_pki_types::PrivateKeyDer;

use crate::error::ConfigError;
use crate::key::{SignFailed, SignatureRejected, SignatureVerifier, SigningKey};

/// RSA moduli of the algorithm table, in octets.
const RSA_OCTETS: std::ops::RangeInclusive<usize> = 256..=512;

/// A private key in memory.
pub struct LocalKey {
    key: Key,
    algorithm: SignatureAlgorithm,
}

enum Key {
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

impl LocalKey {
    /// Reads a private key: PKCS#8, SEC1 or PKCS#1, unencrypted. P-256 signs with SHA-256, P-384
    /// with SHA-384, RSA by PSS with SHA-256.
    ///
    /// # Errors
    /// [`ConfigError::RsaKeySize`], or [`ConfigError::PrivateKeyUnsupported`] for anything else.
    pub fn from_der(der: &PrivateKeyDer<'_>) -> Result<Self, ConfigError> {
        match der {
            PrivateKeyDer::Pkcs1(key) => Self::rsa(RsaKeyPair::from_der(key.secret_pkcs1_der())),
            PrivateKeyDer::Sec1(key) => Self::ecdsa(|curve| {
                EcdsaKeyPair::from_private_key_der(curve, key.secret_sec1_der())
            })
            .ok_or(ConfigError::PrivateKeyUnsupported),
            PrivateKeyDer::Pkcs8(key) => Self::from_pkcs8(key.secret_pkcs8_der()),
            _ => Err(ConfigError::PrivateKeyUnsupported),
        }
    }

    fn from_pkcs8(der: &[u8]) -> Result<Self, ConfigError> {
        if let Some(key) = Self::ecdsa(|curve| EcdsaKeyPair::from_pkcs8(curve, der)) {
            return Ok(key);
        }
        if let Ok(key) = Ed25519KeyPair::from_pkcs8(der) {
            return Ok(Self { key: Key::Ed25519(key), algorithm: SignatureAlgorithm::Ed25519 });
        }
        Self::rsa(RsaKeyPair::from_pkcs8(der))
    }

    /// Tries both curves: only the parser knows which one the key is on.
    fn ecdsa(
        read: impl Fn(
            &'static lc::EcdsaSigningAlgorithm,
        ) -> Result<EcdsaKeyPair, aws_lc_rs::error::KeyRejected>,
    ) -> Option<Self> {
        let curves = [
            (&lc::ECDSA_P256_SHA256_ASN1_SIGNING, SignatureAlgorithm::EcdsaP256Sha256),
            (&lc::ECDSA_P384_SHA384_ASN1_SIGNING, SignatureAlgorithm::EcdsaP384Sha384),
        ];
        curves.into_iter().find_map(|(curve, algorithm)| {
            let key = Key::Ecdsa(read(curve).ok()?);
            Some(Self { key, algorithm })
        })
    }

    fn rsa(read: Result<RsaKeyPair, aws_lc_rs::error::KeyRejected>) -> Result<Self, ConfigError> {
        match read {
            Ok(key) if RSA_OCTETS.contains(&key.public_modulus_len()) => {
                Ok(Self { key: Key::Rsa(key), algorithm: SignatureAlgorithm::RsaPssSha256 })
            }
            Ok(_) => Err(ConfigError::RsaKeySize),
            Err(rejected) if matches!(rejected.description_(), "TooSmall" | "TooLarge") => {
                Err(ConfigError::RsaKeySize)
            }
            Err(_) => Err(ConfigError::PrivateKeyUnsupported),
        }
    }

    /// Sets the padding of an RSA key: PSS unless set. Only baseline signers take PKCS#1 v1.5.
    ///
    /// # Errors
    /// [`ConfigError::PaddingNotRsa`] for another kind of key.
    pub fn with_rsa_padding(self, padding: RsaPadding) -> Result<Self, ConfigError> {
        let algorithm = match (&self.key, padding) {
            (Key::Rsa(_), RsaPadding::Pss) => SignatureAlgorithm::RsaPssSha256,
            (Key::Rsa(_), RsaPadding::Pkcs1) => SignatureAlgorithm::RsaPkcs1Sha256,
            _ => return Err(ConfigError::PaddingNotRsa),
        };
        Ok(Self { algorithm, ..self })
    }
}

impl SigningKey for LocalKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        match &self.key {
            Key::Ecdsa(key) => key
                .sign(&SystemRandom::new(), message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| SignFailed::Refused),
            Key::Ed25519(key) => key
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| SignFailed::Refused),
            Key::Rsa(key) => sign_rsa(key, self.algorithm, message),
        }
    }
}

/// A fault while signing with the CRT would give the key's primes away, and verifying costs a
/// twentieth of signing, so every signature is verified before it leaves.
fn sign_rsa(
    key: &RsaKeyPair,
    algorithm: SignatureAlgorithm,
    message: &[u8],
) -> Result<Vec<u8>, SignFailed> {
    let (padding, verifying): (&'static dyn lc::RsaEncoding, _) = match algorithm.padding() {
        Some(RsaPadding::Pkcs1) => (&lc::RSA_PKCS1_SHA256, &lc::RSA_PKCS1_2048_8192_SHA256),
        _ => (&lc::RSA_PSS_SHA256, &lc::RSA_PSS_2048_8192_SHA256),
    };
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(padding, &SystemRandom::new(), message, &mut signature)
        .map_err(|_| SignFailed::Refused)?;
    lc::UnparsedPublicKey::new(verifying, key.public_key())
        .verify(message, &signature)
        .map_err(|_| SignFailed::Fault)?;
    Ok(signature)
}

impl fmt::Debug for LocalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Verifies every row of the algorithm table.
pub static VERIFIER: &dyn SignatureVerifier = &Verifier;

#[derive(Debug)]
struct Verifier;

impl SignatureVerifier for Verifier {
    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        public_key_spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureRejected> {
        let scheme: &'static dyn lc::VerificationAlgorithm = match algorithm {
            SignatureAlgorithm::EcdsaP256Sha256 => &lc::ECDSA_P256_SHA256_ASN1,
            SignatureAlgorithm::EcdsaP384Sha256 => &lc::ECDSA_P384_SHA256_ASN1,
            SignatureAlgorithm::EcdsaP384Sha384 => &lc::ECDSA_P384_SHA384_ASN1,
            SignatureAlgorithm::Ed25519 => &lc::ED25519,
            SignatureAlgorithm::RsaPssSha256 => &lc::RSA_PSS_2048_8192_SHA256,
            SignatureAlgorithm::RsaPssSha384 => &lc::RSA_PSS_2048_8192_SHA384,
            SignatureAlgorithm::RsaPssSha512 => &lc::RSA_PSS_2048_8192_SHA512,
            SignatureAlgorithm::RsaPkcs1Sha256 => &lc::RSA_PKCS1_2048_8192_SHA256,
            SignatureAlgorithm::RsaPkcs1Sha384 => &lc::RSA_PKCS1_2048_8192_SHA384,
            SignatureAlgorithm::RsaPkcs1Sha512 => &lc::RSA_PKCS1_2048_8192_SHA512,
            _ => return Err(SignatureRejected::AlgorithmUnavailable),
        };
        let key = PublicKey::from_der(public_key_spki).map_err(|_| SignatureRejected::Invalid)?;
        if key.algorithm() != Ok(algorithm.key()) {
            return Err(SignatureRejected::Invalid);
        }
        lc::UnparsedPublicKey::new(scheme, key.bits())
            .verify(message, signature)
            .map_err(|_| SignatureRejected::Invalid)
    }
}
