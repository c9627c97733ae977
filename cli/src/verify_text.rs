//! The verdict for people. Everything that a message or a certificate says is escaped.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use client_cert_envelope::ClientChain;

use crate::verify_report::{Certificate, Report, San, Statement, Verdict};
use crate::{error, escape};

const VERIFIED: Style = AnsiColor::Green.on_default().bold();

pub(crate) fn of(report: &Report) -> String {
    let verdict = match report.verdict {
        Verdict::Verified => return verified(report),
        Verdict::Refused => "refused",
        Verdict::Error => "error",
    };
    let (stage, code) = (report.stage.unwrap_or_default(), report.code.unwrap_or_default());
    error::complaint(verdict, stage, code, &report.message, report.hint.as_deref())
}

fn verified(report: &Report) -> String {
    let mut text = Lines::default();
    let certificate = report.client.as_ref().and_then(|client| client.certificate.as_ref());
    let who = certificate
        .map_or_else(|| "no client certificate".into(), |client| escape::name(&client.subject));
    text.0 = format!("{VERIFIED}verified:{VERIFIED:#} {who}\n");
    if let Some(certificate) = certificate {
        client(&mut text, certificate);
    }
    if let Some(signer) = &report.signer {
        text.line("signer", &escape::text(&signer.name));
        text.line("", &format!("SPKI SHA-256 {}", signer.spki_sha256));
    }
    match &report.statement {
        Some(stated) => statement(&mut text, stated),
        None => text.line("statement", "none: baseline, so for any origin that trusts the signer"),
    }
    if let Some(valid_until) = &report.valid_until {
        text.line("rely on it", &format!("until {valid_until}"));
    }
    text.0
}

fn client(text: &mut Lines, client: &Certificate) {
    text.line("issuer", &escape::name(&client.issuer));
    text.line("serial", &client.serial);
    for (index, San { kind, value }) in client.sans.iter().enumerate() {
        let label = if index == 0 { "names" } else { "" };
        text.line(label, &format!("{kind} {}", escape::text(value)));
    }
    text.line("validity", &format!("{} to {}", client.not_before, client.not_after));
    text.line("certificate", &format!("SHA-256 {}", client.sha256));
    text.line("", &format!("SPKI SHA-256 {}", client.spki_sha256));
    text.line(
        "chain",
        match client.chain {
            "verified" => "verified here, to a client CA",
            _ => "NOT checked here: the proxy's validation is trusted (no --client-ca)",
        },
    );
}

fn statement(text: &mut Lines, stated: &Statement) {
    text.line("audience", &escape::text(&stated.audiences.join(", ")));
    text.line("signed", &format!("{}, expires {}", stated.signed_at, stated.expires));
    let handshake = if stated.resumed { ", resumed" } else { "" };
    text.line("connection", &format!("{}, TLS {}{handshake}", stated.connection, stated.protocol));
    if stated.client_chain != ClientChain::None.as_str() {
        text.line("by the proxy", &format!("client chain {}", stated.client_chain));
    }
    if let Some(hop) = &stated.hop {
        text.line("hop", &format!("SPKI SHA-256 {hop}"));
    }
    if let Some(request) = &stated.request {
        text.line("request", &format!("SHA-256 {request}"));
    }
    if stated.evidence.certificates > 0 {
        text.line("sent along", &format!("{} certificates", stated.evidence.certificates));
    }
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, label: &str, value: &str) {
        let _unfailing: std::fmt::Result = writeln!(self.0, "  {label:<13} {value}");
    }
}
