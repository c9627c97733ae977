//! The files of `fixtures/` are what the forging kit makes: no hand has touched them.
//!
//! To write them anew: `WRITE_FIXTURES=1 cargo test -p client-cert-cli --test fixtures`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use client_cert_tests::field::pem;
use client_cert_tests::keys::{Key, KeyKind, Role};
use client_cert_tests::message::MessageForge;
use client_cert_tests::name::name;
use client_cert_tests::pki;

fn fixtures() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut add = |name: &str, content: &[u8]| {
        assert!(files.insert(name.to_owned(), content.to_vec()).is_none(), "{name} twice");
    };

    // Proxies: a certificate to be pinned and its key, by kind.
    let rsa1024 = Key::new(KeyKind::Rsa1024, Role::Proxy);
    for (stem, key) in [
        ("proxy", Key::PROXY),
        ("proxy2", Key::PROXY2),
        ("proxy-p384", Key::PROXY_P384),
        ("proxy-ed25519", Key::PROXY_ED25519),
        ("proxy-rsa", Key::PROXY_RSA),
        ("proxy-rsa1024", rsa1024),
    ] {
        let certificate = pki::self_signed_proxy(key).der();
        add(&format!("{stem}.pem"), pem("CERTIFICATE", &certificate).as_bytes());
        add(&format!("{stem}.key"), key.pkcs8_pem().as_bytes());
    }
    let proxy = pki::self_signed_proxy(Key::PROXY).der();
    add("proxy.der", &proxy);
    add("proxy-key.der", &Key::PROXY.pkcs8());
    add("proxy-public.pem", pem("PUBLIC KEY", &Key::PROXY.spki()).as_bytes());
    add("proxy-public.der", &Key::PROXY.spki());
    add("trailing.der", &[proxy.as_slice(), b"\0"].concat());
    let combined = pem("CERTIFICATE", &proxy) + &Key::PROXY.pkcs8_pem();
    add("combined.pem", combined.as_bytes());

    // A CA of proxies.
    let certificate = |forge: &client_cert_tests::certificate::CertificateForge| {
        pem("CERTIFICATE", &forge.der()).into_bytes()
    };
    add("proxy-ca.pem", &certificate(&pki::proxy_ca()));
    add("issued.pem", &certificate(&pki::proxy_leaf(Key::PROXY)));
    add("hop.pem", &certificate(&pki::hop_certificate()));

    // Clients.
    add("client-ca.pem", &certificate(&pki::client_ca()));
    add("client-intermediate.pem", &certificate(&pki::client_intermediate()));
    add("alice.pem", &certificate(&pki::client_leaf()));
    add("alice2.pem", &certificate(&pki::client_leaf_of_intermediate()));
    let two = [certificate(&pki::client_leaf()), certificate(&pki::mallory_leaf())].concat();
    add("two.pem", &two);
    let hostile =
        pki::client_leaf().subject(&name(&[("CN", "\u{1b}[2J\u{202e}ecila\u{9b}, root")])).der();
    add("hostile.pem", pem("CERTIFICATE", &hostile).as_bytes());

    // Field values: ECDSA as in RFC 6979, the same octets each time.
    let alice = pki::client_leaf().der();
    let strict = MessageForge::strict(&alice, Key::PROXY);
    let line = |value: &str| format!("Signed-Client-Cert: {value}\n");
    add("strict.field", line(&strict.value()).as_bytes());
    add("strict.value", strict.value().as_bytes());
    add("hostile.field", line(&MessageForge::strict(&hostile, Key::PROXY).value()).as_bytes());
    add("absence.field", line(&MessageForge::absence(Key::PROXY).value()).as_bytes());
    let baseline = MessageForge::baseline(&alice, &pki::self_signed_proxy(Key::PROXY));
    add("baseline.field", format!("Client-Cert: {}\n", baseline.value()).as_bytes());
    add("message.der", &strict.der());
    let twice = line(&strict.value()) + &line(&strict.value());
    add("two-lines.field", twice.as_bytes());
    add("request.txt", request(&line(&strict.value()), "keep-alive").as_bytes());
    let listed = request(&line(&strict.value()), "keep-alive, Signed-Client-Cert");
    add("listed.txt", listed.as_bytes());
    let cut: String = strict.value().chars().take(400).collect();
    add("truncated.field", line(&format!("{cut}:")).as_bytes());
    add("jwt.field", line("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln").as_bytes());
    add("rfc9440.field", line(&format!(":{}:", STANDARD.encode(&alice))).as_bytes());
    add("empty", b"");
    files
}

fn request(field: &str, connection: &str) -> String {
    format!("GET /orders HTTP/1.1\nHost: origin.example\nConnection: {connection}\n{field}\n")
}

#[test]
fn every_fixture_is_what_the_kit_forges() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    #[expect(clippy::disallowed_methods, reason = "a switch of this test")]
    let write = std::env::var_os("WRITE_FIXTURES").is_some();
    let expected = fixtures();
    if write {
        for (name, content) in &expected {
            fs::write(directory.join(name), content).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        #[expect(clippy::disallowed_methods, reason = "a fixture is small")]
        let content = fs::read(&path).unwrap();
        found.insert(name, content);
    }
    found.remove("README.md");
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, content) in expected {
        assert_eq!(found[&name], content, "{name}");
    }
}
