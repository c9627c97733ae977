//! Committed keys and certificates, and the signers made of them.

use std::time::Duration;

use client_cert_envelope::{AcceptedProfiles, FieldLines};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Audience, ChainValidation, ConnectionId, Handshake, HeaderSigner, PeerCertificate, Resumption,
    RsaPadding, SignedHeader, TlsVersion,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, UnixTime};

/// 2027-01-15T08:00:00Z.
pub(crate) const NOW: u64 = 1_800_000_000;

pub(crate) const HANDSHAKE: Handshake = Handshake {
    protocol: TlsVersion::Tls13,
    resumption: Resumption::Full,
    connection: ConnectionId([7; 16]),
};

pub(crate) const CLIENT: &[u8] = include_bytes!("../../examples-data/client.pem");
pub(crate) const AUTHORITY: &[u8] = include_bytes!("../../tests-data/authority.pem");

pub(crate) struct Pair {
    pub(crate) certificate: &'static [u8],
    pub(crate) key: &'static [u8],
}

pub(crate) const P256: Pair = Pair {
    certificate: include_bytes!("../../examples-data/proxy.pem"),
    key: include_bytes!("../../examples-data/proxy-key.pem"),
};
pub(crate) const P384: Pair = Pair {
    certificate: include_bytes!("../../tests-data/p384.pem"),
    key: include_bytes!("../../tests-data/p384-key.pem"),
};
pub(crate) const ED25519: Pair = Pair {
    certificate: include_bytes!("../../tests-data/ed25519.pem"),
    key: include_bytes!("../../tests-data/ed25519-key.pem"),
};
pub(crate) const RSA: Pair = Pair {
    certificate: include_bytes!("../../tests-data/rsa2048.pem"),
    key: include_bytes!("../../tests-data/rsa2048-key.pem"),
};

pub(crate) fn certificate(pem: &[u8]) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem).unwrap()
}

pub(crate) fn private_key(pem: &[u8]) -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_slice(pem).unwrap()
}

pub(crate) fn local_key(pem: &[u8]) -> aws_lc::LocalKey {
    aws_lc::LocalKey::from_der(&private_key(pem)).unwrap()
}

pub(crate) fn at(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

pub(crate) fn strict(pair: &Pair) -> HeaderSigner {
    let key = Box::new(local_key(pair.key));
    HeaderSigner::strict(&certificate(pair.certificate), key, aws_lc::VERIFIER).unwrap()
}

pub(crate) fn baseline(pair: &Pair, padding: Option<RsaPadding>) -> HeaderSigner {
    let key = local_key(pair.key);
    let key = match padding {
        Some(padding) => key.with_rsa_padding(padding).unwrap(),
        None => key,
    };
    HeaderSigner::baseline(&certificate(pair.certificate), Box::new(key), aws_lc::VERIFIER).unwrap()
}

pub(crate) fn audience() -> Audience {
    Audience::new("orders.prod").unwrap()
}

/// Signs a statement about [`CLIENT`].
pub(crate) fn sign(signer: &HeaderSigner) -> SignedHeader {
    let (client, audience) = (certificate(CLIENT), audience());
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let assertion = client_cert_sign::Assertion::certificate(
        &peer,
        ChainValidation::Validated,
        &audience,
        HANDSHAKE,
    );
    signer.sign(&assertion, at(NOW)).unwrap()
}

/// The DER in a header.
pub(crate) fn message(header: &SignedHeader) -> Vec<u8> {
    let lines = FieldLines::assert_single_value(header.as_str().as_bytes());
    lines.single(AcceptedProfiles::Both).unwrap().decode().unwrap()
}
