//! Stage `audience`: made for this origin, by a signer that may make it.

use crate::keys::Key;
use crate::message::MessageForge;
use crate::vectors::cases::proxy_ca::carrying;
use crate::vectors::format::{AllowedName, NameKind, Policy, Profile, Signer, Vector};
use crate::vectors::scene::{Scene, allowed, signer, strict, strict_by};
use crate::{fixed, pki, statement};

const SECOND: &str = "urn:example:orders";

pub(super) fn vectors() -> Vec<Vector> {
    [spellings(), several(), scopes()].concat()
}

fn two(policy: &mut Policy) {
    policy.audiences = vec![fixed::AUDIENCE.to_owned(), SECOND.to_owned()];
}

fn for_audience(audience: &str) -> MessageForge {
    strict().statement(|s| s.audience(audience))
}

/// Audiences that are nearly the right one.
fn spellings() -> Vec<Vector> {
    let scene = Scene::strict();
    let refuse = |id: &str, comment: &str, audience: &str| {
        let sent = for_audience(audience);
        scene.refuse(id, "audience-mismatch", ("F12", "6"), comment, sent)
    };
    let unicode = Scene::strict()
        .policy(|policy| policy.audiences = vec!["https://b\u{fc}cher.example".to_owned()])
        .twin("accept/audience-in-utf-8");
    let spelled = |id: &str, comment: &str, audience: &str| {
        let sent = for_audience(audience);
        unicode.refuse(id, "audience-mismatch", ("F12", "6"), comment, sent)
    };
    vec![
        refuse("audience/of-another", "It is another origin's.", "https://elsewhere.example"),
        refuse("audience/slash-at-the-end", "A slash follows.", "https://origin.example/"),
        refuse("audience/dot-at-the-end", "A dot follows.", "https://origin.example."),
        refuse("audience/in-capitals", "The host is in capitals.", "https://ORIGIN.example"),
        refuse("audience/prefix", "It is a prefix of the right one.", "https://origin"),
        refuse("audience/suffix", "The right one is a prefix of it.", "https://origin.example.net"),
        refuse("audience/without-scheme", "The scheme is missing.", "origin.example"),
        refuse("audience/asterisk", "It is an asterisk, which matches nothing.", "*"),
        refuse("audience/wildcard", "It is a pattern.", "https://*.example"),
        refuse("audience/nul", "A NUL and more follow.", "https://origin.example\0.example.net"),
        refuse("audience/space", "A space follows.", "https://origin.example "),
        unicode.accept(
            "accept/audience-in-utf-8",
            ("F12", "6"),
            "The audience has a letter outside ASCII, composed.",
            for_audience("https://b\u{fc}cher.example"),
        ),
        spelled(
            "audience/decomposed",
            "The letter is decomposed into a letter and a mark.",
            "https://bu\u{308}cher.example",
        ),
        spelled(
            "audience/punycode",
            "The host is in its ASCII form.",
            "https://xn--bcher-kva.example",
        ),
    ]
}

fn several() -> Vec<Vector> {
    let scene = Scene::strict().policy(two);
    let longest = format!("urn:{}", "a".repeat(251));
    vec![
        scene.accept(
            "accept/second-audience",
            ("F13", "6"),
            "The origin has two audiences, and the message is for the second.",
            for_audience(SECOND),
        ),
        Scene::strict().policy(|policy| policy.audiences = vec![longest.clone()]).accept(
            "accept/audience-of-255-octets",
            ("F12", "17"),
            "The audience has 255 octets.",
            for_audience(&longest),
        ),
    ]
}

/// What a signer may assert.
fn scopes() -> Vec<Vector> {
    let second = pki::self_signed_proxy(Key::PROXY2);
    let only = |audience: &str| Some(vec![audience.to_owned()]);
    let pinned = Scene::strict().twin("accept/audience-in-scope").policy(two).policy(|policy| {
        let pin = |certificate| signer(certificate, Profile::Strict);
        policy.signers = Some(vec![
            Signer { audiences: only(fixed::AUDIENCE), ..pin(&pki::self_signed_proxy(Key::PROXY)) },
            Signer { name: "proxy-2".to_owned(), audiences: only(SECOND), ..pin(&second) },
        ]);
    });
    let scoped_name = |value: &str, kind, audience: &str| AllowedName {
        audiences: only(audience),
        ..allowed(kind, value)
    };
    let named =
        Scene::proxy_ca().policy(two).twin("accept/audience-in-scope-of-name").proxies(|ca| {
            ca.allowed_names = vec![scoped_name(pki::PROXY_NAME, NameKind::Dns, fixed::AUDIENCE)];
        });
    // Both names are in the certificate, and their scopes have nothing in common.
    let disjoint = named.clone().twin("accept/one-of-two-names").proxies(|ca| {
        ca.allowed_names.push(scoped_name(pki::PROXY_SPIFFE_ID, NameKind::Uri, SECOND));
    });
    let leaf = pki::proxy_leaf(Key::PROXY);
    let one_name =
        pki::proxy_leaf(Key::PROXY).san(&[crate::extension::GeneralName::Dns(pki::PROXY_NAME)]);
    let for_second = |s: statement::StatementForge| s.audience(SECOND);
    vec![
        pinned.accept(
            "accept/audience-in-scope",
            ("T13", "11.1"),
            "The signer may assert the audience of the message.",
            strict(),
        ),
        pinned.refuse(
            "audience/outside-scope",
            "audience-scope",
            ("T13", "11.1"),
            "The audience is the origin's, and this signer may only assert another.",
            for_audience(SECOND),
        ),
        pinned.clone().hop(&second).refuse(
            "audience/outside-scope-of-the-second",
            "audience-scope",
            ("T13", "11.1"),
            "The audience is in the scope of another signer than the one that signed.",
            strict_by(Key::PROXY2),
        ),
        named.accept(
            "accept/audience-in-scope-of-name",
            ("T13", "11.2"),
            "The allowed name may assert the audience of the message.",
            carrying(&leaf, &[]),
        ),
        named.refuse(
            "audience/outside-scope-of-name",
            "audience-scope",
            ("T13", "11.2"),
            "The audience is the origin's, and the allowed name may only assert another.",
            carrying(&leaf, &[]).statement(for_second),
        ),
        disjoint.accept(
            "accept/one-of-two-names",
            ("T13", "11.2"),
            "The certificate has one of the two allowed names.",
            carrying(&one_name, &[]),
        ),
        disjoint.refuse(
            "audience/outside-scope-of-one-name",
            "audience-scope",
            ("T13", "11.2"),
            "The certificate has both names, and only one of them may assert the audience.",
            carrying(&leaf, &[]),
        ),
    ]
}
