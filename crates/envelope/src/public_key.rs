//! SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), of the kinds that sign messages.

use core::fmt;

use crate::algorithm::KeyAlgorithm;
use crate::certificate::{CertificateError, CertificateErrorKind};
use crate::error::DecodeError;
use crate::reader::{Reader, Tlv, tag};

/// A public key, as its SubjectPublicKeyInfo.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PublicKey<'a> {
    der: &'a [u8],
    algorithm: &'a [u8],
    bits: &'a [u8],
}

// AlgorithmIdentifiers, whole: RFC 5480 §2.1.1 with named curves, RFC 8410 §3, RFC 3279 §2.3.1.
const EC_P256: &[u8] = &[
    0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
    0xce, 0x3d, 0x03, 0x01, 0x07,
];
const EC_P384: &[u8] = &[
    0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04,
    0x00, 0x22,
];
const ED25519: &[u8] = &[0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70];
const RSA: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// The reduced y coordinates of the eight points of small order of edwards25519, little endian: 0,
/// 1, -1 and the two of order 8.
const ED25519_SMALL_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x7f,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
];

/// RSA moduli of the table, in bits.
const RSA_BITS: core::ops::RangeInclusive<usize> = 2048..=4096;

impl<'a> PublicKey<'a> {
    /// Reads exactly one SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// [`CertificateError`] where the DER is not one.
    pub fn from_der(der: &'a [u8]) -> Result<Self, CertificateError> {
        let mut reader = Reader::new(der, 0);
        let value = reader.expect(tag::SEQUENCE)?;
        reader.finish()?;
        Self::read(&value)
    }

    pub(crate) fn read(value: &Tlv<'a>) -> Result<Self, CertificateError> {
        let mut fields = value.reader();
        let algorithm = fields.expect(tag::SEQUENCE)?;
        let bits = fields.expect(tag::BIT_STRING)?;
        fields.finish()?;
        // A key is whole octets: no unused bits.
        let [0, key @ ..] = bits.value else {
            return Err(CertificateError::at(CertificateErrorKind::PublicKey, bits.start));
        };
        Ok(Self { der: value.encoding, algorithm: algorithm.encoding, bits: key })
    }

    /// The SubjectPublicKeyInfo, whole.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }

    /// The subjectPublicKey's octets: what RFC 5280 §4.2.1.2 method 1 hashes with SHA-1.
    #[must_use]
    pub const fn bits(&self) -> &'a [u8] {
        self.bits
    }

    /// The row of the algorithm table, for a key that may sign messages: P-256 and P-384 by name
    /// and uncompressed, Ed25519, RSA of 2048 to 4096 bits with an exponent of at least 65537.
    ///
    /// # Errors
    /// [`UnsupportedKey`] says what is wrong with any other.
    pub fn algorithm(&self) -> Result<KeyAlgorithm, UnsupportedKey> {
        let uncompressed = |octets: usize| match self.bits {
            [4, point @ ..] if point.len() == octets => Ok(()),
            _ => Err(UnsupportedKey::Encoding),
        };
        match self.algorithm {
            a if a == EC_P256 => uncompressed(64).map(|()| KeyAlgorithm::P256),
            a if a == EC_P384 => uncompressed(96).map(|()| KeyAlgorithm::P384),
            a if a == ED25519 => self.check_ed25519().map(|()| KeyAlgorithm::Ed25519),
            a if a == RSA => self.check_rsa().map(|()| KeyAlgorithm::Rsa),
            _ => Err(UnsupportedKey::Algorithm),
        }
    }

    /// RFC 8032 §8.4: under a point of small order a signature can be made without a private key,
    /// and libraries differ on encodings that are not reduced; no key generation makes either.
    fn check_ed25519(&self) -> Result<(), UnsupportedKey> {
        let mut y = <[u8; 32]>::try_from(self.bits).map_err(|_| UnsupportedKey::Encoding)?;
        let [first, middle @ .., last] = &mut y;
        *last &= 0x7f;
        let not_reduced =
            *last == 0x7f && *first >= 0xed && middle.iter().all(|octet| *octet == 0xff);
        if not_reduced || ED25519_SMALL_ORDER.contains(&y) {
            return Err(UnsupportedKey::Encoding);
        }
        Ok(())
    }

    /// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }` (RFC 8017 §A.1.1).
    fn check_rsa(&self) -> Result<(), UnsupportedKey> {
        let read = || -> Result<(&[u8], u32), DecodeError> {
            let mut reader = Reader::new(self.bits, 0);
            let key = reader.expect(tag::SEQUENCE)?;
            reader.finish()?;
            let mut fields = key.reader();
            let modulus = fields.expect(tag::INTEGER)?.value;
            let exponent = fields.expect(tag::INTEGER)?.uint()?;
            fields.finish()?;
            Ok((modulus, exponent))
        };
        let (modulus, exponent) = read().map_err(|_| UnsupportedKey::Encoding)?;
        let magnitude = match modulus {
            [0, rest @ ..] if rest.first().is_some_and(|high| *high >= 0x80) => rest,
            [0x01..=0x7f, ..] => modulus,
            _ => return Err(UnsupportedKey::Encoding),
        };
        let unused = magnitude.first().map_or(0, |octet| octet.leading_zeros());
        let bits = magnitude
            .len()
            .saturating_mul(8)
            .saturating_sub(usize::try_from(unused).unwrap_or_default());
        if !RSA_BITS.contains(&bits) {
            return Err(UnsupportedKey::RsaSize { bits });
        }
        if magnitude.last().is_none_or(|octet| octet & 1 == 0) {
            return Err(UnsupportedKey::Encoding);
        }
        if exponent < 65_537 || exponent & 1 == 0 {
            return Err(UnsupportedKey::RsaExponent);
        }
        Ok(())
    }
}

/// Why a public key signs no messages.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum UnsupportedKey {
    /// Neither P-256, P-384, Ed25519 nor RSA (with rsaEncryption).
    Algorithm,
    /// Not the one encoding of such a key.
    Encoding,
    /// The RSA exponent is below 65537 or even.
    RsaExponent,
    /// The RSA modulus has not 2048 to 4096 bits.
    RsaSize {
        /// Bits of the modulus.
        bits: usize,
    },
}

impl fmt::Display for UnsupportedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm => f.write_str("the key is neither P-256, P-384, Ed25519 nor RSA"),
            Self::Encoding => f.write_str("the key is malformed or compressed"),
            Self::RsaExponent => f.write_str("the RSA exponent is below 65537 or even"),
            Self::RsaSize { bits } => {
                write!(f, "the RSA modulus has {bits} bits, not 2048 to 4096")
            }
        }
    }
}

impl core::error::Error for UnsupportedKey {}
