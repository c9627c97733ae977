//! From a vector's policy and circumstances to the verifier's own types.

use core::time::Duration;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use client_cert_verify as verify;
use rustls_pki_types::{CertificateDer, SubjectPublicKeyInfoDer, UnixTime};
use verify::{ReplayKey, ReplayStoreError, ReplayVerdict};

use super::format::{
    Absence, AllowedName, Client, ClientAnchors, ClientEku, Hop, NameKind, Octets, Padding, Policy,
    Profile, ProxyCa, Replay, ReplayStore, RequestBinding, Signer, Unvalidated, Vector, hex,
};

/// Why a vector cannot be run: its policy is one that no verifier may have, or makes no sense.
pub(super) type Unusable = String;

/// The verifier's policy.
pub(super) fn policy(vector: &Vector) -> Result<verify::Policy, Unusable> {
    let record = &vector.policy;
    let trust = match (&record.signers, &record.proxy_ca) {
        (Some(signers), None) => {
            let signers: Result<Vec<_>, Unusable> = signers.iter().map(pinned).collect();
            verify::SignerTrust::Pinned(verify::PinnedSigners::new(signers?).map_err(config)?)
        }
        (None, Some(ca)) => verify::SignerTrust::ProxyCa(proxy_ca(ca)?),
        _ => return Err("exactly one of signers and proxy_ca must be set".to_owned()),
    };
    let client = match &record.client {
        Client::Anchors(anchors) => verify::ClientTrust::Anchors(client_anchors(anchors)?),
        Client::Keyword(_) => verify::ClientTrust::ProxyValidation,
    };
    verify::Policy::new(trust, audiences(&record.audiences)?, client)
        .map_err(config)?
        .with_absence(match record.absence {
            Absence::Accept => verify::AbsencePolicy::Accept,
            Absence::Refuse => verify::AbsencePolicy::Refuse,
        })
        .with_hop(match record.hop {
            Hop::Require => verify::HopPolicy::Require,
            Hop::AllowUnbound => verify::HopPolicy::AllowUnbound,
        })
        .with_request(match record.request {
            RequestBinding::CheckIfPresent => verify::RequestPolicy::CheckIfPresent,
            RequestBinding::Require => verify::RequestPolicy::Require,
        })
        .and_then(|policy| policy.with_replay(replay(record, vector.replay_store.as_ref())))
        .and_then(|policy| policy.with_max_lifetime(Duration::from_secs(record.max_lifetime)))
        .and_then(|policy| policy.with_max_age(Duration::from_secs(record.max_age)))
        .and_then(|policy| policy.with_skew(Duration::from_secs(record.skew)))
        .map_err(config)
}

/// The TLS peer.
pub(super) fn hop_peer(vector: &Vector) -> Result<Option<verify::HopPeer>, Unusable> {
    let from = |octets: &Octets| verify::HopPeer::from_certificate(&certificate(octets));
    vector.hop_peer.as_ref().map(from).transpose().map_err(|error| format!("hop_peer: {error}"))
}

/// The request.
pub(super) fn request(vector: &Vector) -> Result<Option<verify::BoundRequest>, Unusable> {
    let Some(request) = &vector.request else {
        return Ok(None);
    };
    verify::BoundRequest::new(&request.method, &request.scheme, &request.authority, &request.target)
        .map(Some)
        .map_err(|error| format!("request: {error}"))
}

fn config(error: verify::ConfigError) -> Unusable {
    format!("{}/{}: {error}", error.stage(), error.code())
}

fn certificate(octets: &Octets) -> CertificateDer<'_> {
    CertificateDer::from(&octets.0[..])
}

fn profile(profile: Profile) -> verify::Profile {
    match profile {
        Profile::Strict => verify::Profile::Strict,
        Profile::Baseline => verify::Profile::Baseline,
    }
}

fn audiences(ids: &[String]) -> Result<Vec<verify::Audience>, Unusable> {
    let audience =
        |id: &String| verify::Audience::new(id).map_err(|error| format!("{id}: {error}"));
    ids.iter().map(audience).collect()
}

fn pinned(record: &Signer) -> Result<verify::PinnedSigner, Unusable> {
    let signer = match (&record.certificate, &record.public_key) {
        (Some(octets), None) => {
            verify::PinnedSigner::certificate(&record.name, &certificate(octets))
        }
        (None, Some(octets)) => verify::PinnedSigner::public_key(
            &record.name,
            &SubjectPublicKeyInfoDer::from(&octets.0[..]),
        ),
        _ => return Err("a signer has either a certificate or a public key".to_owned()),
    };
    let mut signer = signer.map_err(config)?.with_profile(profile(record.profile));
    if let Some(ids) = &record.audiences {
        signer = signer.with_audiences(audiences(ids)?);
    }
    if let Some(anchors) = &record.client_anchors {
        signer = signer.with_client_anchors(anchors.iter().map(certificate));
    }
    Ok(match record.padding {
        Some(Padding::Pss) => signer.with_padding(verify::RsaPadding::Pss),
        Some(Padding::Pkcs1) => signer.with_padding(verify::RsaPadding::Pkcs1),
        None => signer,
    })
}

fn proxy_ca(record: &ProxyCa) -> Result<verify::ProxyCa, Unusable> {
    let names: Result<Vec<_>, Unusable> = record.allowed_names.iter().map(allowed_name).collect();
    let names = names?;
    let authorized_by = match (names.is_empty(), record.signing_eku) {
        (true, true) => verify::AuthorizedBy::SigningEku,
        (false, true) => verify::AuthorizedBy::NamesAndSigningEku(names),
        (_, false) => verify::AuthorizedBy::Names(names),
    };
    verify::ProxyCa::new(record.anchors.iter().map(certificate), authorized_by)
        .and_then(|ca| {
            ca.with_signer_certificates(record.signer_certificates.iter().map(certificate))
        })
        .map(|ca| ca.with_profile(profile(record.profile)))
        .map_err(config)
}

fn allowed_name(record: &AllowedName) -> Result<verify::AllowedName, Unusable> {
    let name = match record.kind {
        NameKind::Dns => verify::AllowedName::dns(&record.value),
        NameKind::Uri => verify::AllowedName::uri(&record.value),
    };
    let mut name = name.map_err(config)?;
    if let Some(ids) = &record.audiences {
        name = name.with_audiences(audiences(ids)?);
    }
    if let Some(anchors) = &record.client_anchors {
        name = name.with_client_anchors(anchors.iter().map(certificate));
    }
    Ok(name)
}

fn client_anchors(record: &ClientAnchors) -> Result<verify::ClientAnchors, Unusable> {
    verify::ClientAnchors::new(record.anchors.iter().map(certificate))
        .and_then(|anchors| {
            anchors.with_intermediates(record.intermediates.iter().map(certificate))
        })
        .map(|anchors| {
            anchors
                .with_eku(match record.eku {
                    ClientEku::Any => verify::ClientEku::Any,
                    ClientEku::IfPresent => verify::ClientEku::IfPresent,
                    ClientEku::Required => verify::ClientEku::Required,
                })
                .with_unvalidated(match record.unvalidated {
                    Unvalidated::Accept => verify::UnvalidatedChain::Accept,
                    Unvalidated::Refuse => verify::UnvalidatedChain::Refuse,
                })
        })
        .map_err(config)
}

fn replay(record: &Policy, state: Option<&ReplayStore>) -> verify::ReplayPolicy {
    match record.replay {
        Replay::Off => verify::ReplayPolicy::Off,
        Replay::SingleUse => verify::ReplayPolicy::SingleUse(Arc::new(Store::new(state))),
    }
}

/// The replay store of one vector. None inside: it does not work.
#[derive(Debug)]
struct Store(Option<Mutex<HashSet<(String, String)>>>);

impl Store {
    fn new(state: Option<&ReplayStore>) -> Self {
        Self(match state {
            None => Some(Mutex::default()),
            Some(ReplayStore::Keyword(_)) => None,
            Some(ReplayStore::Working(keys)) => {
                let pair =
                    |key: &super::format::SeenKey| (key.signer.clone(), key.connection.clone());
                Some(Mutex::new(keys.seen.iter().map(pair).collect()))
            }
        })
    }
}

impl verify::ReplayStore for Store {
    fn insert_once(&self, key: &ReplayKey, _: UnixTime) -> Result<ReplayVerdict, ReplayStoreError> {
        let keys = self.0.as_ref().ok_or(ReplayStoreError::default())?;
        let pair = (hex(&key.signer), hex(&key.connection.0));
        match keys.lock().map_err(|_| ReplayStoreError::default())?.insert(pair) {
            true => Ok(ReplayVerdict::FirstUse),
            false => Ok(ReplayVerdict::Seen),
        }
    }
}
