//! The stages of the verifying procedure.

use core::fmt;

/// Where in the verifying procedure (`docs/spec.md`, "Verifying") a message was refused.
///
/// The names are stable: they are what logs, test vectors and `client-cert verify --json` carry.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Stage {
    /// Step 1: the request has no field line of this name.
    Absent,
    /// Step 1: exactly one line, no alias, bounded size, printable.
    Field,
    /// Step 2: canonical base64.
    Base64,
    /// Step 3: canonical DER.
    Der,
    /// Step 4: the structure of the profile.
    Cms,
    /// Steps 5 and 6b: a row of the algorithm table, and the row of the signer's key.
    Algorithm,
    /// Steps 6 and 9b: who signed, and whether they may.
    Signer,
    /// Step 7: the statement's own time.
    Time,
    /// Step 8: made for this origin.
    Audience,
    /// Step 9: digests and signature.
    Signature,
    /// Step 10: bound to this hop and this request, and of the demanded kind.
    Binding,
    /// Step 11: not seen before, where single use is demanded.
    Replay,
    /// Step 12: the client's certificate.
    Client,
    /// Step 13: the client's own `CertificateVerify`.
    Possession,
    /// Step 14: revocation.
    Revocation,
    /// Step 15: mapping to an identity.
    Identity,
    /// Not about a message: the configuration was refused.
    Config,
    /// Not about a message: something the verifier relies on failed, and it fails closed.
    Internal,
}

impl Stage {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Field => "field",
            Self::Base64 => "base64",
            Self::Der => "der",
            Self::Cms => "cms",
            Self::Algorithm => "algorithm",
            Self::Signer => "signer",
            Self::Time => "time",
            Self::Audience => "audience",
            Self::Signature => "signature",
            Self::Binding => "binding",
            Self::Replay => "replay",
            Self::Client => "client",
            Self::Possession => "possession",
            Self::Revocation => "revocation",
            Self::Identity => "identity",
            Self::Config => "config",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
