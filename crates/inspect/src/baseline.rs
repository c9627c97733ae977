//! Messages of the baseline profile: what `openssl cms -sign` makes of a certificate.

use client_cert_envelope::{Certificate, Profile, UnverifiedEnvelope, oid};

use crate::message;
use crate::recognise::Candidate;
use crate::report::{Confidence, Finding, Kind};

/// Baseline, if its decoder reads it and the content is a certificate; likely, if it has a content
/// type of the profile around a certificate, or none around nothing in a field of its form.
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Option<Finding> {
    let parts = candidate.signed_data.as_ref()?;
    let content_types = [oid::DATA.as_bytes(), oid::X509_CERTIFICATE.as_bytes()];
    if !content_types.contains(&parts.content_type.value) {
        return None;
    }
    let certificate =
        parts.content.is_some_and(|content| Certificate::from_der(content.value).is_ok());
    let read = UnverifiedEnvelope::decode(candidate.received, Profile::Baseline).is_ok();
    let confidence = if read && certificate {
        Confidence::Certain
    } else if certificate || candidate.form_profile.is_some() {
        Confidence::Likely
    } else {
        // Any signed e-mail has this content type.
        return None;
    };
    let summary = "CMS SignedData about a client certificate, baseline profile";
    let mut finding = Finding::new(Kind::Message, confidence, summary, candidate.field.clone());
    finding.profile = Some(Profile::Baseline.as_str());
    message::explain(&mut finding, candidate, Profile::Baseline);
    Some(finding)
}
