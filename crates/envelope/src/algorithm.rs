//! The closed table of algorithms: exact AlgorithmIdentifier octets and nothing else.

use crate::error::DecodeErrorKind;
use crate::profile::Profile;

/// A digest algorithm of the table.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl DigestAlgorithm {
    /// Length of a digest in octets.
    #[must_use]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The AlgorithmIdentifier a signer writes: parameters absent (RFC 5754 §2).
    #[must_use]
    pub const fn identifier(self) -> &'static [u8] {
        match self {
            Self::Sha256 => SHA256,
            Self::Sha384 => SHA384,
            Self::Sha512 => SHA512,
        }
    }
}

/// The padding of an RSA signature.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RsaPadding {
    /// RSASSA-PSS, salt as long as the digest (RFC 8017 §8.1).
    Pss,
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2); baseline only.
    Pkcs1,
}

/// The kind of a public key.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum KeyAlgorithm {
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// Ed25519.
    Ed25519,
    /// RSA.
    Rsa,
}

/// A whole row of the table: key, padding and digest.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ecdsa-with-SHA256, P-256.
    EcdsaP256Sha256,
    /// ecdsa-with-SHA256, P-384: baseline only, OpenSSL's default for such a key.
    EcdsaP384Sha256,
    /// ecdsa-with-SHA384, P-384.
    EcdsaP384Sha384,
    /// Ed25519 with SHA-512 message digests (RFC 8419).
    Ed25519,
    /// RSASSA-PSS with SHA-256.
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384: baseline only.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512: baseline only.
    RsaPssSha512,
    /// RSASSA-PKCS1-v1_5 with SHA-256: baseline only.
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384: baseline only.
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512: baseline only.
    RsaPkcs1Sha512,
}

impl SignatureAlgorithm {
    /// The digest of content and signed attributes.
    #[must_use]
    pub const fn digest(self) -> DigestAlgorithm {
        match self {
            Self::EcdsaP256Sha256
            | Self::EcdsaP384Sha256
            | Self::RsaPssSha256
            | Self::RsaPkcs1Sha256 => DigestAlgorithm::Sha256,
            Self::EcdsaP384Sha384 | Self::RsaPssSha384 | Self::RsaPkcs1Sha384 => {
                DigestAlgorithm::Sha384
            }
            Self::Ed25519 | Self::RsaPssSha512 | Self::RsaPkcs1Sha512 => DigestAlgorithm::Sha512,
        }
    }

    /// The kind of key that makes such a signature.
    #[must_use]
    pub const fn key(self) -> KeyAlgorithm {
        match self {
            Self::EcdsaP256Sha256 => KeyAlgorithm::P256,
            Self::EcdsaP384Sha256 | Self::EcdsaP384Sha384 => KeyAlgorithm::P384,
            Self::Ed25519 => KeyAlgorithm::Ed25519,
            _ => KeyAlgorithm::Rsa,
        }
    }

    /// The RSA padding, for an RSA row.
    #[must_use]
    pub const fn padding(self) -> Option<RsaPadding> {
        match self {
            Self::RsaPssSha256 | Self::RsaPssSha384 | Self::RsaPssSha512 => Some(RsaPadding::Pss),
            Self::RsaPkcs1Sha256 | Self::RsaPkcs1Sha384 | Self::RsaPkcs1Sha512 => {
                Some(RsaPadding::Pkcs1)
            }
            _ => None,
        }
    }

    /// The `signatureAlgorithm` a signer writes.
    #[must_use]
    pub const fn identifier(self) -> &'static [u8] {
        match self {
            Self::EcdsaP256Sha256 | Self::EcdsaP384Sha256 => ECDSA_SHA256,
            Self::EcdsaP384Sha384 => ECDSA_SHA384,
            Self::Ed25519 => ED25519,
            Self::RsaPssSha256 => PSS_SHA256,
            Self::RsaPssSha384 => PSS_SHA384,
            Self::RsaPssSha512 => PSS_SHA512,
            Self::RsaPkcs1Sha256 => RSA_SHA256,
            Self::RsaPkcs1Sha384 => RSA_SHA384,
            Self::RsaPkcs1Sha512 => RSA_SHA512,
        }
    }

    /// Whether the profile has this row.
    #[must_use]
    pub const fn is_in(self, profile: Profile) -> bool {
        match profile {
            Profile::Strict => matches!(
                self,
                Self::EcdsaP256Sha256 | Self::EcdsaP384Sha384 | Self::Ed25519 | Self::RsaPssSha256
            ),
            Profile::Baseline => true,
        }
    }
}

/// What the two identifiers of a message say, before its key is known. ECDSA identifiers name no
/// curve, so the row is complete only with [`MessageAlgorithm::for_key`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MessageAlgorithm {
    profile: Profile,
    digest: DigestAlgorithm,
    scheme: Scheme,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scheme {
    Ecdsa,
    Ed25519,
    RsaPss,
    RsaPkcs1,
}

impl MessageAlgorithm {
    /// Looks both identifiers up, each as its whole encoding.
    pub(crate) fn identify(
        profile: Profile,
        digest: &[u8],
        signature: &[u8],
    ) -> Result<Self, DecodeErrorKind> {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        let (digest, digest_parameters) = match digest {
            d if d == SHA256 => (Sha256, Parameters::Absent),
            d if d == SHA384 => (Sha384, Parameters::Absent),
            d if d == SHA512 => (Sha512, Parameters::Absent),
            d if d == SHA256_NULL => (Sha256, Parameters::Null),
            d if d == SHA384_NULL => (Sha384, Parameters::Null),
            d if d == SHA512_NULL => (Sha512, Parameters::Null),
            _ => return Err(DecodeErrorKind::DigestAlgorithm),
        };
        if profile == Profile::Strict && digest_parameters == Parameters::Null {
            return Err(DecodeErrorKind::DigestAlgorithm);
        }
        let (scheme, hash) = match signature {
            s if s == ECDSA_SHA256 => (Scheme::Ecdsa, Some(Sha256)),
            s if s == ECDSA_SHA384 => (Scheme::Ecdsa, Some(Sha384)),
            s if s == ED25519 => (Scheme::Ed25519, Some(Sha512)),
            s if s == PSS_SHA256 => (Scheme::RsaPss, Some(Sha256)),
            s if s == PSS_SHA384 => (Scheme::RsaPss, Some(Sha384)),
            s if s == PSS_SHA512 => (Scheme::RsaPss, Some(Sha512)),
            // OpenSSL writes rsaEncryption; RFC 5754 §3.2 has the digest from digestAlgorithm then.
            s if s == RSA || s == RSA_ABSENT => (Scheme::RsaPkcs1, None),
            s if s == RSA_SHA256 || s == RSA_SHA256_ABSENT => (Scheme::RsaPkcs1, Some(Sha256)),
            s if s == RSA_SHA384 || s == RSA_SHA384_ABSENT => (Scheme::RsaPkcs1, Some(Sha384)),
            s if s == RSA_SHA512 || s == RSA_SHA512_ABSENT => (Scheme::RsaPkcs1, Some(Sha512)),
            _ => return Err(DecodeErrorKind::SignatureAlgorithm),
        };
        if profile == Profile::Strict
            && (scheme == Scheme::RsaPkcs1 || scheme == Scheme::RsaPss && hash != Some(Sha256))
        {
            return Err(DecodeErrorKind::SignatureAlgorithm);
        }
        if hash.is_some_and(|hash| hash != digest) {
            return Err(DecodeErrorKind::AlgorithmPair);
        }
        // RFC 8419 §3: parameters absent.
        if scheme == Scheme::Ed25519 && digest_parameters == Parameters::Null {
            return Err(DecodeErrorKind::DigestAlgorithm);
        }
        Ok(Self { profile, digest, scheme })
    }

    /// The digest of content and signed attributes.
    #[must_use]
    pub const fn digest(self) -> DigestAlgorithm {
        self.digest
    }

    /// The row for a key of this kind; none if the key does not make such signatures.
    #[must_use]
    pub fn for_key(self, key: KeyAlgorithm) -> Option<SignatureAlgorithm> {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        let row = match (key, self.scheme, self.digest) {
            (KeyAlgorithm::P256, Scheme::Ecdsa, Sha256) => SignatureAlgorithm::EcdsaP256Sha256,
            (KeyAlgorithm::P384, Scheme::Ecdsa, Sha256) => SignatureAlgorithm::EcdsaP384Sha256,
            (KeyAlgorithm::P384, Scheme::Ecdsa, Sha384) => SignatureAlgorithm::EcdsaP384Sha384,
            (KeyAlgorithm::Ed25519, Scheme::Ed25519, Sha512) => SignatureAlgorithm::Ed25519,
            (KeyAlgorithm::Rsa, Scheme::RsaPss, Sha256) => SignatureAlgorithm::RsaPssSha256,
            (KeyAlgorithm::Rsa, Scheme::RsaPss, Sha384) => SignatureAlgorithm::RsaPssSha384,
            (KeyAlgorithm::Rsa, Scheme::RsaPss, Sha512) => SignatureAlgorithm::RsaPssSha512,
            (KeyAlgorithm::Rsa, Scheme::RsaPkcs1, Sha256) => SignatureAlgorithm::RsaPkcs1Sha256,
            (KeyAlgorithm::Rsa, Scheme::RsaPkcs1, Sha384) => SignatureAlgorithm::RsaPkcs1Sha384,
            (KeyAlgorithm::Rsa, Scheme::RsaPkcs1, Sha512) => SignatureAlgorithm::RsaPkcs1Sha512,
            _ => return None,
        };
        row.is_in(self.profile).then_some(row)
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Parameters {
    Absent,
    Null,
}

// RFC 5754 §2: SHA-2 with parameters absent, and NULL.
const SHA256: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SHA384: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
const SHA512: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
const SHA256_NULL: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];
const SHA384_NULL: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00];
const SHA512_NULL: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00];

// RFC 5754 §3.3: parameters absent.
const ECDSA_SHA256: &[u8] =
    &[0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const ECDSA_SHA384: &[u8] =
    &[0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x03];

// RFC 8410 §3: parameters absent.
const ED25519: &[u8] = &[0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70];

// RFC 4055 §3.1: hash and MGF1 hash with NULL, salt as long as the hash, trailerField absent.
const PSS_SHA256: &[u8] = &[
    0x30, 0x41, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30, 0x34, 0xa0,
    0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30,
    0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa2, 0x03,
    0x02, 0x01, 0x20,
];
const PSS_SHA384: &[u8] = &[
    0x30, 0x41, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30, 0x34, 0xa0,
    0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00,
    0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30,
    0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0xa2, 0x03,
    0x02, 0x01, 0x30,
];
const PSS_SHA512: &[u8] = &[
    0x30, 0x41, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30, 0x34, 0xa0,
    0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00,
    0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30,
    0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0xa2, 0x03,
    0x02, 0x01, 0x40,
];

// RFC 5754 §3.2 and RFC 3370 §3.2: NULL, and absent, which a receiver must accept too.
const RSA: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const RSA_ABSENT: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_SHA256: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00];
const RSA_SHA256_ABSENT: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b];
const RSA_SHA384: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c, 0x05, 0x00];
const RSA_SHA384_ABSENT: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0c];
const RSA_SHA512: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d, 0x05, 0x00];
const RSA_SHA512_ABSENT: &[u8] =
    &[0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0d];
