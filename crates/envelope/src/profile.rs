//! The two profiles.

use core::fmt;

/// The form of a message, and how it is judged.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// The default: typed content, statement with audience and lifetime, nothing unsigned.
    Strict,
    /// What `openssl cms -sign -binary -nodetach -outform DER | base64 -w0` makes: no audience, no
    /// statement. Accepted only where a policy names it.
    Baseline,
}

impl Profile {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Baseline => "baseline",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which profiles some configuration accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AcceptedProfiles {
    /// Strict only.
    Strict,
    /// Baseline only.
    Baseline,
    /// Both; the form of the value tells which.
    Both,
}

impl AcceptedProfiles {
    /// Whether `profile` is among them.
    #[must_use]
    pub const fn contains(self, profile: Profile) -> bool {
        matches!(
            (self, profile),
            (Self::Both, _) | (Self::Strict, Profile::Strict) | (Self::Baseline, Profile::Baseline)
        )
    }
}
