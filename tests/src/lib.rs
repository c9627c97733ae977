//! Forging kit: messages, certificates and keys for vectors and for every test that needs two crates.
//!
//! The kit shares no code with the crates under test. It writes its own DER, so it is a second
//! implementation of the profile, and it can write what a correct signer never would: an unsorted
//! SET OF, a signature over the wrong tag, two signers, a length in BER.
//!
//! Everything is deterministic. Keys are fixed, ECDSA nonces follow RFC 6979, the salt of
//! RSASSA-PSS comes from a fixed seed, and no clock is read: forging twice gives the same bytes.
//!
//! ```
//! use client_cert_tests::{keys::Key, message::MessageForge, pki};
//!
//! let client = pki::client_leaf().der();
//! let good = MessageForge::strict(&client, Key::PROXY);
//! let other_audience = good.clone().statement(|s| s.audience("https://elsewhere.example"));
//! let wrong_tag = good.clone().signed_over_implicit_tag();
//! assert_ne!(good.value(), other_audience.value());
//! assert_ne!(good.value(), wrong_tag.value());
//! ```
//!
//! Forging functions panic where their own arguments make no sense: a test then fails where it is
//! written wrong.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "test code on fixed input: a panic is a failed test"
)]
#![expect(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::must_use_candidate,
    reason = "never published: every caller is in this crate"
)]

pub mod algorithm;
pub mod attribute;
pub mod certificate;
pub mod der;
pub mod ecdsa_signature;
pub mod element;
pub mod extension;
pub mod field;
pub mod fixed;
pub mod keys;
pub mod message;
pub mod name;
pub mod oid;
pub mod origin;
pub mod pki;
pub mod program;
pub mod revocation;

pub mod signer_info;
pub mod statement;
pub mod tree;
pub mod vectors;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
