//! `client-cert completions` and `client-cert man`.

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::args::{Arguments, CompletionsArgs, ManArgs};
use crate::outcome::{Exit, Outcome};

pub(crate) fn script(args: &CompletionsArgs) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(args.shell, &mut command, "client-cert", &mut script);
    Ok(Outcome::text(Exit::Done, String::from_utf8(script)?))
}

pub(crate) fn man_pages(args: &ManArgs) -> anyhow::Result<Outcome> {
    let directory = || args.directory.display().to_string();
    std::fs::create_dir_all(&args.directory).with_context(directory)?;
    clap_mangen::generate_to(Arguments::command(), &args.directory).with_context(directory)?;
    Ok(Outcome::text(Exit::Done, String::new()))
}
