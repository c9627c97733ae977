//! Steps 3 to 5 on messages that the crate's own writer made.

#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use client_cert_envelope::{
    ClientChain, ConnectionId, ContentType, DecodeErrorKind, MessageParts, Possession, Profile,
    Resumption, SignatureAlgorithm, SignerIdentifier, SigningTime, Statement, TlsVersion,
    UnverifiedEnvelope, encode_bag_certificates, encode_signed_attributes,
};

const SIGNING_TIME: u64 = 1_790_000_000;

fn statement<'a>() -> Statement<'a> {
    Statement {
        audience: "orders.prod.example",
        lifetime: 300,
        connection: ConnectionId([7; 16]),
        client_chain: ClientChain::Validated,
        protocol: TlsVersion::Tls13,
        resumption: Resumption::Full,
        hop: None,
        request: None,
        evidence: None,
        possession: None,
    }
}

fn message(statement: &Statement<'_>, content_type: ContentType, content: &[u8]) -> Vec<u8> {
    let time = SigningTime::from_unix_seconds(SIGNING_TIME).unwrap();
    let attributes = encode_signed_attributes(content_type, &[1; 32], time, Some(statement));
    let bag = encode_bag_certificates([&[0x30, 1, 0][..], &[0x30, 0]]);
    MessageParts {
        content_type,
        content,
        certificates: statement.evidence.map(|_| &*bag),
        signer_identifier: SignerIdentifier::SubjectKeyIdentifier(&[9; 20]),
        algorithm: SignatureAlgorithm::EcdsaP256Sha256,
        signed_attributes: &attributes,
        signature: &[5; 71],
    }
    .encode()
}

#[test]
fn what_is_written_is_what_is_read() {
    let possession = Possession { scheme: 0x0403, transcript_hash: &[4; 48], signature: &[6; 70] };
    let statements = [
        statement(),
        Statement { hop: Some([1; 32]), ..statement() },
        Statement { request: Some([2; 32]), evidence: Some([3; 32]), ..statement() },
        Statement { possession: Some(possession), ..statement() },
        Statement { audience: "a", lifetime: 1, ..statement() },
        Statement { lifetime: 86_400, protocol: TlsVersion::Tls12, ..statement() },
        Statement {
            resumption: Resumption::Resumed,
            client_chain: ClientChain::NotValidated,
            ..statement()
        },
    ];
    for expected in statements {
        let der = message(&expected, ContentType::Certificate, b"certificate");
        let read = UnverifiedEnvelope::decode(&der, Profile::Strict).unwrap();
        assert_eq!(read.unverified_statement(), Some(&expected));
        assert_eq!(read.unverified_content(), b"certificate");
        assert_eq!(read.unverified_signing_time().unix_seconds(), SIGNING_TIME);
        assert_eq!(read.unverified_message_digest(), [1; 32]);
        assert_eq!(read.signer_identifier(), SignerIdentifier::SubjectKeyIdentifier(&[9; 20]));
        assert_eq!(read.signature(), [5; 71]);
        assert_eq!(
            read.unverified_bag().certificates().count(),
            if expected.evidence.is_some() { 2 } else { 0 }
        );
    }
}

#[test]
fn absence_goes_with_no_chain_and_only_then() {
    let none = Statement { client_chain: ClientChain::None, ..statement() };
    let absence = message(&none, ContentType::NoCertificate, b"");
    assert_eq!(
        UnverifiedEnvelope::decode(&absence, Profile::Strict).unwrap().content_type(),
        ContentType::NoCertificate
    );
    for der in [
        message(&statement(), ContentType::NoCertificate, b""),
        message(&none, ContentType::Certificate, b"certificate"),
    ] {
        let refused = UnverifiedEnvelope::decode(&der, Profile::Strict).unwrap_err();
        assert_eq!(refused.kind(), DecodeErrorKind::ClientChain);
    }
}

#[test]
fn signed_attributes_are_sorted_by_encoding_for_every_audience_length() {
    let times = [SIGNING_TIME, 2_600_000_000];
    for (length, time) in (1..=255).flat_map(|length| times.map(|time| (length, time))) {
        let audience = "a".repeat(length);
        for digest in [&[0; 32][..], &[0; 48], &[0; 64]] {
            for lifetime in [1, 300, 86_400] {
                let statement = Statement { audience: &audience, lifetime, ..statement() };
                let time = SigningTime::from_unix_seconds(time).unwrap();
                let set = encode_signed_attributes(
                    ContentType::NoCertificate,
                    digest,
                    time,
                    Some(&statement),
                );
                let mut rest =
                    &set[if set[1] < 0x80 { 2 } else { 1 + 1 + usize::from(set[1] & 0x7f) }..];
                let mut previous: &[u8] = &[];
                while !rest.is_empty() {
                    let size = match rest[1] {
                        0x81 => 3 + usize::from(rest[2]),
                        0x82 => 4 + usize::from(rest[2]) * 256 + usize::from(rest[3]),
                        short => 2 + usize::from(short),
                    };
                    let (attribute, after) = rest.split_at(size);
                    assert!(previous < attribute, "audience of {length} octets");
                    (previous, rest) = (attribute, after);
                }
            }
        }
    }
}

#[test]
fn every_prefix_and_every_bit_flip_is_read_without_panic() {
    let der = message(
        &Statement { evidence: Some([3; 32]), ..statement() },
        ContentType::Certificate,
        b"c",
    );
    for end in 0..der.len() {
        assert!(UnverifiedEnvelope::decode(&der[..end], Profile::Strict).is_err());
    }
    for bit in 0..der.len() * 8 {
        let mut flipped = der.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        for profile in [Profile::Strict, Profile::Baseline] {
            if let Ok(read) = UnverifiedEnvelope::decode(&flipped, profile) {
                assert_eq!(read.der(), flipped);
            }
        }
    }
}
