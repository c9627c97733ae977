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
}

/// Anchors, and the same in the path validator's form, index by index.
#[derive(Clone, Debug)]
pub(crate) struct Anchors {
    pub(crate) entries: Vec<Anchor>,
    pub(crate) trust_anchors: Vec<TrustAnchor<'static>>,
}

impl Anchors {
    pub(crate) fn new<'c>(
        certificates: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Result<Self, ConfigError> {
        let mut anchors = Self { entries: Vec::new(), trust_anchors: Vec::new() };
        for certificate in certificates {
            let parsed = Certificate::from_der(&certificate)?;
            // The path validator takes any certificate for an anchor; a client's among them would
            // make its holder a CA. Roots of version 1 have no extensions to say that they are one.
            let may_certify =
                parsed.is_ca() && parsed.key_usage().is_none_or(|usage| usage.key_cert_sign());
            if parsed.version() == 3 && !may_certify {
                return Err(ConfigError::AnchorUnusable);
            }
            let trust_anchor = webpki::anchor_from_trusted_cert(&certificate)
                .map_err(|_| ConfigError::AnchorUnusable)?
                .to_owned();
            let spki_sha256 = sha256([parsed.public_key().der()]);
            anchors.trust_anchors.push(trust_anchor);
            anchors.entries.push(Anchor { certificate: certificate.into_owned(), spki_sha256 });
        }
        if anchors.entries.is_empty() { Err(ConfigError::TrustEmpty) } else { Ok(anchors) }
    }

    /// The entry of an anchor in the path validator's form.
    pub(crate) fn entry(&self, trust_anchor: &TrustAnchor<'_>) -> Option<&Anchor> {
        let found = self.trust_anchors.iter().zip(&self.entries);
        found.into_iter().find(|(candidate, _)| *candidate == trust_anchor).map(|(_, entry)| entry)
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
    pub(crate) anchors: Anchors,
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
            anchors: Anchors::new(anchors)?,
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
        self.anchors.entries.iter().any(|anchor| anchor.spki_sha256 == *spki_sha256)
            || self.intermediate_spkis.contains(spki_sha256)
    }
}
