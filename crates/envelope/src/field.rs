//! The HTTP field: which line of a request carries the message, and its base64.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::{DecodeError, DecodeErrorKind, LooksLike};
use crate::limits::MAX_VERIFIED_FIELD_VALUE;
use crate::profile::{AcceptedProfiles, Profile};

/// The name of the field.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct FieldName(String);

impl FieldName {
    /// Takes a name (RFC 9110 §5.1) of letters, digits and hyphens.
    ///
    /// # Errors
    /// [`InvalidFieldName`] for an empty name, and for `_`, `.` and other token characters: what
    /// gateways fold into a hyphen would be an alias of another name.
    pub fn new(name: &str) -> Result<Self, InvalidFieldName> {
        let valid = !name.is_empty()
            && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-');
        if valid { Ok(Self(name.into())) } else { Err(InvalidFieldName) }
    }

    /// The default name: `Signed-Client-Cert`, or `Client-Cert` in baseline.
    #[must_use]
    pub fn for_profile(profile: Profile) -> Self {
        Self(match profile {
            Profile::Strict => "Signed-Client-Cert".into(),
            Profile::Baseline => "Client-Cert".into(),
        })
    }

    /// The name as given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `name` is this name, in any case.
    #[must_use]
    pub fn matches(&self, name: &[u8]) -> bool {
        self.0.as_bytes().eq_ignore_ascii_case(name)
    }

    /// Whether `name` is another spelling that some gateway or framework reads as this name:
    /// `_`, `.` or a space for a hyphen, or space around it.
    #[must_use]
    pub fn has_alias(&self, name: &[u8]) -> bool {
        let folded = name.trim_ascii().iter().map(|&octet| match octet {
            b'_' | b'.' | b' ' => b'-',
            other => other.to_ascii_lowercase(),
        });
        !self.matches(name) && folded.eq(self.0.bytes().map(|octet| octet.to_ascii_lowercase()))
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not a field name of letters, digits and hyphens.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidFieldName;

impl fmt::Display for InvalidFieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name is letters, digits and hyphens, at least one")
    }
}

impl core::error::Error for InvalidFieldName {}

/// What the field lines of one request say about the field. Absent, empty, repeated and malformed
/// stay different; `Debug` does not show the value.
#[derive(Clone, Copy)]
pub struct FieldLines<'a> {
    value: Option<&'a [u8]>,
    repeated: bool,
    alias: bool,
    connection: bool,
}

impl<'a> FieldLines<'a> {
    /// Reads all field lines of a request, as (name, value) pairs in any order. Trailers do not
    /// belong here: a field that arrives there is absent.
    #[must_use]
    pub fn of_request<I, N, V>(name: &FieldName, lines: I) -> Self
    where
        I: IntoIterator<Item = (&'a N, &'a V)>,
        N: AsRef<[u8]> + ?Sized + 'a,
        V: AsRef<[u8]> + ?Sized + 'a,
    {
        let mut seen = Self { value: None, repeated: false, alias: false, connection: false };
        for (line, value) in lines {
            let (line, value) = (line.as_ref(), value.as_ref());
            if name.matches(line) {
                seen.repeated |= seen.value.replace(value).is_some();
            } else if name.has_alias(line) {
                seen.alias = true;
            } else if line.eq_ignore_ascii_case(b"connection") {
                seen.connection |= value
                    .split(|&octet| octet == b',')
                    .any(|token| name.matches(token.trim_ascii()));
            }
        }
        seen
    }

    /// Takes one value, with the caller's promise that it is of the only field line of its name, and
    /// that aliases and `Connection` were looked at. An HTTP server uses [`Self::of_request`]: the
    /// first of several lines (`HeaderMap::get`) here is an impersonation.
    #[must_use]
    pub const fn assert_single_value(value: &'a [u8]) -> Self {
        Self { value: Some(value), repeated: false, alias: false, connection: false }
    }

    /// Step 1: the one value, in a form that is accepted.
    ///
    /// # Errors
    /// Stages `absent` and `field`.
    pub fn single(&self, accepted: AcceptedProfiles) -> Result<FieldValue<'a>, DecodeError> {
        if self.alias {
            return Err(DecodeErrorKind::FieldAlias.into());
        }
        if self.connection {
            return Err(DecodeErrorKind::FieldConnectionListed.into());
        }
        if self.repeated {
            return Err(DecodeErrorKind::FieldRepeated.into());
        }
        match self.value {
            Some(value) => FieldValue::parse(value, accepted),
            None => Err(DecodeErrorKind::FieldAbsent.into()),
        }
    }
}

impl fmt::Debug for FieldLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldLines")
            .field("octets", &self.value.map(<[u8]>::len))
            .field("repeated", &self.repeated)
            .field("alias", &self.alias)
            .field("connection", &self.connection)
            .finish()
    }
}

/// The base64 of one value, and the profile that its form shows. `Debug` does not show it.
#[derive(Clone, Copy)]
pub struct FieldValue<'a> {
    profile: Profile,
    base64: &'a [u8],
    offset: usize,
}

impl<'a> FieldValue<'a> {
    /// Takes the value apart: `:base64:` is strict (RFC 9651 §3.3.5), bare base64 baseline.
    ///
    /// # Errors
    /// Stage `field`.
    pub fn parse(value: &'a [u8], accepted: AcceptedProfiles) -> Result<Self, DecodeError> {
        // Optional white space around a field value is not part of it (RFC 9110 §5.5).
        let value = trim_ows(value);
        if value.is_empty() {
            return Err(DecodeErrorKind::FieldEmpty.into());
        }
        if value.len() > MAX_VERIFIED_FIELD_VALUE {
            return Err(DecodeErrorKind::FieldTooLong.into());
        }
        let parsed = match value.strip_prefix(b":") {
            Some(_) if !accepted.contains(Profile::Strict) => {
                return Err(DecodeErrorKind::NotBareBase64.into());
            }
            Some(rest) => {
                Self { profile: Profile::Strict, base64: byte_sequence(rest)?, offset: 1 }
            }
            None => {
                let looks_like = LooksLike::guess(value);
                let bare = matches!(looks_like, LooksLike::BareBase64 | LooksLike::Other);
                if !bare || !accepted.contains(Profile::Baseline) {
                    return Err(DecodeErrorKind::NotByteSequence(looks_like).into());
                }
                Self { profile: Profile::Baseline, base64: value, offset: 0 }
            }
        };
        match first_foreign(parsed.base64) {
            None => Ok(parsed),
            Some((index, octet)) => {
                let kind = match octet {
                    b',' => DecodeErrorKind::FieldRepeated,
                    _ => DecodeErrorKind::FieldCharacter,
                };
                Err(DecodeError::at(kind, index.saturating_add(parsed.offset)))
            }
        }
    }

    /// The profile whose form the value has.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// Step 2: decodes canonical base64 (RFC 4648 §4, padding present, pad bits zero), so that a
    /// message has one spelling.
    ///
    /// # Errors
    /// Stage `base64`.
    pub fn decode(&self) -> Result<Vec<u8>, DecodeError> {
        STANDARD.decode(self.base64).map_err(|error| {
            let (kind, index) = match error {
                base64::DecodeError::InvalidByte(index, b'=') => {
                    (DecodeErrorKind::Base64Padding, index)
                }
                base64::DecodeError::InvalidByte(index, _) => {
                    (DecodeErrorKind::Base64Alphabet, index)
                }
                base64::DecodeError::InvalidLastSymbol(index, _) => {
                    (DecodeErrorKind::Base64PadBits, index)
                }
                base64::DecodeError::InvalidLength(_) | base64::DecodeError::InvalidPadding => {
                    (DecodeErrorKind::Base64Padding, self.base64.len())
                }
            };
            DecodeError::at(kind, index.saturating_add(self.offset))
        })
    }
}

impl fmt::Debug for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldValue")
            .field("profile", &self.profile)
            .field("characters", &self.base64.len())
            .finish()
    }
}

/// Encodes a message as the value of a field of this profile.
#[must_use]
pub fn encode_field_value(profile: Profile, der: &[u8]) -> String {
    let colon = match profile {
        Profile::Strict => ":",
        Profile::Baseline => "",
    };
    let length = base64::encoded_len(der.len(), true).unwrap_or_default().saturating_add(2);
    let mut value = String::with_capacity(length);
    value.push_str(colon);
    STANDARD.encode_string(der, &mut value);
    value.push_str(colon);
    value
}

/// What is between the opening colon, already taken, and the closing one, which must be the last
/// octet: the profile has no parameters.
fn byte_sequence(rest: &[u8]) -> Result<&[u8], DecodeError> {
    if let Some(inner) = rest.strip_suffix(b":")
        && !inner.contains(&b':')
    {
        return Ok(inner);
    }
    let Some(end) = rest.iter().position(|&octet| octet == b':') else {
        return Err(DecodeErrorKind::NotByteSequence(LooksLike::CutOff).into());
    };
    let (inner, closing) = rest.split_at_checked(end).unwrap_or_default();
    match closing {
        [_] => Ok(inner),
        [_, next, ..] => Err(DecodeError::at(
            match next {
                b';' => DecodeErrorKind::FieldParameters,
                b',' => DecodeErrorKind::FieldRepeated,
                _ => DecodeErrorKind::FieldCharacter,
            },
            end.saturating_add(2),
        )),
        [] => Err(DecodeErrorKind::NotByteSequence(LooksLike::Other).into()),
    }
}

/// The first octet that no base64 field value has, with its index: a comma, which joins values, or
/// one that is not printable.
fn first_foreign(value: &[u8]) -> Option<(usize, u8)> {
    let foreign = |octet: u8| octet == b',' || !(0x21..=0x7e).contains(&octet);
    // No early exit, so that the common case runs on vectors.
    if !value.iter().fold(false, |found, &octet| found | foreign(octet)) {
        return None;
    }
    value.iter().copied().enumerate().find(|&(_, octet)| foreign(octet))
}

fn trim_ows(value: &[u8]) -> &[u8] {
    let is_ows = |octet: &u8| matches!(octet, b' ' | b'\t');
    let start = value.iter().position(|octet| !is_ows(octet)).unwrap_or(value.len());
    let end =
        value.iter().rposition(|octet| !is_ows(octet)).map_or(start, |at| at.saturating_add(1));
    value.get(start..end).unwrap_or_default()
}

impl LooksLike {
    fn guess(value: &[u8]) -> Self {
        // `{"` in base64url opens every JOSE header.
        if value.starts_with(b"eyJ") && value.contains(&b'.') {
            Self::Jwt
        } else if value.starts_with(b"-----BEGIN%20") || value.starts_with(b"-----BEGIN+") {
            Self::PercentEncodedPem
        } else if matches!(value, [0x30, 0x80..=0xff, ..]) {
            Self::Der
        } else if [&b"-----BEGIN CMS"[..], b"-----BEGIN PKCS7", b"-----BEGIN SIGNED"]
            .iter()
            .any(|armour| value.starts_with(armour))
        {
            Self::CmsPem
        } else if value.starts_with(b"-----BEGIN ") {
            Self::Pem
        } else if [&b"By="[..], b"Hash=", b"Cert=", b"Chain=", b"Subject=", b"URI=", b"DNS="]
            .iter()
            .any(|key| value.get(..key.len()).is_some_and(|own| own.eq_ignore_ascii_case(key)))
        {
            Self::Xfcc
        } else if value
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'='))
        {
            Self::BareBase64
        } else {
            Self::Other
        }
    }
}
