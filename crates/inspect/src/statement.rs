//! What the proxy states, in words, and how long it holds.

use client_cert_envelope::{
    ClientChain, Profile, Resumption, Statement, TlsVersion, UnverifiedEnvelope,
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::hex::hex;
use crate::time::{difference, in_words, rfc3339};

/// Seconds after signing for which a verifier of baseline accepts a message by default.
const BASELINE_MAX_AGE: u64 = 300;

/// The ClientCertStatement.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct StatementReport {
    /// The whole statement as sentences.
    pub in_words: Vec<String>,
    /// The origin it is for.
    pub audience: String,
    /// Seconds after signing for which it holds.
    pub lifetime: u32,
    /// The client's connection, or the request when bound, in hexadecimal.
    pub connection: String,
    /// `validated`, `not-validated` or `none`.
    pub client_chain: &'static str,
    /// `1.2` or `1.3`.
    pub protocol: &'static str,
    /// Whether the client's TLS session was resumed.
    pub resumed: bool,
    /// SHA-256 of the key that must stand behind the connection to the origin, in hexadecimal.
    pub hop: Option<String>,
    /// SHA-256 of the bound request, in hexadecimal.
    pub request: Option<String>,
    /// SHA-256 of the bag, in hexadecimal.
    pub evidence: Option<String>,
    /// Whether the bag has that digest.
    pub evidence_matches: Option<bool>,
    /// The client's own CertificateVerify.
    pub possession: Option<PossessionReport>,
}

/// The client's own CertificateVerify.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PossessionReport {
    /// Name of the TLS SignatureScheme.
    pub scheme: String,
    /// Hash of the handshake transcript, in hexadecimal.
    pub transcript_hash: String,
    /// Octets of the signature.
    pub signature_octets: usize,
}

/// When a message was signed, by its own account, and until when it holds.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Freshness {
    /// RFC 3339.
    pub signed_at: String,
    /// RFC 3339.
    pub expires: String,
    /// `lifetime` of the statement, or `default-max-age` of verifiers of baseline.
    pub expires_by: &'static str,
    /// At the instant of the report, skew aside: `current`, `expired` or `not-yet-valid`.
    pub state: Option<&'static str>,
    /// Seconds from that instant to `expires`; negative after it.
    pub seconds_left: Option<i64>,
    /// The same in words.
    pub time_left: Option<String>,
}

impl Freshness {
    pub(crate) fn of(envelope: &UnverifiedEnvelope<'_>, at: Option<u64>) -> Self {
        let signed_at = envelope.unverified_signing_time().unix_seconds();
        let (lifetime, expires_by) = match envelope.unverified_statement() {
            Some(statement) => (u64::from(statement.lifetime), "lifetime"),
            None => (BASELINE_MAX_AGE, "default-max-age"),
        };
        let expires = signed_at.saturating_add(lifetime);
        // Profile §4, without the skew that verifiers add on both sides.
        let state = at.map(|at| match at {
            at if at < signed_at => "not-yet-valid",
            at if at >= expires => "expired",
            _ => "current",
        });
        let time_left = at.map(|at| {
            let distance = in_words(expires.abs_diff(at));
            match state {
                Some("expired") => format!("expired {distance} ago"),
                Some("not-yet-valid") => {
                    format!("signed {} in the future", in_words(signed_at.saturating_sub(at)))
                }
                _ => format!("{distance} left"),
            }
        });
        Self {
            signed_at: rfc3339(signed_at),
            expires: rfc3339(expires),
            expires_by,
            state,
            seconds_left: at.map(|at| difference(expires, at)),
            time_left,
        }
    }
}

impl StatementReport {
    pub(crate) fn of(envelope: &UnverifiedEnvelope<'_>) -> Option<Self> {
        let statement = envelope.unverified_statement()?;
        let digest = |digest: Option<[u8; 32]>| digest.map(|octets| hex(&octets));
        let evidence_matches = statement.evidence.map(|expected| {
            let mut hash = Sha256::new();
            envelope.unverified_bag().evidence_octets().for_each(|octets| hash.update(octets));
            hash.finalize()[..] == expected
        });
        Some(Self {
            in_words: in_sentences(statement),
            audience: statement.audience.into(),
            lifetime: statement.lifetime,
            connection: hex(&statement.connection.0),
            client_chain: statement.client_chain.as_str(),
            protocol: statement.protocol.as_str(),
            resumed: statement.resumption == Resumption::Resumed,
            hop: digest(statement.hop),
            request: digest(statement.request),
            evidence: digest(statement.evidence),
            evidence_matches,
            possession: statement.possession.map(|possession| PossessionReport {
                scheme: scheme_name(possession.scheme),
                transcript_hash: hex(possession.transcript_hash),
                signature_octets: possession.signature.len(),
            }),
        })
    }
}

/// What baseline leaves open, which is most.
pub(crate) fn baseline_note(profile: Profile) -> Option<String> {
    (profile == Profile::Baseline).then(|| {
        "baseline has no statement: it is for every origin that trusts the signer, and says \
         nothing about the client's connection"
            .into()
    })
}

fn in_sentences(statement: &Statement<'_>) -> Vec<String> {
    let subject = match statement.client_chain {
        ClientChain::None => "a client presented no certificate",
        _ => "a client presented this certificate",
    };
    let handshake = match statement.resumption {
        Resumption::Full => "in a full handshake",
        _ => "in a resumed session, so the proof of its key is older",
    };
    let protocol = match statement.protocol {
        TlsVersion::Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    };
    let mut sentences = vec![
        format!("To \"{}\" alone: {subject} over {protocol}, {handshake}.", statement.audience),
        match statement.client_chain {
            ClientChain::Validated => "The proxy validated the client's chain.",
            ClientChain::NotValidated => {
                "The proxy did not validate the client's chain, or not successfully."
            }
            _ => "The proxy found no certificate to validate.",
        }
        .into(),
        format!("It holds for {} after signing.", in_words(u64::from(statement.lifetime))),
        match statement.hop {
            Some(_) => "It may arrive only over a connection authenticated with the key that hop \
                        names."
                .into(),
            None => String::from(
                "It names no hop: the origin expects the signer's own key on the connection.",
            ),
        },
        match statement.request {
            Some(_) => "It is bound to one request.".into(),
            None => String::from(
                "It is bound to no request: until it expires, whoever may send it may repeat it.",
            ),
        },
    ];
    if statement.evidence.is_some() {
        sentences.push("It covers the certificates and OCSP responses that came with it.".into());
    }
    if statement.possession.is_some() {
        sentences.push(
            "It carries the client's own CertificateVerify: this key signed some TLS 1.3 handshake."
                .into(),
        );
    }
    sentences
}

/// RFC 8446 §4.2.3.
fn scheme_name(scheme: u16) -> String {
    match scheme {
        0x0403 => "ecdsa_secp256r1_sha256".into(),
        0x0503 => "ecdsa_secp384r1_sha384".into(),
        0x0804 => "rsa_pss_rsae_sha256".into(),
        0x0805 => "rsa_pss_rsae_sha384".into(),
        0x0806 => "rsa_pss_rsae_sha512".into(),
        0x0807 => "ed25519".into(),
        other => format!("{other:#06x}"),
    }
}
