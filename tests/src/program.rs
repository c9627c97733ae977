//! Programs of others, found in PATH and run in a folder of the test's own.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

/// A program that is installed.
#[derive(Clone, Debug)]
pub struct Program {
    name: String,
    path: PathBuf,
}

/// The program, or none where it is not installed: the test then returns, and its name is shown as
/// skipped. With CI set in the environment nothing may be skipped, and the test fails.
pub fn require(name: &str) -> Option<Program> {
    let Some(path) = find(name) else {
        let thread = std::thread::current();
        let skipped =
            format!("SKIPPED: {}: {name} is not installed", thread.name().unwrap_or("a test"));
        assert!(environment("CI").is_none(), "{skipped}, and CI must skip nothing");
        announce(&skipped);
        return None;
    };
    Some(Program { name: name.to_owned(), path })
}

/// Says a line once per test binary. It goes past libtest, which hides what passing tests print.
pub fn announce(line: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().expect("no panic while held").insert(line.to_owned()) {
        writeln!(std::io::stderr(), "{line}").expect("stderr is open");
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = environment("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

#[expect(clippy::disallowed_methods, reason = "what is installed, and whether CI runs, is there")]
fn environment(variable: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}

impl Program {
    /// What it says when asked for its version so; shown too, once per test binary.
    pub fn version(&self, argument: &str) -> String {
        let output = self.run(Path::new("."), [argument], b"");
        let version = String::from_utf8_lossy(&output).trim().to_owned();
        announce(&format!("{}: {version}", self.path.display()));
        version
    }

    /// Runs it in `folder`, where it must succeed, and returns what it wrote to standard output.
    pub fn run<A: AsRef<OsStr>>(
        &self,
        folder: &Path,
        arguments: impl IntoIterator<Item = A>,
        input: &[u8],
    ) -> Vec<u8> {
        self.attempt(folder, arguments, input).expect_success()
    }

    /// Runs it in `folder`, however that ends.
    pub fn attempt<A: AsRef<OsStr>>(
        &self,
        folder: &Path,
        arguments: impl IntoIterator<Item = A>,
        input: &[u8],
    ) -> Ran {
        let mut command = Command::new(&self.path);
        command.args(arguments).current_dir(folder);
        Ran::new(&self.name, command, input)
    }
}

/// A finished run. Its `Display` is what a failing test should show.
#[derive(Debug)]
pub struct Ran {
    line: String,
    output: Output,
}

impl Ran {
    fn new(name: &str, mut command: Command, input: &[u8]) -> Self {
        let mut line = name.to_owned();
        for argument in command.get_args() {
            write!(line, " {}", argument.display()).expect("a String takes all");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{line}: {error}"));
        let mut stdin = child.stdin.take().expect("piped above");
        let output = std::thread::scope(|scope| {
            // A program that does not read its input closes the pipe, which is no failure.
            scope.spawn(move || drop(stdin.write_all(input)));
            child.wait_with_output().unwrap_or_else(|error| panic!("{line}: {error}"))
        });
        Self { line, output }
    }

    /// Whether it exited with status 0.
    pub fn succeeded(&self) -> bool {
        self.output.status.success()
    }

    /// What it wrote to standard output, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    /// What it wrote to standard output; fails the test if it did not exit with status 0.
    pub fn expect_success(self) -> Vec<u8> {
        assert!(self.succeeded(), "{self}");
        self.output.stdout
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "`{}` ended with {}", self.line, self.output.status)?;
        for (name, stream) in [("stdout", &self.output.stdout), ("stderr", &self.output.stderr)] {
            let text = String::from_utf8_lossy(stream);
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_command_status_and_output() {
        let Some(shell) = find("sh") else { return };
        let shell = Program { name: "sh".into(), path: shell };
        let ran = shell.attempt(Path::new("."), ["-c", "cat; echo oops >&2; exit 3"], b"in");
        assert!(!ran.succeeded());
        let shown = ran.to_string();
        for part in ["sh -c cat;", "exit status: 3", "--- stdout\nin", "--- stderr\noops"] {
            assert!(shown.contains(part), "{shown}");
        }
    }

    #[test]
    fn a_program_that_reads_nothing_is_not_waited_for() {
        let Some(shell) = find("sh") else { return };
        let shell = Program { name: "sh".into(), path: shell };
        assert_eq!(shell.run(Path::new("."), ["-c", "echo"], &vec![0; 1 << 20]), b"\n");
    }

    #[test]
    fn what_is_not_in_path_is_not_found() {
        assert_eq!(find("no such program"), None);
    }
}
