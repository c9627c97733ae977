//! Interoperation with the installed `openssl`, on keys and certificates that it makes itself.

mod keys;
mod lab;
mod mistakes;
mod openssl_signs;
mod openssl_verifies;
