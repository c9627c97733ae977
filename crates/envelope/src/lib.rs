#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;

mod algorithm;
mod attributes;
mod bag;
mod certificate;
mod encode;
mod envelope;
mod error;
mod field;
pub mod limits;
mod message;
mod name;
pub mod oid;
mod profile;
mod public_key;
mod reader;
mod request;
mod san;
mod signed_data;
mod signer_info;
mod signing_time;
mod stage;
mod statement;

pub use algorithm::{
    DigestAlgorithm, KeyAlgorithm, MessageAlgorithm, RsaPadding, SignatureAlgorithm,
};
pub use attributes::SigningCertificate;
pub use bag::UnverifiedBag;
pub use certificate::{Certificate, CertificateError, CertificateErrorKind, KeyUsage, Validity};
pub use envelope::UnverifiedEnvelope;
pub use error::{DecodeError, DecodeErrorKind, LooksLike, NotSignedData};
pub use field::{FieldLines, FieldName, FieldValue, InvalidFieldName, encode_field_value};
pub use message::{ContentType, MessageParts, encode_bag_certificates, encode_signed_attributes};
pub use name::{DistinguishedName, object_identifier_text};
pub use profile::{AcceptedProfiles, Profile};
pub use public_key::{PublicKey, UnsupportedKey};
pub use request::{BoundRequest, InvalidRequest};
pub use san::GeneralName;
pub use signer_info::SignerIdentifier;
pub use signing_time::SigningTime;
pub use stage::Stage;
pub use statement::{
    Audience, ClientChain, ConnectionId, InvalidAudience, Possession, Resumption, Statement,
    TlsVersion,
};
