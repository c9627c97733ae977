//! Origins that accept what the kit forges unless told otherwise: the other half of every test.

use client_cert_verify::pki_types::{CertificateDer, SubjectPublicKeyInfoDer, UnixTime};
use client_cert_verify::{
    AbsencePolicy, Algorithms, AllowedName, Audience, AuthorizedBy, ClientAnchors, ClientTrust,
    FieldLines, HopPolicy, PinnedSigner, PinnedSigners, Policy, ProxyCa, Received, SignerTrust,
    Verified, Verifier, VerifyError, backend,
};

use crate::keys::Key;
use crate::{fixed, pki};

/// The instant of every test.
pub fn now() -> UnixTime {
    unix_time(fixed::NOW)
}

/// An instant.
pub fn unix_time(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds))
}

/// The audience of every test.
pub fn audience() -> Audience {
    Audience::new(fixed::AUDIENCE).expect("a valid audience")
}

/// A certificate in the vocabulary of the crates under test.
pub fn certificate(der: impl Into<Vec<u8>>) -> CertificateDer<'static> {
    CertificateDer::from(der.into())
}

/// The client CA, as anchors.
pub fn client_anchors() -> ClientAnchors {
    ClientAnchors::new([certificate(pki::client_ca().der())]).expect("a valid anchor")
}

/// A pin of the bare key.
pub fn pin(key: Key) -> PinnedSigner {
    PinnedSigner::public_key("proxy", &SubjectPublicKeyInfoDer::from(key.spki()))
        .expect("a key of the table")
}

/// Trust in this one key.
pub fn pinned(key: Key) -> SignerTrust {
    SignerTrust::Pinned(PinnedSigners::new([pin(key)]).expect("one signer"))
}

/// Trust in the proxy CA's certificates with the proxy's name.
pub fn proxy_ca() -> SignerTrust {
    let name = AllowedName::dns(pki::PROXY_NAME).expect("a DNS name");
    let anchors = [certificate(pki::proxy_ca().der())];
    SignerTrust::ProxyCa(ProxyCa::new(anchors, AuthorizedBy::Names(vec![name])).expect("valid"))
}

/// A strict policy over any connection: the client's chain is judged, absence accepted.
pub fn policy(trust: SignerTrust) -> Policy {
    Policy::new(trust, [audience()], ClientTrust::Anchors(client_anchors()))
        .expect("a valid policy")
        .with_hop(HopPolicy::AllowUnbound)
        .with_absence(AbsencePolicy::Accept)
}

/// A verifier on the fast back end.
pub fn verifier(policy: Policy) -> Verifier {
    verifier_on(policy, backend::aws_lc::ALGORITHMS)
}

/// A verifier on a given back end.
pub fn verifier_on(policy: Policy, algorithms: Algorithms) -> Verifier {
    Verifier::new(policy, algorithms).expect("a back end with algorithms")
}

/// Judges one value at [`now`].
///
/// # Errors
/// What the verifier refuses.
pub fn judge(verifier: &Verifier, value: &[u8]) -> Result<Verified, VerifyError> {
    verifier.verify(&FieldLines::assert_single_value(value), &Received::at(now()))
}
