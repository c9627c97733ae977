//! Steps 1 and 2: which line carries the message, and its base64.

use client_cert_envelope::{
    AcceptedProfiles, DecodeError, DecodeErrorKind, FieldLines, FieldName, InvalidFieldName,
    LooksLike, Profile, encode_field_value,
};

fn single(lines: &[(&'static str, &'static str)]) -> Result<Vec<u8>, DecodeError> {
    let name = FieldName::for_profile(Profile::Strict);
    FieldLines::of_request(&name, lines.iter().map(|(name, value)| (*name, *value)))
        .single(AcceptedProfiles::Both)?
        .decode()
}

fn value(value: &str, accepted: AcceptedProfiles) -> Result<Vec<u8>, DecodeError> {
    FieldLines::assert_single_value(value.as_bytes()).single(accepted)?.decode()
}

fn error(kind: DecodeErrorKind) -> Result<Vec<u8>, DecodeError> {
    Err(DecodeError::new(kind))
}

fn error_at(kind: DecodeErrorKind, at: usize) -> Result<Vec<u8>, DecodeError> {
    Err(DecodeError::at(kind, at))
}

#[test]
fn absent_empty_repeated_and_malformed_are_four_answers() {
    assert_eq!(single(&[("host", "a")]), error(DecodeErrorKind::FieldAbsent));
    assert_eq!(single(&[("signed-client-cert", " \t")]), error(DecodeErrorKind::FieldEmpty));
    assert_eq!(
        single(&[("Signed-Client-Cert", ":AAAA:"), ("SIGNED-CLIENT-CERT", ":AAAA:")]),
        error(DecodeErrorKind::FieldRepeated)
    );
    assert_eq!(
        single(&[("signed-client-cert", ":AA A:")]),
        error_at(DecodeErrorKind::FieldCharacter, 3)
    );
    assert_eq!(single(&[("sIGNED-cLIENT-cERT", "\t:AAAA: ")]), Ok(vec![0, 0, 0]));
}

#[test]
fn an_alias_is_refused_alone_and_beside_the_field() {
    for alias in
        ["Signed_Client_Cert", "signed.client.cert", "SIGNED CLIENT-CERT", "signed-client-cert "]
    {
        assert_eq!(single(&[(alias, ":AAAA:")]), error(DecodeErrorKind::FieldAlias), "{alias}");
        assert_eq!(
            single(&[("signed-client-cert", ":AAAA:"), (alias, ":AAAA:")]),
            error(DecodeErrorKind::FieldAlias),
            "{alias}"
        );
    }
    assert_eq!(
        single(&[("signed-client-certs", "x"), ("signed-client-cert", ":AAAA:")]),
        Ok(vec![0, 0, 0])
    );
}

#[test]
fn a_connection_token_that_names_the_field_is_refused() {
    assert_eq!(
        single(&[("signed-client-cert", ":AAAA:"), ("Connection", "close, Signed-Client-Cert")]),
        error(DecodeErrorKind::FieldConnectionListed)
    );
    assert_eq!(
        single(&[("signed-client-cert", ":AAAA:"), ("Connection", "close, x-signed-client-cert")]),
        Ok(vec![0, 0, 0])
    );
}

#[test]
fn the_form_of_the_value_tells_the_profile_and_must_be_accepted() {
    assert_eq!(value("AAAA", AcceptedProfiles::Baseline), Ok(vec![0, 0, 0]));
    assert_eq!(
        value("AAAA", AcceptedProfiles::Strict),
        error(DecodeErrorKind::NotByteSequence(LooksLike::BareBase64))
    );
    assert_eq!(value(":AAAA:", AcceptedProfiles::Baseline), error(DecodeErrorKind::NotBareBase64));
}

#[test]
fn other_things_are_named_for_what_they_are() {
    for (text, looks_like) in [
        ("eyJhbGciOiJFUzI1NiJ9.e30.c2ln", LooksLike::Jwt),
        ("-----BEGIN CERTIFICATE----- MIIB", LooksLike::Pem),
        ("-----BEGIN%20CERTIFICATE-----%0AMIIB", LooksLike::PercentEncodedPem),
        ("By=spiffe://a/b;Hash=00", LooksLike::Xfcc),
        ("?1", LooksLike::Other),
    ] {
        assert_eq!(
            value(text, AcceptedProfiles::Strict),
            error(DecodeErrorKind::NotByteSequence(looks_like)),
            "{text}"
        );
    }
}

#[test]
fn nothing_may_follow_the_closing_colon() {
    let strict = AcceptedProfiles::Strict;
    assert_eq!(value(":AAAA:;a=1", strict), error_at(DecodeErrorKind::FieldParameters, 6));
    assert_eq!(value(":AAAA:, :AAAA:", strict), error_at(DecodeErrorKind::FieldRepeated, 6));
    assert_eq!(value(":AAAA:x", strict), error_at(DecodeErrorKind::FieldCharacter, 6));
    assert_eq!(value(":AAAA", strict), error(DecodeErrorKind::NotByteSequence(LooksLike::CutOff)));
    assert_eq!(value(":", strict), error(DecodeErrorKind::NotByteSequence(LooksLike::CutOff)));
}

#[test]
fn base64_has_one_spelling() {
    let strict = AcceptedProfiles::Strict;
    assert_eq!(value(":AA==:", strict), Ok(vec![0]));
    assert_eq!(value(":AB==:", strict), error_at(DecodeErrorKind::Base64PadBits, 2));
    assert_eq!(value(":AA=:", strict), error_at(DecodeErrorKind::Base64Padding, 4));
    assert_eq!(value(":AA:", strict), error_at(DecodeErrorKind::Base64Padding, 3));
    assert_eq!(value(":AA==AA==:", strict), error_at(DecodeErrorKind::Base64Padding, 3));
    assert_eq!(value(":AA-_:", strict), error_at(DecodeErrorKind::Base64Alphabet, 3));
    assert_eq!(value(":A:", strict).map_err(|e| e.kind()), Err(DecodeErrorKind::Base64Padding));
}

#[test]
fn the_length_is_bounded_before_anything_is_decoded() {
    let at_limit = format!(":{}:", "A".repeat(16_384 - 2));
    assert!(
        FieldLines::assert_single_value(at_limit.as_bytes())
            .single(AcceptedProfiles::Strict)
            .is_ok()
    );
    let over = format!(":{}:", "A".repeat(16_384 - 1));
    assert_eq!(
        FieldLines::assert_single_value(over.as_bytes())
            .single(AcceptedProfiles::Strict)
            .unwrap_err(),
        DecodeError::new(DecodeErrorKind::FieldTooLong)
    );
}

#[test]
fn encoding_is_what_decoding_accepts() {
    for length in 0..=66_u8 {
        let octets: Vec<u8> = (0..length).collect();
        for profile in [Profile::Strict, Profile::Baseline] {
            let text = encode_field_value(profile, &octets);
            if !text.is_empty() {
                let lines = FieldLines::assert_single_value(text.as_bytes());
                let single = lines.single(AcceptedProfiles::Both).unwrap();
                assert_eq!((single.profile(), single.decode()), (profile, Ok(octets.clone())));
            }
        }
    }
}

#[test]
fn debug_shows_no_octet_of_the_value() {
    let lines = FieldLines::assert_single_value(b":c2VjcmV0:");
    let value = lines.single(AcceptedProfiles::Strict).unwrap();
    assert!(!format!("{lines:?}{value:?}").contains("c2VjcmV0"));
}

#[test]
fn a_field_name_is_letters_digits_and_hyphens() {
    assert_eq!(FieldName::new("X-Client-1").unwrap().as_str(), "X-Client-1");
    for name in ["", "a_b", "a.b", "a b", "a:", "é"] {
        assert_eq!(FieldName::new(name), Err(InvalidFieldName::default()), "{name}");
    }
}
