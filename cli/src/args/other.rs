//! The small subcommands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use rustls_pki_types::UnixTime;

use super::{examples, parse};

/// Explain a field, a dump of request fields, or a PEM or DER file
///
/// Recognises the client-certificate fields in use and takes them apart. Nothing it prints is
/// verified: it makes no trust decision and needs no configuration.
#[derive(Args, Debug)]
#[command(after_help = examples::INSPECT)]
pub(crate) struct InspectArgs {
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Compare times with this instant, such as 2026-11-21T12:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339", value_parser = parse::instant)]
    pub(crate) at: Option<UnixTime>,

    /// The field: its value, or whole `Name: value` lines; @FILE reads a file (PEM and DER too), -
    /// standard input
    #[arg(value_name = "VALUE|@FILE|-", default_value = "-")]
    pub(crate) input: OsString,
}

/// Print the policy entry of a proxy's certificate or public key
///
/// For each certificate and public key: what identifies it (subject key identifier, SHA-256 of the
/// SPKI), its names and its validity, as an entry of a policy file in TOML. Keys that may
/// not sign are refused, with the reason.
#[derive(Args, Debug)]
#[command(after_help = examples::PIN)]
pub(crate) struct PinArgs {
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Certificates and public keys, PEM or DER
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

/// Generate or check the test vectors
///
/// A vector is a field with what surrounds it and the verdict a verifier must reach. They are the
/// same bytes each time they are generated.
#[derive(Args, Debug)]
#[command(after_help = examples::VECTORS)]
pub(crate) struct VectorsArgs {
    #[command(subcommand)]
    pub(crate) command: VectorsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VectorsCommand {
    /// Write all vectors into a directory
    Generate {
        /// Where to
        #[arg(value_name = "DIR", default_value = "vectors")]
        directory: PathBuf,
    },
    /// Verify every vector of a directory and compare the verdicts
    ///
    /// Exit status: 0 all as expected, 1 some not, 2 could not try.
    Check {
        /// Where from
        #[arg(value_name = "DIR", default_value = "vectors")]
        directory: PathBuf,

        /// Only vectors whose id contains this
        #[arg(long, value_name = "TEXT")]
        filter: Option<String>,

        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
}

/// Print the completion script of a shell
#[derive(Args, Debug)]
#[command(after_help = examples::COMPLETIONS)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Write the manual pages into a directory
#[derive(Args, Debug)]
#[command(after_help = examples::MAN)]
pub(crate) struct ManArgs {
    /// Where to; made if missing
    #[arg(value_name = "DIR")]
    pub(crate) directory: PathBuf,
}
