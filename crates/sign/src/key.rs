//! What signs, and what checks a signature: two small traits, so that files, tokens and key
//! services all fit.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use client_cert_envelope::SignatureAlgorithm;
use signature::{SignatureEncoding, Signer};

/// A private key that signs within the call. Keys that answer later (a remote service) go through
/// [`HeaderPreparer`](crate::HeaderPreparer) instead.
///
/// `Debug` must not show key material.
pub trait SigningKey: fmt::Debug + Send + Sync {
    /// The row of the algorithm table by which this key signs.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Signs `message` itself, not a digest of it. ECDSA signatures are in DER
    /// (`SEQUENCE { r INTEGER, s INTEGER }`).
    ///
    /// # Errors
    /// [`SignFailed`]: nothing is sent then, and a caller never falls back to an unsigned field.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed>;
}

impl<K: SigningKey + ?Sized> SigningKey for Box<K> {
    fn algorithm(&self) -> SignatureAlgorithm {
        (**self).algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        (**self).sign(message)
    }
}

impl<K: SigningKey + ?Sized> SigningKey for Arc<K> {
    fn algorithm(&self) -> SignatureAlgorithm {
        (**self).algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        (**self).sign(message)
    }
}

/// Checks signatures, for the self-test that ties a key to its certificate.
pub trait SignatureVerifier: fmt::Debug + Send + Sync {
    /// Checks `signature` over `message` with the key of this SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`SignatureRejected`] for anything but a valid signature of this row.
    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        public_key_spki: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureRejected>;
}

/// Any key of the `signature` crate's family as a [`SigningKey`].
///
/// `S` is the encoding of its signatures: for ECDSA the DER form, such as
/// `p256::ecdsa::DerSignature`, not the fixed-length one.
pub struct SignerKey<K, S> {
    algorithm: SignatureAlgorithm,
    key: K,
    encoding: PhantomData<fn() -> S>,
}

impl<K: Signer<S>, S: SignatureEncoding> SignerKey<K, S> {
    /// Takes a key that signs by this row. The self-test of
    /// [`SigningIdentity`](crate::SigningIdentity) finds out if it does not.
    pub const fn new(algorithm: SignatureAlgorithm, key: K) -> Self {
        Self { algorithm, key, encoding: PhantomData }
    }
}

impl<K: Signer<S> + Send + Sync, S: SignatureEncoding> SigningKey for SignerKey<K, S> {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        let signature = self.key.try_sign(message).map_err(|_| SignFailed::Refused)?;
        Ok(signature.to_bytes().as_ref().to_vec())
    }
}

impl<K, S> fmt::Debug for SignerKey<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignerKey").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Why a key did not sign. The three call for three reactions of an operator.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignFailed {
    /// It signed, and the signature is wrong: a fault in computing it. The wrong signature of an
    /// RSA key can give the key away, so it was discarded.
    Fault,
    /// The key or its owner refused: wrong PIN, no permission, a failed operation.
    Refused,
    /// The token or service did not answer.
    Unavailable,
}

impl SignFailed {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fault => "key-fault",
            Self::Refused => "key-refused",
            Self::Unavailable => "key-unavailable",
        }
    }
}

impl fmt::Display for SignFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fault => {
                "the key made a wrong signature, which was discarded: suspect the hardware"
            }
            Self::Refused => "the key refused to sign: check its permissions and its PIN",
            Self::Unavailable => "the token or service that holds the key did not answer",
        })
    }
}

impl std::error::Error for SignFailed {}

/// Why a verifier did not accept a signature.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignatureRejected {
    /// The verifier does not have this row of the algorithm table.
    AlgorithmUnavailable,
    /// The signature, or the key, is not valid.
    Invalid,
}

impl fmt::Display for SignatureRejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlgorithmUnavailable => "the verifier does not have this algorithm",
            Self::Invalid => "the signature is not valid",
        })
    }
}

impl std::error::Error for SignatureRejected {}
