//! PEM blocks (RFC 7468), with any text around them.

use crate::base64;

/// One block: its label and, for a label this crate reads, its octets.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) line: usize,
    /// None if the text is no base64 or the end line is missing.
    pub(crate) octets: Option<Vec<u8>>,
}

/// Labels whose octets are looked at. Others, private keys above all, are named and passed over.
const LABELS: [&str; 3] = ["CERTIFICATE", "CMS", "PKCS7"];

/// Whether some line begins a block.
pub(crate) fn has_block(text: &[u8]) -> bool {
    lines(text).any(|line| label(line, b"-----BEGIN ").is_some())
}

/// Reads the blocks; second, the number of those passed over.
pub(crate) fn blocks(text: &[u8], most: usize) -> (Vec<Block>, usize) {
    let mut blocks = Vec::new();
    let mut ignored: usize = 0;
    let mut open: Option<(String, usize, Vec<u8>)> = None;
    for (index, line) in lines(text).enumerate() {
        if let Some(label) = label(line, b"-----BEGIN ") {
            open = Some((label, index.saturating_add(1), Vec::new()));
            continue;
        }
        let Some((begun, _, body)) = &mut open else {
            continue;
        };
        let Some(end) = label(line, b"-----END ") else {
            body.extend_from_slice(line);
            continue;
        };
        let octets = if end == *begun { base64::decode(body) } else { None };
        if let Some((label, line, _)) = open.take() {
            if LABELS.contains(&label.as_str()) && blocks.len() < most {
                blocks.push(Block { label, line, octets });
            } else {
                ignored = ignored.saturating_add(1);
            }
        }
    }
    // A block without an end is cut short: it is reported, not read.
    if let Some((label, line, _)) = open
        && LABELS.contains(&label.as_str())
        && blocks.len() < most
    {
        blocks.push(Block { label, line, octets: None });
    }
    (blocks, ignored)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|&octet| octet == b'\n').map(<[u8]>::trim_ascii)
}

fn label(line: &[u8], prefix: &[u8]) -> Option<String> {
    let label = line.strip_prefix(prefix)?.strip_suffix(b"-----")?;
    str::from_utf8(label).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_text_and_private_keys_passed_over() {
        let text = b"Data:\n-----BEGIN PRIVATE KEY-----\nMDAw\n-----END PRIVATE KEY-----\r\n\
            -----BEGIN CMS-----\r\nMDAw\r\nMDAw\r\n-----END CMS-----\r\n";
        let (found, ignored) = blocks(text, 9);
        assert_eq!(ignored, 1);
        let [block] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((block.label.as_str(), block.line), ("CMS", 5));
        assert_eq!(block.octets.as_deref(), Some(&b"000000"[..]));
    }

    #[test]
    fn a_block_without_end_or_with_another_is_not_read() {
        let (found, _) = blocks(b"-----BEGIN CMS-----\nMDAw\n", 9);
        assert!(found[0].octets.is_none());
        let (found, _) = blocks(b"-----BEGIN CMS-----\nMDAw\n-----END PKCS7-----\n", 9);
        assert!(found[0].octets.is_none());
    }
}
