//! The transcript of request binding, against the worked examples of the specification.

use client_cert_envelope::{BoundRequest, InvalidRequest};

const LABEL: &[u8] = b"signed-client-cert request v1\0";

#[test]
fn the_transcript_is_the_one_of_the_specification() {
    let request =
        BoundRequest::new("GET", "https", "API.example.com:443", "/orders?limit=10").unwrap();
    let expected =
        [LABEL, b"\0\0\0\x03GET", b"\0\0\0\x0fapi.example.com", b"\0\0\0\x10/orders?limit=10"];
    assert_eq!(request.transcript(), expected.concat());

    let request = BoundRequest::new("OPTIONS", "https", "api.example.com:8443", "*").unwrap();
    let expected = [LABEL, b"\0\0\0\x07OPTIONS", b"\0\0\0\x14api.example.com:8443", b"\0\0\0\x01*"];
    assert_eq!(request.transcript(), expected.concat());
}

#[test]
fn an_empty_target_is_the_root() {
    assert_eq!(
        BoundRequest::new("GET", "http", "a:80", ""),
        BoundRequest::new("GET", "http", "A", "/")
    );
}

#[test]
fn only_the_default_port_of_the_scheme_goes() {
    let transcript =
        |scheme, authority| BoundRequest::new("GET", scheme, authority, "/").unwrap().transcript();
    assert_eq!(transcript("https", "a:443"), transcript("https", "a"));
    assert_ne!(transcript("http", "a:443"), transcript("http", "a"));
    assert_ne!(transcript("https", "a:8443"), transcript("https", "a:8"));
}

#[test]
fn what_no_request_is_is_refused() {
    for (method, scheme, authority, target, expected) in [
        ("CONNECT", "https", "a", "/", InvalidRequest::Connect),
        ("", "https", "a", "/", InvalidRequest::Method),
        ("GE T", "https", "a", "/", InvalidRequest::Method),
        ("GET", "ftp", "a", "/", InvalidRequest::Scheme),
        ("GET", "https", "", "/", InvalidRequest::Authority),
        ("GET", "https", ":443", "/", InvalidRequest::Authority),
        ("GET", "https", "user@a", "/", InvalidRequest::Authority),
        ("GET", "https", "a", "orders", InvalidRequest::Target),
        ("GET", "https", "a", "*", InvalidRequest::Target),
        ("GET", "https", "a", "/a b", InvalidRequest::Target),
        ("GET", "https", "a", "/a#b", InvalidRequest::Target),
        ("GET", "https", "a", "/a\n", InvalidRequest::Target),
    ] {
        assert_eq!(BoundRequest::new(method, scheme, authority, target), Err(expected));
    }
}
