//! ContentInfo and SignedData (RFC 5652 §3, §5.1).

use crate::error::{DecodeError, DecodeErrorKind, NotSignedData};
use crate::oid;
use crate::reader::{Reader, Tlv, tag};

/// ```text
/// SignedData ::= SEQUENCE {
///   version          CMSVersion,
///   digestAlgorithms SET OF DigestAlgorithmIdentifier,
///   encapContentInfo SEQUENCE {
///     eContentType     OBJECT IDENTIFIER,
///     eContent         [0] EXPLICIT OCTET STRING OPTIONAL },
///   certificates     [0] IMPLICIT CertificateSet OPTIONAL,
///   crls             [1] IMPLICIT RevocationInfoChoices OPTIONAL,
///   signerInfos      SET OF SignerInfo }
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedData<'a> {
    pub(crate) version: u32,
    pub(crate) digest_algorithms: Tlv<'a>,
    pub(crate) content_type: Tlv<'a>,
    pub(crate) content: Option<Tlv<'a>>,
    pub(crate) certificates: Option<Tlv<'a>>,
    pub(crate) crls: Option<Tlv<'a>>,
    pub(crate) signer_infos: Tlv<'a>,
    pub(crate) start: usize,
}

impl<'a> SignedData<'a> {
    /// Reads `ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT SignedData }`, which
    /// must be all of `der`. What the fields mean is the envelope's.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, DecodeError> {
        let mut message = Reader::new(der, 0);
        let content_info = message.expect(tag::SEQUENCE)?;
        message.finish()?;
        let mut fields = content_info.reader();
        // A certificate and most other structures differ from a ContentInfo in their first field.
        match fields.peek() {
            Some(tag::OID) | None => {}
            Some(_) => return Err(not_signed_data(&content_info)),
        }
        let content_type = fields.expect(tag::OID)?;
        if content_type.oid()? != oid::SIGNED_DATA.as_bytes() {
            return Err(not_signed_data(&content_info));
        }
        let content = fields.expect(tag::CONTEXT[0])?;
        fields.finish()?;
        let mut content = content.reader();
        let signed_data = content.expect(tag::SEQUENCE)?;
        content.finish()?;

        let mut fields = signed_data.reader();
        let version = fields.expect(tag::INTEGER)?.uint()?;
        let digest_algorithms = fields.expect(tag::SET)?;
        let encapsulated = fields.expect(tag::SEQUENCE)?;
        let certificates = fields.optional(tag::CONTEXT[0])?;
        let crls = fields.optional(tag::CONTEXT[1])?;
        let signer_infos = fields.expect(tag::SET)?;
        fields.finish()?;

        let mut fields = encapsulated.reader();
        let content_type = fields.expect(tag::OID)?;
        content_type.oid()?;
        let explicit = fields.optional(tag::CONTEXT[0])?;
        fields.finish()?;
        let content = match explicit {
            Some(explicit) => {
                let mut inner = explicit.reader();
                let octets = inner.expect(tag::OCTET_STRING)?;
                inner.finish()?;
                Some(octets)
            }
            None => None,
        };
        Ok(Self {
            version,
            digest_algorithms,
            content_type,
            content,
            certificates,
            crls,
            signer_infos,
            start: signed_data.start,
        })
    }
}

/// Tells an unsigned certificate from other things, for the hint: three fields, the last a BIT
/// STRING.
fn not_signed_data(value: &Tlv<'_>) -> DecodeError {
    let is_certificate = || {
        let mut fields = value.reader();
        fields.expect(tag::SEQUENCE).ok()?;
        fields.expect(tag::SEQUENCE).ok()?;
        fields.expect(tag::BIT_STRING).ok()?;
        fields.finish().ok()
    };
    let kind =
        if is_certificate().is_some() { NotSignedData::Certificate } else { NotSignedData::Other };
    DecodeError::at(DecodeErrorKind::NotSignedData(kind), value.start)
}
