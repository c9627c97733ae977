//! What openssl signs by mistake, baseline refuses, each mistake in a way of its own.

use client_cert_tests::field;
use client_cert_verify::{Profile, SignerTrust, Stage, VerifyError};

use crate::lab::Lab;
use crate::openssl_signs::BASELINE;

const MISTAKES: [(&str, &str, Refusal); 9] = [
    ("p256", "-binary -nodetach -noattr", NO_SIGNED_ATTRIBUTES),
    ("p256", "-binary -nodetach -stream", BER),
    ("p256", "-binary", DETACHED),
    ("p256", "-nodetach", TEXT_MODE),
    ("p256", "-binary -nodetach -md sha1", SHA_1),
    ("p256", "-binary -nodetach -signer p384.pem -inkey p384.key", TWO_SIGNERS),
    ("p256", "-binary -nodetach -econtent_type pkcs7-encryptedData", ANOTHER_TYPE),
    ("p256", "-binary -nodetach -receipt_request_all -receipt_request_to a@b.example", RECEIPT),
    (
        "rsa",
        "-binary -nodetach -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:max",
        LONG_SALT,
    ),
];

/// Stage, code and hint.
type Refusal = (Stage, &'static str, Option<&'static str>);

const NO_SIGNED_ATTRIBUTES: Refusal = (
    Stage::Cms,
    "signed-attributes-missing",
    Some("remove -noattr: without signed attributes nothing is dated"),
);
const BER: Refusal =
    (Stage::Der, "der-indefinite-length", Some("remove -stream: the message must be DER"));
const DETACHED: Refusal = (Stage::Cms, "content-missing", Some("sign with -nodetach"));
const TEXT_MODE: Refusal = (
    Stage::Client,
    "client-certificate",
    Some("sign with -binary: text mode rewrites the certificate's octets"),
);
const SHA_1: Refusal = (Stage::Algorithm, "digest-algorithm", Some("sign with -md sha256"));
const TWO_SIGNERS: Refusal = (Stage::Cms, "signer-count", Some("sign with exactly one -signer"));
const ANOTHER_TYPE: Refusal = (
    Stage::Cms,
    "content-type",
    Some("sign with -econtent_type x509Certificate, or with the default type in baseline"),
);
const RECEIPT: Refusal = (
    Stage::Cms,
    "attribute-unknown",
    Some("sign without options that add attributes of their own"),
);
const LONG_SALT: Refusal = (
    Stage::Algorithm,
    "signature-algorithm",
    Some("take an algorithm of the table; RSASSA-PSS needs -keyopt rsa_pss_saltlen:-1"),
);

fn refusal(error: &VerifyError) -> Refusal {
    (error.stage(), error.code(), error.hint())
}

#[test]
fn each_mistake_is_refused_with_its_own_stage_code_and_hint() {
    let Some(lab) = Lab::with(&["p256", "p384", "rsa"]) else { return };
    for (signer, options, expected) in MISTAKES {
        let value = field::baseline_value(&lab.cms(signer, options));
        let verdict = lab.judge(lab.pinned(signer, Profile::Baseline), &value);
        assert_eq!(verdict.as_ref().map_err(refusal), Err(expected), "{options}");
    }
}

#[test]
fn no_two_mistakes_have_the_same_code_or_hint() {
    for (index, (_, options, (stage, code, hint))) in MISTAKES.iter().enumerate() {
        assert!(hint.is_some(), "{options}");
        for (_, earlier, (other_stage, other_code, other_hint)) in &MISTAKES[..index] {
            assert_ne!((stage, code), (other_stage, other_code), "{options}, {earlier}");
            assert_ne!(hint, other_hint, "{options}, {earlier}");
        }
    }
}

#[test]
fn a_salt_left_to_openssl_is_the_digest_s_or_refused_as_too_long() {
    let Some(lab) = Lab::with(&["rsa"]) else { return };
    let unset = lab.cms("rsa", "-binary -nodetach -keyopt rsa_padding_mode:pss");
    let trust = lab.pinned("rsa", Profile::Baseline);
    // Before 3.1 it is the longest that fits, unless a distributor changed that.
    if let Err(error) = lab.judge(trust, &field::baseline_value(&unset)) {
        assert_eq!(refusal(&error), LONG_SALT);
    }
}

#[test]
fn text_mode_leaves_no_certificate_but_verifies_in_openssl() {
    let Some(lab) = Lab::with(&["p256"]) else { return };
    lab.write("text.der", lab.cms("p256", "-nodetach"));
    let verify = "cms -verify -binary -inform DER -in text.der -CAfile ca.pem -purpose any";
    assert_ne!(lab.run(verify), lab.client().as_ref());
}

#[test]
fn a_digest_that_does_not_fit_the_curve_is_refused() {
    let Some(lab) = Lab::with(&["p256", "p384"]) else { return };
    let code = |signer, digest| {
        let message = lab.cms(signer, &format!("{BASELINE} -md {digest}"));
        let trust = lab.pinned(signer, Profile::Baseline);
        lab.judge(trust, &field::baseline_value(&message)).unwrap_err().code()
    };
    assert_eq!(code("p256", "sha384"), "algorithm-key");
    assert_eq!(code("p256", "sha512"), "signature-algorithm");
    assert_eq!(code("p384", "sha512"), "signature-algorithm");
}

#[test]
fn a_certificate_of_the_proxy_ca_that_is_no_signer_s_is_refused() {
    let Some(lab) = Lab::with(&[]) else { return };
    lab.key("web", "EC -pkeyopt ec_paramgen_curve:P-256");
    lab.write("web.ext", "keyUsage=critical,digitalSignature\nsubjectAltName=DNS:web.example");
    lab.certify("web", "web", "-CA ca.pem -CAkey ca.key");
    let value = field::baseline_value(&lab.cms("web", BASELINE));
    for proxy_ca in lab.proxy_ca(Profile::Baseline) {
        let verdict = lab.judge(SignerTrust::ProxyCa(proxy_ca), &value);
        assert_eq!(verdict, Err(VerifyError::SignerNotAllowed));
    }
}
