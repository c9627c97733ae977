//! Back ends: implementations of the table's signature algorithms, passed to
//! [`crate::Verifier::new`]. Features add modules here and change no default.

#[cfg(feature = "aws-lc-rs")]
pub mod aws_lc;
#[cfg(feature = "rustcrypto")]
pub mod rustcrypto;
