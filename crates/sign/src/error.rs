//! What can be wrong with a signer's configuration, and with one signing.

use std::fmt;

use client_cert_envelope::{CertificateError, UnsupportedKey};

use crate::key::SignFailed;

/// Why a signer cannot be set up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ConfigError {
    /// The key signs by a row of the algorithm table that the strict profile does not have.
    AlgorithmNotStrict,
    /// The verifier given for the self-test does not have the key's algorithm.
    AlgorithmUnavailable,
    /// A hop in the baseline profile, whose messages cannot carry one.
    BaselineHop,
    /// A certificate of the configuration is not exactly one DER certificate.
    CertificateMalformed(CertificateError),
    /// The key did not sign the self-test.
    KeyFailed(SignFailed),
    /// The certificate's subjectKeyIdentifier is empty or longer than 64 octets.
    KeyIdentifierLength,
    /// The key is not the certificate's.
    KeyMismatch,
    /// The certificate's keyUsage lacks digitalSignature.
    KeyUsage,
    /// The lifetime is not whole seconds from 1 to 3600.
    LifetimeRange,
    /// A padding for a key that is not RSA.
    PaddingNotRsa,
    /// The private key is no PKCS#8, SEC1 or PKCS#1 key of a kind that the back end signs with.
    PrivateKeyUnsupported,
    /// The certificate's public key is of no kind that signs messages.
    PublicKeyUnsupported,
    /// The RSA exponent is below 65537 or even.
    RsaExponent,
    /// The RSA modulus has not 2048 to 4096 bits.
    RsaKeySize,
    /// An RSA private key, for a back end that does not take any.
    RsaPrivateKey,
    /// More certificates than a message carries.
    TooManyCertificates {
        /// How many there would be.
        count: usize,
    },
}

impl ConfigError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlgorithmNotStrict => "algorithm-not-strict",
            Self::AlgorithmUnavailable => "algorithm-unavailable",
            Self::BaselineHop => "baseline-hop",
            Self::CertificateMalformed(_) => "certificate-malformed",
            Self::KeyFailed(failed) => failed.code(),
            Self::KeyIdentifierLength => "key-identifier-length",
            Self::KeyMismatch => "key-mismatch",
            Self::KeyUsage => "key-usage",
            Self::LifetimeRange => "lifetime-range",
            Self::PaddingNotRsa => "padding-not-rsa",
            Self::PrivateKeyUnsupported | Self::PublicKeyUnsupported | Self::RsaPrivateKey => {
                "key-unsupported"
            }
            Self::RsaExponent => "rsa-exponent",
            Self::RsaKeySize => "rsa-key-size",
            Self::TooManyCertificates { .. } => "certificate-count",
        }
    }
}

impl From<CertificateError> for ConfigError {
    fn from(error: CertificateError) -> Self {
        Self::CertificateMalformed(error)
    }
}

impl From<UnsupportedKey> for ConfigError {
    fn from(error: UnsupportedKey) -> Self {
        match error {
            UnsupportedKey::RsaExponent => Self::RsaExponent,
            UnsupportedKey::RsaSize { .. } => Self::RsaKeySize,
            _ => Self::PublicKeyUnsupported,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlgorithmNotStrict => {
                "the strict profile does not have the key's algorithm: use RSA keys with PSS and \
                 SHA-256, P-384 keys with SHA-384"
            }
            Self::AlgorithmUnavailable => {
                "the verifier of the self-test lacks the key's algorithm: pass one that has it"
            }
            Self::BaselineHop => {
                "baseline messages cannot name a hop: leave it out or sign the strict profile"
            }
            Self::CertificateMalformed(error) => {
                return write!(f, "a certificate of the configuration is refused: {error}");
            }
            Self::KeyFailed(failed) => return write!(f, "the self-test failed: {failed}"),
            Self::KeyIdentifierLength => {
                "the certificate's subjectKeyIdentifier is not 1 to 64 octets, so no verifier \
                 reads it: issue the certificate with another one"
            }
            Self::KeyMismatch => {
                "the private key is not the certificate's: nothing it signs would verify; check \
                 that both files belong together"
            }
            Self::KeyUsage => {
                "the certificate's keyUsage lacks digitalSignature, so verifiers refuse it: issue \
                 one that has it"
            }
            Self::LifetimeRange => {
                "the lifetime is not whole seconds from 1 to 3600: no verifier accepts a longer \
                 one"
            }
            Self::PaddingNotRsa => "the key is not RSA and has no padding: leave the padding out",
            Self::PrivateKeyUnsupported => {
                "the private key is not PKCS#8, SEC1 or PKCS#1 of P-256, P-384, Ed25519 or RSA: \
                 convert it with `openssl pkcs8 -topk8 -nocrypt`, or make another"
            }
            Self::PublicKeyUnsupported => {
                "the certificate's key is not P-256, P-384 (uncompressed, by name), Ed25519 or \
                 RSA: issue one with such a key"
            }
            Self::RsaExponent => {
                "the RSA key's exponent is below 65537 or even, so verifiers refuse it: make \
                 another key"
            }
            Self::RsaKeySize => {
                "the RSA key has not 2048 to 4096 bits, so verifiers refuse it: make another key"
            }
            Self::RsaPrivateKey => {
                "this back end signs with no RSA key (RUSTSEC-2023-0071, timing): use the \
                 aws-lc-rs back end, or a P-256 key"
            }
            Self::TooManyCertificates { count } => {
                return write!(f, "a message carries 6 certificates, not {count}: embed fewer");
            }
        })
    }
}

impl std::error::Error for ConfigError {}

/// Why a statement was not signed. A proxy then refuses the request: it never forwards one without
/// its own field, nor with the client's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignError {
    /// This version of the crate lacks the digest of the key's algorithm.
    AlgorithmUnavailable,
    /// A baseline assertion for a strict signer, or the reverse.
    AssertionProfile,
    /// A request for a baseline assertion, whose message cannot be bound to one.
    BaselineRequest,
    /// A certificate of the client's chain is not exactly one DER certificate.
    CertificateMalformed {
        /// Its index in the chain.
        index: usize,
        /// The reader's reason, and where.
        error: CertificateError,
    },
    /// A client chain in a statement that there is no client certificate.
    ChainWithoutCertificate,
    /// The field value would be longer than 8 KiB.
    HeaderTooLong {
        /// Its length.
        octets: usize,
    },
    /// The key did not sign.
    KeyFailed(SignFailed),
    /// What came back is not in the form of the key's signatures.
    SignatureMalformed,
    /// The client's key is the signer's own.
    SignerIsClient,
    /// The time is after the year 9999.
    SigningTime,
    /// More certificates than a message carries.
    TooManyCertificates {
        /// How many there would be.
        count: usize,
    },
}

impl SignError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlgorithmUnavailable => "algorithm-unavailable",
            Self::AssertionProfile => "assertion-profile",
            Self::BaselineRequest => "baseline-request",
            Self::CertificateMalformed { .. } => "certificate-malformed",
            Self::ChainWithoutCertificate => "chain-without-certificate",
            Self::HeaderTooLong { .. } => "header-too-long",
            Self::KeyFailed(failed) => failed.code(),
            Self::SignatureMalformed => "signature-malformed",
            Self::SignerIsClient => "signer-is-client",
            Self::SigningTime => "signing-time",
            Self::TooManyCertificates { .. } => "certificate-count",
        }
    }
}

impl From<SignFailed> for SignError {
    fn from(failed: SignFailed) -> Self {
        Self::KeyFailed(failed)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlgorithmUnavailable => "this version lacks the digest of the key's algorithm",
            Self::AssertionProfile => {
                "the assertion is of the other profile: baseline signers take \
                 `Assertion::baseline`, strict ones the others"
            }
            Self::BaselineRequest => {
                "baseline messages cannot be bound to a request: leave it out or sign the strict \
                 profile"
            }
            Self::CertificateMalformed { index, error } => {
                return write!(f, "certificate {index} of the client's chain is refused: {error}");
            }
            Self::ChainWithoutCertificate => {
                "without a client certificate there is no chain: leave it out"
            }
            Self::HeaderTooLong { octets } => {
                return write!(
                    f,
                    "the field value would have {octets} octets, and servers refuse more than \
                     8192: leave certificates out"
                );
            }
            Self::KeyFailed(failed) => return failed.fmt(f),
            Self::SignatureMalformed => {
                "the signature has not the form of the key's algorithm: ECDSA signatures are DER, \
                 not r and s side by side; RSA ones are as long as the modulus"
            }
            Self::SignerIsClient => {
                "the client's certificate has the signer's own key, and verifiers refuse that: \
                 give each its own key"
            }
            Self::SigningTime => "the time is after the year 9999: check the clock",
            Self::TooManyCertificates { count } => {
                return write!(f, "a message carries 6 certificates, not {count}: leave some out");
            }
        })
    }
}

impl std::error::Error for SignError {}
