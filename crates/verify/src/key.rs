//! A public key that may sign messages, with what identifies it.

use client_cert_envelope::{Certificate, KeyAlgorithm, PublicKey, UnsupportedKey};
use sha1::{Digest as _, Sha1};

use crate::digest::sha256;

/// SHA-256 of a SubjectPublicKeyInfo: what identifies a key everywhere in this crate.
pub(crate) type SpkiSha256 = [u8; 32];

/// A key of the table, kept for as long as the policy.
#[derive(Clone, Debug)]
pub(crate) struct TrustedKey {
    pub(crate) algorithm: KeyAlgorithm,
    pub(crate) bits: Vec<u8>,
    pub(crate) spki_sha256: SpkiSha256,
}

impl TrustedKey {
    pub(crate) fn new(key: &PublicKey<'_>) -> Result<Self, UnsupportedKey> {
        Ok(Self {
            algorithm: key.algorithm()?,
            bits: key.bits().to_vec(),
            spki_sha256: sha256([key.der()]),
        })
    }
}

/// The subjectKeyIdentifier by which messages name this certificate's key: its extension, or
/// without one the SHA-1 of the key's octets (RFC 5280 §4.2.1.2 method 1).
pub(crate) fn key_identifier(certificate: &Certificate<'_>) -> Vec<u8> {
    match certificate.subject_key_identifier() {
        Some(extension) => extension.to_vec(),
        None => key_identifier_of_bits(certificate.public_key()),
    }
}

/// SHA-1 of the key's octets. An identifier chooses among trusted keys; no security rests on it.
pub(crate) fn key_identifier_of_bits(key: &PublicKey<'_>) -> Vec<u8> {
    Sha1::digest(key.bits()).to_vec()
}
