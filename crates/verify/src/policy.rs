//! What an origin accepts.

use core::time::Duration;

use client_cert_envelope::{AcceptedProfiles, Audience, Profile};
use rustls_pki_types::CertificateDer;

use crate::anchor::{ClientTrust, UnvalidatedChain};
use crate::config_error::ConfigError;
use crate::pinned::{PinnedSigners, Scope};
use crate::proxy_ca::ProxyCa;
use crate::replay::ReplayPolicy;

/// Who may sign. There is no third way: neither the hop, nor what a message carries, is trust.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SignerTrust {
    /// Configured certificates or public keys.
    Pinned(PinnedSigners),
    /// Certificates of a CA for proxies.
    ProxyCa(ProxyCa),
}

/// What to do about a statement that no client certificate was presented.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AbsencePolicy {
    /// Accept it, without an identity.
    Accept,
    /// Refuse it. The default.
    Refuse,
}

/// Whether a message must come over a TLS connection of its signer, or of the hop it states.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum HopPolicy {
    /// Accept messages over any connection. Whoever gets hold of a message can use it until it
    /// expires. A stated hop that differs from a visible peer is refused even so.
    AllowUnbound,
    /// Demand it. The default.
    Require,
}

/// Whether a message must be bound to its request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum RequestPolicy {
    /// Check the binding where there is one. The default.
    CheckIfPresent,
    /// Demand it.
    Require,
}

const DEFAULT_MAX_LIFETIME: Duration = Duration::from_secs(600);
const DEFAULT_MAX_AGE: Duration = Duration::from_secs(300);
const DEFAULT_SKEW: Duration = Duration::from_secs(30);
const LONGEST_AGE: Duration = Duration::from_secs(3600);
const LONGEST_SKEW: Duration = Duration::from_secs(300);

/// A checked policy. What must be known is an argument of [`Policy::new`]; what has a safe default
/// can be changed after.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) trust: SignerTrust,
    pub(crate) audiences: Vec<Audience>,
    pub(crate) client: ClientTrust,
    pub(crate) accepted: AcceptedProfiles,
    pub(crate) absence: AbsencePolicy,
    pub(crate) hop: HopPolicy,
    pub(crate) request: RequestPolicy,
    pub(crate) max_lifetime: Duration,
    pub(crate) max_age: Duration,
    pub(crate) skew: Duration,
    pub(crate) replay: ReplayPolicy,
}

impl Policy {
    /// Takes who may sign, this origin's audiences, and who judges the client's certification path.
    ///
    /// Audiences go with strict signers; where all signers use baseline there must be none.
    ///
    /// # Errors
    /// [`ConfigError`] for a missing or pointless audience, for a key that is an anchor of both
    /// proxies and clients, and for a scope that the policy contradicts.
    pub fn new(
        trust: SignerTrust,
        audiences: impl IntoIterator<Item = Audience>,
        client: ClientTrust,
    ) -> Result<Self, ConfigError> {
        let policy = Self {
            accepted: trust.accepted_profiles(),
            trust,
            audiences: audiences.into_iter().collect(),
            client,
            absence: AbsencePolicy::Refuse,
            hop: HopPolicy::Require,
            request: RequestPolicy::CheckIfPresent,
            max_lifetime: DEFAULT_MAX_LIFETIME,
            max_age: DEFAULT_MAX_AGE,
            skew: DEFAULT_SKEW,
            replay: ReplayPolicy::Off,
        };
        policy.check_audiences()?;
        policy.check_disjoint()?;
        policy.check_scopes()?;
        Ok(policy)
    }

    fn check_audiences(&self) -> Result<(), ConfigError> {
        match (self.accepted, self.audiences.is_empty()) {
            (AcceptedProfiles::Baseline, false) => Err(ConfigError::BaselineAudience),
            (AcceptedProfiles::Baseline, true) | (_, false) => Ok(()),
            (_, true) => Err(ConfigError::AudienceMissing),
        }
    }

    /// No key may vouch both for proxies and for clients.
    fn check_disjoint(&self) -> Result<(), ConfigError> {
        let ClientTrust::Anchors(clients) = &self.client else {
            return Ok(());
        };
        match &self.trust {
            SignerTrust::Pinned(pinned) => {
                let shared = |spki_sha256| clients.is_client_ca(spki_sha256);
                if pinned.0.iter().any(|signer| shared(&signer.key.spki_sha256)) {
                    return Err(ConfigError::SignerIsAnchor);
                }
            }
            SignerTrust::ProxyCa(proxy_ca) => {
                if proxy_ca
                    .anchors
                    .entries
                    .iter()
                    .any(|anchor| clients.is_client_ca(&anchor.spki_sha256))
                {
                    return Err(ConfigError::AnchorOverlap);
                }
            }
        }
        Ok(())
    }

    /// A scope that no message of this policy could be within is a mistake, not a restriction.
    fn check_scopes(&self) -> Result<(), ConfigError> {
        for (profile, scope) in self.trust.scopes() {
            if let Some(audiences) = &scope.audiences {
                if profile == Profile::Baseline {
                    return Err(ConfigError::BaselineAudience);
                }
                let known = |audience| self.audiences.contains(audience);
                if audiences.is_empty() || !audiences.iter().all(known) {
                    return Err(ConfigError::ScopeOutsidePolicy);
                }
            }
            let Some(scoped) = &scope.client_anchors else {
                continue;
            };
            let ClientTrust::Anchors(clients) = &self.client else {
                return Err(ConfigError::ScopeOutsidePolicy);
            };
            let known = |certificate: &CertificateDer<'_>| {
                clients.anchors.entries.iter().any(|anchor| anchor.certificate == *certificate)
            };
            if scoped.is_empty() || !scoped.iter().all(known) {
                return Err(ConfigError::ScopeOutsidePolicy);
            }
        }
        Ok(())
    }

    /// What to do about a statement of absence.
    #[must_use]
    pub const fn with_absence(mut self, absence: AbsencePolicy) -> Self {
        self.absence = absence;
        self
    }

    /// Whether messages must come over their signer's connection.
    #[must_use]
    pub const fn with_hop(mut self, hop: HopPolicy) -> Self {
        self.hop = hop;
        self
    }

    /// Whether messages must be bound to their request.
    ///
    /// # Errors
    /// [`ConfigError::ReplayWithoutRequest`] where single use is demanded already.
    pub fn with_request(mut self, request: RequestPolicy) -> Result<Self, ConfigError> {
        self.request = request;
        self.check_replay()
    }

    /// Whether a message may be used once only. Needs [`RequestPolicy::Require`], set before.
    ///
    /// # Errors
    /// [`ConfigError::ReplayWithoutRequest`].
    pub fn with_replay(mut self, replay: ReplayPolicy) -> Result<Self, ConfigError> {
        self.replay = replay;
        self.check_replay()
    }

    fn check_replay(self) -> Result<Self, ConfigError> {
        match (&self.replay, self.request) {
            (ReplayPolicy::SingleUse(_), RequestPolicy::CheckIfPresent) => {
                Err(ConfigError::ReplayWithoutRequest)
            }
            _ => Ok(self),
        }
    }

    /// The longest lifetime of a strict statement, 1 second to 1 hour; 600 s unless set.
    ///
    /// # Errors
    /// [`ConfigError::MaxAgeRange`].
    pub fn with_max_lifetime(mut self, max_lifetime: Duration) -> Result<Self, ConfigError> {
        self.max_lifetime = in_age_range(max_lifetime)?;
        Ok(self)
    }

    /// The oldest age of a baseline message, 1 second to 1 hour; 300 s unless set.
    ///
    /// # Errors
    /// [`ConfigError::MaxAgeRange`].
    pub fn with_max_age(mut self, max_age: Duration) -> Result<Self, ConfigError> {
        self.max_age = in_age_range(max_age)?;
        Ok(self)
    }

    /// How far the clocks of proxy and origin may differ, at most 5 minutes; 30 s unless set.
    ///
    /// # Errors
    /// [`ConfigError::SkewRange`].
    pub fn with_skew(mut self, skew: Duration) -> Result<Self, ConfigError> {
        if skew > LONGEST_SKEW || skew.subsec_nanos() != 0 {
            return Err(ConfigError::SkewRange);
        }
        self.skew = skew;
        Ok(self)
    }

    /// Whether a chain that the proxy did not validate is judged here.
    pub(crate) fn accepts_unvalidated(&self) -> bool {
        match &self.client {
            ClientTrust::Anchors(clients) => clients.unvalidated == UnvalidatedChain::Accept,
            ClientTrust::ProxyValidation => false,
        }
    }
}

fn in_age_range(age: Duration) -> Result<Duration, ConfigError> {
    let whole_seconds = age.subsec_nanos() == 0;
    if whole_seconds && !age.is_zero() && age <= LONGEST_AGE {
        Ok(age)
    } else {
        Err(ConfigError::MaxAgeRange)
    }
}

impl SignerTrust {
    fn accepted_profiles(&self) -> AcceptedProfiles {
        let uses = |profile| match self {
            Self::Pinned(pinned) => pinned.0.iter().any(|signer| signer.profile == profile),
            Self::ProxyCa(proxy_ca) => proxy_ca.profile == profile,
        };
        match (uses(Profile::Strict), uses(Profile::Baseline)) {
            (true, true) => AcceptedProfiles::Both,
            (false, true) => AcceptedProfiles::Baseline,
            _ => AcceptedProfiles::Strict,
        }
    }

    fn scopes(&self) -> Vec<(Profile, &Scope)> {
        match self {
            Self::Pinned(pinned) => {
                pinned.0.iter().map(|signer| (signer.profile, &signer.scope)).collect()
            }
            Self::ProxyCa(proxy_ca) => {
                let names = proxy_ca.allowed_names().iter();
                names.map(|allowed| (proxy_ca.profile, &allowed.scope)).collect()
            }
        }
    }
}
