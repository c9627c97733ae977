//! Step 7: the statement's own time.

use client_cert_envelope::UnverifiedEnvelope;
use rustls_pki_types::UnixTime;

use crate::error::VerifyError;
use crate::policy::Policy;
use crate::signer::unix_time;

/// Step 7 passed.
#[derive(Debug)]
pub(crate) struct Fresh {
    signed_at: UnixTime,
    expires: UnixTime,
}

impl Fresh {
    pub(crate) const fn signed_at(&self) -> UnixTime {
        self.signed_at
    }

    /// signingTime + lifetime, without skew.
    pub(crate) const fn expires(&self) -> UnixTime {
        self.expires
    }
}

/// signingTime - skew <= now < signingTime + lifetime + skew; in baseline the lifetime is the
/// policy's longest age.
pub(crate) fn check(
    policy: &Policy,
    envelope: &UnverifiedEnvelope<'_>,
    now: UnixTime,
) -> Result<Fresh, VerifyError> {
    let signed = envelope.unverified_signing_time().unix_seconds();
    let lifetime = match envelope.unverified_statement() {
        Some(statement) => {
            let accepted = policy.max_lifetime.as_secs();
            if u64::from(statement.lifetime) > accepted {
                return Err(VerifyError::LifetimeTooLong {
                    lifetime: statement.lifetime,
                    accepted,
                });
            }
            u64::from(statement.lifetime)
        }
        None => policy.max_age.as_secs(),
    };
    let skew = policy.skew.as_secs();
    // Saturation only ever makes the interval shorter than it would be.
    if now.as_secs() < signed.saturating_sub(skew) {
        return Err(VerifyError::StatementNotYetValid { signed: unix_time(signed), now });
    }
    let expires = signed.saturating_add(lifetime);
    let expired = expires.saturating_add(skew);
    if now.as_secs() >= expired {
        return Err(VerifyError::StatementExpired { expired: unix_time(expired), now });
    }
    Ok(Fresh { signed_at: unix_time(signed), expires: unix_time(expires) })
}
