//! The signed attributes (RFC 5652 §5.3, §11).

use alloc::vec::Vec;

use crate::encode::{self, Counter, Sink};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::limits::MAX_SIGNED_ATTRIBUTES;
use crate::oid;
use crate::profile::Profile;
use crate::reader::{Tlv, check_set_order, tag};
use crate::signing_time::SigningTime;
use crate::statement::Statement;

/// ```text
/// SignedAttributes ::= SET SIZE (1..MAX) OF Attribute
/// Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }
/// ```
///
/// Strict: exactly contentType, messageDigest, signingTime and ClientCertStatement. Baseline: the
/// first three, and those that OpenSSL's options add.
#[derive(Clone, Debug)]
pub(crate) struct SignedAttributes<'a> {
    pub(crate) content_type: &'a [u8],
    pub(crate) message_digest: &'a [u8],
    pub(crate) signing_time: SigningTime,
    pub(crate) statement: Option<Statement<'a>>,
    pub(crate) signing_certificate: Option<SigningCertificate<'a>>,
    pub(crate) algorithm_protection: Option<AlgorithmProtection<'a>>,
    received: [Option<Attribute<'a>>; MAX_SIGNED_ATTRIBUTES],
}

/// The first certificate of signingCertificateV2 (RFC 5035 §3): the signer's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SigningCertificate<'a> {
    /// AlgorithmIdentifier of the hash, whole; none for the default, SHA-256.
    pub hash_algorithm: Option<&'a [u8]>,
    /// Hash of the certificate.
    pub hash: &'a [u8],
}

/// CMSAlgorithmProtection (RFC 6211 §2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct AlgorithmProtection<'a> {
    /// AlgorithmIdentifier, whole.
    pub(crate) digest: &'a [u8],
    /// Contents of the `[1]` that stands for the AlgorithmIdentifier's SEQUENCE.
    pub(crate) signature: &'a [u8],
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    AlgorithmProtection,
    ContentType,
    MessageDigest,
    SigningCertificate,
    SigningTime,
    SmimeCapabilities,
    Statement,
}

impl Kind {
    fn of(attribute_type: &[u8], profile: Profile) -> Option<Self> {
        let baseline = profile == Profile::Baseline;
        Some(match attribute_type {
            t if t == oid::CONTENT_TYPE.as_bytes() => Self::ContentType,
            t if t == oid::MESSAGE_DIGEST.as_bytes() => Self::MessageDigest,
            t if t == oid::SIGNING_TIME.as_bytes() => Self::SigningTime,
            t if t == oid::CLIENT_CERT_STATEMENT.as_bytes() && !baseline => Self::Statement,
            t if t == oid::SIGNING_CERTIFICATE_V2.as_bytes() && baseline => {
                Self::SigningCertificate
            }
            t if t == oid::CMS_ALGORITHM_PROTECTION.as_bytes() && baseline => {
                Self::AlgorithmProtection
            }
            t if t == oid::SMIME_CAPABILITIES.as_bytes() && baseline => Self::SmimeCapabilities,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug)]
struct Attribute<'a> {
    kind: Kind,
    value: Tlv<'a>,
    whole: Tlv<'a>,
}

impl<'a> SignedAttributes<'a> {
    /// Reads the contents of `signedAttrs [0]`.
    pub(crate) fn decode(signed_attrs: &Tlv<'a>, profile: Profile) -> Result<Self, DecodeError> {
        let mut structures = [None; MAX_SIGNED_ATTRIBUTES];
        let mut slots = structures.iter_mut();
        let mut previous: Option<Tlv<'a>> = None;
        let mut reader = signed_attrs.reader();
        while reader.peek().is_some() {
            let whole = reader.expect(tag::SEQUENCE)?;
            let mut fields = whole.reader();
            let attribute_type = fields.expect(tag::OID)?;
            let values = fields.expect(tag::SET)?;
            fields.finish()?;
            attribute_type.oid()?;
            if let Some(previous) = previous.replace(whole) {
                check_set_order(&[previous, whole])?;
            }
            match slots.next() {
                Some(slot) => *slot = Some((attribute_type, values, whole)),
                None => return Err(DecodeError::at(DecodeErrorKind::DerTooMany, whole.start)),
            }
        }

        let mut received: [Option<Attribute<'a>>; MAX_SIGNED_ATTRIBUTES] = Default::default();
        for (index, (attribute_type, values, whole)) in structures.into_iter().flatten().enumerate()
        {
            let error = |kind| Err(DecodeError::at(kind, whole.start));
            let Some(kind) = Kind::of(attribute_type.value, profile) else {
                return error(DecodeErrorKind::AttributeUnknown);
            };
            if received.iter().flatten().any(|earlier| earlier.kind == kind) {
                return error(DecodeErrorKind::AttributeRepeated);
            }
            let mut reader = values.reader();
            if reader.peek().is_none() {
                return error(DecodeErrorKind::AttributeValues);
            }
            let value = reader.any()?;
            if reader.peek().is_some() {
                return error(DecodeErrorKind::AttributeValues);
            }
            if let Some(slot) = received.get_mut(index) {
                *slot = Some(Attribute { kind, value, whole });
            }
        }

        let find = |kind| received.iter().flatten().find(|a| a.kind == kind).map(|a| &a.value);
        let missing = DecodeError::at(DecodeErrorKind::AttributeMissing, signed_attrs.start);
        let content_type = find(Kind::ContentType).ok_or(missing)?;
        let message_digest = find(Kind::MessageDigest).ok_or(missing)?;
        let signing_time = find(Kind::SigningTime).ok_or(missing)?;
        let statement = find(Kind::Statement);
        if profile == Profile::Strict && statement.is_none() {
            return Err(missing);
        }
        Ok(Self {
            content_type: typed(content_type, tag::OID)?.oid()?,
            message_digest: typed(message_digest, tag::OCTET_STRING)?.value,
            signing_time: SigningTime::decode(signing_time)?,
            statement: statement.map(Statement::decode).transpose()?,
            signing_certificate: find(Kind::SigningCertificate)
                .map(SigningCertificate::decode)
                .transpose()?,
            algorithm_protection: find(Kind::AlgorithmProtection)
                .map(AlgorithmProtection::decode)
                .transpose()?,
            received,
        })
    }

    /// Writes the attributes in the order received, each from what was parsed of it, so that a
    /// comparison with the received octets finds whatever parsing overlooked.
    pub(crate) fn encode(&self, sink: &mut impl Sink) {
        for attribute in self.received.iter().flatten() {
            match self.parsed(attribute) {
                Some(value) => Measured::new(value).encode(sink),
                None => sink.put(attribute.whole.encoding),
            }
        }
    }

    /// How many octets [`Self::encode`] writes.
    pub(crate) fn encoded_len(&self) -> usize {
        self.received.iter().flatten().fold(0, |sum: usize, attribute| {
            sum.saturating_add(match self.parsed(attribute) {
                Some(value) => Measured::new(value).encoded_len(),
                None => attribute.whole.encoding.len(),
            })
        })
    }

    /// What was parsed of an attribute; none for the opaque ones, of which nothing is trusted but
    /// their presence under the signature.
    fn parsed(&self, attribute: &Attribute<'a>) -> Option<Value<'_, 'a>> {
        Some(match attribute.kind {
            Kind::ContentType => Value::ContentType(self.content_type),
            Kind::MessageDigest => Value::MessageDigest(self.message_digest),
            Kind::SigningTime => Value::SigningTime(self.signing_time),
            Kind::Statement => Value::Statement(self.statement.as_ref()?),
            Kind::AlgorithmProtection | Kind::SigningCertificate | Kind::SmimeCapabilities => {
                return None;
            }
        })
    }
}

impl<'a> SigningCertificate<'a> {
    /// ```text
    /// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies … OPTIONAL }
    /// ESSCertIDv2 ::= SEQUENCE {
    ///   hashAlgorithm AlgorithmIdentifier DEFAULT {sha256}, certHash OCTET STRING,
    ///   issuerSerial IssuerSerial OPTIONAL }
    /// ```
    fn decode(value: &Tlv<'a>) -> Result<Self, DecodeError> {
        let read = || {
            let mut attribute = value.reader();
            let certs = attribute.expect(tag::SEQUENCE)?;
            let mut first = certs.reader().expect(tag::SEQUENCE)?.reader();
            let hash_algorithm = first.optional(tag::SEQUENCE)?.map(|value| value.encoding);
            let hash = first.expect(tag::OCTET_STRING)?.value;
            Ok(Self { hash_algorithm, hash })
        };
        typed(value, tag::SEQUENCE)?;
        read().map_err(|error| as_attribute_value(error, value))
    }
}

impl<'a> AlgorithmProtection<'a> {
    /// ```text
    /// CMSAlgorithmProtection ::= SEQUENCE {
    ///   digestAlgorithm DigestAlgorithmIdentifier,
    ///   signatureAlgorithm [1] SignatureAlgorithmIdentifier OPTIONAL, macAlgorithm [2] … OPTIONAL }
    /// ```
    fn decode(value: &Tlv<'a>) -> Result<Self, DecodeError> {
        let read = || {
            let mut fields = value.reader();
            let digest = fields.expect(tag::SEQUENCE)?.encoding;
            let signature = fields.expect(tag::CONTEXT[1])?.value;
            fields.finish()?;
            Ok(Self { digest, signature })
        };
        typed(value, tag::SEQUENCE)?;
        read().map_err(|error| as_attribute_value(error, value))
    }
}

/// A further, missing or wrong element inside an attribute is the attribute's defect, not DER's.
fn as_attribute_value(error: DecodeError, value: &Tlv<'_>) -> DecodeError {
    match error.kind() {
        DecodeErrorKind::DerTagUnexpected
        | DecodeErrorKind::DerTruncated
        | DecodeErrorKind::DerTrailingData => {
            DecodeError::at(DecodeErrorKind::AttributeValue, value.start)
        }
        _ => error,
    }
}

fn typed<'v, 'a>(value: &'v Tlv<'a>, tag: u8) -> Result<&'v Tlv<'a>, DecodeError> {
    if value.tag == tag {
        Ok(value)
    } else {
        Err(DecodeError::at(DecodeErrorKind::AttributeValue, value.start))
    }
}

/// One attribute to write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'v, 'a> {
    ContentType(&'a [u8]),
    MessageDigest(&'a [u8]),
    SigningTime(SigningTime),
    Statement(&'v Statement<'a>),
}

impl Value<'_, '_> {
    fn attribute_type(&self) -> &'static [u8] {
        match self {
            Self::ContentType(_) => const { oid::CONTENT_TYPE.as_bytes() },
            Self::MessageDigest(_) => const { oid::MESSAGE_DIGEST.as_bytes() },
            Self::SigningTime(_) => const { oid::SIGNING_TIME.as_bytes() },
            Self::Statement(_) => const { oid::CLIENT_CERT_STATEMENT.as_bytes() },
        }
    }

    fn encode_value(self, sink: &mut impl Sink) {
        match self {
            Self::ContentType(content_type) => encode::value(sink, tag::OID, content_type),
            Self::MessageDigest(digest) => encode::value(sink, tag::OCTET_STRING, digest),
            Self::SigningTime(time) => time.encode(sink),
            Self::Statement(statement) => statement.encode(sink),
        }
    }
}

/// One attribute to write, with the lengths that its headers say.
struct Measured<'v, 'a> {
    value: Value<'v, 'a>,
    value_len: usize,
    fields_len: usize,
}

impl<'v, 'a> Measured<'v, 'a> {
    fn new(value: Value<'v, 'a>) -> Self {
        let value_len = match value {
            // Without working out the date, and once more when it is written.
            Value::SigningTime(time) => time.encoded_len(),
            _ => {
                let mut counter = Counter::default();
                value.encode_value(&mut counter);
                counter.0
            }
        };
        let mut fields = Counter::default();
        encode::value(&mut fields, tag::OID, value.attribute_type());
        encode::header(&mut fields, tag::SET, value_len);
        Self { value, value_len, fields_len: fields.0.saturating_add(value_len) }
    }

    fn encoded_len(&self) -> usize {
        encode::header_len(self.fields_len).saturating_add(self.fields_len)
    }

    fn encode(&self, sink: &mut impl Sink) {
        encode::header(sink, tag::SEQUENCE, self.fields_len);
        encode::value(sink, tag::OID, self.value.attribute_type());
        encode::header(sink, tag::SET, self.value_len);
        self.value.encode_value(sink);
    }
}

/// Encodes attributes as the SET OF that is signed (RFC 5652 §5.4), sorted (X.690 §11.6).
pub(crate) fn encode_set_of<const N: usize>(values: [Value<'_, '_>; N]) -> Vec<u8> {
    let mut attributes = values.map(Measured::new);
    // Every encoding is a SEQUENCE tag, a minimal length, then the type's own tag, length and
    // octets: comparing these in turn is comparing the encodings.
    attributes.sort_unstable_by_key(|attribute| {
        let attribute_type = attribute.value.attribute_type();
        (attribute.fields_len, attribute_type.len(), attribute_type)
    });
    let contents = attributes.iter().fold(0, |sum: usize, a| sum.saturating_add(a.encoded_len()));
    let mut set_of = Vec::with_capacity(contents.saturating_add(4));
    encode::header(&mut set_of, tag::SET, contents);
    for attribute in &attributes {
        attribute.encode(&mut set_of);
    }
    set_of
}
