//! Walking over DER for explanation: no value is refused for its meaning, and every value knows
//! where it stands.

use der::{Decode, Header, Reader as _, SliceReader};

pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    /// `[0]` primitive: `sid` as subjectKeyIdentifier.
    pub(crate) const PRIMITIVE_0: u8 = 0x80;
    /// `[0]` constructed.
    pub(crate) const CONTEXT_0: u8 = 0xa0;
    /// `[1]` constructed.
    pub(crate) const CONTEXT_1: u8 = 0xa1;
}

/// One value: its contents, its whole encoding, and where that starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    pub(crate) encoding: &'a [u8],
    /// Offset of `encoding` in what was walked.
    pub(crate) start: usize,
}

impl<'a> Tlv<'a> {
    /// The one value that `bytes` is, all of it.
    pub(crate) fn whole(bytes: &'a [u8]) -> Option<Self> {
        let mut values = Values::new(bytes, 0);
        let value = values.next()?;
        (value.encoding.len() == bytes.len()).then_some(value)
    }

    /// The values in it, up to the first that is no DER.
    pub(crate) fn values(&self) -> Values<'a> {
        Values::new(self.value, self.value_start())
    }

    /// Offset of the contents.
    pub(crate) fn value_start(&self) -> usize {
        self.start.saturating_add(self.header_len())
    }

    /// Octets of tag and length.
    pub(crate) fn header_len(&self) -> usize {
        self.encoding.len().saturating_sub(self.value.len())
    }

    /// It, if it has this tag.
    pub(crate) fn tagged(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }
}

/// Consecutive values; it ends at the first that is no DER.
#[derive(Clone, Debug)]
pub(crate) struct Values<'a> {
    bytes: &'a [u8],
    reader: Option<SliceReader<'a>>,
    base: usize,
}

impl<'a> Values<'a> {
    fn new(bytes: &'a [u8], base: usize) -> Self {
        Self { bytes, reader: SliceReader::new(bytes).ok(), base }
    }

    /// The next value, if it has this tag; another one stays.
    pub(crate) fn next_tagged(&mut self, tag: u8) -> Option<Tlv<'a>> {
        let next = self.clone().next()?.tagged(tag)?;
        self.next();
        Some(next)
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Tlv<'a>;

    fn next(&mut self) -> Option<Tlv<'a>> {
        let reader = self.reader.as_mut()?;
        let from = usize::try_from(reader.position()).ok()?;
        let tag = reader.peek_byte()?;
        let value = Header::decode(reader).and_then(|header| reader.read_slice(header.length()));
        let Ok(value) = value else {
            self.reader = None;
            return None;
        };
        let to = usize::try_from(reader.position()).ok()?;
        let encoding = self.bytes.get(from..to)?;
        Some(Tlv { tag, value, encoding, start: self.base.saturating_add(from) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_whole() {
        let der = [0x30, 0x07, 0x02, 0x01, 0x05, 0x04, 0x02, 0xaa, 0xbb];
        let whole = Tlv::whole(&der).unwrap();
        let found: Vec<_> =
            whole.values().map(|v| (v.tag, v.start, v.encoding.len(), v.value_start())).collect();
        assert_eq!(found, [(0x02, 2, 3, 4), (0x04, 5, 4, 7)]);
    }

    #[test]
    fn what_follows_or_lacks_is_no_whole_value() {
        assert!(Tlv::whole(&[0x04, 0x01, 0x00, 0x00]).is_none());
        assert!(Tlv::whole(&[0x04, 0x02, 0x00]).is_none());
        assert!(Tlv::whole(&[]).is_none());
    }
}
