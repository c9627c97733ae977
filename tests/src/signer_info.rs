//! The SignerInfo of a forged message.

use crate::algorithm::{Digest, Scheme};
use crate::attribute::{self, AttributeEdit, AttributeOrder};
use crate::keys::Key;
use crate::message::MessageForge;
use crate::statement::StatementForge;
use crate::{der, fixed, oid};

/// How the message names its signer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Sid {
    /// subjectKeyIdentifier of these octets.
    KeyIdentifier(Vec<u8>),
    /// DER IssuerAndSerialNumber.
    IssuerAndSerial(Vec<u8>),
    /// This element.
    Raw(Vec<u8>),
}

/// What the signature is made over.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum SignedInput {
    /// The attributes as sent, as SET OF: right.
    #[default]
    SetOf,
    /// The attributes in DER order as SET OF, however they are sent.
    SortedSetOf,
    /// The attributes as sent, under the tag they are sent with.
    ImplicitTag,
    /// The content itself: right only without signed attributes.
    Content,
    /// These octets.
    Exact(Vec<u8>),
}

/// Everything in a SignerInfo.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SignerPart {
    pub(crate) key: Key,
    pub(crate) scheme: Scheme,
    pub(crate) sid: Sid,
    version: Option<Vec<u8>>,
    digest: Digest,
    digest_identifier: Option<Vec<u8>>,
    signature_identifier: Option<Vec<u8>>,
    signed_at: Vec<u8>,
    pub(crate) statement: Option<StatementForge>,
    pub(crate) edits: Vec<AttributeEdit>,
    pub(crate) order: AttributeOrder,
    with_attributes: bool,
    input: SignedInput,
    signature: Option<Vec<u8>>,
    unsigned: Option<Vec<Vec<u8>>>,
}

impl SignerPart {
    pub(crate) fn new(key: Key, scheme: Scheme, sid: Sid) -> Self {
        Self {
            key,
            scheme,
            sid,
            version: None,
            digest: scheme.digest(),
            digest_identifier: None,
            signature_identifier: None,
            signed_at: der::time(fixed::SIGNED_AT),
            statement: None,
            edits: Vec::new(),
            order: AttributeOrder::Der,
            with_attributes: true,
            input: SignedInput::SetOf,
            signature: None,
            unsigned: None,
        }
    }

    pub(crate) fn has_issuer_and_serial(&self) -> bool {
        matches!(self.sid, Sid::IssuerAndSerial(_))
    }

    pub(crate) fn digest_identifier(&self) -> Vec<u8> {
        self.digest_identifier.clone().unwrap_or_else(|| self.digest.identifier())
    }

    fn signature_identifier(&self) -> Vec<u8> {
        self.signature_identifier.clone().unwrap_or_else(|| self.scheme.identifier())
    }
}

impl MessageForge {
    /// Signs with this key and this scheme; the message still names its old signer.
    pub fn signed_by(mut self, key: Key, scheme: Scheme) -> Self {
        self.signer.key = key;
        self.scheme(scheme)
    }

    /// Digest and signature, and both identifiers, of this scheme.
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.signer.scheme = scheme;
        self.signer.digest = scheme.digest();
        self
    }

    /// Digests the content with this algorithm, and says so; the signature keeps its own.
    pub fn digest(mut self, digest: Digest) -> Self {
        self.signer.digest = digest;
        self
    }

    /// AlgorithmIdentifier of the digest, in both places; nothing is digested otherwise.
    pub fn digest_identifier(mut self, identifier: &[u8]) -> Self {
        self.signer.digest_identifier = Some(identifier.to_vec());
        self
    }

    /// AlgorithmIdentifier of the signature; nothing is signed otherwise.
    pub fn signature_identifier(mut self, identifier: &[u8]) -> Self {
        self.signer.signature_identifier = Some(identifier.to_vec());
        self
    }

    /// How the message names its signer.
    pub fn sid(mut self, sid: Sid) -> Self {
        self.signer.sid = sid;
        self
    }

    /// Version of the SignerInfo, whatever `sid` is.
    pub fn signer_info_version(mut self, version: u64) -> Self {
        self.signer.version = Some(der::integer(version));
        self
    }

    /// signingTime in Unix seconds.
    pub fn signed_at(mut self, unix_seconds: u64) -> Self {
        self.signer.signed_at = der::time(unix_seconds);
        self
    }

    /// signingTime as a DER element, whatever it is.
    pub fn signed_at_raw(mut self, element: &[u8]) -> Self {
        self.signer.signed_at = element.to_vec();
        self
    }

    /// Changes the statement.
    pub fn statement(mut self, change: impl FnOnce(StatementForge) -> StatementForge) -> Self {
        let statement = self.signer.statement.take().unwrap_or_default();
        self.signer.statement = Some(change(statement));
        self
    }

    /// No signed attributes; the signature is over the content.
    pub fn without_signed_attributes(mut self) -> Self {
        self.signer.with_attributes = false;
        self.signer.input = SignedInput::Content;
        self
    }

    /// What the signature is made over.
    pub fn signed_over(mut self, input: SignedInput) -> Self {
        self.signer.input = input;
        self
    }

    /// Signature over the attributes under their IMPLICIT tag instead of SET OF.
    pub fn signed_over_implicit_tag(self) -> Self {
        self.signed_over(SignedInput::ImplicitTag)
    }

    /// Octets of the signature.
    pub fn signature(mut self, octets: &[u8]) -> Self {
        self.signer.signature = Some(octets.to_vec());
        self
    }

    /// One bit of the last octet of the signature flipped.
    pub fn with_broken_signature(self) -> Self {
        let mut octets = self.signature_octets();
        *octets.last_mut().expect("a signature has octets") ^= 1;
        self.signature(&octets)
    }

    /// Unsigned attributes; an empty list makes an empty field.
    pub fn unsigned_attributes(mut self, attributes: &[Vec<u8>]) -> Self {
        self.signer.unsigned = Some(attributes.to_vec());
        self
    }

    /// The signed attributes in the order sent.
    pub fn attributes(&self) -> Vec<Vec<u8>> {
        let digest = self.signer.digest.of(&self.content);
        let mut attributes = vec![
            named(oid::CONTENT_TYPE, self.content_type.clone()),
            named(oid::MESSAGE_DIGEST, der::octet_string(&digest)),
            named(oid::SIGNING_TIME, self.signer.signed_at.clone()),
        ];
        if let Some(statement) = &self.signer.statement {
            attributes.push(named(oid::STATEMENT, statement.der(&self.bags())));
        }
        for edit in &self.signer.edits {
            edit.apply(&mut attributes);
        }
        self.signer.order.apply(attributes.into_iter().map(|(_, element)| element).collect())
    }

    /// What the signature is made over.
    pub fn signed_octets(&self) -> Vec<u8> {
        match &self.signer.input {
            SignedInput::SetOf => der::set_raw(self.attributes()),
            SignedInput::SortedSetOf => der::set_of(self.attributes()),
            SignedInput::ImplicitTag => der::context(0, &der::concat(self.attributes())),
            SignedInput::Content => self.content.clone(),
            SignedInput::Exact(octets) => octets.clone(),
        }
    }

    /// The signature.
    pub fn signature_octets(&self) -> Vec<u8> {
        let signer = &self.signer;
        signer
            .signature
            .clone()
            .unwrap_or_else(|| signer.key.sign(signer.scheme, &self.signed_octets()))
    }

    /// DER SignerInfo, to put into this or another message.
    pub fn signer_info(&self) -> Vec<u8> {
        let signer = &self.signer;
        let version = if signer.has_issuer_and_serial() { 1 } else { 3 };
        der::seq([
            signer.version.clone().unwrap_or_else(|| der::integer(version)),
            match &signer.sid {
                Sid::KeyIdentifier(octets) => der::context_primitive(0, octets),
                Sid::IssuerAndSerial(element) | Sid::Raw(element) => element.clone(),
            },
            signer.digest_identifier(),
            if signer.with_attributes {
                der::context(0, &der::concat(self.attributes()))
            } else {
                Vec::new()
            },
            signer.signature_identifier(),
            der::octet_string(&self.signature_octets()),
            signer.unsigned.as_ref().map(|u| der::context(1, &der::concat(u))).unwrap_or_default(),
        ])
    }
}

fn named(oid: &str, value: Vec<u8>) -> (String, Vec<u8>) {
    (oid.to_owned(), attribute::attribute(oid, [value]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki;
    use crate::tree::Node;

    #[test]
    fn the_signature_is_over_the_attributes_as_set_of() {
        let key = Key::PROXY_ED25519;
        let message = MessageForge::strict(&pki::small_client_leaf().der(), key);
        let attributes = Node::parse(&message.signer_info()).at(&[3]).to_der();
        assert_eq!(message.signed_octets(), der::retag(der::SET, &attributes));
        let public =
            ed25519_dalek::VerifyingKey::from_bytes(&key.public_key().try_into().unwrap()).unwrap();
        let signature = ed25519_dalek::Signature::from_slice(&message.signature_octets()).unwrap();
        public.verify_strict(&message.signed_octets(), &signature).unwrap();
    }

    #[test]
    fn attributes_are_sent_and_signed_in_the_order_asked_for() {
        let right = MessageForge::strict(&pki::small_client_leaf().der(), Key::PROXY);
        let reversed = right.clone().attribute_order(AttributeOrder::Reversed);
        assert_ne!(reversed.signed_octets(), right.signed_octets());
        let resorted = reversed.clone().signed_over(SignedInput::SortedSetOf);
        assert_eq!(resorted.signature_octets(), right.signature_octets());
        assert_eq!(resorted.attributes(), reversed.attributes());
    }

    #[test]
    fn attributes_are_added_replaced_and_removed() {
        let right = MessageForge::strict(&pki::small_client_leaf().der(), Key::PROXY);
        assert_eq!(right.attributes().len(), 4);
        assert_eq!(right.clone().remove_attribute(oid::SIGNING_TIME).attributes().len(), 3);
        let twice = right.clone().add_attribute(oid::CONTENT_TYPE, &[der::oid(oid::DATA)]);
        assert_eq!(twice.attributes().len(), 5);
        let other = right.message_digest(&[0; 32]);
        assert_eq!(other.attributes().len(), 4);
        let set = der::set_raw([der::octet_string(&[0; 32])]);
        assert!(other.attributes().iter().any(|a| a.ends_with(&set)));
    }
}
