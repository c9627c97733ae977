//! ClientCertStatement: what the proxy says about the connection, in one signed attribute.

use alloc::string::String;
use core::fmt;

use crate::encode::{self, Counter, Sink};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::limits::{MAX_AUDIENCE, MAX_LIFETIME, MAX_SIGNATURE};
use crate::reader::{Reader, Tlv, tag};

/// An origin's stable service id, compared octet for octet: never a host name of the client's
/// choosing, never a pattern.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Audience(String);

impl Audience {
    /// Takes 1 to 255 octets of UTF-8 without control characters and without `*`.
    ///
    /// # Errors
    /// [`InvalidAudience`] says which rule is broken.
    pub fn new(audience: &str) -> Result<Self, InvalidAudience> {
        if audience.is_empty() {
            Err(InvalidAudience::Empty)
        } else if audience.len() > MAX_AUDIENCE {
            Err(InvalidAudience::TooLong)
        } else if audience.contains('*') {
            Err(InvalidAudience::Wildcard)
        } else if audience.chars().any(char::is_control) || audience.trim() != audience {
            Err(InvalidAudience::Character)
        } else {
            Ok(Self(audience.into()))
        }
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a string is no audience.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum InvalidAudience {
    /// A control character, or white space at an end.
    Character,
    /// Empty.
    Empty,
    /// More than 255 octets.
    TooLong,
    /// A `*`: there are no patterns, and an audience that meant every origin would bind to none.
    Wildcard,
}

impl fmt::Display for InvalidAudience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Character => {
                "an audience has no control character and no white space at its ends"
            }
            Self::Empty => "an audience is not empty",
            Self::TooLong => "an audience has at most 255 octets",
            Self::Wildcard => "an audience is one service's id: `*` matches nothing",
        })
    }
}

impl core::error::Error for InvalidAudience {}

/// Sixteen random octets, one value per client TLS connection, or per request when the statement
/// is bound to one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "its size is the specification's")]
pub struct ConnectionId(pub [u8; 16]);

/// Whether the proxy validated the client's certificate chain.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ClientChain {
    /// It did, successfully.
    Validated,
    /// It did not, or without success.
    NotValidated,
    /// There is no certificate: the statement is one of absence.
    None,
}

impl ClientChain {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::NotValidated => "not-validated",
            Self::None => "none",
        }
    }
}

/// The version of TLS between client and proxy.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2 (771).
    Tls12,
    /// TLS 1.3 (772).
    Tls13,
}

impl TlsVersion {
    /// `1.2` or `1.3`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tls12 => "1.2",
            Self::Tls13 => "1.3",
        }
    }
}

/// Whether the client's TLS connection resumed an earlier session.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Resumption {
    /// A full handshake: the client proved its key on this connection.
    Full,
    /// Resumed: the proof was on an earlier connection.
    Resumed,
}

/// The client's own TLS 1.3 CertificateVerify (RFC 8446 §4.4.3).
///
/// ```text
/// Possession ::= SEQUENCE {
///   scheme INTEGER, transcriptHash OCTET STRING, signature OCTET STRING }
/// ```
///
/// `Debug` does not show the signature.
#[derive(Clone, Copy, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "its elements are the specification's")]
pub struct Possession<'a> {
    /// TLS SignatureScheme.
    pub scheme: u16,
    /// Hash of the handshake transcript, 32 or 48 octets.
    pub transcript_hash: &'a [u8],
    /// The client's signature.
    pub signature: &'a [u8],
}

impl fmt::Debug for Possession<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Possession").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// What the proxy states.
///
/// ```text
/// ClientCertStatement ::= SEQUENCE {
///   version      INTEGER { v1(1) },
///   audience     UTF8String,
///   lifetime     INTEGER (1..86400),
///   connection   OCTET STRING (SIZE (16)),
///   clientChain  ENUMERATED { validated(0), notValidated(1), none(2) },
///   protocol     INTEGER (771 | 772),
///   resumed      BOOLEAN,
///   hop        [0] IMPLICIT OCTET STRING (SIZE (32)) OPTIONAL,
///   request    [1] IMPLICIT OCTET STRING (SIZE (32)) OPTIONAL,
///   evidence   [2] IMPLICIT OCTET STRING (SIZE (32)) OPTIONAL,
///   possession [3] IMPLICIT Possession OPTIONAL }
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "its elements are the specification's")]
pub struct Statement<'a> {
    /// The origin it is for.
    pub audience: &'a str,
    /// Seconds after signingTime for which it holds, 1 to 86400.
    pub lifetime: u32,
    /// The client's connection, or the request when bound.
    pub connection: ConnectionId,
    /// Whether the proxy validated the client's chain.
    pub client_chain: ClientChain,
    /// TLS version between client and proxy.
    pub protocol: TlsVersion,
    /// Whether that connection was resumed.
    pub resumption: Resumption,
    /// SHA-256 of the SPKI the proxy authenticates with to the origin.
    pub hop: Option<[u8; 32]>,
    /// SHA-256 of the request transcript.
    pub request: Option<[u8; 32]>,
    /// SHA-256 of the bag.
    pub evidence: Option<[u8; 32]>,
    /// The client's CertificateVerify.
    pub possession: Option<Possession<'a>>,
}

const VERSION: u32 = 1;
const TLS12: u32 = 0x0303;
const TLS13: u32 = 0x0304;

/// The SignatureSchemes of TLS 1.3 client certificates that the profile carries: ECDSA P-256 and
/// P-384, RSA-PSS with an rsaEncryption key, Ed25519.
const POSSESSION_SCHEMES: [u32; 6] = [0x0403, 0x0503, 0x0804, 0x0805, 0x0806, 0x0807];

impl<'a> Statement<'a> {
    pub(crate) fn decode(value: &Tlv<'a>) -> Result<Self, DecodeError> {
        Self::read(value).map_err(|error| match error.kind() {
            // A wrong, missing or further element is the statement's defect, not DER's.
            DecodeErrorKind::DerTagUnexpected
            | DecodeErrorKind::DerTruncated
            | DecodeErrorKind::DerTrailingData => {
                DecodeError::at(DecodeErrorKind::Statement, error.position().unwrap_or(value.start))
            }
            _ => error,
        })
    }

    fn read(value: &Tlv<'a>) -> Result<Self, DecodeError> {
        if value.tag != tag::SEQUENCE {
            return Err(DecodeError::at(DecodeErrorKind::AttributeValue, value.start));
        }
        let mut fields = value.reader();
        let version = fields.expect(tag::INTEGER)?;
        if version.uint()? != VERSION {
            return Err(DecodeError::at(DecodeErrorKind::StatementVersion, version.start));
        }
        let audience = fields.expect(tag::UTF8_STRING)?;
        let lifetime = fields.expect(tag::INTEGER)?;
        let connection = fields.expect(tag::OCTET_STRING)?;
        let client_chain = fields.expect(tag::ENUMERATED)?;
        let protocol = fields.expect(tag::INTEGER)?;
        let resumed = fields.expect(tag::BOOLEAN)?;
        let [hop_tag, request_tag, evidence_tag] = tag::CONTEXT_PRIMITIVE;
        let hop = fields.optional(hop_tag)?;
        let request = fields.optional(request_tag)?;
        let evidence = fields.optional(evidence_tag)?;
        let possession = fields.optional(tag::CONTEXT[3])?;
        fields.finish()?;

        let statement = Self {
            audience: match core::str::from_utf8(audience.value) {
                Ok(text) if !text.is_empty() && text.len() <= MAX_AUDIENCE => text,
                _ => return Err(out_of_range(&audience)),
            },
            lifetime: match lifetime.uint()? {
                seconds @ 1..=MAX_LIFETIME => seconds,
                _ => return Err(out_of_range(&lifetime)),
            },
            connection: ConnectionId(octets(&connection)?),
            client_chain: match client_chain.uint()? {
                0 => ClientChain::Validated,
                1 => ClientChain::NotValidated,
                2 => ClientChain::None,
                _ => return Err(out_of_range(&client_chain)),
            },
            protocol: match protocol.uint()? {
                TLS12 => TlsVersion::Tls12,
                TLS13 => TlsVersion::Tls13,
                _ => return Err(out_of_range(&protocol)),
            },
            // Read as BER would; step 3's comparison with the re-encoding refuses other than FF.
            resumption: match resumed.value {
                [0] => Resumption::Full,
                [_] => Resumption::Resumed,
                _ => return Err(out_of_range(&resumed)),
            },
            hop: hop.map(|value| octets(&value)).transpose()?,
            request: request.map(|value| octets(&value)).transpose()?,
            evidence: evidence.map(|value| octets(&value)).transpose()?,
            possession: possession.map(|value| read_possession(&value)).transpose()?,
        };
        if let Some(possession) = possession
            && (statement.protocol != TlsVersion::Tls13
                || statement.resumption == Resumption::Resumed
                || statement.client_chain == ClientChain::None)
        {
            return Err(out_of_range(&possession));
        }
        Ok(statement)
    }

    /// Writes the whole SEQUENCE.
    pub(crate) fn encode(&self, sink: &mut impl Sink) {
        let mut contents = Counter::default();
        self.encode_elements(&mut contents);
        encode::header(sink, tag::SEQUENCE, contents.0);
        self.encode_elements(sink);
    }

    fn encode_elements(&self, sink: &mut impl Sink) {
        encode::uint(sink, tag::INTEGER, VERSION);
        encode::value(sink, tag::UTF8_STRING, self.audience.as_bytes());
        encode::uint(sink, tag::INTEGER, self.lifetime);
        encode::value(sink, tag::OCTET_STRING, &self.connection.0);
        encode::uint(
            sink,
            tag::ENUMERATED,
            match self.client_chain {
                ClientChain::Validated => 0,
                ClientChain::NotValidated => 1,
                ClientChain::None => 2,
            },
        );
        encode::uint(
            sink,
            tag::INTEGER,
            match self.protocol {
                TlsVersion::Tls12 => TLS12,
                TlsVersion::Tls13 => TLS13,
            },
        );
        let resumed = match self.resumption {
            Resumption::Full => 0,
            Resumption::Resumed => 0xff,
        };
        encode::value(sink, tag::BOOLEAN, &[resumed]);
        for (tag, digest) in
            tag::CONTEXT_PRIMITIVE.into_iter().zip([self.hop, self.request, self.evidence])
        {
            if let Some(digest) = digest {
                encode::value(sink, tag, &digest);
            }
        }
        if let Some(possession) = self.possession {
            encode::nested(sink, tag::CONTEXT[3], |sink| {
                encode::uint(sink, tag::INTEGER, u32::from(possession.scheme));
                encode::value(sink, tag::OCTET_STRING, possession.transcript_hash);
                encode::value(sink, tag::OCTET_STRING, possession.signature);
            });
        }
    }
}

fn read_possession<'a>(value: &Tlv<'a>) -> Result<Possession<'a>, DecodeError> {
    let mut fields: Reader<'a> = value.reader();
    let scheme = fields.expect(tag::INTEGER)?;
    let transcript_hash = fields.expect(tag::OCTET_STRING)?;
    let signature = fields.expect(tag::OCTET_STRING)?;
    fields.finish()?;
    let known = POSSESSION_SCHEMES.contains(&scheme.uint()?);
    match u16::try_from(scheme.uint()?) {
        Ok(scheme)
            if known
                && matches!(transcript_hash.value.len(), 32 | 48)
                && (1..=MAX_SIGNATURE).contains(&signature.value.len()) =>
        {
            Ok(Possession {
                scheme,
                transcript_hash: transcript_hash.value,
                signature: signature.value,
            })
        }
        _ => Err(out_of_range(value)),
    }
}

fn octets<const N: usize>(value: &Tlv<'_>) -> Result<[u8; N], DecodeError> {
    <[u8; N]>::try_from(value.value).map_err(|_| out_of_range(value))
}

fn out_of_range(value: &Tlv<'_>) -> DecodeError {
    DecodeError::at(DecodeErrorKind::Statement, value.start)
}
