//! The program as a whole, where a session in a file cannot say it: random signatures, permissions,
//! standard input, and input that nobody would type.

#![cfg(unix)] // permissions and /dev/zero
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test reads fixtures, and a panic of its helpers is its failure"
)]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const NOW: &str = "2026-09-21T14:13:20Z";
const VERIFY: [&str; 8] = [
    "verify",
    "--at",
    NOW,
    "--trust-signer",
    "proxy.pem",
    "--hop-peer=proxy.pem",
    "--audience",
    "https://origin.example",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn run(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_client-cert"))
        .args(arguments)
        .current_dir(fixtures())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends before it has read everything is no failure of this test.
    drop(child.stdin.take().unwrap().write_all(stdin));
    child.wait_with_output().unwrap()
}

fn text(octets: &[u8]) -> &str {
    std::str::from_utf8(octets).unwrap()
}

fn signed(arguments: &[&str]) -> Vec<u8> {
    let fixed = ["sign", "--at", NOW, "--allow-readable-key"];
    let output = run(&[&fixed, arguments].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(output.stderr.is_empty());
    output.stdout
}

fn verdict(arguments: &[&str], field: &[u8]) -> Value {
    let output = run(&[&["verify", "--at", NOW, "--json"], arguments].concat(), field);
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = match report["verdict"].as_str().unwrap() {
        "verified" => 0,
        "refused" => 1,
        _ => 2,
    };
    assert_eq!(output.status.code(), Some(expected));
    report
}

/// The names of the signers that the fixtures have.
const PROXIES: [&str; 4] = ["proxy", "proxy-p384", "proxy-ed25519", "proxy-rsa"];

#[test]
fn what_is_signed_verifies_for_every_kind_of_key() {
    for proxy in PROXIES {
        let (certificate, key) = (format!("{proxy}.pem"), format!("{proxy}.key"));
        let who = ["--signer", &certificate, "--key", &key, "--client", "alice.pem"];
        let trust = ["--trust-signer", &certificate, "--hop-peer", &certificate];

        let field = signed(&[&who[..], &["--audience", "a"]].concat());
        let report = verdict(&[&trust[..], &["--audience", "a"]].concat(), &field);
        assert_eq!(report["verdict"], "verified", "{report}");
        assert_eq!(report["statement"]["expires"], "2026-09-21T14:18:20Z");

        let field = signed(&[&who[..], &["--profile", "baseline"]].concat());
        let report = verdict(&[&trust[..], &["--profile", "baseline"]].concat(), &field);
        assert_eq!(report["verdict"], "verified", "{report}");
        assert_eq!(report["statement"], Value::Null);
    }
}

#[test]
fn rsa_in_baseline_signs_with_either_padding() {
    let who = ["--signer", "proxy-rsa.pem", "--key", "proxy-rsa.key", "--client", "alice.pem"];
    let trust = ["--trust-signer", "proxy-rsa.pem", "--allow-unbound-hop", "--profile", "baseline"];
    for padding in ["pss", "pkcs1"] {
        let field = signed(&[&who[..], &["--profile", "baseline", "--padding", padding]].concat());
        assert_eq!(verdict(&trust, &field)["verdict"], "verified", "{padding}");
    }
}

#[test]
fn every_element_of_the_statement_arrives() {
    let request = "GET https://origin.example/a?b=c";
    let field = signed(&[
        "--signer=proxy.pem",
        "--key=proxy-key.der",
        "--client=alice2.pem",
        "--chain=client-intermediate.pem",
        "--audience=https://origin.example",
        "--lifetime=1m",
        "--hop=hop.pem",
        "--request",
        request,
        "--client-chain=not-validated",
        "--protocol=1.2",
        "--resumed",
        "--connection=000102030405060708090a0b0c0d0e0f",
    ]);
    let report = verdict(
        &[
            "--trust-signer=proxy-public.pem",
            "--audience=https://other.example",
            "--audience=https://origin.example",
            "--client-ca=client-ca.pem",
            "--client-eku=required",
            "--allow-not-validated",
            "--hop-peer=hop.pem",
            "--request",
            request,
            "--require-request",
            "--max-age=60s",
        ],
        &field,
    );
    let hash = |value: &Value| {
        let text = value.as_str().unwrap();
        assert!(text.len() == 64 && text.bytes().all(|octet| octet.is_ascii_hexdigit()));
        Value::from(text)
    };
    assert_eq!(
        report,
        json!({
            "verdict": "verified",
            "profile": "strict",
            "stage": null,
            "code": null,
            "message": "a trusted proxy vouches for this client certificate",
            "client": {
                "present": true,
                "subject": "CN=alice,OU=Service Accounts,O=Example,C=NL",
                "issuer": "CN=Client Intermediate,O=Example",
                "serial": "7387233e533d83a3c199a7f5dbc445b5",
                "sha256": hash(&report["client"]["sha256"]),
                "spki_sha256": "e3b983a11af0744f3f06cd8f6cc5473076e845cdd25f33976ced445572e7967c",
                "not_before": "2026-01-01T00:00:00Z",
                "not_after": "2027-12-31T23:59:59Z",
                "sans": [
                    { "type": "dns", "value": "alice.clients.example" },
                    { "type": "uri", "value": "spiffe://example/ns/prod/sa/alice" }
                ],
                "spiffe_id": "spiffe://example/ns/prod/sa/alice",
                "chain": "verified"
            },
            "signer": {
                "name": "proxy-public",
                "spki_sha256": "13e97e8f7376cfc5b9237103b8554849fc93e131bef88ff30e736331f5ef2cae"
            },
            "statement": {
                "audiences": ["https://origin.example"],
                "signed_at": NOW,
                "expires": "2026-09-21T14:14:20Z",
                "connection": "000102030405060708090a0b0c0d0e0f",
                "client_chain": "not-validated",
                "protocol": "1.2",
                "resumed": true,
                "hop": hash(&report["statement"]["hop"]),
                "request": hash(&report["statement"]["request"]),
                "evidence": { "certificates": 1, "ocsp": 0 },
                "possession": null
            },
            "valid_until": "2026-09-21T14:14:20Z"
        })
    );
}

#[test]
fn an_embedded_signer_needs_no_peer_to_be_found() {
    let field = signed(&[
        "--signer=issued.pem",
        "--key=proxy.key",
        "--client=alice.pem",
        "--audience=a",
        "--embed-signer",
    ]);
    let trust = ["--proxy-ca=proxy-ca.pem", "--signer-eku", "--allow-unbound-hop", "--audience=a"];
    assert_eq!(verdict(&trust, &field)["verdict"], "verified");
    let other = ["--proxy-ca=client-ca.pem", "--signer-eku", "--allow-unbound-hop", "--audience=a"];
    assert_eq!(verdict(&other, &field)["code"], "signer-path");
}

#[test]
fn connection_ids_are_random_unless_given() {
    let who = ["--signer=proxy.pem", "--key=proxy.key", "--absent", "--audience=a", "--out=json"];
    let [a, b]: [Value; 2] = [(); 2].map(|()| serde_json::from_slice(&signed(&who)).unwrap());
    assert_eq!(a["connection"].as_str().unwrap().len(), 32);
    assert_ne!(a["connection"], b["connection"]);
}

#[test]
fn the_forms_of_output_are_one_message() {
    let with = |out| {
        signed(&[
            "--signer=proxy-ed25519.pem",
            "--key=proxy-ed25519.key",
            "--client=alice.pem",
            "--audience=a",
            "--connection=000102030405060708090a0b0c0d0e0f",
            out,
        ])
    };
    let value = with("--out=value");
    let value = text(&value).trim_end();
    assert_eq!(text(&with("--out=field")), format!("Signed-Client-Cert: {value}\n"));
    let report: Value = serde_json::from_slice(&with("--out=json")).unwrap();
    assert_eq!(report["value"], value);
    let der = with("--out=der");
    assert_eq!(client_cert_tests::field::strict_value(&der), value);
    assert_eq!(text(&with("--out=pem")), client_cert_tests::field::pem("CMS", &der));
}

#[test]
fn a_key_that_others_may_read_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let key = directory.path().join("proxy.key");
    fs::copy(fixtures().join("proxy.key"), &key).unwrap();
    let sign = |mode: u32, more: &[&str]| {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let who = ["sign", "--signer=proxy.pem", "--client=alice.pem", "--audience=a", "--key"];
        run(&[&who[..], &[key.to_str().unwrap()], more].concat(), b"")
    };
    for mode in [0o600, 0o400] {
        assert_eq!(sign(mode, &[]).status.code(), Some(0), "{mode:o}");
    }
    for mode in [0o644, 0o640, 0o620, 0o601, 0o666] {
        let refused = sign(mode, &[]);
        assert_eq!(refused.status.code(), Some(2), "{mode:o}");
        let complaint = text(&refused.stderr);
        assert!(complaint.starts_with("error: config/key-permissions: "), "{complaint}");
        assert!(complaint.contains("hint: chmod 600 "), "{complaint}");
        assert!(refused.stdout.is_empty());
        assert_eq!(sign(mode, &["--allow-readable-key"]).status.code(), Some(0), "{mode:o}");
    }
}

#[test]
fn keys_are_read_in_all_their_forms_and_never_printed() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = directory.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let pem = fs::read_to_string(fixtures().join("proxy.key")).unwrap();
    let secret = pem.lines().nth(1).unwrap();
    let encrypted = pem.replace("PRIVATE", "ENCRYPTED PRIVATE");
    let cut = pem.replace("-----END PRIVATE KEY-----", "");
    let damaged = pem.replace(secret, &format!("{secret}!"));
    let two = pem.repeat(2);
    for (name, content, code) in [
        ("encrypted.key", encrypted.as_str(), "key-encrypted"),
        ("cut.key", &cut, "file"),
        ("damaged.key", &damaged, "file"),
        ("two.key", &two, "file"),
        ("words.key", "no key", "file"),
    ] {
        let path = file(name, content.as_bytes());
        let arguments = ["sign", "--allow-readable-key", "--signer=proxy.pem", "--key", &path];
        let output = run(&[&arguments[..], &["--client=alice.pem", "--audience=a"]].concat(), b"");
        assert_eq!(output.status.code(), Some(2), "{name}");
        let complaint = text(&output.stderr);
        assert!(complaint.starts_with(&format!("error: config/{code}: ")), "{complaint}");
        assert!(complaint.contains(name) && complaint.contains("\nhint: "), "{complaint}");
        assert!(!complaint.contains(secret), "{complaint}");
    }
    // As a certificate, and as the field itself.
    for arguments in [["pin", "proxy.key"], ["inspect", "@proxy.key"]] {
        let output = run(&arguments, b"");
        assert!(!text(&output.stdout).contains(secret) && !text(&output.stderr).contains(secret));
    }
}

#[test]
fn standard_input_and_an_argument_are_the_same() {
    let field = fs::read(fixtures().join("strict.field")).unwrap();
    let trust = &VERIFY[3..];
    let piped = verdict(trust, &field);
    assert_eq!(piped["verdict"], "verified");
    let value = text(&field).trim_end();
    assert_eq!(verdict(&[trust, &["-"]].concat(), &field), piped);
    assert_eq!(verdict(&[trust, &[value]].concat(), b""), piped);
    assert_eq!(verdict(&[trust, &["@strict.field"]].concat(), b""), piped);
}

#[test]
fn input_is_bounded() {
    let long = vec![b'A'; 2 * 1024 * 1024];
    let report = verdict(&VERIFY[3..], &long);
    assert_eq!((&report["verdict"], &report["stage"]), (&json!("error"), &json!("config")));
    let report = verdict(&VERIFY[3..], &long[..20_000]);
    assert_eq!(report["code"], "field-too-long");
    let endless = run(&["pin", "/dev/zero"], b"");
    assert_eq!(endless.status.code(), Some(2));
}

#[test]
fn hidden_characters_never_reach_a_terminal() {
    let json = [&VERIFY[..], &["--json", "@hostile.field"]].concat();
    for arguments in [
        [&VERIFY[..], &["@hostile.field"]].concat(),
        json.clone(),
        vec!["inspect", "@hostile.field"],
        vec!["inspect", "--json", "@hostile.field"],
        vec!["pin", "hostile.pem"],
        vec!["pin", "--json", "hostile.pem"],
        vec!["pin", "no\u{1b}[2J\u{202e}such\u{9b}"],
        vec!["verify", "--trust-signer=proxy.pem", "--audience=a", "@\u{1b}\u{202e}"],
        vec!["verify", "--proxy-ca=proxy-ca.pem", "--signer-name=\u{1b}\u{202e}", "x"],
        vec!["vectors", "check", "\u{1b}\u{202e}"],
    ] {
        let output = run(&arguments, b"");
        for stream in [&output.stdout, &output.stderr] {
            let hidden = |c: char| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            };
            assert!(!text(stream).chars().any(hidden), "{arguments:?}: {:?}", text(stream));
        }
    }
    let report: Value = serde_json::from_slice(&run(&json, b"").stdout).unwrap();
    assert_eq!(report["client"]["subject"], "CN=\\1b[2J\\e2\\80\\aeecila\\c2\\9b\\, root");
}

#[test]
fn a_value_that_looks_like_a_request_for_help_is_not_verified() {
    for value in ["-h", "--help"] {
        let output = run(&[&VERIFY[..], &[value]].concat(), b"");
        assert_eq!(output.status.code(), Some(2), "{value}");
    }
    assert_eq!(run(&["verify", "--help"], b"").status.code(), Some(0));
}

#[test]
fn a_ca_beside_a_pin_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let chain = folder.path().join("chain.pem");
    let fixture = |name: &str| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/");
        fs::read(format!("{path}{name}")).unwrap()
    };
    fs::write(&chain, [fixture("proxy.pem"), fixture("proxy-ca.pem")].concat()).unwrap();
    let chain = format!("--trust-signer={}", chain.display());
    let output = run(&["verify", &chain, "--audience=a", "x"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a CA's certificate beside others"));
}

#[test]
fn no_input_makes_it_panic() {
    let field = fs::read(fixtures().join("strict.field")).unwrap();
    let der = fs::read(fixtures().join("message.der")).unwrap();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for round in 0..120 {
        let mut input = if round % 3 == 0 { der.clone() } else { field.clone() };
        for _ in 0..=random(3) {
            let at = random(input.len());
            match random(5) {
                0 => input.truncate(at.max(1)),
                1 => input.insert(at, b'\n'),
                2 => input.insert(at, u8::try_from(random(256)).unwrap()),
                3 => drop(input.remove(at)),
                _ => input[at] ^= 1 << random(8),
            }
        }
        let output = run(&[&VERIFY[..], &["--json"]].concat(), &input);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{input:?}: {output:?}");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["verdict"] == "verified", output.status.code() == Some(0), "{input:?}");
        let output = run(&["inspect", "--at", NOW], &input);
        assert_eq!(output.status.code(), Some(0), "{input:?}: {output:?}");
        let unmarked = |line: &str| !line.starts_with("UNVERIFIED");
        assert!(!text(&output.stdout).lines().any(unmarked), "{input:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_changes_no_verdict() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_client-cert"))
        .args([&VERIFY[..], &["@absence.field", "--json"]].concat())
        .current_dir(fixtures())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn vectors_are_generated_and_checked() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("vectors");
    let folder = folder.to_str().unwrap();
    assert_eq!(run(&["vectors", "check", folder], b"").status.code(), Some(2));
    assert_eq!(run(&["vectors", "generate", folder], b"").status.code(), Some(0));
    let checked = run(&["vectors", "check", folder, "--filter", "base64/", "--json"], b"");
    assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert!(report["passed"].as_u64().unwrap() > 0);
    assert_eq!(report["failed"], 0);

    let file = Path::new(folder).join("base64.json");
    let changed = fs::read_to_string(&file).unwrap().replace("base64-padding", "base64-pad-bits");
    fs::write(&file, changed).unwrap();
    let checked = run(&["vectors", "check", folder, "--filter", "base64/"], b"");
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).contains("failed: base64/"));
    assert_eq!(
        run(&["vectors", "check", folder, "--filter", "no such"], b"").status.code(),
        Some(2)
    );
    fs::write(&file, "{}").unwrap();
    assert_eq!(run(&["vectors", "check", folder], b"").status.code(), Some(2));
}

#[test]
fn completions_and_manual_pages_are_made() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell], b"");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("trust-signer"), "{shell}");
    }
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("man1");
    assert_eq!(run(&["man", folder.to_str().unwrap()], b"").status.code(), Some(0));
    let page = fs::read_to_string(folder.join("client-cert-verify.1")).unwrap();
    assert!(page.contains("\\-\\-allow\\-unbound\\-hop"));
}
