//! The signer with its key at hand.

use std::time::Duration;

use rustls_pki_types::{CertificateDer, UnixTime};

use crate::assertion::Assertion;
use crate::error::{ConfigError, SignError};
use crate::header::SignedHeader;
use crate::identity::SigningIdentity;
use crate::key::{SignatureVerifier, SigningKey};
use crate::prepared::Prepared;
use crate::preparer::HeaderPreparer;

/// Signs statements: prepare, sign, finish in one call.
///
/// A constructor takes certificate and key together and lets them prove that they match, so a
/// reload makes the new signer first and replaces the old one only then.
#[derive(Debug)]
pub struct HeaderSigner {
    preparer: HeaderPreparer,
    key: Box<dyn SigningKey>,
}

impl HeaderSigner {
    /// Signs messages of the strict profile.
    ///
    /// # Errors
    /// [`ConfigError`] if certificate and key do not fit each other or the profile.
    pub fn strict(
        certificate: &CertificateDer<'_>,
        key: Box<dyn SigningKey>,
        verifier: &dyn SignatureVerifier,
    ) -> Result<Self, ConfigError> {
        let identity = SigningIdentity::new(certificate, &key, verifier)?;
        Ok(Self { preparer: HeaderPreparer::strict(identity)?, key })
    }

    /// Signs messages of the baseline profile: no audience, no statement, for origins that already
    /// read such messages.
    ///
    /// # Errors
    /// [`ConfigError`] if certificate and key do not fit each other.
    pub fn baseline(
        certificate: &CertificateDer<'_>,
        key: Box<dyn SigningKey>,
        verifier: &dyn SignatureVerifier,
    ) -> Result<Self, ConfigError> {
        let identity = SigningIdentity::new(certificate, &key, verifier)?;
        Ok(Self { preparer: HeaderPreparer::baseline(identity), key })
    }

    /// See [`HeaderPreparer::with_lifetime`].
    ///
    /// # Errors
    /// [`ConfigError::LifetimeRange`].
    pub fn with_lifetime(self, lifetime: Duration) -> Result<Self, ConfigError> {
        Ok(Self { preparer: self.preparer.with_lifetime(lifetime)?, key: self.key })
    }

    /// See [`HeaderPreparer::with_embedded_signer`].
    ///
    /// # Errors
    /// [`ConfigError`] if one is not exactly one certificate, or there would be more than six.
    pub fn with_embedded_signer(
        self,
        intermediates: &[CertificateDer<'_>],
    ) -> Result<Self, ConfigError> {
        Ok(Self { preparer: self.preparer.with_embedded_signer(intermediates)?, key: self.key })
    }

    /// See [`HeaderPreparer::with_hop`].
    ///
    /// # Errors
    /// [`ConfigError`] if it is not exactly one certificate, or the profile is baseline.
    pub fn with_hop(self, certificate: &CertificateDer<'_>) -> Result<Self, ConfigError> {
        Ok(Self { preparer: self.preparer.with_hop(certificate)?, key: self.key })
    }

    /// See [`HeaderPreparer::with_hop_spki_sha256`].
    ///
    /// # Errors
    /// [`ConfigError::BaselineHop`].
    pub fn with_hop_spki_sha256(self, hop: [u8; 32]) -> Result<Self, ConfigError> {
        Ok(Self { preparer: self.preparer.with_hop_spki_sha256(hop)?, key: self.key })
    }

    /// The signer without its key.
    #[must_use]
    pub const fn preparer(&self) -> &HeaderPreparer {
        &self.preparer
    }

    /// Who signs.
    #[must_use]
    pub const fn identity(&self) -> &SigningIdentity {
        self.preparer.identity()
    }

    /// Signs one statement.
    ///
    /// # Errors
    /// [`SignError`]: refuse the request then.
    pub fn sign(
        &self,
        assertion: &Assertion<'_>,
        now: UnixTime,
    ) -> Result<SignedHeader, SignError> {
        self.finish(self.preparer.prepare(assertion, now)?)
    }

    pub(crate) fn finish(&self, prepared: Prepared<'_>) -> Result<SignedHeader, SignError> {
        let signature = self.key.sign(prepared.to_be_signed())?;
        prepared.finish(&signature)
    }
}
