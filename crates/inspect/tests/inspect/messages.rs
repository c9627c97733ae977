//! Messages of the two profiles, and foreign ones.

use client_cert_envelope::{Profile, encode_field_value};
use client_cert_inspect::{Confidence, Coverage, Freshness, Kind, Role, Sid, inspect};

use crate::forged::Forged;
use crate::*;

#[test]
fn a_strict_message_is_certain_and_has_no_defect() {
    let finding = only(Forged::default().value());
    assert_eq!(finding.kind, Kind::Message);
    assert_eq!((finding.profile, finding.confidence), (Some("strict"), Confidence::Certain));
    assert_eq!(codes(&finding), [""; 0]);
    let statement = finding.statement.unwrap();
    assert_eq!(statement.audience, "orders.example");
    assert_eq!((statement.client_chain, statement.protocol), ("validated", "1.3"));
    assert_eq!(statement.request, Some("11".repeat(32)));
    assert_eq!((statement.hop, statement.evidence_matches), (None, None));
    assert_eq!(finding.certificates[0].role, Role::Client);
}

#[test]
fn a_statement_is_current_from_signing_time_until_its_lifetime_ends() {
    let value = Forged::default().value();
    let at = |at| inspect(value.as_bytes(), at).findings[0].freshness.clone().unwrap();
    let seen =
        |freshness: Freshness| (freshness.state, freshness.seconds_left, freshness.time_left);
    let expected = |state, left, words: &str| (Some(state), Some(left), Some(words.to_owned()));
    assert_eq!(
        seen(at(Some(SIGNED_AT - 1))),
        expected("not-yet-valid", 301, "signed 1 s in the future")
    );
    assert_eq!(seen(at(Some(SIGNED_AT))), expected("current", 300, "5 min left"));
    assert_eq!(seen(at(Some(SIGNED_AT + 299))), expected("current", 1, "1 s left"));
    assert_eq!(seen(at(Some(SIGNED_AT + 300))), expected("expired", 0, "expired 0 s ago"));
    assert_eq!(
        seen(at(Some(SIGNED_AT + 400))),
        expected("expired", -100, "expired 1 min 40 s ago")
    );
    assert_eq!(seen(at(None)), (None, None, None));
    assert_eq!(at(None).expires, "2026-11-21T01:16:25Z");
}

#[test]
fn absence_is_said_in_words_and_has_no_certificate() {
    let finding = only(Forged::absence().value());
    assert_eq!((finding.profile, finding.confidence), (Some("strict"), Confidence::Certain));
    assert_eq!(codes(&finding), [""; 0]);
    assert!(finding.summary.contains("presented no certificate"));
    assert!(finding.statement.unwrap().in_words[0].contains("presented no certificate"));
    assert_eq!(finding.signed_data.unwrap().content, "empty");
    assert!(finding.certificates.is_empty());
}

#[test]
fn the_bag_is_covered_by_evidence_and_the_evidence_compared() {
    let finding = only(Forged::with_bag().value());
    assert_eq!(codes(&finding), [""; 0]);
    assert_eq!(finding.statement.as_ref().unwrap().evidence_matches, Some(true));
    assert_eq!(finding.certificates[1].role, Role::Bag);
    let bag = finding.layout.iter().find(|range| range.path.ends_with("certificates[0]"));
    assert_eq!(bag.unwrap().covered, Some(Coverage::Evidence));

    let wrong = Forged { evidence: Some([0; 32]), ..Forged::with_bag() };
    assert_eq!(codes(&only(wrong.value())), ["evidence-mismatch"]);
}

#[test]
fn defects_stand_in_the_order_of_the_procedure() {
    let content: &[u8] = b"not a certificate";
    let finding = only(Forged { content, digest: Some([9; 32]), ..Forged::default() }.value());
    assert_eq!(codes(&finding), ["digest-mismatch", "client-certificate"]);
    assert_eq!(finding.signed_data.unwrap().signers[0].digest_matches, Some(false));
}

#[test]
fn every_range_is_the_field_it_names() {
    let der = Forged::with_bag().der();
    let finding = only(&der);
    let bytes = |name: &str| {
        let range = finding.layout.iter().find(|range| range.path.ends_with(name)).unwrap();
        let whole = &der[range.offset..range.offset + range.length];
        &whole[range.header..]
    };
    assert_eq!(bytes("/ClientCertStatement/audience"), b"orders.example");
    assert_eq!(bytes("/ClientCertStatement/connection"), [0xc0; 16]);
    assert_eq!(bytes("/ClientCertStatement/request"), [0x11; 32]);
    assert_eq!(bytes("/signerInfos[0]/signature"), [0x77; 70]);
    assert_eq!(bytes("/signerInfos[0]/sid"), [0x5a; 20]);
    assert_eq!(bytes("/encapContentInfo/eContent"), ALICE);
    assert_eq!(finding.layout[0].length, der.len());
}

#[test]
fn leaves_do_not_overlap_and_signed_ones_are_the_attributes() {
    let finding = only(Forged::with_bag().der());
    let mut end = 0;
    for leaf in finding.layout.iter().filter(|range| range.covered.is_some()) {
        assert!(leaf.offset >= end, "{leaf:?}");
        end = leaf.offset + leaf.length;
        let inside = leaf.path.contains("/signedAttrs/");
        assert_eq!(leaf.covered == Some(Coverage::Signed), inside, "{leaf:?}");
    }
}

#[test]
fn the_parts_of_the_size_add_up() {
    for input in [Forged::with_bag().der(), BASELINE.to_vec(), TWO_SIGNERS.to_vec()] {
        let size = only(&input).size.unwrap();
        let parts =
            [size.content, size.signature, size.signed_attributes, size.bag, size.structure];
        assert_eq!(parts.iter().sum::<usize>(), input.len());
        assert!(size.statement < size.signed_attributes);
    }
    let value = Forged::default().value();
    let size = only(&value).size.unwrap();
    assert_eq!(size.characters, Some(value.len()));
    assert_eq!(size.base64_overhead, Some(value.len() - size.der));
}

#[test]
fn openssl_baseline_is_certain_with_or_without_certificate_and_by_key() {
    for (input, bag) in [(BASELINE, 1), (BASELINE_NOCERTS, 0), (BASELINE_KEYID, 0), (CADES, 0)] {
        let finding = only(encode_field_value(Profile::Baseline, input));
        assert_eq!((finding.profile, finding.confidence), (Some("baseline"), Confidence::Certain));
        assert_eq!(codes(&finding), [""; 0]);
        let signed_data = finding.signed_data.unwrap();
        assert_eq!(signed_data.certificates, bag);
        assert_eq!(signed_data.signers[0].digest_matches, Some(true));
        assert_eq!(finding.freshness.unwrap().expires_by, "default-max-age");
    }
}

#[test]
fn the_named_signer_is_found_in_the_bag() {
    let signed_data = only(BASELINE).signed_data.unwrap();
    let Sid::IssuerAndSerialNumber { issuer, certificate, .. } = &signed_data.signers[0].sid else {
        panic!("{signed_data:?}");
    };
    assert_eq!((issuer.as_str(), *certificate), ("CN=proxy,O=Example", Some(1)));
    let signed_data = only(BASELINE_KEYID).signed_data.unwrap();
    assert_eq!(signed_data.content_type.name.as_deref(), Some("x509Certificate"));
    assert!(matches!(
        &signed_data.signers[0].sid,
        Sid::SubjectKeyIdentifier { certificate: None, .. }
    ));
}

#[test]
fn what_baseline_refuses_is_still_shown() {
    let seen = |input: &[u8]| {
        let finding = only(encode_field_value(Profile::Baseline, input));
        let first = finding.defects[0].clone();
        let signed_data = finding.signed_data.unwrap();
        assert_eq!((finding.profile, finding.confidence), (Some("baseline"), Confidence::Likely));
        (first.code, first.hint.unwrap(), signed_data)
    };
    let (code, hint, signed_data) = seen(NOATTR);
    assert_eq!(code, "signed-attributes-missing");
    assert!(hint.contains("-noattr") && signed_data.signers[0].signed_attributes.is_none());
    let (code, hint, signed_data) = seen(TWO_SIGNERS);
    assert_eq!((code, hint.as_str()), ("signer-count", "sign with exactly one -signer"));
    assert_eq!(signed_data.signers.len(), 2);
    let (code, hint, signed_data) = seen(DETACHED);
    assert_eq!((code, hint.as_str()), ("content-missing", "sign with -nodetach"));
    assert_eq!((signed_data.content, signed_data.content_octets), ("detached", None));
}

#[test]
fn streamed_ber_is_refused_and_explained_without_places() {
    let finding = only(encode_field_value(Profile::Baseline, STREAM));
    assert_eq!(codes(&finding), ["der-indefinite-length"]);
    let signed_data = finding.signed_data.unwrap();
    assert_eq!((signed_data.encoding, signed_data.content), ("ber", "certificate"));
    assert_eq!(signed_data.signers[0].digest_matches, Some(true));
    assert_eq!(finding.certificates[0].subject.as_deref(), Some("CN=alice,O=Example"));
    assert!(finding.layout.is_empty() && finding.size.is_none());
}

#[test]
fn without_signed_attributes_the_content_itself_is_signed() {
    let finding = only(NOATTR);
    let content = finding.layout.iter().find(|range| range.path.ends_with("/eContent")).unwrap();
    assert_eq!(content.covered, Some(Coverage::Signed));
}

#[test]
fn attributes_are_named_and_their_values_decoded() {
    let signed_data = only(CADES).signed_data.unwrap();
    let attributes = signed_data.signers[0].signed_attributes.as_ref().unwrap();
    let value = |name: &str| {
        let found = attributes.iter().find(|a| a.kind.name.as_deref() == Some(name)).unwrap();
        found.values[0].as_str()
    };
    assert_eq!(value("contentType"), "data");
    assert_eq!(value("signingTime"), "2026-11-21T01:11:25Z");
    assert_eq!(value("messageDigest"), only(ALICE).certificates[0].sha256);
    assert_eq!(
        value("signingCertificateV2"),
        format!("sha256 {}", only(PROXY).certificates[0].sha256)
    );
    assert!(value("SMIMECapabilities").starts_with("aes256-CBC, "));
}

#[test]
fn a_foreign_content_type_is_no_profile_of_ours() {
    let finding = only(FOREIGN);
    assert_eq!((finding.kind, finding.profile), (Kind::SignedData, None));
    assert_eq!(codes(&finding), ["content-type"]);
    let signed_data = finding.signed_data.unwrap();
    assert_eq!(signed_data.content_type.oid, "1.2.840.113549.1.9.16.1.4");
    assert_eq!(signed_data.signers.len(), 1);
}

#[test]
fn a_detached_file_is_any_signature_and_a_detached_field_a_failed_message() {
    assert_eq!(only(DETACHED).kind, Kind::SignedData);
    assert_eq!(only(encode_field_value(Profile::Baseline, DETACHED)).kind, Kind::Message);
}

#[test]
fn a_message_in_the_form_of_the_other_profile_is_told_so() {
    let strict_as_bare = encode_field_value(Profile::Baseline, &Forged::default().der());
    let finding = only(strict_as_bare);
    assert_eq!(finding.profile, Some("strict"));
    assert!(finding.defects[0].hint.as_ref().unwrap().contains("bare base64"));
    let baseline_with_colons = encode_field_value(Profile::Strict, BASELINE);
    let finding = only(baseline_with_colons);
    assert_eq!((finding.profile, codes(&finding)[0]), (Some("baseline"), "content-type"));
    assert!(finding.defects[0].hint.as_ref().unwrap().contains("means to be baseline"));
}

#[test]
fn a_message_cut_short_says_by_how_much() {
    let value = encode_field_value(Profile::Baseline, &BASELINE[..900]);
    let finding = only(value);
    assert_eq!((finding.kind, finding.confidence), (Kind::SignedData, Confidence::Likely));
    assert_eq!(codes(&finding), ["der-truncated"]);
    let hint = finding.defects[0].hint.as_deref();
    assert_eq!(hint, Some("cut short: 1391 octets announced, 900 present"));
}
