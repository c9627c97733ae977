//! Back ends: keys that sign, and the verifier of their certificates' self-test.
//!
//! A feature adds a module and changes nothing else; the caller passes the key in. Any other key,
//! in a token or in a service, implements [`SigningKey`](crate::SigningKey) or goes through
//! [`HeaderPreparer`](crate::HeaderPreparer).

#[cfg(feature = "aws-lc-rs")]
pub mod aws_lc;
#[cfg(feature = "rustcrypto")]
pub mod rustcrypto;
