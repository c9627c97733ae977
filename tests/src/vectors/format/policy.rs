//! Configuration of an origin.

use serde::{Deserialize, Serialize};

use super::{Octets, Profile};

/// Configuration of an origin. Exactly one of `signers` and `proxy_ca` is set.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Pinned signers.
    pub signers: Option<Vec<Signer>>,
    /// Signers by certification path.
    pub proxy_ca: Option<ProxyCa>,
    /// The origin's ids; empty for baseline.
    pub audiences: Vec<String>,
    /// Who judges the client's path.
    pub client: Client,
    /// Whether a statement of absence is accepted.
    pub absence: Absence,
    /// Whether hop binding is demanded.
    pub hop: Hop,
    /// Whether request binding is demanded.
    pub request: RequestBinding,
    /// Longest lifetime of a strict statement, in seconds.
    pub max_lifetime: u64,
    /// Oldest age of a baseline message, in seconds.
    pub max_age: u64,
    /// Accepted difference of clocks, in seconds.
    pub skew: u64,
    /// Whether a message may be used once only.
    pub replay: Replay,
}

/// One pinned signer. Exactly one of `certificate` and `public_key` is set.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Name that a verdict reports.
    pub name: String,
    /// Its certificate.
    pub certificate: Option<Octets>,
    /// Its SubjectPublicKeyInfo.
    pub public_key: Option<Octets>,
    /// The one profile it uses.
    pub profile: Profile,
    /// Audiences it may assert; all of the policy's if not set.
    pub audiences: Option<Vec<String>>,
    /// Client anchors it may assert clients of; all of the policy's if not set.
    pub client_anchors: Option<Vec<Octets>>,
    /// The one RSA padding it uses.
    pub padding: Option<Padding>,
}

/// A CA of proxies, and which of its certificates may sign.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ProxyCa {
    /// Anchors of proxies.
    pub anchors: Vec<Octets>,
    /// Names that may sign; empty where the extended key usage alone decides.
    pub allowed_names: Vec<AllowedName>,
    /// Whether the extended key usage `ARC.3` is demanded.
    pub signing_eku: bool,
    /// Configured certificates of signers, and intermediates towards them.
    pub signer_certificates: Vec<Octets>,
    /// The one profile these signers use.
    pub profile: Profile,
}

/// A name in the signer certificate's subjectAltName.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AllowedName {
    /// Type of the name.
    #[serde(rename = "type")]
    pub kind: NameKind,
    /// The name, compared literally.
    pub value: String,
    /// As for a pinned signer.
    pub audiences: Option<Vec<String>>,
    /// As for a pinned signer.
    pub client_anchors: Option<Vec<Octets>>,
}

/// Type of an allowed name.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// dNSName.
    Dns,
    /// uniformResourceIdentifier.
    Uri,
}

/// Who judges the client's certification path.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Client {
    /// The origin.
    Anchors(ClientAnchors),
    /// The proxy.
    Keyword(ClientKeyword),
}

/// The keyword in place of anchors.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientKeyword {
    /// The origin trusts the proxy's validation.
    ProxyValidation,
}

/// CAs of clients, and what their certificates must be like.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ClientAnchors {
    /// Anchors of clients.
    pub anchors: Vec<Octets>,
    /// Configured intermediates.
    pub intermediates: Vec<Octets>,
    /// What extKeyUsage must say.
    pub eku: ClientEku,
    /// Whether a chain that the proxy did not validate is judged here.
    pub unvalidated: Unvalidated,
}

/// What a client certificate's extKeyUsage must say.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientEku {
    /// clientAuth.
    Required,
    /// clientAuth if the extension is present.
    IfPresent,
    /// Anything, or nothing.
    Any,
}

/// What to do about clientChain `notValidated`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unvalidated {
    /// Judge the chain here.
    Accept,
    /// Refuse.
    Refuse,
}

/// What to do about a statement of absence.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// Accept it.
    Accept,
    /// Refuse it.
    Refuse,
}

/// Hop binding.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hop {
    /// Demanded.
    Require,
    /// Unbound hops are allowed.
    AllowUnbound,
}

/// Request binding.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestBinding {
    /// Checked where present.
    CheckIfPresent,
    /// Demanded.
    Require,
}

/// Single use.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Replay {
    /// Not demanded.
    Off,
    /// Demanded.
    SingleUse,
}

/// RSA padding.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// RSASSA-PSS.
    Pss,
    /// RSASSA-PKCS1-v1_5.
    Pkcs1,
}
