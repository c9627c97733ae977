//! Step 10: bound to this hop and this request, and of the kind the policy demands.

use client_cert_envelope::{ClientChain, ContentType, Statement, UnverifiedEnvelope};

use crate::digest::sha256;
use crate::error::VerifyError;
use crate::policy::{AbsencePolicy, HopPolicy, Policy, RequestPolicy};
use crate::received::Received;
use crate::signer::Candidate;

/// Step 10 passed, and what the message is about with it: a statement of absence cannot be taken
/// for one about a certificate, nor the reverse.
#[derive(Debug)]
pub(crate) enum Bound {
    Absence(AbsenceAccepted),
    Certificate(CertificateBound),
}

/// The policy accepts absence.
#[derive(Debug)]
pub(crate) struct AbsenceAccepted(());

/// The statement about a certificate is bound; step 12 judges the certificate.
#[derive(Debug)]
pub(crate) struct CertificateBound(());

pub(crate) fn check(
    policy: &Policy,
    envelope: &UnverifiedEnvelope<'_>,
    candidate: &Candidate<'_>,
    received: &Received<'_>,
) -> Result<Bound, VerifyError> {
    let statement = envelope.unverified_statement();
    check_hop(policy, statement, candidate, received)?;
    check_request(policy, statement, received)?;
    if envelope.content_type() == ContentType::NoCertificate {
        return match policy.absence {
            AbsencePolicy::Accept => Ok(Bound::Absence(AbsenceAccepted(()))),
            AbsencePolicy::Refuse => Err(VerifyError::AbsenceRefused),
        };
    }
    let not_validated =
        statement.is_some_and(|statement| statement.client_chain == ClientChain::NotValidated);
    if not_validated && !policy.accepts_unvalidated() {
        return Err(VerifyError::ChainNotValidated);
    }
    Ok(Bound::Certificate(CertificateBound(())))
}

fn check_hop(
    policy: &Policy,
    statement: Option<&Statement<'_>>,
    candidate: &Candidate<'_>,
    received: &Received<'_>,
) -> Result<(), VerifyError> {
    let stated = statement.and_then(|statement| statement.hop);
    let unbound = policy.hop == HopPolicy::AllowUnbound;
    let Some(peer) = received.hop_peer else {
        return if unbound { Ok(()) } else { Err(VerifyError::HopPeerMissing) };
    };
    match stated {
        // Even where unbound hops are allowed: the proxy said which hop, and it is not this one.
        Some(hop) if hop != *peer.spki_sha256() => Err(VerifyError::HopMismatch),
        Some(_) => Ok(()),
        None if candidate.spki_sha256 == *peer.spki_sha256() || unbound => Ok(()),
        None => Err(VerifyError::HopNotSigner),
    }
}

fn check_request(
    policy: &Policy,
    statement: Option<&Statement<'_>>,
    received: &Received<'_>,
) -> Result<(), VerifyError> {
    match (statement.and_then(|statement| statement.request), received.request) {
        (None, _) if policy.request == RequestPolicy::Require => Err(VerifyError::RequestMissing),
        (None, _) => Ok(()),
        (Some(_), None) => Err(VerifyError::RequestNotGiven),
        (Some(stated), Some(request)) if sha256([&*request.transcript()]) == stated => Ok(()),
        (Some(_), Some(_)) => Err(VerifyError::RequestMismatch),
    }
}
