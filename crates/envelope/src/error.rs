//! What can be wrong with a message before any key is looked at.

use core::fmt;

use crate::stage::Stage;

/// Why bytes are not a message of the profile: the kind, and where.
///
/// Neither `Debug` nor `Display` shows bytes of the message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    position: Option<usize>,
}

impl DecodeError {
    /// An error with no position: the defect is an absence, or of the whole.
    #[must_use]
    pub const fn new(kind: DecodeErrorKind) -> Self {
        Self { kind, position: None }
    }

    /// An error at a zero-based offset: into the field value up to stage `base64`, into the DER
    /// from stage `der` on.
    #[must_use]
    pub const fn at(kind: DecodeErrorKind, position: usize) -> Self {
        Self { kind, position: Some(position) }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Zero-based offset of the defect: in stages `field` and `base64` a character of the field
    /// value without the white space around it, from `der` on a byte of the DER.
    #[must_use]
    pub const fn position(&self) -> Option<usize> {
        self.position
    }

    /// The step that refused.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.kind.stage()
    }

    /// The stable code, for logs and test vectors.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// What to do about it, where experience knows.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        match (self.kind, self.position) {
            (DecodeErrorKind::DerTagUnexpected, Some(0)) => {
                Some("the message must be DER: sign with -outform DER")
            }
            (kind, _) => kind.hint(),
        }
    }
}

impl From<DecodeErrorKind> for DecodeError {
    fn from(kind: DecodeErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message())?;
        match (self.position, self.stage()) {
            (None, _) => Ok(()),
            (Some(at), Stage::Field | Stage::Base64) => write!(f, " (character {at})"),
            (Some(at), _) => write!(f, " (DER byte {at})"),
        }
    }
}

impl core::error::Error for DecodeError {}

/// What a value that is no Byte Sequence looks like, for the hint.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum LooksLike {
    /// Base64 without colons: the baseline profile's form.
    BareBase64,
    /// A CMS message as a PEM block.
    CmsPem,
    /// DER, without base64 around it.
    Der,
    /// A Byte Sequence whose closing colon is missing.
    CutOff,
    /// A JSON Web Token.
    Jwt,
    /// A PEM block.
    Pem,
    /// A percent-encoded PEM block.
    PercentEncodedPem,
    /// `X-Forwarded-Client-Cert` elements.
    Xfcc,
    /// Nothing known.
    Other,
}

/// What a DER value that is no `SignedData` is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NotSignedData {
    /// An X.509 certificate: what RFC 9440 `Client-Cert` carries, unsigned.
    Certificate,
    /// A `ContentInfo` of another content type, or another structure.
    Other,
}

/// The kinds of [`DecodeError`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// No field line.
    FieldAbsent,
    /// A field line whose name is an alias of the field's.
    FieldAlias,
    /// An octet that no field value of the profile has.
    FieldCharacter,
    /// A `Connection` token names the field.
    FieldConnectionListed,
    /// The value is empty.
    FieldEmpty,
    /// Something follows the closing colon.
    FieldParameters,
    /// More than one field line, or several values joined by a comma.
    FieldRepeated,
    /// The value is longer than the limit.
    FieldTooLong,
    /// A Byte Sequence where only the bare base64 of baseline is accepted.
    NotBareBase64,
    /// No Byte Sequence where only that is accepted.
    NotByteSequence(LooksLike),
    /// A character outside the alphabet of RFC 4648 §4.
    Base64Alphabet,
    /// Bits that no octet uses are not zero.
    Base64PadBits,
    /// Padding missing, excess or inside.
    Base64Padding,
    /// A string in constructed form.
    DerConstructedString,
    /// An indefinite length: BER.
    DerIndefiniteLength,
    /// An INTEGER that is empty, not minimal, negative or too large.
    DerInteger,
    /// A length that is not minimal, or larger than any message.
    DerLength,
    /// The re-encoding of what was parsed differs from the bytes received.
    DerNotCanonical,
    /// A malformed OBJECT IDENTIFIER.
    DerOid,
    /// A SET OF that is not sorted by encoding.
    DerSetOrder,
    /// A tag that no structure of the profile has.
    DerTagInvalid,
    /// Another tag than the grammar has here.
    DerTagUnexpected,
    /// More elements than the profile allows.
    DerTooMany,
    /// Bytes after the end of a structure.
    DerTrailingData,
    /// The bytes end inside a value.
    DerTruncated,
    /// Not exactly the signed attributes of the profile: one is missing.
    AttributeMissing,
    /// An attribute type occurs twice.
    AttributeRepeated,
    /// An attribute the profile does not know.
    AttributeUnknown,
    /// An attribute value of the wrong type or syntax.
    AttributeValue,
    /// An attribute that has not exactly one value.
    AttributeValues,
    /// `certificates` is empty, too long, or has an entry that is no plain certificate.
    CertificateBag,
    /// `clientChain` is `none` beside a certificate, or not `none` beside an absence.
    ClientChain,
    /// The `eContentType` is not the profile's.
    ContentType,
    /// The contentType attribute differs from `eContentType`.
    ContentTypeMismatch,
    /// No `eContent`: a detached signature.
    ContentMissing,
    /// An absence statement with content.
    ContentNotEmpty,
    /// `digestAlgorithms` is not exactly the signer's digest algorithm.
    DigestAlgorithms,
    /// A bag without `evidence`.
    EvidenceMissing,
    /// `evidence` without a bag.
    EvidenceUnexpected,
    /// Not a `ContentInfo` with `SignedData`.
    NotSignedData(NotSignedData),
    /// `crls` is present where refused, empty, too long, or has an entry that is no OCSP response.
    RevocationBag,
    /// No signed attributes.
    SignedAttributesMissing,
    /// `SignedData.version` does not fit.
    SignedDataVersion,
    /// Not exactly one `SignerInfo`.
    SignerCount,
    /// `sid` in a form the profile does not have.
    SignerIdentifier,
    /// `SignerInfo.version` does not fit `sid`.
    SignerInfoVersion,
    /// signingTime is of the wrong type for its year, or malformed.
    SigningTime,
    /// The statement's syntax or a range in it.
    Statement,
    /// A statement version this software does not know.
    StatementVersion,
    /// Unsigned attributes.
    UnsignedAttributes,
    /// A digest algorithm outside the table.
    DigestAlgorithm,
    /// A signature algorithm outside the table.
    SignatureAlgorithm,
    /// Digest and signature algorithm do not belong together.
    AlgorithmPair,
}

impl DecodeErrorKind {
    /// The step that refuses.
    #[must_use]
    pub const fn stage(self) -> Stage {
        self.row().0
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.row().1
    }

    const fn message(self) -> &'static str {
        self.row().2
    }

    /// One row a kind: stage, code, message. Codes are never renamed or reused.
    const fn row(self) -> (Stage, &'static str, &'static str) {
        use Stage::{Absent, Algorithm, Base64, Cms, Der, Field};
        match self {
            Self::FieldAbsent => (Absent, "field-absent", "the request has no such field line"),
            Self::FieldAlias => {
                (Field, "field-alias", "a field line is named like an alias of the field")
            }
            Self::FieldCharacter => {
                (Field, "field-character", "the value has a character that no value has")
            }
            Self::FieldConnectionListed => {
                (Field, "field-connection-listed", "the Connection field names the field")
            }
            Self::FieldEmpty => (Field, "field-empty", "the value is empty"),
            Self::FieldParameters => {
                (Field, "field-parameters", "something follows the closing colon")
            }
            Self::FieldRepeated => (Field, "field-repeated", "the field occurs more than once"),
            Self::FieldTooLong => {
                (Field, "field-too-long", "the value is longer than 16384 octets")
            }
            Self::NotBareBase64 => {
                (Field, "not-bare-base64", "the value is a Byte Sequence, not bare base64")
            }
            Self::NotByteSequence(_) => {
                (Field, "not-byte-sequence", "the value is not a Byte Sequence (:base64:)")
            }
            Self::Base64Alphabet => {
                (Base64, "base64-alphabet", "a character is outside the base64 alphabet")
            }
            Self::Base64PadBits => (Base64, "base64-pad-bits", "the pad bits are not zero"),
            Self::Base64Padding => {
                (Base64, "base64-padding", "the padding is missing, excess or misplaced")
            }
            Self::DerConstructedString => {
                (Der, "der-constructed-string", "a string is in constructed form, which is BER")
            }
            Self::DerIndefiniteLength => {
                (Der, "der-indefinite-length", "a length is indefinite, which is BER")
            }
            Self::DerInteger => {
                (Der, "der-integer", "an INTEGER is not minimal, negative or too large")
            }
            Self::DerLength => (Der, "der-length", "a length is not minimal or too large"),
            Self::DerNotCanonical => {
                (Der, "der-not-canonical", "the bytes are not the encoding of what they say")
            }
            Self::DerOid => (Der, "der-oid", "an OBJECT IDENTIFIER is malformed"),
            Self::DerSetOrder => (Der, "der-set-order", "a SET OF is not sorted by encoding"),
            Self::DerTagInvalid => (Der, "der-tag-invalid", "a tag is of no type of the profile"),
            Self::DerTagUnexpected => {
                (Der, "der-tag-unexpected", "a tag is not the one the grammar has here")
            }
            Self::DerTooMany => (Der, "der-too-many", "there are more elements than allowed"),
            Self::DerTrailingData => (Der, "der-trailing-data", "bytes follow the end"),
            Self::DerTruncated => (Der, "der-truncated", "the bytes end inside a value"),
            Self::AttributeMissing => {
                (Cms, "attribute-missing", "a required signed attribute is missing")
            }
            Self::AttributeRepeated => {
                (Cms, "attribute-repeated", "a signed attribute occurs twice")
            }
            Self::AttributeUnknown => {
                (Cms, "attribute-unknown", "a signed attribute is not of the profile")
            }
            Self::AttributeValue => {
                (Cms, "attribute-value", "a signed attribute has a value of another type")
            }
            Self::AttributeValues => {
                (Cms, "attribute-values", "a signed attribute has not exactly one value")
            }
            Self::CertificateBag => {
                (Cms, "certificate-bag", "certificates is not 1 to 6 plain certificates")
            }
            Self::ClientChain => {
                (Cms, "client-chain", "clientChain does not fit the kind of statement")
            }
            Self::ContentType => (Cms, "content-type", "the eContentType is not the profile's"),
            Self::ContentTypeMismatch => {
                (Cms, "content-type-mismatch", "contentType attribute and eContentType differ")
            }
            Self::ContentMissing => {
                (Cms, "content-missing", "the signature is detached: there is no eContent")
            }
            Self::ContentNotEmpty => {
                (Cms, "content-not-empty", "a statement of absence has content")
            }
            Self::DigestAlgorithms => {
                (Cms, "digest-algorithms", "digestAlgorithms is not the signer's one algorithm")
            }
            Self::EvidenceMissing => {
                (Cms, "evidence-missing", "certificates or crls without the evidence digest")
            }
            Self::EvidenceUnexpected => {
                (Cms, "evidence-unexpected", "an evidence digest without certificates or crls")
            }
            Self::NotSignedData(_) => (Cms, "not-signed-data", "this is not a CMS SignedData"),
            Self::RevocationBag => {
                (Cms, "revocation-bag", "crls is not 1 to 3 OCSP responses, or not allowed")
            }
            Self::SignedAttributesMissing => {
                (Cms, "signed-attributes-missing", "there are no signed attributes")
            }
            Self::SignedDataVersion => {
                (Cms, "signed-data-version", "the SignedData version does not fit its content")
            }
            Self::SignerCount => (Cms, "signer-count", "there is not exactly one SignerInfo"),
            Self::SignerIdentifier => {
                (Cms, "signer-identifier", "sid has not the form of the profile")
            }
            Self::SignerInfoVersion => {
                (Cms, "signer-info-version", "the SignerInfo version does not fit sid")
            }
            Self::SigningTime => {
                (Cms, "signing-time", "signingTime is malformed or of the wrong type")
            }
            Self::Statement => (Cms, "statement", "the statement's syntax is wrong"),
            Self::StatementVersion => {
                (Cms, "statement-version", "the statement's version is unknown")
            }
            Self::UnsignedAttributes => {
                (Cms, "unsigned-attributes", "there are unsigned attributes")
            }
            Self::DigestAlgorithm => {
                (Algorithm, "digest-algorithm", "the digest algorithm is not of the table")
            }
            Self::SignatureAlgorithm => {
                (Algorithm, "signature-algorithm", "the signature algorithm is not of the table")
            }
            Self::AlgorithmPair => {
                (Algorithm, "algorithm-pair", "digest and signature algorithm do not fit")
            }
        }
    }

    /// What to do about it, where experience knows.
    #[must_use]
    pub const fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::FieldAlias => "make the proxy remove every spelling of the name from requests",
            Self::FieldConnectionListed => {
                "the proxy must drop a client's Connection tokens before it sets the field"
            }
            Self::FieldRepeated => {
                "the proxy must replace the field, not append to what the client sent"
            }
            Self::FieldTooLong => "leave intermediates or the signer's certificate out",
            Self::NotBareBase64 => "this looks like the strict profile; only baseline is trusted",
            Self::NotByteSequence(looks_like) => match looks_like {
                LooksLike::BareBase64 => {
                    "a strict value is between colons; bare base64 is openssl's, the baseline profile"
                }
                LooksLike::CmsPem => {
                    "this is a CMS message as PEM: send the base64 between its lines, in one line"
                }
                LooksLike::Der => "this is DER: the field has its base64, in one line",
                LooksLike::CutOff => {
                    "the value is cut off: a limit on field or log lines, most likely"
                }
                LooksLike::Jwt => "this is a JWT, not a signed client certificate",
                LooksLike::Pem => "this is PEM text: nothing signed it",
                LooksLike::PercentEncodedPem => "this is percent-encoded PEM: nothing signed it",
                LooksLike::Xfcc => "this is X-Forwarded-Client-Cert: nothing signed it",
                LooksLike::Other => return None,
            },
            Self::FieldCharacter => "encode in one line, without white space: base64 -w0",
            Self::Base64Alphabet => {
                "use the alphabet of RFC 4648 section 4 (+ and /), without line breaks"
            }
            Self::DerIndefiniteLength | Self::DerConstructedString => {
                "remove -stream: the message must be DER"
            }
            Self::ContentMissing => "sign with -nodetach",
            Self::ContentType => {
                "sign with -econtent_type x509Certificate, or with the default type in baseline"
            }
            Self::NotSignedData(NotSignedData::Certificate) => {
                "this is an unsigned RFC 9440 value: the certificate alone, signed by no proxy"
            }
            Self::SignedAttributesMissing => {
                "remove -noattr: without signed attributes nothing is dated"
            }
            Self::SignerCount => "sign with exactly one -signer",
            Self::DigestAlgorithm => "sign with -md sha256",
            Self::SignatureAlgorithm => {
                "take an algorithm of the table; RSASSA-PSS needs -keyopt rsa_pss_saltlen:-1"
            }
            Self::UnsignedAttributes => "remove countersignatures and timestamps",
            Self::AttributeUnknown => "sign without options that add attributes of their own",
            _ => return None,
        })
    }

    /// Every kind, so that tests can demand a vector for each code.
    pub const ALL: &'static [Self] = &[
        Self::FieldAbsent,
        Self::FieldAlias,
        Self::FieldCharacter,
        Self::FieldConnectionListed,
        Self::FieldEmpty,
        Self::FieldParameters,
        Self::FieldRepeated,
        Self::FieldTooLong,
        Self::NotBareBase64,
        Self::NotByteSequence(LooksLike::Other),
        Self::Base64Alphabet,
        Self::Base64PadBits,
        Self::Base64Padding,
        Self::DerConstructedString,
        Self::DerIndefiniteLength,
        Self::DerInteger,
        Self::DerLength,
        Self::DerNotCanonical,
        Self::DerOid,
        Self::DerSetOrder,
        Self::DerTagInvalid,
        Self::DerTagUnexpected,
        Self::DerTooMany,
        Self::DerTrailingData,
        Self::DerTruncated,
        Self::AttributeMissing,
        Self::AttributeRepeated,
        Self::AttributeUnknown,
        Self::AttributeValue,
        Self::AttributeValues,
        Self::CertificateBag,
        Self::ClientChain,
        Self::ContentType,
        Self::ContentTypeMismatch,
        Self::ContentMissing,
        Self::ContentNotEmpty,
        Self::DigestAlgorithms,
        Self::EvidenceMissing,
        Self::EvidenceUnexpected,
        Self::NotSignedData(NotSignedData::Other),
        Self::RevocationBag,
        Self::SignedAttributesMissing,
        Self::SignedDataVersion,
        Self::SignerCount,
        Self::SignerIdentifier,
        Self::SignerInfoVersion,
        Self::SigningTime,
        Self::Statement,
        Self::StatementVersion,
        Self::UnsignedAttributes,
        Self::DigestAlgorithm,
        Self::SignatureAlgorithm,
        Self::AlgorithmPair,
    ];
}
