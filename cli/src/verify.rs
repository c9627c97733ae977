//! `client-cert verify`: what an origin does for each request.

use anyhow::Context as _;
use client_cert_envelope::{BoundRequest, FieldName, Profile};
use client_cert_verify::{HopPeer, Received, Verifier, VerifyError, backend::aws_lc};
use rustls_pki_types::UnixTime;

use crate::args::VerifyArgs;
use crate::input::{self, Input};
use crate::outcome::{Exit, Outcome};
use crate::verify_report::Report;
use crate::{pem_or_der, time, verify_policy, verify_text};

/// Everything read and checked.
struct Plan<'a> {
    verifier: Verifier,
    profile: Profile,
    hop_peer: Option<HopPeer>,
    request: Option<&'a BoundRequest>,
    at: UnixTime,
    field: FieldName,
    input: Input,
}

/// With `--json` there is one object, whatever happens.
pub(crate) fn run(args: &VerifyArgs) -> anyhow::Result<Outcome> {
    let judged = Plan::new(args).map(|plan| plan.judge());
    if !args.json {
        let report = judged?;
        return Ok(match report.exit() {
            Exit::Done => Outcome::text(Exit::Done, verify_text::of(&report)),
            exit => Outcome::complaint(exit, verify_text::of(&report)),
        });
    }
    let report = judged.unwrap_or_else(|problem| Report::cannot_try(args.profile.into(), &problem));
    Ok(Outcome::text(report.exit(), report.to_json()?))
}

impl<'a> Plan<'a> {
    fn new(args: &'a VerifyArgs) -> anyhow::Result<Self> {
        let profile = Profile::from(args.profile);
        let policy = verify_policy::policy(args, profile)?;
        let field = args.field_name.clone().unwrap_or_else(|| FieldName::for_profile(profile));
        let hop_peer = args
            .hop_peer
            .as_deref()
            .map(|path| {
                let peer = pem_or_der::certificate(path, "the proxy's own certificate")?;
                HopPeer::from_certificate(&peer).with_context(|| path.display().to_string())
            })
            .transpose()?;
        Ok(Self {
            verifier: Verifier::new(policy, aws_lc::ALGORITHMS)?,
            profile,
            hop_peer,
            request: args.request.as_ref(),
            at: time::at_or_now(args.at),
            input: Input::parse(&input::read(&args.input)?, &field),
            field,
        })
    }

    fn judge(&self) -> Report {
        let mut received = Received::at(self.at);
        if let Some(peer) = &self.hop_peer {
            received = received.with_hop_peer(peer);
        }
        if let Some(request) = self.request {
            received = received.with_request(request);
        }
        match self.verifier.verify(&self.input.field_lines(&self.field), &received) {
            Ok(verified) => Report::verified(&verified)
                .unwrap_or_else(|identity| Report::without_identity(self.profile, &identity)),
            Err(refused) => Report::refused(self.profile, &refused, self.hint(&refused)),
        }
    }

    /// In words of this command line where there are some, else the library's.
    fn hint(&self, refused: &VerifyError) -> Option<String> {
        let flag = match refused.code() {
            "field-absent" => {
                return Some(format!("the field looked for is {}: --field-name NAME", self.field));
            }
            "absence-refused" => "--allow-absence accepts it, without an identity",
            "field-repeated" if self.input.is_bare() => {
                "each line is a field line: encode in one line, base64 -w0"
            }
            "base64-padding" | "der-truncated" => {
                "the value may be cut off: compare its length with what was sent"
            }
            "chain-not-validated" => {
                "let the proxy validate clients, or judge them here: --client-ca FILE with \
                 --allow-not-validated"
            }
            "client-chain-untrusted" => {
                "--client-ca FILE is the root CA, --client-intermediate FILE what is between"
            }
            "hop-peer-missing" => "--hop-peer FILE, or --allow-unbound-hop",
            "signer-unknown" => {
                "is it the right proxy? A pin is --trust-signer FILE; under --proxy-ca the signer's \
                 certificate comes by --hop-peer, --signer-cert or in the message"
            }
            "signer-not-allowed" => "--signer-name NAME, as in its certificate, or --signer-eku",
            "statement-expired" | "statement-not-yet-valid" => {
                "compare the clocks of proxy and origin; for a value of the past, --at INSTANT"
            }
            "request-not-given" => "--request 'METHOD https://host/path?query', as received",
            _ => return refused.hint().map(String::from),
        };
        Some(flag.into())
    }
}
