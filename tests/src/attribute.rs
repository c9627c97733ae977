//! Attributes of a SignerInfo.

use crate::algorithm::Digest;
use crate::message::MessageForge;
use crate::{der, oid};

/// Attribute with its values in the order given.
pub fn attribute<V: AsRef<[u8]>>(oid: &str, values: impl IntoIterator<Item = V>) -> Vec<u8> {
    der::seq([der::oid(oid), der::set_raw(values)])
}

impl MessageForge {
    /// Octets of messageDigest.
    pub fn message_digest(self, octets: &[u8]) -> Self {
        self.set_attribute(oid::MESSAGE_DIGEST, &[der::octet_string(octets)])
    }

    /// Value of the contentType attribute.
    pub fn content_type_attribute(self, oid: &str) -> Self {
        self.set_attribute(oid::CONTENT_TYPE, &[der::oid(oid)])
    }

    /// Adds an attribute, even if one of its type is there.
    pub fn add_attribute(mut self, oid: &str, values: &[Vec<u8>]) -> Self {
        let element = attribute(oid, values);
        self.signer.edits.push(AttributeEdit::Add(oid.to_owned(), element));
        self
    }

    /// Adds an element among the attributes, whatever it is.
    pub fn add_attribute_raw(mut self, element: &[u8]) -> Self {
        self.signer.edits.push(AttributeEdit::Add(String::new(), element.to_vec()));
        self
    }

    /// Replaces the values of the attribute of a type.
    pub fn set_attribute(self, oid: &str, values: &[Vec<u8>]) -> Self {
        let element = attribute(oid, values);
        self.set_attribute_raw(oid, &element)
    }

    /// Replaces the whole attribute of a type by an element, whatever it is.
    pub fn set_attribute_raw(mut self, oid: &str, element: &[u8]) -> Self {
        self.signer.edits.push(AttributeEdit::Set(oid.to_owned(), element.to_vec()));
        self
    }

    /// Leaves the attributes of a type out.
    pub fn remove_attribute(mut self, oid: &str) -> Self {
        self.signer.edits.push(AttributeEdit::Remove(oid.to_owned()));
        self
    }

    /// Order of the attributes as sent; the signature is over that order unless told otherwise.
    pub fn attribute_order(mut self, order: AttributeOrder) -> Self {
        self.signer.order = order;
        self
    }
}

/// S/MIME capabilities as `openssl cms -sign` 3.0 adds them.
pub fn smime_capabilities() -> Vec<u8> {
    let capability = |oid: &str| der::seq([der::oid(oid)]);
    let with_bits = |oid: &str, bits: u64| der::seq([der::oid(oid), der::integer(bits)]);
    let list = der::seq([
        capability("2.16.840.1.101.3.4.1.42"),
        capability("2.16.840.1.101.3.4.1.22"),
        capability("2.16.840.1.101.3.4.1.2"),
        capability("1.2.840.113549.3.7"),
        with_bits("1.2.840.113549.3.2", 128),
        with_bits("1.2.840.113549.3.2", 64),
        capability("1.3.14.3.2.7"),
        with_bits("1.2.840.113549.3.2", 40),
    ]);
    attribute(oid::SMIME_CAPABILITIES, [list])
}

/// signingCertificateV2 value that names one certificate by its SHA-256.
pub fn signing_certificate_v2(certificate: &[u8]) -> Vec<u8> {
    let id = der::seq([der::octet_string(&Digest::Sha256.of(certificate))]);
    der::seq([der::seq([id])])
}

/// CMSAlgorithmProtection value from two AlgorithmIdentifiers.
pub fn algorithm_protection(digest: &[u8], signature: &[u8]) -> Vec<u8> {
    der::seq([digest, &der::retag(0xa1, signature)])
}

/// The order in which attributes are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AttributeOrder {
    /// DER: by encoding.
    #[default]
    Der,
    /// By encoding, backwards.
    Reversed,
    /// As they were added: contentType, messageDigest, signingTime, statement, others.
    AsAdded,
}

impl AttributeOrder {
    /// The attributes in this order.
    pub fn apply(self, attributes: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        match self {
            Self::AsAdded => attributes,
            Self::Der => der::sorted(attributes),
            Self::Reversed => der::sorted(attributes).into_iter().rev().collect(),
        }
    }
}

/// A change of the list of attributes: each is a dotted type and its element.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AttributeEdit {
    Add(String, Vec<u8>),
    Remove(String),
    Set(String, Vec<u8>),
}

impl AttributeEdit {
    pub(crate) fn apply(&self, attributes: &mut Vec<(String, Vec<u8>)>) {
        match self {
            Self::Add(oid, element) => attributes.push((oid.clone(), element.clone())),
            Self::Remove(oid) => attributes.retain(|(present, _)| present != oid),
            Self::Set(oid, element) => attributes
                .iter_mut()
                .filter(|(present, _)| present == oid)
                .for_each(|(_, old)| old.clone_from(element)),
        }
    }
}
