//! One vector through the real verifier, with both back ends.

use core::fmt;
use core::time::Duration;
use std::sync::LazyLock;

use client_cert_verify::pki_types::{SignatureVerificationAlgorithm, UnixTime, alg_id};
use client_cert_verify::{
    ChainStatus, FieldLines, FieldName, Received, Verified, Verifier, VerifyError, backend,
};
use serde::Serialize;

use super::configure::{self, Unusable};
use super::format::{Backend, Chain, ClientFound, Expectation, Vector, Verdict, hex};

type Algorithms = &'static [&'static dyn SignatureVerificationAlgorithm];

/// What became of one vector.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// Whether every back end observed what is expected.
    pub passed: bool,
    /// What is expected.
    pub expected: Expectation,
    /// What each back end observed.
    pub observed: Vec<Observation>,
}

/// What one back end observed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Observation {
    /// Name of the back end.
    pub backend: &'static str,
    /// What it observed.
    #[serde(flatten)]
    pub seen: Seen,
}

/// A verdict, or why there is none.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Seen {
    /// A verdict.
    Verdict(Expectation),
    /// The vector cannot be run; `problem` says why.
    Problem {
        /// Why.
        problem: String,
    },
}

/// Runs a vector. Anything but exactly what is expected is a failure: a success as well as a
/// refusal at another stage or with another code.
pub fn run(vector: &Vector) -> Outcome {
    let observed: Vec<Observation> = [
        ("aws-lc-rs", &AWS_LC_WITHOUT_ED25519, backend::aws_lc::ALGORITHMS),
        ("rustcrypto", &RUSTCRYPTO_WITHOUT_ED25519, backend::rustcrypto::ALGORITHMS),
    ]
    .map(|(backend, reduced, full)| {
        let algorithms = match vector.backend {
            Backend::Full => full,
            Backend::WithoutEd25519 => **reduced,
        };
        let seen = match judge(vector, algorithms) {
            Ok(verdict) => Seen::Verdict(verdict),
            Err(problem) => Seen::Problem { problem },
        };
        Observation { backend, seen }
    })
    .into();
    let as_expected = |seen: &Seen| *seen == Seen::Verdict(vector.expect.clone());
    Outcome {
        id: vector.id.clone(),
        passed: observed.iter().all(|observation| as_expected(&observation.seen)),
        expected: vector.expect.clone(),
        observed,
    }
}

fn judge(vector: &Vector, algorithms: Algorithms) -> Result<Expectation, Unusable> {
    let name = FieldName::new(&vector.field_name).map_err(|error| error.to_string())?;
    let octets = vector
        .field_lines
        .iter()
        .map(|(name, value)| Ok((latin1(name)?, latin1(value)?)))
        .collect::<Result<Vec<_>, Unusable>>()?;
    let lines = FieldLines::of_request(&name, octets.iter().map(|(name, value)| (name, value)));

    let verifier =
        Verifier::new(configure::policy(vector)?, algorithms).map_err(|error| error.to_string())?;
    let peer = configure::hop_peer(vector)?;
    let request = configure::request(vector)?;
    let mut received = Received::at(UnixTime::since_unix_epoch(Duration::from_secs(vector.now)));
    if let Some(peer) = &peer {
        received = received.with_hop_peer(peer);
    }
    if let Some(request) = &request {
        received = received.with_request(request);
    }
    match verifier.verify(&lines, &received) {
        Ok(verified) => found(&verified),
        Err(error) => Ok(refusal(&error)),
    }
}

fn refusal(error: &VerifyError) -> Expectation {
    Expectation::refused(error.stage().as_str(), error.code())
}

fn found(verified: &Verified) -> Result<Expectation, Unusable> {
    let (client, signer, valid_until) = match verified {
        Verified::Certificate(client) => {
            let identity = client.identity().map_err(|error| error.to_string())?;
            let chain = match client.chain() {
                ChainStatus::Verified { .. } => Chain::Verified,
                ChainStatus::NotChecked => Chain::NotChecked,
                _ => return Err("an unknown status of the chain".to_owned()),
            };
            let found = ClientFound {
                present: true,
                subject: Some(identity.subject),
                sha256: Some(hex(&identity.sha256)),
                chain: Some(chain),
            };
            (found, client.signer(), client.valid_until())
        }
        Verified::NoCertificate(absence) => {
            let found = ClientFound { present: false, subject: None, sha256: None, chain: None };
            (found, absence.signer(), absence.valid_until())
        }
    };
    Ok(Expectation {
        verdict: Verdict::Verified,
        stage: None,
        code: None,
        client: Some(client),
        signer: Some(signer.name().to_owned()),
        valid_until: Some(valid_until.as_secs()),
    })
}

/// The octets of a text whose characters stand for one octet each.
fn latin1(text: &str) -> Result<Vec<u8>, Unusable> {
    let octet = |c: char| u8::try_from(u32::from(c)).map_err(|_| format!("{c:?} is no octet"));
    text.chars().map(octet).collect()
}

static AWS_LC_WITHOUT_ED25519: LazyLock<Algorithms> =
    LazyLock::new(|| without_ed25519(backend::aws_lc::ALGORITHMS));
static RUSTCRYPTO_WITHOUT_ED25519: LazyLock<Algorithms> =
    LazyLock::new(|| without_ed25519(backend::rustcrypto::ALGORITHMS));

/// Kept for the life of the process, as back ends are.
fn without_ed25519(algorithms: Algorithms) -> Algorithms {
    let others = algorithms
        .iter()
        .copied()
        .filter(|algorithm| algorithm.signature_alg_id() != alg_id::ED25519);
    Vec::leak(others.collect())
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.id)?;
        if self.passed {
            return f.write_str("passed");
        }
        write!(f, "expected {}", self.expected)?;
        for observation in &self.observed {
            match &observation.seen {
                Seen::Verdict(verdict) => write!(f, "; {}: {verdict}", observation.backend)?,
                Seen::Problem { problem } => {
                    write!(f, "; {}: cannot be run: {problem}", observation.backend)?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.verdict, &self.stage, &self.code) {
            (Verdict::Refused, Some(stage), Some(code)) => write!(f, "{stage}/{code}"),
            (Verdict::Refused, ..) => f.write_str("refused, without stage and code"),
            (Verdict::Verified, ..) => {
                let client = self.client.as_ref().and_then(|client| client.subject.as_deref());
                let signer = self.signer.as_deref().unwrap_or("nobody");
                let until = self.valid_until.unwrap_or_default();
                let client = client.unwrap_or("no certificate");
                write!(f, "verified ({client:?}, signed by {signer:?}, until {until})")
            }
        }
    }
}
