//! Stage `client`: content that is not exactly one certificate.

use crate::keys::Key;
use crate::message::MessageForge;
use crate::revocation::crl;
use crate::vectors::cases::client::leaf;
use crate::vectors::format::Vector;
use crate::vectors::scene::{Scene, alice, baseline, strict};
use crate::{der, field, fixed, oid, pki, tree};

pub(super) fn vectors() -> Vec<Vector> {
    [contents(), malformed()].concat()
}

/// Content that is not exactly one certificate.
fn contents() -> Vec<Vector> {
    let (certificate, scene) = (alice(), Scene::strict());
    let content = |id: &str, threat: &str, comment: &str, octets: &[u8]| {
        let sent = MessageForge::strict(octets, Key::PROXY);
        scene.refuse(id, "client-certificate", (threat, "14"), comment, sent)
    };
    // What `openssl cms -sign` signs without -binary: line feeds become CR LF.
    let text_mode: Vec<u8> = certificate
        .iter()
        .flat_map(|octet| if *octet == b'\n' { vec![b'\r', b'\n'] } else { vec![*octet] })
        .collect();
    assert_ne!(text_mode, certificate, "the certificate has a line feed");
    let twice = der::concat([&certificate, &certificate]);
    vec![
        content("client/empty-content", "M25", "The content is empty.", &[]),
        content(
            "client/two-certificates",
            "M26",
            "A second certificate follows the first in the content.",
            &twice,
        ),
        content(
            "client/octet-after-certificate",
            "M26",
            "A zero octet follows the certificate in the content.",
            &der::concat([&certificate[..], &[0]]),
        ),
        content(
            "client/certificate-cut-short",
            "M26 D23",
            "The last octet of the certificate is missing.",
            &certificate[..certificate.len() - 1],
        ),
        content(
            "client/pem",
            "M26",
            "The content is the certificate in PEM.",
            field::pem("CERTIFICATE", &certificate).as_bytes(),
        ),
        content(
            "client/tbs-certificate",
            "M26",
            "The content is the TBSCertificate alone.",
            &leaf().tbs(),
        ),
        content(
            "client/crl",
            "M26",
            "The content is a CRL of the client CA.",
            &crl(&pki::client_ca(), &[]),
        ),
        content(
            "client/nested-message",
            "M43",
            "The content is a right message of its own.",
            &strict().der(),
        ),
        content(
            "client/public-key",
            "M26",
            "The content is the certificate's SubjectPublicKeyInfo.",
            &Key::CLIENT.spki(),
        ),
        Scene::baseline().refuse(
            "client/baseline-text-mode",
            "client-certificate",
            ("M27", "12"),
            "What `openssl cms -sign` makes without -binary: every line feed has a CR before it.",
            baseline().content(&text_mode),
        ),
    ]
}

/// Certificates that are not DER, or not X.509.
fn malformed() -> Vec<Vector> {
    let scene = Scene::strict();
    let refuse = |id: &str, threat: &str, comment: &str, certificate: Vec<u8>| {
        let sent = MessageForge::strict(&certificate, Key::PROXY);
        scene.refuse(id, "client-certificate", (threat, "14"), comment, sent)
    };
    let many = (0..31).fold(leaf(), |leaf, n| {
        leaf.extension(&format!("{}.{n}", oid::UNASSIGNED), false, &der::null())
    });
    let unused_bits = der::tlv(der::BIT_STRING, &[7, 0x81]);
    let usages = crate::extension::extended_key_usage(&[oid::CLIENT_AUTH]);
    vec![
        refuse(
            "client/outer-length-not-minimal",
            "C12 D03",
            "The length of the certificate has a leading zero.",
            tree::edit(&alice(), &[], |node| node.length = tree::Length::Padded),
        ),
        refuse(
            "client/signature-algorithms-differ",
            "C13",
            "The signature algorithm outside is not the one inside.",
            tree::edit(&alice(), &[1], |node| {
                let other = crate::algorithm::Scheme::Ecdsa(crate::algorithm::Digest::Sha384);
                *node = tree::Node::parse(&other.identifier());
            }),
        ),
        refuse(
            "client/signature-with-unused-bits",
            "D21 C12",
            "The signature of the certificate says that one of its bits is unused.",
            tree::edit(&alice(), &[2], |node| node.bytes_mut()[0] = 1),
        ),
        refuse(
            "client/key-usage-with-unused-bit-set",
            "D21",
            "An unused bit of keyUsage is set.",
            leaf().extension(oid::KEY_USAGE, true, &unused_bits).der(),
        ),
        refuse(
            "client/extension-twice",
            "C03",
            "extKeyUsage is there twice.",
            leaf().repeated_extension(oid::EXTENDED_KEY_USAGE, false, &usages).der(),
        ),
        refuse(
            "client/extensions-in-version-1",
            "C05",
            "There are extensions, and the version is 1.",
            leaf().version(1).der(),
        ),
        refuse(
            "client/thirty-three-extensions",
            "D09",
            "There are 33 extensions, one too many.",
            many.der(),
        ),
        refuse(
            "client/serial-number-empty",
            "D26",
            "The serial number has no octets.",
            leaf().serial(&[]).der(),
        ),
        refuse(
            "client/validity-without-seconds",
            "D22",
            "notAfter has no seconds.",
            leaf()
                .validity_raw(
                    &der::time(fixed::LEAF_FROM),
                    &der::tlv(der::UTC_TIME, b"2712312359Z"),
                )
                .der(),
        ),
    ]
}
