//! signingTime (RFC 5652 §11.3): UTCTime through 2049, GeneralizedTime after.

use core::time::Duration;

use der::asn1::{GeneralizedTime, UtcTime};
use der::{Decode, EncodeValue, SliceWriter};

use crate::encode::{self, Sink};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::reader::{Tlv, tag};

/// First second of 2050, from which on the type is GeneralizedTime.
const YEAR_2050: u64 = 2_524_608_000;

/// First second of 10000, which no time of X.509 and CMS can say.
const YEAR_10000: u64 = 253_402_300_800;

/// A signing time, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct SigningTime(u64);

impl SigningTime {
    /// Takes seconds since 1970; none from the year 10000 on.
    #[must_use]
    pub const fn from_unix_seconds(seconds: u64) -> Option<Self> {
        if seconds < YEAR_10000 { Some(Self(seconds)) } else { None }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_seconds(self) -> u64 {
        self.0
    }

    pub(crate) fn decode(value: &Tlv<'_>) -> Result<Self, DecodeError> {
        if !matches!(value.tag, tag::UTC_TIME | tag::GENERALIZED_TIME) {
            return Err(DecodeError::at(DecodeErrorKind::AttributeValue, value.start));
        }
        unix_seconds(value)
            .map(Self)
            .filter(|time| (time.0 < YEAR_2050) == (value.tag == tag::UTC_TIME))
            .ok_or(DecodeError::at(DecodeErrorKind::SigningTime, value.start))
    }

    /// How many octets [`Self::encode`] writes: `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
    pub(crate) const fn encoded_len(self) -> usize {
        if self.0 < YEAR_2050 { 15 } else { 17 }
    }

    /// Writes the whole value.
    pub(crate) fn encode(self, sink: &mut impl Sink) {
        let since_1970 = Duration::from_secs(self.0);
        let mut buffer = [0; 15];
        let mut writer = SliceWriter::new(&mut buffer);
        let (tag, written) = if self.0 < YEAR_2050 {
            let time = UtcTime::from_unix_duration(since_1970);
            (tag::UTC_TIME, time.and_then(|time| time.encode_value(&mut writer)))
        } else {
            let time = GeneralizedTime::from_unix_duration(since_1970);
            (tag::GENERALIZED_TIME, time.and_then(|time| time.encode_value(&mut writer)))
        };
        let text = written.and_then(|()| writer.finish());
        // The constructor bounds the year, so this default is never written.
        encode::value(sink, tag, text.unwrap_or_default());
    }
}

/// Reads a UTCTime or GeneralizedTime in their DER forms: seconds, `Z`, no fraction.
pub(crate) fn unix_seconds(value: &Tlv<'_>) -> Option<u64> {
    let since_1970 = match value.tag {
        tag::UTC_TIME => UtcTime::from_der(value.encoding).ok()?.to_unix_duration(),
        tag::GENERALIZED_TIME => GeneralizedTime::from_der(value.encoding).ok()?.to_unix_duration(),
        _ => return None,
    };
    Some(since_1970.as_secs())
}
