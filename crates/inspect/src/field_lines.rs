//! `Name: value` lines, as a dump of a request has them.

use client_cert_envelope::{AcceptedProfiles, DecodeErrorKind, FieldLines, FieldName, Profile};

use crate::base64;
use crate::recognise::is_known;
use crate::report::Defect;

/// One line with a field name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a [u8],
    /// From 1.
    pub(crate) number: usize,
}

/// RFC 9440 §2.2: intermediates.
const CLIENT_CERT_CHAIN: &str = "Client-Cert-Chain";

impl<'a> Line<'a> {
    /// Reads `Name: value`. Aliases with space or `.` are no names of RFC 9110, and yet lines.
    pub(crate) fn read(line: &'a [u8], number: usize) -> Option<Self> {
        let colon = line.iter().position(|&octet| octet == b':')?;
        let (name, rest) = line.split_at_checked(colon)?;
        let of_name = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_. ".contains(octet);
        if name.trim_ascii().is_empty() || !name.iter().all(of_name) {
            return None;
        }
        let name = str::from_utf8(name).ok()?;
        Some(Self { name, value: rest.get(1..)?.trim_ascii(), number })
    }

    /// Whether it is named like one of the fields of RFC 9440 and of the profiles, or an alias.
    fn has_known_name(&self) -> bool {
        known_names()
            .iter()
            .any(|name| name.matches(self.name.as_bytes()) || name.has_alias(self.name.as_bytes()))
    }

    /// Whether it carries a client certificate as far as this version knows.
    pub(crate) fn is_interesting(&self) -> bool {
        self.has_known_name()
            || members(self.value)
                .filter_map(|member| base64::decode(inner(member)))
                .any(|octets| is_known(&octets))
    }

    /// Whether several members in one value are no defect.
    pub(crate) fn is_list(&self) -> bool {
        self.name.eq_ignore_ascii_case(CLIENT_CERT_CHAIN)
    }
}

fn known_names() -> Vec<FieldName> {
    [Profile::Strict, Profile::Baseline]
        .map(FieldName::for_profile)
        .into_iter()
        .chain(FieldName::new(CLIENT_CERT_CHAIN).ok())
        .collect()
}

/// The members of a value: commas separate Byte Sequences, and are in no base64.
pub(crate) fn members(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&octet| octet == b',').map(<[u8]>::trim_ascii)
}

/// What is between the colons, if there are any.
pub(crate) fn inner(member: &[u8]) -> &[u8] {
    match member.strip_prefix(b":") {
        Some(rest) => rest.split(|&octet| octet == b':').next().unwrap_or_default(),
        None => member,
    }
}

/// What the lines do to each other: repetition, aliases, `Connection`.
pub(crate) fn defects(all: &[Line<'_>], interesting: &[Line<'_>]) -> Vec<Defect> {
    let mut names = known_names();
    for line in interesting {
        if let Ok(name) = FieldName::new(line.name)
            && !names.iter().any(|known| known.matches(line.name.as_bytes()))
        {
            names.push(name);
        }
    }
    let mut defects = Vec::new();
    for name in names {
        let lines = FieldLines::of_request(
            &name,
            all.iter().map(|line| (line.name.as_bytes(), line.value)),
        );
        let Err(error) = lines.single(AcceptedProfiles::Both) else {
            continue;
        };
        // Client-Cert-Chain is a List, which may come in several lines (RFC 9651 §4.2).
        let list = name.matches(CLIENT_CERT_CHAIN.as_bytes());
        let of_lines = match error.kind() {
            DecodeErrorKind::FieldAlias | DecodeErrorKind::FieldConnectionListed => true,
            // With a position it is about a comma in the value, which has a finding of its own.
            DecodeErrorKind::FieldRepeated => !list && error.position().is_none(),
            _ => false,
        };
        if of_lines {
            let mut defect = Defect::from(error);
            defect.message = format!("{name}: {}", defect.message);
            defects.push(defect);
        }
    }
    defects
}
