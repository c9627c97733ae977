//! What happens in the demonstration: proxies sign, requests travel, origins judge.

use std::time::Duration;

use anyhow::Context as _;
use client_cert_envelope::{
    AcceptedProfiles, Audience, BoundRequest, ConnectionId, FieldLines, FieldName, Profile,
    Resumption, TlsVersion, encode_field_value,
};
use client_cert_sign::{
    Assertion, ChainValidation, Handshake, HeaderSigner, PeerCertificate, SignedHeader,
};
use client_cert_verify::{
    AllowedName, AuthorizedBy, ClientAnchors, ClientTrust, HopPeer, PinnedSigner, PinnedSigners,
    Policy, ProxyCa, Received, SignerTrust, Verified, Verifier, VerifyError, backend::aws_lc,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use super::pki::{Entity, Pki};

/// The id of the service that the requests are for.
pub(super) const AUDIENCE: &str = "https://orders.example";

/// The PKI and the instant of the run.
pub(super) struct Scene {
    pub(super) now: UnixTime,
    pub(super) pki: Pki,
}

/// What a proxy states beside the certificate.
pub(super) struct Statement {
    pub(super) audience: &'static str,
    pub(super) validation: ChainValidation,
    pub(super) request: Option<BoundRequest>,
    pub(super) at: UnixTime,
}

impl Scene {
    pub(super) fn new(now: UnixTime) -> anyhow::Result<Self> {
        Ok(Self { now, pki: Pki::new(now)? })
    }

    /// What a right statement says now.
    pub(super) const fn statement(&self) -> Statement {
        Statement {
            audience: AUDIENCE,
            validation: ChainValidation::Validated,
            request: None,
            at: self.now,
        }
    }

    pub(super) fn seconds_ago(&self, seconds: u64) -> UnixTime {
        let then = self.now.as_secs().saturating_sub(seconds);
        UnixTime::since_unix_epoch(Duration::from_secs(then))
    }

    /// What a proxy sets for this client now.
    pub(super) fn sign(
        &self,
        signer: &HeaderSigner,
        client: &CertificateDer<'_>,
    ) -> anyhow::Result<SignedHeader> {
        self.sign_statement(signer, client, self.statement())
    }

    pub(super) fn sign_statement(
        &self,
        signer: &HeaderSigner,
        client: &CertificateDer<'_>,
        statement: Statement,
    ) -> anyhow::Result<SignedHeader> {
        let Statement { audience, validation, request, at } = statement;
        let client = PeerCertificate::assert_from_tls_handshake(client)?;
        let audience = Audience::new(audience)?;
        let assertion = Assertion::certificate(&client, validation, &audience, handshake()?);
        let assertion = match &request {
            Some(request) => assertion.with_request(request)?,
            None => assertion,
        };
        Ok(signer.sign(&assertion, at)?)
    }

    pub(super) fn sign_absence(&self, signer: &HeaderSigner) -> anyhow::Result<SignedHeader> {
        let audience = Audience::new(AUDIENCE)?;
        Ok(signer.sign(&Assertion::absence(&audience, handshake()?), self.now)?)
    }

    /// The request that most attacks start from: alice's, through the edge proxy.
    pub(super) fn alice_by_edge(&self) -> anyhow::Result<Sent> {
        let edge = &self.pki.edge;
        Sent::new(&self.sign(&edge.signer()?, &self.pki.alice.certificate)?, Some(edge))
    }

    /// An origin that pins the edge proxy.
    pub(super) fn edge_origin(&self) -> anyhow::Result<Origin> {
        self.origin(self.pinning([&self.pki.edge])?)
    }

    pub(super) fn pinning<'e>(
        &self,
        proxies: impl IntoIterator<Item = &'e Entity>,
    ) -> anyhow::Result<Policy> {
        let pins: Vec<PinnedSigner> = proxies.into_iter().map(pin).collect::<Result<_, _>>()?;
        self.policy(SignerTrust::Pinned(PinnedSigners::new(pins)?), [AUDIENCE])
    }

    /// The policy of an origin that trusts the proxies of the proxy CA, by name and key usage.
    pub(super) fn trusting_proxy_ca(&self) -> anyhow::Result<Policy> {
        let proxies = self.pki.proxies.iter().chain([&self.pki.edge]);
        let names: Vec<AllowedName> =
            proxies.map(|proxy| AllowedName::dns(&proxy.name)).collect::<Result<_, _>>()?;
        let anchor = self.pki.proxy_ca.certificate().clone();
        let proxy_ca = ProxyCa::new([anchor], AuthorizedBy::NamesAndSigningEku(names))?;
        self.policy(SignerTrust::ProxyCa(proxy_ca), [AUDIENCE])
    }

    /// Judges clients' chains by the client CA; everything else is as the library has it.
    pub(super) fn policy(
        &self,
        trust: SignerTrust,
        audiences: impl IntoIterator<Item = &'static str>,
    ) -> anyhow::Result<Policy> {
        let audiences: Vec<Audience> =
            audiences.into_iter().map(Audience::new).collect::<Result<_, _>>()?;
        let anchors = ClientAnchors::new([self.pki.client_ca.certificate().clone()])?;
        Ok(Policy::new(trust, audiences, ClientTrust::Anchors(anchors))?)
    }

    pub(super) fn origin(&self, policy: Policy) -> anyhow::Result<Origin> {
        self.origin_of(policy, Profile::Strict)
    }

    pub(super) fn origin_of(&self, policy: Policy, profile: Profile) -> anyhow::Result<Origin> {
        Ok(Origin {
            verifier: Verifier::new(policy, aws_lc::ALGORITHMS)?,
            field: FieldName::for_profile(profile),
            now: self.now,
        })
    }
}

pub(super) fn pin(proxy: &Entity) -> anyhow::Result<PinnedSigner> {
    Ok(PinnedSigner::certificate(&proxy.name, &proxy.certificate)?)
}

/// The server behind the proxy.
pub(super) struct Origin {
    verifier: Verifier,
    field: FieldName,
    now: UnixTime,
}

impl Origin {
    pub(super) fn judge(&self, sent: &Sent) -> Result<Verified, VerifyError> {
        let lines = sent.lines.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let received = Received::at(self.now).with_request(&sent.request);
        let received = match &sent.peer {
            Some(peer) => received.with_hop_peer(peer),
            None => received,
        };
        self.verifier.verify(&FieldLines::of_request(&self.field, lines), &received)
    }
}

/// A request as it reaches the origin.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) lines: Vec<(String, String)>,
    pub(super) peer: Option<HopPeer>,
    pub(super) request: BoundRequest,
}

impl Sent {
    /// A request with this field, over a TLS connection of this peer.
    pub(super) fn new(header: &SignedHeader, peer: Option<&Entity>) -> anyhow::Result<Self> {
        let field = FieldName::for_profile(header.profile());
        let host = ("Host".into(), "orders.example".into());
        let peer = peer.map(|peer| HopPeer::from_certificate(&peer.certificate)).transpose()?;
        Ok(Self {
            lines: vec![host, (field.as_str().into(), header.as_str().into())],
            peer,
            request: order("GET")?,
        })
    }

    pub(super) fn with_line(mut self, name: &str, value: &str) -> Self {
        self.lines.push((name.into(), value.into()));
        self
    }

    pub(super) fn without(mut self, field: &str) -> Self {
        self.lines.retain(|(name, _)| name != field);
        self
    }

    pub(super) fn with_peer(mut self, peer: &Entity) -> anyhow::Result<Self> {
        self.peer = Some(HopPeer::from_certificate(&peer.certificate)?);
        Ok(self)
    }

    /// The value of the signed field.
    pub(super) fn value(&self) -> anyhow::Result<&str> {
        let of_field = |(name, _): &&(String, String)| name == SIGNED_FIELD;
        let (_, value) = self.lines.iter().find(of_field).context("no signed field")?;
        Ok(value)
    }

    pub(super) fn with_value(self, value: &str) -> Self {
        self.without(SIGNED_FIELD).with_line(SIGNED_FIELD, value)
    }

    /// The message in the signed field.
    pub(super) fn der(&self) -> anyhow::Result<Vec<u8>> {
        let lines = FieldLines::assert_single_value(self.value()?.as_bytes());
        Ok(lines.single(AcceptedProfiles::Strict)?.decode()?)
    }

    pub(super) fn with_der(self, der: &[u8]) -> Self {
        self.with_value(&encode_field_value(Profile::Strict, der))
    }
}

pub(super) const SIGNED_FIELD: &str = "Signed-Client-Cert";

/// A request for an order of alice's.
pub(super) fn order(method: &str) -> anyhow::Result<BoundRequest> {
    Ok(BoundRequest::new(method, "https", "orders.example", "/orders/42")?)
}

fn handshake() -> anyhow::Result<Handshake> {
    let mut connection = [0; 16];
    getrandom::fill(&mut connection).context("the system's random generator")?;
    Ok(Handshake {
        protocol: TlsVersion::Tls13,
        resumption: Resumption::Full,
        connection: ConnectionId(connection),
    })
}
