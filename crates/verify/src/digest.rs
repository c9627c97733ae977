//! Digests, in the one place that names their implementation.

use client_cert_envelope::DigestAlgorithm;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// Digest of `octets`, in a buffer that fits the longest; the length is the algorithm's.
pub(crate) fn digest(algorithm: DigestAlgorithm, octets: &[u8]) -> ([u8; 64], usize) {
    fn padded(digest: &[u8]) -> ([u8; 64], usize) {
        let mut buffer = [0; 64];
        buffer.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
        (buffer, digest.len())
    }
    match algorithm {
        DigestAlgorithm::Sha384 => padded(&Sha384::digest(octets)),
        DigestAlgorithm::Sha512 => padded(&Sha512::digest(octets)),
        _ => padded(&Sha256::digest(octets)),
    }
}

/// SHA-256 of consecutive parts.
pub(crate) fn sha256<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}
