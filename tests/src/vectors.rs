//! Test vectors: made by the forging kit, judged by the real verifier, and kept in `vectors/`.
//!
//! [`generate`] makes every file, the same bytes each time; [`check`] reads a folder and runs what
//! is in it. `vectors/README.md` explains the format to implementers in other languages.

mod cases;
mod check;
mod configure;
pub mod format;
mod run;
mod scene;
mod sent;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

pub use check::{CheckError, Report, check};
pub use run::{Observation, Outcome, Seen, run};

use format::{Vector, VectorFile};

/// Version of the specification that the vectors are of.
pub const SPEC_VERSION: u32 = 1;

/// Name of the schema in a folder of vectors.
pub const SCHEMA_FILE: &str = "schema.json";

/// Written by hand: it is the documentation of the format.
const SCHEMA: &str = include_str!("../../vectors/schema.json");

/// Every file of the folder by name, the schema included.
pub fn generate() -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, Vec<Vector>> = BTreeMap::new();
    for vector in cases::all() {
        let (stage, _) = vector.id.split_once('/').expect("an id has a stage");
        groups.entry(stage.to_owned()).or_default().push(vector);
    }
    let mut files = BTreeMap::from([(SCHEMA_FILE.to_owned(), SCHEMA.to_owned())]);
    for (stage, vectors) in groups {
        let file = VectorFile {
            description: describe(&stage),
            schema: SCHEMA_FILE.to_owned(),
            spec_version: SPEC_VERSION,
            vectors,
        };
        let text = serde_json::to_string_pretty(&file).expect("the format is plain data");
        files.insert(format!("{stage}.json"), text + "\n");
    }
    files
}

/// Writes every file into `folder`, which is made where it is missing.
///
/// # Errors
/// What the file system says.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in generate() {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn describe(stage: &str) -> String {
    match stage {
        "accept" => "Messages that a verifier accepts.".to_owned(),
        _ => format!("Messages that a verifier refuses at stage `{stage}`."),
    }
}
