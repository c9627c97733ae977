//! Octets in lower-case hexadecimal.

use std::fmt::Write as _;

/// Most octets of an unknown value shown.
const MAX_SHOWN: usize = 256;

pub(crate) fn hex(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().saturating_mul(2));
    for octet in octets {
        let _unfailing: std::fmt::Result = write!(text, "{octet:02x}");
    }
    text
}

/// The beginning, where nobody needs the whole.
pub(crate) fn hex_excerpt(octets: &[u8]) -> String {
    match octets.get(..MAX_SHOWN) {
        Some(beginning) if octets.len() > MAX_SHOWN => {
            format!("{}… ({} octets)", hex(beginning), octets.len())
        }
        _ => hex(octets),
    }
}

/// A serial number, without the zero octet that only keeps it positive, as other tools print it.
pub(crate) fn serial_hex(octets: &[u8]) -> String {
    match octets {
        [0, rest @ ..] if !rest.is_empty() => hex(rest),
        all => hex(all),
    }
}
