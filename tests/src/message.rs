//! Forged messages: a right one to start from, and a way to make each part of it wrong.

use crate::algorithm::{self, Scheme};
use crate::certificate::CertificateForge;
use crate::keys::Key;
use crate::signer_info::{Sid, SignerPart};
use crate::statement::NO_CHAIN;
use crate::{attribute, der, field, oid};

/// A message to be made.
///
/// Nothing is encoded or signed before [`der`](Self::der), so the order of changes doesn't matter:
/// digests, versions, `evidence` and the signature follow whatever was changed, unless they were
/// set themselves. Changes that must not be signed over go through [`element::edit`] afterwards.
///
/// [`element::edit`]: crate::element::edit
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use]
pub struct MessageForge {
    start: Start,
    outer_type: Vec<u8>,
    version: Option<Vec<u8>>,
    digest_algorithms: Option<Vec<Vec<u8>>>,
    pub(crate) content_type: Vec<u8>,
    pub(crate) content: Vec<u8>,
    carried: Carried,
    certificates: Option<Vec<Vec<u8>>>,
    crls: Option<Vec<Vec<u8>>>,
    pub(crate) signer: SignerPart,
    signer_infos: Option<Vec<Vec<u8>>>,
    trailing: Vec<u8>,
}

/// Which profile a message starts from: it decides the form of the field value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Start {
    Strict,
    Baseline,
}

/// How eContent is written.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Carried {
    OctetString,
    Segments(usize),
    Absent,
    Exact(Vec<u8>),
}

impl MessageForge {
    /// A right strict message about a client certificate: pinned signer, no evidence, no hop.
    pub fn strict(client: &[u8], key: Key) -> Self {
        let sid = Sid::KeyIdentifier(key.ski());
        let signer = SignerPart::new(key, Scheme::strict(key.kind), sid);
        Self::new(Start::Strict, oid::X509_CERTIFICATE, client, signer).statement(|s| s)
    }

    /// A right strict message that no client certificate was presented.
    pub fn absence(key: Key) -> Self {
        Self::strict(&[], key).content_type(oid::ABSENCE).statement(|s| s.client_chain(NO_CHAIN))
    }

    /// A right baseline message: what `openssl cms -sign -binary -nodetach -outform DER` makes, the
    /// signer's certificate and S/MIME capabilities included. (For Ed25519, of 3.5 or later.)
    pub fn baseline(client: &[u8], signer: &CertificateForge) -> Self {
        let key = signer.key();
        let sid = Sid::IssuerAndSerial(signer.issuer_and_serial());
        let scheme = Scheme::openssl(key.kind);
        let message =
            Self::new(Start::Baseline, oid::DATA, client, SignerPart::new(key, scheme, sid))
                .certificates(&[signer.der()])
                .add_attribute_raw(&attribute::smime_capabilities());
        match scheme {
            Scheme::RsaPkcs1(_) => message.signature_identifier(&algorithm::rsa_encryption()),
            _ => message,
        }
    }

    fn new(start: Start, content_type: &str, content: &[u8], signer: SignerPart) -> Self {
        Self {
            start,
            outer_type: der::oid(oid::SIGNED_DATA),
            version: None,
            digest_algorithms: None,
            content_type: der::oid(content_type),
            content: content.to_vec(),
            carried: Carried::OctetString,
            certificates: None,
            crls: None,
            signer,
            signer_infos: None,
            trailing: Vec::new(),
        }
    }

    /// contentType of the ContentInfo; its content stays a SignedData.
    pub fn outer_type(mut self, oid: &str) -> Self {
        self.outer_type = der::oid(oid);
        self
    }

    /// Version of the SignedData, whatever RFC 5652 §5.1 says.
    pub fn version(self, version: u64) -> Self {
        self.version_raw(&der::integer(version))
    }

    /// Version of the SignedData as an element, whatever it is.
    pub fn version_raw(mut self, element: &[u8]) -> Self {
        self.version = Some(element.to_vec());
        self
    }

    /// digestAlgorithms in the order given, whatever the signer's is.
    pub fn digest_algorithms(mut self, identifiers: &[Vec<u8>]) -> Self {
        self.digest_algorithms = Some(identifiers.to_vec());
        self
    }

    /// eContentType and, with it, the contentType attribute.
    pub fn content_type(mut self, oid: &str) -> Self {
        self.content_type = der::oid(oid);
        self
    }

    /// The content.
    pub fn content(mut self, octets: &[u8]) -> Self {
        self.content = octets.to_vec();
        self
    }

    /// The content signed, but not carried.
    pub fn detached(mut self) -> Self {
        self.carried = Carried::Absent;
        self
    }

    /// The content in a constructed OCTET STRING of two segments, cut after `at` octets: BER.
    pub fn content_in_segments(mut self, at: usize) -> Self {
        self.carried = Carried::Segments(at);
        self
    }

    /// The element carried as eContent, its `[0]` included, whatever it is.
    pub fn carried_content(mut self, element: &[u8]) -> Self {
        self.carried = Carried::Exact(element.to_vec());
        self
    }

    /// The certificates in DER order; an empty list makes an empty field.
    pub fn certificates(self, certificates: &[Vec<u8>]) -> Self {
        self.certificates_in_order(&der::sorted(certificates))
    }

    /// The elements of `certificates` in the order given.
    pub fn certificates_in_order(mut self, elements: &[Vec<u8>]) -> Self {
        self.certificates = Some(elements.to_vec());
        self
    }

    /// No certificates.
    pub fn without_certificates(mut self) -> Self {
        self.certificates = None;
        self
    }

    /// OCSP responses, each an OCSPResponse, in DER order.
    pub fn ocsp_responses(self, responses: &[Vec<u8>]) -> Self {
        let elements = responses.iter().map(|response| {
            der::context(1, &der::concat([&der::oid(oid::OCSP_RESPONSE), response]))
        });
        self.crls_in_order(&der::sorted(elements))
    }

    /// The elements of `crls` in the order given.
    pub fn crls_in_order(mut self, elements: &[Vec<u8>]) -> Self {
        self.crls = Some(elements.to_vec());
        self
    }

    /// The SignerInfos in the order given, made by [`signer_info`](Self::signer_info) of any message.
    pub fn signer_infos(mut self, elements: &[Vec<u8>]) -> Self {
        self.signer_infos = Some(elements.to_vec());
        self
    }

    /// Octets after the ContentInfo.
    pub fn trailing(mut self, octets: &[u8]) -> Self {
        self.trailing = octets.to_vec();
        self
    }

    /// Both bags as written: what `evidence` hashes.
    pub fn bags(&self) -> Vec<u8> {
        let bag = |tag, elements: &Option<Vec<Vec<u8>>>| match elements {
            Some(elements) => der::context(tag, &der::concat(elements)),
            None => Vec::new(),
        };
        der::concat([bag(0, &self.certificates), bag(1, &self.crls)])
    }

    /// DER SignedData.
    pub fn signed_data(&self) -> Vec<u8> {
        let own_digest = vec![self.signer.digest_identifier()];
        let own_signer_info = || vec![self.signer_info()];
        der::seq([
            self.version.clone().unwrap_or_else(|| der::integer(self.derived_version())),
            der::set_raw(self.digest_algorithms.as_ref().unwrap_or(&own_digest)),
            der::seq([self.content_type.clone(), self.carried_element()]),
            self.bags(),
            der::set_raw(self.signer_infos.clone().unwrap_or_else(own_signer_info)),
        ])
    }

    /// The message.
    pub fn der(&self) -> Vec<u8> {
        let content_info = der::seq([&self.outer_type, &der::context(0, &self.signed_data())]);
        der::concat([&content_info, &self.trailing])
    }

    /// The field value in the form of the profile the message started from.
    pub fn value(&self) -> String {
        match self.start {
            Start::Strict => field::strict_value(&self.der()),
            Start::Baseline => field::baseline_value(&self.der()),
        }
    }

    /// RFC 5652 §5.1, as far as messages of the profile go.
    fn derived_version(&self) -> u64 {
        if self.crls.is_some() {
            5
        } else if self.signer.has_issuer_and_serial() && self.content_type == der::oid(oid::DATA) {
            1
        } else {
            3
        }
    }

    fn carried_element(&self) -> Vec<u8> {
        match &self.carried {
            Carried::OctetString => der::context(0, &der::octet_string(&self.content)),
            Carried::Segments(at) => {
                let (head, tail) = self.content.split_at(*at);
                let segments = der::concat([der::octet_string(head), der::octet_string(tail)]);
                der::context(0, &der::tlv(der::OCTET_STRING | der::CONSTRUCTED, &segments))
            }
            Carried::Absent => Vec::new(),
            Carried::Exact(element) => element.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki;
    use crate::tree::{self, Node};

    fn strict() -> MessageForge {
        MessageForge::strict(&pki::client_leaf().der(), Key::PROXY)
    }

    #[test]
    fn a_right_message_is_der() {
        let message = strict().der();
        assert_eq!(Node::parse(&message).to_der(), message);
    }

    #[test]
    fn forging_twice_gives_the_same_value() {
        assert_eq!(strict().value(), strict().value());
    }

    #[test]
    fn the_order_of_changes_does_not_matter() {
        let certificates = [pki::proxy_ca().der()];
        let one = strict().certificates(&certificates).statement(|s| s.lifetime(60)).signed_at(7);
        let other = strict().signed_at(7).statement(|s| s.lifetime(60)).certificates(&certificates);
        assert_eq!(one.der(), other.der());
    }

    #[test]
    fn versions_follow_the_contents() {
        let client = pki::client_leaf().der();
        let signer = pki::self_signed_proxy(Key::PROXY);
        let version =
            |message: MessageForge| Node::parse(&message.signed_data()).at(&[0]).bytes().to_vec();
        assert_eq!(version(strict()), [3]);
        assert_eq!(version(strict().ocsp_responses(&[der::seq([der::enumerated(0)])])), [5]);
        let baseline = MessageForge::baseline(&client, &signer);
        assert_eq!(version(baseline.clone()), [1]);
        assert_eq!(version(baseline.content_type(oid::X509_CERTIFICATE)), [3]);
    }

    #[test]
    fn attributes_are_sorted_by_encoding_differently_for_the_two_content_types() {
        let order = |message: MessageForge| -> Vec<Vec<u8>> {
            message.attributes().iter().map(|a| Node::parse(a).at(&[0]).to_der()).collect()
        };
        let certificate = order(strict());
        let absence = order(MessageForge::absence(Key::PROXY));
        assert_ne!(certificate, absence);
        assert_eq!(certificate.len(), 4);
    }

    #[test]
    fn every_structural_change_is_another_message() {
        let message = strict().der();
        let changed = tree::mutations(&message);
        assert!(changed.len() > 250, "{}", changed.len());
        assert!(changed.iter().all(|(_, bytes)| *bytes != message));
    }
}
