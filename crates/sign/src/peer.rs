//! The client's certificate, as the handshake proved it.

use std::fmt;

use client_cert_envelope::{Certificate, CertificateError};
use rustls_pki_types::CertificateDer;

use crate::digest::sha256;

/// The certificate of the client at the other end of this TLS connection. Only this can be signed,
/// and there is one way to make it.
#[derive(Clone, Eq, PartialEq)]
pub struct PeerCertificate<'a> {
    certificate: CertificateDer<'a>,
    /// Kept because statements bound to requests are signed many times on a connection.
    sha256: [u8; 32],
    spki_sha256: [u8; 32],
}

impl<'a> PeerCertificate<'a> {
    /// The caller's promise: this is the end-entity certificate of the TLS connection that the
    /// request came on, taken from the TLS library and not from a field of the request; the
    /// handshake is complete, so that the client has proved its key; and the request is not early
    /// data. After renegotiation or post-handshake authentication it is the latest one.
    ///
    /// # Errors
    /// [`PeerCertificateError`] unless these octets are exactly one X.509 certificate in DER.
    pub fn assert_from_tls_handshake(
        certificate: &'a CertificateDer<'_>,
    ) -> Result<Self, PeerCertificateError> {
        let der = certificate.as_ref();
        let read =
            Certificate::from_der(der).map_err(|error| PeerCertificateError::of(der, error))?;
        if read.version() != 3 {
            return Err(PeerCertificateError::Version { version: read.version() });
        }
        Ok(Self {
            certificate: CertificateDer::from(der),
            sha256: sha256(der),
            spki_sha256: sha256(read.public_key().der()),
        })
    }

    /// The certificate.
    #[must_use]
    pub const fn certificate(&self) -> &CertificateDer<'a> {
        &self.certificate
    }

    /// SHA-256 of the certificate (`x5t#S256` of RFC 8705, before base64).
    #[must_use]
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// SHA-256 of its SubjectPublicKeyInfo.
    #[must_use]
    pub const fn spki_sha256(&self) -> &[u8; 32] {
        &self.spki_sha256
    }

    /// A copy that borrows nothing, for as long as the connection lives.
    #[must_use]
    pub fn into_owned(self) -> PeerCertificate<'static> {
        PeerCertificate {
            certificate: self.certificate.into_owned(),
            sha256: self.sha256,
            spki_sha256: self.spki_sha256,
        }
    }
}

impl fmt::Debug for PeerCertificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeerCertificate")
            .field("octets", &self.certificate.len())
            .finish_non_exhaustive()
    }
}

/// Why octets are no client certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PeerCertificateError {
    /// There are no octets.
    Empty,
    /// Not exactly one DER certificate: the reader's reason, and where.
    Malformed(CertificateError),
    /// Text, not DER: a PEM block, a percent-encoded one, or a proxy's placeholder for "none".
    Text,
    /// Not of version 3, which verifiers refuse.
    Version {
        /// Its version.
        version: u8,
    },
}

impl PeerCertificateError {
    fn of(der: &[u8], error: CertificateError) -> Self {
        let is_text = |octet: &u8| matches!(octet, 0x20..=0x7e | b'\t' | b'\r' | b'\n');
        if der.is_empty() {
            Self::Empty
        } else if der.iter().all(is_text) {
            Self::Text
        } else {
            Self::Malformed(error)
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "peer-certificate-empty",
            Self::Malformed(_) => "peer-certificate-malformed",
            Self::Text => "peer-certificate-text",
            Self::Version { .. } => "peer-certificate-version",
        }
    }
}

impl fmt::Display for PeerCertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(
                "the client certificate is empty: state that there is none with an absence",
            ),
            Self::Malformed(error) => write!(f, "the client certificate is refused: {error}"),
            Self::Version { version } => write!(
                f,
                "the client certificate is of version {version}, and verifiers refuse all but 3"
            ),
            Self::Text => f.write_str(
                "the client certificate is text, not DER: take it from the TLS connection, \
                 not from a field or variable",
            ),
        }
    }
}

impl std::error::Error for PeerCertificateError {}
