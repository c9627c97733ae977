//! What openssl signs, baseline accepts.

use client_cert_tests::field;
use client_cert_verify::pki_types::SubjectPublicKeyInfoDer;
use client_cert_verify::{
    PinnedSigner, PinnedSigners, Profile, RsaPadding, SignerTrust, Stage, VerifyError,
};

use crate::lab::Lab;

/// What `openssl cms` needs for a message of baseline; the default type, PSS and so on come on top.
pub(crate) const BASELINE: &str = "-binary -nodetach";
const PSS: &str = "-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1";

#[test]
fn baseline_accepts_every_digest_of_the_table() {
    let Some(lab) = Lab::with(&["p256", "p384", "rsa"]) else { return };
    for (signer, digests) in [
        ("p256", &["sha256"][..]),
        ("p384", &["sha256", "sha384"]),
        ("rsa", &["sha256", "sha384", "sha512"]),
    ] {
        for digest in digests {
            lab.accepts(signer, &format!("{BASELINE} -md {digest}"));
        }
        lab.accepts(signer, BASELINE);
    }
    for digest in ["sha256", "sha384", "sha512"] {
        lab.accepts("rsa", &format!("{BASELINE} -md {digest} {PSS}"));
    }
}

#[test]
fn baseline_accepts_the_options_that_change_nothing_it_relies_on() {
    let Some(lab) = Lab::with(&["p256", "p384", "rsa"]) else { return };
    for signer in ["p256", "p384", "rsa"] {
        for options in [
            "-nosmimecap",
            "-nocerts",
            "-keyid",
            "-keyid -nocerts -nosmimecap",
            "-certfile ca.pem",
            "-econtent_type x509Certificate",
            "-econtent_type 1.2.840.113549.1.9.22.1 -keyid",
            "-cades",
            "-cades -keyid -nocerts",
        ] {
            lab.accepts(signer, &format!("{BASELINE} {options}"));
        }
    }
    // signingCertificateV2 then names its hash algorithm.
    lab.accepts("p384", &format!("{BASELINE} -cades -md sha384"));
}

#[test]
fn a_signer_pinned_to_one_padding_may_not_use_the_other() {
    let Some(lab) = Lab::with(&["rsa"]) else { return };
    let judge = |padding, options: &str| {
        let pin = PinnedSigner::certificate("rsa", &lab.certificate("rsa")).unwrap();
        let pin = pin.with_profile(Profile::Baseline).with_padding(padding);
        let trust = SignerTrust::Pinned(PinnedSigners::new([pin]).unwrap());
        lab.judge(trust, &field::baseline_value(&lab.cms("rsa", options)))
    };
    let pss = format!("{BASELINE} {PSS}");
    assert_eq!(judge(RsaPadding::Pss, &pss), Ok(()));
    assert_eq!(judge(RsaPadding::Pss, BASELINE), Err(VerifyError::AlgorithmKey));
    assert_eq!(judge(RsaPadding::Pkcs1, BASELINE), Ok(()));
    assert_eq!(judge(RsaPadding::Pkcs1, &pss), Err(VerifyError::AlgorithmKey));
}

#[test]
fn a_pinned_public_key_knows_its_signer_by_key_identifier_alone() {
    let Some(lab) = Lab::with(&["p256"]) else { return };
    let public_key = lab.run("pkey -in p256.key -pubout -outform DER");
    let judge = |options: &str| {
        let spki = SubjectPublicKeyInfoDer::from(public_key.as_slice());
        let pin = PinnedSigner::public_key("p256", &spki).unwrap().with_profile(Profile::Baseline);
        let trust = SignerTrust::Pinned(PinnedSigners::new([pin]).unwrap());
        let message = lab.cms("p256", &format!("{BASELINE} {options}"));
        lab.judge(trust, &field::baseline_value(&message))
    };
    assert_eq!(judge("-keyid"), Ok(()));
    assert_eq!(judge(""), Err(VerifyError::SignerUnknown));
    // There is no certificate to compare signingCertificateV2 with.
    assert_eq!(judge("-keyid -cades"), Err(VerifyError::SigningCertificate));
}

#[test]
fn strict_trust_accepts_nothing_of_openssl() {
    let Some(lab) = Lab::with(&["p256"]) else { return };
    let message = lab.cms(
        "p256",
        "-binary -nodetach -keyid -nocerts -nosmimecap -econtent_type x509Certificate",
    );
    let error = lab.judge(lab.pinned("p256", Profile::Strict), &field::strict_value(&message));
    let error = error.unwrap_err();
    assert_eq!((error.stage(), error.code()), (Stage::Cms, "attribute-missing"));
}

#[test]
fn baseline_accepts_what_openssl_smime_makes() {
    let Some(lab) = Lab::with(&["p256", "rsa"]) else { return };
    for signer in ["p256", "rsa"] {
        let message = lab.run(&format!(
            "smime -sign {BASELINE} -in client.der -outform DER -signer {signer}.pem \
             -inkey {signer}.key"
        ));
        let trust = lab.pinned(signer, Profile::Baseline);
        assert_eq!(lab.judge(trust, &field::baseline_value(&message)), Ok(()), "{signer}");
    }
}
