//! Finds the parts of a message that is made already, to change them without signing again.

use crate::tree::Node;

/// A part of a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Element {
    /// ContentInfo, the whole.
    ContentInfo,
    /// `[0]` of the ContentInfo.
    ExplicitContent,
    /// SignedData.
    SignedData,
    /// `version` of the SignedData.
    Version,
    /// `digestAlgorithms`.
    DigestAlgorithms,
    /// `encapContentInfo`.
    EncapContentInfo,
    /// `eContentType`.
    ContentType,
    /// `[0]` of the encapContentInfo.
    ExplicitEContent,
    /// `eContent`, the OCTET STRING.
    EContent,
    /// `certificates [0]`.
    Certificates,
    /// `crls [1]`.
    Crls,
    /// `signerInfos`.
    SignerInfos,
    /// The first SignerInfo.
    SignerInfo,
    /// `version` of the SignerInfo.
    SignerInfoVersion,
    /// `sid`.
    Sid,
    /// `digestAlgorithm` of the SignerInfo.
    DigestAlgorithm,
    /// `signedAttrs [0]`.
    SignedAttrs,
    /// One signed attribute, by its place.
    Attribute(usize),
    /// `signatureAlgorithm`.
    SignatureAlgorithm,
    /// `signature`.
    Signature,
}

impl Element {
    /// Path of the element in a message that has it.
    pub fn path(self, message: &Node) -> Vec<usize> {
        let signed_data = vec![1, 0];
        let signer_infos = || under(&signed_data, message.at(&signed_data).children().len() - 1);
        let signer_info = || under(&signer_infos(), 0);
        let bag = |tag| under(&signed_data, place(message.at(&signed_data), 3, tag));
        let attributes = || under(&signer_info(), place(message.at(&signer_info()), 3, 0xa0));
        let after_attributes = |steps: usize| {
            let with_attributes = message.at(&signer_info()).children()[3].tag == 0xa0;
            under(&signer_info(), if with_attributes { 3 + steps } else { 2 + steps })
        };
        match self {
            Self::ContentInfo => vec![],
            Self::ExplicitContent => vec![1],
            Self::SignedData => signed_data,
            Self::Version => vec![1, 0, 0],
            Self::DigestAlgorithms => vec![1, 0, 1],
            Self::EncapContentInfo => vec![1, 0, 2],
            Self::ContentType => vec![1, 0, 2, 0],
            Self::ExplicitEContent => vec![1, 0, 2, 1],
            Self::EContent => vec![1, 0, 2, 1, 0],
            Self::Certificates => bag(0xa0),
            Self::Crls => bag(0xa1),
            Self::SignerInfos => signer_infos(),
            Self::SignerInfo => signer_info(),
            Self::SignerInfoVersion => under(&signer_info(), 0),
            Self::Sid => under(&signer_info(), 1),
            Self::DigestAlgorithm => under(&signer_info(), 2),
            Self::SignedAttrs => attributes(),
            Self::Attribute(index) => under(&attributes(), index),
            Self::SignatureAlgorithm => after_attributes(1),
            Self::Signature => after_attributes(2),
        }
    }
}

/// `message` with one element changed; the lengths round it follow, the signature doesn't.
pub fn edit(message: &[u8], element: Element, change: impl FnOnce(&mut Node)) -> Vec<u8> {
    let mut node = Node::parse(message);
    let path = element.path(&node);
    change(node.at_mut(&path));
    node.to_der()
}

fn under(path: &[usize], index: usize) -> Vec<usize> {
    [path, &[index]].concat()
}

fn place(parent: &Node, from: usize, tag: u8) -> usize {
    let found = parent.children().iter().skip(from).position(|child| child.tag == tag);
    from + found.expect("the message has this element")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Key;
    use crate::message::MessageForge;
    use crate::{algorithm, der, oid, pki};

    #[test]
    fn elements_are_found_with_and_without_optional_ones_before_them() {
        let client = pki::small_client_leaf().der();
        let compact = MessageForge::strict(&client, Key::PROXY);
        let full = compact
            .clone()
            .certificates(&[pki::proxy_ca().der()])
            .ocsp_responses(&[der::seq([der::enumerated(0)])]);
        for message in [compact.clone(), full, compact.without_signed_attributes()] {
            let node = Node::parse(&message.der());
            let at = |element: Element| node.at(&element.path(&node)).to_der();
            assert_eq!(at(Element::SignerInfo), message.signer_info());
            assert_eq!(at(Element::EContent), der::octet_string(&client));
            assert_eq!(at(Element::ContentType), der::oid(oid::X509_CERTIFICATE));
            assert_eq!(at(Element::DigestAlgorithm), algorithm::Digest::Sha256.identifier());
            assert_eq!(at(Element::Signature), der::octet_string(&message.signature_octets()));
        }
    }
}
