//! Any octets: no panic, and whatever is accepted has one encoding and one spelling.
#![no_main]

use client_cert_envelope::{
    AcceptedProfiles, BoundRequest, Certificate, FieldLines, Profile, UnverifiedEnvelope,
    encode_field_value,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    for profile in [Profile::Strict, Profile::Baseline] {
        if let Ok(envelope) = UnverifiedEnvelope::decode(octets, profile) {
            let _row = envelope.algorithm();
            assert_eq!(envelope.der(), octets);
            let value = encode_field_value(profile, octets);
            let lines = FieldLines::assert_single_value(value.as_bytes());
            if let Ok(value) = lines.single(AcceptedProfiles::Both) {
                assert_eq!(value.decode().as_deref(), Ok(octets));
            }
        }
    }
    if let Ok(value) = FieldLines::assert_single_value(octets).single(AcceptedProfiles::Both)
        && let Ok(der) = value.decode()
    {
        let again = encode_field_value(value.profile(), &der);
        assert_eq!(again.as_bytes(), octets.trim_ascii());
        let _envelope = UnverifiedEnvelope::decode(&der, value.profile());
    }
    if let Ok(certificate) = Certificate::from_der(octets) {
        let _text = (certificate.subject().to_string(), certificate.issuer().to_string());
        let _names = certificate.subject_alt_names().count();
        let _key = certificate.public_key().algorithm();
    }
    if let Ok(text) = std::str::from_utf8(octets)
        && let Ok(request) = BoundRequest::new("GET", "https", text, "/")
    {
        assert!(request.transcript().len() > 30);
    }
});
