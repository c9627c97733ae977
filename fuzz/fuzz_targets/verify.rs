//! Any octets as a message, with signatures that always verify: no panic after authentication.
#![no_main]

use std::sync::LazyLock;

use client_cert_envelope::encode_field_value;
use client_cert_verify::pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm,
    SubjectPublicKeyInfoDer, UnixTime, alg_id,
};
use client_cert_verify::{
    AbsencePolicy, Audience, ClientTrust, FieldLines, HopPolicy, PinnedSigner, PinnedSigners,
    Policy, Profile, Received, SignerTrust, Verified, Verifier,
};
use libfuzzer_sys::fuzz_target;

/// Accepts every signature. For fuzzing only.
#[derive(Debug)]
struct AcceptAll;

impl SignatureVerificationAlgorithm for AcceptAll {
    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P256
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA256
    }

    fn verify_signature(&self, _: &[u8], _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Ok(())
    }
}

fn verifier(profile: Profile) -> Verifier {
    let spki = SubjectPublicKeyInfoDer::from(&include_bytes!("../proxy.spki.der")[..]);
    let signer = PinnedSigner::public_key("proxy", &spki).unwrap().with_profile(profile);
    let trust = SignerTrust::Pinned(PinnedSigners::new([signer]).unwrap());
    let audiences = match profile {
        Profile::Strict => vec![Audience::new("https://origin.example").unwrap()],
        _ => vec![],
    };
    let policy = Policy::new(trust, audiences, ClientTrust::ProxyValidation)
        .unwrap()
        .with_absence(AbsencePolicy::Accept)
        .with_hop(HopPolicy::AllowUnbound);
    Verifier::new(policy, &[&AcceptAll]).unwrap()
}

static VERIFIERS: LazyLock<[(Profile, Verifier); 2]> = LazyLock::new(|| {
    [Profile::Strict, Profile::Baseline].map(|profile| (profile, verifier(profile)))
});

fuzz_target!(|octets: &[u8]| {
    let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_790_000_000));
    for (profile, verifier) in &*VERIFIERS {
        let value = encode_field_value(*profile, octets);
        let lines = FieldLines::assert_single_value(value.as_bytes());
        if let Ok(Verified::Certificate(client)) = verifier.verify(&lines, &Received::at(now)) {
            let _identity = client.identity().unwrap();
            let _der: &CertificateDer<'_> = client.certificate();
        }
    }
});
