//! Text forms: field values and PEM.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// RFC 9651 Byte Sequence, as the strict profile carries a message.
pub fn strict_value(der: &[u8]) -> String {
    format!(":{}:", STANDARD.encode(der))
}

/// Bare base64, as the baseline profile carries a message.
pub fn baseline_value(der: &[u8]) -> String {
    STANDARD.encode(der)
}

/// The same value with a pad bit set: lenient decoders read the same octets.
pub fn with_pad_bit(value: &str) -> String {
    let last = value.rfind(|c| c != '=' && c != ':').expect("the value holds base64");
    let (head, tail) = value.split_at(last);
    assert!(tail.contains('='), "the value has no padding, hence no pad bits");
    let mut rest = tail.chars();
    let old = rest.next().expect("found above");
    let alphabet: Vec<char> =
        ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let index = alphabet.iter().position(|c| *c == old).expect("a base64 character");
    format!("{head}{}{}", alphabet[index | 1], rest.as_str())
}

/// PEM with lines of 64 characters.
pub fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(64) {
        out.extend(line.iter().map(|b| char::from(*b)));
        out.push('\n');
    }
    out + &format!("-----END {label}-----\n")
}

/// The octets of a PEM text with one block.
pub fn from_pem(text: &str) -> Vec<u8> {
    let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(body).expect("the block is base64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pad_bits_change_one_character() {
        assert_eq!(with_pad_bit(":QQ==:"), ":QR==:");
        assert_eq!(with_pad_bit("QUI="), "QUJ=");
    }

    #[test]
    fn pem_round_trips() {
        let octets: Vec<u8> = (0..=255).collect();
        assert_eq!(from_pem(&pem("CERTIFICATE", &octets)), octets);
    }
}
