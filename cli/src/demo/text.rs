//! The report for people: what was set up, what was verified, what was refused.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use client_cert_verify::{Verified, VerifiedSigner};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

use super::attacks::{Attack, Verdict};
use super::genuine::Row;
use super::report::Report;
use super::scene::{AUDIENCE, Scene};
use crate::verify_report::Report as VerifyReport;
use crate::{escape, verify_text};

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// Columns where the output goes to no terminal: none of the tables is wider.
const WIDTH: u16 = 124;

/// Columns from which on the attacks are not wrapped, so that their names can be a column.
const WIDE: u16 = 122;

/// What the columns of the table before it mean.
const KINDS: &str = "
pinned    the origin knows the proxy's certificate
proxy CA  it knows a CA of proxies, and which names may sign
absence   the proxy signed that its client showed no certificate
baseline  what `openssl cms` makes, here with PKCS #1 padding; elsewhere RSA has PSS
length    in characters; the times are medians of this machine and build
";

/// The words that rows of the tables can start with, and how they look.
const VERDICTS: [(&str, Style); 4] =
    [("verified", GOOD), ("refused", GOOD), ("PASSED", BAD), ("FAILED", BAD)];

pub(super) fn of(scene: &Scene, report: &Report) -> anyhow::Result<String> {
    let mut text = String::new();
    heading(&mut text, "A throw-away PKI, made just now and kept in memory only");
    text += &set_up(scene);
    heading(&mut text, "Genuine messages, signed and verified");
    text += &genuine(report);
    text += KINDS;
    heading(&mut text, "One of them on its way, and what the origin learns from it");
    text += &example(report)?;
    heading(&mut text, "Attacks, each made from a request that the same origin has just accepted");
    text += &attacks(report);
    text.push('\n');
    for failure in report.failures() {
        let failure = escape::text(&failure);
        let _unfailing: std::fmt::Result = writeln!(text, "{BAD}failed:{BAD:#} {failure}");
    }
    text += &summary(report);
    Ok(text)
}

fn heading(text: &mut String, heading: &str) {
    let gap = if text.is_empty() { "" } else { "\n" };
    let _unfailing: std::fmt::Result = writeln!(text, "{gap}{HEADING}{heading}{HEADING:#}\n");
}

fn set_up(scene: &Scene) -> String {
    let pki = &scene.pki;
    let mut table = table(["", "key", "certificate", "part"]);
    let octets = |length: usize| format!("{length} octets");
    for (authority, part) in
        [(&pki.client_ca, "certifies clients"), (&pki.proxy_ca, "certifies proxies")]
    {
        let length = authority.certificate().len();
        table.add_row([authority.name, "P-256", &octets(length), part]);
    }
    let proxies = pki.proxies.iter().map(|proxy| (proxy, "a proxy"));
    for (entity, part) in proxies.chain([
        (&pki.edge, "a proxy, which the attacks aim at"),
        (&pki.legacy, "a proxy, signs as openssl does"),
        (&pki.alice, "a client"),
        (&pki.mallory, "a client, and the attacker"),
    ]) {
        let length = entity.certificate.len();
        table.add_row([&entity.name, entity.kind.name(), &octets(length), part]);
    }
    format!("{}\n\nThe origin is the service {AUDIENCE}.\n", table.trim_fmt())
}

fn genuine(report: &Report) -> String {
    let mut table =
        table(["verdict", "key", "kind", "length", "client", "signer", "sign", "verify"]);
    for row in &report.genuine {
        let (verdict, client, signer) = match &row.verdict {
            Ok(verified) => ("verified", client(verified), signer(verified).name().into()),
            Err(error) => ("FAILED", format!("{}/{}", error.stage(), error.code()), String::new()),
        };
        table.add_row([
            verdict,
            row.key,
            row.kind.describe(),
            &row.value.len().to_string(),
            &client,
            &escape::text(&signer),
            &microseconds(row.signing),
            &microseconds(row.verifying),
        ]);
    }
    for index in [3, 6, 7] {
        if let Some(column) = table.column_mut(index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    with_verdicts(&table)
}

fn client(verified: &Verified) -> String {
    match verified {
        Verified::NoCertificate(_) => "none".into(),
        Verified::Certificate(client) => match client.identity() {
            Ok(identity) => escape::name(&identity.subject),
            Err(error) => error.to_string(),
        },
    }
}

const fn signer(verified: &Verified) -> &VerifiedSigner {
    match verified {
        Verified::Certificate(client) => client.signer(),
        Verified::NoCertificate(absence) => absence.signer(),
    }
}

fn microseconds(duration: Duration) -> String {
    format!("{} µs", duration.as_micros())
}

/// The first message, and the verdict as `client-cert verify` words it.
fn example(report: &Report) -> anyhow::Result<String> {
    let Some((row, verified)) =
        report.genuine.iter().find_map(|row| Some((row, row.verdict.as_ref().ok()?)))
    else {
        return Ok("none was verified\n".into());
    };
    let report = verify_text::of(&VerifyReport::verified(verified)?);
    Ok(format!("{}\n\n{report}", field_line(row)))
}

/// The field, without the middle of its value.
fn field_line(row: &Row) -> String {
    let Row { field, value, .. } = row;
    let end = value.len().saturating_sub(16);
    match (value.get(..32), value.get(end..)) {
        (Some(first), Some(last)) => {
            format!("{field}: {first}…{last} ({} characters)", value.len())
        }
        _ => format!("{field}: {value}"),
    }
}

fn attacks(report: &Report) -> String {
    let mut table = table(["verdict", "attack", "refused at"]);
    let names = report.attacks.iter().map(|(attack, _)| attack.name.len()).max();
    let names = names.filter(|_| width() >= WIDE).unwrap_or_default();
    for (attack, verdict) in &report.attacks {
        let (word, place) = match verdict {
            Verdict::Refused => ("refused", format!("{}/{}", attack.stage, attack.code)),
            Verdict::Passed => ("PASSED", "-".into()),
            Verdict::RefusedElsewhere(error) | Verdict::GenuineRefused(error) => {
                ("FAILED", format!("{}/{}", error.stage(), error.code()))
            }
        };
        table.add_row([word, &described(attack, names), &place]);
    }
    // A script can take them from the ends of a line: they are never wrapped.
    for index in [0, 2] {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    with_verdicts(&table)
}

/// Name and action, the name as wide as all `names`.
fn described(Attack { name, action, .. }: &Attack, names: usize) -> String {
    format!("{:names$} {action}", format!("{name}:"), names = names.saturating_add(1))
}

fn summary(report: &Report) -> String {
    let (verified, refused) = (report.verified(), report.refused());
    let counts = format!("{verified} genuine messages verified, {refused} attacks refused");
    let failed = match report.failures().len() {
        0 => String::new(),
        count => format!(", {BAD}{count} not as they must be{BAD:#}"),
    };
    let style = if failed.is_empty() { GOOD } else { Style::new() };
    format!(
        "{style}{counts}{style:#}{failed}\n\
         Not stopped: a compromised proxy. Whoever has its key can vouch for any client, within the\n\
         services and client CAs that its entry allows, until the origin no longer trusts it.\n"
    )
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width())
        .set_header(header);
    for (index, column) in table.column_iter_mut().enumerate() {
        let gap = if index.saturating_add(1) < N { 2 } else { 0 };
        column.set_padding((0, gap));
    }
    table
}

fn width() -> u16 {
    terminal_size::terminal_size_of(io::stdout()).map_or(WIDTH, |(width, _)| width.0)
}

/// The table with its verdicts styled: they start their lines, and nothing else does.
fn with_verdicts(table: &Table) -> String {
    let mut text = String::new();
    for line in table.trim_fmt().lines() {
        let styled = VERDICTS.iter().find_map(|(word, style)| {
            let rest = line.strip_prefix(word)?;
            Some(format!("{style}{word}{style:#}{rest}"))
        });
        text += styled.as_deref().unwrap_or(line);
        text.push('\n');
    }
    text
}
