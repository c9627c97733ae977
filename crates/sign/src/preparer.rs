//! Everything of signing but the key: from an assertion to the octets to sign.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use client_cert_envelope::{
    Certificate, ContentType, DigestAlgorithm, Profile, SigningTime, Statement,
    encode_bag_certificates, encode_signed_attributes, limits,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::assertion::{Assertion, Stated};
use crate::digest::{MessageDigest, sha256};
use crate::error::{ConfigError, SignError};
use crate::identity::SigningIdentity;
use crate::peer::PeerCertificate;
use crate::prepared::Prepared;

/// What a statement's lifetime is by default.
const DEFAULT_LIFETIME: u32 = 300;

/// Longest lifetime: no verifier accepts more, although the format can say a day.
const LONGEST_LIFETIME: u64 = 3600;

/// Prepares statements for a key that is elsewhere: a token, or a service that answers later.
/// [`HeaderSigner`](crate::HeaderSigner) is this with a key at hand.
#[derive(Clone, Debug)]
pub struct HeaderPreparer {
    identity: SigningIdentity,
    profile: Profile,
    lifetime: u32,
    embedded: Option<EmbeddedSigner>,
    hop: Option<[u8; 32]>,
}

/// The signer's own certificates, and the bag of messages that carry only these.
#[derive(Clone)]
struct EmbeddedSigner {
    certificates: Vec<CertificateDer<'static>>,
    bag: Vec<u8>,
    evidence: [u8; 32],
}

impl fmt::Debug for EmbeddedSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} certificates", self.certificates.len())
    }
}

impl HeaderPreparer {
    /// Prepares messages of the strict profile.
    ///
    /// # Errors
    /// [`ConfigError::AlgorithmNotStrict`].
    pub fn strict(identity: SigningIdentity) -> Result<Self, ConfigError> {
        if identity.algorithm().is_in(Profile::Strict) {
            Ok(Self::new(identity, Profile::Strict))
        } else {
            Err(ConfigError::AlgorithmNotStrict)
        }
    }

    /// Prepares messages of the baseline profile: no audience, no statement, for origins that
    /// already read such messages.
    #[must_use]
    pub const fn baseline(identity: SigningIdentity) -> Self {
        Self::new(identity, Profile::Baseline)
    }

    const fn new(identity: SigningIdentity, profile: Profile) -> Self {
        Self { identity, profile, lifetime: DEFAULT_LIFETIME, embedded: None, hop: None }
    }

    /// How long a statement holds: 300 s unless set. Baseline messages do not carry it: there it
    /// should be the oldest age that the origins accept, and decides when to sign again.
    ///
    /// # Errors
    /// [`ConfigError::LifetimeRange`] unless it is whole seconds from 1 to 3600.
    pub fn with_lifetime(mut self, lifetime: Duration) -> Result<Self, ConfigError> {
        let seconds = lifetime.as_secs();
        if lifetime.subsec_nanos() != 0 || !(1..=LONGEST_LIFETIME).contains(&seconds) {
            return Err(ConfigError::LifetimeRange);
        }
        self.lifetime = u32::try_from(seconds).map_err(|_| ConfigError::LifetimeRange)?;
        Ok(self)
    }

    /// Puts the signer's certificate and these intermediates into every message, for origins that
    /// trust a proxy CA and do not see the certificate otherwise. It costs some 600 characters a
    /// certificate.
    ///
    /// # Errors
    /// [`ConfigError`] if one is not exactly one certificate, or there would be more than six.
    pub fn with_embedded_signer(
        mut self,
        intermediates: &[CertificateDer<'_>],
    ) -> Result<Self, ConfigError> {
        let mut certificates = vec![self.identity.certificate().clone()];
        for certificate in intermediates {
            Certificate::from_der(certificate)?;
            certificates.push(certificate.clone().into_owned());
        }
        if certificates.len() > limits::MAX_BAG_CERTIFICATES {
            return Err(ConfigError::TooManyCertificates { count: certificates.len() });
        }
        let bag = encode_bag_certificates(certificates.iter().map(AsRef::as_ref));
        let evidence = sha256(&bag);
        self.embedded = Some(EmbeddedSigner { certificates, bag, evidence });
        Ok(self)
    }

    /// Names the certificate with which the proxy authenticates to the origin, where it is not the
    /// signer's own.
    ///
    /// # Errors
    /// [`ConfigError`] if it is not exactly one certificate, or the profile is baseline.
    pub fn with_hop(self, certificate: &CertificateDer<'_>) -> Result<Self, ConfigError> {
        let spki = Certificate::from_der(certificate)?.public_key().der();
        self.with_hop_spki_sha256(sha256(spki))
    }

    /// As [`Self::with_hop`], by the SHA-256 of that certificate's SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`ConfigError::BaselineHop`].
    pub fn with_hop_spki_sha256(mut self, hop: [u8; 32]) -> Result<Self, ConfigError> {
        if self.profile != Profile::Strict {
            return Err(ConfigError::BaselineHop);
        }
        self.hop = Some(hop);
        Ok(self)
    }

    /// Who signs.
    #[must_use]
    pub const fn identity(&self) -> &SigningIdentity {
        &self.identity
    }

    /// The profile of its messages.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// How long its statements hold.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        Duration::from_secs(self.lifetime.into())
    }

    /// Makes the octets to sign.
    ///
    /// # Errors
    /// [`SignError`] says what does not fit.
    pub fn prepare<'a>(
        &'a self,
        assertion: &'a Assertion<'_>,
        now: UnixTime,
    ) -> Result<Prepared<'a>, SignError> {
        let strict = self.profile == Profile::Strict;
        if strict != assertion.statement().is_some() {
            return Err(SignError::AssertionProfile);
        }
        let client = assertion.client();
        if client.is_some_and(|client| client.spki_sha256() == self.identity.spki_sha256()) {
            return Err(SignError::SignerIsClient);
        }
        let signing_time =
            SigningTime::from_unix_seconds(now.as_secs()).ok_or(SignError::SigningTime)?;
        let content = client.map(PeerCertificate::certificate).map_or(&[][..], AsRef::as_ref);
        let content_type = match client {
            None => ContentType::NoCertificate,
            Some(_) if strict => ContentType::Certificate,
            Some(_) => ContentType::Data,
        };
        let digest = match (client, self.identity.digest_algorithm()) {
            (Some(client), DigestAlgorithm::Sha256) => MessageDigest::new(client.sha256()),
            (_, algorithm) => MessageDigest::of(algorithm, content),
        };
        let digest = digest.ok_or(SignError::AlgorithmUnavailable)?;
        let bag = self.bag(assertion.client_chain())?;
        let evidence = bag.as_ref().map(|bag| bag.evidence);
        let statement = assertion.statement().map(|stated| self.statement(stated, evidence));
        let signed_attributes = encode_signed_attributes(
            content_type,
            digest.as_slice(),
            signing_time,
            statement.as_ref(),
        );
        let certificates = bag.map(|bag| bag.field);
        Ok(Prepared::new(self, content_type, content, certificates, signed_attributes, now))
    }

    fn statement<'a>(&self, stated: &'a Stated<'_>, evidence: Option<[u8; 32]>) -> Statement<'a> {
        Statement {
            audience: stated.audience.as_str(),
            lifetime: self.lifetime,
            connection: stated.handshake.connection,
            client_chain: stated.client_chain,
            protocol: stated.handshake.protocol,
            resumption: stated.handshake.resumption,
            hop: self.hop,
            request: stated.request,
            evidence,
            possession: None,
        }
    }

    /// The `certificates` field with its digest; none if there are none.
    fn bag(&self, client_chain: &[CertificateDer<'_>]) -> Result<Option<Bag<'_>>, SignError> {
        let embedded = match (&self.embedded, client_chain) {
            (None, []) => return Ok(None),
            (Some(embedded), []) => {
                let field = Cow::Borrowed(embedded.bag.as_slice());
                return Ok(Some(Bag { field, evidence: embedded.evidence }));
            }
            (embedded, _) => {
                embedded.as_ref().map_or(&[][..], |embedded| embedded.certificates.as_slice())
            }
        };
        let count = embedded.len().saturating_add(client_chain.len());
        if count > limits::MAX_BAG_CERTIFICATES {
            return Err(SignError::TooManyCertificates { count });
        }
        let certificates = embedded.iter().chain(client_chain).map(AsRef::as_ref);
        let field = encode_bag_certificates(certificates);
        let evidence = sha256(&field);
        Ok(Some(Bag { field: Cow::Owned(field), evidence }))
    }
}

struct Bag<'a> {
    field: Cow<'a, [u8]>,
    evidence: [u8; 32],
}
