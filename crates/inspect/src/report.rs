//! What an inspection says. The field names are those of the JSON, which is a promise: fields may
//! be added, and are never renamed or removed.

use client_cert_envelope::{DecodeError, DecodeErrorKind, Stage};
use serde::Serialize;

use crate::certificate_report::CertificateReport;
use crate::layout::Range;
use crate::signed_data_report::SignedDataReport;
use crate::size::Size;
use crate::statement::{Freshness, StatementReport};

/// What an input is, for people who look for the reason of a refusal. **Nothing in it is
/// verified**, and no program may decide on it.
///
/// Strings hold what the message holds, hostile characters included: print
/// [`Report::to_text`] or [`crate::ascii_json`], or escape with [`crate::Escaped`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Always `false`.
    pub verified: bool,
    /// The same in words.
    pub notice: &'static str,
    /// The instant that times were compared with, in RFC 3339; none if none was given.
    pub at: Option<String>,
    /// How the input was read.
    pub input: Input,
    /// What is wrong with the field lines together: repeated, alias, `Connection`; or with the
    /// input as a whole.
    pub defects: Vec<Defect>,
    /// One for each value, certificate or message, in the order of the input.
    pub findings: Vec<Finding>,
}

/// How the input was read.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Input {
    /// `field-lines`, `value`, `pem`, `der`, `empty` or `too-long`.
    pub form: InputForm,
    /// Octets of the input.
    pub octets: usize,
    /// Lines and PEM blocks that carry no client certificate and were passed over.
    pub ignored: usize,
}

/// The form of the input.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InputForm {
    /// Binary DER or BER.
    Der,
    /// Nothing but white space.
    Empty,
    /// `Name: value` lines.
    FieldLines,
    /// PEM blocks, with any text around them.
    Pem,
    /// More than [`crate::MAX_INPUT`] octets: not read.
    TooLong,
    /// One field value.
    Value,
}

/// What one value, certificate or message is.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// `strict` or `baseline`, for a message.
    pub profile: Option<&'static str>,
    /// How sure that is.
    pub confidence: Confidence,
    /// The same in one sentence.
    pub summary: String,
    /// The field it came in.
    pub field: Field,
    /// Why a verifier refuses it, in the order of the verifying procedure: it stops at the first.
    /// None here does not mean that it verifies.
    pub defects: Vec<Defect>,
    /// Remarks that are no reason for a refusal.
    pub notes: Vec<String>,
    /// The statement; strict only.
    pub statement: Option<StatementReport>,
    /// When it was signed and until when it holds.
    pub freshness: Option<Freshness>,
    /// The CMS structure.
    pub signed_data: Option<SignedDataReport>,
    /// The client's certificate, then those of the bag.
    pub certificates: Vec<CertificateReport>,
    /// Where its octets go.
    pub size: Option<Size>,
    /// Every field of the DER with its place.
    pub layout: Vec<Range>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A certificate that nothing signed but its issuer: RFC 9440, DER or PEM.
    Certificate,
    /// A message of one of our profiles, or one that means to be.
    Message,
    /// Another CMS SignedData.
    SignedData,
    /// Nothing that this version knows.
    Unknown,
}

/// How sure a recognition is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Confidence {
    /// A strict reader of exactly that format reads it.
    Certain,
    /// It has the marks of the format, and defects.
    Likely,
    /// Not recognised.
    None,
}

/// Where a value came from.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// Name of the field, if the input was lines of a request; the label of a PEM block.
    pub name: Option<String>,
    /// Number of the line, from 1.
    pub line: Option<usize>,
    /// Number of the member, from 1, where commas separate several.
    pub member: Option<usize>,
    /// `byte-sequence`, `bare-base64`, `der`, `pem` or `other`.
    pub form: &'static str,
    /// Octets of the field value.
    pub characters: Option<usize>,
    /// Octets of what it decodes to.
    pub der_octets: Option<usize>,
}

/// One reason for a refusal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Defect {
    /// The step of the verifying procedure.
    pub stage: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// Zero-based place of the defect.
    pub position: Option<usize>,
    /// What `position` counts: `character` of the value, or `byte` of the DER.
    pub unit: Option<&'static str>,
    /// The reason in words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Defect {
    pub(crate) fn new(stage: Stage, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { stage: stage.as_str(), code, position: None, unit: None, message, hint: None }
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn at_byte(mut self, position: usize) -> Self {
        self.position = Some(position);
        self.unit = Some("byte");
        self
    }
}

impl From<DecodeError> for Defect {
    fn from(error: DecodeError) -> Self {
        let unit = match error.stage() {
            Stage::Absent | Stage::Field | Stage::Base64 => "character",
            _ => "byte",
        };
        Self {
            stage: error.stage().as_str(),
            code: error.code(),
            position: error.position(),
            unit: error.position().map(|_| unit),
            // Without the position, which has a field of its own.
            message: DecodeError::new(error.kind()).to_string(),
            hint: error.hint().map(String::from),
        }
    }
}

impl From<DecodeErrorKind> for Defect {
    fn from(kind: DecodeErrorKind) -> Self {
        DecodeError::new(kind).into()
    }
}

impl Finding {
    pub(crate) fn new(
        kind: Kind,
        confidence: Confidence,
        summary: impl Into<String>,
        field: Field,
    ) -> Self {
        Self {
            kind,
            profile: None,
            confidence,
            summary: summary.into(),
            field,
            defects: Vec::new(),
            notes: Vec::new(),
            statement: None,
            freshness: None,
            signed_data: None,
            certificates: Vec::new(),
            size: None,
            layout: Vec::new(),
        }
    }
}
