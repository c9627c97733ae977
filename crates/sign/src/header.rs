//! The signed field value.

use std::fmt;
use std::time::Duration;

use client_cert_envelope::Profile;
use rustls_pki_types::UnixTime;

/// A signed field value, and when it holds. Clones share the text; `Debug` hides it: whoever has
/// it can present it for as long as it holds.
#[derive(Clone, Eq, PartialEq)]
pub struct SignedHeader {
    value: SharedText,
    profile: Profile,
    signed_at: UnixTime,
    lifetime: Duration,
}

impl SignedHeader {
    pub(crate) fn new(
        value: String,
        profile: Profile,
        signed_at: UnixTime,
        lifetime: Duration,
    ) -> Self {
        Self { value: SharedText::new(value), profile, signed_at, lifetime }
    }

    /// The field value: set it, never append it, after removing every copy of the field and its
    /// aliases from the request.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.value.as_str()
    }

    /// The profile, and with it the default name of the field
    /// ([`FieldName::for_profile`](crate::FieldName::for_profile)).
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// The signing time.
    #[must_use]
    pub const fn signed_at(&self) -> UnixTime {
        self.signed_at
    }

    /// The first second at which it no longer holds, but for a verifier's skew.
    #[must_use]
    pub fn expires(&self) -> UnixTime {
        self.after(self.lifetime)
    }

    /// When a proxy signs again: the rest is for requests on their way and for clocks that differ.
    #[must_use]
    pub fn half_life(&self) -> UnixTime {
        self.after(self.lifetime.checked_div(2).unwrap_or_default())
    }

    fn after(&self, duration: Duration) -> UnixTime {
        let signed_at = Duration::from_secs(self.signed_at.as_secs());
        UnixTime::since_unix_epoch(signed_at.saturating_add(duration))
    }

    /// The value for a header map, sharing the text and marked sensitive, so that header
    /// compression does not index it and `Debug` does not show it.
    #[cfg(feature = "http")]
    #[must_use]
    pub fn to_header_value(&self) -> http::HeaderValue {
        self.value.0.clone()
    }

    /// As [`Self::to_header_value`], without even a new reference.
    #[cfg(feature = "http")]
    #[must_use]
    pub fn into_header_value(self) -> http::HeaderValue {
        self.value.0
    }
}

impl fmt::Debug for SignedHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedHeader")
            .field("profile", &self.profile)
            .field("signed_at", &self.signed_at)
            .field("lifetime", &self.lifetime)
            .field("characters", &self.as_str().len())
            .finish_non_exhaustive()
    }
}

/// Text that clones share. `HeaderValue` does that itself, and then one copy serves both.
#[cfg(feature = "http")]
#[derive(Clone, Eq, PartialEq)]
struct SharedText(http::HeaderValue);

#[cfg(feature = "http")]
impl SharedText {
    fn new(text: String) -> Self {
        // Base64 and colons are field characters, so this default is never sent. Verifiers refuse
        // an empty value.
        let mut value = http::HeaderValue::try_from(text)
            .unwrap_or_else(|_| http::HeaderValue::from_static(""));
        value.set_sensitive(true);
        Self(value)
    }

    fn as_str(&self) -> &str {
        str::from_utf8(self.0.as_bytes()).unwrap_or_default()
    }
}

#[cfg(not(feature = "http"))]
#[derive(Clone, Eq, PartialEq)]
struct SharedText(std::sync::Arc<str>);

#[cfg(not(feature = "http"))]
impl SharedText {
    fn new(text: String) -> Self {
        Self(text.into())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}
