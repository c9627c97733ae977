//! Steps 6, 6b and 9b: who signed, and whether they may.

use std::sync::Arc;

use client_cert_envelope::{
    Audience, Certificate, KeyAlgorithm, MessageAlgorithm, Profile, RsaPadding, SignatureAlgorithm,
    SignerIdentifier, SigningCertificate, UnverifiedEnvelope, Validity,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::anchor::{Anchor, ClientTrust};
use crate::digest::{digest, sha256};
use crate::error::{PathProblem, VerifyError};
use crate::key::{SpkiSha256, key_identifier};
use crate::path::{self, PathError};
use crate::pinned::{PinnedSigner, Scope};
use crate::policy::{Policy, SignerTrust};
use crate::proxy_ca::{AuthorizedBy, ProxyCa};
use crate::received::Received;
use crate::signature::SignatureValid;
use crate::verified::VerifiedSigner;
use crate::verifier::Algorithms;

/// A signer that the policy names, before its signature and path are checked.
#[derive(Debug)]
pub(crate) struct Candidate<'v> {
    source: Source<'v>,
    pub(crate) algorithm: KeyAlgorithm,
    /// The key's octets, as signature verification takes them.
    pub(crate) key_bits: &'v [u8],
    pub(crate) spki_sha256: SpkiSha256,
    validity: Option<Validity>,
    padding: Option<RsaPadding>,
    scopes: Vec<&'v Scope>,
}

#[derive(Debug)]
enum Source<'v> {
    Pinned(&'v PinnedSigner),
    ProxyCa { proxy_ca: &'v ProxyCa, certificate: &'v [u8], name: Arc<str> },
}

/// Step 6b passed: the row of the table is the key's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyRow(SignatureAlgorithm);

impl KeyRow {
    pub(crate) const fn algorithm(self) -> SignatureAlgorithm {
        self.0
    }
}

/// Steps 6 and 9b passed.
#[derive(Debug)]
pub(crate) struct SignerTrusted {
    signer: VerifiedSigner,
    not_after: Option<u64>,
}

impl SignerTrusted {
    /// The signer, and the last second at which its certificate and the intermediates of its path
    /// are valid; none for a bare key.
    pub(crate) fn into_parts(self) -> (VerifiedSigner, Option<u64>) {
        (self.signer, self.not_after)
    }
}

/// Step 6: the one signer of the policy that the message can be from.
pub(crate) fn choose<'v>(
    policy: &'v Policy,
    envelope: &UnverifiedEnvelope<'v>,
    client: Option<&Certificate<'_>>,
    received: &Received<'v>,
) -> Result<Candidate<'v>, VerifyError> {
    let candidate = match &policy.trust {
        SignerTrust::Pinned(pinned) => choose_pinned(&pinned.0, envelope)?,
        SignerTrust::ProxyCa(proxy_ca) => choose_certificate(proxy_ca, envelope, received)?,
    };
    if candidate.profile() != envelope.profile() {
        return Err(VerifyError::SignerProfile);
    }
    candidate.check_validity(received.now)?;
    // Content that is no certificate has no key to compare; step 12 refuses it.
    if let Some(client) = client
        && sha256([client.public_key().der()]) == candidate.spki_sha256
    {
        return Err(VerifyError::SignerIsClient);
    }
    if let Some(named) = envelope.unverified_signing_certificate() {
        candidate.check_signing_certificate(named)?;
    }
    Ok(candidate)
}

fn choose_pinned<'v>(
    pinned: &'v [PinnedSigner],
    envelope: &UnverifiedEnvelope<'_>,
) -> Result<Candidate<'v>, VerifyError> {
    // Identifiers are unique by construction of the set.
    let signer = pinned
        .iter()
        .find(|signer| signer.answers_to(envelope.signer_identifier()))
        .ok_or(VerifyError::SignerUnknown)?;
    Ok(Candidate {
        algorithm: signer.key.algorithm,
        key_bits: &signer.key.bits,
        spki_sha256: signer.key.spki_sha256,
        validity: signer.validity,
        padding: signer.padding,
        scopes: vec![&signer.scope],
        source: Source::Pinned(signer),
    })
}

/// The certificate is looked for where it is most trusted: at the TLS peer, then in the
/// configuration, then in the message. The first place that has it must have it once.
fn choose_certificate<'v>(
    proxy_ca: &'v ProxyCa,
    envelope: &UnverifiedEnvelope<'v>,
    received: &Received<'v>,
) -> Result<Candidate<'v>, VerifyError> {
    let identifier = envelope.signer_identifier();
    let peer = received.hop_peer.map(|peer| peer.certificate());
    let configured = proxy_ca
        .signer_certificates
        .iter()
        .filter(|signer| signer.answers_to(identifier))
        .map(|signer| &*signer.certificate);
    let certificate = match only_match(peer, identifier)? {
        Some(found) => found,
        None => match only(configured)? {
            Some(found) => found,
            None => only_match(envelope.unverified_bag().certificates(), identifier)?
                .ok_or(VerifyError::SignerUnknown)?,
        },
    };

    let parsed = Certificate::from_der(certificate).map_err(VerifyError::SignerCertificate)?;
    if parsed.is_ca() || parsed.key_usage().is_some_and(|usage| usage.key_cert_sign()) {
        return Err(VerifyError::SignerIsCa);
    }
    // Stricter than for clients: a certificate that signs statements says that it may sign.
    if !parsed.key_usage().is_some_and(|usage| usage.digital_signature()) {
        return Err(VerifyError::SignerKeyUsage);
    }
    let names = proxy_ca.authorize(&parsed).ok_or(VerifyError::SignerNotAllowed)?;
    let name = match names.first() {
        Some(allowed) => allowed.name.as_str().into(),
        None => parsed.subject().to_string().into(),
    };
    let key = *parsed.public_key();
    Ok(Candidate {
        algorithm: key.algorithm().map_err(VerifyError::SignerKey)?,
        key_bits: key.bits(),
        spki_sha256: sha256([key.der()]),
        validity: Some(parsed.validity()),
        padding: None,
        scopes: names.iter().map(|allowed| &allowed.scope).collect(),
        source: Source::ProxyCa { proxy_ca, certificate, name },
    })
}

/// The one certificate that the identifier names; a malformed one among them is refused, since what
/// it would have answered to is unknown.
fn only_match<'v>(
    certificates: impl IntoIterator<Item = &'v [u8]>,
    identifier: SignerIdentifier<'_>,
) -> Result<Option<&'v [u8]>, VerifyError> {
    let mut matches = Vec::new();
    for certificate in certificates {
        let parsed = Certificate::from_der(certificate).map_err(VerifyError::SignerCertificate)?;
        let answers = match identifier {
            SignerIdentifier::SubjectKeyIdentifier(octets) => key_identifier(&parsed) == octets,
            SignerIdentifier::IssuerAndSerialNumber(whole) => {
                parsed.issuer_and_serial_number() == whole
            }
            _ => false,
        };
        if answers {
            matches.push(certificate);
        }
    }
    only(matches.into_iter())
}

fn only<'v>(mut found: impl Iterator<Item = &'v [u8]>) -> Result<Option<&'v [u8]>, VerifyError> {
    let first = found.next();
    match found.next() {
        Some(_) => Err(VerifyError::SignerAmbiguous),
        None => Ok(first),
    }
}

impl<'v> Candidate<'v> {
    fn profile(&self) -> Profile {
        match &self.source {
            Source::Pinned(signer) => signer.profile,
            Source::ProxyCa { proxy_ca, .. } => proxy_ca.profile,
        }
    }

    fn check_validity(&self, now: UnixTime) -> Result<(), VerifyError> {
        let Some(validity) = self.validity else {
            return Ok(());
        };
        if now.as_secs() < validity.not_before {
            let not_before = unix_time(validity.not_before);
            return Err(VerifyError::SignerNotYetValid { not_before, now });
        }
        if now.as_secs() > validity.not_after {
            let not_after = unix_time(validity.not_after);
            return Err(VerifyError::SignerExpired { not_after, now });
        }
        Ok(())
    }

    /// RFC 5035 §3: the hash must be that of the signer's certificate. A bare pinned key has none to
    /// compare, so the attribute cannot be honoured and the message is refused.
    fn check_signing_certificate(&self, named: SigningCertificate<'_>) -> Result<(), VerifyError> {
        use client_cert_envelope::DigestAlgorithm::{Sha256, Sha384, Sha512};
        let certificate = match &self.source {
            Source::Pinned(signer) => signer.certificate.as_deref(),
            Source::ProxyCa { certificate, .. } => Some(*certificate),
        };
        let algorithm = match named.hash_algorithm {
            None => Some(Sha256),
            // DER leaves the default, SHA-256, out.
            Some(identifier) => {
                [Sha384, Sha512].into_iter().find(|digest| digest.identifier() == identifier)
            }
        };
        match (certificate, algorithm) {
            (Some(certificate), Some(algorithm)) => {
                let (hash, length) = digest(algorithm, certificate);
                if hash.get(..length) == Some(named.hash) {
                    Ok(())
                } else {
                    Err(VerifyError::SigningCertificate)
                }
            }
            _ => Err(VerifyError::SigningCertificate),
        }
    }

    /// Step 6b: the message's algorithm is the one of this key, never the other way round.
    pub(crate) fn row(&self, algorithm: MessageAlgorithm) -> Result<KeyRow, VerifyError> {
        let row = algorithm.for_key(self.algorithm).ok_or(VerifyError::AlgorithmKey)?;
        match (self.padding, row.padding()) {
            (Some(named), Some(used)) if named != used => Err(VerifyError::AlgorithmKey),
            _ => Ok(KeyRow(row)),
        }
    }

    /// Whether every scope of this signer has the audience.
    pub(crate) fn may_assert(&self, audience: &Audience) -> bool {
        self.scopes.iter().all(|scope| {
            scope.audiences.as_ref().is_none_or(|audiences| audiences.contains(audience))
        })
    }

    /// Whether every scope of this signer has the client anchor.
    pub(crate) fn may_assert_clients_of(&self, anchor: &Anchor) -> bool {
        self.scopes.iter().all(|scope| {
            let anchors = scope.client_anchors.as_ref();
            anchors.is_none_or(|anchors| anchors.contains(&anchor.certificate))
        })
    }

    /// Step 9b: in proxy-CA mode a path to a proxy anchor, not through a client CA. It comes after
    /// the signature, so that only who holds the key can make the origin build paths.
    pub(crate) fn establish(
        &self,
        policy: &Policy,
        algorithms: Algorithms,
        envelope: &UnverifiedEnvelope<'_>,
        now: UnixTime,
        _: &SignatureValid,
    ) -> Result<SignerTrusted, VerifyError> {
        let mut not_after = self.validity.map(|validity| validity.not_after);
        let name = match &self.source {
            Source::Pinned(signer) => Arc::clone(&signer.name),
            Source::ProxyCa { proxy_ca, certificate, name } => {
                let configured = proxy_ca.signer_certificates.iter();
                let configured = configured.map(|s| CertificateDer::from(&*s.certificate));
                let bag = envelope.unverified_bag().certificates().map(CertificateDer::from);
                let intermediates: Vec<CertificateDer<'_>> = configured.chain(bag).collect();
                let forbidden = |spki_sha256: &SpkiSha256| match &policy.client {
                    ClientTrust::Anchors(clients) => clients.is_client_ca(spki_sha256),
                    ClientTrust::ProxyValidation => false,
                };
                if forbidden(&self.spki_sha256) {
                    return Err(VerifyError::SignerPathClientCa);
                }
                let found = path::Search {
                    algorithms,
                    anchors: &proxy_ca.anchors,
                    intermediates: &intermediates,
                    usage: match proxy_ca.authorized_by {
                        AuthorizedBy::Names(_) => path::Usage::Any,
                        _ => path::Usage::Signing,
                    },
                    now,
                    forbidden: &forbidden,
                    in_scope: &|_| true,
                }
                .find(certificate)
                .map_err(|error| match error {
                    PathError::Forbidden => VerifyError::SignerPathClientCa,
                    PathError::CriticalExtension | PathError::EndEntity | PathError::OutOfScope => {
                        VerifyError::SignerPath(PathProblem::Certificate)
                    }
                    PathError::None(problem) => VerifyError::SignerPath(problem),
                })?;
                not_after = not_after.into_iter().chain(found.not_after).min();
                Arc::clone(name)
            }
        };
        Ok(SignerTrusted { signer: VerifiedSigner::new(name, self.spki_sha256), not_after })
    }
}

pub(crate) const fn unix_time(seconds: u64) -> UnixTime {
    UnixTime::since_unix_epoch(core::time::Duration::from_secs(seconds))
}
