//! Trust anchors, and what the origin demands of client certificates.

use client_cert_envelope::Certificate;
use rustls_pki_types::{CertificateDer, TrustAnchor};

use crate::config_error::ConfigError;
use crate::digest::sha256;
use crate::key::SpkiSha256;

/// A certificate that paths may end in. Its own validity is not judged by the path validator.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) spki_sha256: SpkiSha256,
    pub(crate) trust_anchor: TrustAnchor<'static>,
}

impl Anchor {
    fn new(certificate: &CertificateDer<'_>) -> Result<Self, ConfigError> {
        let parsed = Certificate::from_der(certificate)?;
        let trust_anchor = webpki::anchor_from_trusted_cert(certificate)
            .map_err(|_| ConfigError::AnchorUnusable)?
            .to_owned();
        Ok(Self {
            certificate: certificate.clone().into_owned(),
            spki_sha256: sha256([parsed.public_key().der()]),
            trust_anchor,
        })
    }

    pub(crate) fn all<'c>(
        certificates: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Result<Vec<Self>, ConfigError> {
        let anchors: Result<Vec<Self>, ConfigError> =
            certificates.into_iter().map(|certificate| Self::new(&certificate)).collect();
        match anchors {
            Ok(anchors) if anchors.is_empty() => Err(ConfigError::TrustEmpty),
            other => other,
        }
    }
}

/// Who judges the client's certification path.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientTrust {
    /// The origin, to these anchors.
    Anchors(ClientAnchors),
    /// The proxy: the origin checks only the certificate itself, and demands that the statement
    /// says `validated`.
    ProxyValidation,
}

/// What extKeyUsage of a client certificate must say.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ClientEku {
    /// Anything, or nothing.
    Any,
    /// clientAuth if the extension is present, as TLS stacks do. The default.
    IfPresent,
    /// clientAuth.
    Required,
}

/// What to do about a client whose chain the proxy did not validate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum UnvalidatedChain {
    /// Judge it here, by the client anchors.
    Accept,
    /// Refuse it. The default.
    Refuse,
}

/// The CAs of clients, and what their certificates must be like.
#[derive(Clone, Debug)]
pub struct ClientAnchors {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) intermediates: Vec<CertificateDer<'static>>,
    pub(crate) intermediate_spkis: Vec<SpkiSha256>,
    pub(crate) eku: ClientEku,
    pub(crate) unvalidated: UnvalidatedChain,
}

impl ClientAnchors {
    /// Takes at least one CA certificate.
    ///
    /// # Errors
    /// [`ConfigError`] for none and for a malformed one.
    pub fn new<'c>(
        anchors: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            anchors: Anchor::all(anchors)?,
            intermediates: Vec::new(),
            intermediate_spkis: Vec::new(),
            eku: ClientEku::IfPresent,
            unvalidated: UnvalidatedChain::Refuse,
        })
    }

    /// Intermediate CA certificates, for clients whose proxy sends none.
    ///
    /// # Errors
    /// [`ConfigError`] for a malformed one.
    pub fn with_intermediates<'c>(
        mut self,
        intermediates: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Result<Self, ConfigError> {
        for intermediate in intermediates {
            let parsed = Certificate::from_der(&intermediate)?;
            self.intermediate_spkis.push(sha256([parsed.public_key().der()]));
            self.intermediates.push(intermediate.into_owned());
        }
        Ok(self)
    }

    /// What extKeyUsage must say.
    #[must_use]
    pub const fn with_eku(mut self, eku: ClientEku) -> Self {
        self.eku = eku;
        self
    }

    /// What to do about a client whose chain the proxy did not validate.
    #[must_use]
    pub const fn with_unvalidated(mut self, unvalidated: UnvalidatedChain) -> Self {
        self.unvalidated = unvalidated;
        self
    }

    /// Whether this key is a client CA's.
    pub(crate) fn is_client_ca(&self, spki_sha256: &SpkiSha256) -> bool {
        self.anchors.iter().any(|anchor| anchor.spki_sha256 == *spki_sha256)
            || self.intermediate_spkis.contains(spki_sha256)
    }
}
