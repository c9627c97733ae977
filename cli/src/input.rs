//! The field to verify, as it is given: a bare value, or lines of a request.

use std::ffi::OsStr;
use std::path::Path;

use client_cert_envelope::{FieldLines, FieldName};

use crate::error::Problem;
use crate::files;

/// Reads `VALUE`, `@FILE` or `-`.
pub(crate) fn read(argument: &OsStr) -> anyhow::Result<Vec<u8>> {
    if argument == "-" {
        return files::read_stdin();
    }
    if !argument.as_encoded_bytes().starts_with(b"@") {
        return Ok(argument.as_encoded_bytes().to_vec());
    }
    match argument.to_str().and_then(|text| text.strip_prefix('@')) {
        Some(path) => files::read_input(Path::new(path)),
        None => Err(Problem::file("the name of the file is not UTF-8")
            .with_hint("give its content on standard input: - < FILE")
            .into()),
    }
}

/// Field lines of one request.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Input {
    lines: Vec<(Vec<u8>, Vec<u8>)>,
    /// No line was `Name: value`.
    is_bare: bool,
}

impl Input {
    /// Takes lines of a request, or values of the field.
    ///
    /// One line end is ignored. A line that is `Name: value` is a line of that field, any other one
    /// a line of `field`, so that no line goes unjudged: not a second value, not an alias, not a
    /// `Connection` that names the field. Among `Name: value` lines, a request line in front and
    /// empty lines are what they are in HTTP.
    pub(crate) fn parse(octets: &[u8], field: &FieldName) -> Self {
        let bare = |value: &[u8]| (field.as_str().as_bytes().to_vec(), value.to_vec());
        let is_pem = octets.trim_ascii_start().starts_with(b"-----BEGIN ");
        if is_pem || matches!(octets, [0x30, 0x80..=0xff, ..]) {
            // PEM or DER, whatever octets are line ends in it: the refusal can say what it is.
            return Self { lines: vec![bare(octets)], is_bare: true };
        }
        let octets = octets.strip_suffix(b"\n").map_or(octets, without_cr);
        let lines: Vec<&[u8]> = octets.split(|&octet| octet == b'\n').map(without_cr).collect();
        if !lines.iter().any(|line| name_and_value(line).is_some()) {
            return Self { lines: lines.into_iter().map(bare).collect(), is_bare: true };
        }
        let is_field_line = |index: usize, line: &[u8]| match index {
            0 => !line.is_empty() && !is_request_line(line),
            _ => !line.is_empty(),
        };
        let field_lines =
            lines.into_iter().enumerate().filter(|(index, line)| is_field_line(*index, line)).map(
                |(_, line)| match name_and_value(line) {
                    Some((name, value)) => (name.to_vec(), value.to_vec()),
                    None => bare(line),
                },
            );
        Self { lines: field_lines.collect(), is_bare: false }
    }

    /// Whether it is values without names, of which several are most often one that was wrapped.
    pub(crate) const fn is_bare(&self) -> bool {
        self.is_bare
    }

    pub(crate) fn field_lines(&self, field: &FieldName) -> FieldLines<'_> {
        FieldLines::of_request(field, self.lines.iter().map(|(name, value)| (name, value)))
    }
}

fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// A name is of token characters (RFC 9110 §5.6.2); a space is let through because it is one of
/// the aliases that are looked for.
fn name_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|&octet| octet == b':')?;
    let (name, rest) = line.split_at_checked(colon)?;
    let of_name =
        |octet: &u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~ \t".contains(octet);
    let is_name = !name.trim_ascii().is_empty() && name.iter().all(of_name);
    is_name.then_some((name, rest.get(1..)?))
}

/// `METHOD target HTTP/1.1`.
fn is_request_line(line: &[u8]) -> bool {
    let words: Vec<&[u8]> = line.split(|&octet| octet == b' ').collect();
    let [method, target, version] = words.as_slice() else {
        return false;
    };
    method.iter().all(u8::is_ascii_alphabetic)
        && (target.starts_with(b"/") || target.starts_with(b"http") || *target == b"*")
        && version.starts_with(b"HTTP/")
}

#[cfg(test)]
mod tests {
    use client_cert_envelope::{AcceptedProfiles, Profile};

    use super::*;

    fn code(input: &[u8]) -> Option<&'static str> {
        let field = FieldName::for_profile(Profile::Strict);
        let parsed = Input::parse(input, &field);
        let lines = parsed.field_lines(&field);
        lines.single(AcceptedProfiles::Strict).err().map(|error| error.code())
    }

    #[test]
    fn a_value_stands_alone_or_in_its_line() {
        for input in [
            ":QQ==:",
            ":QQ==:\n",
            ":QQ==:\r\n",
            "Signed-Client-Cert: :QQ==:\n",
            "signed-client-cert:\t:QQ==: \r\n",
            "Host: a\nSigned-Client-Cert: :QQ==:\nAccept: */*\n\n",
            "GET https://a/ HTTP/1.1\r\nHost: a\r\nSigned-Client-Cert: :QQ==:\r\n\r\n",
        ] {
            assert_eq!(code(input.as_bytes()), None, "{input:?}");
        }
    }

    #[test]
    fn no_line_goes_unjudged() {
        for (input, expected) in [
            ("", "field-empty"),
            ("\n", "field-empty"),
            ("Signed-Client-Cert:\n", "field-empty"),
            (":QQ==:\n:QQ==:", "field-repeated"),
            (":QQ==:\n\n", "field-repeated"),
            ("Signed-Client-Cert: :QQ==:\nSigned-Client-Cert: :QQ==:", "field-repeated"),
            ("Signed-Client-Cert: :QQ==:\n:QQ==:", "field-repeated"),
            ("Signed-Client-Cert: :QQ==:\n\nSigned-Client-Cert: :QQ==:", "field-repeated"),
            ("Signed_Client_Cert: :QQ==:\nSigned-Client-Cert: :QQ==:", "field-alias"),
            ("Signed Client Cert: :QQ==:\nSigned-Client-Cert: :QQ==:", "field-alias"),
            (
                "Connection: signed-client-cert\nSigned-Client-Cert: :QQ==:",
                "field-connection-listed",
            ),
            ("Host: a\nClient-Cert: :QQ==:", "field-absent"),
            ("-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n", "not-byte-sequence"),
        ] {
            assert_eq!(code(input.as_bytes()), Some(expected), "{input:?}");
        }
    }
}
