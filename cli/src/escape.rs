//! Text of strangers on the way to a terminal.

use client_cert_inspect::Escaped;

/// Escapes text of any origin: see [`Escaped`].
pub(crate) fn text(untrusted: &str) -> String {
    Escaped(untrusted).to_string()
}

/// Escapes a distinguished name in the form of RFC 4514. Its own backslashes stay single: in that
/// form one that stands for itself is doubled already, so nothing becomes ambiguous.
pub(crate) fn name(rfc4514: &str) -> String {
    rfc4514.split('\\').map(text).collect::<Vec<_>>().join("\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(text("a\u{1b}[2J\u{202e}\n"), r"a\u{1b}[2J\u{202e}\u{a}");
        assert_eq!(name("CN=a\\, b\u{202e}\\\\"), r"CN=a\, b\u{202e}\\");
    }
}
