//! The ClientCertStatement attribute, field by field.

use crate::algorithm::{Digest, Scheme};
use crate::keys::{Key, KeyKind};
use crate::{der, fixed};

/// A field of the statement that is usually worked out from the rest of the message.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Evidence {
    /// Present exactly when the message carries certificates or revocation data, and right.
    #[default]
    Derived,
    /// Left out.
    Absent,
    /// These octets.
    Exact(Vec<u8>),
}

/// A statement to be made. Fields hold DER elements; the setters encode what is right.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use]
pub struct StatementForge {
    fields: Vec<(Field, Vec<u8>)>,
    evidence: Evidence,
    trailing: Vec<u8>,
}

/// Position of a field in the statement.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Field {
    /// `version`
    Version,
    /// `audience`
    Audience,
    /// `lifetime`
    Lifetime,
    /// `connection`
    Connection,
    /// `clientChain`
    ClientChain,
    /// `protocol`
    Protocol,
    /// `resumed`
    Resumed,
    /// `hop [0]`
    Hop,
    /// `request [1]`
    Request,
    /// `evidence [2]`
    Evidence,
    /// `possession [3]`
    Possession,
}

/// `clientChain`: the proxy validated the chain.
pub const VALIDATED: u8 = 0;
/// `clientChain`: the proxy did not validate the chain.
pub const NOT_VALIDATED: u8 = 1;
/// `clientChain`: no client certificate.
pub const NO_CHAIN: u8 = 2;

impl StatementForge {
    /// About a validated certificate in a TLS 1.3 handshake that resumed nothing.
    pub fn new() -> Self {
        let empty = Self { fields: Vec::new(), evidence: Evidence::Derived, trailing: Vec::new() };
        empty
            .version(1)
            .audience(fixed::AUDIENCE)
            .lifetime(fixed::LIFETIME)
            .connection(&fixed::CONNECTION)
            .client_chain(VALIDATED)
            .protocol(772)
            .resumed(false)
    }

    /// Sets `version`.
    pub fn version(self, version: u64) -> Self {
        self.field(Field::Version, &der::integer(version))
    }

    /// Sets `audience`.
    pub fn audience(self, id: &str) -> Self {
        self.field(Field::Audience, &der::utf8(id))
    }

    /// Sets `lifetime` in seconds.
    pub fn lifetime(self, seconds: u64) -> Self {
        self.field(Field::Lifetime, &der::integer(seconds))
    }

    /// Sets `connection`, of any length.
    pub fn connection(self, octets: &[u8]) -> Self {
        self.field(Field::Connection, &der::octet_string(octets))
    }

    /// Sets `clientChain`.
    pub fn client_chain(self, value: u8) -> Self {
        self.field(Field::ClientChain, &der::enumerated(value))
    }

    /// Sets `protocol`: 771 or 772.
    pub fn protocol(self, version: u64) -> Self {
        self.field(Field::Protocol, &der::integer(version))
    }

    /// Sets `resumed`.
    pub fn resumed(self, resumed: bool) -> Self {
        self.field(Field::Resumed, &der::boolean(resumed))
    }

    /// Sets `hop` to a hash of any length.
    pub fn hop(self, hash: &[u8]) -> Self {
        self.field(Field::Hop, &der::context_primitive(0, hash))
    }

    /// Sets `hop` to the key that the proxy authenticates with to the origin.
    pub fn hop_key(self, key: Key) -> Self {
        self.hop(&key.spki_sha256())
    }

    /// Sets `request` to a hash of any length.
    pub fn request(self, hash: &[u8]) -> Self {
        self.field(Field::Request, &der::context_primitive(1, hash))
    }

    /// Sets `request` to the hash of a request.
    pub fn bound_to(self, method: &str, authority: &str, target: &str) -> Self {
        self.request(&Digest::Sha256.of(&request_transcript(method, authority, target)))
    }

    /// How `evidence` is made.
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = evidence;
        self
    }

    /// Sets `possession`.
    pub fn possession(self, scheme: u64, transcript_hash: &[u8], signature: &[u8]) -> Self {
        let content = der::concat([
            der::integer(scheme),
            der::octet_string(transcript_hash),
            der::octet_string(signature),
        ]);
        self.field(Field::Possession, &der::context(3, &content))
    }

    /// Sets `possession` to the CertificateVerify of this key in a handshake with this transcript.
    pub fn possessed_by(self, key: Key, transcript_hash: &[u8]) -> Self {
        let scheme = match key.kind {
            KeyKind::P256 => 0x0403,
            KeyKind::P384 => 0x0503,
            KeyKind::Ed25519 => 0x0807,
            _ => 0x0804,
        };
        let input = certificate_verify_input(transcript_hash);
        let signature = key.sign(Scheme::strict(key.kind), &input);
        self.possession(scheme, transcript_hash, &signature)
    }

    /// Sets a field to a DER element, right or wrong.
    pub fn field(mut self, field: Field, element: &[u8]) -> Self {
        self.fields.retain(|(present, _)| *present != field);
        self.fields.push((field, element.to_vec()));
        self.fields.sort_by_key(|(field, _)| *field);
        self
    }

    /// Leaves a field out.
    pub fn without(mut self, field: Field) -> Self {
        self.fields.retain(|(present, _)| *present != field);
        self
    }

    /// Adds octets after the last field, inside the SEQUENCE.
    pub fn trailing(mut self, octets: &[u8]) -> Self {
        self.trailing = octets.to_vec();
        self
    }

    /// DER ClientCertStatement in a message whose two bags are `bags`, concatenated.
    pub fn der(&self, bags: &[u8]) -> Vec<u8> {
        let mut fields = self.clone();
        let evidence = match &self.evidence {
            Evidence::Derived if bags.is_empty() => None,
            Evidence::Derived => Some(Digest::Sha256.of(bags)),
            Evidence::Absent => None,
            Evidence::Exact(octets) => Some(octets.clone()),
        };
        if let Some(octets) = evidence {
            fields = fields.field(Field::Evidence, &der::context_primitive(2, &octets));
        }
        fields.fields.push((Field::Possession, self.trailing.clone()));
        der::seq(fields.fields.iter().map(|(_, element)| element))
    }
}

impl Default for StatementForge {
    fn default() -> Self {
        Self::new()
    }
}

/// What `request` hashes: a label, then each part after its length in four octets.
pub fn request_transcript(method: &str, authority: &str, target: &str) -> Vec<u8> {
    let mut out = b"signed-client-cert request v1\0".to_vec();
    for part in [method, authority, target] {
        out.extend(u32::try_from(part.len()).expect("a request is short").to_be_bytes());
        out.extend(part.as_bytes());
    }
    out
}

/// What a TLS 1.3 client signs in CertificateVerify (RFC 8446 §4.4.3).
pub fn certificate_verify_input(transcript_hash: &[u8]) -> Vec<u8> {
    der::concat([&[0x20; 64][..], b"TLS 1.3, client CertificateVerify\0", transcript_hash])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_places_whatever_the_order_of_setting() {
        let one = StatementForge::new().hop(&[1; 32]).request(&[2; 32]);
        let other = StatementForge::new().request(&[2; 32]).hop(&[1; 32]);
        assert_eq!(one.der(&[]), other.der(&[]));
    }

    #[test]
    fn evidence_follows_the_bags() {
        let statement = StatementForge::new();
        assert_eq!(statement.der(b"bag").len(), statement.der(b"").len() + 34);
        assert_eq!(statement.clone().evidence(Evidence::Absent).der(b"bag"), statement.der(b""));
    }
}
