//! Why a configuration was refused.

use core::fmt;

use client_cert_envelope::{CertificateError, InvalidAudience, Stage, UnsupportedKey};

/// A configuration under which some message would be accepted that must not be, or none could be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ConfigError {
    /// An allowed name is empty, a pattern, or has characters that no such name has.
    AllowedNameInvalid,
    /// The same key is an anchor for proxies and for clients: every client could sign.
    AnchorOverlap,
    /// An audience that is none.
    AudienceInvalid(InvalidAudience),
    /// No audience, and the profile demands one.
    AudienceMissing,
    /// Audiences for signers of the baseline profile, which has none.
    BaselineAudience,
    /// The back end has no algorithms.
    AlgorithmsMissing,
    /// A certificate is malformed.
    CertificateMalformed(CertificateError),
    /// A trust anchor cannot be used for paths.
    AnchorUnusable,
    /// Two pinned certificates share issuer and serial number and have different keys.
    IssuerSerialRepeated,
    /// Two signers share a key identifier and have different keys.
    KeyIdentifierRepeated,
    /// A pinned certificate's key identifier is not 1 to 64 octets, so that no message can name it.
    KeyIdentifierLength,
    /// A key is of no kind in the table.
    KeyUnsupported(UnsupportedKey),
    /// keyUsage of a pinned certificate lacks digitalSignature.
    KeyUsage,
    /// The longest lifetime or age is zero or over an hour.
    MaxAgeRange,
    /// A padding is named for a key that is not RSA, or PKCS #1 v1.5 for a strict signer.
    Padding,
    /// A CA for proxies without a name or an extended key usage that tells which may sign.
    ProxyCaUnrestricted,
    /// Single use is demanded without request binding, which alone makes each statement unique.
    ReplayWithoutRequest,
    /// A signer's scope is empty, or has an audience or an anchor outside the policy's.
    ScopeOutsidePolicy,
    /// A pinned key is that of an anchor of clients.
    SignerIsAnchor,
    /// The same key is pinned twice.
    SignerRepeated,
    /// The skew is over five minutes.
    SkewRange,
    /// No signer, or no anchor, is trusted.
    TrustEmpty,
}

impl ConfigError {
    /// Always [`Stage::Config`].
    #[must_use]
    pub const fn stage(&self) -> Stage {
        Stage::Config
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.row().0
    }

    const fn row(&self) -> (&'static str, &'static str) {
        match self {
            Self::AllowedNameInvalid => (
                "name-invalid",
                "an allowed name is one literal DNS name or URI: no pattern, no white space",
            ),
            Self::AnchorOverlap => (
                "anchor-overlap",
                "a CA for proxies is also one for clients: every client could sign for any other",
            ),
            Self::AudienceInvalid(_) => ("audience-invalid", "an audience is refused"),
            Self::AudienceMissing => (
                "audience-missing",
                "name the origin's audience: without one, a statement for another origin passes",
            ),
            Self::BaselineAudience => (
                "baseline-audience",
                "baseline messages have no audience: checking one would be an illusion",
            ),
            Self::AlgorithmsMissing => ("algorithms-missing", "the back end has no algorithms"),
            Self::CertificateMalformed(_) => {
                ("certificate-malformed", "a configured certificate is malformed")
            }
            Self::AnchorUnusable => {
                ("anchor-unusable", "a trust anchor is not a certificate that paths can end in")
            }
            Self::IssuerSerialRepeated => (
                "issuer-serial-repeated",
                "two pinned certificates share issuer and serial number: which signed is a guess",
            ),
            Self::KeyIdentifierRepeated => (
                "key-identifier-repeated",
                "two signers share a key identifier: which of them signed would be a guess",
            ),
            Self::KeyIdentifierLength => (
                "key-identifier-length",
                "a signer's certificate has a subjectKeyIdentifier that is not 1 to 64 octets",
            ),
            Self::KeyUnsupported(UnsupportedKey::RsaSize { .. }) => {
                ("rsa-key-size", "a signer's RSA key is too small or too large")
            }
            Self::KeyUnsupported(UnsupportedKey::RsaExponent) => {
                ("rsa-exponent", "a signer's RSA exponent is refused")
            }
            Self::KeyUnsupported(_) => {
                ("key-unsupported", "a signer's key is of no kind that signs messages")
            }
            Self::KeyUsage => {
                ("key-usage", "a signer's certificate has a keyUsage without digitalSignature")
            }
            Self::MaxAgeRange => {
                ("max-age-range", "the longest lifetime accepted is 1 second to 1 hour")
            }
            Self::Padding => (
                "padding-not-rsa",
                "a padding goes with an RSA key, and PKCS #1 v1.5 with the baseline profile",
            ),
            Self::ProxyCaUnrestricted => (
                "proxy-ca-unrestricted",
                "say which certificates of the proxy CA may sign: allowed names, or the signing EKU",
            ),
            Self::ReplayWithoutRequest => (
                "replay-without-request",
                "single use needs request binding: one statement serves a connection otherwise",
            ),
            Self::ScopeOutsidePolicy => (
                "scope-outside-policy",
                "a signer's scope is empty, or has an audience or a client CA that the policy lacks",
            ),
            Self::SignerIsAnchor => (
                "signer-is-anchor",
                "a pinned key is that of a client CA: a proxy's key is its own",
            ),
            Self::SignerRepeated => ("signer-repeated", "the same key is pinned twice"),
            Self::SkewRange => ("skew-range", "the clock skew accepted is at most 5 minutes"),
            Self::TrustEmpty => {
                ("trust-empty", "no signer or no anchor is trusted: nothing could verify")
            }
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().1)?;
        match self {
            Self::CertificateMalformed(error) => write!(f, ": {error}"),
            Self::KeyUnsupported(error) => write!(f, ": {error}"),
            Self::AudienceInvalid(error) => write!(f, ": {error}"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for ConfigError {}

impl From<CertificateError> for ConfigError {
    fn from(error: CertificateError) -> Self {
        Self::CertificateMalformed(error)
    }
}

impl From<UnsupportedKey> for ConfigError {
    fn from(error: UnsupportedKey) -> Self {
        Self::KeyUnsupported(error)
    }
}

impl From<InvalidAudience> for ConfigError {
    fn from(error: InvalidAudience) -> Self {
        Self::AudienceInvalid(error)
    }
}
