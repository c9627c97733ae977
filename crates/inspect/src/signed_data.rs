//! Any other CMS SignedData.

use client_cert_envelope::{Profile, oid};

use crate::message;
use crate::recognise::Candidate;
use crate::report::{Confidence, Finding, Kind};

/// A SignedData of no profile of ours, or the beginning of one.
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Option<Finding> {
    let (confidence, summary) = if candidate.signed_data.is_some() {
        (Confidence::Certain, "CMS SignedData of no profile of Signed-Client-Cert")
    } else if begins_like_signed_data(candidate.received) {
        (Confidence::Likely, "the beginning of a CMS SignedData, or a damaged one")
    } else {
        return None;
    };
    let mut finding = Finding::new(Kind::SignedData, confidence, summary, candidate.field.clone());
    // Content types of baseline are judged by baseline, whose refusal says more about them.
    let baseline =
        candidate.signed_data.is_some_and(|parts| parts.content_type.value == oid::DATA.as_bytes());
    let profile = if baseline { Profile::Baseline } else { Profile::Strict };
    message::explain(&mut finding, candidate, candidate.form_profile.unwrap_or(profile));
    Some(finding)
}

/// A SEQUENCE, whatever its length says, that begins with id-signedData.
fn begins_like_signed_data(octets: &[u8]) -> bool {
    let oid = oid::SIGNED_DATA.as_bytes();
    let beginning = octets.get(..octets.len().min(24)).unwrap_or_default();
    octets.first() == Some(&0x30) && beginning.windows(oid.len()).any(|window| window == oid)
}
