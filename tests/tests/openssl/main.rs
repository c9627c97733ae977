//! Interoperation with the installed `openssl`, on keys and certificates that it makes itself.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic of a test's helpers is its failure"
)]

mod keys;
mod lab;
mod mistakes;
mod openssl_signs;
mod openssl_verifies;
