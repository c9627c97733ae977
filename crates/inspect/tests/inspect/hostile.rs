//! Nothing a stranger sends moves a cursor, hides, or makes the reader panic.

use client_cert_envelope::{Profile, encode_field_value};
use client_cert_inspect::{MAX_INPUT, ascii_json, inspect};

use crate::forged::Forged;
use crate::*;

/// Every line is marked, and no character is one that a terminal obeys or hides.
fn assert_harmless(text: &str) {
    for line in text.lines() {
        assert!(line.starts_with("UNVERIFIED  "), "{line:?}");
    }
    let harmless = |c: char| {
        !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    assert!(text.chars().all(|c| c == '\n' || harmless(c)), "{text:?}");
}

#[test]
fn every_line_of_every_report_is_marked_unverified_and_harmless() {
    for input in ALL {
        assert_harmless(&look(input).to_text());
    }
    assert_harmless(&look(Forged::with_bag().value()).to_text());
    assert_harmless(&look("").to_text());
    assert_harmless(&look("Signed-Client-Cert: \u{1b}[2J\u{202e}\nConnection: \u{9b}").to_text());
}

#[test]
fn a_hostile_subject_is_escaped_as_rfc_4514_does() {
    for input in [HOSTILE, HOSTILE_BASELINE] {
        let text = look(input).to_text();
        let subject = text.lines().find(|line| line.contains("subject")).unwrap();
        assert!(
            subject.ends_with(r"CN=\1b]0\;owned\07\e2\80\ae\<script\>alert(1)\</script\>"),
            "{subject}"
        );
    }
}

#[test]
fn a_hostile_audience_cannot_imitate_a_line() {
    let audience = "a\nUNVERIFIED  verified  yes\u{1b}[1A\u{2028}\\n";
    let text = look(Forged { audience, ..Forged::default() }.value()).to_text();
    assert_harmless(&text);
    assert!(text.contains(r"a\u{a}UNVERIFIED  verified  yes\u{1b}[1A\u{2028}\\n"));
}

#[test]
fn json_on_a_terminal_is_ascii() {
    let audience = "a\u{202e}";
    let report = look(Forged { audience, ..Forged::default() }.value());
    let json = serde_json::to_string_pretty(&report).unwrap();
    assert!(json.contains('\u{202e}'));
    assert!(ascii_json(&json).is_ascii());
}

#[test]
fn no_prefix_and_no_mutation_makes_it_panic() {
    let value = Forged::with_bag().value();
    let bare = encode_field_value(Profile::Baseline, BASELINE);
    let strict = Forged::with_bag().der();
    let mut inputs: Vec<&[u8]> = ALL.to_vec();
    inputs.extend([value.as_bytes(), bare.as_bytes(), RFC9440.as_bytes(), &strict]);
    for input in &inputs {
        for end in 0..input.len() {
            let report = inspect(&input[..end], Some(SIGNED_AT));
            assert!(!report.verified);
        }
    }
    // xorshift64: the same 2000 mutations in every run.
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for round in 0..2000 {
        let mut mutant = inputs[round % inputs.len()].to_vec();
        for _ in 0..=random(4) {
            let at = random(mutant.len());
            match random(4) {
                0 => mutant[at] = u8::try_from(random(256)).unwrap(),
                1 => mutant[at] ^= 1 << random(8),
                2 => drop(mutant.remove(at)),
                _ => mutant.insert(at, u8::try_from(random(256)).unwrap()),
            }
        }
        let report = inspect(&mutant, Some(SIGNED_AT));
        assert_harmless(&report.to_text());
        serde_json::to_string(&report).unwrap();
    }
}

/// Writes a definite-length value.
fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).unwrap().to_be_bytes();
    let skip = length.iter().take_while(|octet| **octet == 0).count();
    let mut whole = vec![tag];
    match &length[skip..] {
        [] => whole.push(0),
        [short] if *short < 0x80 => whole.push(*short),
        long => {
            whole.push(0x80 | u8::try_from(long.len()).unwrap());
            whole.extend_from_slice(long);
        }
    }
    whole.extend_from_slice(contents);
    whole
}

#[test]
fn a_megabyte_of_tiny_parts_is_explained_in_bounded_space() {
    const SIGNED_DATA: [u8; 11] =
        [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let message = |digests: &[u8], bag: &[u8], signers: &[u8]| {
        let encapsulated = tlv(0x30, &SIGNED_DATA);
        let fields = [
            vec![0x02, 0x01, 0x01],
            tlv(0x31, digests),
            encapsulated,
            tlv(0xa0, bag),
            tlv(0x31, signers),
        ];
        let signed_data = tlv(0xa0, &tlv(0x30, &fields.concat()));
        tlv(0x30, &[&SIGNED_DATA[..], &signed_data].concat())
    };
    // A SignerInfo with as many attributes, misordered, as fit.
    let attributes: Vec<u8> = (0..110_000_u32)
        .rev()
        .flat_map(|n| {
            let octet = u8::try_from(n % 128).unwrap();
            tlv(0x30, &[&tlv(0x06, &[octet])[..], &[0x31, 0x00]].concat())
        })
        .collect();
    let signer = [
        &[0x02, 0x01, 0x01, 0x80, 0x01, 0xaa][..],
        &tlv(0x30, &[0x06, 0x01, 0x2a]),
        &tlv(0xa0, &attributes),
        &tlv(0x30, &[0x06, 0x01, 0x2a]),
        &[0x04, 0x00],
    ]
    .concat();
    // Alice's certificate, with as many names as are read, and purposes of a quarter of a megabyte.
    let extension = |oid: &[u8], value: &[u8]| {
        tlv(0x30, &[tlv(0x06, oid), tlv(0x04, &tlv(0x30, value))].concat())
    };
    let certificate = {
        let extensions = [
            extension(&[0x55, 0x1d, 0x11], &[0x82, 0x00].repeat(512)),
            extension(&[0x55, 0x1d, 0x25], &[0x06, 0x01, 0x2a].repeat(80_000)),
        ];
        // tbsCertificate up to its extensions.
        let end = ALICE.windows(3).position(|window| window == [0xa3, 0x81, 0xc8]).unwrap();
        let extensions = tlv(0xa3, &tlv(0x30, &extensions.concat()));
        let algorithm = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
        let tbs = tlv(0x30, &[&ALICE[8..end], &extensions].concat());
        tlv(0x30, &[&tbs[..], &algorithm, &[0x03, 0x02, 0x00, 0x00]].concat())
    };
    assert_eq!(only(&certificate).certificates[0].sans.len(), 64);
    for input in [
        certificate,
        message(&[0x30, 0x00].repeat(500_000), &[], &[]),
        message(&[], &[0x30, 0x00].repeat(500_000), &[]),
        message(&[], &[0x30, 0x02, 0x30, 0x00].repeat(250_000), &[]),
        message(&[], &[], &[0x30, 0x00].repeat(500_000)),
        message(&[], &[], &tlv(0x30, &signer)),
        b"Client-Cert: :AAAA:\n".repeat(50_000),
        b"a:b\n".repeat(260_000),
        b":,".repeat(500_000),
        [0x30, 0x80].repeat(500_000),
    ] {
        assert!(input.len() <= MAX_INPUT, "{}", input.len());
        let text = inspect(&input, None).to_text();
        assert!(text.len() < 200_000, "{} of {}", text.len(), input.len());
    }
}
