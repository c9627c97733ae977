//! The forms of input: lines, values, PEM, and what is none of them.

use client_cert_envelope::{Profile, encode_field_value};
use client_cert_inspect::{Confidence, InputForm, Kind, MAX_INPUT, Report};

use crate::forged::Forged;
use crate::*;

fn report_codes(report: &Report) -> Vec<&str> {
    report.defects.iter().map(|defect| defect.code).collect()
}

#[test]
fn a_request_dump_gives_one_finding_for_each_field_of_interest() {
    let dump = format!(
        "GET /orders HTTP/1.1\r\nHost: orders.example\r\nsigned-client-cert: {}\r\n\
         Client-Cert: {RFC9440}\r\nX-Own: {}\r\nAccept: */*\r\n\r\n",
        Forged::default().value(),
        encode_field_value(Profile::Baseline, BASELINE),
    );
    let report = look(dump);
    assert_eq!((report.input.form, report.input.ignored), (InputForm::FieldLines, 3));
    assert_eq!(report_codes(&report), [""; 0]);
    let seen: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.field.name.as_deref().unwrap(), f.field.line.unwrap(), f.kind))
        .collect();
    assert_eq!(
        seen,
        [
            ("signed-client-cert", 3, Kind::Message),
            ("Client-Cert", 4, Kind::Certificate),
            ("X-Own", 5, Kind::Message),
        ]
    );
}

#[test]
fn repeated_lines_aliases_and_connection_tokens_are_defects_of_the_request() {
    let value = Forged::default().value();
    let seen = |more: &str| {
        let report = look(format!("Signed-Client-Cert: {value}\n{more}\n"));
        assert_eq!(report.findings[0].profile, Some("strict"));
        report_codes(&report).join(" ")
    };
    assert_eq!(seen(&format!("signed-client-cert: {value}")), "field-repeated");
    assert_eq!(seen("Signed_Client_Cert: x"), "field-alias");
    assert_eq!(seen("Connection: close, signed-client-cert"), "field-connection-listed");
    assert_eq!(seen("Client-Cert-Chain: :AAAA:"), "");
}

#[test]
fn values_joined_by_a_comma_are_explained_one_by_one() {
    let value = Forged::default().value();
    let report = look(format!("Signed-Client-Cert: {value}, {RFC9440}"));
    let seen: Vec<_> =
        report.findings.iter().map(|f| (f.field.member.unwrap(), f.kind, codes(f)[0])).collect();
    assert_eq!(
        seen,
        [(1, Kind::Message, "field-repeated"), (2, Kind::Certificate, "field-repeated")]
    );
    let report = look(format!("Client-Cert-Chain: {RFC9440}, {RFC9440}"));
    assert!(report.findings.iter().all(|finding| codes(finding) == ["not-signed-data"]));
}

#[test]
fn a_wrapped_value_is_refused_with_the_reason_and_shown() {
    let value = encode_field_value(Profile::Baseline, BASELINE);
    let (before, after) = value.split_at(64);
    let finding = only(format!("{before}\n{after}\n"));
    assert_eq!(codes(&finding), ["field-character"]);
    assert_eq!(finding.defects[0].position, Some(64));
    assert_eq!(finding.defects[0].unit, Some("character"));
    assert!(finding.defects[0].hint.as_ref().unwrap().contains("-w0"));
    assert_eq!(finding.profile, Some("baseline"));
}

#[test]
fn values_the_strict_base64_refuses_are_shown_all_the_same() {
    let value = Forged::default().value();
    let seen = |value: &str| {
        let finding = only(value);
        assert_eq!(finding.profile, Some("strict"));
        codes(&finding).join(" ")
    };
    assert_eq!(seen(&format!("{value};a=1")), "field-parameters");
    let url_safe = value.replace('+', "-").replace('/', "_");
    assert_ne!(url_safe, value);
    assert_eq!(seen(&url_safe), "base64-alphabet");
    assert_eq!(seen(&format!("{}=:", value.strip_suffix(':').unwrap())), "base64-padding");
}

#[test]
fn pem_blocks_are_read_by_label_and_private_keys_are_not() {
    let finding = only(BASELINE_PEM);
    assert_eq!((finding.profile, finding.field.name.as_deref()), (Some("baseline"), Some("CMS")));
    let pem = String::from_utf8(BASELINE_PEM.to_vec()).unwrap();
    assert_eq!(only(pem.replace("CMS", "PKCS7")).profile, Some("baseline"));
    let report = look(pem.replace("CMS", "PRIVATE KEY"));
    assert_eq!((report.findings.len(), report.input.ignored), (0, 1));
}

#[test]
fn a_jwt_is_named_and_not_decoded() {
    let finding = only("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln");
    assert_eq!((finding.kind, finding.confidence), (Kind::Unknown, Confidence::None));
    assert_eq!(codes(&finding), ["not-byte-sequence"]);
    assert!(finding.defects[0].hint.as_ref().unwrap().contains("JWT"));
    // The same behind a name nobody knows.
    assert_eq!(only("X-Jwt: eyJhbGciOiJFUzI1NiJ9.e30.c2ln").kind, Kind::Unknown);
}

#[test]
fn nothing_absence_and_too_much_are_three_answers() {
    let report = look(" \r\n\n");
    assert_eq!((report.input.form, report_codes(&report)), (InputForm::Empty, vec!["field-empty"]));
    let report = look("Host: a\nAccept: b\n");
    assert_eq!(report_codes(&report), ["field-absent"]);
    let report = look(vec![b'A'; MAX_INPUT + 1]);
    assert_eq!(report.input.form, InputForm::TooLong);
    assert_eq!(report_codes(&report), ["field-too-long"]);
    assert_eq!(codes(&only(":")), ["not-byte-sequence"]);
    assert_eq!(codes(&only("Signed-Client-Cert:")), ["field-empty"]);
}

#[test]
fn a_value_longer_than_verifiers_read_is_refused_and_explained() {
    let bag = [PROXY, ALICE];
    let padding = "x".repeat(17 * 1024);
    let value = Forged { bag: bag.to_vec(), audience: &padding, ..Forged::default() }.value();
    let finding = only(value);
    assert_eq!(codes(&finding), ["field-too-long", "statement"]);
    assert_eq!((finding.profile, finding.confidence), (Some("strict"), Confidence::Likely));
    assert_eq!(finding.certificates.len(), 3);
}
