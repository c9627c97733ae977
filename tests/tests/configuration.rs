//! Configurations that the verify crate refuses to build, each with its error.

#![expect(clippy::expect_used, reason = "a panic is a failed test")]

use std::sync::Arc;
use std::time::Duration;

use client_cert_tests::certificate::CertificateForge;
use client_cert_tests::der;
use client_cert_tests::extension::KEY_CERT_SIGN;
use client_cert_tests::keys::{Key, KeyKind, Role, foreign_spki};
use client_cert_tests::name::name;
use client_cert_tests::{origin, pki};
use client_cert_verify::pki_types::{SubjectPublicKeyInfoDer, UnixTime};
use client_cert_verify::{
    AllowedName, Audience, AuthorizedBy, ClientAnchors, ClientTrust, ConfigError, InvalidAudience,
    PinnedSigner, PinnedSigners, Policy, Profile, ProxyCa, ReplayKey, ReplayPolicy, ReplayStore,
    ReplayStoreError, ReplayVerdict, RequestPolicy, RsaPadding, SignerTrust, Verifier,
};

fn code<T: std::fmt::Debug>(result: Result<T, ConfigError>) -> &'static str {
    result.expect_err("a configuration to refuse").code()
}

fn signers(signers: impl IntoIterator<Item = PinnedSigner>) -> Result<PinnedSigners, ConfigError> {
    PinnedSigners::new(signers)
}

#[test]
fn empty_trust_is_refused() {
    assert_eq!(code(signers([])), "trust-empty");
    assert_eq!(code(ClientAnchors::new([])), "trust-empty");
    assert_eq!(code(ProxyCa::new([], AuthorizedBy::SigningEku)), "trust-empty");
}

#[test]
fn a_proxy_ca_that_says_nothing_about_its_signers_is_refused() {
    let anchors = [origin::certificate(pki::proxy_ca().der())];
    assert_eq!(code(ProxyCa::new(anchors, AuthorizedBy::Names(vec![]))), "proxy-ca-unrestricted");
}

#[test]
fn a_back_end_without_algorithms_is_refused() {
    let policy = origin::policy(origin::pinned(Key::PROXY));
    assert_eq!(code(Verifier::new(policy, &[])), "algorithms-missing");
}

#[test]
fn an_audience_is_one_service_and_no_pattern() {
    assert_eq!(Audience::new(""), Err(InvalidAudience::Empty));
    assert_eq!(Audience::new("*"), Err(InvalidAudience::Wildcard));
    assert_eq!(Audience::new("https://*.example"), Err(InvalidAudience::Wildcard));
    assert_eq!(Audience::new("a\nb"), Err(InvalidAudience::Character));
    assert_eq!(Audience::new(" a"), Err(InvalidAudience::Character));
    assert_eq!(Audience::new(&"a".repeat(256)), Err(InvalidAudience::TooLong));
    assert!(Audience::new(&"a".repeat(255)).is_ok());
    assert_eq!(ConfigError::from(InvalidAudience::Wildcard).code(), "audience-invalid");
}

#[test]
fn strict_signers_need_an_audience_and_baseline_signers_must_have_none() {
    let clients = || ClientTrust::Anchors(origin::client_anchors());
    assert_eq!(code(Policy::new(origin::pinned(Key::PROXY), [], clients())), "audience-missing");
    let baseline = signers([origin::pin(Key::PROXY).with_profile(Profile::Baseline)]).unwrap();
    let trust = SignerTrust::Pinned(baseline);
    assert_eq!(code(Policy::new(trust, [origin::audience()], clients())), "baseline-audience");
}

#[test]
fn an_anchor_of_proxies_and_clients_is_refused() {
    let shared = || origin::certificate(pki::client_ca().der());
    let trust = SignerTrust::ProxyCa(ProxyCa::new([shared()], AuthorizedBy::SigningEku).unwrap());
    let clients = ClientTrust::Anchors(ClientAnchors::new([shared()]).unwrap());
    assert_eq!(code(Policy::new(trust, [origin::audience()], clients)), "anchor-overlap");
}

#[test]
fn the_same_key_under_another_certificate_is_the_same_anchor() {
    let proxies = pki::authority("Renamed CA", Key::CLIENT_CA);
    let proxies = [origin::certificate(proxies.der())];
    let trust = SignerTrust::ProxyCa(ProxyCa::new(proxies, AuthorizedBy::SigningEku).unwrap());
    let clients = ClientTrust::Anchors(origin::client_anchors());
    assert_eq!(code(Policy::new(trust, [origin::audience()], clients)), "anchor-overlap");
}

#[test]
fn a_proxy_anchor_that_is_a_client_intermediate_is_refused() {
    let intermediate = || origin::certificate(pki::client_intermediate().der());
    let trust =
        SignerTrust::ProxyCa(ProxyCa::new([intermediate()], AuthorizedBy::SigningEku).unwrap());
    let clients = origin::client_anchors().with_intermediates([intermediate()]).unwrap();
    let clients = ClientTrust::Anchors(clients);
    assert_eq!(code(Policy::new(trust, [origin::audience()], clients)), "anchor-overlap");
}

#[test]
fn a_pin_that_is_a_client_ca_is_refused() {
    let clients = ClientTrust::Anchors(origin::client_anchors());
    let policy = Policy::new(origin::pinned(Key::CLIENT_CA), [origin::audience()], clients);
    assert_eq!(code(policy), "signer-is-anchor");
}

#[test]
fn a_small_rsa_key_and_a_small_exponent_are_refused() {
    let pin = |kind| {
        let spki = Key::new(kind, Role::Proxy).spki();
        PinnedSigner::public_key("p", &SubjectPublicKeyInfoDer::from(spki))
    };
    assert_eq!(code(pin(KeyKind::Rsa1024)), "rsa-key-size");
    assert_eq!(code(pin(KeyKind::Rsa2048E3)), "rsa-exponent");
}

#[test]
fn a_certificate_with_an_octet_more_or_less_is_refused() {
    let mut der = pki::self_signed_proxy(Key::PROXY).der();
    der.push(0);
    let trailing = PinnedSigner::certificate("p", &origin::certificate(der.clone()));
    assert_eq!(code(trailing), "certificate-malformed");
    der.truncate(der.len() - 2);
    let truncated = PinnedSigner::certificate("p", &origin::certificate(der));
    assert_eq!(code(truncated), "certificate-malformed");
    assert_eq!(code(ClientAnchors::new([origin::certificate(*b"PEM")])), "certificate-malformed");
}

#[test]
fn a_certificate_that_may_not_sign_is_refused() {
    let certificate = CertificateForge::new(&name(&[("CN", "proxy")]), Key::PROXY)
        .key_usage(&[KEY_CERT_SIGN])
        .der();
    assert_eq!(
        code(PinnedSigner::certificate("p", &origin::certificate(certificate))),
        "key-usage"
    );
}

#[test]
fn a_key_is_pinned_once() {
    let certificate = origin::certificate(pki::self_signed_proxy(Key::PROXY).der());
    let same = PinnedSigner::certificate("again", &certificate).unwrap();
    assert_eq!(code(signers([origin::pin(Key::PROXY), same])), "signer-repeated");
}

#[test]
fn a_key_identifier_names_one_key() {
    let other = CertificateForge::new(&name(&[("CN", "proxy")]), Key::PROXY2)
        .ski_of(&Key::PROXY.ski())
        .der();
    let other = PinnedSigner::certificate("other", &origin::certificate(other)).unwrap();
    assert_eq!(code(signers([origin::pin(Key::PROXY), other])), "key-identifier-repeated");
}

#[test]
fn issuer_and_serial_number_name_one_key() {
    let pin = |key| {
        let certificate = CertificateForge::new(&name(&[("CN", "proxy")]), key).serial(&[7]).der();
        PinnedSigner::certificate("p", &origin::certificate(certificate)).unwrap()
    };
    assert_eq!(code(signers([pin(Key::PROXY), pin(Key::PROXY2)])), "issuer-serial-repeated");
}

#[test]
fn a_padding_goes_with_rsa_and_pkcs1_with_baseline() {
    let ec = origin::pin(Key::PROXY).with_padding(RsaPadding::Pss);
    assert_eq!(code(signers([ec])), "padding-not-rsa");
    let strict = origin::pin(Key::PROXY_RSA).with_padding(RsaPadding::Pkcs1);
    assert_eq!(code(signers([strict.clone()])), "padding-not-rsa");
    assert!(signers([strict.with_profile(Profile::Baseline)]).is_ok());
}

#[test]
fn allowed_names_are_literal() {
    for dns in ["", "*.example", "a b", "a,b", "proxy\0.example"] {
        assert_eq!(code(AllowedName::dns(dns)), "name-invalid", "{dns:?}");
    }
    for uri in ["", "proxy", "spiffe://example/*", "spiffe://a b"] {
        assert_eq!(code(AllowedName::uri(uri)), "name-invalid", "{uri:?}");
    }
}

#[test]
fn a_scope_that_nothing_can_be_within_is_refused() {
    let policy = |signer: PinnedSigner, clients| {
        let trust = SignerTrust::Pinned(signers([signer]).unwrap());
        Policy::new(trust, [origin::audience()], clients)
    };
    let anchors = || ClientTrust::Anchors(origin::client_anchors());
    let elsewhere = Audience::new("https://elsewhere.example").unwrap();
    let scoped = origin::pin(Key::PROXY).with_audiences([elsewhere]);
    assert_eq!(code(policy(scoped, anchors())), "scope-outside-policy");
    let unknown_ca = [origin::certificate(pki::proxy_ca().der())];
    let scoped = origin::pin(Key::PROXY).with_client_anchors(unknown_ca);
    assert_eq!(code(policy(scoped, anchors())), "scope-outside-policy");
    let known_ca = [origin::certificate(pki::client_ca().der())];
    let scoped = origin::pin(Key::PROXY).with_client_anchors(known_ca);
    assert!(policy(scoped.clone(), anchors()).is_ok());
    assert_eq!(code(policy(scoped, ClientTrust::ProxyValidation)), "scope-outside-policy");
}

#[test]
fn a_scope_partly_outside_the_policy_is_a_mistake() {
    let elsewhere = Audience::new("https://elsewhere.example").unwrap();
    for scope in [vec![origin::audience(), elsewhere], vec![]] {
        let trust = signers([origin::pin(Key::PROXY).with_audiences(scope)]).unwrap();
        let clients = ClientTrust::Anchors(origin::client_anchors());
        let policy = Policy::new(SignerTrust::Pinned(trust), [origin::audience()], clients);
        assert_eq!(code(policy), "scope-outside-policy");
    }
}

#[test]
fn a_baseline_signer_has_no_audience_to_be_scoped_to() {
    let strict = origin::pin(Key::PROXY2);
    let baseline = origin::pin(Key::PROXY).with_profile(Profile::Baseline);
    let trust = signers([strict, baseline.with_audiences([origin::audience()])]).unwrap();
    let clients = ClientTrust::Anchors(origin::client_anchors());
    let policy = Policy::new(SignerTrust::Pinned(trust), [origin::audience()], clients);
    assert_eq!(code(policy), "baseline-audience");
}

#[test]
fn an_end_entity_is_no_anchor() {
    for der in [pki::client_leaf().der(), pki::proxy_leaf(Key::PROXY).der()] {
        assert_eq!(code(ClientAnchors::new([origin::certificate(der.clone())])), "anchor-unusable");
        let proxies = ProxyCa::new([origin::certificate(der)], AuthorizedBy::SigningEku);
        assert_eq!(code(proxies), "anchor-unusable");
    }
}

#[test]
fn an_ed25519_key_of_small_order_is_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut negative_zero = [0; 32];
    negative_zero[31] = 0x80;
    let mut not_reduced = [0xff; 32];
    not_reduced[0] = 0xee;
    for point in [[0; 32], identity, negative_zero, not_reduced, [0xff; 32]] {
        let algorithm = der::seq([der::oid("1.3.101.112")]);
        let spki = foreign_spki(&algorithm, &point);
        let pin = PinnedSigner::public_key("p", &SubjectPublicKeyInfoDer::from(spki));
        assert_eq!(code(pin), "key-unsupported", "{point:02x?}");
    }
}

#[test]
fn a_key_identifier_that_no_message_can_have_is_refused() {
    for length in [0, 65] {
        let certificate = CertificateForge::new(&name(&[("CN", "proxy")]), Key::PROXY)
            .ski_of(&vec![7; length])
            .der();
        let pin = PinnedSigner::certificate("p", &origin::certificate(certificate));
        assert_eq!(code(pin), "key-identifier-length", "{length}");
    }
}

#[test]
fn times_are_bounded_whole_seconds() {
    let policy = || origin::policy(origin::pinned(Key::PROXY));
    let (zero, hour) = (Duration::ZERO, Duration::from_secs(3600));
    let longer = Duration::from_secs(3601);
    let fraction = Duration::from_millis(1500);
    for wrong in [zero, longer, fraction, Duration::MAX] {
        assert_eq!(code(policy().with_max_lifetime(wrong)), "max-age-range");
        assert_eq!(code(policy().with_max_age(wrong)), "max-age-range");
    }
    assert!(policy().with_max_lifetime(hour).is_ok() && policy().with_max_age(hour).is_ok());
    for wrong in [Duration::from_secs(301), fraction, Duration::MAX] {
        assert_eq!(code(policy().with_skew(wrong)), "skew-range");
    }
    assert!(policy().with_skew(zero).is_ok());
}

#[test]
fn single_use_needs_request_binding() {
    #[derive(Debug)]
    struct Never;
    impl ReplayStore for Never {
        fn insert_once(
            &self,
            _: &ReplayKey,
            _: UnixTime,
        ) -> Result<ReplayVerdict, ReplayStoreError> {
            Err(ReplayStoreError::default())
        }
    }
    let single_use = || ReplayPolicy::SingleUse(Arc::new(Never));
    let policy = || origin::policy(origin::pinned(Key::PROXY));
    assert_eq!(code(policy().with_replay(single_use())), "replay-without-request");
    let bound = policy().with_request(RequestPolicy::Require).unwrap();
    let replay = bound.with_replay(single_use()).unwrap();
    assert_eq!(code(replay.with_request(RequestPolicy::CheckIfPresent)), "replay-without-request");
}
