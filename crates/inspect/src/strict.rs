//! Messages of the strict profile.

use client_cert_envelope::{Profile, UnverifiedEnvelope, oid};

use crate::message;
use crate::recognise::Candidate;
use crate::report::{Confidence, Finding, Kind};

/// Strict, if the strict decoder reads it, or if it has what only strict has: the statement, or the
/// content type of absence.
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Option<Finding> {
    let read = UnverifiedEnvelope::decode(candidate.received, Profile::Strict);
    let confidence = match (&read, &candidate.signed_data) {
        (Ok(_), _) => Confidence::Certain,
        (Err(_), Some(parts)) => {
            let statement = oid::CLIENT_CERT_STATEMENT.as_bytes();
            let marked = parts.content_type.value == oid::NO_CLIENT_CERTIFICATE.as_bytes()
                || parts.signers().any(|signer| signer.signed_attribute(statement).is_some());
            marked.then_some(Confidence::Likely)?
        }
        (Err(_), None) => return None,
    };
    let about = match candidate.signed_data {
        Some(parts) if parts.content_type.value == oid::NO_CLIENT_CERTIFICATE.as_bytes() => {
            "that a client presented no certificate"
        }
        _ => "a client certificate",
    };
    let summary = format!("Signed-Client-Cert message about {about}, strict profile");
    let mut finding = Finding::new(Kind::Message, confidence, summary, candidate.field.clone());
    finding.profile = Some(Profile::Strict.as_str());
    message::explain(&mut finding, candidate, Profile::Strict);
    Some(finding)
}
