//! Base64 read as leniently as anything in use writes it. The strict reader is the envelope's.

/// Decodes either alphabet, with or without padding, line breaks or zero pad bits; nothing for
/// text that has other characters, or no octet at all.
pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len());
    let mut bits: u32 = 0;
    let mut count: u32 = 0;
    let mut padded = false;
    for &character in text {
        let sextet = match character {
            b'A'..=b'Z' => character.wrapping_sub(b'A'),
            b'a'..=b'z' => character.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => character.wrapping_sub(b'0').wrapping_add(52),
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                padded = true;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        if padded {
            return None;
        }
        bits = (bits << 6) | u32::from(sextet);
        count = count.wrapping_add(6);
        if count >= 8 {
            count = count.wrapping_sub(8);
            octets.push((bits >> count).to_be_bytes()[3]);
        }
    }
    (!octets.is_empty()).then_some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_alphabets_line_breaks_and_missing_padding_are_read() {
        assert_eq!(decode(b"+/+/"), Some(vec![0xfb, 0xff, 0xbf]));
        assert_eq!(decode(b"-_-_"), Some(vec![0xfb, 0xff, 0xbf]));
        assert_eq!(decode(b"MDA\r\n w"), Some(b"000".to_vec()));
        assert_eq!(decode(b"MDA="), decode(b"MDA"));
        assert_eq!(decode(b"MDB="), Some(b"00".to_vec()));
        assert_eq!(decode(b"MD=A"), None);
        assert_eq!(decode(b"M.DA"), None);
        assert_eq!(decode(b""), None);
    }
}
