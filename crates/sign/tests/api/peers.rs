//! What can be signed.

use client_cert_envelope::{Certificate, CertificateErrorKind, DecodeErrorKind};
use client_cert_sign::{PeerCertificate, PeerCertificateError};
use rustls_pki_types::CertificateDer;
use sha2::{Digest as _, Sha256};

use crate::support::{CLIENT, certificate};

fn refusal(octets: &[u8]) -> PeerCertificateError {
    PeerCertificate::assert_from_tls_handshake(&CertificateDer::from(octets)).unwrap_err()
}

fn malformed(octets: &[u8]) -> CertificateErrorKind {
    match refusal(octets) {
        PeerCertificateError::Malformed(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn certificate_is_taken_as_it_is() {
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let spki = Certificate::from_der(&client).unwrap().public_key().der().to_vec();
    assert_eq!(peer.certificate(), &client);
    assert_eq!(peer.spki_sha256(), Sha256::digest(spki).as_slice());
    assert_eq!(peer.sha256(), Sha256::digest(&client).as_slice());
    assert_eq!(peer.clone().into_owned(), peer);
}

#[test]
fn trailing_octet_is_refused() {
    let der = [certificate(CLIENT).as_ref(), &[0]].concat();
    assert_eq!(malformed(&der), CertificateErrorKind::Der(DecodeErrorKind::DerTrailingData));
}

#[test]
fn two_certificates_are_refused() {
    let client = certificate(CLIENT);
    let der = [client.as_ref(), client.as_ref()].concat();
    assert_eq!(malformed(&der), CertificateErrorKind::Der(DecodeErrorKind::DerTrailingData));
}

#[test]
fn truncated_certificate_is_refused() {
    let client = certificate(CLIENT);
    assert_eq!(
        malformed(&client[..client.len() - 1]),
        CertificateErrorKind::Der(DecodeErrorKind::DerTruncated)
    );
}

#[test]
fn certificate_request_is_refused() {
    let request = include_bytes!("../../tests-data/client-request.der");
    assert_eq!(malformed(request), CertificateErrorKind::Der(DecodeErrorKind::DerTagUnexpected));
}

#[test]
fn no_octets_are_refused() {
    assert_eq!(refusal(b""), PeerCertificateError::Empty);
}

#[test]
fn text_is_refused() {
    for text in [CLIENT, b"-", b"(null)", b"-----BEGIN%20CERTIFICATE-----%0A", b"NONE"] {
        assert_eq!(refusal(text), PeerCertificateError::Text);
    }
}

#[test]
fn errors_say_what_to_do() {
    assert_eq!(
        refusal(CLIENT).to_string(),
        "the client certificate is text, not DER: take it from the TLS connection, not from a \
         field or variable"
    );
    let codes = [refusal(b""), refusal(b"-"), refusal(&[0x30, 0x80])].map(|error| error.code());
    assert_eq!(
        codes,
        ["peer-certificate-empty", "peer-certificate-text", "peer-certificate-malformed"]
    );
}
