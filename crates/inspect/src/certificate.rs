//! A certificate on its own: what RFC 9440 `Client-Cert` carries, or a file.

use client_cert_envelope::{Certificate, Profile};
use der::Decode as _;

use crate::certificate_report::{CertificateReport, MAX_SECOND_READING, Role};
use crate::recognise::{Candidate, refusal};
use crate::report::{Confidence, Finding, Kind};

/// A certificate by the strict reader, or by `x509-cert`, which forgives more.
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Option<Finding> {
    let der = candidate.received;
    let confidence = if Certificate::from_der(der).is_ok() {
        Confidence::Certain
    } else if is_certificate(der) {
        Confidence::Likely
    } else {
        return None;
    };
    let what = match candidate.field.form {
        "byte-sequence" => "a certificate alone, as RFC 9440 Client-Cert carries it",
        _ => "a certificate alone",
    };
    let summary = format!("{what}: unsigned, so whoever sends it asserts it");
    let mut finding = Finding::new(Kind::Certificate, confidence, summary, candidate.field.clone());
    finding.defects = candidate.value_defects.to_vec();
    let profile = candidate.form_profile.unwrap_or(Profile::Strict);
    finding.defects.extend(refusal(der, profile));
    finding.certificates.push(CertificateReport::of(der, Role::Unsigned, candidate.at));
    Some(finding)
}

/// Whether some reader takes it for a certificate.
pub(crate) fn is_certificate(der: &[u8]) -> bool {
    Certificate::from_der(der).is_ok()
        || (der.len() <= MAX_SECOND_READING && x509_cert::Certificate::from_der(der).is_ok())
}
