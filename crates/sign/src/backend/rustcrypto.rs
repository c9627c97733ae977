//! The pure-Rust back end. Its ECDSA is deterministic (RFC 6979); its keys are wiped when dropped.

use std::fmt;

use client_cert_envelope::{PublicKey, SignatureAlgorithm};
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, PrivateKeyInfoRef};
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::traits::SignatureScheme;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use rustls_pki_types::PrivateKeyDer;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use signature::hazmat::PrehashVerifier as _;

use crate::error::ConfigError;
use crate::key::{SignFailed, SignatureRejected, SignatureVerifier, SignerKey, SigningKey};

/// A private key in memory. RSA keys are refused: RUSTSEC-2023-0071 is open for every version of
/// the `rsa` crate, which is here to verify only; aws-lc-rs signs with them.
pub struct LocalKey {
    key: Box<dyn SigningKey>,
}

impl LocalKey {
    /// Reads a private key: PKCS#8 or SEC1, unencrypted. P-256 signs with SHA-256, P-384 with
    /// SHA-384.
    ///
    /// # Errors
    /// [`ConfigError::RsaPrivateKey`], or [`ConfigError::PrivateKeyUnsupported`] for anything else.
    pub fn from_der(der: &PrivateKeyDer<'_>) -> Result<Self, ConfigError> {
        match der {
            PrivateKeyDer::Pkcs1(_) => Err(ConfigError::RsaPrivateKey),
            PrivateKeyDer::Sec1(key) => {
                let der = key.secret_sec1_der();
                p256::SecretKey::from_sec1_der(der)
                    .map(Self::p256)
                    .or_else(|_| p384::SecretKey::from_sec1_der(der).map(Self::p384))
                    .map_err(|_| ConfigError::PrivateKeyUnsupported)
            }
            PrivateKeyDer::Pkcs8(key) => Self::from_pkcs8(key.secret_pkcs8_der()),
            _ => Err(ConfigError::PrivateKeyUnsupported),
        }
    }

    fn from_pkcs8(der: &[u8]) -> Result<Self, ConfigError> {
        if let Ok(key) = p256::SecretKey::from_pkcs8_der(der) {
            return Ok(Self::p256(key));
        }
        if let Ok(key) = p384::SecretKey::from_pkcs8_der(der) {
            return Ok(Self::p384(key));
        }
        match ed25519_dalek::SigningKey::from_pkcs8_der(der) {
            Ok(key) => Ok(Self::ed25519(key)),
            Err(_) if is_rsa(der) => Err(ConfigError::RsaPrivateKey),
            Err(_) => Err(ConfigError::PrivateKeyUnsupported),
        }
    }

    fn p256(key: p256::SecretKey) -> Self {
        let key = p256::ecdsa::SigningKey::from(key);
        let algorithm = SignatureAlgorithm::EcdsaP256Sha256;
        Self { key: Box::new(SignerKey::<_, p256::ecdsa::DerSignature>::new(algorithm, key)) }
    }

    fn p384(key: p384::SecretKey) -> Self {
        let key = p384::ecdsa::SigningKey::from(key);
        let algorithm = SignatureAlgorithm::EcdsaP384Sha384;
        Self { key: Box::new(SignerKey::<_, p384::ecdsa::DerSignature>::new(algorithm, key)) }
    }

    fn ed25519(key: ed25519_dalek::SigningKey) -> Self {
        let algorithm = SignatureAlgorithm::Ed25519;
        Self { key: Box::new(SignerKey::<_, ed25519_dalek::Signature>::new(algorithm, key)) }
    }
}

/// Whether a PKCS#8 key is an RSA key, so that the refusal can say why.
fn is_rsa(der: &[u8]) -> bool {
    PrivateKeyInfoRef::try_from(der)
        .is_ok_and(|info| info.algorithm.oid == rsa::pkcs1::ALGORITHM_OID)
}

impl SigningKey for LocalKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        self.key.sign(message)
    }
}

impl fmt::Debug for LocalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").field("algorithm", &self.algorithm()).finish_non_exhaustive()
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
        let key = PublicKey::from_der(public_key_spki).map_err(|_| SignatureRejected::Invalid)?;
        if key.algorithm() != Ok(algorithm.key()) {
            return Err(SignatureRejected::Invalid);
        }
        let bits = key.bits();
        let sha256 = || Sha256::digest(message);
        let sha384 = || Sha384::digest(message);
        let sha512 = || Sha512::digest(message);
        let valid = match algorithm {
            SignatureAlgorithm::EcdsaP256Sha256 => verify_p256(bits, &sha256(), signature),
            SignatureAlgorithm::EcdsaP384Sha256 => verify_p384(bits, &sha256(), signature),
            SignatureAlgorithm::EcdsaP384Sha384 => verify_p384(bits, &sha384(), signature),
            SignatureAlgorithm::Ed25519 => verify_ed25519(bits, message, signature),
            // `Pss::new` demands a salt as long as the digest.
            SignatureAlgorithm::RsaPssSha256 => {
                verify_rsa(bits, Pss::<Sha256>::new(), &sha256(), signature)
            }
            SignatureAlgorithm::RsaPssSha384 => {
                verify_rsa(bits, Pss::<Sha384>::new(), &sha384(), signature)
            }
            SignatureAlgorithm::RsaPssSha512 => {
                verify_rsa(bits, Pss::<Sha512>::new(), &sha512(), signature)
            }
            SignatureAlgorithm::RsaPkcs1Sha256 => {
                verify_rsa(bits, Pkcs1v15Sign::new::<Sha256>(), &sha256(), signature)
            }
            SignatureAlgorithm::RsaPkcs1Sha384 => {
                verify_rsa(bits, Pkcs1v15Sign::new::<Sha384>(), &sha384(), signature)
            }
            SignatureAlgorithm::RsaPkcs1Sha512 => {
                verify_rsa(bits, Pkcs1v15Sign::new::<Sha512>(), &sha512(), signature)
            }
            _ => return Err(SignatureRejected::AlgorithmUnavailable),
        };
        if valid { Ok(()) } else { Err(SignatureRejected::Invalid) }
    }
}

fn verify_p256(point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
    let signature = p256::ecdsa::Signature::from_der(signature);
    matches!((key, signature), (Ok(k), Ok(s)) if k.verify_prehash(digest, &s).is_ok())
}

fn verify_p384(point: &[u8], digest: &[u8], signature: &[u8]) -> bool {
    let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
    let signature = p384::ecdsa::Signature::from_der(signature);
    matches!((key, signature), (Ok(k), Ok(s)) if k.verify_prehash(digest, &s).is_ok())
}

fn verify_ed25519(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = ed25519_dalek::VerifyingKey::try_from(key);
    let signature = ed25519_dalek::Signature::from_slice(signature);
    matches!((key, signature), (Ok(k), Ok(s)) if k.verify_strict(message, &s).is_ok())
}

fn verify_rsa(key: &[u8], padding: impl SignatureScheme, digest: &[u8], signature: &[u8]) -> bool {
    RsaPublicKey::from_pkcs1_der(key).is_ok_and(|k| k.verify(padding, digest, signature).is_ok())
}
