//! What can be typed. Names and meanings are a promise to scripts.

mod examples;
mod other;
mod parse;
mod sign;
mod verify;

use clap::{Parser, Subcommand};

pub(crate) use other::{
    CompletionsArgs, InspectArgs, ManArgs, PinArgs, VectorsArgs, VectorsCommand,
};
pub(crate) use sign::{ChainArg, Out, PaddingArg, ProtocolArg, SignArgs};
pub(crate) use verify::{EkuArg, VerifyArgs};

/// Signs, verifies and inspects TLS client certificates in HTTP fields.
///
/// A reverse proxy that ends mutual TLS signs its client's certificate into one field of the
/// request; the server behind it verifies that field. This program does both by hand, and explains
/// what it is given.
///
/// Exit status: 0 done, or verified; 1 refused; 2 could not try (usage, file, configuration).
#[derive(Debug, Parser)]
#[command(
    name = "client-cert",
    version,
    max_term_width = 100,
    after_help = examples::TOP,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Sign(Box<SignArgs>),
    Verify(Box<VerifyArgs>),
    Inspect(InspectArgs),
    Pin(PinArgs),
    Vectors(VectorsArgs),
    /// Show it all at work: sign, verify, and attack, with a PKI made for the occasion
    ///
    /// Makes keys and certificates of every kind, signs and verifies genuine messages, and sends
    /// the origin forged ones. It needs no file, no network and no configuration, and leaves nothing
    /// behind. Exit status: 0 all as it must be, 1 an attack passed or a genuine message was
    /// refused, 2 could not try.
    #[command(after_help = examples::DEMO)]
    Demo,
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// The two forms of a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
pub(crate) enum ProfileArg {
    /// With audience, lifetime and statement: the default
    Strict,
    /// What `openssl cms -sign -binary -nodetach` makes: no audience, no statement
    Baseline,
}

impl From<ProfileArg> for client_cert_verify::Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Strict => Self::Strict,
            ProfileArg::Baseline => Self::Baseline,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }
}
