//! `client-cert sign`: what a proxy does for each connection.

use anyhow::Context as _;
use client_cert_envelope::{
    Audience, BoundRequest, ConnectionId, FieldName, KeyAlgorithm, Profile, Resumption, RsaPadding,
    TlsVersion,
};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, ChainValidation, Handshake, HeaderSigner, PeerCertificate, SigningKey,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::args::{ChainArg, Out, PaddingArg, ProtocolArg, SignArgs};
use crate::error::Problem;
use crate::files::KeyPermissions;
use crate::outcome::Outcome;
use crate::{pem_or_der, sign_report, time};

const CLIENT_ALONE: &str = "the client's certificate; --chain takes its intermediates";

/// Everything read and checked.
pub(crate) struct Plan {
    signer: HeaderSigner,
    client: Option<PeerCertificate<'static>>,
    chain: Vec<CertificateDer<'static>>,
    statement: Option<Statement>,
    at: UnixTime,
    field: FieldName,
    out: Out,
}

/// What strict says beside the certificate.
pub(crate) struct Statement {
    pub(crate) audience: Audience,
    pub(crate) handshake: Handshake,
    validation: ChainValidation,
    request: Option<BoundRequest>,
}

impl Plan {
    pub(crate) fn new(args: &SignArgs) -> anyhow::Result<Self> {
        let profile = Profile::from(args.profile);
        check_profile(args, profile)?;
        let statement = match profile {
            Profile::Baseline => None,
            _ => Some(Statement::new(args)?),
        };
        let client = args
            .client
            .as_deref()
            .map(|path| {
                let certificate = pem_or_der::certificate(path, CLIENT_ALONE)?;
                let peer = PeerCertificate::assert_from_tls_handshake(&certificate)
                    .with_context(|| path.display().to_string())?;
                anyhow::Ok(peer.into_owned())
            })
            .transpose()?;
        let field = args.field_name.clone().unwrap_or_else(|| FieldName::for_profile(profile));
        Ok(Self {
            signer: signer(args, profile)?,
            chain: chain(args, client.as_ref())?,
            client,
            statement,
            at: time::at_or_now(args.at),
            field,
            out: args.out,
        })
    }

    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let header = self.signer.sign(&self.assertion()?, self.at)?;
        sign_report::outcome(
            self.out,
            &self.field,
            &header,
            self.signer.identity(),
            self.statement.as_ref(),
        )
    }

    fn assertion(&self) -> anyhow::Result<Assertion<'_>> {
        let assertion = match (&self.client, &self.statement) {
            (Some(client), None) => Assertion::baseline(client),
            (Some(client), Some(stated)) => Assertion::certificate(
                client,
                stated.validation,
                &stated.audience,
                stated.handshake,
            ),
            (None, Some(stated)) => Assertion::absence(&stated.audience, stated.handshake),
            (None, None) => return Err(baseline_refuses("--absent").into()),
        };
        let assertion = match self.statement.as_ref().and_then(|stated| stated.request.as_ref()) {
            Some(request) => assertion.with_request(request)?,
            None => assertion,
        };
        Ok(assertion.with_client_chain(&self.chain)?)
    }
}

impl Statement {
    fn new(args: &SignArgs) -> anyhow::Result<Self> {
        let audience = args.audience.as_deref().ok_or_else(|| {
            Problem::new("audience-missing", "a strict statement is for one audience")
                .with_hint("--audience ID, the id of one service, agreed between proxy and origin")
        })?;
        let connection = match args.connection {
            Some(connection) => connection,
            None => random_connection()?,
        };
        Ok(Self {
            audience: Audience::new(audience)?,
            handshake: Handshake {
                protocol: args.protocol.map_or(TlsVersion::Tls13, ProtocolArg::into),
                resumption: if args.resumed { Resumption::Resumed } else { Resumption::Full },
                connection,
            },
            validation: args.client_chain.map_or(ChainValidation::Validated, ChainArg::into),
            request: args.request.clone(),
        })
    }
}

/// Flags that would have no effect are refused, not ignored.
fn check_profile(args: &SignArgs, profile: Profile) -> anyhow::Result<()> {
    if profile != Profile::Baseline {
        return Ok(());
    }
    if args.audience.is_some() {
        return Err(client_cert_verify::ConfigError::BaselineAudience.into());
    }
    let strict_only = [
        (args.absent, "--absent"),
        (args.lifetime.is_some(), "--lifetime"),
        (args.hop.is_some(), "--hop"),
        (args.request.is_some(), "--request"),
        (args.client_chain.is_some(), "--client-chain"),
        (args.protocol.is_some(), "--protocol"),
        (args.resumed, "--resumed"),
        (args.connection.is_some(), "--connection"),
    ];
    match strict_only.into_iter().find(|(given, _)| *given) {
        Some((_, flag)) => Err(baseline_refuses(flag).into()),
        None => Ok(()),
    }
}

fn baseline_refuses(flag: &str) -> Problem {
    let message = format!("baseline messages carry no statement, so {flag} would have no effect");
    Problem::new("baseline-statement", message)
        .with_hint(format!("leave {flag} out, or use --profile strict"))
}

fn signer(args: &SignArgs, profile: Profile) -> anyhow::Result<HeaderSigner> {
    let permissions =
        if args.allow_readable_key { KeyPermissions::Any } else { KeyPermissions::OwnerOnly };
    let key_file = || args.key.display().to_string();
    let key = pem_or_der::private_key(&args.key, permissions)?;
    let key = aws_lc::LocalKey::from_der(&key).with_context(key_file)?;
    let is_rsa = key.algorithm().key() == KeyAlgorithm::Rsa;
    let key = match (args.padding.map(PaddingArg::into), profile) {
        (Some(padding), _) => key.with_rsa_padding(padding).with_context(key_file)?,
        (None, Profile::Baseline) if is_rsa => key.with_rsa_padding(RsaPadding::Pkcs1)?,
        (None, _) => key,
    };

    let certificates = pem_or_der::certificates(&args.signer)?;
    let (certificate, intermediates) = certificates
        .split_first()
        .ok_or_else(|| Problem::file(format!("{}: no certificate", args.signer.display())))?;
    let both = || format!("{} with {}", args.signer.display(), args.key.display());
    let new = match profile {
        Profile::Baseline => HeaderSigner::baseline,
        _ => HeaderSigner::strict,
    };
    let mut signer = new(certificate, Box::new(key), aws_lc::VERIFIER).with_context(both)?;
    if let Some(lifetime) = args.lifetime {
        signer = signer.with_lifetime(lifetime).context("--lifetime")?;
    }
    if args.embed_signer {
        signer = signer
            .with_embedded_signer(intermediates)
            .with_context(|| args.signer.display().to_string())?;
    }
    if let Some(path) = &args.hop {
        let hop = pem_or_der::certificate(path, "the proxy's own certificate")?;
        signer = signer.with_hop(&hop).with_context(|| path.display().to_string())?;
    }
    Ok(signer)
}

fn chain(
    args: &SignArgs,
    client: Option<&PeerCertificate<'_>>,
) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let mut chain = Vec::new();
    for path in &args.chain {
        for certificate in pem_or_der::certificates(path)? {
            if client.is_some_and(|client| *client.certificate() == certificate) {
                let message = format!("{}: holds the client's own certificate", path.display());
                return Err(Problem::file(message)
                    .with_hint("--chain takes its intermediates only")
                    .into());
            }
            chain.push(certificate);
        }
    }
    Ok(chain)
}

fn random_connection() -> anyhow::Result<ConnectionId> {
    let mut octets = [0; 16];
    getrandom::fill(&mut octets)
        .map_err(|_| Problem::new("random", "the system's random generator failed"))?;
    Ok(ConnectionId(octets))
}
