//! Hexadecimal, lower case.

use std::fmt::Write as _;

pub(crate) fn encode(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        let _unfailing: std::fmt::Result = write!(text, "{octet:02x}");
        text
    })
}

/// Either case; nothing for an odd number of digits or another character.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |octet: u8| char::from(octet).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_takes_what_encoding_makes() {
        assert_eq!(encode(&[0, 0xab, 255]), "00abff");
        assert_eq!(decode("00abFF"), Some(vec![0, 0xab, 255]));
        assert_eq!([decode("0"), decode("0g"), decode("é")], [None, None, None]);
    }
}
