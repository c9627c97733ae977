//! The size budget: where the octets of a field go.

use client_cert_envelope::limits::{MAX_SIGNED_FIELD_VALUE, MAX_VERIFIED_FIELD_VALUE};
use client_cert_envelope::oid;
use serde::Serialize;

use crate::parts::{Parts, attributes};
use crate::walk::Tlv;

/// Octets of a message by what they are for. `content`, `signature`, `signed_attributes`, `bag` and
/// `structure` add up to `der`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Size {
    /// The field value; none if the input was no field.
    pub characters: Option<usize>,
    /// The whole message.
    pub der: usize,
    /// What base64 and colons add.
    pub base64_overhead: Option<usize>,
    /// The content: the client's certificate.
    pub content: usize,
    /// The signatures.
    pub signature: usize,
    /// The signed attributes, the statement included.
    pub signed_attributes: usize,
    /// Of these, the statement.
    pub statement: usize,
    /// `certificates` and `crls`.
    pub bag: usize,
    /// Everything else: tags, lengths, identifiers, algorithms, unsigned attributes.
    pub structure: usize,
    /// Most characters that a signer makes.
    pub limit_signing: usize,
    /// Most characters that a verifier reads.
    pub limit_verifying: usize,
}

impl Size {
    pub(crate) fn of(parts: &Parts<'_>, characters: Option<usize>) -> Self {
        let der = parts.content_info.encoding.len();
        let whole = |field: Option<Tlv<'_>>| field.map_or(0, |field| field.encoding.len());
        let content = parts.content.map_or(0, |content| content.value.len());
        let bag = whole(parts.certificates).saturating_add(whole(parts.crls));
        let mut sums = [0_usize; 3];
        for signer in parts.signers() {
            let statement = signer
                .signed_attrs
                .into_iter()
                .flat_map(attributes)
                .filter(|attribute| attribute.kind.value == oid::CLIENT_CERT_STATEMENT.as_bytes())
                .fold(0_usize, |sum, a| sum.saturating_add(a.whole.encoding.len()));
            let lengths = [signer.signature.value.len(), whole(signer.signed_attrs), statement];
            for (sum, length) in sums.iter_mut().zip(lengths) {
                *sum = sum.saturating_add(length);
            }
        }
        let [signature, signed_attributes, statement] = sums;
        let structure = [content, bag, signature, signed_attributes]
            .iter()
            .fold(der, |rest, part| rest.saturating_sub(*part));
        Self {
            characters,
            der,
            base64_overhead: characters.map(|characters| characters.saturating_sub(der)),
            content,
            signature,
            signed_attributes,
            statement,
            bag,
            structure,
            limit_signing: MAX_SIGNED_FIELD_VALUE,
            limit_verifying: MAX_VERIFIED_FIELD_VALUE,
        }
    }
}
