//! `client-cert verify`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use client_cert_envelope::{BoundRequest, FieldName};
use client_cert_verify::ClientEku;
use rustls_pki_types::UnixTime;

use super::{ProfileArg, examples, parse};

/// Verify a field, as an origin does
///
/// Prints who the client is, or why the field is refused and what to do about it. Exit status: 0
/// verified, 1 refused, 2 could not try.
#[derive(Args, Debug)]
#[command(after_help = examples::VERIFY)]
pub(crate) struct VerifyArgs {
    /// Trust the proxy with this certificate or public key, PEM or DER. Repeatable
    #[arg(long, value_name = "FILE", conflicts_with = "proxy_ca")]
    pub(crate) trust_signer: Vec<PathBuf>,

    /// Trust the proxies that this CA certified, as far as --signer-name and --signer-eku say.
    /// Repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) proxy_ca: Vec<PathBuf>,

    /// A DNS name or URI of a proxy that may sign, compared literally. Repeatable
    #[arg(long, value_name = "NAME", requires = "proxy_ca", conflicts_with = "trust_signer")]
    pub(crate) signer_name: Vec<String>,

    /// Only certificates with the extended key usage for signing client certificates may sign
    #[arg(long, requires = "proxy_ca", conflicts_with = "trust_signer")]
    pub(crate) signer_eku: bool,

    /// A proxy's certificate, for proxies that do not send theirs. It is trusted for nothing by
    /// itself. Repeatable
    #[arg(long, value_name = "FILE", requires = "proxy_ca", conflicts_with = "trust_signer")]
    pub(crate) signer_cert: Vec<PathBuf>,

    /// An id of this origin. Strict only, and required there. Repeatable
    #[arg(long, value_name = "ID")]
    pub(crate) audience: Vec<String>,

    /// The form of the messages that are accepted
    #[arg(long, value_enum, default_value_t = ProfileArg::Strict)]
    pub(crate) profile: ProfileArg,

    /// A CA of clients. Without one, the proxy's validation of the client's chain is trusted.
    /// Repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) client_ca: Vec<PathBuf>,

    /// An intermediate CA of clients, for proxies that send none. Repeatable
    #[arg(long, value_name = "FILE", requires = "client_ca")]
    pub(crate) client_intermediate: Vec<PathBuf>,

    /// What the client certificate's extended key usage must say [default: if-present]
    #[arg(long, value_enum, value_name = "RULE", requires = "client_ca")]
    pub(crate) client_eku: Option<EkuArg>,

    /// Accept the statement that the client presented no certificate
    #[arg(long)]
    pub(crate) allow_absence: bool,

    /// Accept clients whose chain the proxy did not validate, and judge it by --client-ca
    #[arg(long)]
    pub(crate) allow_not_validated: bool,

    /// The certificate of the TLS peer that the request came from
    #[arg(long, value_name = "FILE")]
    pub(crate) hop_peer: Option<PathBuf>,

    /// Accept messages over any connection: whoever gets hold of one can use it until it expires
    #[arg(long)]
    pub(crate) allow_unbound_hop: bool,

    /// The request as received: 'GET https://host/path?query'
    #[arg(long, value_name = "REQUEST", value_parser = parse::request)]
    pub(crate) request: Option<BoundRequest>,

    /// Refuse messages that are not bound to their request
    #[arg(long)]
    pub(crate) require_request: bool,

    /// Strict: the longest lifetime accepted [default: 600s]. Baseline: the oldest age accepted
    /// [default: 300s]. At most 1h
    #[arg(long, value_name = "DURATION", value_parser = parse::duration)]
    pub(crate) max_age: Option<Duration>,

    /// How far the clocks of proxy and origin may differ, at most 5m [default: 30s]
    #[arg(long, value_name = "DURATION", value_parser = parse::duration)]
    pub(crate) skew: Option<Duration>,

    /// Name of the field [default: Signed-Client-Cert, in baseline Client-Cert]
    #[arg(long, value_name = "NAME", value_parser = parse::field_name)]
    pub(crate) field_name: Option<FieldName>,

    /// Verify at this instant, such as 2026-11-21T12:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339", value_parser = parse::instant)]
    pub(crate) at: Option<UnixTime>,

    /// Print one JSON object, whatever the verdict
    #[arg(long)]
    pub(crate) json: bool,

    /// The field: its value, or whole `Name: value` lines; @FILE reads a file, - standard input
    #[arg(value_name = "VALUE|@FILE|-", default_value = "-")]
    pub(crate) input: OsString,
}

/// `--client-eku`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum EkuArg {
    /// It must be there and say clientAuth
    Required,
    /// It must say clientAuth if it is there, as TLS stacks demand
    IfPresent,
    /// Anything
    Any,
}

impl From<EkuArg> for ClientEku {
    fn from(eku: EkuArg) -> Self {
        match eku {
            EkuArg::Required => Self::Required,
            EkuArg::IfPresent => Self::IfPresent,
            EkuArg::Any => Self::Any,
        }
    }
}
