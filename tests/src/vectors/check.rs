//! A folder of vectors, run.

use core::fmt;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::format::VectorFile;
use super::run::{Outcome, run};
use super::{SCHEMA_FILE, SPEC_VERSION};

/// What became of the vectors of a folder.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Report {
    /// How many gave the expected verdict with every back end.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
    /// How many the filter left out.
    pub skipped: usize,
    /// Each that was run, in the order of the files.
    pub vectors: Vec<Outcome>,
}

impl Report {
    /// Whether every vector that was run passed.
    pub fn is_success(&self) -> bool {
        self.failed == 0
    }

    /// Those that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Outcome> {
        self.vectors.iter().filter(|outcome| !outcome.passed)
    }
}

/// Why a folder cannot be checked.
#[derive(Debug)]
pub enum CheckError {
    /// There is no vector in it.
    Empty(PathBuf),
    /// Two vectors have this id.
    IdRepeated(String),
    /// It, or a file in it, cannot be read.
    Io(PathBuf, io::Error),
    /// A file is not of the format: a key is unknown or missing, or a value of another type.
    Malformed(PathBuf, serde_json::Error),
    /// This vector is in a file of another stage.
    Misplaced(String),
    /// No id contains the filter.
    NothingSelected(String),
    /// A file is of another version of the specification.
    SpecVersion(PathBuf, u32),
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(folder) => write!(f, "{}: there are no vectors", folder.display()),
            Self::IdRepeated(id) => write!(f, "{id}: two vectors have this id"),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Malformed(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Misplaced(id) => write!(f, "{id}: this vector is in a file of another stage"),
            Self::NothingSelected(filter) => write!(f, "no vector's id contains {filter:?}"),
            Self::SpecVersion(path, version) => {
                write!(f, "{}: version {version}, not {SPEC_VERSION}", path.display())
            }
        }
    }
}

impl core::error::Error for CheckError {}

/// Runs the vectors of every `.json` file of `folder`, or those whose id contains `filter`.
///
/// # Errors
/// [`CheckError`] where the folder cannot be read whole, or nothing is left to run: that is never
/// taken for success.
pub fn check(folder: &Path, filter: Option<&str>) -> Result<Report, CheckError> {
    let mut report = Report { passed: 0, failed: 0, skipped: 0, vectors: Vec::new() };
    let mut ids = HashSet::new();
    for path in vector_files(folder)? {
        let file = read(&path)?;
        let stage = path.file_stem().and_then(|stem| stem.to_str());
        for vector in &file.vectors {
            if vector.id.split_once('/').map(|(stage, _)| stage) != stage {
                return Err(CheckError::Misplaced(vector.id.clone()));
            }
            if !ids.insert(vector.id.clone()) {
                return Err(CheckError::IdRepeated(vector.id.clone()));
            }
            if filter.is_some_and(|filter| !vector.id.contains(filter)) {
                report.skipped += 1;
                continue;
            }
            let outcome = run(vector);
            let count = if outcome.passed { &mut report.passed } else { &mut report.failed };
            *count += 1;
            report.vectors.push(outcome);
        }
    }
    match filter {
        _ if ids.is_empty() => Err(CheckError::Empty(folder.to_owned())),
        Some(filter) if report.vectors.is_empty() => {
            Err(CheckError::NothingSelected(filter.to_owned()))
        }
        _ => Ok(report),
    }
}

fn vector_files(folder: &Path) -> Result<Vec<PathBuf>, CheckError> {
    let unreadable = |error| CheckError::Io(folder.to_owned(), error);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json && path.file_name().is_some_and(|name| name != SCHEMA_FILE) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<VectorFile, CheckError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| CheckError::Io(path.to_owned(), error))?;
    let file: VectorFile = serde_json::from_str(&text)
        .map_err(|error| CheckError::Malformed(path.to_owned(), error))?;
    match file.spec_version {
        SPEC_VERSION => Ok(file),
        version => Err(CheckError::SpecVersion(path.to_owned(), version)),
    }
}
