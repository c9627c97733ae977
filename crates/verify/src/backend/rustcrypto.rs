//! RustCrypto: pure Rust, for targets without a C compiler, such as WebAssembly.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::pkcs1::DecodeRsaPublicKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use rustls_pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::verifier::Algorithms;

/// The algorithms of the table, and those that certification paths need beside them.
pub static ALGORITHMS: Algorithms = &[
    &Row { key: alg_id::ECDSA_P256, id: alg_id::ECDSA_SHA256, scheme: Scheme::P256(Hash::Sha256) },
    &Row { key: alg_id::ECDSA_P256, id: alg_id::ECDSA_SHA384, scheme: Scheme::P256(Hash::Sha384) },
    &Row { key: alg_id::ECDSA_P384, id: alg_id::ECDSA_SHA256, scheme: Scheme::P384(Hash::Sha256) },
    &Row { key: alg_id::ECDSA_P384, id: alg_id::ECDSA_SHA384, scheme: Scheme::P384(Hash::Sha384) },
    &Row { key: alg_id::ED25519, id: alg_id::ED25519, scheme: Scheme::Ed25519 },
    &Row { key: RSA, id: alg_id::RSA_PKCS1_SHA256, scheme: Scheme::RsaPkcs1(Hash::Sha256) },
    &Row { key: RSA, id: alg_id::RSA_PKCS1_SHA384, scheme: Scheme::RsaPkcs1(Hash::Sha384) },
    &Row { key: RSA, id: alg_id::RSA_PKCS1_SHA512, scheme: Scheme::RsaPkcs1(Hash::Sha512) },
    &Row { key: RSA, id: alg_id::RSA_PSS_SHA256, scheme: Scheme::RsaPss(Hash::Sha256) },
    &Row { key: RSA, id: alg_id::RSA_PSS_SHA384, scheme: Scheme::RsaPss(Hash::Sha384) },
    &Row { key: RSA, id: alg_id::RSA_PSS_SHA512, scheme: Scheme::RsaPss(Hash::Sha512) },
];

const RSA: AlgorithmIdentifier = alg_id::RSA_ENCRYPTION;

/// Bits of a modulus that is worth computing with: the range the other back end has.
const RSA_BITS: core::ops::RangeInclusive<u32> = 2048..=8192;

#[derive(Debug)]
struct Row {
    key: AlgorithmIdentifier,
    id: AlgorithmIdentifier,
    scheme: Scheme,
}

#[derive(Clone, Copy, Debug)]
enum Scheme {
    P256(Hash),
    P384(Hash),
    Ed25519,
    RsaPkcs1(Hash),
    RsaPss(Hash),
}

#[derive(Clone, Copy, Debug)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }
}

impl SignatureVerificationAlgorithm for Row {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.id
    }

    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        self.scheme.verify(public_key, message, signature).ok_or(InvalidSignature)
    }
}

impl Scheme {
    fn verify(self, public_key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
        match self {
            Self::P256(hash) => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(public_key).ok()?;
                let signature = p256::ecdsa::Signature::from_der(signature).ok()?;
                key.verify_prehash(&hash.of(message), &signature).ok()
            }
            Self::P384(hash) => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(public_key).ok()?;
                let signature = p384::ecdsa::Signature::from_der(signature).ok()?;
                key.verify_prehash(&hash.of(message), &signature).ok()
            }
            Self::Ed25519 => {
                let key = ed25519_dalek::VerifyingKey::try_from(public_key).ok()?;
                let signature = ed25519_dalek::Signature::try_from(signature).ok()?;
                // Strict: no small-order key, no second encoding of a point (RFC 8032 §8.4).
                key.verify_strict(message, &signature).ok()
            }
            Self::RsaPkcs1(hash) => {
                let padding = match hash {
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                };
                rsa_key(public_key)?.verify(padding, &hash.of(message), signature).ok()
            }
            Self::RsaPss(hash) => {
                let (key, digest) = (rsa_key(public_key)?, hash.of(message));
                // The salt is as long as the digest: what the AlgorithmIdentifier says.
                match hash {
                    Hash::Sha256 => {
                        key.verify(Pss::<Sha256>::new_with_salt(32), &digest, signature)
                    }
                    Hash::Sha384 => {
                        key.verify(Pss::<Sha384>::new_with_salt(48), &digest, signature)
                    }
                    Hash::Sha512 => {
                        key.verify(Pss::<Sha512>::new_with_salt(64), &digest, signature)
                    }
                }
                .ok()
            }
        }
    }
}

fn rsa_key(public_key: &[u8]) -> Option<RsaPublicKey> {
    let key = RsaPublicKey::from_pkcs1_der(public_key).ok()?;
    RSA_BITS.contains(&key.n().bits()).then_some(key)
}
