//! Rules of inspection, at fixed instants, over the files of `tests-data`.
#![cfg(test)]

mod certificates;
mod forged;
mod hostile;
mod inputs;
mod json;
mod messages;

use client_cert_inspect::{Finding, Report, inspect};

/// When the messages of `tests-data` were signed, and when those of [`forged`] say so.
const SIGNED_AT: u64 = 1_795_223_485;

const ALICE: &[u8] = include_bytes!("../../tests-data/alice.der");
const PROXY: &[u8] = include_bytes!("../../tests-data/proxy.der");
const WEAK: &[u8] = include_bytes!("../../tests-data/weak.der");
const HOSTILE: &[u8] = include_bytes!("../../tests-data/hostile.der");
const RFC9440: &str = include_str!("../../tests-data/rfc9440.txt");

const BASELINE: &[u8] = include_bytes!("../../tests-data/baseline.der");
const BASELINE_PEM: &[u8] = include_bytes!("../../tests-data/baseline.pem");
const BASELINE_NOCERTS: &[u8] = include_bytes!("../../tests-data/baseline-nocerts.der");
const BASELINE_KEYID: &[u8] = include_bytes!("../../tests-data/baseline-keyid.der");
const CADES: &[u8] = include_bytes!("../../tests-data/cades.der");
const DETACHED: &[u8] = include_bytes!("../../tests-data/detached.der");
const FOREIGN: &[u8] = include_bytes!("../../tests-data/foreign.der");
const HOSTILE_BASELINE: &[u8] = include_bytes!("../../tests-data/hostile-baseline.der");
const NOATTR: &[u8] = include_bytes!("../../tests-data/noattr.der");
const STREAM: &[u8] = include_bytes!("../../tests-data/stream.der");
const TWO_SIGNERS: &[u8] = include_bytes!("../../tests-data/two-signers.der");

/// All files of messages and certificates.
const ALL: [&[u8]; 15] = [
    ALICE,
    PROXY,
    WEAK,
    HOSTILE,
    BASELINE,
    BASELINE_PEM,
    BASELINE_NOCERTS,
    BASELINE_KEYID,
    CADES,
    DETACHED,
    FOREIGN,
    HOSTILE_BASELINE,
    NOATTR,
    STREAM,
    TWO_SIGNERS,
];

fn look(input: impl AsRef<[u8]>) -> Report {
    inspect(input.as_ref(), Some(SIGNED_AT))
}

/// The only finding of an input.
fn only(input: impl AsRef<[u8]>) -> Finding {
    let report = look(input);
    let [finding] = report.findings.as_slice() else { panic!("{report:?}") };
    finding.clone()
}

fn codes(finding: &Finding) -> Vec<&str> {
    finding.defects.iter().map(|defect| defect.code).collect()
}
