//! Values of flags.

use std::time::Duration;

use client_cert_envelope::{BoundRequest, ConnectionId, FieldName};
use rustls_pki_types::UnixTime;

use crate::{hex, time};

/// `300s`, `5m`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text)
        .map_err(|error| format!("{error}; write a number with its unit, such as 300s or 5m"))
}

/// `2026-11-21T12:00:00Z`.
pub(super) fn instant(text: &str) -> Result<UnixTime, String> {
    time::parse_rfc3339(text)
        .ok_or_else(|| "write an instant in UTC since 1970, such as 2026-11-21T12:00:00Z".into())
}

/// 32 hexadecimal digits.
pub(super) fn connection(text: &str) -> Result<ConnectionId, String> {
    hex::decode(text)
        .and_then(|octets| octets.try_into().ok())
        .map(ConnectionId)
        .ok_or_else(|| "write 32 hexadecimal digits".into())
}

pub(super) fn field_name(text: &str) -> Result<FieldName, String> {
    FieldName::new(text).map_err(|error| error.to_string())
}

/// `METHOD https://host/path?query`; `OPTIONS https://host *` for the asterisk form.
pub(super) fn request(text: &str) -> Result<BoundRequest, String> {
    const FORM: &str = "write a method and a URL, such as 'GET https://host/path?query'";
    let mut words = text.split(' ');
    let (Some(method), Some(url), asterisk, None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(FORM.into());
    };
    let (scheme, rest) = url.split_once("://").ok_or(FORM)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at_checked(end).ok_or(FORM)?;
    let target = match asterisk {
        Some("*") if target.is_empty() => "*".into(),
        Some(_) => return Err(FORM.into()),
        // An empty path is `/` (RFC 9110 §4.2.3), with a query too.
        None if target.starts_with('?') => format!("/{target}"),
        None => String::from(target),
    };
    BoundRequest::new(method, &scheme.to_ascii_lowercase(), authority, &target)
        .map_err(|error| format!("{error}; {FORM}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_method_and_url() {
        let expected = BoundRequest::new("GET", "https", "host", "/p?q=1").unwrap();
        assert_eq!(request("GET https://HOST:443/p?q=1"), Ok(expected));
        let root = BoundRequest::new("GET", "http", "[::1]:8080", "/?q").unwrap();
        assert_eq!(request("GET http://[::1]:8080?q"), Ok(root));
        let all = BoundRequest::new("OPTIONS", "https", "host", "*").unwrap();
        assert_eq!(request("OPTIONS https://host *"), Ok(all));
    }

    #[test]
    fn other_requests_are_refused() {
        for text in [
            "",
            "GET",
            "GET /path",
            "GET ftp://host/",
            "GET https://host/a b",
            "GET https://user@host/",
            "GET https://host/#part",
            "GET https://host/ *",
            "CONNECT https://host",
        ] {
            assert!(request(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_connection_is_sixteen_octets_in_hexadecimal() {
        assert_eq!(connection("000102030405060708090a0b0c0d0eFF").unwrap().0[15], 0xff);
        for text in ["", "00", "0x0102030405060708090a0b0c0d0e0f", "+f".repeat(16).as_str()] {
            assert!(connection(text).is_err(), "{text}");
        }
    }
}
