//! Strict messages with a made-up signature: nothing here checks one.

use client_cert_envelope::{
    ClientChain, ConnectionId, ContentType, MessageParts, Profile, Resumption, SignatureAlgorithm,
    SignerIdentifier, SigningTime, Statement, TlsVersion, encode_bag_certificates,
    encode_field_value, encode_signed_attributes,
};
use sha2::{Digest as _, Sha256};

use crate::{ALICE, PROXY, SIGNED_AT};

/// What differs between the messages of these tests.
pub(crate) struct Forged<'a> {
    pub(crate) content_type: ContentType,
    pub(crate) content: &'a [u8],
    pub(crate) audience: &'a str,
    pub(crate) bag: Vec<&'a [u8]>,
    pub(crate) digest: Option<[u8; 32]>,
    pub(crate) evidence: Option<[u8; 32]>,
}

impl Default for Forged<'_> {
    fn default() -> Self {
        Self {
            content_type: ContentType::Certificate,
            content: ALICE,
            audience: "orders.example",
            bag: Vec::new(),
            digest: None,
            evidence: None,
        }
    }
}

impl Forged<'_> {
    pub(crate) fn absence() -> Self {
        Self { content_type: ContentType::NoCertificate, content: &[], ..Self::default() }
    }

    pub(crate) fn with_bag() -> Self {
        Self { bag: vec![PROXY], ..Self::default() }
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let bag = (!self.bag.is_empty()).then(|| encode_bag_certificates(self.bag.clone()));
        let of_bag = bag.as_ref().map(|field| Sha256::digest(field).into());
        let absence = self.content_type == ContentType::NoCertificate;
        let statement = Statement {
            audience: self.audience,
            lifetime: 300,
            connection: ConnectionId([0xc0; 16]),
            client_chain: if absence { ClientChain::None } else { ClientChain::Validated },
            protocol: TlsVersion::Tls13,
            resumption: Resumption::Full,
            hop: None,
            request: Some([0x11; 32]),
            evidence: self.evidence.or(of_bag),
            possession: None,
        };
        let digest = self.digest.unwrap_or_else(|| Sha256::digest(self.content).into());
        let signed_attributes = encode_signed_attributes(
            self.content_type,
            &digest,
            SigningTime::from_unix_seconds(SIGNED_AT).unwrap(),
            Some(&statement),
        );
        MessageParts {
            content_type: self.content_type,
            content: self.content,
            certificates: bag.as_deref(),
            signer_identifier: SignerIdentifier::SubjectKeyIdentifier(&[0x5a; 20]),
            algorithm: SignatureAlgorithm::EcdsaP256Sha256,
            signed_attributes: &signed_attributes,
            signature: &[0x77; 70],
        }
        .encode()
    }

    pub(crate) fn value(&self) -> String {
        encode_field_value(Profile::Strict, &self.der())
    }
}
