//! A message taken apart: steps 3, 4 and 5 of the verifying procedure.

use alloc::vec::Vec;
use core::fmt;

use crate::algorithm::MessageAlgorithm;
use crate::attributes::{SignedAttributes, SigningCertificate};
use crate::bag::UnverifiedBag;
use crate::encode::{self, Comparer};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::{ContentType, Layout, SignedAttrs};
use crate::profile::Profile;
use crate::reader::tag;
use crate::signed_data::SignedData;
use crate::signer_info::{SignerIdentifier, SignerInfo};
use crate::signing_time::SigningTime;
use crate::statement::{ClientChain, Statement};

/// A message of the profile whose signature nobody has checked.
///
/// What it offers is what a verifier needs to choose the key and to refuse cheaply; everything it
/// says about the client carries `unverified` in its name. It borrows the DER and copies nothing.
#[derive(Clone)]
pub struct UnverifiedEnvelope<'a> {
    profile: Profile,
    der: &'a [u8],
    content_type: ContentType,
    content: &'a [u8],
    bag: UnverifiedBag<'a>,
    signer_identifier: SignerIdentifier<'a>,
    signer_info: SignerInfo<'a>,
    /// Contents of `signedAttrs [0]`.
    signed_attributes: &'a [u8],
    attributes: SignedAttributes<'a>,
}

impl<'a> UnverifiedEnvelope<'a> {
    /// Steps 3 and 4: reads exactly one message of the profile.
    ///
    /// # Errors
    /// Stages `der` and `cms`.
    pub fn decode(der: &'a [u8], profile: Profile) -> Result<Self, DecodeError> {
        let signed_data = SignedData::read(der)?;
        let mut signers = signed_data.signer_infos.reader();
        let signer_count =
            DecodeError::at(DecodeErrorKind::SignerCount, signed_data.signer_infos.start);
        if signers.peek().is_none() {
            return Err(signer_count);
        }
        let signer_info = SignerInfo::read(&signers.expect(tag::SEQUENCE)?)?;
        if signers.peek().is_some() {
            return Err(signer_count);
        }

        let error = |kind, at| Err(DecodeError::at(kind, at));
        if profile == Profile::Baseline
            && let Some(crls) = signed_data.crls
        {
            return error(DecodeErrorKind::RevocationBag, crls.start);
        }
        let bag = UnverifiedBag::read(signed_data.certificates, signed_data.crls)?;
        let type_field = signed_data.content_type;
        let Some(content_type) = ContentType::from_oid(type_field.value, profile) else {
            return error(DecodeErrorKind::ContentType, type_field.start);
        };
        let Some(content) = signed_data.content else {
            return error(DecodeErrorKind::ContentMissing, type_field.start);
        };
        if content_type == ContentType::NoCertificate && !content.value.is_empty() {
            return error(DecodeErrorKind::ContentNotEmpty, content.start);
        }
        if signed_data.digest_algorithms.value != signer_info.digest_algorithm.encoding {
            return error(DecodeErrorKind::DigestAlgorithms, signed_data.digest_algorithms.start);
        }
        let signer_identifier = signer_info.check(profile)?;
        let Some(signed_attrs) = signer_info.signed_attrs else {
            return error(DecodeErrorKind::SignedAttributesMissing, signer_info.signature.start);
        };
        let attributes = SignedAttributes::decode(&signed_attrs, profile)?;
        if attributes.content_type != type_field.value {
            return error(DecodeErrorKind::ContentTypeMismatch, signed_attrs.start);
        }
        if let Some(statement) = &attributes.statement {
            let absence = content_type == ContentType::NoCertificate;
            if absence != (statement.client_chain == ClientChain::None) {
                return error(DecodeErrorKind::ClientChain, signed_attrs.start);
            }
            match (statement.evidence, bag.is_empty()) {
                (None, false) => {
                    return error(DecodeErrorKind::EvidenceMissing, signed_attrs.start);
                }
                (Some(_), true) => {
                    return error(DecodeErrorKind::EvidenceUnexpected, signed_attrs.start);
                }
                _ => {}
            }
        }

        let envelope = Self {
            profile,
            der,
            content_type,
            content: content.value,
            bag,
            signer_identifier,
            signer_info,
            signed_attributes: signed_attrs.value,
            attributes,
        };
        envelope.check_versions_and_encoding(&signed_data)?;
        Ok(envelope)
    }

    /// The version must be the one that follows from the content, and the whole must be the one
    /// encoding of what was read: no octet that reading skipped.
    fn check_versions_and_encoding(&self, read: &SignedData<'_>) -> Result<(), DecodeError> {
        let layout = Layout {
            content_type: self.content_type,
            content: self.content,
            certificates: self.bag.certificates.map(|field| field.encoding),
            crls: self.bag.crls.map(|field| field.encoding),
            signer_identifier: self.signer_identifier,
            digest_algorithm: self.signer_info.digest_algorithm.encoding,
            signed_attrs: SignedAttrs::Parsed(&self.attributes),
            signature_algorithm: self.signer_info.signature_algorithm.encoding,
            signature: self.signer_info.signature.value,
        };
        if read.version != layout.signed_data_version() {
            return Err(DecodeError::at(DecodeErrorKind::SignedDataVersion, read.start));
        }
        let mut comparer = Comparer::new(self.der);
        layout.encode(&mut comparer);
        match comparer.difference() {
            None => Ok(()),
            Some(at) => Err(DecodeError::at(DecodeErrorKind::DerNotCanonical, at)),
        }
    }

    /// Step 5: the algorithm identifiers are a row of the table.
    ///
    /// # Errors
    /// Stage `algorithm`.
    pub fn algorithm(&self) -> Result<MessageAlgorithm, DecodeError> {
        let digest = self.signer_info.digest_algorithm;
        let signature = self.signer_info.signature_algorithm;
        let algorithm =
            MessageAlgorithm::identify(self.profile, digest.encoding, signature.encoding).map_err(
                |kind| {
                    let at = match kind {
                        DecodeErrorKind::DigestAlgorithm => digest.start,
                        _ => signature.start,
                    };
                    DecodeError::at(kind, at)
                },
            )?;
        match &self.attributes.algorithm_protection {
            Some(protected)
                if protected.digest != digest.encoding
                    || protected.signature != signature.value =>
            {
                Err(DecodeError::at(DecodeErrorKind::AlgorithmPair, signature.start))
            }
            _ => Ok(algorithm),
        }
    }

    /// The profile it was read by.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// The whole message.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }

    /// What the message is about.
    #[must_use]
    pub const fn content_type(&self) -> ContentType {
        self.content_type
    }

    /// Which signer the message names: a hint for choosing among those trusted.
    #[must_use]
    pub const fn signer_identifier(&self) -> SignerIdentifier<'a> {
        self.signer_identifier
    }

    /// The signature octets.
    #[must_use]
    pub const fn signature(&self) -> &'a [u8] {
        self.signer_info.signature.value
    }

    /// What is signed: the attributes as received, under the tag of a SET OF (RFC 5652 §5.4).
    #[must_use]
    pub fn signed_octets(&self) -> Vec<u8> {
        let mut octets = Vec::with_capacity(self.signed_attributes.len().saturating_add(4));
        encode::value(&mut octets, tag::SET, self.signed_attributes);
        octets
    }

    /// The messageDigest attribute.
    #[must_use]
    pub const fn unverified_message_digest(&self) -> &'a [u8] {
        self.attributes.message_digest
    }

    /// The content: for verifiers and for inspection only.
    #[must_use]
    pub const fn unverified_content(&self) -> &'a [u8] {
        self.content
    }

    /// The signingTime attribute.
    #[must_use]
    pub const fn unverified_signing_time(&self) -> SigningTime {
        self.attributes.signing_time
    }

    /// The statement; none in baseline.
    #[must_use]
    pub const fn unverified_statement(&self) -> Option<&Statement<'a>> {
        self.attributes.statement.as_ref()
    }

    /// The first certificate of signingCertificateV2; baseline only.
    #[must_use]
    pub const fn unverified_signing_certificate(&self) -> Option<SigningCertificate<'a>> {
        self.attributes.signing_certificate
    }

    /// `certificates` and `crls`.
    #[must_use]
    pub const fn unverified_bag(&self) -> &UnverifiedBag<'a> {
        &self.bag
    }
}

impl fmt::Debug for UnverifiedEnvelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedEnvelope")
            .field("profile", &self.profile)
            .field("content_type", &self.content_type)
            .field("octets", &self.der.len())
            .finish_non_exhaustive()
    }
}
