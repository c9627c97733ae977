//! Step 13: the client's own CertificateVerify.

use client_cert_envelope::UnverifiedEnvelope;

use crate::error::VerifyError;

/// Step 13 passed.
#[derive(Debug)]
pub(crate) struct PossessionJudged(());

/// Evidence that is present must be checked; this version cannot, and refuses.
pub(crate) fn check(envelope: &UnverifiedEnvelope<'_>) -> Result<PossessionJudged, VerifyError> {
    match envelope.unverified_statement().and_then(|statement| statement.possession) {
        None => Ok(PossessionJudged(())),
        Some(_) => Err(VerifyError::PossessionUnsupported),
    }
}
