//! Digests, signature schemes and their AlgorithmIdentifiers, the refused ones included.

use sha1::Sha1;
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

use crate::der;
use crate::keys::KeyKind;

/// A message digest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Digest {
    /// SHA-1, which no profile accepts.
    Sha1,
    /// SHA-224, which no profile accepts.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    /// Digest of `bytes`.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha224 => Sha224::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// Dotted identifier.
    pub fn oid(self) -> &'static str {
        match self {
            Self::Sha1 => "1.3.14.3.2.26",
            Self::Sha224 => "2.16.840.1.101.3.4.2.4",
            Self::Sha256 => "2.16.840.1.101.3.4.2.1",
            Self::Sha384 => "2.16.840.1.101.3.4.2.2",
            Self::Sha512 => "2.16.840.1.101.3.4.2.3",
        }
    }

    /// AlgorithmIdentifier without parameters, as CMS wants it.
    pub fn identifier(self) -> Vec<u8> {
        identifier(self.oid(), &[])
    }

    /// AlgorithmIdentifier with NULL parameters.
    pub fn identifier_null(self) -> Vec<u8> {
        identifier(self.oid(), &der::null())
    }
}

/// A signature algorithm with its digest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scheme {
    /// ECDSA on the key's curve.
    Ecdsa(Digest),
    /// Ed25519, whose CMS digest is SHA-512.
    Ed25519,
    /// RSASSA-PSS, MGF1 with the same digest, salt of 32 octets for SHA-256, else of the digest's length.
    RsaPss(Digest),
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Digest),
}

impl Scheme {
    /// The strict profile's scheme for a kind of key.
    pub fn strict(kind: KeyKind) -> Self {
        match kind {
            KeyKind::P256 => Self::Ecdsa(Digest::Sha256),
            KeyKind::P384 => Self::Ecdsa(Digest::Sha384),
            KeyKind::Ed25519 => Self::Ed25519,
            _ => Self::RsaPss(Digest::Sha256),
        }
    }

    /// What `openssl cms -sign` 3.0 chooses for a kind of key.
    pub fn openssl(kind: KeyKind) -> Self {
        match kind {
            KeyKind::P256 | KeyKind::P384 => Self::Ecdsa(Digest::Sha256),
            KeyKind::Ed25519 => Self::Ed25519,
            _ => Self::RsaPkcs1(Digest::Sha256),
        }
    }

    /// What a certification authority signs certificates with.
    pub fn certificate(kind: KeyKind) -> Self {
        match kind {
            KeyKind::P384 => Self::Ecdsa(Digest::Sha384),
            _ => Self::openssl(kind),
        }
    }

    /// Digest of the content that goes with the scheme.
    pub fn digest(self) -> Digest {
        match self {
            Self::Ecdsa(digest) | Self::RsaPss(digest) | Self::RsaPkcs1(digest) => digest,
            Self::Ed25519 => Digest::Sha512,
        }
    }

    /// Octets of the salt of RSASSA-PSS; 0 for the others.
    pub fn salt_length(self) -> usize {
        match self {
            Self::RsaPss(digest) => digest.of(&[]).len(),
            _ => 0,
        }
    }

    /// The scheme's AlgorithmIdentifier as it is written in CMS and certificates.
    pub fn identifier(self) -> Vec<u8> {
        match self {
            Self::Ecdsa(digest) => identifier(ecdsa_oid(digest), &[]),
            Self::Ed25519 => identifier("1.3.101.112", &[]),
            Self::RsaPss(digest) => pss_identifier(digest, digest, self.salt_length()),
            Self::RsaPkcs1(digest) => identifier(pkcs1_oid(digest), &der::null()),
        }
    }
}

/// AlgorithmIdentifier of any identifier and parameters; no parameters for an empty slice.
pub fn identifier(oid: &str, parameters: &[u8]) -> Vec<u8> {
    der::seq([&der::oid(oid)[..], parameters])
}

/// `rsaEncryption` with NULL: what OpenSSL writes as the signature algorithm of an RSA signer.
pub fn rsa_encryption() -> Vec<u8> {
    identifier(RSA_ENCRYPTION, &der::null())
}

/// RSASSA-PSS with these parameters; trailerField absent.
pub fn pss_identifier(digest: Digest, mgf1: Digest, salt_length: usize) -> Vec<u8> {
    let salt = u64::try_from(salt_length).expect("a salt is short");
    pss_identifier_of([
        der::context(0, &digest.identifier_null()),
        der::context(1, &identifier("1.2.840.113549.1.1.8", &mgf1.identifier_null())),
        der::context(2, &der::integer(salt)),
    ])
}

/// RSASSA-PSS with these parameter elements.
pub fn pss_identifier_of<P: AsRef<[u8]>>(parameters: impl IntoIterator<Item = P>) -> Vec<u8> {
    identifier(RSASSA_PSS, &der::seq(parameters))
}

/// rsaEncryption.
pub const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
/// id-RSASSA-PSS.
pub const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";
/// id-ecPublicKey.
pub const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";

fn ecdsa_oid(digest: Digest) -> &'static str {
    match digest {
        Digest::Sha1 => "1.2.840.10045.4.1",
        Digest::Sha224 => "1.2.840.10045.4.3.1",
        Digest::Sha256 => "1.2.840.10045.4.3.2",
        Digest::Sha384 => "1.2.840.10045.4.3.3",
        Digest::Sha512 => "1.2.840.10045.4.3.4",
    }
}

fn pkcs1_oid(digest: Digest) -> &'static str {
    match digest {
        Digest::Sha1 => "1.2.840.113549.1.1.5",
        Digest::Sha224 => "1.2.840.113549.1.1.14",
        Digest::Sha256 => "1.2.840.113549.1.1.11",
        Digest::Sha384 => "1.2.840.113549.1.1.12",
        Digest::Sha512 => "1.2.840.113549.1.1.13",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_parameters_are_the_bytes_openssl_emits() {
        assert_eq!(
            Scheme::RsaPss(Digest::Sha256).identifier(),
            [
                0x30, 0x41, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a, 0x30,
                0x34, 0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
                0x02, 0x01, 0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
                0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa2, 0x03, 0x02, 0x01, 0x20,
            ]
        );
    }

    #[test]
    fn sha2_and_ecdsa_have_no_parameters() {
        assert_eq!(Digest::Sha256.identifier().len(), 13);
        assert_eq!(Digest::Sha256.identifier_null().len(), 15);
        assert_eq!(
            Scheme::Ecdsa(Digest::Sha256).identifier(),
            [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]
        );
    }
}
