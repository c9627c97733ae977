//! Answers to command lines that ask for help, or that cannot be parsed.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::escape;

/// Prints help or the usage error. A value of a request that looks like `--help` must not make
/// `verify` exit 0, which means verified: there, help beside other arguments is a usage error.
pub(crate) fn answer(error: &clap::Error) -> ExitCode {
    let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let verifies = arguments.first().is_some_and(|command| command == "verify");
    if is_help && !(verifies && arguments.len() > 2) {
        // A reader that went away wanted no more of it.
        let _gone: std::io::Result<()> = error.print();
        return ExitCode::SUCCESS;
    }
    if is_help {
        anstream::eprintln!(
            "error: help was asked for beside other arguments; nothing was verified"
        );
        anstream::eprintln!(
            "hint: a value of a request goes to standard input: client-cert verify … -"
        );
        return ExitCode::from(2);
    }
    // The message repeats arguments, which may come from a request.
    for line in error.render().to_string().lines() {
        anstream::eprintln!("{}", escape::text(line).replace("\\\\", "\\"));
    }
    ExitCode::from(2)
}
