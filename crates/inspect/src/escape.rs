//! Text of strangers, made harmless for terminals and logs.

use std::fmt::{self, Write as _};

/// Shows text of unknown origin so that it is only text: what would move the cursor, hide, reorder
/// or imitate is written as `\u{1b}`, a backslash as `\\`, so that two texts never look the same.
///
/// It is not HTML escaping: `<` stays.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a wrapper, and nothing else, on purpose")]
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '\\' => f.write_str("\\\\")?,
                c if is_hidden(c) => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// [`Escaped`] as a `String`.
#[must_use]
pub fn escape_untrusted(text: &str) -> String {
    Escaped(text).to_string()
}

/// Writes every character outside printable ASCII of a finished JSON text as `\uXXXX`: the same
/// JSON, harmless on a terminal.
///
/// JSON escapes the first 32 characters only, so that U+009B, a terminal's escape sequence, and
/// U+202E, which reverses text, would otherwise stand in it as they are.
#[must_use]
pub fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for character in json.chars() {
        // Line breaks of a pretty printer stay; inside strings JSON has none.
        if matches!(character, '\n' | ' '..='~') {
            ascii.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _unfailing: fmt::Result = write!(ascii, "\\u{unit:04x}");
            }
        }
    }
    ascii
}

/// A distinguished name in RFC 4514 form, whose hidden characters become the hexadecimal pairs that
/// this form has for them anyway: still the same name, and its backslashes stay readable.
pub(crate) fn escape_name(rfc4514: &str) -> String {
    let mut safe = String::with_capacity(rfc4514.len());
    for character in rfc4514.chars() {
        if is_hidden(character) {
            let mut buffer = [0; 4];
            for octet in character.encode_utf8(&mut buffer).bytes() {
                let _unfailing: fmt::Result = write!(safe, "\\{octet:02x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Controls (C0, DEL, C1), bidirectional formatting, invisible characters, spaces other than
/// U+0020, variation selectors, tags and private use, whose looks nobody knows.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{a0}'
                | '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{1680}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{2000}'..='\u{200f}'
                | '\u{2028}'..='\u{202f}'
                | '\u{205f}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3000}'
                | '\u{3164}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{13430}'..='\u{1345f}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{10ffff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_sequences_bidi_and_invisible_characters_are_written_out() {
        assert_eq!(
            escape_untrusted("\u{1b}]0;x\u{7}\u{9b}2J\u{202e}a\u{200b}b\u{a0}c\u{e0041}"),
            r"\u{1b}]0;x\u{7}\u{9b}2J\u{202e}a\u{200b}b\u{a0}c\u{e0041}"
        );
        assert_eq!(escape_untrusted("Zoë, 東京, <script>"), "Zoë, 東京, <script>");
    }

    #[test]
    fn no_two_texts_look_the_same() {
        assert_eq!(escape_untrusted("\u{1b}"), r"\u{1b}");
        assert_eq!(escape_untrusted(r"\u{1b}"), r"\\u{1b}");
        // Every string of three characters of this alphabet has its own image.
        let alphabet = ['\\', 'u', '{', '1', 'b', '}', '\u{1b}', '\u{1}'];
        let mut images = std::collections::HashSet::new();
        for a in alphabet {
            for b in alphabet {
                for c in alphabet {
                    assert!(images.insert(escape_untrusted(&String::from_iter([a, b, c]))));
                }
            }
        }
    }

    #[test]
    fn names_keep_their_own_escapes() {
        assert_eq!(escape_name("CN=a\\, b\u{202e}"), r"CN=a\, b\e2\80\ae");
    }

    #[test]
    fn json_stays_the_same_json_in_ascii() {
        let json = "{\n \"a\": \"\u{9b}\u{202e}\u{7f}é\u{e0041}\"\n}";
        let ascii = ascii_json(json);
        assert!(ascii.is_ascii() && !ascii.contains('\u{7f}'));
        let [before, after]: [serde_json::Value; 2] =
            [json, &ascii].map(|text| serde_json::from_str(text).unwrap());
        assert_eq!(before, after);
    }
}
