//! One signature per half life.

use client_cert_sign::{
    ChainValidation, ConnectionSigner, PeerCertificate, RsaPadding, SignError, SignedHeader,
    SigningKey as _,
};

use crate::support::{
    AUTHORITY, CLIENT, HANDSHAKE, NOW, P256, P384, RSA, at, audience, baseline, certificate,
    local_key, message, sign, strict,
};

fn connection() -> ConnectionSigner {
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    ConnectionSigner::certificate(&peer, ChainValidation::Validated, &audience(), HANDSHAKE)
}

#[test]
fn header_is_the_same_until_half_life_and_new_from_then_on() {
    let (signer, connection) = (strict(&P256), connection());
    let first = connection.header(&signer, at(NOW)).unwrap();
    assert_eq!(connection.header(&signer, at(NOW + 149)).unwrap(), first);
    let second = connection.header(&signer, at(NOW + 150)).unwrap();
    assert_eq!(second.signed_at(), at(NOW + 150));
    assert_eq!(connection.header(&signer, at(NOW + 299)).unwrap(), second);
}

#[test]
fn clock_that_went_backwards_signs_again() {
    let (signer, connection) = (strict(&P256), connection());
    connection.header(&signer, at(NOW)).unwrap();
    let again = connection.header(&signer, at(NOW - 1)).unwrap();
    assert_eq!(again.signed_at(), at(NOW - 1));
}

#[test]
fn new_signer_signs_at_once() {
    let connection = connection();
    let old = connection.header(&strict(&P256), at(NOW)).unwrap();
    let new = connection.header(&strict(&P384), at(NOW + 1)).unwrap();
    assert_eq!((old.signed_at(), new.signed_at()), (at(NOW), at(NOW + 1)));
}

#[test]
fn header_of_one_profile_is_not_given_for_the_other() {
    let connection = connection();
    connection.header(&strict(&RSA), at(NOW)).unwrap();
    let other = baseline(&RSA, Some(RsaPadding::Pss));
    assert_eq!(connection.header(&other, at(NOW)), Err(SignError::AssertionProfile));
}

#[test]
fn connections_do_not_share_headers() {
    let signer = strict(&P256);
    let absent = ConnectionSigner::absence(&audience(), HANDSHAKE);
    let present = connection().header(&signer, at(NOW)).unwrap();
    let absent = absent.header(&signer, at(NOW)).unwrap();
    assert_ne!(message(&present), message(&absent));
}

#[test]
fn connection_outlives_what_it_was_made_of() {
    let signer = strict(&crate::support::ED25519);
    assert_eq!(connection().header(&signer, at(NOW)).unwrap(), sign(&signer));
    let authority = certificate(AUTHORITY);
    let with_chain = connection().with_client_chain(&[authority]).unwrap();
    let longer: SignedHeader = with_chain.header(&signer, at(NOW)).unwrap();
    assert!(longer.as_str().len() > sign(&signer).as_str().len());
}

#[test]
fn baseline_connection_signs_baseline() {
    let client = certificate(CLIENT);
    let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
    let connection = ConnectionSigner::baseline(&peer);
    let signer = baseline(&P256, None);
    let header = connection.header(&signer, at(NOW)).unwrap();
    assert_eq!(connection.current(signer.preparer(), at(NOW + 149)), Some(header));
}

#[test]
fn remote_key_refreshes_in_steps() {
    let (signer, connection) = (strict(&P256), connection());
    let preparer = signer.preparer();
    assert_eq!(connection.current(preparer, at(NOW)), None);
    let refresh = connection.prepare(preparer, at(NOW)).unwrap();
    let signature = local_key(P256.key).sign(refresh.to_be_signed()).unwrap();
    let header = refresh.finish(&signature).unwrap();
    assert_eq!(connection.current(preparer, at(NOW)), Some(header));

    // One that fails leaves the last one in place.
    let refresh = connection.prepare(preparer, at(NOW + 150)).unwrap();
    assert_eq!(refresh.finish(b"short"), Err(SignError::SignatureMalformed));
    assert!(connection.current(preparer, at(NOW + 149)).is_some());
    assert_eq!(connection.current(preparer, at(NOW + 150)), None);
}

#[test]
fn connection_is_shared_by_threads() {
    let (signer, connection) = (strict(&P256), connection());
    let headers: Vec<SignedHeader> = std::thread::scope(|scope| {
        let request = || connection.header(&signer, at(NOW)).unwrap();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(request)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let kept = connection.current(signer.preparer(), at(NOW)).unwrap();
    assert!(headers.contains(&kept));
}
