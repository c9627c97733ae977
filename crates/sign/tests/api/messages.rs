//! What is signed is what was asserted.

use std::time::Duration;

use client_cert_envelope::{
    Certificate, ClientChain, ContentType, SignerIdentifier, SigningTime, Statement,
    UnverifiedEnvelope,
};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, BoundRequest, ChainValidation, ConnectionId, Handshake, HeaderSigner,
    PeerCertificate, Profile, Resumption, RsaPadding, SignatureAlgorithm, TlsVersion,
};
use sha2::{Digest as _, Sha256};

use crate::support::{
    AUTHORITY, CLIENT, ED25519, HANDSHAKE, NOW, P256, P384, RSA, at, audience, baseline,
    certificate, message, sign, strict,
};

const STATEMENT: Statement<'_> = Statement {
    audience: "orders.prod",
    lifetime: 300,
    connection: HANDSHAKE.connection,
    client_chain: ClientChain::Validated,
    protocol: TlsVersion::Tls13,
    resumption: Resumption::Full,
    hop: None,
    request: None,
    evidence: None,
    possession: None,
};

/// Decodes, and checks digest and signature as a verifier would.
fn verified<'a>(der: &'a [u8], signer: &HeaderSigner) -> UnverifiedEnvelope<'a> {
    let envelope = UnverifiedEnvelope::decode(der, signer.preparer().profile()).unwrap();
    let certificate = Certificate::from_der(signer.identity().certificate()).unwrap();
    let key = certificate.public_key();
    let algorithm = envelope.algorithm().unwrap().for_key(key.algorithm().unwrap()).unwrap();
    assert_eq!(algorithm, signer.identity().algorithm());
    let verify = aws_lc::VERIFIER.verify(
        algorithm,
        key.der(),
        &envelope.signed_octets(),
        envelope.signature(),
    );
    assert_eq!(verify, Ok(()));
    envelope
}

fn spki_sha256(pem: &[u8]) -> [u8; 32] {
    let certificate = certificate(pem);
    Sha256::digest(Certificate::from_der(&certificate).unwrap().public_key().der()).into()
}

#[test]
fn strict_message_says_what_was_asserted() {
    for pair in [P256, P384, ED25519, RSA] {
        let signer = strict(&pair);
        let der = message(&sign(&signer));
        let envelope = verified(&der, &signer);
        assert_eq!(envelope.content_type(), ContentType::Certificate);
        assert_eq!(envelope.unverified_content(), certificate(CLIENT).as_ref());
        assert_eq!(envelope.unverified_statement(), Some(&STATEMENT));
        assert_eq!(Some(envelope.unverified_signing_time()), SigningTime::from_unix_seconds(NOW));
        assert_eq!(
            envelope.signer_identifier(),
            SignerIdentifier::SubjectKeyIdentifier(signer.identity().key_identifier())
        );
        assert!(envelope.unverified_bag().is_empty());
    }
}

#[test]
fn message_digest_is_of_the_content() {
    let signer = strict(&P256);
    let der = message(&sign(&signer));
    let envelope = verified(&der, &signer);
    assert_eq!(
        envelope.unverified_message_digest(),
        Sha256::digest(certificate(CLIENT)).as_slice()
    );
}

#[test]
fn baseline_message_is_the_certificate_as_data() {
    let signers = [
        (baseline(&P256, None), SignatureAlgorithm::EcdsaP256Sha256),
        (baseline(&P384, None), SignatureAlgorithm::EcdsaP384Sha384),
        (baseline(&ED25519, None), SignatureAlgorithm::Ed25519),
        (baseline(&RSA, Some(RsaPadding::Pss)), SignatureAlgorithm::RsaPssSha256),
        (baseline(&RSA, Some(RsaPadding::Pkcs1)), SignatureAlgorithm::RsaPkcs1Sha256),
    ];
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    for (signer, algorithm) in signers {
        let header = signer.sign(&Assertion::baseline(&peer), at(NOW)).unwrap();
        assert_eq!(header.profile(), Profile::Baseline);
        assert!(header.as_str().starts_with("MII"));
        let der = message(&header);
        let envelope = verified(&der, &signer);
        assert_eq!(signer.identity().algorithm(), algorithm);
        assert_eq!(envelope.content_type(), ContentType::Data);
        assert_eq!(envelope.unverified_content(), client.as_ref());
        assert_eq!(envelope.unverified_statement(), None);
        let own = Certificate::from_der(signer.identity().certificate()).unwrap();
        assert_eq!(
            envelope.signer_identifier(),
            SignerIdentifier::IssuerAndSerialNumber(&own.issuer_and_serial_number())
        );
        assert!(envelope.unverified_bag().is_empty());
    }
}

#[test]
fn absence_has_no_content_and_says_none() {
    let signer = strict(&P256);
    let audience = audience();
    let header = signer.sign(&Assertion::absence(&audience, HANDSHAKE), at(NOW)).unwrap();
    let der = message(&header);
    let envelope = verified(&der, &signer);
    assert_eq!(envelope.content_type(), ContentType::NoCertificate);
    assert_eq!(envelope.unverified_content(), b"");
    let expected = Statement { client_chain: ClientChain::None, ..STATEMENT };
    assert_eq!(envelope.unverified_statement(), Some(&expected));
}

#[test]
fn every_element_reaches_the_statement() {
    let signer = strict(&P256)
        .with_lifetime(Duration::from_secs(60))
        .unwrap()
        .with_hop(&certificate(P384.certificate))
        .unwrap();
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let request = BoundRequest::new("GET", "https", "Orders.example:443", "/orders?id=1").unwrap();
    let handshake = Handshake {
        protocol: TlsVersion::Tls12,
        resumption: Resumption::Resumed,
        connection: ConnectionId([9; 16]),
    };
    let assertion =
        Assertion::certificate(&peer, ChainValidation::NotValidated, &audience, handshake)
            .with_request(&request)
            .unwrap();
    let header = signer.sign(&assertion, at(NOW)).unwrap();
    let der = message(&header);
    let expected = Statement {
        lifetime: 60,
        connection: ConnectionId([9; 16]),
        client_chain: ClientChain::NotValidated,
        protocol: TlsVersion::Tls12,
        resumption: Resumption::Resumed,
        hop: Some(spki_sha256(P384.certificate)),
        request: Some(Sha256::digest(request.transcript()).into()),
        ..STATEMENT
    };
    assert_eq!(verified(&der, &signer).unverified_statement(), Some(&expected));
    assert_eq!(header.expires(), at(NOW + 60));
}

#[test]
fn evidence_covers_embedded_signer_and_client_chain() {
    let authority = [certificate(AUTHORITY)];
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let plain = Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE);
    let with_chain = plain.clone().with_client_chain(&authority).unwrap();
    let embedding = || strict(&P256).with_embedded_signer(&[]).unwrap();
    let proxy = certificate(P256.certificate).to_vec();
    let intermediate = authority[0].to_vec();
    let cases = [
        (embedding(), &plain, vec![proxy.clone()]),
        (strict(&P256), &with_chain, vec![intermediate.clone()]),
        (embedding(), &with_chain, vec![intermediate, proxy]),
    ];
    for (signer, assertion, mut expected) in cases {
        let der = message(&signer.sign(assertion, at(NOW)).unwrap());
        let envelope = verified(&der, &signer);
        let bag = envelope.unverified_bag();
        expected.sort_unstable();
        let certificates: Vec<_> = bag.certificates().map(<[u8]>::to_vec).collect();
        assert_eq!(certificates, expected);
        let octets: Vec<&[u8]> = bag.evidence_octets().collect();
        let evidence = Some(Sha256::digest(octets.concat()).into());
        assert_eq!(envelope.unverified_statement(), Some(&Statement { evidence, ..STATEMENT }));
    }
}

#[test]
fn baseline_bag_has_no_evidence() {
    let authority = [certificate(AUTHORITY)];
    let signer = baseline(&P256, None).with_embedded_signer(&authority).unwrap();
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let der = message(&signer.sign(&Assertion::baseline(&peer), at(NOW)).unwrap());
    let envelope = verified(&der, &signer);
    assert_eq!(envelope.unverified_bag().certificates().count(), 2);
    assert_eq!(envelope.unverified_statement(), None);
}

#[test]
fn prepared_statement_signed_elsewhere_is_the_same_message() {
    use client_cert_sign::SigningKey as _;

    let signer = strict(&ED25519);
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let assertion = Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE);
    let prepared = signer.preparer().prepare(&assertion, at(NOW)).unwrap();
    // A SET OF, never anything else that this key signs.
    assert_eq!(prepared.to_be_signed().first(), Some(&0x31));
    let signature = crate::support::local_key(ED25519.key).sign(prepared.to_be_signed()).unwrap();
    assert_eq!(prepared.finish(&signature).unwrap(), sign(&signer));
}

#[test]
fn a_signature_from_elsewhere_can_be_verified_before_it_is_used() {
    use client_cert_sign::{SignError, SignFailed, SigningKey as _};

    let signer = strict(&P256);
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let assertion = Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE);
    let prepare = || signer.preparer().prepare(&assertion, at(NOW)).unwrap();
    let key = crate::support::local_key(P256.key);
    let right = key.sign(prepare().to_be_signed()).unwrap();
    let wrong = key.sign(b"something else").unwrap();
    assert!(prepare().verify_and_finish(&right, aws_lc::VERIFIER).is_ok());
    assert_eq!(
        prepare().verify_and_finish(&wrong, aws_lc::VERIFIER),
        Err(SignError::KeyFailed(SignFailed::Fault))
    );
}
