//! Step 14: revocation.

use client_cert_envelope::UnverifiedEnvelope;

use crate::error::VerifyError;

/// Step 14 passed.
#[derive(Debug)]
pub(crate) struct RevocationJudged(());

/// A stapled response could say "revoked"; this version cannot read it, and refuses.
pub(crate) fn check(envelope: &UnverifiedEnvelope<'_>) -> Result<RevocationJudged, VerifyError> {
    match envelope.unverified_bag().ocsp_responses().next() {
        None => Ok(RevocationJudged(())),
        Some(_) => Err(VerifyError::OcspUnsupported),
    }
}
