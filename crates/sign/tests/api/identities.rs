//! Certificate and key belong together, or there is no signer.

use client_cert_envelope::{CertificateErrorKind, DecodeErrorKind};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    ConfigError, HeaderPreparer, HeaderSigner, RsaPadding, SignFailed, SignatureAlgorithm,
    SignatureRejected, SignatureVerifier, SigningIdentity, SigningKey,
};
use rustls_pki_types::CertificateDer;
use sha2::{Digest as _, Sha256};

use crate::support::{ED25519, P256, P384, Pair, RSA, certificate, local_key};

fn identity(certificate_pem: &[u8], key_pem: &[u8]) -> Result<SigningIdentity, ConfigError> {
    SigningIdentity::new(&certificate(certificate_pem), &local_key(key_pem), aws_lc::VERIFIER)
}

#[test]
fn matching_pair_is_accepted() {
    let rows = [
        (P256, SignatureAlgorithm::EcdsaP256Sha256),
        (P384, SignatureAlgorithm::EcdsaP384Sha384),
        (ED25519, SignatureAlgorithm::Ed25519),
        (RSA, SignatureAlgorithm::RsaPssSha256),
    ];
    for (Pair { certificate: pem, key }, algorithm) in rows {
        let identity = identity(pem, key).unwrap();
        assert_eq!(identity.algorithm(), algorithm);
        assert_eq!(identity.certificate(), &certificate(pem));
    }
}

#[test]
fn key_of_another_certificate_is_a_mismatch() {
    let other = include_bytes!("../../tests-data/p384.pem");
    assert_eq!(identity(other, P256.key), Err(ConfigError::KeyMismatch));
    assert_eq!(
        HeaderSigner::strict(
            &certificate(crate::support::CLIENT),
            Box::new(local_key(P256.key)),
            aws_lc::VERIFIER,
        )
        .map(drop),
        Err(ConfigError::KeyMismatch),
        "a key of the same kind"
    );
}

#[test]
fn small_rsa_key_is_refused_by_its_certificate_too() {
    let small = certificate(include_bytes!("../../tests-data/rsa1024.pem"));
    let challenge = SigningIdentity::challenge(&small, SignatureAlgorithm::RsaPssSha256);
    assert_eq!(challenge.map(drop), Err(ConfigError::RsaKeySize));
}

#[test]
fn key_of_another_curve_is_refused() {
    let other = certificate(include_bytes!("../../tests-data/secp256k1.pem"));
    let challenge = SigningIdentity::challenge(&other, SignatureAlgorithm::EcdsaP256Sha256);
    assert_eq!(challenge.map(drop), Err(ConfigError::PublicKeyUnsupported));
}

#[test]
fn key_usage_without_digital_signature_is_refused() {
    let agreement = include_bytes!("../../tests-data/p256-key-agreement.pem");
    assert_eq!(identity(agreement, P256.key), Err(ConfigError::KeyUsage));
}

#[test]
fn certificate_with_trailing_octet_is_refused() {
    let der = [certificate(P256.certificate).as_ref(), &[0]].concat();
    let refused =
        SigningIdentity::new(&CertificateDer::from(der), &local_key(P256.key), aws_lc::VERIFIER);
    match refused {
        Err(ConfigError::CertificateMalformed(error)) => {
            assert_eq!(error.kind(), CertificateErrorKind::Der(DecodeErrorKind::DerTrailingData))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn key_identifier_is_the_extension_or_the_digest_of_the_key() {
    // OpenSSL's `subjectKeyIdentifier = hash` is that digest.
    let with = identity(P256.certificate, P256.key).unwrap();
    let without =
        identity(include_bytes!("../../tests-data/p256-without-identifier.pem"), P256.key).unwrap();
    assert_eq!(with.key_identifier(), without.key_identifier());
    assert_eq!(with.key_identifier().len(), 20);
    assert_eq!(with.spki_sha256(), without.spki_sha256());
}

#[test]
fn self_test_is_never_a_message() {
    let certificate = certificate(P256.certificate);
    let challenge =
        SigningIdentity::challenge(&certificate, SignatureAlgorithm::EcdsaP256Sha256).unwrap();
    let spki = client_cert_envelope::Certificate::from_der(&certificate).unwrap();
    let digest = Sha256::digest(spki.public_key().der());
    assert_eq!(
        challenge.message(),
        [b"signed-client-cert key self-test v1\0", digest.as_slice()].concat()
    );
}

#[test]
fn remote_key_proves_itself_in_two_steps() {
    let certificate = certificate(P256.certificate);
    let challenge =
        || SigningIdentity::challenge(&certificate, SignatureAlgorithm::EcdsaP256Sha256).unwrap();
    let signature = local_key(P256.key).sign(challenge().message()).unwrap();
    let identity = challenge().finish(&signature, aws_lc::VERIFIER).unwrap();
    assert_eq!(identity, crate::identities::identity(P256.certificate, P256.key).unwrap());

    let of_another_message = local_key(P256.key).sign(b"other").unwrap();
    assert_eq!(
        challenge().finish(&of_another_message, aws_lc::VERIFIER),
        Err(ConfigError::KeyMismatch)
    );
}

#[derive(Debug)]
struct Unavailable;

impl SigningKey for Unavailable {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::EcdsaP256Sha256
    }

    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        Err(SignFailed::Unavailable)
    }
}

impl SignatureVerifier for Unavailable {
    fn verify(
        &self,
        _algorithm: SignatureAlgorithm,
        _public_key_spki: &[u8],
        _message: &[u8],
        _signature: &[u8],
    ) -> Result<(), SignatureRejected> {
        Err(SignatureRejected::AlgorithmUnavailable)
    }
}

#[test]
fn key_or_verifier_that_does_not_answer_is_named() {
    let certificate = certificate(P256.certificate);
    assert_eq!(
        SigningIdentity::new(&certificate, &Unavailable, aws_lc::VERIFIER),
        Err(ConfigError::KeyFailed(SignFailed::Unavailable))
    );
    assert_eq!(
        SigningIdentity::new(&certificate, &local_key(P256.key), &Unavailable),
        Err(ConfigError::AlgorithmUnavailable)
    );
}

#[test]
fn strict_refuses_rows_of_baseline() {
    let pkcs1 = local_key(RSA.key).with_rsa_padding(RsaPadding::Pkcs1).unwrap();
    let identity =
        SigningIdentity::new(&certificate(RSA.certificate), &pkcs1, aws_lc::VERIFIER).unwrap();
    assert_eq!(HeaderPreparer::strict(identity).map(drop), Err(ConfigError::AlgorithmNotStrict));
}

#[test]
fn errors_have_codes_and_say_what_to_do() {
    assert_eq!(ConfigError::KeyMismatch.code(), "key-mismatch");
    assert_eq!(
        ConfigError::KeyMismatch.to_string(),
        "the private key is not the certificate's: nothing it signs would verify; check that both \
         files belong together"
    );
    assert_eq!(ConfigError::KeyFailed(SignFailed::Unavailable).code(), "key-unavailable");
}
