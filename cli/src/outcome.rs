//! What a command leaves behind: output and exit status. Written in one place.

use std::io::{self, ErrorKind, IsTerminal as _, Write};

use crate::error;

/// Exit statuses, as documented.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Exit {
    /// Verified, or done.
    Done,
    /// Refused.
    Refused,
    /// Usage, file or configuration.
    CannotTry,
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::CannotTry => 2,
        }
    }
}

/// The end of a command.
#[derive(Debug)]
pub(crate) struct Outcome {
    exit: Exit,
    output: Output,
}

#[derive(Debug)]
enum Output {
    /// Binary, to standard output.
    Octets(Vec<u8>),
    /// To standard error, styled.
    Complaint(String),
    /// To standard output, styled.
    Text(String),
}

impl Outcome {
    pub(crate) const fn text(exit: Exit, text: String) -> Self {
        Self { exit, output: Output::Text(text) }
    }

    pub(crate) const fn octets(octets: Vec<u8>) -> Self {
        Self { exit: Exit::Done, output: Output::Octets(octets) }
    }

    pub(crate) const fn complaint(exit: Exit, text: String) -> Self {
        Self { exit, output: Output::Complaint(text) }
    }

    pub(crate) fn cannot_try(error: &anyhow::Error) -> Self {
        Self::complaint(Exit::CannotTry, error::text(error))
    }

    /// Writes the output and says with which status to exit. A reader that has seen enough is no
    /// failure: the status stays what it is.
    pub(crate) fn emit(self) -> u8 {
        let written = match &self.output {
            Output::Complaint(text) => anstream::stderr().write_all(text.as_bytes()),
            Output::Text(text) => write_all(&mut anstream::stdout(), text.as_bytes()),
            Output::Octets(octets) => write_binary(octets),
        };
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                let problem = anyhow::Error::new(error).context("standard output");
                let complaint = error::text(&problem);
                // With standard error gone as well there is nobody left to tell.
                drop(anstream::stderr().write_all(complaint.as_bytes()));
                Exit::CannotTry.into()
            }
            _ => self.exit.into(),
        }
    }
}

fn write_binary(octets: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout();
    if stdout.is_terminal() {
        return Err(io::Error::other(
            "this is a terminal, and the output is binary: redirect it, or use --out pem",
        ));
    }
    write_all(&mut stdout, octets)
}

fn write_all(to: &mut dyn Write, octets: &[u8]) -> io::Result<()> {
    to.write_all(octets)?;
    to.flush()
}
