//! The one entry point.

use crate::input;
use crate::recognise;
use crate::report::Report;
use crate::time::rfc3339;

/// Longest input read, in octets: sixty times what a verifier reads, so that logs and files fit.
pub const MAX_INPUT: usize = 1024 * 1024;

const NOTICE: &str =
    "Nothing here is verified: anybody can have made this. Use `client-cert verify` to decide.";

/// Explains a field value, `Name: value` lines, a PEM text or DER. It never fails: what it cannot
/// read, it says.
///
/// `at` is the instant to compare times with, in seconds since 1970-01-01T00:00:00Z; without it
/// nothing is called current or expired.
///
/// No signature is checked, no key is known, and nothing in the report may be decided upon.
#[must_use]
pub fn inspect(input: &[u8], at: Option<u64>) -> Report {
    let (input, defects, sources) = input::read(input);
    Report {
        verified: false,
        notice: NOTICE,
        at: at.map(rfc3339),
        input,
        defects,
        findings: sources.iter().map(|source| recognise::recognise(source, at)).collect(),
    }
}
