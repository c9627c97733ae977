//! Which format a value has. One file a format: each has a `recognise`, and the first that knows
//! the value explains it. A new format is a new file and a line in [`RECOGNISERS`].

use client_cert_envelope::{DecodeErrorKind, Profile, UnverifiedEnvelope};

use crate::input::Source;
use crate::parts::Parts;
use crate::report::{Confidence, Defect, Field, Finding, Kind};
use crate::walk::tag;
use crate::{baseline, ber, certificate, message, signed_data, strict};

/// One value, with what all recognisers ask about it.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) field: &'a Field,
    /// What steps 1 and 2 have against the value.
    pub(crate) value_defects: &'a [Defect],
    /// The profile whose form the field value has; none if the input was no field value.
    pub(crate) form_profile: Option<Profile>,
    /// What the value decodes to, as received.
    pub(crate) received: &'a [u8],
    /// The parts, if it is a SignedData.
    pub(crate) signed_data: Option<Parts<'a>>,
    /// Whether these parts are of a re-encoding, because what was received is BER.
    pub(crate) ber: bool,
    /// The instant to compare times with.
    pub(crate) at: Option<u64>,
}

type Recogniser = fn(&Candidate<'_>) -> Option<Finding>;

/// From the most particular format to the least.
const RECOGNISERS: [Recogniser; 4] =
    [strict::recognise, baseline::recognise, signed_data::recognise, certificate::recognise];

/// Explains one value.
pub(crate) fn recognise(source: &Source, at: Option<u64>) -> Finding {
    let received = source.octets.as_deref().unwrap_or_default();
    let direct = Parts::read(received);
    let normalised = if direct.is_none() { ber::to_der(received) } else { None };
    let indirect = normalised.as_deref().and_then(Parts::read);
    let candidate = Candidate {
        field: &source.field,
        value_defects: &source.defects,
        form_profile: source.form_profile,
        received,
        ber: direct.is_none() && indirect.is_some(),
        signed_data: direct.or(indirect),
        at,
    };
    RECOGNISERS
        .iter()
        .find_map(|recognise| recognise(&candidate))
        .unwrap_or_else(|| unknown(&candidate))
}

/// Whether any recogniser knows these octets.
pub(crate) fn is_known(octets: &[u8]) -> bool {
    Parts::read(octets).is_some() || certificate::is_certificate(octets)
}

fn unknown(candidate: &Candidate<'_>) -> Finding {
    let field = candidate.field.clone();
    let mut finding =
        Finding::new(Kind::Unknown, Confidence::None, "nothing this version knows", field);
    finding.defects = candidate.value_defects.to_vec();
    // Words are base64 too; what is no DER at all says nothing about its first octet.
    let sequence = candidate.received.first() == Some(&tag::SEQUENCE);
    if sequence || (finding.defects.is_empty() && !candidate.received.is_empty()) {
        let profile = candidate.form_profile.unwrap_or(Profile::Strict);
        finding.defects.extend(refusal(candidate.received, profile));
    } else if finding.defects.is_empty() {
        finding.defects.push(DecodeErrorKind::FieldEmpty.into());
    }
    finding
}

/// What the strict decoder has against these octets.
pub(crate) fn refusal(octets: &[u8], profile: Profile) -> Option<Defect> {
    let error = UnverifiedEnvelope::decode(octets, profile).err()?;
    let mut defect = Defect::from(error);
    if let Some(hint) = message::length_hint(error.kind(), octets) {
        defect.hint = Some(hint);
    }
    Some(defect)
}
