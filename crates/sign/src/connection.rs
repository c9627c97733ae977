//! One signature per connection and half life, not per request.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use client_cert_envelope::Audience;
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::assertion::{Assertion, ChainValidation, Handshake};
use crate::error::SignError;
use crate::header::SignedHeader;
use crate::peer::PeerCertificate;
use crate::prepared::Prepared;
use crate::preparer::HeaderPreparer;
use crate::signer::HeaderSigner;

/// What is asserted about one client TLS connection to one audience, with the header last signed
/// for it. Keep it with the connection, never in a cache shared by connections; make a new one when
/// the client authenticates anew.
///
/// It takes no request: a statement bound to one is signed for that request alone, by
/// [`HeaderSigner::sign`].
pub struct ConnectionSigner {
    assertion: Assertion<'static>,
    /// Locked to read or to store, never while a signature is made.
    last: Mutex<Option<Last>>,
}

#[derive(Clone)]
struct Last {
    header: SignedHeader,
    signer_spki_sha256: [u8; 32],
}

impl ConnectionSigner {
    /// See [`Assertion::certificate`].
    #[must_use]
    pub fn certificate(
        client: &PeerCertificate<'_>,
        validation: ChainValidation,
        audience: &Audience,
        handshake: Handshake,
    ) -> Self {
        Self::new(Assertion::certificate(client, validation, audience, handshake))
    }

    /// See [`Assertion::absence`].
    #[must_use]
    pub fn absence(audience: &Audience, handshake: Handshake) -> Self {
        Self::new(Assertion::absence(audience, handshake))
    }

    /// See [`Assertion::baseline`].
    #[must_use]
    pub fn baseline(client: &PeerCertificate<'_>) -> Self {
        Self::new(Assertion::baseline(client))
    }

    fn new(assertion: Assertion<'_>) -> Self {
        Self { assertion: assertion.into_owned(), last: Mutex::new(None) }
    }

    /// See [`Assertion::with_client_chain`].
    ///
    /// # Errors
    /// [`SignError`] if one is not exactly one certificate, there are more than six, or the
    /// assertion is one of absence.
    pub fn with_client_chain(
        self,
        intermediates: &[CertificateDer<'_>],
    ) -> Result<Self, SignError> {
        Ok(Self::new(self.assertion.with_client_chain(intermediates)?))
    }

    /// The header for a request at `now`: the last one until its half life, then a new one.
    ///
    /// # Errors
    /// [`SignError`]: refuse the request then.
    pub fn header(&self, signer: &HeaderSigner, now: UnixTime) -> Result<SignedHeader, SignError> {
        let preparer = signer.preparer();
        if let Some(header) = self.current(preparer, now) {
            return Ok(header);
        }
        let header = signer.finish(preparer.prepare(&self.assertion, now)?)?;
        Ok(self.store(preparer, header))
    }

    /// The last header, if it was made by this signer and has not reached its half life. One from
    /// the future has a clock that went backwards behind it, and is signed again.
    #[must_use]
    pub fn current(&self, preparer: &HeaderPreparer, now: UnixTime) -> Option<SignedHeader> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let Last { header, signer_spki_sha256 } = last.as_ref()?;
        let same_signer = signer_spki_sha256 == preparer.identity().spki_sha256()
            && header.profile() == preparer.profile();
        let fresh = header.signed_at() <= now && now < header.half_life();
        (same_signer && fresh).then(|| header.clone())
    }

    /// Makes the octets to sign, for a key that answers later.
    ///
    /// # Errors
    /// [`SignError`] says what does not fit.
    pub fn prepare<'a>(
        &'a self,
        preparer: &'a HeaderPreparer,
        now: UnixTime,
    ) -> Result<PreparedRefresh<'a>, SignError> {
        let prepared = preparer.prepare(&self.assertion, now)?;
        Ok(PreparedRefresh { connection: self, preparer, prepared })
    }

    fn store(&self, preparer: &HeaderPreparer, header: SignedHeader) -> SignedHeader {
        let signer_spki_sha256 = *preparer.identity().spki_sha256();
        let last = Last { header: header.clone(), signer_spki_sha256 };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(last);
        header
    }
}

impl fmt::Debug for ConnectionSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionSigner")
            .field("assertion", &self.assertion)
            .finish_non_exhaustive()
    }
}

/// A connection's next header, waiting for its signature. Only this stores into a connection, so
/// no connection ever holds the header of another.
#[must_use = "nothing is signed before `finish`"]
#[derive(Debug)]
pub struct PreparedRefresh<'a> {
    connection: &'a ConnectionSigner,
    preparer: &'a HeaderPreparer,
    prepared: Prepared<'a>,
}

impl PreparedRefresh<'_> {
    /// See [`Prepared::to_be_signed`].
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        self.prepared.to_be_signed()
    }

    /// Takes the signature, and keeps the header for the connection's next requests.
    ///
    /// # Errors
    /// As [`Prepared::finish`].
    pub fn finish(self, signature: &[u8]) -> Result<SignedHeader, SignError> {
        let header = self.prepared.finish(signature)?;
        Ok(self.connection.store(self.preparer, header))
    }
}
