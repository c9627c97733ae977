//! What a signer refuses to sign.

use std::time::Duration;

use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, BoundRequest, ChainValidation, ConfigError, HeaderSigner, PeerCertificate,
    SignError, SignFailed, SignatureAlgorithm, SigningKey,
};
use rustls_pki_types::CertificateDer;

use crate::support::{
    AUTHORITY, CLIENT, HANDSHAKE, NOW, P256, P384, RSA, at, audience, baseline, certificate,
    local_key, strict,
};

fn with_peer<R>(then: impl FnOnce(&Assertion<'_>) -> R) -> R {
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    then(&Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE))
}

#[test]
fn assertion_of_the_other_profile_is_refused() {
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let refused = Err(SignError::AssertionProfile);
    assert_eq!(strict(&P256).sign(&Assertion::baseline(&peer), at(NOW)), refused);
    let signer = baseline(&P256, None);
    assert_eq!(with_peer(|assertion| signer.sign(assertion, at(NOW))), refused);
    assert_eq!(signer.sign(&Assertion::absence(&audience, HANDSHAKE), at(NOW)), refused);
}

#[test]
fn baseline_is_bound_to_no_request_and_no_hop() {
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let request = BoundRequest::new("GET", "https", "orders.example", "/").unwrap();
    assert_eq!(
        Assertion::baseline(&peer).with_request(&request).map(drop),
        Err(SignError::BaselineRequest)
    );
    assert_eq!(
        baseline(&P256, None).with_hop(&certificate(P384.certificate)).map(drop),
        Err(ConfigError::BaselineHop)
    );
}

#[test]
fn absence_has_no_chain() {
    let audience = audience();
    let authority = [certificate(AUTHORITY)];
    let absence = Assertion::absence(&audience, HANDSHAKE);
    assert_eq!(
        absence.with_client_chain(&authority).map(drop),
        Err(SignError::ChainWithoutCertificate)
    );
}

#[test]
fn chain_is_certificates_and_at_most_six_with_the_signer() {
    let authority = certificate(AUTHORITY);
    let six = vec![authority.clone(); 6];
    let seven = vec![authority.clone(); 7];
    with_peer(|assertion| {
        assert_eq!(
            assertion.clone().with_client_chain(&seven).map(drop),
            Err(SignError::TooManyCertificates { count: 7 })
        );
        let full = assertion.clone().with_client_chain(&six).unwrap();
        let embedding = strict(&P256).with_embedded_signer(&[]).unwrap();
        assert_eq!(
            embedding.sign(&full, at(NOW)),
            Err(SignError::TooManyCertificates { count: 7 })
        );

        let broken = [authority.clone(), CertificateDer::from(&authority[..9])];
        match assertion.clone().with_client_chain(&broken) {
            Err(SignError::CertificateMalformed { index, .. }) => assert_eq!(index, 1),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(
        strict(&P256).with_embedded_signer(&six).map(drop),
        Err(ConfigError::TooManyCertificates { count: 7 })
    );
}

#[test]
fn clients_with_the_signers_own_key_are_refused() {
    let client = certificate(P256.certificate);
    let audience = audience();
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let assertion = Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE);
    assert_eq!(strict(&P256).sign(&assertion, at(NOW)), Err(SignError::SignerIsClient));
}

#[test]
fn header_over_8_kib_is_refused_and_not_shortened() {
    let authority = certificate(AUTHORITY);
    let chain = [large_certificate(&authority, 6000)];
    with_peer(|assertion| {
        let assertion = assertion.clone().with_client_chain(&chain).unwrap();
        match strict(&P256).sign(&assertion, at(NOW)) {
            Err(SignError::HeaderTooLong { octets }) => assert!(octets > 8192),
            other => panic!("{other:?}"),
        }
    });
}

/// The certificate with a longer signature; its path is not checked here.
#[expect(clippy::arithmetic_side_effects, reason = "offsets into a committed certificate")]
fn large_certificate(certificate: &CertificateDer<'_>, octets: u16) -> CertificateDer<'static> {
    // SEQUENCE of two octets of length, in it the TBSCertificate likewise.
    let tbs_length = usize::from(u16::from_be_bytes([certificate[6], certificate[7]])) + 4;
    let algorithm_length = usize::from(certificate[4 + tbs_length + 1]) + 2;
    let [high, low] = (octets + 1).to_be_bytes();
    let body = [
        &certificate[4..4 + tbs_length + algorithm_length],
        &[0x03, 0x82, high, low, 0],
        &vec![0; usize::from(octets)],
    ]
    .concat();
    let [high, low] = u16::try_from(body.len()).unwrap().to_be_bytes();
    CertificateDer::from([&[0x30, 0x82, high, low], &body[..]].concat())
}

#[test]
fn lifetime_is_whole_seconds_up_to_an_hour() {
    let with = |lifetime| strict(&P256).with_lifetime(lifetime).map(drop);
    assert_eq!(with(Duration::from_secs(1)), Ok(()));
    assert_eq!(with(Duration::from_secs(3600)), Ok(()));
    let refused = Err(ConfigError::LifetimeRange);
    assert_eq!(with(Duration::ZERO), refused);
    assert_eq!(with(Duration::from_millis(1500)), refused);
    assert_eq!(with(Duration::from_secs(3601)), refused);
    assert_eq!(with(Duration::MAX), refused);
}

#[test]
fn times_without_an_encoding_are_refused() {
    let signer = strict(&P256);
    with_peer(|assertion| {
        assert_eq!(signer.sign(assertion, at(u64::MAX)), Err(SignError::SigningTime));
        assert!(signer.sign(assertion, at(0)).is_ok());
        assert!(signer.sign(assertion, at(253_402_300_799)).is_ok());
    });
}

/// Signs its self-test and then, as a broken or misread service would, otherwise.
#[derive(Debug)]
struct Unreliable {
    key: aws_lc::LocalKey,
    answer: Result<Vec<u8>, SignFailed>,
}

impl SigningKey for Unreliable {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFailed> {
        if message.starts_with(b"signed-client-cert key self-test") {
            self.key.sign(message)
        } else {
            self.answer.clone()
        }
    }
}

#[test]
fn signature_of_another_form_is_refused() {
    for (pair, answer) in [(P256, vec![0x55; 64]), (P256, Vec::new()), (RSA, vec![0; 255])] {
        let key = Unreliable { key: local_key(pair.key), answer: Ok(answer) };
        let signer =
            HeaderSigner::strict(&certificate(pair.certificate), Box::new(key), aws_lc::VERIFIER)
                .unwrap();
        let refused = with_peer(|assertion| signer.sign(assertion, at(NOW)));
        assert_eq!(refused, Err(SignError::SignatureMalformed));
    }
}

#[test]
fn key_that_fails_is_named() {
    let key = Unreliable { key: local_key(P256.key), answer: Err(SignFailed::Unavailable) };
    let signer =
        HeaderSigner::strict(&certificate(P256.certificate), Box::new(key), aws_lc::VERIFIER)
            .unwrap();
    let refused = with_peer(|assertion| signer.sign(assertion, at(NOW))).unwrap_err();
    assert_eq!(refused, SignError::KeyFailed(SignFailed::Unavailable));
    assert_eq!(refused.code(), "key-unavailable");
    assert_eq!(refused.to_string(), "the token or service that holds the key did not answer");
}
