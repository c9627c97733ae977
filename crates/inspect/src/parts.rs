//! The parts of any SignedData, found by position: whatever they mean, however many there are.
//!
//! Not `cms::signed_data::SignedData`: one part that it cannot read hides all others, and it sorts
//! what is misordered. The types of `cms` read single parts.

use client_cert_envelope::oid;

use crate::walk::{Tlv, tag};

/// ContentInfo with SignedData (RFC 5652 §3, §5.1).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) content_info: Tlv<'a>,
    pub(crate) content_info_type: Tlv<'a>,
    pub(crate) signed_data: Tlv<'a>,
    pub(crate) version: Tlv<'a>,
    pub(crate) digest_algorithms: Tlv<'a>,
    pub(crate) encapsulated: Tlv<'a>,
    pub(crate) content_type: Tlv<'a>,
    /// The OCTET STRING; none when detached.
    pub(crate) content: Option<Tlv<'a>>,
    pub(crate) certificates: Option<Tlv<'a>>,
    pub(crate) crls: Option<Tlv<'a>>,
    pub(crate) signer_infos: Tlv<'a>,
}

impl<'a> Parts<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let content_info = Tlv::whole(der)?.tagged(tag::SEQUENCE)?;
        let mut fields = content_info.values();
        let content_info_type = fields.next_tagged(tag::OID)?;
        if content_info_type.value != oid::SIGNED_DATA.as_bytes() {
            return None;
        }
        let signed_data =
            fields.next_tagged(tag::CONTEXT_0)?.values().next_tagged(tag::SEQUENCE)?;
        let mut fields = signed_data.values();
        let version = fields.next_tagged(tag::INTEGER)?;
        let digest_algorithms = fields.next_tagged(tag::SET)?;
        let encapsulated = fields.next_tagged(tag::SEQUENCE)?;
        let certificates = fields.next_tagged(tag::CONTEXT_0);
        let crls = fields.next_tagged(tag::CONTEXT_1);
        let signer_infos = fields.next_tagged(tag::SET)?;
        let mut fields = encapsulated.values();
        let content_type = fields.next_tagged(tag::OID)?;
        // PKCS #7 allowed other types than OCTET STRING here.
        let content =
            fields.next_tagged(tag::CONTEXT_0).and_then(|explicit| explicit.values().next());
        Some(Self {
            content_info,
            content_info_type,
            signed_data,
            version,
            digest_algorithms,
            encapsulated,
            content_type,
            content,
            certificates,
            crls,
            signer_infos,
        })
    }

    /// The SignerInfos that can be taken apart.
    pub(crate) fn signers(&self) -> impl Iterator<Item = Signer<'a>> {
        self.signer_infos.values().filter_map(Signer::read)
    }

    /// The entries of `certificates`.
    pub(crate) fn bag(&self) -> impl Iterator<Item = Tlv<'a>> {
        self.certificates.into_iter().flat_map(|field| field.values())
    }
}

/// SignerInfo (RFC 5652 §5.3).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signer<'a> {
    pub(crate) whole: Tlv<'a>,
    pub(crate) version: Tlv<'a>,
    pub(crate) sid: Tlv<'a>,
    pub(crate) digest_algorithm: Tlv<'a>,
    pub(crate) signed_attrs: Option<Tlv<'a>>,
    pub(crate) signature_algorithm: Tlv<'a>,
    pub(crate) signature: Tlv<'a>,
    pub(crate) unsigned_attrs: Option<Tlv<'a>>,
}

impl<'a> Signer<'a> {
    fn read(whole: Tlv<'a>) -> Option<Self> {
        let mut fields = whole.tagged(tag::SEQUENCE)?.values();
        Some(Self {
            whole,
            version: fields.next_tagged(tag::INTEGER)?,
            sid: fields.next()?,
            digest_algorithm: fields.next_tagged(tag::SEQUENCE)?,
            signed_attrs: fields.next_tagged(tag::CONTEXT_0),
            signature_algorithm: fields.next_tagged(tag::SEQUENCE)?,
            signature: fields.next_tagged(tag::OCTET_STRING)?,
            unsigned_attrs: fields.next_tagged(tag::CONTEXT_1),
        })
    }

    /// The first value of the signed attribute of this type.
    pub(crate) fn signed_attribute(&self, oid: &[u8]) -> Option<Tlv<'a>> {
        let attribute = attributes(self.signed_attrs?).find(|a| a.kind.value == oid)?;
        attribute.values.values().next()
    }
}

/// `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }`
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttributeParts<'a> {
    pub(crate) whole: Tlv<'a>,
    pub(crate) kind: Tlv<'a>,
    pub(crate) values: Tlv<'a>,
}

/// The attributes in a set of them, in the order received.
pub(crate) fn attributes<'a>(set: Tlv<'a>) -> impl Iterator<Item = AttributeParts<'a>> {
    set.values().filter_map(|whole| {
        let mut fields = whole.tagged(tag::SEQUENCE)?.values();
        Some(AttributeParts {
            whole,
            kind: fields.next_tagged(tag::OID)?,
            values: fields.next_tagged(tag::SET)?,
        })
    })
}
