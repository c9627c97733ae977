//! `client-cert`: sign, verify and inspect Signed-Client-Cert fields.
//!
//! Every subcommand goes parse, plan, run: [`args`] is what was typed, a plan is what it means with
//! its files read and its configuration checked, and running a plan yields an [`outcome::Outcome`].
//! Nothing is printed and no exit status is chosen anywhere but here and in [`outcome`].

mod args;
mod completions;
mod demo;
mod error;
mod escape;
mod files;
mod hex;
mod input;
mod inspect;
mod outcome;
mod pem_or_der;
mod pin;
mod pin_report;
mod sign;
mod sign_report;
mod time;
mod usage;
mod vectors;
mod verify;
mod verify_policy;
mod verify_report;
mod verify_text;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Arguments, Command};
use crate::outcome::Outcome;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error),
    };
    let outcome = run(arguments.command).unwrap_or_else(|error| Outcome::cannot_try(&error));
    ExitCode::from(outcome.emit())
}

fn run(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Sign(args) => sign::Plan::new(&args)?.run(),
        Command::Verify(args) => verify::run(&args),
        Command::Inspect(args) => inspect::Plan::new(&args)?.run(),
        Command::Pin(args) => pin::Plan::new(&args)?.run(),
        Command::Vectors(args) => vectors::run(&args.command),
        Command::Demo => demo::run(),
        Command::Completions(args) => completions::script(&args),
        Command::Man(args) => completions::man_pages(&args),
    }
}
