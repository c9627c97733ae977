//! The request transcript, whose SHA-256 binds a statement to one request.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// First octets of every transcript, so that no other protocol hashes the same.
const LABEL: &[u8] = b"signed-client-cert request v1\0";

/// What of a request is bound: method, authority and target, as sent upstream. `Debug` shows the
/// method only: targets carry secrets.
#[derive(Clone, Eq, PartialEq)]
pub struct BoundRequest {
    method: String,
    authority: String,
    target: String,
}

impl BoundRequest {
    /// Takes the parts of a request (RFC 9110 §7.1, §9.1).
    ///
    /// The authority is lower-cased here and loses the scheme's default port; an empty target is
    /// `/`. Nothing else is normalised: what is sent upstream and what the origin receives must be
    /// the same octets.
    ///
    /// # Errors
    /// [`InvalidRequest`] for CONNECT, for a part that is empty, and for characters that no method,
    /// authority or target has.
    pub fn new(
        method: &str,
        scheme: &str,
        authority: &str,
        target: &str,
    ) -> Result<Self, InvalidRequest> {
        let is_token =
            |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&octet);
        if method.is_empty() || !method.bytes().all(is_token) {
            return Err(InvalidRequest::Method);
        }
        if method == "CONNECT" {
            return Err(InvalidRequest::Connect);
        }
        let default_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(InvalidRequest::Scheme),
        };
        let authority = authority.to_ascii_lowercase();
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        let visible = |text: &str| text.bytes().all(|octet| (0x21..=0x7e).contains(&octet));
        if authority.is_empty() || !visible(authority) || authority.contains(['/', '?', '#', '@']) {
            return Err(InvalidRequest::Authority);
        }
        let target = if target.is_empty() { "/" } else { target };
        let asterisk = target == "*" && method == "OPTIONS";
        if !(target.starts_with('/') || asterisk) || !visible(target) || target.contains('#') {
            return Err(InvalidRequest::Target);
        }
        Ok(Self { method: method.into(), authority: authority.into(), target: target.into() })
    }

    /// The octets to hash with SHA-256: the label, then method, authority and target, each after
    /// its length as four octets, big endian.
    #[must_use]
    pub fn transcript(&self) -> Vec<u8> {
        let mut transcript = LABEL.to_vec();
        for part in [&self.method, &self.authority, &self.target] {
            // A part longer than 4 GiB cannot be in a request; its length would saturate.
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            transcript.extend_from_slice(&length.to_be_bytes());
            transcript.extend_from_slice(part.as_bytes());
        }
        transcript
    }
}

impl fmt::Debug for BoundRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoundRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// Why a request cannot be bound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// The authority is empty or has a character that none has.
    Authority,
    /// CONNECT is never signed.
    Connect,
    /// The method is not a token.
    Method,
    /// The scheme is neither `http` nor `https`.
    Scheme,
    /// The target is not a path with query, nor `*` of OPTIONS.
    Target,
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Authority => "the authority is not a host with an optional port",
            Self::Connect => "CONNECT requests are never signed",
            Self::Method => "the method is not a token",
            Self::Scheme => "the scheme is neither http nor https",
            Self::Target => "the target is not a path with an optional query, nor * of OPTIONS",
        })
    }
}

impl core::error::Error for InvalidRequest {}
