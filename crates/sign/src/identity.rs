//! Who signs: a certificate, and the proof that the key is its own.

use std::fmt;

use client_cert_envelope::{
    Certificate, DigestAlgorithm, Profile, SignatureAlgorithm, SignerIdentifier, limits,
};
use rustls_pki_types::CertificateDer;

use crate::digest::{sha1, sha256};
use crate::error::ConfigError;
use crate::key::{SignatureRejected, SignatureVerifier, SigningKey};
use crate::signature_form::SignatureForm;

/// First octets of what the self-test signs. Never 31, the SET OF that messages sign, so that a
/// self-test's signature is nothing else's.
const SELF_TEST_LABEL: &[u8] = b"signed-client-cert key self-test v1\0";

/// A signer's certificate whose key was shown to be at hand. It holds no private key.
#[derive(Clone, Eq, PartialEq)]
pub struct SigningIdentity {
    certificate: CertificateDer<'static>,
    algorithm: SignatureAlgorithm,
    signature_form: SignatureForm,
    spki: Vec<u8>,
    spki_sha256: [u8; 32],
    key_identifier: Vec<u8>,
    issuer_and_serial: Vec<u8>,
}

impl SigningIdentity {
    /// Ties a certificate and a key together: the certificate is read strictly, its key must be of
    /// the algorithm table and its keyUsage, if present, allow signatures; then the key signs a
    /// self-test that must verify with the certificate.
    ///
    /// # Errors
    /// [`ConfigError`], above all [`ConfigError::KeyMismatch`].
    pub fn new(
        certificate: &CertificateDer<'_>,
        key: &dyn SigningKey,
        verifier: &dyn SignatureVerifier,
    ) -> Result<Self, ConfigError> {
        let challenge = Self::challenge(certificate, key.algorithm())?;
        let signature = key.sign(challenge.message()).map_err(ConfigError::KeyFailed)?;
        challenge.finish(&signature, verifier)
    }

    /// The same in two steps, for a key that answers later.
    ///
    /// # Errors
    /// [`ConfigError`] where the certificate is refused, or its key does not sign by `algorithm`.
    pub fn challenge(
        certificate: &CertificateDer<'_>,
        algorithm: SignatureAlgorithm,
    ) -> Result<IdentityChallenge, ConfigError> {
        let read = Certificate::from_der(certificate)?;
        let public_key = read.public_key();
        if public_key.algorithm()? != algorithm.key() {
            return Err(ConfigError::KeyMismatch);
        }
        let signature_form =
            SignatureForm::of(public_key).ok_or(ConfigError::PublicKeyUnsupported)?;
        if read.key_usage().is_some_and(|usage| !usage.digital_signature()) {
            return Err(ConfigError::KeyUsage);
        }
        let key_identifier = key_identifier(&read)?;
        let spki_sha256 = sha256(public_key.der());
        let identity = Self {
            certificate: certificate.clone().into_owned(),
            algorithm,
            signature_form,
            spki: public_key.der().to_vec(),
            spki_sha256,
            key_identifier,
            issuer_and_serial: read.issuer_and_serial_number(),
        };
        Ok(IdentityChallenge { identity, message: [SELF_TEST_LABEL, &spki_sha256].concat() })
    }

    /// The signer's certificate.
    #[must_use]
    pub const fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// The row of the algorithm table by which its key signs.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Whether the certificate's key verifies this signature.
    pub(crate) fn verify(
        &self,
        message: &[u8],
        signature: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<(), SignatureRejected> {
        verifier.verify(self.algorithm, &self.spki, message, signature)
    }

    /// SHA-256 of the SubjectPublicKeyInfo: what verifiers pin, and what a hop is named by.
    #[must_use]
    pub const fn spki_sha256(&self) -> &[u8; 32] {
        &self.spki_sha256
    }

    /// What names the signer in strict messages: the subjectKeyIdentifier extension, or without
    /// one the SHA-1 of the public key (RFC 5280 §4.2.1.2 method 1).
    #[must_use]
    pub fn key_identifier(&self) -> &[u8] {
        &self.key_identifier
    }

    pub(crate) fn signer_identifier(&self, profile: Profile) -> SignerIdentifier<'_> {
        if profile == Profile::Strict {
            SignerIdentifier::SubjectKeyIdentifier(&self.key_identifier)
        } else {
            SignerIdentifier::IssuerAndSerialNumber(&self.issuer_and_serial)
        }
    }

    pub(crate) const fn digest_algorithm(&self) -> DigestAlgorithm {
        self.algorithm.digest()
    }

    pub(crate) const fn signature_form(&self) -> SignatureForm {
        self.signature_form
    }
}

impl fmt::Debug for SigningIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningIdentity")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

/// A certificate that waits for the proof that its key is at hand.
#[must_use = "an identity exists only after `finish`"]
#[derive(Debug)]
pub struct IdentityChallenge {
    identity: SigningIdentity,
    message: Vec<u8>,
}

impl IdentityChallenge {
    /// What the key has to sign, as it signs messages.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// Takes the signature, and gives the identity if it verifies with the certificate's key.
    ///
    /// # Errors
    /// [`ConfigError::KeyMismatch`] if it does not.
    pub fn finish(
        self,
        signature: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<SigningIdentity, ConfigError> {
        let identity = self.identity;
        match identity.verify(&self.message, signature, verifier) {
            Ok(()) => Ok(identity),
            Err(SignatureRejected::AlgorithmUnavailable) => Err(ConfigError::AlgorithmUnavailable),
            Err(SignatureRejected::Invalid) => Err(ConfigError::KeyMismatch),
        }
    }
}

fn key_identifier(certificate: &Certificate<'_>) -> Result<Vec<u8>, ConfigError> {
    match certificate.subject_key_identifier() {
        None => Ok(sha1(certificate.public_key().bits()).to_vec()),
        Some(octets) if (1..=limits::MAX_KEY_IDENTIFIER).contains(&octets.len()) => {
            Ok(octets.to_vec())
        }
        Some(_) => Err(ConfigError::KeyIdentifierLength),
    }
}
