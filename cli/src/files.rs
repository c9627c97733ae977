//! Files and standard input, read within bounds.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::Problem;

/// Largest file read: thousands of certificates.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Largest standard input read: the fields of any request.
const MAX_STDIN: u64 = 1024 * 1024;

/// Whose permissions a file with a private key may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KeyPermissions {
    /// Anybody's.
    Any,
    /// Its owner's only.
    OwnerOnly,
}

/// Reads a file that may not be empty.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let octets = read_opened(path, open(path)?)?;
    if octets.is_empty() {
        return Err(empty(path, "a certificate begins -----BEGIN CERTIFICATE-----").into());
    }
    Ok(octets)
}

/// Reads a file that may be empty.
pub(crate) fn read_input(path: &Path) -> anyhow::Result<Vec<u8>> {
    read_opened(path, open(path)?)
}

/// Reads a file with a private key, if nobody else can.
pub(crate) fn read_secret(
    path: &Path,
    permissions: KeyPermissions,
) -> anyhow::Result<Zeroizing<Vec<u8>>> {
    let file = open(path)?;
    if permissions == KeyPermissions::OwnerOnly {
        check_owner_only(path, &file)?;
    }
    // Room for all of it beforehand, so that no copy of the key is left behind by growing.
    let expected = file.metadata().map_or(0, |metadata| metadata.len().min(MAX_FILE));
    let room = usize::try_from(expected).unwrap_or_default().saturating_add(1);
    let mut octets = Zeroizing::new(Vec::with_capacity(room));
    read_bounded(file, MAX_FILE, &mut octets, path)?;
    if octets.is_empty() {
        return Err(empty(path, "a key begins -----BEGIN PRIVATE KEY-----").into());
    }
    Ok(octets)
}

/// Reads standard input.
pub(crate) fn read_stdin() -> anyhow::Result<Vec<u8>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(Problem::new("input", "there is no field: standard input is a terminal")
            .with_hint("give the field as an argument, as @FILE, or pipe it in")
            .into());
    }
    let mut octets = Vec::new();
    read_bounded(stdin.lock(), MAX_STDIN, &mut octets, Path::new("standard input"))?;
    Ok(octets)
}

fn open(path: &Path) -> anyhow::Result<File> {
    let file = File::open(path).map_err(|error| io_problem(path, &error))?;
    let metadata = file.metadata().map_err(|error| io_problem(path, &error))?;
    if metadata.is_dir() {
        let message = format!("{}: this is a directory", path.display());
        return Err(Problem::file(message).with_hint("name a file in it").into());
    }
    Ok(file)
}

fn read_opened(path: &Path, file: File) -> anyhow::Result<Vec<u8>> {
    let mut octets = Vec::new();
    read_bounded(file, MAX_FILE, &mut octets, path)?;
    Ok(octets)
}

fn read_bounded(from: impl Read, most: u64, into: &mut Vec<u8>, path: &Path) -> anyhow::Result<()> {
    let read = from
        .take(most.saturating_add(1))
        .read_to_end(into)
        .map_err(|error| io_problem(path, &error))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > most {
        let message = format!("{}: more than {most} octets", path.display());
        return Err(Problem::file(message)
            .with_hint("this cannot be what is wanted here: check the name")
            .into());
    }
    Ok(())
}

fn empty(path: &Path, hint: &str) -> Problem {
    Problem::file(format!("{}: the file is empty", path.display())).with_hint(hint)
}

fn io_problem(path: &Path, error: &io::Error) -> Problem {
    let (what, hint) = match error.kind() {
        ErrorKind::NotFound => ("there is no such file", "check the name"),
        ErrorKind::PermissionDenied => {
            ("no permission to read it", "ask its owner, or run as them")
        }
        _ => {
            let message = format!("{}: {error}", path.display());
            return Problem::file(message).with_hint("check the file");
        }
    };
    Problem::file(format!("{}: {what}", path.display())).with_hint(hint)
}

/// Judges the file that is open, so that it cannot be exchanged in between.
#[cfg(unix)]
fn check_owner_only(path: &Path, file: &File) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = file.metadata().map_err(|error| io_problem(path, &error))?.permissions().mode();
    if mode & 0o077 != 0 {
        let message = format!(
            "{}: others than its owner have permissions on this private key (mode {:04o})",
            path.display(),
            mode & 0o7777
        );
        let hint = format!("chmod 600 {}, or --allow-readable-key", path.display());
        return Err(Problem::new("key-permissions", message).with_hint(hint).into());
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_owner_only(_: &Path, _: &File) -> anyhow::Result<()> {
    Ok(())
}
