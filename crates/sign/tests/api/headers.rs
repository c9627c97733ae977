//! The value that goes into a request.

use client_cert_sign::{Assertion, ChainValidation, ConnectionSigner, PeerCertificate, Profile};

use crate::support::{CLIENT, HANDSHAKE, NOW, P256, at, audience, certificate, sign, strict};

#[test]
fn header_knows_when_it_holds() {
    let header = sign(&strict(&P256));
    assert_eq!(header.profile(), Profile::Strict);
    assert_eq!(header.signed_at(), at(NOW));
    assert_eq!(header.half_life(), at(NOW + 150));
    assert_eq!(header.expires(), at(NOW + 300));
}

#[test]
fn strict_header_costs_at_most_560_characters_over_rfc_9440() {
    let header = sign(&strict(&P256));
    let rfc9440 = certificate(CLIENT).len().div_ceil(3) * 4 + 2;
    let cost = header.as_str().len() - rfc9440;
    assert!(cost <= 560, "{cost}");
}

#[cfg(feature = "http")]
#[test]
fn header_value_is_the_text_and_sensitive() {
    let header = sign(&strict(&P256));
    for value in [header.to_header_value(), header.clone().into_header_value()] {
        assert!(value.is_sensitive());
        assert_eq!(value.as_bytes(), header.as_str().as_bytes());
    }
}

#[test]
fn debug_hides_values_and_certificates() {
    let signer = strict(&P256);
    let header = sign(&signer);
    let shown = format!("{header:?}");
    assert_eq!(
        shown,
        format!(
            "SignedHeader {{ profile: Strict, signed_at: UnixTime({NOW}), lifetime: 300s, \
             characters: {}, .. }}",
            header.as_str().len()
        )
    );

    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let chain = [client.clone()];
    let assertion = Assertion::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE)
        .with_client_chain(&chain)
        .unwrap();
    let connection =
        ConnectionSigner::certificate(&peer, ChainValidation::Validated, &audience, HANDSHAKE);
    connection.header(&signer, at(NOW)).unwrap();
    let embedding = strict(&P256).with_embedded_signer(&[]).unwrap();
    let prepared = embedding.preparer().prepare(&assertion, at(NOW)).unwrap();
    let start = header.as_str().get(..40).unwrap();
    for shown in [
        format!("{peer:?}"),
        format!("{assertion:?}"),
        format!("{connection:?}"),
        format!("{prepared:?}"),
        format!("{signer:?}"),
        format!("{embedding:?}"),
    ] {
        // Octets of a certificate show as hexadecimal or as a list of numbers.
        assert!(!shown.contains("3082") && !shown.contains("48, 130"), "{shown}");
        assert!(!shown.contains(start), "{shown}");
    }
}
