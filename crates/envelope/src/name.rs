//! Distinguished names (RFC 5280 §4.1.2.4) and their text (RFC 4514).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use const_oid::ObjectIdentifier;

use crate::certificate::{CertificateError, CertificateErrorKind};
use crate::reader::{Reader, Tlv, tag};

/// A Name. Equality is of its DER; `Display` is RFC 4514, last RDN first.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct DistinguishedName<'a> {
    der: &'a [u8],
    rdns: &'a [u8],
}

const PRINTABLE_STRING: u8 = 0x13;
const IA5_STRING: u8 = 0x16;

/// RFC 4514 §3, and serialNumber and emailAddress, which certificates of people have.
const SHORT_NAMES: [(&[u8], &str); 11] = [
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 9], "STREET"),
    (&[0x55, 4, 5], "serialNumber"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], "emailAddress"),
];

impl<'a> DistinguishedName<'a> {
    /// Checks the structure: `SEQUENCE OF SET SIZE (1..MAX) OF SEQUENCE { type, value }`.
    pub(crate) fn read(name: &Tlv<'a>) -> Result<Self, CertificateError> {
        let mut rdns = name.reader();
        while rdns.peek().is_some() {
            let mut rdn = rdns.expect(tag::SET)?.reader();
            if rdn.peek().is_none() {
                return Err(CertificateError::at(CertificateErrorKind::Name, rdn.position()));
            }
            while rdn.peek().is_some() {
                let mut attribute = rdn.expect(tag::SEQUENCE)?.reader();
                attribute.expect(tag::OID)?.oid()?;
                attribute.any()?;
                attribute.finish()?;
            }
        }
        Ok(Self { der: name.encoding, rdns: name.value })
    }

    /// The Name, whole.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }

    /// Whether there is no RDN.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }
}

impl fmt::Display for DistinguishedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rdns: Vec<Tlv<'_>> = elements(self.rdns).collect();
        for (index, rdn) in rdns.iter().rev().enumerate() {
            if index > 0 {
                f.write_char(',')?;
            }
            for (index, attribute) in elements(rdn.value).enumerate() {
                if index > 0 {
                    f.write_char('+')?;
                }
                let mut fields = elements(attribute.value);
                if let (Some(kind), Some(value)) = (fields.next(), fields.next()) {
                    write_attribute(f, kind.value, &value)?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for DistinguishedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The values in octets that were walked once already.
fn elements<'a>(octets: &'a [u8]) -> impl Iterator<Item = Tlv<'a>> {
    let mut reader = Reader::new(octets, 0);
    core::iter::from_fn(move || {
        reader.peek()?;
        reader.any().ok()
    })
}

/// Text only for a known type in a string type whose octets are text; `#` and the value's DER in
/// hexadecimal for everything else (RFC 4514 §2.4), so that no octet is lost.
fn write_attribute(f: &mut fmt::Formatter<'_>, kind: &[u8], value: &Tlv<'_>) -> fmt::Result {
    let short = SHORT_NAMES.iter().find(|(octets, _)| *octets == kind).map(|(_, name)| *name);
    let text = match value.tag {
        tag::UTF8_STRING | PRINTABLE_STRING | IA5_STRING => core::str::from_utf8(value.value).ok(),
        _ => None,
    };
    match short {
        Some(name) => write!(f, "{name}=")?,
        None => write!(f, "{}=", object_identifier_text(kind))?,
    }
    match text {
        Some(text) if short.is_some() => write_escaped(f, text),
        _ => {
            f.write_char('#')?;
            value.encoding.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
        }
    }
}

/// Characters that reorder or hide what stands around them: zero-width ones, bidirectional controls
/// and the byte order mark.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// RFC 4514 §2.4. Control characters and invisible ones are escaped too, which the RFC allows.
fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let last = text.chars().count().saturating_sub(1);
    for (index, character) in text.chars().enumerate() {
        let special = matches!(character, '"' | '+' | ',' | ';' | '<' | '>' | '\\' | '=')
            || (index == 0 && matches!(character, '#' | ' '))
            || (index == last && character == ' ');
        if special {
            f.write_char('\\')?;
            f.write_char(character)?;
        } else if character.is_control() || is_invisible(character) {
            let mut buffer = [0; 4];
            for octet in character.encode_utf8(&mut buffer).bytes() {
                write!(f, "\\{octet:02x}")?;
            }
        } else {
            f.write_char(character)?;
        }
    }
    Ok(())
}

/// An object identifier in dotted decimal, from its contents octets; in hexadecimal where its arcs
/// are too large or it is malformed.
#[must_use]
pub fn object_identifier_text(contents: &[u8]) -> String {
    match ObjectIdentifier::from_bytes(contents) {
        Ok(oid) => oid.to_string(),
        Err(_) => contents.iter().fold(String::from("oid-"), |mut text, octet| {
            // Writing to a String does not fail.
            let _unfailing: fmt::Result = write!(text, "{octet:02x}");
            text
        }),
    }
}
