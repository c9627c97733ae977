//! SignerInfo (RFC 5652 §5.3).

use crate::error::{DecodeError, DecodeErrorKind};
use crate::limits::{MAX_KEY_IDENTIFIER, MAX_SIGNATURE};
use crate::profile::Profile;
use crate::reader::{Tlv, tag};

/// How a message names its signer. It chooses among the signers that are trusted; it is never the
/// reason to trust one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignerIdentifier<'a> {
    /// `[0]` subjectKeyIdentifier: strict, and baseline's `-keyid`.
    SubjectKeyIdentifier(&'a [u8]),
    /// issuerAndSerialNumber, whole; baseline only, compared octet for octet.
    IssuerAndSerialNumber(&'a [u8]),
}

/// ```text
/// SignerInfo ::= SEQUENCE {
///   version            CMSVersion,
///   sid                SignerIdentifier,
///   digestAlgorithm    DigestAlgorithmIdentifier,
///   signedAttrs        [0] IMPLICIT SignedAttributes OPTIONAL,
///   signatureAlgorithm SignatureAlgorithmIdentifier,
///   signature          SignatureValue,
///   unsignedAttrs      [1] IMPLICIT UnsignedAttributes OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignerInfo<'a> {
    pub(crate) version: u32,
    pub(crate) sid: Tlv<'a>,
    pub(crate) digest_algorithm: Tlv<'a>,
    pub(crate) signed_attrs: Option<Tlv<'a>>,
    pub(crate) signature_algorithm: Tlv<'a>,
    pub(crate) signature: Tlv<'a>,
    pub(crate) unsigned_attrs: Option<Tlv<'a>>,
    start: usize,
}

impl<'a> SignerInfo<'a> {
    /// Reads the structure; what it means is [`Self::check`]'s.
    pub(crate) fn read(value: &Tlv<'a>) -> Result<Self, DecodeError> {
        let mut fields = value.reader();
        let version = fields.expect(tag::INTEGER)?.uint()?;
        let sid = fields.any()?;
        if !matches!(sid.tag, tag::SEQUENCE | 0x80) {
            return Err(DecodeError::at(DecodeErrorKind::DerTagUnexpected, sid.start));
        }
        let digest_algorithm = fields.expect(tag::SEQUENCE)?;
        let signed_attrs = fields.optional(tag::CONTEXT[0])?;
        let signature_algorithm = fields.expect(tag::SEQUENCE)?;
        let signature = fields.expect(tag::OCTET_STRING)?;
        let unsigned_attrs = fields.optional(tag::CONTEXT[1])?;
        fields.finish()?;
        if sid.tag == 0x80 && sid.value.len() > MAX_KEY_IDENTIFIER {
            return Err(DecodeError::at(DecodeErrorKind::DerTooMany, sid.start));
        }
        if signature.value.len() > MAX_SIGNATURE {
            return Err(DecodeError::at(DecodeErrorKind::DerTooMany, signature.start));
        }
        Ok(Self {
            version,
            sid,
            digest_algorithm,
            signed_attrs,
            signature_algorithm,
            signature,
            unsigned_attrs,
            start: value.start,
        })
    }

    /// Demands what the profile has: version and form of `sid`, signed attributes, and no unsigned
    /// ones, which the signature would not cover.
    pub(crate) fn check(&self, profile: Profile) -> Result<SignerIdentifier<'a>, DecodeError> {
        let (sid, version) = if self.sid.tag == tag::SEQUENCE {
            (SignerIdentifier::IssuerAndSerialNumber(self.sid.encoding), 1)
        } else {
            (SignerIdentifier::SubjectKeyIdentifier(self.sid.value), 3)
        };
        let error = |kind, at| Err(DecodeError::at(kind, at));
        if profile == Profile::Strict && version == 1 {
            return error(DecodeErrorKind::SignerIdentifier, self.sid.start);
        }
        if self.version != version {
            return error(DecodeErrorKind::SignerInfoVersion, self.start);
        }
        if let Some(unsigned) = self.unsigned_attrs {
            return error(DecodeErrorKind::UnsignedAttributes, unsigned.start);
        }
        Ok(sid)
    }
}
