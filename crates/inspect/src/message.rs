//! Explaining a SignedData: what both of our profiles and foreign messages have in common.

use client_cert_envelope::{
    Certificate, DecodeErrorKind, Profile, SignerIdentifier, Stage, UnverifiedEnvelope,
};

use crate::certificate_report::{CertificateReport, Role};
use crate::layout;
use crate::parts::Parts;
use crate::recognise::Candidate;
use crate::report::{Defect, Finding, Kind};
use crate::signed_data_report::{SignedDataReport, digest_matches};
use crate::size::Size;
use crate::statement::{Freshness, StatementReport, baseline_note};
use crate::walk::tag;

/// Most certificates explained: a message of the profile has seven at most.
const MAX_CERTIFICATES: usize = 16;

/// Fills in what the SignedData says, and what a verifier of `profile` has against it.
pub(crate) fn explain(finding: &mut Finding, candidate: &Candidate<'_>, profile: Profile) {
    // The form of a field value names the profile; a verifier judges by that.
    let judged = candidate.form_profile.unwrap_or(profile);
    finding.defects = candidate.value_defects.to_vec();
    match UnverifiedEnvelope::decode(candidate.received, judged) {
        Ok(envelope) => explain_envelope(finding, &envelope, candidate.at),
        Err(error) => {
            let mut defect = Defect::from(error);
            if judged != profile {
                defect.hint = Some(form_hint(judged, profile));
            } else if let Some(hint) = length_hint(error.kind(), candidate.received) {
                defect.hint = Some(hint);
            }
            finding.defects.push(defect);
        }
    }
    if let Some(parts) = &candidate.signed_data {
        explain_parts(finding, candidate, parts);
    }
}

fn form_hint(judged: Profile, profile: Profile) -> String {
    let form = match judged {
        Profile::Strict => "a Byte Sequence (:base64:), which is the strict profile's",
        _ => "bare base64, which is the baseline profile's",
    };
    format!("the value has the form of {form}; its message means to be {profile}")
}

/// A value cut short by a proxy or a log is the most common truncation; say by how much.
pub(crate) fn length_hint(kind: DecodeErrorKind, received: &[u8]) -> Option<String> {
    if kind != DecodeErrorKind::DerTruncated {
        return None;
    }
    let announced = announced_length(received)?;
    (announced > received.len())
        .then(|| format!("cut short: {announced} octets announced, {} present", received.len()))
}

/// Octets that the outermost tag and length announce.
fn announced_length(der: &[u8]) -> Option<usize> {
    let (first, rest) = match der {
        [_, first, rest @ ..] => (*first, rest),
        _ => return None,
    };
    let (contents, header) = match first {
        0..=0x7f => (usize::from(first), 2),
        0x81..=0x84 => {
            let octets = usize::from(first & 0x7f);
            let length = rest.get(..octets)?.iter().try_fold(0_usize, |sum, &octet| {
                sum.checked_mul(256)?.checked_add(usize::from(octet))
            })?;
            (length, octets.saturating_add(2))
        }
        _ => return None,
    };
    contents.checked_add(header)
}

/// What the strict reader's view adds.
fn explain_envelope(finding: &mut Finding, envelope: &UnverifiedEnvelope<'_>, at: Option<u64>) {
    if let Err(error) = envelope.algorithm() {
        finding.defects.push(error.into());
    }
    finding.freshness = Some(Freshness::of(envelope, at));
    finding.statement = StatementReport::of(envelope);
    finding.notes.extend(baseline_note(envelope.profile()));
    if let SignerIdentifier::IssuerAndSerialNumber(_) = envelope.signer_identifier() {
        finding.notes.push("the signer is named by issuer and serial number, not by key".into());
    }
    if finding.statement.as_ref().and_then(|statement| statement.evidence_matches) == Some(false) {
        finding.defects.push(Defect::new(
            Stage::Signature,
            "evidence-mismatch",
            "evidence is not the digest of certificates and crls",
        ));
    }
}

/// What a lenient reader sees.
fn explain_parts(finding: &mut Finding, candidate: &Candidate<'_>, parts: &Parts<'_>) {
    let content = parts.content.filter(|content| !content.value.is_empty());
    if let Some(content) = content {
        // A foreign message may be about anything.
        if finding.kind == Kind::Message
            && let Err(error) = Certificate::from_der(content.value)
        {
            finding.defects.push(
                Defect::new(
                    Stage::Client,
                    "client-certificate",
                    format!("the content is not exactly one certificate: {error}"),
                )
                .at_byte(content.value_start().saturating_add(error.position()))
                .with_hint("sign with -binary, and the certificate's DER as content"),
            );
        }
        if parts.signers().any(|signer| digest_matches(&signer, content.value) == Some(false)) {
            finding.defects.push(
                Defect::new(
                    Stage::Signature,
                    "digest-mismatch",
                    "messageDigest is not the digest of the content",
                )
                .with_hint("the content was changed after signing, or -binary was missing"),
            );
        }
    }
    sort_defects(&mut finding.defects);

    let shown = content.into_iter().map(|content| (content.value, Role::Client));
    let bag = parts
        .bag()
        // Other CertificateChoices are no X.509 certificates.
        .filter(|entry| entry.tag == tag::SEQUENCE)
        .map(|entry| (entry.encoding, Role::Bag));
    let listed: Vec<(&[u8], Role)> = shown.chain(bag).take(MAX_CERTIFICATES).collect();
    finding.certificates = listed
        .iter()
        // Content that is no DER at all has nothing to say as a certificate.
        .filter(|(der, _)| looks_like_certificate(der))
        .map(|(der, role)| CertificateReport::of(der, *role, candidate.at))
        .collect();
    let ders: Vec<&[u8]> =
        listed.iter().map(|(der, _)| *der).filter(|der| looks_like_certificate(der)).collect();
    let encoding = if candidate.ber { "ber" } else { "der" };
    finding.signed_data = Some(SignedDataReport::of(parts, encoding, &ders));
    if parts.bag().count() >= MAX_CERTIFICATES {
        finding.notes.push(format!("only the first {MAX_CERTIFICATES} certificates are listed"));
    }
    if candidate.ber {
        // Places and sizes would be those of our own re-encoding.
        finding.notes.push("BER: sizes and places in it are not given".into());
    } else {
        finding.size = Some(Size::of(parts, candidate.field.characters));
        finding.layout = layout::ranges(parts);
    }
}

/// `SEQUENCE { SEQUENCE …`, as every certificate begins, whatever is wrong with it.
fn looks_like_certificate(der: &[u8]) -> bool {
    crate::walk::Tlv::whole(der)
        .and_then(|whole| whole.tagged(tag::SEQUENCE))
        .and_then(|whole| whole.values().next_tagged(tag::SEQUENCE))
        .is_some()
}

/// A verifier meets them in the order of the stages.
fn sort_defects(defects: &mut [Defect]) {
    const ORDER: [&str; 8] =
        ["absent", "field", "base64", "der", "cms", "algorithm", "signature", "client"];
    defects.sort_by_key(|defect| ORDER.iter().position(|stage| *stage == defect.stage));
}
