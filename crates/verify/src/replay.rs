//! Step 11: single use, where the policy demands it.

use core::fmt;
use std::sync::Arc;

use client_cert_envelope::{ConnectionId, UnverifiedEnvelope};
use rustls_pki_types::UnixTime;

use crate::error::VerifyError;
use crate::key::SpkiSha256;
use crate::policy::Policy;
use crate::signature::SignatureValid;
use crate::signer::{Candidate, unix_time};
use crate::time::Fresh;

/// Whether a message may be used once only.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum ReplayPolicy {
    /// A statement may be used until it expires. The default: one serves a whole connection.
    #[default]
    Off,
    /// A statement, which must be bound to its request, may be used once.
    SingleUse(Arc<dyn ReplayStore>),
}

/// What identifies a request-bound statement: its signer's key and its random id. Not its octets:
/// an ECDSA signature (r, s) has a twin (r, n-s).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ReplayKey {
    /// SHA-256 of the signer's SPKI.
    pub signer: [u8; 32],
    /// The statement's connection id.
    pub connection: ConnectionId,
}

impl ReplayKey {
    /// The key as 48 octets, for stores that take octets.
    #[must_use]
    pub fn to_octets(self) -> [u8; 48] {
        let mut octets = [0; 48];
        let parts = self.signer.iter().chain(&self.connection.0);
        octets.iter_mut().zip(parts).for_each(|(to, from)| *to = *from);
        octets
    }
}

/// The answer of a [`ReplayStore`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ReplayVerdict {
    /// The key was not there, and is now.
    FirstUse,
    /// The key was there.
    Seen,
}

/// The store failed, or did not answer in time: the message is refused.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct ReplayStoreError;

impl fmt::Display for ReplayStoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the replay store failed")
    }
}

impl core::error::Error for ReplayStoreError {}

/// Remembers which statements were used.
///
/// An implementation inserts atomically, so that of any number of concurrent uses one is the first;
/// it is bounded in memory, and when full it fails rather than forgets; it serves every replica of
/// the origin, or each of them accepts a statement once.
pub trait ReplayStore: fmt::Debug + Send + Sync {
    /// Inserts the key unless it is there. It must stay at least until `keep_until`, the last
    /// second at which the statement could be accepted.
    ///
    /// # Errors
    /// [`ReplayStoreError`] whenever first use is not certain.
    fn insert_once(
        &self,
        key: &ReplayKey,
        keep_until: UnixTime,
    ) -> Result<ReplayVerdict, ReplayStoreError>;
}

/// Step 11 passed.
#[derive(Debug)]
pub(crate) struct FirstUse(());

pub(crate) fn check(
    policy: &Policy,
    envelope: &UnverifiedEnvelope<'_>,
    candidate: &Candidate<'_>,
    fresh: &Fresh,
    _: &SignatureValid,
) -> Result<FirstUse, VerifyError> {
    let ReplayPolicy::SingleUse(store) = &policy.replay else {
        return Ok(FirstUse(()));
    };
    // A message without statement is bound to no request, which step 10 refuses under this policy.
    let statement = envelope.unverified_statement().ok_or(VerifyError::RequestMissing)?;
    let signer: SpkiSha256 = candidate.spki_sha256;
    let key = ReplayKey { signer, connection: statement.connection };
    let keep_until = fresh.expires().as_secs().saturating_add(policy.skew.as_secs());
    match store.insert_once(&key, unix_time(keep_until)) {
        Ok(ReplayVerdict::FirstUse) => Ok(FirstUse(())),
        Ok(ReplayVerdict::Seen) => Err(VerifyError::Replayed),
        Err(ReplayStoreError) => Err(VerifyError::ReplayStore),
    }
}
