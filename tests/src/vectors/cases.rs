//! Every vector, by subject.

mod algorithm;
mod attributes;
mod audience;
mod base64;
mod binding;
mod client;
mod client_content;
mod client_path;
mod der;
mod der_values;
mod field;
mod keys;
mod pinned;
mod proxy_ca;
mod request;
mod signature;
mod signature_forms;
mod signer_certificate;
mod signer_path;
mod statement;
mod structure;
mod time;

use super::format::Vector;

/// Every vector, those of one stage in the order in which their file has them.
pub(super) fn all() -> Vec<Vector> {
    [
        keys::vectors(),
        field::vectors(),
        base64::vectors(),
        der::vectors(),
        der_values::vectors(),
        structure::vectors(),
        attributes::vectors(),
        statement::vectors(),
        algorithm::vectors(),
        pinned::vectors(),
        proxy_ca::vectors(),
        signer_certificate::vectors(),
        signer_path::vectors(),
        time::vectors(),
        audience::vectors(),
        signature::vectors(),
        signature_forms::vectors(),
        binding::vectors(),
        request::vectors(),
        client_content::vectors(),
        client::vectors(),
        client_path::vectors(),
    ]
    .concat()
}
