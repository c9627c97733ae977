//! DER writing into a sink: a buffer when signing, a comparison when checking what was received.

use alloc::vec::Vec;

/// Where encoded octets go.
pub(crate) trait Sink {
    fn put(&mut self, octets: &[u8]);
}

impl Sink for Vec<u8> {
    fn put(&mut self, octets: &[u8]) {
        self.extend_from_slice(octets);
    }
}

/// Counts octets.
#[derive(Debug, Default)]
pub(crate) struct Counter(pub(crate) usize);

impl Sink for Counter {
    fn put(&mut self, octets: &[u8]) {
        self.0 = self.0.saturating_add(octets.len());
    }
}

/// Compares octets with those expected, without a buffer.
#[derive(Debug)]
pub(crate) struct Comparer<'a> {
    rest: &'a [u8],
    matched: usize,
    differs: bool,
}

impl<'a> Comparer<'a> {
    pub(crate) fn new(expected: &'a [u8]) -> Self {
        Self { rest: expected, matched: 0, differs: false }
    }

    /// Nothing if all was equal, else the offset at or before which the two differ.
    pub(crate) fn difference(&self) -> Option<usize> {
        (self.differs || !self.rest.is_empty()).then_some(self.matched)
    }
}

impl Sink for Comparer<'_> {
    fn put(&mut self, octets: &[u8]) {
        if self.differs {
            return;
        }
        match self.rest.strip_prefix(octets) {
            Some(rest) => {
                self.rest = rest;
                self.matched = self.matched.saturating_add(octets.len());
            }
            None => self.differs = true,
        }
    }
}

/// Writes tag and minimal length.
#[inline]
pub(crate) fn header<S: Sink + ?Sized>(sink: &mut S, tag: u8, length: usize) {
    match u16::try_from(length).map(u16::to_be_bytes) {
        Ok([0, short @ ..0x80]) => sink.put(&[tag, short]),
        Ok([0, long]) => sink.put(&[tag, 0x81, long]),
        Ok([high, low]) => sink.put(&[tag, 0x82, high, low]),
        Err(_) => long_header(sink, tag, length),
    }
}

fn long_header<S: Sink + ?Sized>(sink: &mut S, tag: u8, length: usize) {
    let octets = length.to_be_bytes();
    let significant = octets.iter().position(|&octet| octet != 0).unwrap_or(octets.len());
    let minimal = octets.get(significant..).unwrap_or_default();
    let count = u8::try_from(minimal.len()).unwrap_or(u8::MAX);
    sink.put(&[tag, 0x80 | count]);
    sink.put(minimal);
}

/// How many octets [`header`] writes.
pub(crate) fn header_len(length: usize) -> usize {
    let mut counter = Counter::default();
    header(&mut counter, 0, length);
    counter.0
}

/// Writes a whole value.
pub(crate) fn value<S: Sink + ?Sized>(sink: &mut S, tag: u8, contents: &[u8]) {
    header(sink, tag, contents.len());
    sink.put(contents);
}

/// Writes a value whose contents `write` writes. `write` runs twice: to count, and to write.
pub(crate) fn nested<S: Sink>(sink: &mut S, tag: u8, write: impl Fn(&mut dyn Sink)) {
    let mut counter = Counter::default();
    write(&mut counter);
    header(sink, tag, counter.0);
    write(sink);
}

/// Writes a non-negative INTEGER or ENUMERATED in its fewest octets.
pub(crate) fn uint<S: Sink + ?Sized>(sink: &mut S, tag: u8, number: u32) {
    let octets = number.to_be_bytes();
    let significant = octets.iter().position(|&octet| octet != 0).unwrap_or(3);
    let minimal = octets.get(significant..).unwrap_or_default();
    // A leading 1 bit would be a sign.
    let sign = usize::from(minimal.first().is_some_and(|&octet| octet >= 0x80));
    header(sink, tag, minimal.len().saturating_add(sign));
    if sign == 1 {
        sink.put(&[0]);
    }
    sink.put(minimal);
}
