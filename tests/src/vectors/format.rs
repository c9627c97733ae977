//! The file format: what `vectors/schema.json` describes, as types.
//!
//! Unknown keys are refused everywhere. `null` says that something is not set; no key is left out.

mod policy;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub use policy::{
    Absence, AllowedName, Client, ClientAnchors, ClientEku, ClientKeyword, Hop, NameKind, Padding,
    Policy, ProxyCa, Replay, RequestBinding, Signer, Unvalidated,
};

/// One file: the vectors of one stage, or the ones that verify.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// What the vectors have in common.
    pub description: String,
    /// Name of the schema, in the same folder.
    pub schema: String,
    /// Version of the specification.
    pub spec_version: u32,
    /// The vectors.
    pub vectors: Vec<Vector>,
}

/// One request, the policy it is judged under, and the verdict.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// `stage/what-is-wrong`, or `accept/what-is-special`. Unique, and never reused.
    pub id: String,
    /// What is wrong, and only that.
    pub comment: String,
    /// Cases of the attack catalogue that it covers.
    pub threat: Vec<String>,
    /// Section of the specification.
    pub spec: String,
    /// The profile of the message.
    pub profile: Profile,
    /// What the origin was configured with.
    pub policy: Policy,
    /// Name of the field that the verifier reads.
    pub field_name: String,
    /// Every field line of the request that matters, in order: name and value, a character an octet.
    pub field_lines: Vec<(String, String)>,
    /// The verifier's clock, in seconds since 1970.
    pub now: u64,
    /// Certificate of the verifier's TLS peer.
    pub hop_peer: Option<Octets>,
    /// The request, where the verifier is given one.
    pub request: Option<Request>,
    /// State of the replay store; empty where not set.
    pub replay_store: Option<ReplayStore>,
    /// What the cryptographic back end can do.
    pub backend: Backend,
    /// The verdict.
    pub expect: Expectation,
    /// For a refused vector: the id of one that verifies under the same policy.
    pub twin: Option<String>,
}

/// A profile of the specification.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Strict.
    Strict,
    /// Baseline.
    Baseline,
}

/// The request as the origin received it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Method.
    pub method: String,
    /// `http` or `https`.
    pub scheme: String,
    /// Authority.
    pub authority: String,
    /// Path and query.
    pub target: String,
}

/// State of the replay store before the request.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum ReplayStore {
    /// It works, and has these keys.
    Working(SeenKeys),
    /// It does not work.
    Keyword(ReplayStoreKeyword),
}

/// What a replay store has.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SeenKeys {
    /// The keys.
    pub seen: Vec<SeenKey>,
}

/// One key of a replay store.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SeenKey {
    /// SHA-256 of the signer's SPKI, in hexadecimal.
    pub signer: String,
    /// `connection` of the statement, in hexadecimal.
    pub connection: String,
}

/// The keyword in place of a state.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplayStoreKeyword {
    /// The store does not answer.
    Unavailable,
}

/// What the cryptographic back end can do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Backend {
    /// Every algorithm of the specification's tables without ML-DSA.
    Full,
    /// All but Ed25519.
    WithoutEd25519,
}

/// A verdict, expected or observed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Verified or refused.
    pub verdict: Verdict,
    /// Stage of the refusal.
    pub stage: Option<String>,
    /// Code of the refusal.
    pub code: Option<String>,
    /// What is known of the client.
    pub client: Option<ClientFound>,
    /// Name of the signer.
    pub signer: Option<String>,
    /// Last second, exclusive, for which the verdict may be relied on; since 1970.
    pub valid_until: Option<u64>,
}

/// Verified or refused.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All steps passed.
    Verified,
    /// One did not.
    Refused,
}

/// What a verified message says about the client.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClientFound {
    /// Whether there is a certificate.
    pub present: bool,
    /// Its subject (RFC 4514).
    pub subject: Option<String>,
    /// SHA-256 of the certificate, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether the origin judged its path.
    pub chain: Option<Chain>,
}

/// Whether the origin judged the client's path.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chain {
    /// It did, and found one.
    Verified,
    /// It trusted the proxy's validation.
    NotChecked,
}

/// Octets that the files carry as base64 (RFC 4648, section 4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Octets(pub Vec<u8>);

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Self).map_err(de::Error::custom)
    }
}

impl Expectation {
    /// A refusal.
    pub fn refused(stage: &str, code: &str) -> Self {
        Self {
            verdict: Verdict::Refused,
            stage: Some(stage.to_owned()),
            code: Some(code.to_owned()),
            client: None,
            signer: None,
            valid_until: None,
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
