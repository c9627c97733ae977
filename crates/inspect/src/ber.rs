//! BER to DER, far enough that `openssl cms -stream` output can be explained.
//!
//! `cms` has a BER reader of its own, but returns wrong content octets for constructed strings.

/// Deepest nesting followed: a message needs about twelve levels, and recursion must end.
const MAX_DEPTH: usize = 32;

/// Re-encodes the one BER value that `ber` is with definite, minimal lengths and primitive OCTET
/// STRINGs. SET OF keeps its order: who explains a message must not repair it.
pub(crate) fn to_der(ber: &[u8]) -> Option<Vec<u8>> {
    let mut rest = ber;
    let mut der = Vec::with_capacity(ber.len());
    value(&mut rest, &mut der, 0)?;
    rest.is_empty().then_some(der)
}

/// Moves one value from `rest` to `der`.
fn value(rest: &mut &[u8], der: &mut Vec<u8>, depth: usize) -> Option<()> {
    if depth > MAX_DEPTH {
        return None;
    }
    let tag = take(rest, 1)?.first().copied()?;
    // A high tag number, which no SignedData has.
    if tag & 0x1f == 0x1f {
        return None;
    }
    let constructed = tag & 0x20 != 0;
    let length = length(rest)?;
    let mut contents = match length {
        Some(length) => take(rest, length)?,
        None if constructed => *rest,
        None => return None,
    };
    if !constructed {
        put(der, tag, contents);
        return Some(());
    }
    let mut inner = Vec::new();
    let octet_string = tag == 0x24;
    let below = depth.saturating_add(1);
    loop {
        match (length, contents) {
            (Some(_), []) => break,
            (None, [0, 0, after @ ..]) => {
                *rest = after;
                break;
            }
            _ if octet_string => {
                let mut segment = Vec::new();
                value(&mut contents, &mut segment, below)?;
                let segment = crate::walk::Tlv::whole(&segment)?.tagged(0x04)?;
                inner.extend_from_slice(segment.value);
            }
            _ => value(&mut contents, &mut inner, below)?,
        }
    }
    put(der, if octet_string { 0x04 } else { tag }, &inner);
    Some(())
}

/// Reads a length; none inside for the indefinite one.
fn length(rest: &mut &[u8]) -> Option<Option<usize>> {
    let first = take(rest, 1)?.first().copied()?;
    match first {
        0..=0x7f => Some(Some(usize::from(first))),
        0x80 => Some(None),
        _ => take(rest, usize::from(first & 0x7f))?
            .iter()
            .try_fold(0_usize, |sum, &octet| sum.checked_mul(256)?.checked_add(usize::from(octet)))
            .map(Some),
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// Writes a value with a minimal length.
fn put(der: &mut Vec<u8>, tag: u8, contents: &[u8]) {
    der.push(tag);
    let octets = contents.len().to_be_bytes();
    let significant = octets.iter().position(|&octet| octet != 0).unwrap_or(octets.len());
    match octets.get(significant..).unwrap_or_default() {
        [] => der.push(0),
        [short] if *short < 0x80 => der.push(*short),
        long => {
            der.push(0x80 | u8::try_from(long.len()).unwrap_or(u8::MAX));
            der.extend_from_slice(long);
        }
    }
    der.extend_from_slice(contents);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_and_constructed_strings_become_der() {
        let ber = [
            0x30, 0x80, // SEQUENCE, indefinite
            0x24, 0x80, 0x04, 0x01, 0xaa, 0x04, 0x81, 0x01, 0xbb, 0x00,
            0x00, // AA BB in segments
            0x00, 0x00,
        ];
        assert_eq!(to_der(&ber), Some(vec![0x30, 0x04, 0x04, 0x02, 0xaa, 0xbb]));
    }

    #[test]
    fn nesting_is_bounded_and_rubbish_is_nothing() {
        let nested: Vec<u8> = [0x30, 0x80].repeat(10_000);
        assert_eq!(to_der(&nested), None);
        assert_eq!(to_der(&[0x30, 0x80, 0x04]), None);
        assert_eq!(to_der(&[0x04, 0x80, 0x00, 0x00]), None);
        assert_eq!(to_der(&[0x04, 0xff, 0x00]), None);
    }
}
