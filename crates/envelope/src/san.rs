//! GeneralName (RFC 5280 §4.2.1.6), typed.

use crate::certificate::CertificateError;
use crate::oid;
use crate::reader::{Tlv, tag};

/// One name of subjectAltName. A name is only ever compared with names of its own type.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GeneralName<'a> {
    /// directoryName: the Name, whole.
    Directory(&'a [u8]),
    /// dNSName: the octets, as they stand. A `*` is a character like any other.
    Dns(&'a [u8]),
    /// rfc822Name: the octets, as they stand.
    Email(&'a [u8]),
    /// iPAddress: 4 or 16 octets, or a malformed other number.
    Ip(&'a [u8]),
    /// otherName of another type: the GeneralName's contents.
    Other(&'a [u8]),
    /// uniformResourceIdentifier: the octets, as they stand.
    Uri(&'a [u8]),
    /// otherName userPrincipalName: the text.
    UserPrincipalName(&'a str),
    /// Any other kind: tag octet and contents.
    Unknown {
        /// The tag octet.
        tag: u8,
        /// The contents octets.
        value: &'a [u8],
    },
}

impl<'a> GeneralName<'a> {
    pub(crate) fn read(name: &Tlv<'a>) -> Result<Self, CertificateError> {
        Ok(match name.tag {
            0x81 => Self::Email(name.value),
            0x82 => Self::Dns(name.value),
            0x86 => Self::Uri(name.value),
            0x87 => Self::Ip(name.value),
            0xa4 => Self::Directory(name.value),
            0xa0 => {
                let mut fields = name.reader();
                let kind = fields.expect(tag::OID)?;
                let value = fields.expect(tag::CONTEXT[0])?;
                fields.finish()?;
                let principal = || {
                    let text = value.reader().expect(tag::UTF8_STRING).ok()?;
                    // Nothing may follow it unseen.
                    let whole = text.encoding.len() == value.value.len();
                    whole.then(|| core::str::from_utf8(text.value).ok()).flatten()
                };
                match principal() {
                    Some(text) if kind.value == oid::USER_PRINCIPAL_NAME.as_bytes() => {
                        Self::UserPrincipalName(text)
                    }
                    _ => Self::Other(name.value),
                }
            }
            other => Self::Unknown { tag: other, value: name.value },
        })
    }
}
