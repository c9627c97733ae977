//! Pinned signers: certificates or public keys that the origin was configured with.

use std::sync::Arc;

use client_cert_envelope::{
    Audience, Certificate, KeyAlgorithm, Profile, PublicKey, RsaPadding, SignerIdentifier,
    Validity, limits,
};
use rustls_pki_types::{CertificateDer, SubjectPublicKeyInfoDer};

use crate::config_error::ConfigError;
use crate::key::{TrustedKey, key_identifier, key_identifier_of_bits};

/// One signer: a name for logs, a key, and what it may assert.
#[derive(Clone, Debug)]
pub struct PinnedSigner {
    pub(crate) name: Arc<str>,
    pub(crate) key: TrustedKey,
    pub(crate) key_identifier: Vec<u8>,
    /// For baseline, which may name its signer so; a bare key has none.
    pub(crate) issuer_and_serial_number: Option<Vec<u8>>,
    pub(crate) certificate: Option<CertificateDer<'static>>,
    pub(crate) validity: Option<Validity>,
    pub(crate) profile: Profile,
    pub(crate) scope: Scope,
    pub(crate) padding: Option<RsaPadding>,
}

/// What a signer may assert; nothing set means whatever the policy accepts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    pub(crate) audiences: Option<Vec<Audience>>,
    pub(crate) client_anchors: Option<Vec<CertificateDer<'static>>>,
}

impl Scope {
    pub(crate) fn set_audiences(&mut self, audiences: impl IntoIterator<Item = Audience>) {
        self.audiences = Some(audiences.into_iter().collect());
    }

    pub(crate) fn set_client_anchors<'c>(
        &mut self,
        anchors: impl IntoIterator<Item = CertificateDer<'c>>,
    ) {
        let anchors = anchors.into_iter().map(CertificateDer::into_owned);
        self.client_anchors = Some(anchors.collect());
    }
}

impl PinnedSigner {
    /// Pins the key of this certificate. The certificate's validity is judged at every message; to
    /// be free of dates, pin the public key.
    ///
    /// # Errors
    /// [`ConfigError`] for a malformed certificate, a key outside the table (RSA below 2048 bits
    /// among them), or a keyUsage without digitalSignature.
    pub fn certificate(name: &str, certificate: &CertificateDer<'_>) -> Result<Self, ConfigError> {
        let parsed = Certificate::from_der(certificate)?;
        if parsed.key_usage().is_some_and(|usage| !usage.digital_signature()) {
            return Err(ConfigError::KeyUsage);
        }
        let key_identifier = key_identifier(&parsed);
        if !(1..=limits::MAX_KEY_IDENTIFIER).contains(&key_identifier.len()) {
            return Err(ConfigError::KeyIdentifierLength);
        }
        Ok(Self {
            name: name.into(),
            key: TrustedKey::new(parsed.public_key())?,
            key_identifier,
            issuer_and_serial_number: Some(parsed.issuer_and_serial_number()),
            certificate: Some(certificate.clone().into_owned()),
            validity: Some(parsed.validity()),
            profile: Profile::Strict,
            scope: Scope::default(),
            padding: None,
        })
    }

    /// Pins a bare public key. Messages must name it by the SHA-1 of its octets (RFC 5280 §4.2.1.2
    /// method 1), which is what certificates usually have for subjectKeyIdentifier.
    ///
    /// # Errors
    /// [`ConfigError`] for a malformed key or one outside the table.
    pub fn public_key(name: &str, spki: &SubjectPublicKeyInfoDer<'_>) -> Result<Self, ConfigError> {
        let parsed = PublicKey::from_der(spki)?;
        Ok(Self {
            name: name.into(),
            key: TrustedKey::new(&parsed)?,
            key_identifier: key_identifier_of_bits(&parsed),
            issuer_and_serial_number: None,
            certificate: None,
            validity: None,
            profile: Profile::Strict,
            scope: Scope::default(),
            padding: None,
        })
    }

    /// The one profile this signer uses; strict unless set.
    #[must_use]
    pub const fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The audiences it may assert; all of the policy's unless set.
    #[must_use]
    pub fn with_audiences(mut self, audiences: impl IntoIterator<Item = Audience>) -> Self {
        self.scope.set_audiences(audiences);
        self
    }

    /// The client anchors it may assert clients of; all of the policy's unless set.
    #[must_use]
    pub fn with_client_anchors<'c>(
        mut self,
        anchors: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Self {
        self.scope.set_client_anchors(anchors);
        self
    }

    /// The one RSA padding it uses; in baseline either is accepted unless set.
    #[must_use]
    pub const fn with_padding(mut self, padding: RsaPadding) -> Self {
        self.padding = Some(padding);
        self
    }

    pub(crate) fn answers_to(&self, identifier: SignerIdentifier<'_>) -> bool {
        match identifier {
            SignerIdentifier::SubjectKeyIdentifier(octets) => self.key_identifier == octets,
            SignerIdentifier::IssuerAndSerialNumber(whole) => {
                self.issuer_and_serial_number.as_deref() == Some(whole)
            }
            _ => false,
        }
    }
}

/// A checked set of pinned signers.
#[derive(Clone, Debug)]
pub struct PinnedSigners(pub(crate) Vec<PinnedSigner>);

impl PinnedSigners {
    /// Takes at least one signer.
    ///
    /// # Errors
    /// [`ConfigError`] for none, for the same key twice, for one key identifier (or issuer and
    /// serial number) of two keys, and for a padding that does not fit.
    pub fn new(signers: impl IntoIterator<Item = PinnedSigner>) -> Result<Self, ConfigError> {
        let signers: Vec<PinnedSigner> = signers.into_iter().collect();
        if signers.is_empty() {
            return Err(ConfigError::TrustEmpty);
        }
        for (index, signer) in signers.iter().enumerate() {
            for earlier in signers.iter().take(index) {
                if earlier.key.spki_sha256 == signer.key.spki_sha256 {
                    return Err(ConfigError::SignerRepeated);
                }
                let same_serial = earlier.issuer_and_serial_number.is_some()
                    && earlier.issuer_and_serial_number == signer.issuer_and_serial_number;
                if earlier.key_identifier == signer.key_identifier {
                    return Err(ConfigError::KeyIdentifierRepeated);
                }
                if same_serial {
                    return Err(ConfigError::IssuerSerialRepeated);
                }
            }
            let fits = match signer.padding {
                None => true,
                Some(_) if signer.key.algorithm != KeyAlgorithm::Rsa => false,
                Some(padding) => signer.profile == Profile::Baseline || padding == RsaPadding::Pss,
            };
            if !fits {
                return Err(ConfigError::Padding);
            }
        }
        Ok(Self(signers))
    }
}
