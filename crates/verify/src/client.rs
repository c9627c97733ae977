//! Step 12: the client's certificate.

use client_cert_envelope::{Certificate, CertificateError, UnverifiedEnvelope, oid};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::anchor::{ClientAnchors, ClientEku, ClientTrust};
use crate::binding::CertificateBound;
use crate::error::{PathProblem, VerifyError};
use crate::path::{self, Found, PathError};
use crate::policy::Policy;
use crate::signer::{Candidate, unix_time};
use crate::verified::ChainStatus;
use crate::verifier::Algorithms;

/// Step 12 passed.
#[derive(Debug)]
pub(crate) struct ClientAccepted {
    certificate: CertificateDer<'static>,
    not_after: u64,
    chain: ChainStatus,
}

impl ClientAccepted {
    /// The certificate, the last second at which it and the intermediates of its path are valid,
    /// and whether there is a path.
    pub(crate) fn into_parts(self) -> (CertificateDer<'static>, u64, ChainStatus) {
        (self.certificate, self.not_after, self.chain)
    }
}

pub(crate) fn check(
    policy: &Policy,
    algorithms: Algorithms,
    envelope: &UnverifiedEnvelope<'_>,
    content: Result<Certificate<'_>, CertificateError>,
    candidate: &Candidate<'_>,
    now: UnixTime,
    _: CertificateBound,
) -> Result<ClientAccepted, VerifyError> {
    let certificate = content.map_err(VerifyError::ClientCertificate)?;
    if certificate.version() != 3 {
        return Err(VerifyError::ClientCertificateVersion { version: certificate.version() });
    }
    if certificate.is_ca() || certificate.key_usage().is_some_and(|usage| usage.key_cert_sign()) {
        return Err(VerifyError::ClientIsCa);
    }
    let validity = certificate.validity();
    if now.as_secs() < validity.not_before {
        let not_before = unix_time(validity.not_before);
        return Err(VerifyError::ClientNotYetValid { not_before, now });
    }
    if now.as_secs() > validity.not_after {
        return Err(VerifyError::ClientExpired { not_after: unix_time(validity.not_after), now });
    }
    if certificate.key_usage().is_some_and(|usage| !usage.digital_signature()) {
        return Err(VerifyError::ClientKeyUsage);
    }
    let eku = match &policy.client {
        ClientTrust::Anchors(clients) => clients.eku,
        ClientTrust::ProxyValidation => ClientEku::IfPresent,
    };
    check_extended_key_usage(&certificate, eku)?;
    path::read_end_entity(certificate.der()).map_err(|error| match error {
        PathError::CriticalExtension => VerifyError::ClientCriticalExtension,
        _ => VerifyError::ClientChainUntrusted(PathProblem::Certificate),
    })?;
    let mut not_after = validity.not_after;
    let chain = match &policy.client {
        ClientTrust::ProxyValidation => ChainStatus::NotChecked,
        ClientTrust::Anchors(clients) => {
            let found = find_path(clients, algorithms, envelope, candidate, now)?;
            not_after = not_after.min(found.not_after.unwrap_or(u64::MAX));
            ChainStatus::Verified { anchor_spki_sha256: found.anchor.spki_sha256 }
        }
    };
    Ok(ClientAccepted {
        certificate: CertificateDer::from(certificate.der().to_vec()),
        not_after,
        chain,
    })
}

fn check_extended_key_usage(
    certificate: &Certificate<'_>,
    eku: ClientEku,
) -> Result<(), VerifyError> {
    let has_client_auth =
        certificate.extended_key_usages().any(|usage| usage == oid::CLIENT_AUTH.as_bytes());
    let accepted = match eku {
        ClientEku::Any => true,
        ClientEku::IfPresent => has_client_auth || !certificate.has_extended_key_usage(),
        ClientEku::Required => has_client_auth,
    };
    if accepted { Ok(()) } else { Err(VerifyError::ClientExtendedKeyUsage) }
}

/// A path to an anchor that this signer may assert clients of. Where only another anchor is
/// reached, the refusal says so: that is a signer out of bounds, not an unknown client.
fn find_path<'p>(
    clients: &'p ClientAnchors,
    algorithms: Algorithms,
    envelope: &UnverifiedEnvelope<'_>,
    candidate: &Candidate<'_>,
    now: UnixTime,
) -> Result<Found<'p>, VerifyError> {
    let configured = clients.intermediates.iter().map(|der| CertificateDer::from(&**der));
    let bag = envelope.unverified_bag().certificates().map(CertificateDer::from);
    let intermediates: Vec<CertificateDer<'_>> = configured.chain(bag).collect();
    path::Search {
        algorithms,
        anchors: &clients.anchors,
        intermediates: &intermediates,
        usage: match clients.eku {
            ClientEku::Any => path::Usage::Any,
            _ => path::Usage::Client,
        },
        now,
        forbidden: &|_| false,
        in_scope: &|anchor| candidate.may_assert_clients_of(anchor),
    }
    .find(envelope.unverified_content())
    .map_err(|error| match error {
        PathError::OutOfScope => VerifyError::ClientAnchorScope,
        PathError::None(problem) => VerifyError::ClientChainUntrusted(problem),
        PathError::CriticalExtension | PathError::EndEntity | PathError::Forbidden => {
            VerifyError::ClientChainUntrusted(PathProblem::Certificate)
        }
    })
}
