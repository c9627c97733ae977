#![cfg_attr(all(feature = "aws-lc-rs", feature = "http"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "aws-lc-rs", feature = "http")),
    doc = "Proxy side of Signed-Client-Cert; the front page is built with the default features."
)]

mod assertion;
pub mod backend;
mod connection;
mod digest;
mod error;
mod header;
mod identity;
mod key;
mod peer;
mod prepared;
mod preparer;
mod signature_form;
mod signer;

pub use assertion::{Assertion, ChainValidation, Handshake};
/// The profile's vocabulary, so that a proxy needs no second dependency.
pub use client_cert_envelope::{
    Audience, BoundRequest, CertificateError, ConnectionId, FieldName, InvalidAudience,
    InvalidRequest, KeyAlgorithm, Profile, Resumption, RsaPadding, SignatureAlgorithm, TlsVersion,
};
pub use connection::{ConnectionSigner, PreparedRefresh};
pub use error::{ConfigError, SignError};
pub use header::SignedHeader;
pub use identity::{IdentityChallenge, SigningIdentity};
pub use key::{SignFailed, SignatureRejected, SignatureVerifier, SignerKey, SigningKey};
pub use peer::{PeerCertificate, PeerCertificateError};
pub use prepared::Prepared;
pub use preparer::HeaderPreparer;
pub use signer::HeaderSigner;
