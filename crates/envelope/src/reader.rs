//! Strict DER reading over a slice, with positions in the whole message.

use core::fmt;

use crate::error::{DecodeError, DecodeErrorKind};

pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const GENERALIZED_TIME: u8 = 0x18;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    /// `[n] IMPLICIT` of a primitive type.
    pub(crate) const CONTEXT_PRIMITIVE: [u8; 3] = [0x80, 0x81, 0x82];
    /// `[n]` EXPLICIT, or IMPLICIT of a constructed type.
    pub(crate) const CONTEXT: [u8; 4] = [0xa0, 0xa1, 0xa2, 0xa3];
}

/// One value: its contents, and its whole encoding. `Debug` shows neither.
#[derive(Clone, Copy)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    pub(crate) encoding: &'a [u8],
    /// Offset of the first octet of `encoding` in the message.
    pub(crate) start: usize,
}

impl<'a> Tlv<'a> {
    /// Reads the contents as a structure.
    pub(crate) const fn reader(&self) -> Reader<'a> {
        Reader::new(self.value, self.value_start())
    }

    /// Offset of the first octet of `value` in the message.
    pub(crate) const fn value_start(&self) -> usize {
        let header = self.encoding.len().saturating_sub(self.value.len());
        self.start.saturating_add(header)
    }

    /// Reads a non-negative INTEGER or ENUMERATED of at most 32 bits.
    pub(crate) fn uint(&self) -> Result<u32, DecodeError> {
        let wrong = DecodeError::at(DecodeErrorKind::DerInteger, self.start);
        let magnitude = match self.value {
            [] => return Err(wrong),
            [0, low, ..] if *low < 0x80 => return Err(wrong),
            [0, rest @ ..] if !rest.is_empty() => rest,
            [high, ..] if *high >= 0x80 => return Err(wrong),
            all => all,
        };
        if magnitude.len() > 4 {
            return Err(wrong);
        }
        Ok(magnitude.iter().fold(0, |sum: u32, &octet| (sum << 8) | u32::from(octet)))
    }

    /// Reads an OBJECT IDENTIFIER as its contents octets, checked to be well-formed.
    pub(crate) fn oid(&self) -> Result<&'a [u8], DecodeError> {
        let wrong = Err(DecodeError::at(DecodeErrorKind::DerOid, self.start));
        let mut first_of_arc = true;
        for &octet in self.value {
            // X.690 §8.19.2: an arc in its fewest octets, so no arc starts with 80.
            if first_of_arc && octet == 0x80 {
                return wrong;
            }
            first_of_arc = octet < 0x80;
        }
        if self.value.is_empty() || !first_of_arc { wrong } else { Ok(self.value) }
    }
}

impl fmt::Debug for Tlv<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tlv({:#04x}, {} octets at {})", self.tag, self.value.len(), self.start)
    }
}

/// Reads consecutive values.
///
/// Not `der::Reader`: a verification reads some hundred values, and reading one there costs four
/// times as much, mostly in tracking what a slice needs no tracking for.
#[derive(Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// Offset of `rest` in the message.
    position: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8], position: usize) -> Self {
        Self { rest: bytes, position }
    }

    /// Offset of the next octet in the message.
    pub(crate) const fn position(&self) -> usize {
        self.position
    }

    /// The tag octet of the next value; none at the end.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Reads the next value whatever its type.
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>, DecodeError> {
        let start = self.position;
        let error = |kind| DecodeError::at(kind, start);
        let Some((&tag, after_tag)) = self.rest.split_first() else {
            return Err(error(DecodeErrorKind::DerTruncated));
        };
        check_tag(tag).map_err(error)?;
        let (length, contents) = read_length(after_tag).map_err(error)?;
        let Some((value, rest)) = contents.split_at_checked(length) else {
            return Err(error(DecodeErrorKind::DerTruncated));
        };
        let consumed = self.rest.len().saturating_sub(rest.len());
        let encoding = self.rest.get(..consumed).unwrap_or_default();
        self.rest = rest;
        self.position = start.saturating_add(consumed);
        Ok(Tlv { tag, value, encoding, start })
    }

    /// Reads the next value, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, DecodeError> {
        let start = self.position();
        match self.peek() {
            Some(next) if next == tag => self.any(),
            Some(next) if next == tag | 0x20 && tag < 0x20 => {
                Err(DecodeError::at(DecodeErrorKind::DerConstructedString, start))
            }
            Some(_) => Err(DecodeError::at(DecodeErrorKind::DerTagUnexpected, start)),
            None => Err(DecodeError::at(DecodeErrorKind::DerTruncated, start)),
        }
    }

    /// Reads the next value if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, DecodeError> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// Refuses what is left over.
    pub(crate) fn finish(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::at(DecodeErrorKind::DerTrailingData, self.position))
        }
    }
}

/// Refuses tags that nothing here has, so that a wrong form is named for what it is.
const fn check_tag(tag: u8) -> Result<(), DecodeErrorKind> {
    match tag {
        // Constructed BIT STRING, OCTET STRING and UTF8String: BER's segments.
        0x23 | 0x24 | 0x2c => Err(DecodeErrorKind::DerConstructedString),
        // Primitive SEQUENCE and SET, and constructed forms of the other primitive types.
        0x00 | 0x10 | 0x11 | 0x20..=0x2f | 0x32..=0x3f => Err(DecodeErrorKind::DerTagInvalid),
        // Tag numbers from 31 on.
        _ if tag & 0x1f == 0x1f => Err(DecodeErrorKind::DerTagInvalid),
        _ => Ok(()),
    }
}

/// Reads a definite length in its fewest octets (X.690 §10.1), of at most three: a message is
/// shorter than 16 MiB.
fn read_length(octets: &[u8]) -> Result<(usize, &[u8]), DecodeErrorKind> {
    let (length, rest, least) = match octets {
        [short @ 0..=0x7f, rest @ ..] => return Ok((usize::from(*short), rest)),
        [0x80, ..] => return Err(DecodeErrorKind::DerIndefiniteLength),
        [0x81, a, rest @ ..] => (u32::from(*a), rest, 0x80),
        [0x82, a, b, rest @ ..] => (u32::from_be_bytes([0, 0, *a, *b]), rest, 0x100),
        [0x83, a, b, c, rest @ ..] => (u32::from_be_bytes([0, *a, *b, *c]), rest, 0x1_0000),
        [] | [0x81..=0x83, ..] => return Err(DecodeErrorKind::DerTruncated),
        [0x84..=0xff, ..] => return Err(DecodeErrorKind::DerLength),
    };
    match usize::try_from(length) {
        Ok(length) if length >= least => Ok((length, rest)),
        _ => Err(DecodeErrorKind::DerLength),
    }
}

/// Refuses a SET OF whose elements are not in ascending order of their encodings
/// (X.690 §11.6). Equal elements pass here; who forbids them says so with its own code.
pub(crate) fn check_set_order(elements: &[Tlv<'_>]) -> Result<(), DecodeError> {
    for pair in elements.windows(2) {
        if let [before, after] = pair
            && before.encoding > after.encoding
        {
            return Err(DecodeError::at(DecodeErrorKind::DerSetOrder, after.start));
        }
    }
    Ok(())
}
