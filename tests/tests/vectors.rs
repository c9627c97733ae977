//! The vectors, and what holds of all of them.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use client_cert_tests::vectors::format::{Vector, VectorFile, Verdict};
use client_cert_tests::vectors::{self, CheckError, SCHEMA_FILE};
use client_cert_verify::VerifyError;
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors")
}

/// Every vector on disk, in the order of the files.
static ON_DISK: LazyLock<Vec<Vector>> = LazyLock::new(|| {
    let files = json_files().into_iter().filter(|(name, _)| name != SCHEMA_FILE);
    files.flat_map(|(_, text)| serde_json::from_str::<VectorFile>(&text).unwrap().vectors).collect()
});

fn json_files() -> BTreeMap<String, String> {
    let paths = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// A folder with one vector, changed.
fn folder_with(id: &str, change: impl FnOnce(&mut Value)) -> tempfile::TempDir {
    let (stage, _) = id.split_once('/').unwrap();
    let text = fs::read_to_string(folder().join(format!("{stage}.json"))).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let all = file["vectors"].as_array_mut().unwrap();
    all.retain(|vector| vector["id"] == id);
    assert_eq!(all.len(), 1, "{id}");
    change(&mut file);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{stage}.json")), file.to_string()).unwrap();
    folder
}

#[test]
fn all_vectors_pass_on_both_back_ends() {
    let report = vectors::check(&folder(), None).unwrap();
    let failures: Vec<String> = report.failures().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(report.is_success());
    assert_eq!(report.passed, ON_DISK.len());
    for outcome in &report.vectors {
        let backends: Vec<&str> = outcome.observed.iter().map(|seen| seen.backend).collect();
        assert_eq!(backends, ["aws-lc-rs", "rustcrypto"], "{}", outcome.id);
    }
}

#[test]
fn regenerating_gives_identical_bytes() {
    let (on_disk, generated) = (json_files(), vectors::generate());
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&on_disk), names(&generated));
    for (name, text) in generated {
        assert!(on_disk[&name] == text, "{name} differs: run `client-cert vectors generate`");
        assert!(text.ends_with("}\n") && !text.contains('\r'), "{name}");
    }
}

#[test]
fn every_code_has_a_vector() {
    let covered: BTreeSet<(String, String)> = ON_DISK
        .iter()
        .filter_map(|vector| vector.expect.stage.clone().zip(vector.expect.code.clone()))
        .collect();
    let missing: Vec<_> = codes_of_the_verifier().difference(&covered).cloned().collect();
    assert!(missing.is_empty(), "the verifier refuses with {missing:?}, and no vector shows it");
    let missing: Vec<_> = codes_of_the_specification().difference(&covered).cloned().collect();
    assert!(missing.is_empty(), "section 16.2 has {missing:?}, and no vector shows it");
}

#[test]
fn the_verifier_has_the_codes_of_the_specification() {
    assert_eq!(codes_of_the_verifier(), codes_of_the_specification());
}

fn codes_of_the_verifier() -> BTreeSet<(String, String)> {
    VerifyError::all_codes().map(|(stage, code)| (stage.to_string(), code.to_owned())).collect()
}

/// The table of section 16.2: `| stage | code | meaning |`.
fn codes_of_the_specification() -> BTreeSet<(String, String)> {
    let text = fs::read_to_string(folder().join("../docs/spec.md")).unwrap();
    let section = text.split("### 16.2").nth(1).unwrap().split("### 16.3").next().unwrap();
    let codes: BTreeSet<(String, String)> = section
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
            let code = |cell: &str| cell.strip_prefix('`')?.strip_suffix('`').map(str::to_owned);
            code(cells.next()?).zip(code(cells.next()?))
        })
        .collect();
    assert!(codes.len() > 90, "{}", codes.len());
    codes
}

#[test]
fn every_refusal_has_a_verifying_twin() {
    let by_id: HashMap<&str, &Vector> = ON_DISK.iter().map(|v| (v.id.as_str(), v)).collect();
    for vector in ON_DISK.iter() {
        let id = &vector.id;
        match (vector.expect.verdict, vector.twin.as_deref()) {
            (Verdict::Verified, twin) => assert_eq!(twin, None, "{id}"),
            (Verdict::Refused, twin) => {
                let twin = by_id[twin.expect(id)];
                assert_eq!(twin.expect.verdict, Verdict::Verified, "{id}");
                assert_eq!(twin.policy, vector.policy, "{id} and {}", twin.id);
                assert_eq!(twin.field_name, vector.field_name, "{id} and {}", twin.id);
                assert!(
                    circumstances(twin) != circumstances(vector),
                    "{id} and {} differ in nothing but the verdict",
                    twin.id
                );
            }
        }
    }
}

/// Everything that a verdict depends on beside the policy.
fn circumstances(vector: &Vector) -> impl PartialEq + '_ {
    let Vector { field_lines, now, hop_peer, request, replay_store, backend, .. } = vector;
    (field_lines, now, hop_peer, request, replay_store, backend)
}

#[test]
fn vectors_match_their_schema() {
    let schema: Value = serde_json::from_str(&json_files()[SCHEMA_FILE]).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (name, text) in json_files() {
        if name == SCHEMA_FILE {
            continue;
        }
        let file: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&file)
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert!(errors.is_empty(), "{name}: {}", errors.join("\n"));
    }
}

#[test]
fn the_schema_describes_every_key_and_allows_no_other() {
    fn walk(at: &str, schema: &Value) {
        match schema {
            Value::Object(object) => {
                if let Some(properties) = object.get("properties").filter(|_| at != "/oneOf") {
                    assert_eq!(object["additionalProperties"], json!(false), "{at}");
                    let keys: Vec<&String> = properties.as_object().unwrap().keys().collect();
                    let required: Vec<&str> = object["required"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .flat_map(Value::as_str)
                        .collect();
                    assert_eq!(keys, required, "{at}");
                    for (key, value) in properties.as_object().unwrap() {
                        assert!(value["description"].is_string(), "{at}: {key}");
                    }
                }
                object.iter().for_each(|(key, value)| walk(&format!("/{key}"), value));
            }
            Value::Array(values) => values.iter().for_each(|value| walk(at, value)),
            _ => {}
        }
    }
    walk("", &serde_json::from_str(&json_files()[SCHEMA_FILE]).unwrap());
}

#[test]
fn ids_are_unique_and_name_their_stage() {
    let mut ids = BTreeSet::new();
    for vector in ON_DISK.iter() {
        assert!(ids.insert(&vector.id), "{} is there twice", vector.id);
        let (stage, _) = vector.id.split_once('/').unwrap();
        assert_eq!(stage, vector.expect.stage.as_deref().unwrap_or("accept"), "{}", vector.id);
    }
}

#[test]
fn there_are_at_least_sixty() {
    assert!(ON_DISK.len() >= 60, "{}", ON_DISK.len());
}

#[test]
fn an_unknown_field_is_refused() {
    let places: [fn(&mut Value) -> &mut Value; 6] = [
        |file| file,
        |file| &mut file["vectors"][0],
        |file| &mut file["vectors"][0]["policy"],
        |file| &mut file["vectors"][0]["policy"]["signers"][0],
        |file| &mut file["vectors"][0]["policy"]["client"],
        |file| &mut file["vectors"][0]["expect"],
    ];
    for (index, place) in places.into_iter().enumerate() {
        let folder =
            folder_with("accept/strict-p256", |file| place(file)["tolerant"] = json!(true));
        let error = vectors::check(folder.path(), None).unwrap_err();
        assert!(matches!(error, CheckError::Malformed(..)), "{index}: {error}");
    }
}

#[test]
fn a_vector_whose_expectation_is_wrong_fails() {
    let refused = "cms/no-signer";
    let accepted = "accept/strict-p256";
    type Change = fn(&mut Value);
    let wrong: [(&str, Change); 7] = [
        (refused, |expect| expect["code"] = json!("signer-unknown")),
        (refused, |expect| expect["stage"] = json!("signature")),
        (refused, |expect| {
            let text = fs::read_to_string(folder().join("accept.json")).unwrap();
            let file: Value = serde_json::from_str(&text).unwrap();
            *expect = file["vectors"][0]["expect"].clone();
        }),
        (accepted, |expect| expect["signer"] = json!("somebody")),
        (accepted, |expect| expect["valid_until"] = json!(1)),
        (accepted, |expect| expect["client"]["subject"] = json!("CN=mallory")),
        (accepted, |expect| {
            *expect = json!({ "verdict": "refused", "stage": "signature",
                "code": "signature-invalid", "client": null, "signer": null, "valid_until": null });
        }),
    ];
    for (index, (id, change)) in wrong.into_iter().enumerate() {
        let folder = folder_with(id, |file| change(&mut file["vectors"][0]["expect"]));
        let report = vectors::check(folder.path(), None).unwrap();
        assert_eq!((report.passed, report.failed), (0, 1), "{index}: {id}");
        assert!(!report.is_success());
    }
}

#[test]
fn a_vector_whose_policy_is_refused_fails() {
    let folder = folder_with("accept/strict-p256", |file| {
        file["vectors"][0]["policy"]["audiences"] = json!([]);
    });
    let report = vectors::check(folder.path(), None).unwrap();
    let text = report.failures().next().unwrap().to_string();
    assert!(text.contains("config/audience-missing"), "{text}");
}

#[test]
fn nothing_to_run_is_an_error() {
    let empty = tempfile::tempdir().unwrap();
    let refused = |folder: &Path, filter| vectors::check(folder, filter).unwrap_err();
    assert!(matches!(refused(empty.path(), None), CheckError::Empty(_)));
    assert!(matches!(refused(&empty.path().join("missing"), None), CheckError::Io(..)));
    assert!(matches!(refused(&folder(), Some("no-such-vector")), CheckError::NothingSelected(_)));
    let without = folder_with("accept/strict-p256", |file| file["vectors"] = json!([]));
    assert!(matches!(refused(without.path(), None), CheckError::Empty(_)));
}

#[test]
fn a_folder_with_a_file_of_another_version_or_stage_is_refused() {
    let later = folder_with("accept/strict-p256", |file| file["spec_version"] = json!(2));
    let error = vectors::check(later.path(), None).unwrap_err();
    assert!(matches!(error, CheckError::SpecVersion(_, 2)), "{error}");
    let misplaced = folder_with("accept/strict-p256", |file| {
        file["vectors"][0]["id"] = json!("cms/strict-p256");
    });
    let error = vectors::check(misplaced.path(), None).unwrap_err();
    assert!(matches!(error, CheckError::Misplaced(_)), "{error}");
    let repeated = folder_with("accept/strict-p256", |file| {
        let vector = file["vectors"][0].clone();
        file["vectors"].as_array_mut().unwrap().push(vector);
    });
    let error = vectors::check(repeated.path(), None).unwrap_err();
    assert!(matches!(error, CheckError::IdRepeated(_)), "{error}");
}

#[test]
fn a_filter_selects_by_id_and_a_report_is_json() {
    let report = vectors::check(&folder(), Some("internal/")).unwrap();
    assert_eq!((report.passed, report.failed), (2, 0));
    assert_eq!(report.skipped, ON_DISK.len() - 2);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["passed"], 2);
    assert_eq!(json["vectors"][0]["id"], "internal/algorithm-unavailable");
    assert_eq!(json["vectors"][0]["observed"][1]["backend"], "rustcrypto");
    assert_eq!(json["vectors"][0]["observed"][1]["verdict"], "refused");
}
