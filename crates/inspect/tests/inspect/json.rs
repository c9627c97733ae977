//! The JSON, whose names are a promise.

use serde_json::Value;

use crate::forged::Forged;
use crate::*;

fn keys(value: &Value) -> String {
    value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_names_of_the_report_do_not_change() {
    let mut input = Forged::with_bag().value();
    input.push_str(";a=1");
    let report = serde_json::to_value(look(format!("Signed-Client-Cert: {input}"))).unwrap();
    assert_eq!(keys(&report), "verified notice at input defects findings");
    assert_eq!(keys(&report["input"]), "form octets ignored");
    let finding = &report["findings"][0];
    assert_eq!(
        keys(finding),
        "kind profile confidence summary field defects notes statement freshness signed_data \
         certificates size layout"
    );
    assert_eq!(keys(&finding["field"]), "name line member form characters der_octets");
    assert_eq!(keys(&finding["defects"][0]), "stage code position unit message hint");
    assert_eq!(
        keys(&finding["statement"]),
        "in_words audience lifetime connection client_chain protocol resumed hop request evidence \
         evidence_matches possession"
    );
    assert_eq!(
        keys(&finding["freshness"]),
        "signed_at expires expires_by state seconds_left time_left"
    );
    assert_eq!(
        keys(&finding["signed_data"]),
        "encoding version digest_algorithms content_type content_octets content certificates crls \
         signer_count signers"
    );
    let signer = &finding["signed_data"]["signers"][0];
    assert_eq!(
        keys(signer),
        "version sid digest_algorithm signature_algorithm signed_attributes unsigned_attributes \
         signature_octets digest_matches"
    );
    assert_eq!(keys(&signer["sid"]), "type value certificate");
    assert_eq!(keys(&signer["signed_attributes"][0]), "oid name values octets");
    let certificate = &finding["certificates"][0];
    assert_eq!(
        keys(certificate),
        "role octets sha256 unreadable version subject issuer serial sans not_before not_after \
         validity key spki_sha256 signature_algorithm subject_key_identifier extended_key_usage ca \
         warnings"
    );
    assert_eq!(keys(&certificate["sans"][0]), "type value");
    assert_eq!(keys(&certificate["key"]), "algorithm bits unsupported weak");
    assert_eq!(
        keys(&finding["size"]),
        "characters der base64_overhead content signature signed_attributes statement bag \
         structure limit_signing limit_verifying"
    );
    assert_eq!(keys(&finding["layout"][0]), "path offset length header covered");
}

#[test]
fn the_words_of_the_report_do_not_change() {
    let report = serde_json::to_value(look(BASELINE)).unwrap();
    let finding = &report["findings"][0];
    assert_eq!(report["verified"], false);
    assert_eq!(report["input"]["form"], "der");
    assert_eq!(finding["kind"], "message");
    assert_eq!(finding["confidence"], "certain");
    assert_eq!(finding["certificates"][0]["role"], "client");
    assert_eq!(finding["certificates"][0]["validity"], "valid");
    assert_eq!(finding["signed_data"]["signers"][0]["sid"]["type"], "issuer-and-serial-number");
    let words = ["too-long", "empty", "field-lines"];
    let inputs = [vec![b' '; client_cert_inspect::MAX_INPUT + 1], vec![], b"a: b".to_vec()];
    for (word, input) in words.iter().zip(inputs) {
        assert_eq!(serde_json::to_value(look(input)).unwrap()["input"]["form"], *word);
    }
}
