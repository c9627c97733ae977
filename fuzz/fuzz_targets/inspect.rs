//! Any octets: an answer, no panic, and nothing in it that a terminal would obey.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let report = client_cert_inspect::inspect(octets, Some(1_790_000_000));
    let text = report.to_text();
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
});
