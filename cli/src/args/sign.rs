//! `client-cert sign`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args, ValueEnum};
use client_cert_envelope::{BoundRequest, ConnectionId, FieldName, RsaPadding, TlsVersion};
use client_cert_sign::ChainValidation;
use rustls_pki_types::UnixTime;

use super::{ProfileArg, examples, parse};

/// Sign a client's certificate into a field, as a proxy does
///
/// Prints the field line for one client certificate, or for the statement that a client presented
/// none. The clock is read only where --at is absent, and the connection id is random unless
/// --connection is given.
#[derive(Args, Debug)]
#[command(
    after_help = examples::SIGN,
    group = ArgGroup::new("subject").required(true)
)]
pub(crate) struct SignArgs {
    /// The proxy's certificate, PEM or DER. Further certificates in the file are its
    /// intermediates, which --embed-signer sends along
    #[arg(long, value_name = "FILE")]
    pub(crate) signer: PathBuf,

    /// The proxy's private key: PKCS#8, SEC1 or PKCS#1, unencrypted, PEM or DER. Nobody but its
    /// owner may have any permission on the file
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,

    /// The client's certificate, and nothing else in the file
    #[arg(long, value_name = "FILE", group = "subject")]
    pub(crate) client: Option<PathBuf>,

    /// State that the client presented no certificate
    #[arg(long, group = "subject", conflicts_with_all = ["chain", "client_chain"])]
    pub(crate) absent: bool,

    /// The id of the service this is for, agreed with its operator: from the route's
    /// configuration, never from the request's Host. Strict only, and required there
    #[arg(long, value_name = "ID")]
    pub(crate) audience: Option<String>,

    /// The form of the message
    #[arg(long, value_enum, default_value_t = ProfileArg::Strict)]
    pub(crate) profile: ProfileArg,

    /// How long the statement holds, at most 1h [default: 300s]
    #[arg(long, value_name = "DURATION", value_parser = parse::duration)]
    pub(crate) lifetime: Option<Duration>,

    /// Intermediates that the client sent, for origins that build its path themselves. Repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) chain: Vec<PathBuf>,

    /// Put the proxy's certificate into the message, for origins that trust a CA of proxies
    #[arg(long)]
    pub(crate) embed_signer: bool,

    /// The certificate with which the proxy authenticates to the origin, where that is not the
    /// signing one
    #[arg(long, value_name = "FILE")]
    pub(crate) hop: Option<PathBuf>,

    /// Bind the statement to one request, as it is sent upstream: 'GET https://host/path?query'
    #[arg(long, value_name = "REQUEST", value_parser = parse::request)]
    pub(crate) request: Option<BoundRequest>,

    /// Whether the proxy itself validated the client's certificate chain [default: validated]
    #[arg(long, value_enum, value_name = "RESULT")]
    pub(crate) client_chain: Option<ChainArg>,

    /// TLS version between client and proxy [default: 1.3]
    #[arg(long, value_enum, value_name = "VERSION")]
    pub(crate) protocol: Option<ProtocolArg>,

    /// The client's TLS connection resumed an earlier session
    #[arg(long)]
    pub(crate) resumed: bool,

    /// The connection id, 32 hexadecimal digits [default: random]
    #[arg(long, value_name = "HEX", value_parser = parse::connection)]
    pub(crate) connection: Option<ConnectionId>,

    /// Sign at this instant, such as 2026-11-21T12:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339", value_parser = parse::instant)]
    pub(crate) at: Option<UnixTime>,

    /// Padding of an RSA signature in baseline [default: pkcs1, as OpenSSL; strict always has pss]
    #[arg(long, value_enum)]
    pub(crate) padding: Option<PaddingArg>,

    /// Name of the field [default: Signed-Client-Cert, in baseline Client-Cert]
    #[arg(long, value_name = "NAME", value_parser = parse::field_name)]
    pub(crate) field_name: Option<FieldName>,

    /// What to print
    #[arg(long, value_enum, default_value_t = Out::Field)]
    pub(crate) out: Out,

    /// Use the key though others than its owner may read the file
    #[arg(long)]
    pub(crate) allow_readable_key: bool,
}

/// What `sign` prints.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Out {
    /// "Name: value"
    Field,
    /// The value alone
    Value,
    /// The CMS message, binary
    Der,
    /// The CMS message as PEM, for openssl
    Pem,
    /// One JSON object: name, value, profile, audience, connection, signed_at, expires, signer
    Json,
}

/// `--client-chain`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ChainArg {
    /// It built a path to its client CAs
    Validated,
    /// It did not, or without success
    NotValidated,
}

impl From<ChainArg> for ChainValidation {
    fn from(chain: ChainArg) -> Self {
        match chain {
            ChainArg::Validated => Self::Validated,
            ChainArg::NotValidated => Self::NotValidated,
        }
    }
}

/// `--protocol`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ProtocolArg {
    /// TLS 1.2
    #[value(name = "1.2")]
    Tls12,
    /// TLS 1.3
    #[value(name = "1.3")]
    Tls13,
}

impl From<ProtocolArg> for TlsVersion {
    fn from(protocol: ProtocolArg) -> Self {
        match protocol {
            ProtocolArg::Tls12 => Self::Tls12,
            ProtocolArg::Tls13 => Self::Tls13,
        }
    }
}

/// `--padding`.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum PaddingArg {
    /// RSASSA-PSS
    Pss,
    /// RSASSA-PKCS1-v1_5
    Pkcs1,
}

impl From<PaddingArg> for RsaPadding {
    fn from(padding: PaddingArg) -> Self {
        match padding {
            PaddingArg::Pss => Self::Pss,
            PaddingArg::Pkcs1 => Self::Pkcs1,
        }
    }
}
