//! From bytes of any form to the values in them.

use client_cert_envelope::{AcceptedProfiles, DecodeErrorKind, FieldValue, Profile, Stage};

use crate::base64;
use crate::field_lines::{self, Line, inner, members};
use crate::pem;
use crate::report::{Defect, Field, Input, InputForm};

/// Most values taken from one input: a request has a few.
const MAX_VALUES: usize = 64;

/// One value and what it decodes to.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) field: Field,
    /// Lenient base64, so that a value with a defect is explained too.
    pub(crate) octets: Option<Vec<u8>>,
    /// What steps 1 and 2 have against it.
    pub(crate) defects: Vec<Defect>,
    /// The profile whose form the field value has.
    pub(crate) form_profile: Option<Profile>,
}

/// Takes the input apart.
pub(crate) fn read(input: &[u8]) -> (Input, Vec<Defect>, Vec<Source>) {
    let form = |form, ignored| Input { form, octets: input.len(), ignored };
    if input.len() > crate::MAX_INPUT {
        let message = format!(
            "the input has {} octets; more than {} are not read",
            input.len(),
            crate::MAX_INPUT
        );
        let code = DecodeErrorKind::FieldTooLong.code();
        return (
            form(InputForm::TooLong, 0),
            vec![Defect::new(Stage::Field, code, message)],
            vec![],
        );
    }
    if is_der(input) {
        let field = Field { form: "der", der_octets: Some(input.len()), ..Field::default() };
        let source = Source { field, octets: Some(input.to_vec()), ..Source::default() };
        return (form(InputForm::Der, 0), vec![], vec![source]);
    }
    if pem::has_block(input) {
        let (blocks, ignored) = pem::blocks(input, MAX_VALUES);
        let sources = blocks.into_iter().map(pem_source).collect();
        return (form(InputForm::Pem, ignored), vec![], sources);
    }
    let lines: Vec<(usize, &[u8])> = input
        .split(|&octet| octet == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .enumerate()
        .map(|(index, line)| (index.saturating_add(1), line))
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .collect();
    if lines.is_empty() {
        return (form(InputForm::Empty, 0), vec![DecodeErrorKind::FieldEmpty.into()], vec![]);
    }
    let named: Vec<Line<'_>> =
        lines.iter().filter_map(|(number, line)| Line::read(line, *number)).collect();
    if named.is_empty() {
        return (form(InputForm::Value, 0), vec![], bare_values(input, &lines));
    }
    let mut interesting: Vec<Line<'_>> =
        named.iter().copied().filter(Line::is_interesting).collect();
    // A single line is what somebody wants explained, whatever it is.
    if let ([only], []) = (named.as_slice(), interesting.as_slice()) {
        interesting.push(*only);
    }
    interesting.truncate(MAX_VALUES);
    let mut defects = field_lines::defects(&named, &interesting);
    if interesting.is_empty() {
        defects.push(DecodeErrorKind::FieldAbsent.into());
    }
    let ignored = lines.len().saturating_sub(interesting.len());
    let mut sources: Vec<Source> = interesting.iter().flat_map(line_sources).collect();
    sources.truncate(MAX_VALUES);
    (form(InputForm::FieldLines, ignored), defects, sources)
}

/// A SEQUENCE whose length is no text, or is exactly that of the input.
fn is_der(input: &[u8]) -> bool {
    match input {
        [0x30, length @ 0..=0x7f, ..] => usize::from(*length).saturating_add(2) == input.len(),
        [0x30, ..] => true,
        _ => false,
    }
}

fn pem_source(block: pem::Block) -> Source {
    let field = Field {
        name: Some(block.label),
        line: Some(block.line),
        form: "pem",
        der_octets: block.octets.as_ref().map(Vec::len),
        ..Field::default()
    };
    let mut source = Source { field, octets: block.octets, ..Source::default() };
    if source.octets.is_none() {
        let code = DecodeErrorKind::Base64Alphabet.code();
        let message = "the PEM block has no end, or is no base64";
        source.defects.push(Defect::new(Stage::Base64, code, message));
    }
    source
}

/// Lines without names: one value with line breaks in it, unless each is a Byte Sequence.
fn bare_values(input: &[u8], lines: &[(usize, &[u8])]) -> Vec<Source> {
    let several = lines.len() > 1 && lines.iter().all(|(_, line)| line.starts_with(b":"));
    if several {
        return lines
            .iter()
            .take(MAX_VALUES)
            .map(|(number, line)| {
                let mut source = value_source(line);
                source.field.line = Some(*number);
                source.defects.insert(0, DecodeErrorKind::FieldRepeated.into());
                source
            })
            .collect();
    }
    let mut source = value_source(input.trim_ascii());
    if lines.len() > 1
        && let Some(defect) = source.defects.first_mut()
        && defect.code == DecodeErrorKind::FieldCharacter.code()
    {
        defect.hint = Some("a field value is one line: encode with base64 -w0".into());
    }
    vec![source]
}

/// A line may hold several members; each is explained on its own.
fn line_sources(line: &Line<'_>) -> Vec<Source> {
    let count = members(line.value).count();
    let byte_sequences = line.value.starts_with(b":");
    let mut sources: Vec<Source> = if count > 1 && byte_sequences {
        members(line.value)
            .take(MAX_VALUES)
            .enumerate()
            .map(|(index, member)| {
                let mut source = value_source(member);
                source.field.member = Some(index.saturating_add(1));
                if !line.is_list() {
                    source.defects.insert(0, DecodeErrorKind::FieldRepeated.into());
                }
                source
            })
            .collect()
    } else {
        vec![value_source(line.value)]
    };
    for source in &mut sources {
        source.field.name = Some(line.name.into());
        source.field.line = Some(line.number);
    }
    sources
}

/// One value: steps 1 and 2, and lenient base64 behind them.
fn value_source(value: &[u8]) -> Source {
    let mut source = Source {
        field: Field { form: "other", characters: Some(value.len()), ..Field::default() },
        octets: base64::decode(inner(value)),
        ..Source::default()
    };
    source.form_profile = match value {
        [b':', ..] => Some(Profile::Strict),
        _ if source.octets.is_some() => Some(Profile::Baseline),
        _ => None,
    };
    match source.form_profile {
        Some(Profile::Strict) => source.field.form = "byte-sequence",
        Some(_) => source.field.form = "bare-base64",
        None => {}
    }
    source.field.der_octets = source.octets.as_ref().map(Vec::len);
    let strictly =
        FieldValue::parse(value, AcceptedProfiles::Both).and_then(|parsed| parsed.decode());
    match strictly {
        Ok(octets) => source.octets = Some(octets),
        Err(error) => source.defects.push(error.into()),
    }
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_zero_is_not_der() {
        assert!(is_der(&[0x30, 0x82, 0x01]));
        assert!(is_der(&[0x30, 0x00]));
        assert!(!is_der(b"0AAA"));
        assert!(!is_der(b"MIIB"));
    }
}
