//! Step 8: made for this origin, by a signer that may make it.

use client_cert_envelope::{Audience, UnverifiedEnvelope};

use crate::error::VerifyError;
use crate::policy::Policy;
use crate::signer::Candidate;

/// Step 8 passed. Baseline messages have no audience, which the policy accepted by naming the
/// profile.
#[derive(Debug)]
pub(crate) struct AudienceMatched(Option<Audience>);

impl AudienceMatched {
    pub(crate) fn into_audience(self) -> Option<Audience> {
        self.0
    }
}

pub(crate) fn check(
    policy: &Policy,
    envelope: &UnverifiedEnvelope<'_>,
    candidate: &Candidate<'_>,
) -> Result<AudienceMatched, VerifyError> {
    let Some(statement) = envelope.unverified_statement() else {
        return Ok(AudienceMatched(None));
    };
    let audience = policy
        .audiences
        .iter()
        .find(|audience| audience.as_str() == statement.audience)
        .ok_or(VerifyError::AudienceMismatch)?;
    if candidate.may_assert(audience) {
        Ok(AudienceMatched(Some(audience.clone())))
    } else {
        Err(VerifyError::AudienceScope)
    }
}
