//! What a proxy asserts about one connection.

use std::borrow::Cow;
use std::fmt;

use client_cert_envelope::{
    Audience, BoundRequest, Certificate, ClientChain, ConnectionId, Resumption, TlsVersion, limits,
};
use rustls_pki_types::CertificateDer;

use crate::digest::sha256;
use crate::error::SignError;
use crate::peer::PeerCertificate;

/// One statement, before it is signed: whose certificate, for which origin, on what connection.
#[derive(Clone, Debug)]
pub struct Assertion<'a> {
    client: Option<PeerCertificate<'a>>,
    /// None in baseline, whose messages are the certificate and nothing else.
    statement: Option<Stated<'a>>,
    client_chain: Chain<'a>,
}

/// The elements of the statement that the connection and the route supply.
#[derive(Clone, Debug)]
pub(crate) struct Stated<'a> {
    pub(crate) audience: Cow<'a, Audience>,
    pub(crate) handshake: Handshake,
    pub(crate) client_chain: ClientChain,
    pub(crate) request: Option<[u8; 32]>,
}

/// The client's TLS connection.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a proxy names each element, and forgets none")]
pub struct Handshake {
    /// Its version.
    pub protocol: TlsVersion,
    /// Whether it resumed an earlier session.
    pub resumption: Resumption,
    /// Sixteen octets from the system's random generator: new for each connection, and new for
    /// each request where a statement is bound to one.
    pub connection: ConnectionId,
}

/// Whether the proxy itself built and checked a path from the client's certificate to the client
/// authorities it is configured with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ChainValidation {
    /// It did not, or did without success (`optional_no_ca` and the like). Origins without client
    /// anchors of their own refuse this.
    NotValidated,
    /// It did, with success.
    Validated,
}

impl<'a> Assertion<'a> {
    /// The client presented this certificate. The audience is of the route's configuration, never
    /// of the request's `Host`.
    #[must_use]
    pub fn certificate(
        client: &PeerCertificate<'a>,
        validation: ChainValidation,
        audience: &'a Audience,
        handshake: Handshake,
    ) -> Self {
        let client_chain = match validation {
            ChainValidation::NotValidated => ClientChain::NotValidated,
            ChainValidation::Validated => ClientChain::Validated,
        };
        Self::strict(Some(client.clone()), client_chain, audience, handshake)
    }

    /// The client presented no certificate. Signed too, so that an origin can demand the field on
    /// every request.
    #[must_use]
    pub fn absence(audience: &'a Audience, handshake: Handshake) -> Self {
        Self::strict(None, ClientChain::None, audience, handshake)
    }

    /// For a baseline signer: the certificate alone, for any origin that trusts the signer.
    #[must_use]
    pub fn baseline(client: &PeerCertificate<'a>) -> Self {
        Self { client: Some(client.clone()), statement: None, client_chain: Chain(Vec::new()) }
    }

    fn strict(
        client: Option<PeerCertificate<'a>>,
        client_chain: ClientChain,
        audience: &'a Audience,
        handshake: Handshake,
    ) -> Self {
        let audience = Cow::Borrowed(audience);
        let statement = Stated { audience, handshake, client_chain, request: None };
        Self { client, statement: Some(statement), client_chain: Chain(Vec::new()) }
    }

    /// Binds the statement to one request, as it is sent upstream. Give
    /// [`Handshake::connection`] a new value for each.
    ///
    /// # Errors
    /// [`SignError::BaselineRequest`].
    pub fn with_request(mut self, request: &BoundRequest) -> Result<Self, SignError> {
        let statement = self.statement.as_mut().ok_or(SignError::BaselineRequest)?;
        statement.request = Some(sha256(&request.transcript()));
        Ok(self)
    }

    /// Adds the intermediates that the client sent, without its own certificate, for origins that
    /// build the path themselves.
    ///
    /// # Errors
    /// [`SignError`] if one is not exactly one certificate, there are more than six, or the
    /// assertion is one of absence.
    pub fn with_client_chain(
        mut self,
        intermediates: &'a [CertificateDer<'_>],
    ) -> Result<Self, SignError> {
        if self.client.is_none() && !intermediates.is_empty() {
            return Err(SignError::ChainWithoutCertificate);
        }
        if intermediates.len() > limits::MAX_BAG_CERTIFICATES {
            return Err(SignError::TooManyCertificates { count: intermediates.len() });
        }
        for (index, certificate) in intermediates.iter().enumerate() {
            Certificate::from_der(certificate)
                .map_err(|error| SignError::CertificateMalformed { index, error })?;
        }
        let borrowed = intermediates.iter().map(|der| CertificateDer::from(der.as_ref()));
        self.client_chain = Chain(borrowed.collect());
        Ok(self)
    }

    pub(crate) const fn client(&self) -> Option<&PeerCertificate<'a>> {
        self.client.as_ref()
    }

    pub(crate) const fn statement(&self) -> Option<&Stated<'a>> {
        self.statement.as_ref()
    }

    pub(crate) fn client_chain(&self) -> &[CertificateDer<'a>] {
        &self.client_chain.0
    }

    pub(crate) fn into_owned(self) -> Assertion<'static> {
        let owned_statement = |stated: Stated<'_>| Stated {
            audience: Cow::Owned(stated.audience.into_owned()),
            handshake: stated.handshake,
            client_chain: stated.client_chain,
            request: stated.request,
        };
        let chain = self.client_chain.0.into_iter().map(CertificateDer::into_owned);
        Assertion {
            client: self.client.map(PeerCertificate::into_owned),
            statement: self.statement.map(owned_statement),
            client_chain: Chain(chain.collect()),
        }
    }
}

/// Certificates whose `Debug` says how many.
#[derive(Clone)]
struct Chain<'a>(Vec<CertificateDer<'a>>);

impl fmt::Debug for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} certificates", self.0.len())
    }
}
