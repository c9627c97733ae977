//! Strict DER reading over a slice, with positions in the whole message.

use der::{Decode, ErrorKind, Header, Reader as _, SliceReader};

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

/// One value: its contents, and its whole encoding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    pub(crate) encoding: &'a [u8],
    /// Offset of the first octet of `encoding` in the message.
    pub(crate) start: usize,
}

impl<'a> Tlv<'a> {
    /// Reads the contents as a structure.
    pub(crate) fn reader(&self) -> Result<Reader<'a>, DecodeError> {
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

/// Reads consecutive values. The TLV layer is `der`'s; this adds positions and our error kinds.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    inner: SliceReader<'a>,
    /// Offset of the slice in the message.
    base: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], base: usize) -> Result<Self, DecodeError> {
        let inner = SliceReader::new(bytes)
            .map_err(|_| DecodeError::at(DecodeErrorKind::DerLength, base))?;
        Ok(Self { bytes, inner, base })
    }

    /// Offset of the next octet in the message.
    pub(crate) fn position(&self) -> usize {
        self.base.saturating_add(self.consumed())
    }

    fn consumed(&self) -> usize {
        usize::try_from(self.inner.position()).unwrap_or(usize::MAX)
    }

    /// The tag octet of the next value; none at the end.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.inner.peek_byte()
    }

    /// Reads the next value whatever its type.
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>, DecodeError> {
        let from = self.consumed();
        let start = self.position();
        let Some(tag) = self.peek() else {
            return Err(DecodeError::at(DecodeErrorKind::DerTruncated, start));
        };
        // `der` would read the octets of a high tag number; no structure of ours has one.
        if tag & 0x1f == 0x1f {
            return Err(DecodeError::at(DecodeErrorKind::DerTagInvalid, start));
        }
        // `der` reports a constructed string as an unknown tag; it deserves its own hint. BER
        // lengths are judged first, so that `-stream` output is named by its outermost defect.
        let constructed_string = matches!(tag, 0x23 | 0x24 | 0x2c);
        let header = if constructed_string {
            Err(ErrorKind::TagUnknown { byte: tag }.to_error())
        } else {
            Header::decode(&mut self.inner)
        };
        let value = header.and_then(|header| self.inner.read_slice(header.length()));
        match value {
            Ok(value) => {
                let encoding = self.bytes.get(from..self.consumed()).unwrap_or_default();
                Ok(Tlv { tag, value, encoding, start })
            }
            Err(error) => Err(DecodeError::at(
                match error.kind() {
                    _ if constructed_string => DecodeErrorKind::DerConstructedString,
                    ErrorKind::Incomplete { .. } => DecodeErrorKind::DerTruncated,
                    ErrorKind::IndefiniteLength => DecodeErrorKind::DerIndefiniteLength,
                    ErrorKind::TagUnknown { .. }
                    | ErrorKind::TagNumberInvalid
                    | ErrorKind::TagUnexpected { .. } => DecodeErrorKind::DerTagInvalid,
                    _ => DecodeErrorKind::DerLength,
                },
                start,
            )),
        }
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
        if self.inner.is_finished() {
            Ok(())
        } else {
            Err(DecodeError::at(DecodeErrorKind::DerTrailingData, self.position()))
        }
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
