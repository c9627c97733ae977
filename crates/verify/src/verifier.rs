//! The verifying procedure.

use client_cert_envelope::{Certificate, FieldLines, UnverifiedEnvelope};
use rustls_pki_types::SignatureVerificationAlgorithm;

use crate::binding::Bound;
use crate::config_error::ConfigError;
use crate::error::VerifyError;
use crate::policy::Policy;
use crate::received::Received;
use crate::verified::{Checks, Subject, Verified};
use crate::{audience, binding, client, possession, replay, revocation, signature, signer, time};

/// The signature algorithms of a back end.
pub type Algorithms = &'static [&'static dyn SignatureVerificationAlgorithm];

/// Verifies messages under one policy. Cheap to share by reference between threads.
#[derive(Debug)]
pub struct Verifier {
    policy: Policy,
    algorithms: Algorithms,
}

impl Verifier {
    /// Takes a policy and a back end, such as [`crate::backend::aws_lc::ALGORITHMS`].
    ///
    /// # Errors
    /// [`ConfigError::AlgorithmsMissing`] for a back end without algorithms.
    pub fn new(policy: Policy, algorithms: Algorithms) -> Result<Self, ConfigError> {
        if algorithms.is_empty() {
            return Err(ConfigError::AlgorithmsMissing);
        }
        Ok(Self { policy, algorithms })
    }

    /// Judges the field lines of one request. The numbers are the steps of the specification.
    ///
    /// Steps 5 to 8 read what nobody has vouched for yet, only to refuse before the cost of a
    /// signature verification; nothing they read is returned but through the tokens that
    /// [`Verified`] is made of.
    ///
    /// # Errors
    /// [`VerifyError`], with the stage of the first step that refuses.
    pub fn verify(
        &self,
        lines: &FieldLines<'_>,
        received: &Received<'_>,
    ) -> Result<Verified, VerifyError> {
        let policy = &self.policy;
        let now = received.now;

        // 1. Exactly one field line, of a form that some trusted signer uses.
        let value = lines.single(policy.accepted)?;
        // 2. Canonical base64.
        let der = value.decode()?;
        // 3, 4. Canonical DER, and the structure of the profile.
        let envelope = UnverifiedEnvelope::decode(&der, value.profile())?;
        // 5. The algorithm identifiers are a row of the table.
        let algorithm = envelope.algorithm()?;
        // Read once, for steps 6 and 12; only step 12 refuses content that is no certificate.
        let client = Certificate::from_der(envelope.unverified_content());
        // 6. One signer that the policy names.
        let candidate = signer::choose(policy, &envelope, client.as_ref().ok(), received)?;
        // 6b. The row is that of the signer's key.
        let row = candidate.row(algorithm)?;
        // 7. The statement's own time.
        let fresh = time::check(policy, &envelope, now)?;
        // 8. Made for this origin.
        let audience = audience::check(policy, &envelope, &candidate)?;
        // 9. Digests and signature.
        let signature = signature::check(self.algorithms, &envelope, &candidate, row)?;
        // 9b. The signer's certification path.
        let signer = candidate.establish(policy, self.algorithms, &envelope, now, &signature)?;
        // 10. Bound to this hop and request, and of the demanded kind.
        let bound = binding::check(policy, &envelope, &candidate, received)?;
        // 11. Not used before.
        let first_use = replay::check(policy, &envelope, &candidate, &fresh, &signature)?;
        // 12 to 14 are about a certificate, and do not apply to its absence.
        // 12. The client's certificate.
        let subject = match bound {
            Bound::Absence(accepted) => Subject::Absence(accepted),
            Bound::Certificate(bound) => Subject::Certificate(
                client::check(policy, self.algorithms, &envelope, client, &candidate, now, bound)?,
                // 13. Possession.
                possession::check(&envelope)?,
                // 14. Revocation.
                revocation::check(&envelope)?,
            ),
        };
        // 15, mapping to an account, is the caller's, from `VerifiedClientCert::identity`.
        let checks = Checks { signer, fresh, audience };
        Ok(checks.into_verified(&envelope, subject, (signature, first_use)))
    }
}
