//! `client-cert inspect`: what an input is, without a verdict.

use client_cert_inspect::ascii_json;
use rustls_pki_types::UnixTime;

use crate::args::InspectArgs;
use crate::outcome::{Exit, Outcome};
use crate::{input, time};

/// The input, read.
pub(crate) struct Plan {
    octets: Vec<u8>,
    at: UnixTime,
    json: bool,
}

impl Plan {
    pub(crate) fn new(args: &InspectArgs) -> anyhow::Result<Self> {
        let octets = input::read(&args.input)?;
        Ok(Self { octets, at: time::at_or_now(args.at), json: args.json })
    }

    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let report = client_cert_inspect::inspect(&self.octets, Some(self.at.as_secs()));
        let text = if self.json {
            format!("{}\n", ascii_json(&serde_json::to_string_pretty(&report)?))
        } else {
            report.to_text()
        };
        Ok(Outcome::text(Exit::Done, text))
    }
}
