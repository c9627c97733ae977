//! The certificate of the TLS peer: the proxy, as the origin's own listener saw it.

use core::fmt;

use client_cert_envelope::{Certificate, CertificateError};
use rustls_pki_types::CertificateDer;

use crate::digest::sha256;
use crate::key::SpkiSha256;

/// The peer of the origin's own TLS connection. Made once per connection.
///
/// It binds messages to the hop; it is never by itself a reason to trust one: a listener that also
/// admits clients directly would let any client sign for any other.
#[derive(Clone)]
pub struct HopPeer {
    certificate: CertificateDer<'static>,
    spki_sha256: SpkiSha256,
}

impl HopPeer {
    /// Takes the certificate that the peer authenticated with, from the TLS library.
    ///
    /// # Errors
    /// [`CertificateError`] where it is not exactly one certificate.
    pub fn from_certificate(certificate: &CertificateDer<'_>) -> Result<Self, CertificateError> {
        let parsed = Certificate::from_der(certificate)?;
        let spki_sha256 = sha256([parsed.public_key().der()]);
        Ok(Self { certificate: certificate.clone().into_owned(), spki_sha256 })
    }

    pub(crate) fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    pub(crate) const fn spki_sha256(&self) -> &SpkiSha256 {
        &self.spki_sha256
    }
}

impl fmt::Debug for HopPeer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HopPeer").finish_non_exhaustive()
    }
}
