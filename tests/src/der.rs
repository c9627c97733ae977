//! Writes DER, and on demand the BER that DER forbids.

/// Tag of BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// Tag of INTEGER.
pub const INTEGER: u8 = 0x02;
/// Tag of BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// Tag of OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// Tag of NULL.
pub const NULL: u8 = 0x05;
/// Tag of OBJECT IDENTIFIER.
pub const OID: u8 = 0x06;
/// Tag of ENUMERATED.
pub const ENUMERATED: u8 = 0x0a;
/// Tag of UTF8String.
pub const UTF8_STRING: u8 = 0x0c;
/// Tag of PrintableString.
pub const PRINTABLE_STRING: u8 = 0x13;
/// Tag of IA5String.
pub const IA5_STRING: u8 = 0x16;
/// Tag of UTCTime.
pub const UTC_TIME: u8 = 0x17;
/// Tag of GeneralizedTime.
pub const GENERALIZED_TIME: u8 = 0x18;
/// Tag of BMPString.
pub const BMP_STRING: u8 = 0x1e;
/// Tag of SEQUENCE and SEQUENCE OF.
pub const SEQUENCE: u8 = 0x30;
/// Tag of SET and SET OF.
pub const SET: u8 = 0x31;
/// The bit of a tag that says "constructed".
pub const CONSTRUCTED: u8 = 0x20;

/// One element, with the shortest length.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    tlv_with_length(tag, &length(content.len()), content)
}

/// One element with these length octets, right or wrong.
pub fn tlv_with_length(tag: u8, length: &[u8], content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    out.extend_from_slice(length);
    out.extend_from_slice(content);
    out
}

/// One element of indefinite length: BER, with end-of-contents octets.
pub fn tlv_indefinite(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = tlv_with_length(tag, &[0x80], content);
    out.extend_from_slice(&[0, 0]);
    out
}

/// The shortest length octets.
pub fn length(n: usize) -> Vec<u8> {
    if n < 0x80 { vec![low_byte(n)] } else { long_length(n, minimal(n).len()) }
}

/// Length octets in the long form with `octets` octets after the first: not minimal where fewer would do.
pub fn long_length(n: usize, octets: usize) -> Vec<u8> {
    let value = minimal(n);
    assert!(octets >= value.len() && octets < 0x7f, "length does not fit");
    let mut out = vec![0x80 | low_byte(octets)];
    out.resize(1 + octets - value.len(), 0);
    out.extend(value);
    out
}

/// SEQUENCE of the parts.
pub fn seq<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Vec<u8> {
    tlv(SEQUENCE, &concat(parts))
}

/// SET OF in DER order.
pub fn set_of<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Vec<u8> {
    set_raw(sorted(parts))
}

/// SET with the parts in the order given.
pub fn set_raw<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Vec<u8> {
    tlv(SET, &concat(parts))
}

/// The parts in the order DER demands of a SET OF (X.690 §11.6).
pub fn sorted<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Vec<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = parts.into_iter().map(|p| p.as_ref().to_vec()).collect();
    parts.sort();
    parts
}

/// The parts one after another.
pub fn concat<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(part.as_ref());
    }
    out
}

/// Context-specific constructed `[n]`: an EXPLICIT tag, or the IMPLICIT tag of a constructed type.
pub fn context(n: u8, content: &[u8]) -> Vec<u8> {
    tlv(0xa0 | n, content)
}

/// Context-specific primitive `[n]`: the IMPLICIT tag of a primitive type.
pub fn context_primitive(n: u8, content: &[u8]) -> Vec<u8> {
    tlv(0x80 | n, content)
}

/// The same element under another tag.
pub fn retag(tag: u8, element: &[u8]) -> Vec<u8> {
    concat([&[tag], &element[1..]])
}

/// OBJECT IDENTIFIER from its dotted form.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> =
        dotted.split('.').map(|a| a.parse().expect("an arc is a number")).collect();
    let mut content = base128(arcs[0] * 40 + arcs[1]);
    for arc in &arcs[2..] {
        content.extend(base128(*arc));
    }
    tlv(OID, &content)
}

/// INTEGER, not negative.
pub fn integer(n: u64) -> Vec<u8> {
    unsigned(&n.to_be_bytes())
}

/// INTEGER from the big-endian octets of a number that is not negative, shortest form.
pub fn unsigned(big_endian: &[u8]) -> Vec<u8> {
    let zeros = big_endian.iter().take_while(|b| **b == 0).count();
    let digits = &big_endian[zeros..];
    match digits.first() {
        Some(first) if *first < 0x80 => tlv(INTEGER, digits),
        _ => tlv(INTEGER, &concat([&[0], digits])),
    }
}

/// ENUMERATED.
pub fn enumerated(n: u8) -> Vec<u8> {
    retag(ENUMERATED, &integer(n.into()))
}

/// BOOLEAN.
pub fn boolean(value: bool) -> Vec<u8> {
    tlv(BOOLEAN, &[if value { 0xff } else { 0 }])
}

/// NULL.
pub fn null() -> Vec<u8> {
    tlv(NULL, &[])
}

/// OCTET STRING.
pub fn octet_string(bytes: &[u8]) -> Vec<u8> {
    tlv(OCTET_STRING, bytes)
}

/// BIT STRING of whole octets.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    tlv(BIT_STRING, &concat([&[0], bytes]))
}

/// BIT STRING of a named bit list: trailing zero bits left out.
pub fn named_bits(bits: &[u8]) -> Vec<u8> {
    let Some(highest) = bits.iter().max() else { return tlv(BIT_STRING, &[0]) };
    let mut content = vec![0; 2 + usize::from(highest / 8)];
    content[0] = 7 - highest % 8;
    for bit in bits {
        content[1 + usize::from(bit / 8)] |= 0x80 >> (bit % 8);
    }
    tlv(BIT_STRING, &content)
}

/// UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    tlv(UTF8_STRING, text.as_bytes())
}

/// PrintableString.
pub fn printable(text: &str) -> Vec<u8> {
    tlv(PRINTABLE_STRING, text.as_bytes())
}

/// IA5String.
pub fn ia5(text: &str) -> Vec<u8> {
    tlv(IA5_STRING, text.as_bytes())
}

/// The time type that CMS and X.509 demand: UTCTime to 2049, GeneralizedTime after.
pub fn time(unix_seconds: u64) -> Vec<u8> {
    if digits(unix_seconds).as_str() < "2050" {
        utc_time(unix_seconds)
    } else {
        generalized_time(unix_seconds)
    }
}

/// UTCTime, whatever the century.
pub fn utc_time(unix_seconds: u64) -> Vec<u8> {
    tlv(UTC_TIME, &digits(unix_seconds).as_bytes()[2..])
}

/// GeneralizedTime without a fraction.
pub fn generalized_time(unix_seconds: u64) -> Vec<u8> {
    tlv(GENERALIZED_TIME, digits(unix_seconds).as_bytes())
}

/// `YYYYMMDDHHMMSSZ`.
fn digits(unix_seconds: u64) -> String {
    let (days, second) = (unix_seconds / 86_400, unix_seconds % 86_400);
    let (year, month, day) = civil(days);
    format!(
        "{year:04}{month:02}{day:02}{:02}{:02}{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// Year, month and day of a day number since 1970.
fn civil(days: u64) -> (u64, u64, u64) {
    // Eras of 400 years that begin on 1 March, so that the leap day is the last of its year.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

fn base128(n: u64) -> Vec<u8> {
    let mut out = vec![low_bits(n)];
    let mut rest = n >> 7;
    while rest > 0 {
        out.push(0x80 | low_bits(rest));
        rest >>= 7;
    }
    out.reverse();
    out
}

fn low_bits(n: u64) -> u8 {
    n.to_be_bytes()[7] & 0x7f
}

fn minimal(n: usize) -> Vec<u8> {
    let bytes = n.to_be_bytes();
    let zeros = bytes.iter().take_while(|b| **b == 0).count().min(bytes.len() - 1);
    bytes[zeros..].to_vec()
}

fn low_byte(n: usize) -> u8 {
    u8::try_from(n).expect("at most 255")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_minimal_unless_asked() {
        assert_eq!(length(127), [0x7f]);
        assert_eq!(length(128), [0x81, 0x80]);
        assert_eq!(length(256), [0x82, 1, 0]);
        assert_eq!(long_length(5, 1), [0x81, 5]);
        assert_eq!(long_length(300, 3), [0x83, 0, 1, 44]);
        assert_eq!(tlv_indefinite(SEQUENCE, &null()), [0x30, 0x80, 5, 0, 0, 0]);
    }

    #[test]
    fn integers_are_minimal_and_not_negative() {
        assert_eq!(integer(0), [2, 1, 0]);
        assert_eq!(integer(127), [2, 1, 127]);
        assert_eq!(integer(128), [2, 2, 0, 128]);
        assert_eq!(unsigned(&[0, 0, 1, 0]), [2, 2, 1, 0]);
    }

    #[test]
    fn object_identifiers_take_arcs_of_any_size() {
        assert_eq!(
            oid("1.2.840.113549.1.7.2"),
            [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]
        );
        assert_eq!(oid("2.5.29.37.0"), [6, 4, 0x55, 0x1d, 0x25, 0]);
        assert_eq!(oid("2.999.1"), [6, 3, 0x88, 0x37, 1]);
    }

    #[test]
    fn times_are_utctime_to_2049_and_generalizedtime_after() {
        assert_eq!(time(0), utc_time(0));
        assert_eq!(&utc_time(1_790_000_000)[2..], b"260921141320Z");
        assert_eq!(&time(951_782_400)[2..], b"000229000000Z");
        assert_eq!(&time(2_524_607_999)[2..], b"491231235959Z");
        assert_eq!(&time(2_524_608_000)[2..], b"20500101000000Z");
    }

    #[test]
    fn set_of_is_sorted_and_a_raw_set_is_not() {
        let parts = [integer(3), boolean(true), integer(1)];
        assert_eq!(set_of(&parts), set_raw([boolean(true), integer(1), integer(3)]));
        assert_ne!(set_of(&parts), set_raw(&parts));
    }

    #[test]
    fn named_bits_drop_trailing_zeros() {
        assert_eq!(named_bits(&[0]), [3, 2, 7, 0x80]);
        assert_eq!(named_bits(&[5, 6]), [3, 2, 1, 0x06]);
        assert_eq!(named_bits(&[0, 8]), [3, 3, 7, 0x80, 0x80]);
        assert_eq!(named_bits(&[]), [3, 1, 0]);
    }
}
