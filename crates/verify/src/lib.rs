#![cfg_attr(feature = "aws-lc-rs", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "aws-lc-rs"),
    doc = "Origin side of Signed-Client-Cert; the front page is built with the default features."
)]

mod anchor;
mod audience;
pub mod backend;
mod binding;
mod client;
mod config_error;
mod digest;
mod error;
mod hop;
mod identity;
mod key;
mod path;
mod pinned;
mod policy;
mod possession;
mod proxy_ca;
mod received;
mod replay;
mod revocation;
mod signature;
mod signer;
mod time;
mod verified;
mod verifier;

pub use anchor::{ClientAnchors, ClientEku, ClientTrust, UnvalidatedChain};
pub use config_error::ConfigError;
pub use error::{PathProblem, VerifyError};
pub use hop::HopPeer;
pub use identity::{ClientIdentity, IdentityError, SubjectAltName};
pub use pinned::{PinnedSigner, PinnedSigners};
pub use policy::{AbsencePolicy, HopPolicy, Policy, RequestPolicy, SignerTrust};
pub use proxy_ca::{AllowedName, AuthorizedBy, ProxyCa};
pub use received::Received;
pub use replay::{ReplayKey, ReplayPolicy, ReplayStore, ReplayStoreError, ReplayVerdict};
pub use verified::{
    ChainStatus, Verified, VerifiedAbsence, VerifiedClientCert, VerifiedSigner, VerifiedStatement,
};
pub use verifier::{Algorithms, Verifier};

// The vocabulary of the public API, so that an origin needs no second dependency for it.
pub use client_cert_envelope::{
    AcceptedProfiles, Audience, BoundRequest, ClientChain, ConnectionId, DecodeError,
    DecodeErrorKind, FieldLines, FieldName, InvalidAudience, InvalidRequest, Profile, Resumption,
    RsaPadding, Stage, TlsVersion,
};
pub use rustls_pki_types as pki_types;
