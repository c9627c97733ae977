//! Values of certificate extensions.

use crate::{der, oid};

/// keyUsage bit: digitalSignature.
pub const DIGITAL_SIGNATURE: u8 = 0;
/// keyUsage bit: nonRepudiation (contentCommitment).
pub const NON_REPUDIATION: u8 = 1;
/// keyUsage bit: keyEncipherment.
pub const KEY_ENCIPHERMENT: u8 = 2;
/// keyUsage bit: keyAgreement.
pub const KEY_AGREEMENT: u8 = 4;
/// keyUsage bit: keyCertSign.
pub const KEY_CERT_SIGN: u8 = 5;
/// keyUsage bit: cRLSign.
pub const CRL_SIGN: u8 = 6;

/// A name in subjectAltName.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GeneralName<'a> {
    /// dNSName.
    Dns(&'a str),
    /// uniformResourceIdentifier.
    Uri(&'a str),
    /// rfc822Name.
    Email(&'a str),
    /// iPAddress of 4 or 16 octets.
    Ip(&'a [u8]),
    /// otherName: user principal name.
    Upn(&'a str),
    /// directoryName, a DER Name.
    Directory(&'a [u8]),
    /// The whole element.
    Raw(&'a [u8]),
}

impl GeneralName<'_> {
    /// DER GeneralName.
    pub fn to_der(self) -> Vec<u8> {
        match self {
            Self::Email(text) => der::context_primitive(1, text.as_bytes()),
            Self::Dns(text) => der::context_primitive(2, text.as_bytes()),
            Self::Directory(name) => der::context(4, name),
            Self::Uri(text) => der::context_primitive(6, text.as_bytes()),
            Self::Ip(octets) => der::context_primitive(7, octets),
            Self::Upn(text) => der::context(
                0,
                &der::concat([
                    der::oid(oid::USER_PRINCIPAL_NAME),
                    der::context(0, &der::utf8(text)),
                ]),
            ),
            Self::Raw(bytes) => bytes.to_vec(),
        }
    }
}

/// Extension as certificates and CRLs carry it; `critical` false is left out, as DER wants.
pub fn extension(oid: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { der::boolean(true) } else { Vec::new() };
    der::seq([der::oid(oid), critical, der::octet_string(value)])
}

/// basicConstraints value.
pub fn basic_constraints(ca: bool, path_length: Option<u64>) -> Vec<u8> {
    let ca = if ca { der::boolean(true) } else { Vec::new() };
    der::seq([ca, path_length.map(der::integer).unwrap_or_default()])
}

/// keyUsage value.
pub fn key_usage(bits: &[u8]) -> Vec<u8> {
    der::named_bits(bits)
}

/// extKeyUsage value.
pub fn extended_key_usage(oids: &[&str]) -> Vec<u8> {
    der::seq(oids.iter().map(|oid| der::oid(oid)))
}

/// subjectAltName value.
pub fn general_names(names: &[GeneralName<'_>]) -> Vec<u8> {
    der::seq(names.iter().map(|name| name.to_der()))
}

/// authorityKeyIdentifier value with a key identifier only.
pub fn authority_key_identifier(key_identifier: &[u8]) -> Vec<u8> {
    der::seq([der::context_primitive(0, key_identifier)])
}

/// cRLDistributionPoints value with one URI.
pub fn crl_distribution_points(uri: &str) -> Vec<u8> {
    let full_name = der::context(0, &GeneralName::Uri(uri).to_der());
    der::seq([der::seq([der::context(0, &full_name)])])
}

/// authorityInfoAccess value: pairs of access method and URI.
pub fn authority_info_access(entries: &[(&str, &str)]) -> Vec<u8> {
    der::seq(
        entries
            .iter()
            .map(|(method, uri)| der::seq([der::oid(method), GeneralName::Uri(uri).to_der()])),
    )
}

/// nameConstraints value: permitted and excluded subtrees.
pub fn name_constraints(permitted: &[GeneralName<'_>], excluded: &[GeneralName<'_>]) -> Vec<u8> {
    let subtrees = |tag: u8, names: &[GeneralName<'_>]| {
        if names.is_empty() {
            return Vec::new();
        }
        der::context(tag, &der::concat(names.iter().map(|name| der::seq([name.to_der()]))))
    };
    der::seq([subtrees(0, permitted), subtrees(1, excluded)])
}
