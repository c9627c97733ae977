//! Why a command could not try: a code for scripts, a sentence and what to do for people.

use std::fmt;

use anstyle::{AnsiColor, Style};
use client_cert_envelope::{CertificateError, InvalidAudience, Stage};
use client_cert_sign::{PeerCertificateError, SignError};

use crate::escape;

const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default();

/// A refusal of the program's own, beside those of the libraries.
#[derive(Debug)]
pub(crate) struct Problem {
    code: &'static str,
    message: String,
    hint: Option<String>,
}

impl Problem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    /// About a file: unreadable, or not what is wanted.
    pub(crate) fn file(message: impl Into<String>) -> Self {
        Self::new("file", message)
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The stable code of the innermost error that has one.
pub(crate) fn code(error: &anyhow::Error) -> &'static str {
    error.chain().find_map(code_of).unwrap_or("file")
}

fn code_of(error: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    if let Some(problem) = error.downcast_ref::<Problem>() {
        Some(problem.code)
    } else if let Some(error) = error.downcast_ref::<client_cert_verify::ConfigError>() {
        Some(error.code())
    } else if let Some(error) = error.downcast_ref::<client_cert_sign::ConfigError>() {
        Some(error.code())
    } else if let Some(error) = error.downcast_ref::<SignError>() {
        Some(error.code())
    } else if let Some(error) = error.downcast_ref::<PeerCertificateError>() {
        Some(error.code())
    } else if error.is::<CertificateError>() {
        Some("certificate-malformed")
    } else if error.is::<InvalidAudience>() {
        Some("audience-invalid")
    } else {
        None
    }
}

/// What to do about it. Errors of signing say so themselves.
fn hint(error: &anyhow::Error) -> Option<String> {
    if let Some(problem) = error.chain().find_map(|cause| cause.downcast_ref::<Problem>()) {
        return problem.hint.clone();
    }
    let of_signing = |cause: &(dyn std::error::Error + 'static)| {
        cause.is::<client_cert_sign::ConfigError>() || cause.is::<SignError>()
    };
    if error.chain().any(of_signing) {
        return None;
    }
    let hint = match code(error) {
        "anchor-overlap" => "give each CA to one of --proxy-ca and --client-ca, never to both",
        "anchor-unusable" | "certificate-malformed" => {
            "a certificate is one DER SEQUENCE, or PEM: openssl x509 -in FILE -noout -text"
        }
        "audience-invalid" | "audience-missing" => {
            "--audience ID, the id of one service, agreed between proxy and origin"
        }
        "baseline-audience" => "leave --audience out, or use --profile strict",
        "key-identifier-repeated" => "issue one of the two certificates with another identifier",
        "key-usage" => "use the proxy's signing certificate: one with digitalSignature",
        "key-unsupported" | "rsa-key-size" | "rsa-exponent" => {
            "make another key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"
        }
        "max-age-range" => "--max-age takes 1s to 1h",
        "name-invalid" => "--signer-name takes a DNS name (proxy.example) or a URI (spiffe://…)",
        "signer-is-anchor" => "give the proxy's own certificate to --trust-signer",
        "signer-repeated" => "give each signer once",
        "skew-range" => "--skew takes 0s to 5m",
        "trust-empty" => "--trust-signer FILE, or --proxy-ca FILE with --signer-name NAME",
        _ => return None,
    };
    Some(hint.into())
}

/// The error with everything it came from, in one sentence. Not escaped.
pub(crate) fn message(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

/// For people: stage and code, the sentence, the hint.
pub(crate) fn text(error: &anyhow::Error) -> String {
    let hint = hint(error);
    complaint("error", Stage::Config.as_str(), code(error), &message(error), hint.as_deref())
}

/// A verdict that is not "verified", in at most two lines.
pub(crate) fn complaint(
    verdict: &str,
    stage: &str,
    code: &str,
    message: &str,
    hint: Option<&str>,
) -> String {
    let message = escape::text(message);
    let first = format!("{ERROR}{verdict}:{ERROR:#} {stage}/{code}: {message}\n");
    match hint {
        None => first,
        Some(hint) => format!("{first}{HINT}hint:{HINT:#} {}\n", escape::text(hint)),
    }
}
