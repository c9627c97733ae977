//! Writing a whole message, by a signer and by the comparison with what was received.

use alloc::vec::Vec;
use core::fmt;

use crate::algorithm::SignatureAlgorithm;
use crate::attributes::{SignedAttributes, Value, encode_set_of};
use crate::encode::{self, Counter, Sink};
use crate::oid;
use crate::profile::Profile;
use crate::reader::tag;
use crate::signer_info::SignerIdentifier;
use crate::signing_time::SigningTime;
use crate::statement::Statement;

/// What a message is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ContentType {
    /// A client certificate, as PKCS #9 x509Certificate.
    Certificate,
    /// A client certificate, as id-data: baseline only.
    Data,
    /// That no client certificate was presented (`ARC.2`): strict only.
    NoCertificate,
}

impl ContentType {
    /// The contents octets of `eContentType`.
    #[must_use]
    pub const fn oid(self) -> &'static [u8] {
        match self {
            Self::Certificate => const { oid::X509_CERTIFICATE.as_bytes() },
            Self::Data => const { oid::DATA.as_bytes() },
            Self::NoCertificate => const { oid::NO_CLIENT_CERTIFICATE.as_bytes() },
        }
    }

    /// The type of these contents octets, if the profile has it.
    pub(crate) fn from_oid(oid: &[u8], profile: Profile) -> Option<Self> {
        let candidates: &[Self] = match profile {
            Profile::Strict => &[Self::Certificate, Self::NoCertificate],
            Profile::Baseline => &[Self::Certificate, Self::Data],
        };
        candidates.iter().copied().find(|candidate| candidate.oid() == oid)
    }
}

/// Encodes the signed attributes as the SET OF that is signed (RFC 5652 §5.4): contentType,
/// messageDigest, signingTime and, in strict, the statement.
#[must_use]
pub fn encode_signed_attributes(
    content_type: ContentType,
    message_digest: &[u8],
    signing_time: SigningTime,
    statement: Option<&Statement<'_>>,
) -> Vec<u8> {
    let content_type = Value::ContentType(content_type.oid());
    let message_digest = Value::MessageDigest(message_digest);
    let signing_time = Value::SigningTime(signing_time);
    match statement {
        Some(statement) => {
            let statement = Value::Statement(statement);
            encode_set_of([content_type, message_digest, signing_time, statement])
        }
        None => encode_set_of([content_type, message_digest, signing_time]),
    }
}

/// Encodes `certificates`, whole: a SET OF under `[0]`, sorted, equal ones once. At least one must be
/// given: an empty field is refused by verifiers.
#[must_use]
pub fn encode_bag_certificates<'c>(certificates: impl IntoIterator<Item = &'c [u8]>) -> Vec<u8> {
    let mut entries: Vec<&[u8]> = certificates.into_iter().collect();
    entries.sort_unstable();
    entries.dedup();
    let mut field = Vec::new();
    encode::nested(&mut field, tag::CONTEXT[0], |sink| {
        for entry in &entries {
            sink.put(entry);
        }
    });
    field
}

/// Everything a message consists of. `Debug` shows no octets of it.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "a signer names each part, and forgets none")]
pub struct MessageParts<'a> {
    /// `eContentType`.
    pub content_type: ContentType,
    /// `eContent`'s octets.
    pub content: &'a [u8],
    /// The `certificates` field, whole ([`encode_bag_certificates`]).
    pub certificates: Option<&'a [u8]>,
    /// `sid`.
    pub signer_identifier: SignerIdentifier<'a>,
    /// The row of the table.
    pub algorithm: SignatureAlgorithm,
    /// The SET OF that was signed ([`encode_signed_attributes`]).
    pub signed_attributes: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

impl fmt::Debug for MessageParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageParts")
            .field("content_type", &self.content_type)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl MessageParts<'_> {
    /// Encodes the message in one buffer of its exact size.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let layout = Layout {
            content_type: self.content_type,
            content: self.content,
            certificates: self.certificates,
            crls: None,
            signer_identifier: self.signer_identifier,
            digest_algorithm: self.algorithm.digest().identifier(),
            signed_attrs: SignedAttrs::Signed(self.signed_attributes),
            signature_algorithm: self.algorithm.identifier(),
            signature: self.signature,
        };
        let mut counter = Counter::default();
        layout.encode(&mut counter);
        let mut message = Vec::with_capacity(counter.0);
        layout.encode(&mut message);
        message
    }
}

/// The one writer of messages.
pub(crate) struct Layout<'a> {
    pub(crate) content_type: ContentType,
    pub(crate) content: &'a [u8],
    pub(crate) certificates: Option<&'a [u8]>,
    pub(crate) crls: Option<&'a [u8]>,
    pub(crate) signer_identifier: SignerIdentifier<'a>,
    pub(crate) digest_algorithm: &'a [u8],
    pub(crate) signed_attrs: SignedAttrs<'a>,
    pub(crate) signature_algorithm: &'a [u8],
    pub(crate) signature: &'a [u8],
}

/// What `signedAttrs [0]` is written from.
#[derive(Clone, Copy)]
pub(crate) enum SignedAttrs<'a> {
    /// From what was parsed of it.
    Parsed(&'a SignedAttributes<'a>),
    /// From the SET OF that was signed.
    Signed(&'a [u8]),
}

impl SignedAttrs<'_> {
    fn encoded_len(self) -> usize {
        match self {
            Self::Parsed(attributes) => tlv_len(attributes.encoded_len()),
            Self::Signed(set_of) => set_of.len(),
        }
    }

    fn encode(self, sink: &mut impl Sink) {
        match self {
            Self::Parsed(attributes) => {
                encode::header(sink, tag::CONTEXT[0], attributes.encoded_len());
                attributes.encode(sink);
            }
            // The SET tag was for signing; on the wire the field is [0] IMPLICIT (RFC 5652 §5.4).
            Self::Signed(set_of) => {
                sink.put(&[tag::CONTEXT[0]]);
                sink.put(set_of.get(1..).unwrap_or_default());
            }
        }
    }
}

impl Layout<'_> {
    /// `SignedData.version` (RFC 5652 §5.1).
    pub(crate) fn signed_data_version(&self) -> u32 {
        if self.crls.is_some() {
            5
        } else if self.content_type == ContentType::Data && self.signer_info_version() == 1 {
            1
        } else {
            3
        }
    }

    /// `SignerInfo.version` (RFC 5652 §5.3).
    fn signer_info_version(&self) -> u32 {
        match self.signer_identifier {
            SignerIdentifier::IssuerAndSerialNumber(_) => 1,
            SignerIdentifier::SubjectKeyIdentifier(_) => 3,
        }
    }

    pub(crate) fn encode(&self, sink: &mut impl Sink) {
        let encapsulated = self.encapsulated_len();
        let signer_info = self.signer_info_len();
        let signed_data = sum(&[
            VERSION_LEN,
            tlv_len(self.digest_algorithm.len()),
            tlv_len(encapsulated),
            self.certificates.map_or(0, <[u8]>::len),
            self.crls.map_or(0, <[u8]>::len),
            tlv_len(tlv_len(signer_info)),
        ]);
        let content_type = const { oid::SIGNED_DATA.as_bytes() };
        encode::header(
            sink,
            tag::SEQUENCE,
            sum(&[tlv_len(content_type.len()), tlv_len(tlv_len(signed_data))]),
        );
        encode::value(sink, tag::OID, content_type);
        encode::header(sink, tag::CONTEXT[0], tlv_len(signed_data));
        encode::header(sink, tag::SEQUENCE, signed_data);
        encode::uint(sink, tag::INTEGER, self.signed_data_version());
        encode::value(sink, tag::SET, self.digest_algorithm);
        encode::header(sink, tag::SEQUENCE, encapsulated);
        encode::value(sink, tag::OID, self.content_type.oid());
        encode::header(sink, tag::CONTEXT[0], tlv_len(self.content.len()));
        encode::value(sink, tag::OCTET_STRING, self.content);
        sink.put(self.certificates.unwrap_or_default());
        sink.put(self.crls.unwrap_or_default());
        encode::header(sink, tag::SET, tlv_len(signer_info));
        encode::header(sink, tag::SEQUENCE, signer_info);
        self.encode_signer_info(sink);
    }

    fn encapsulated_len(&self) -> usize {
        sum(&[tlv_len(self.content_type.oid().len()), tlv_len(tlv_len(self.content.len()))])
    }

    fn signer_info_len(&self) -> usize {
        let signer_identifier = match self.signer_identifier {
            SignerIdentifier::IssuerAndSerialNumber(whole) => whole.len(),
            SignerIdentifier::SubjectKeyIdentifier(octets) => tlv_len(octets.len()),
        };
        sum(&[
            VERSION_LEN,
            signer_identifier,
            self.digest_algorithm.len(),
            self.signed_attrs.encoded_len(),
            self.signature_algorithm.len(),
            tlv_len(self.signature.len()),
        ])
    }

    fn encode_signer_info(&self, sink: &mut impl Sink) {
        encode::uint(sink, tag::INTEGER, self.signer_info_version());
        match self.signer_identifier {
            SignerIdentifier::IssuerAndSerialNumber(whole) => sink.put(whole),
            SignerIdentifier::SubjectKeyIdentifier(octets) => encode::value(sink, 0x80, octets),
        }
        sink.put(self.digest_algorithm);
        self.signed_attrs.encode(sink);
        sink.put(self.signature_algorithm);
        encode::value(sink, tag::OCTET_STRING, self.signature);
    }
}

/// Encoded length of a version, which is one octet of contents.
const VERSION_LEN: usize = 3;

fn tlv_len(contents: usize) -> usize {
    encode::header_len(contents).saturating_add(contents)
}

fn sum(lengths: &[usize]) -> usize {
    lengths.iter().fold(0, |sum, &length| sum.saturating_add(length))
}
