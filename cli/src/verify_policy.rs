//! The policy that the flags of `client-cert verify` spell.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use client_cert_envelope::Certificate;
use client_cert_envelope::{Audience, Profile};
use client_cert_verify::{
    AbsencePolicy, AllowedName, AuthorizedBy, ClientAnchors, ClientTrust, ConfigError, HopPolicy,
    PinnedSigner, PinnedSigners, Policy, ProxyCa, RequestPolicy, SignerTrust, UnvalidatedChain,
};
use rustls_pki_types::CertificateDer;

use crate::args::{EkuArg, VerifyArgs};
use crate::error::Problem;
use crate::pem_or_der::{self, SignerFile};

pub(crate) fn policy(args: &VerifyArgs, profile: Profile) -> anyhow::Result<Policy> {
    check_profile(args, profile)?;
    let audiences: Vec<Audience> =
        args.audience.iter().map(|audience| Audience::new(audience)).collect::<Result<_, _>>()?;
    let mut policy = Policy::new(signer_trust(args, profile)?, audiences, client_trust(args)?)?;
    if args.allow_absence {
        policy = policy.with_absence(AbsencePolicy::Accept);
    }
    if args.allow_unbound_hop {
        policy = policy.with_hop(HopPolicy::AllowUnbound);
    }
    if args.require_request {
        policy = policy.with_request(RequestPolicy::Require)?;
    }
    if let Some(age) = args.max_age {
        policy = match profile {
            Profile::Baseline => policy.with_max_age(age)?,
            _ => policy.with_max_lifetime(age)?,
        };
    }
    if let Some(skew) = args.skew {
        policy = policy.with_skew(skew)?;
    }
    Ok(policy)
}

/// Flags that would have no effect are refused, not ignored.
fn check_profile(args: &VerifyArgs, profile: Profile) -> anyhow::Result<()> {
    let about_statements = [
        (args.allow_absence, "--allow-absence"),
        (args.allow_not_validated, "--allow-not-validated"),
        (args.request.is_some(), "--request"),
        (args.require_request, "--require-request"),
    ];
    match about_statements.into_iter().find(|(given, _)| *given) {
        Some((_, flag)) if profile == Profile::Baseline => {
            let message =
                format!("baseline messages carry no statement, so {flag} would have no effect");
            Err(Problem::new("baseline-statement", message)
                .with_hint(format!("leave {flag} out, or use --profile strict"))
                .into())
        }
        _ => Ok(()),
    }
}

fn signer_trust(args: &VerifyArgs, profile: Profile) -> anyhow::Result<SignerTrust> {
    if args.proxy_ca.is_empty() {
        let signers = PinnedSigners::new(pinned(&args.trust_signer, profile)?)?;
        return Ok(SignerTrust::Pinned(signers));
    }
    let names: Vec<AllowedName> =
        args.signer_name.iter().map(|name| allowed_name(name)).collect::<Result<_, _>>()?;
    let authorized_by = match (names.is_empty(), args.signer_eku) {
        (false, false) => AuthorizedBy::Names(names),
        (false, true) => AuthorizedBy::NamesAndSigningEku(names),
        (true, true) => AuthorizedBy::SigningEku,
        (true, false) => {
            let message = "every certificate of the proxy CA could sign for any client";
            return Err(Problem::new("proxy-ca-unrestricted", message)
                .with_hint("--signer-name NAME, --signer-eku, or both")
                .into());
        }
    };
    let anchors =
        certificates(&args.proxy_ca, |own| ProxyCa::new(own, AuthorizedBy::SigningEku).map(drop))?;
    let proxy_ca = ProxyCa::new(anchors, authorized_by)?
        .with_signer_certificates(certificates(&args.signer_cert, |_| Ok(()))?)?
        .with_profile(profile);
    Ok(SignerTrust::ProxyCa(proxy_ca))
}

fn pinned(paths: &[PathBuf], profile: Profile) -> anyhow::Result<Vec<PinnedSigner>> {
    let mut signers = Vec::new();
    for path in paths {
        let name = signer_name(path, paths);
        let objects = pem_or_der::public_objects(path)?;
        let several = objects.len() > 1;
        for object in objects {
            // The file of a TLS server has its CA behind the leaf; as a pin it could sign for anyone.
            if let SignerFile::Certificate(der) = &object
                && several
                && Certificate::from_der(der).is_ok_and(|certificate| certificate.is_ca())
            {
                let message = format!("{}: a CA's certificate beside others", path.display());
                return Err(Problem::file(message)
                    .with_hint("leave only the proxy's own certificate in the file")
                    .into());
            }
            let signer = match &object {
                SignerFile::Certificate(der) => PinnedSigner::certificate(&name, der),
                SignerFile::PublicKey(spki) => PinnedSigner::public_key(&name, spki),
            };
            signers.push(signer.with_context(|| path.display().to_string())?.with_profile(profile));
        }
    }
    Ok(signers)
}

/// The file's name without its extension; the path as given where two would be called the same.
fn signer_name(path: &Path, all: &[PathBuf]) -> String {
    let alike = all.iter().filter(|other| other.file_stem() == path.file_stem()).count();
    match path.file_stem() {
        Some(stem) if alike == 1 => stem.to_string_lossy().into_owned(),
        _ => path.display().to_string(),
    }
}

/// A URI has a colon, a DNS name has none.
fn allowed_name(name: &str) -> anyhow::Result<AllowedName> {
    let allowed = if name.contains(':') { AllowedName::uri(name) } else { AllowedName::dns(name) };
    allowed.with_context(|| format!("--signer-name {name}"))
}

fn client_trust(args: &VerifyArgs) -> anyhow::Result<ClientTrust> {
    if args.client_ca.is_empty() {
        if args.allow_not_validated {
            let message =
                "nobody would judge the client's chain: neither the proxy nor this origin";
            return Err(Problem::new("unvalidated-without-anchors", message)
                .with_hint("--client-ca FILE, or leave --allow-not-validated out")
                .into());
        }
        return Ok(ClientTrust::ProxyValidation);
    }
    let anchors = certificates(&args.client_ca, |own| ClientAnchors::new(own).map(drop))?;
    let mut clients = ClientAnchors::new(anchors)?
        .with_intermediates(certificates(&args.client_intermediate, |_| Ok(()))?)?;
    if let Some(eku) = args.client_eku {
        clients = clients.with_eku(EkuArg::into(eku));
    }
    if args.allow_not_validated {
        clients = clients.with_unvalidated(UnvalidatedChain::Accept);
    }
    Ok(ClientTrust::Anchors(clients))
}

/// The certificates of all files. `check` sees those of one file at a time, so that its error can
/// name the file.
fn certificates(
    paths: &[PathBuf],
    check: impl Fn(Vec<CertificateDer<'static>>) -> Result<(), ConfigError>,
) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let mut all = Vec::new();
    for path in paths {
        let own = pem_or_der::certificates(path)?;
        check(own.clone()).with_context(|| path.display().to_string())?;
        all.extend(own);
    }
    Ok(all)
}
