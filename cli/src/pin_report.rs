//! What `pin` prints: entries of a policy in TOML, or JSON.
//!
//! ```toml
//! [[signer]]
//! name = "proxy.example"       # for logs; yours to choose
//! profile = "strict"           # or "baseline"; a key signs one of them only
//! certificate = "proxy.pem"    # or public_key = "…", which has no dates
//! key_identifier = "d90e5c57…" # by which messages name the key
//! spki_sha256 = "68e3b669…"    # which of the file's keys it is
//! ```

use std::fmt::Write as _;
use std::time::Duration;

use client_cert_inspect::ascii_json;
use rustls_pki_types::UnixTime;
use serde::Serialize;

use crate::pin::{CertificateFacts, Entry};
use crate::{escape, hex, time};

/// Comments are for people and escaped; strings are TOML's.
pub(crate) fn toml(entries: &[Entry]) -> String {
    entries.iter().map(toml_entry).collect::<Vec<_>>().join("\n")
}

fn toml_entry(entry: &Entry) -> String {
    let mut text = Lines::default();
    let of_several = match entry.place {
        (_, 1) => String::new(),
        (number, count) => format!(", number {number} of {count}"),
    };
    text.line(format_args!("# {}{of_several}", escape::text(&entry.file)));
    match &entry.certificate {
        None => text.line(format_args!("# {} public key, without dates", entry.key)),
        Some(facts) => comments(&mut text, entry, facts),
    }
    text.line(format_args!("[[signer]]"));
    text.line(format_args!("name = {}", toml_string(&entry.name)));
    text.line(format_args!("profile = \"strict\""));
    text.line(format_args!("{} = {}", file_key(entry), toml_string(&entry.file)));
    text.line(format_args!("key_identifier = \"{}\"", hex::encode(&entry.key_identifier)));
    text.line(format_args!("spki_sha256 = \"{}\"", hex::encode(&entry.spki_sha256)));
    text.0
}

fn comments(text: &mut Lines, entry: &Entry, facts: &CertificateFacts) {
    text.line(format_args!("# {}", escape::name(&facts.subject)));
    for (kind, name) in &facts.names {
        text.line(format_args!("# {kind} {}", escape::text(name)));
    }
    let (from, until) = validity(facts);
    text.line(format_args!("# {}, valid {from} to {until}", entry.key));
    if facts.is_ca {
        text.line(format_args!("# WARNING: a CA's certificate; pin the proxy's own"));
    }
}

const fn file_key(entry: &Entry) -> &'static str {
    match entry.certificate {
        Some(_) => "certificate",
        None => "public_key",
    }
}

fn validity(facts: &CertificateFacts) -> (String, String) {
    let text = |seconds| time::rfc3339(UnixTime::since_unix_epoch(Duration::from_secs(seconds)));
    (text(facts.validity.not_before), text(facts.validity.not_after))
}

/// A basic string of printable ASCII.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ => {
                let _unfailing: std::fmt::Result =
                    write!(quoted, "\\U{:08x}", u32::from(character));
            }
        }
    }
    quoted.push('"');
    quoted
}

#[derive(Debug, Serialize)]
struct Report<'a> {
    signers: Vec<Signer<'a>>,
}

/// The keys of the TOML entry, and what its comments say.
#[derive(Debug, Serialize)]
struct Signer<'a> {
    name: &'a str,
    profile: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_key: Option<&'a str>,
    key_identifier: String,
    spki_sha256: String,
    key: &'a str,
    subject: Option<&'a str>,
    sans: Vec<San<'a>>,
    not_before: Option<String>,
    not_after: Option<String>,
    /// Whether the certificate is a CA's; none for a bare key.
    ca: Option<bool>,
}

#[derive(Debug, Serialize)]
struct San<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
}

pub(crate) fn json(entries: &[Entry]) -> anyhow::Result<String> {
    let report = Report { signers: entries.iter().map(Signer::of).collect() };
    Ok(format!("{}\n", ascii_json(&serde_json::to_string_pretty(&report)?)))
}

impl<'a> Signer<'a> {
    fn of(entry: &'a Entry) -> Self {
        let facts = entry.certificate.as_ref();
        let file = Some(entry.file.as_str());
        let (certificate, public_key) = if facts.is_some() { (file, None) } else { (None, file) };
        let (not_before, not_after) = facts.map(validity).unzip();
        Self {
            name: &entry.name,
            profile: "strict",
            certificate,
            public_key,
            key_identifier: hex::encode(&entry.key_identifier),
            spki_sha256: hex::encode(&entry.spki_sha256),
            key: &entry.key,
            subject: facts.map(|facts| facts.subject.as_str()),
            sans: facts.map_or_else(Vec::new, |facts| {
                facts.names.iter().map(|(kind, value)| San { kind, value }).collect()
            }),
            not_before,
            not_after,
            ca: facts.map(|facts| facts.is_ca),
        }
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _unfailing: std::fmt::Result = writeln!(self.0, "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_strings_cannot_be_left() {
        assert_eq!(toml_string("a\"\\\n\u{202e}é"), r#""a\"\\\U0000000a\U0000202e\U000000e9""#);
    }
}
