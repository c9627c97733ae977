//! Stage `cms`: the statement's syntax, and the bags.

use crate::attribute::attribute;
use crate::keys::Key;
use crate::message::MessageForge;
use crate::revocation::{CertStatus, crl, ocsp_error, ocsp_response};
use crate::statement::{Evidence, Field, NO_CHAIN, StatementForge, VALIDATED};
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, baseline, strict};
use crate::{der, fixed, oid, pki};

pub(super) fn vectors() -> Vec<Vector> {
    [versions(), ranges(), structures(), possessions(), chains(), evidence(), bags()].concat()
}

fn saying(
    id: &str,
    code: &str,
    threat: &str,
    comment: &str,
    change: impl FnOnce(StatementForge) -> StatementForge,
) -> Vector {
    Scene::strict().refuse(id, code, (threat, "6"), comment, strict().statement(change))
}

fn versions() -> Vec<Vector> {
    vec![
        saying("cms/statement-version-2", "statement-version", "M44", "version is 2.", |s| {
            s.version(2)
        }),
        saying("cms/statement-version-0", "statement-version", "M44", "version is 0.", |s| {
            s.version(0)
        }),
    ]
}

/// Values out of range.
fn ranges() -> Vec<Vector> {
    let range = |id: &str, threat: &str, comment: &str, field: Field, element: Vec<u8>| {
        saying(id, "statement", threat, comment, |s| s.field(field, &element))
    };
    let connection = |octets: usize| {
        range(
            &format!("cms/connection-of-{octets}-octets"),
            "F14",
            &format!("connection has {octets} octets, not 16."),
            Field::Connection,
            der::octet_string(&vec![0x5c; octets]),
        )
    };
    let long = "a".repeat(256);
    vec![
        range("cms/audience-empty", "F12", "audience is empty.", Field::Audience, der::utf8("")),
        range(
            "cms/audience-of-256-octets",
            "F12",
            "audience has 256 octets, one too many.",
            Field::Audience,
            der::utf8(&long),
        ),
        range(
            "cms/audience-not-utf-8",
            "F12",
            "audience has an octet ff, which UTF-8 does not.",
            Field::Audience,
            der::tlv(der::UTF8_STRING, b"https://origin.example\xff"),
        ),
        range("cms/lifetime-of-0", "F06", "lifetime is 0.", Field::Lifetime, der::integer(0)),
        range(
            "cms/lifetime-of-86401",
            "F06",
            "lifetime is a second over a day.",
            Field::Lifetime,
            der::integer(86_401),
        ),
        connection(0),
        connection(15),
        connection(17),
        range(
            "cms/client-chain-3",
            "F28",
            "clientChain is 3, which means nothing.",
            Field::ClientChain,
            der::enumerated(3),
        ),
        range(
            "cms/protocol-770",
            "F28",
            "protocol is 770, TLS 1.1.",
            Field::Protocol,
            der::integer(770),
        ),
        range(
            "cms/hop-of-31-octets",
            "F23",
            "hop is cut short by an octet.",
            Field::Hop,
            der::context_primitive(0, &Key::PROXY.spki_sha256()[..31]),
        ),
        range(
            "cms/request-of-33-octets",
            "F25",
            "request has an octet more than SHA-256.",
            Field::Request,
            der::context_primitive(1, &[0x5c; 33]),
        ),
    ]
}

/// Elements missing, added, out of place, or of other types.
fn structures() -> Vec<Vector> {
    let right = StatementForge::new();
    let elements = crate::tree::Node::parse(&right.der(&[]));
    let mut swapped: Vec<Vec<u8>> = elements.children().iter().map(|node| node.to_der()).collect();
    swapped.swap(1, 2);
    let swapped = attribute(oid::STATEMENT, [der::seq(swapped)]);
    let structure = |id: &str, comment: &str, change: fn(StatementForge) -> StatementForge| {
        saying(id, "statement", "F11", comment, change)
    };
    vec![
        structure("cms/audience-missing", "There is no audience.", |s| s.without(Field::Audience)),
        structure("cms/resumed-missing", "There is no resumed.", |s| s.without(Field::Resumed)),
        structure("cms/audience-printable-string", "audience is a PrintableString.", |s| {
            s.field(Field::Audience, &der::printable("https://origin.example"))
        }),
        structure("cms/audience-list", "audience is a SEQUENCE of two audiences.", |s| {
            let list = [der::utf8(fixed::AUDIENCE), der::utf8("https://elsewhere.example")];
            s.field(Field::Audience, &der::seq(list))
        }),
        structure("cms/unknown-element", "There is an element [4] at the end.", |s| {
            s.trailing(&der::context_primitive(4, &[0]))
        }),
        Scene::strict().refuse(
            "cms/elements-out-of-order",
            "statement",
            ("F11", "6"),
            "lifetime comes before audience.",
            strict().set_attribute_raw(oid::STATEMENT, &swapped),
        ),
    ]
}

/// Possession where it may not be, or out of range. Each signature is the client's, and right.
fn possessions() -> Vec<Vector> {
    let hash = [0x5c; 32];
    let right = move |s: StatementForge| s.possessed_by(Key::CLIENT, &hash);
    let possession =
        |id: &str, comment: &str, change: &dyn Fn(StatementForge) -> StatementForge| {
            let sent = strict().statement(change);
            Scene::strict().refuse(id, "statement", ("", "10"), comment, sent)
        };
    vec![
        possession(
            "cms/possession-with-tls-1.2",
            "possession is there, and protocol is TLS 1.2.",
            &|s| right(s).protocol(771),
        ),
        possession(
            "cms/possession-of-resumed-session",
            "possession is there, and the session was resumed.",
            &|s| right(s).resumed(true),
        ),
        possession(
            "cms/possession-scheme-of-pkcs1",
            "scheme is 0401, RSA PKCS #1 v1.5, which TLS 1.3 does not have.",
            &|s| s.possession(0x0401, &hash, &[0x5c; 256]),
        ),
        possession("cms/possession-hash-of-31-octets", "transcriptHash has 31 octets.", &|s| {
            s.possessed_by(Key::CLIENT, &hash[..31])
        }),
        possession("cms/possession-without-signature", "signature is empty.", &|s| {
            s.possession(0x0403, &hash, &[])
        }),
    ]
}

/// clientChain and the kind of statement.
fn chains() -> Vec<Vector> {
    vec![
        saying(
            "cms/chain-none-with-certificate",
            "client-chain",
            "F28",
            "clientChain is none, and there is a certificate.",
            |s| s.client_chain(NO_CHAIN),
        ),
        Scene::strict().refuse(
            "cms/chain-validated-with-absence",
            "client-chain",
            ("F28", "6"),
            "clientChain is validated, and there is no certificate.",
            MessageForge::absence(Key::PROXY).statement(|s| s.client_chain(VALIDATED)),
        ),
    ]
}

/// `evidence` and the bags, present together or not at all.
fn evidence() -> Vec<Vector> {
    let bag = [pki::client_ca().der()];
    vec![
        Scene::strict().refuse(
            "cms/bag-without-evidence",
            "evidence-missing",
            ("M31", "9"),
            "There is a certificate in the message, and no evidence.",
            strict().certificates(&bag).statement(|s| s.evidence(Evidence::Absent)),
        ),
        Scene::strict().refuse(
            "cms/evidence-without-bag",
            "evidence-unexpected",
            ("", "9"),
            "There is evidence, and neither certificates nor crls.",
            strict().statement(|s| s.evidence(Evidence::Exact(vec![0x5c; 32]))),
        ),
    ]
}

/// What the bags must not hold.
fn bags() -> Vec<Vector> {
    let scene = Scene::strict();
    let certificate = pki::client_ca().der();
    let certificates = |id: &str, threat: &str, comment: &str, elements: &[Vec<u8>]| {
        let sent = strict().certificates_in_order(elements);
        scene.refuse(id, "certificate-bag", (threat, "9"), comment, sent)
    };
    let crls = |id: &str, comment: &str, sent: MessageForge| {
        scene.refuse(id, "revocation-bag", ("M30", "9"), comment, sent)
    };
    let choice = |tag: u8| vec![der::retag(0xa0 | tag, &certificate)];
    let seven = (0..7).map(|n| pki::authority(&format!("CA {n}"), Key::STRANGER).der());
    let about = |status| ocsp_response(&pki::client_ca(), &pki::small_client_leaf(), status);
    let good = about(CertStatus::Good);
    let others = [CertStatus::Unknown, CertStatus::Revoked(1), CertStatus::Revoked(2)].map(about);
    vec![
        certificates("cms/certificates-empty", "M35", "certificates is there, and empty.", &[]),
        certificates(
            "cms/certificate-twice",
            "M36 D14",
            "The same certificate is there twice.",
            &[certificate.clone(), certificate.clone()],
        ),
        certificates(
            "cms/seven-certificates",
            "M36",
            "There are seven certificates, one too many.",
            &der::sorted(seven),
        ),
        certificates(
            "cms/extended-certificate",
            "M35",
            "An entry of certificates is an extendedCertificate [0].",
            &choice(0),
        ),
        certificates(
            "cms/attribute-certificate",
            "M35",
            "An entry of certificates is an attribute certificate [2].",
            &choice(2),
        ),
        crls("cms/crls-empty", "crls is there, and empty.", strict().crls_in_order(&[])),
        crls(
            "cms/crl-in-the-message",
            "crls has a CRL, and a current one that revokes nobody.",
            strict().crls_in_order(&[crl(&pki::client_ca(), &[])]),
        ),
        crls(
            "cms/ocsp-not-successful",
            "crls has an OCSPResponse with the status tryLater.",
            strict().ocsp_responses(&[ocsp_error(3)]),
        ),
        crls(
            "cms/four-ocsp-responses",
            "crls has four OCSP responses, one too many.",
            strict().ocsp_responses(&[&others[..], std::slice::from_ref(&good)].concat()),
        ),
        Scene::baseline().refuse(
            "cms/baseline-ocsp",
            "revocation-bag",
            ("M30", "12"),
            "crls is there, with a good OCSP response.",
            baseline().ocsp_responses(&[good]),
        ),
    ]
}
