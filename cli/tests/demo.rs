//! The demonstration shows what it promises.

use std::collections::HashSet;
use std::io;
use std::process::{Command, Output};

use client_cert_verify::VerifyError;

fn demo(arguments: &[&str]) -> io::Result<Output> {
    let program = env!("CARGO_BIN_EXE_client-cert");
    Command::new(program).arg("demo").args(arguments).output()
}

#[test]
fn every_attack_is_refused_at_a_place_of_its_own() {
    let output = demo(&[]).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(output.stderr.is_empty());

    let places: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("refused "))
        .map(|line| line.split_whitespace().last().unwrap())
        .collect();
    assert!(places.len() >= 10, "{text}");
    assert_eq!(places.iter().collect::<HashSet<_>>().len(), places.len(), "{text}");
    let known: HashSet<String> =
        VerifyError::all_codes().map(|(stage, code)| format!("{stage}/{code}")).collect();
    assert!(places.iter().all(|place| known.contains(*place)), "{text}");

    let verified = text.lines().filter(|line| line.starts_with("verified ")).count();
    let counts = format!(
        "{verified} genuine messages verified, {} attacks refused\nNot stopped: ",
        places.len()
    );
    assert!(text.contains(&counts), "{text}");
}

#[test]
fn every_kind_of_key_signs_in_every_way() {
    let text = String::from_utf8(demo(&[]).unwrap().stdout).unwrap();
    let rows: HashSet<(&str, &str)> = text
        .lines()
        .filter(|line| line.starts_with("verified "))
        .map(|line| {
            let mut columns = line.split("  ").map(str::trim).filter(|column| !column.is_empty());
            (columns.nth(1).unwrap(), columns.next().unwrap())
        })
        .collect();
    for key in ["P-256", "P-384", "Ed25519", "RSA-2048"] {
        for kind in ["pinned", "proxy CA", "absence"] {
            assert!(rows.contains(&(key, kind)), "{key} {kind}\n{text}");
        }
    }
    assert!(rows.contains(&("RSA-2048", "baseline")), "{text}");
}

#[test]
fn the_pki_is_another_each_time_and_no_key_is_shown() {
    let [first, second] =
        [demo(&[]).unwrap(), demo(&[]).unwrap()].map(|o| String::from_utf8(o.stdout).unwrap());
    let identifiers = |text: &str| -> HashSet<String> {
        let of_keys = text.lines().filter(|line| line.contains("SPKI SHA-256"));
        of_keys.map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(identifiers(&first).len(), 2, "{first}");
    assert!(identifiers(&first).is_disjoint(&identifiers(&second)));
    assert!(!first.contains("PRIVATE KEY") && !first.contains('\u{1b}'));
}

#[test]
fn it_takes_no_arguments() {
    let output = demo(&["--fast"]).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}
