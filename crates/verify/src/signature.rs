//! Step 9: digests, and the signature over the attributes as received.

use client_cert_envelope::{SignatureAlgorithm, UnverifiedEnvelope};
use rustls_pki_types::{AlgorithmIdentifier, SignatureVerificationAlgorithm, alg_id};

use crate::digest::{digest, sha256};
use crate::error::VerifyError;
use crate::signer::{Candidate, KeyRow};
use crate::verifier::Algorithms;

/// Step 9 passed: content, attributes and bag are what the candidate's key signed.
#[derive(Debug)]
pub(crate) struct SignatureValid(());

pub(crate) fn check(
    algorithms: Algorithms,
    envelope: &UnverifiedEnvelope<'_>,
    candidate: &Candidate<'_>,
    row: KeyRow,
) -> Result<SignatureValid, VerifyError> {
    let (computed, length) = digest(row.algorithm().digest(), envelope.unverified_content());
    if computed.get(..length) != Some(envelope.unverified_message_digest()) {
        return Err(VerifyError::DigestMismatch);
    }
    if let Some(evidence) = envelope.unverified_statement().and_then(|statement| statement.evidence)
        && sha256(envelope.unverified_bag().evidence_octets()) != evidence
    {
        return Err(VerifyError::EvidenceMismatch);
    }
    lookup(algorithms, row.algorithm())
        .ok_or(VerifyError::AlgorithmUnavailable)?
        .verify_signature(candidate.key_bits, &envelope.signed_octets(), envelope.signature())
        .map_err(|_| VerifyError::SignatureInvalid)?;
    Ok(SignatureValid(()))
}

/// The back end's implementation of a row of the table.
fn lookup(
    algorithms: Algorithms,
    row: SignatureAlgorithm,
) -> Option<&'static dyn SignatureVerificationAlgorithm> {
    let (key, signature) = identifiers(row)?;
    algorithms.iter().copied().find(|algorithm| {
        algorithm.public_key_alg_id() == key && algorithm.signature_alg_id() == signature
    })
}

fn identifiers(row: SignatureAlgorithm) -> Option<(AlgorithmIdentifier, AlgorithmIdentifier)> {
    Some(match row {
        SignatureAlgorithm::EcdsaP256Sha256 => (alg_id::ECDSA_P256, alg_id::ECDSA_SHA256),
        SignatureAlgorithm::EcdsaP384Sha256 => (alg_id::ECDSA_P384, alg_id::ECDSA_SHA256),
        SignatureAlgorithm::EcdsaP384Sha384 => (alg_id::ECDSA_P384, alg_id::ECDSA_SHA384),
        SignatureAlgorithm::Ed25519 => (alg_id::ED25519, alg_id::ED25519),
        SignatureAlgorithm::RsaPssSha256 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA256),
        SignatureAlgorithm::RsaPssSha384 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA384),
        SignatureAlgorithm::RsaPssSha512 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PSS_SHA512),
        SignatureAlgorithm::RsaPkcs1Sha256 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA256),
        SignatureAlgorithm::RsaPkcs1Sha384 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA384),
        SignatureAlgorithm::RsaPkcs1Sha512 => (alg_id::RSA_ENCRYPTION, alg_id::RSA_PKCS1_SHA512),
        // A row added to the table without its back end fails closed.
        _ => return None,
    })
}
