//! Keys that openssl writes, in every form that it has for them.

use client_cert_sign::backend::{aws_lc, rustcrypto};
use client_cert_sign::{ConfigError, HeaderSigner, Profile};
use client_cert_verify::PinnedSigner;

use crate::lab::Lab;

/// Key, its files and the commands that make them from it.
const KEY_FILES: [(&str, &[(&str, &str)]); 4] =
    [("p256", ECDSA_FILES), ("p384", ECDSA_FILES), ("ed25519", PKCS8_FILES), ("rsa", RSA_FILES)];
const PKCS8_FILES: &[(&str, &str)] =
    &[("pkcs8.pem", "pkcs8 -topk8 -nocrypt"), ("pkcs8.der", "pkcs8 -topk8 -nocrypt -outform DER")];
const ECDSA_FILES: &[(&str, &str)] = &[
    PKCS8_FILES[0],
    PKCS8_FILES[1],
    ("sec1.pem", "ec"),
    ("sec1.der", "ec -outform DER"),
    ("traditional.pem", "pkey -traditional"),
];
const RSA_FILES: &[(&str, &str)] = &[
    PKCS8_FILES[0],
    PKCS8_FILES[1],
    ("pkcs1.pem", "rsa -traditional"),
    ("pkcs1.der", "rsa -traditional -outform DER"),
];

#[test]
fn keys_in_every_form_load_sign_and_verify_on_both_back_ends() {
    let Some(lab) = Lab::with(&KEY_FILES.map(|(kind, _)| kind)) else { return };
    for (kind, files) in KEY_FILES {
        for (file, command) in files {
            lab.run(&format!("{command} -in {kind}.key -out {file}"));
            let der = lab.private_key(file);
            let verifies = |signer: HeaderSigner| {
                let header = lab.sign(&signer);
                let verdict = lab.judge(lab.pinned(kind, Profile::Strict), header.as_str());
                assert_eq!(verdict, Ok(()), "{kind} {file}");
            };
            let fast = aws_lc::LocalKey::from_der(&der).unwrap();
            verifies(lab.ours(kind, fast, Profile::Strict));
            match rustcrypto::LocalKey::from_der(&der) {
                Ok(pure) => verifies(lab.ours(kind, pure, Profile::Strict)),
                Err(error) => assert_eq!((kind, error), ("rsa", ConfigError::RsaPrivateKey)),
            }
        }
    }
}

#[test]
fn a_key_file_that_begins_with_its_curve_loads() {
    let Some(lab) = Lab::with(&[]) else { return };
    lab.run("ecparam -name prime256v1 -genkey -out p256.key");
    lab.certify("p256", "signer", "-CA ca.pem -CAkey ca.key");
    let file = std::fs::read_to_string(lab.path("p256.key")).unwrap();
    assert!(file.starts_with("-----BEGIN EC PARAMETERS-----"), "{file}");
    lab.ours("p256", lab.local_key("p256"), Profile::Strict);
}

#[test]
fn a_certificate_whose_curve_is_spelled_out_is_refused() {
    let Some(lab) = Lab::with(&[]) else { return };
    lab.key("p256", "EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit");
    lab.certify("p256", "signer", "-CA ca.pem -CAkey ca.key");
    let (certificate, key) = (lab.certificate("p256"), Box::new(lab.local_key("p256")));
    let signer = HeaderSigner::strict(&certificate, key, aws_lc::VERIFIER);
    assert_eq!(signer.map(drop), Err(ConfigError::PublicKeyUnsupported));
    let pin = PinnedSigner::certificate("p256", &certificate).map(drop);
    assert_eq!(pin.map_err(|error| error.code()), Err("key-unsupported"));
}
