//! What `sign` prints.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use client_cert_envelope::{AcceptedProfiles, FieldName, FieldValue};
use client_cert_inspect::ascii_json;
use client_cert_sign::{SignedHeader, SigningIdentity};
use serde::Serialize;

use crate::args::Out;
use crate::outcome::{Exit, Outcome};
use crate::sign::Statement;
use crate::{hex, time};

/// `--out json`. `audience`, `connection` and `expires` are null in baseline, whose messages do not
/// carry them.
#[derive(Debug, Serialize)]
struct Report<'a> {
    /// Name of the field.
    name: &'a str,
    /// Its value.
    value: &'a str,
    profile: &'static str,
    audience: Option<&'a str>,
    connection: Option<String>,
    signed_at: String,
    expires: Option<String>,
    signer: Signer,
}

#[derive(Debug, Serialize)]
struct Signer {
    key_identifier: String,
    spki_sha256: String,
}

pub(crate) fn outcome(
    out: Out,
    field: &FieldName,
    header: &SignedHeader,
    identity: &SigningIdentity,
    statement: Option<&Statement>,
) -> anyhow::Result<Outcome> {
    let value = header.as_str();
    let text = match out {
        Out::Field => format!("{field}: {value}\n"),
        Out::Value => format!("{value}\n"),
        Out::Der => return Ok(Outcome::octets(message(value)?)),
        Out::Pem => pem(&message(value)?),
        Out::Json => {
            let report = Report {
                name: field.as_str(),
                value,
                profile: header.profile().as_str(),
                audience: statement.map(|stated| stated.audience.as_str()),
                connection: statement.map(|stated| hex::encode(&stated.handshake.connection.0)),
                signed_at: time::rfc3339(header.signed_at()),
                expires: statement.map(|_| time::rfc3339(header.expires())),
                signer: Signer {
                    key_identifier: hex::encode(identity.key_identifier()),
                    spki_sha256: hex::encode(identity.spki_sha256()),
                },
            };
            format!("{}\n", ascii_json(&serde_json::to_string(&report)?))
        }
    };
    Ok(Outcome::text(Exit::Done, text))
}

fn message(value: &str) -> anyhow::Result<Vec<u8>> {
    Ok(FieldValue::parse(value.as_bytes(), AcceptedProfiles::Both)?.decode()?)
}

/// RFC 7468 §9.
fn pem(message: &[u8]) -> String {
    let mut text = String::from("-----BEGIN CMS-----\n");
    let base64 = STANDARD.encode(message);
    for line in base64.as_bytes().chunks(64) {
        text.extend(line.iter().copied().map(char::from));
        text.push('\n');
    }
    text.push_str("-----END CMS-----\n");
    text
}
