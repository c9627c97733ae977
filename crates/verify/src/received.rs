//! What surrounds a message: time, TLS peer and request.

use client_cert_envelope::BoundRequest;
use rustls_pki_types::UnixTime;

use crate::hop::HopPeer;

/// The circumstances in which a message arrived, as the origin itself saw them.
#[derive(Clone, Copy, Debug)]
pub struct Received<'r> {
    pub(crate) now: UnixTime,
    pub(crate) hop_peer: Option<&'r HopPeer>,
    pub(crate) request: Option<&'r BoundRequest>,
}

impl<'r> Received<'r> {
    /// At this time, over a connection whose peer showed no certificate.
    #[must_use]
    pub const fn at(now: UnixTime) -> Self {
        Self { now, hop_peer: None, request: None }
    }

    /// Over a TLS connection whose peer authenticated with this certificate.
    #[must_use]
    pub const fn with_hop_peer(mut self, peer: &'r HopPeer) -> Self {
        self.hop_peer = Some(peer);
        self
    }

    /// With this request, as received.
    #[must_use]
    pub const fn with_request(mut self, request: &'r BoundRequest) -> Self {
        self.request = Some(request);
        self
    }
}
