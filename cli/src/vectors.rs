//! `client-cert vectors`: the project's test vectors, made and run.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use client_cert_inspect::ascii_json;
use client_cert_tests::vectors::{self, CheckError, Report};
use comfy_table::{CellAlignment, Table, presets};

use crate::args::VectorsCommand;
use crate::error::Problem;
use crate::escape;
use crate::outcome::{Exit, Outcome};

const PASSED: Style = AnsiColor::Green.on_default().bold();
const FAILED: Style = AnsiColor::Red.on_default().bold();

pub(crate) fn run(command: &VectorsCommand) -> anyhow::Result<Outcome> {
    match command {
        VectorsCommand::Generate { directory } => generate(directory),
        VectorsCommand::Check { directory, filter, json } => {
            let report = vectors::check(directory, filter.as_deref())
                .map_err(|error| problem(&error, directory))?;
            let text = if *json {
                format!("{}\n", ascii_json(&serde_json::to_string_pretty(&report)?))
            } else {
                summary(&report)
            };
            let exit = if report.is_success() { Exit::Done } else { Exit::Refused };
            Ok(Outcome::text(exit, text))
        }
    }
}

fn generate(directory: &Path) -> anyhow::Result<Outcome> {
    vectors::write(directory).with_context(|| directory.display().to_string())?;
    let name = escape::text(&directory.display().to_string());
    Ok(Outcome::text(Exit::Done, format!("vectors written to {name}\n")))
}

fn problem(error: &CheckError, directory: &Path) -> Problem {
    let problem = Problem::new("vectors", error.to_string());
    match error {
        CheckError::Empty(_) | CheckError::Io(..) => {
            problem.with_hint(format!("client-cert vectors generate {}", directory.display()))
        }
        CheckError::NothingSelected(_) => {
            problem.with_hint("an id is stage/what-is-wrong, such as signature/digest-mismatch")
        }
        _ => problem.with_hint("make them anew: client-cert vectors generate"),
    }
}

/// A row for each stage in the order of the files, then what failed, then the count.
fn summary(report: &Report) -> String {
    let mut rows: Vec<(&str, usize, usize)> = Vec::new();
    for vector in &report.vectors {
        let stage = vector.id.split('/').next().unwrap_or_default();
        if rows.last().is_none_or(|(last, ..)| *last != stage) {
            rows.push((stage, 0, 0));
        }
        if let Some((_, passed, failed)) = rows.last_mut() {
            let count = if vector.passed { passed } else { failed };
            *count = count.saturating_add(1);
        }
    }
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(["stage", "passed", "failed"]);
    for (stage, passed, failed) in rows {
        table.add_row([escape::text(stage), passed.to_string(), failed.to_string()]);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if index > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }

    let mut text = format!("{}\n\n", table.trim_fmt());
    for vector in report.failures() {
        let line = escape::text(&vector.to_string());
        let _unfailing: std::fmt::Result = writeln!(text, "{FAILED}failed:{FAILED:#} {line}");
    }
    let skipped = match report.skipped {
        0 => String::new(),
        count => format!(", {count} left out by the filter"),
    };
    let style = if report.is_success() { PASSED } else { FAILED };
    let counts = format!("{} passed, {} failed", report.passed, report.failed);
    text + &format!("{style}{counts}{style:#}{skipped}\n")
}
