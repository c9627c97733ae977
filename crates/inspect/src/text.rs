//! A report as text for a terminal: an aligned tree, every line of it marked.

use std::fmt::{self, Write as _};

use crate::certificate_report::{CertificateReport, Role, ValidAt};
use crate::escape::{Escaped, escape_name};
use crate::report::{Confidence, Defect, Finding, InputForm, Report};
use crate::text_message as message;

/// Begins every line, so that no part of it can be quoted as if it had been verified.
const MARK: &str = "UNVERIFIED";

/// Widest column of labels.
const MAX_LABEL: usize = 30;

/// Longest value shown, in characters.
const MAX_VALUE: usize = 1_000;

impl Report {
    /// The report for a terminal. Every line begins with `UNVERIFIED`; text of strangers is
    /// escaped as [`crate::Escaped`] does, names as RFC 4514 does.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head = Tree::default();
        head.line(0, "inspect", self.notice);
        head.line(0, "input", input(self));
        if let Some(at) = &self.at {
            head.line(0, "compared with", at);
        }
        for defect in &self.defects {
            put_defect(&mut head, 0, defect);
        }
        f.write_str(&head.finish())?;
        for (index, finding) in self.findings.iter().enumerate() {
            let mut tree = Tree::default();
            let label = match self.findings.len() {
                1 => "this is".into(),
                _ => format!("value {} is", index.saturating_add(1)),
            };
            put_finding(&mut tree, &label, finding);
            f.write_str(&tree.finish())?;
        }
        Ok(())
    }
}

fn input(report: &Report) -> String {
    let form = match report.input.form {
        InputForm::Der => "DER",
        InputForm::Empty => "nothing",
        InputForm::FieldLines => "field lines",
        InputForm::Pem => "PEM",
        InputForm::TooLong => "too long",
        InputForm::Value => "a field value",
    };
    let mut text = format!("{form}, {} octets", report.input.octets);
    if report.input.ignored > 0 {
        let _unfailing: fmt::Result = write!(text, ", {} parts passed over", report.input.ignored);
    }
    text
}

fn put_finding(tree: &mut Tree, label: &str, finding: &Finding) {
    let confidence = match finding.confidence {
        Confidence::Certain => "",
        Confidence::Likely => " (likely)",
        Confidence::None => " (not recognised)",
    };
    tree.line(0, label, format!("{}{confidence}", finding.summary));
    put_field(tree, finding);
    if finding.defects.is_empty() {
        tree.line(1, "defects", "none before the signature is checked, which nobody did");
    }
    for defect in &finding.defects {
        put_defect(tree, 1, defect);
    }
    for note in &finding.notes {
        tree.line(1, "note", note);
    }
    message::put_statement(tree, finding);
    message::put_freshness(tree, finding);
    for (index, certificate) in finding.certificates.iter().enumerate() {
        put_certificate(tree, index, certificate);
    }
    message::put_signed_data(tree, finding);
    message::put_size(tree, finding);
    message::put_layout(tree, finding);
}

fn put_field(tree: &mut Tree, finding: &Finding) {
    let field = &finding.field;
    let mut parts = Vec::new();
    if let Some(name) = &field.name {
        parts.push(Escaped(name).to_string());
    }
    if let Some(line) = field.line {
        parts.push(format!("line {line}"));
    }
    if let Some(member) = field.member {
        parts.push(format!("member {member}"));
    }
    parts.push(field.form.replace('-', " "));
    if let Some(characters) = field.characters {
        parts.push(format!("{characters} characters"));
    }
    if let Some(octets) = field.der_octets {
        parts.push(format!("{octets} octets decoded"));
    }
    tree.line(1, "field", parts.join(", "));
}

fn put_defect(tree: &mut Tree, depth: usize, defect: &Defect) {
    let mut text = format!("{}/{}: {}", defect.stage, defect.code, Escaped(&defect.message));
    if let (Some(position), Some(unit)) = (defect.position, defect.unit) {
        let _unfailing: fmt::Result = write!(text, " ({unit} {position})");
    }
    tree.line(depth, "defect", text);
    if let Some(hint) = &defect.hint {
        tree.line(depth.saturating_add(1), "hint", Escaped(hint));
    }
}

fn put_certificate(tree: &mut Tree, index: usize, certificate: &CertificateReport) {
    let role = match certificate.role {
        Role::Bag => "sent along; signer's or intermediate",
        Role::Client => "the client's, says the signer",
        Role::Unsigned => "signed by no proxy",
    };
    let octets = certificate.octets;
    tree.line(1, &format!("certificate {index}"), format!("{role}, {octets} octets"));
    let mut line = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            tree.line(2, label, value);
        }
    };
    line("unreadable", certificate.unreadable.as_ref().map(|why| Escaped(why).to_string()));
    for warning in &certificate.warnings {
        line("warning", Some(format!("{}: {}", warning.code, Escaped(&warning.message))));
    }
    line("subject", certificate.subject.as_deref().map(escape_name));
    line("issuer", certificate.issuer.as_deref().map(escape_name));
    line("serial", certificate.serial.clone());
    for san in &certificate.sans {
        let value = match san.kind {
            "directory" => escape_name(&san.value),
            _ => Escaped(&san.value).to_string(),
        };
        line("name", Some(format!("{} {value}", san.kind)));
    }
    let validity = certificate.not_before.as_ref().zip(certificate.not_after.as_ref());
    line(
        "valid",
        validity.map(|(from, to)| {
            let now = match certificate.validity {
                Some(ValidAt::Expired) => " (expired)",
                Some(ValidAt::NotYetValid) => " (not yet)",
                Some(ValidAt::Valid) => " (now)",
                None => "",
            };
            format!("{from} to {to}{now}")
        }),
    );
    line("key", certificate.key.as_ref().map(|key| Escaped(&key.text()).to_string()));
    line("signed with", certificate.signature_algorithm.clone());
    line("EKU", certificate.extended_key_usage.as_ref().map(|usages| usages.join(", ")));
    line("CA", certificate.ca.map(|ca| if ca { "yes" } else { "no" }.into()));
    line("key identifier", certificate.subject_key_identifier.clone());
    line("SHA-256", Some(certificate.sha256.clone()));
    line("SPKI SHA-256", certificate.spki_sha256.clone());
}

/// Lines of labels and values, aligned when finished.
#[derive(Default)]
pub(crate) struct Tree {
    lines: Vec<(usize, String, String)>,
}

impl Tree {
    /// Adds a line. `value` must be harmless already.
    pub(crate) fn line(&mut self, depth: usize, label: &str, value: impl fmt::Display) {
        let value = value.to_string();
        let shown = match value.char_indices().nth(MAX_VALUE) {
            Some((end, _)) => {
                let beginning = value.get(..end).unwrap_or_default();
                format!("{beginning}… ({} octets in all)", value.len())
            }
            None => value,
        };
        self.lines.push((depth, label.into(), shown));
    }

    fn finish(self) -> String {
        let indented = |depth: usize, label: &str| {
            format!("{:indent$}{label}", "", indent = depth.saturating_mul(2))
        };
        let width = self
            .lines
            .iter()
            .map(|(depth, label, _)| indented(*depth, label).chars().count())
            .max()
            .unwrap_or_default()
            .min(MAX_LABEL);
        let mut text = String::new();
        for (depth, label, value) in &self.lines {
            let label = indented(*depth, label);
            let line = format!("{MARK}  {label:width$}  {value}");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}
