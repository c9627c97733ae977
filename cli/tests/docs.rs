//! Runs what the documents tell people to type: every `sh` block of a document, in order, in one
//! empty folder, with this build of the program in PATH.
//!
//! A block must succeed, or, marked `sh fails`, fail. A block marked `text output` says what the
//! block before it prints: the parts between `…` must occur, in this order.

#![cfg(unix)] // sh
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a panic of a test's helpers is its failure"
)]

use std::path::{Path, PathBuf};

use client_cert_tests::program;

struct Block {
    /// Where its first command is.
    line: usize,
    must_fail: bool,
    commands: String,
    outputs: Vec<String>,
}

#[test]
fn openssl() {
    run("openssl.md", &["openssl", "base64"]);
}

#[test]
fn proxy_certificates() {
    run("proxy-certificates.md", &["openssl"]);
}

fn run(document: &str, programs: &[&str]) {
    let Some(shell) = program::require("sh") else { return };
    if programs.iter().any(|name| program::require(name).is_none()) {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(document);
    let text = std::fs::read_to_string(&path).unwrap();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_client-cert"));
    let folder = tempfile::tempdir().unwrap();
    let blocks = blocks(&text);
    assert!(!blocks.is_empty(), "{document} has nothing to run");
    for block in blocks {
        let script = format!("exec 2>&1; PATH=$0:$PATH; export PATH\n{}", block.commands);
        let arguments = ["-euc", &script, program.parent().unwrap().to_str().unwrap()];
        let ran = shell.attempt(folder.path(), arguments, b"");
        let place = format!("docs/{document}:{}", block.line);
        assert_eq!(!ran.succeeded(), block.must_fail, "{place}: {ran}");
        for expected in block.outputs {
            assert!(occurs(&expected, &ran.text()), "{place}: expected\n{expected}\n{ran}");
        }
    }
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = document.lines().zip(2..);
    while let Some((fence, line)) = lines.next() {
        let Some(info) = fence.strip_prefix("```") else { continue };
        let inside = lines.by_ref().map(|(text, _)| text).take_while(|text| *text != "```");
        let text = inside.map(|text| format!("{text}\n")).collect();
        match info {
            "sh" | "sh fails" => blocks.push(Block {
                line,
                must_fail: info == "sh fails",
                commands: text,
                outputs: Vec::new(),
            }),
            "text output" => blocks.last_mut().expect("a block to print it").outputs.push(text),
            _ => {}
        }
    }
    blocks
}

/// Whether the parts of `expected` between `…` occur in `output`, in this order. White space at the
/// end of a line, which nobody sees, does not count.
fn occurs(expected: &str, output: &str) -> bool {
    let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let (expected, output) = (trimmed(expected), trimmed(output));
    let mut rest = output.as_str();
    expected.split('…').map(|part| part.trim_matches('\n')).all(|part| {
        let found = rest.split_once(part);
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

#[test]
fn output_is_compared_part_by_part_and_in_order() {
    assert!(occurs("a\n…\nc\n", "a \nb\nc\n"));
    assert!(!occurs("c\n…\na\n", "a\nb\nc\n"));
    assert!(!occurs("a\nc\n", "a\nb\nc\n"));
    assert!(occurs("key = \"…\"", "key = \"0a\""));
}
