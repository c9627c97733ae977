//! Message digests.

use client_cert_envelope::DigestAlgorithm;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// A digest of any length of the table, without a heap allocation.
pub(crate) struct MessageDigest {
    octets: [u8; 64],
    length: usize,
}

impl MessageDigest {
    /// None for an algorithm that this version of the crate does not have.
    pub(crate) fn of(algorithm: DigestAlgorithm, message: &[u8]) -> Option<Self> {
        match algorithm {
            DigestAlgorithm::Sha256 => Self::new(&Sha256::digest(message)),
            DigestAlgorithm::Sha384 => Self::new(&Sha384::digest(message)),
            DigestAlgorithm::Sha512 => Self::new(&Sha512::digest(message)),
            _ => None,
        }
    }

    /// Takes a digest; none if it is longer than any of the table.
    pub(crate) fn new(digest: &[u8]) -> Option<Self> {
        let mut octets = [0; 64];
        octets.get_mut(..digest.len())?.copy_from_slice(digest);
        Some(Self { octets, length: digest.len() })
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.octets.get(..self.length).unwrap_or_default()
    }
}

pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// For key identifiers (RFC 5280 §4.2.1.2 method 1), which are names and not proofs.
pub(crate) fn sha1(octets: &[u8]) -> [u8; 20] {
    Sha1::digest(octets).into()
}
