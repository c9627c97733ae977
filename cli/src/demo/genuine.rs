//! Genuine messages of every kind of proxy key, verified in every way.

use std::time::{Duration, Instant};

use client_cert_envelope::{FieldName, Profile, RsaPadding};
use client_cert_sign::backend::aws_lc;
use client_cert_sign::{Assertion, HeaderSigner, PeerCertificate, SignedHeader};
use client_cert_verify::{
    AbsencePolicy, ClientAnchors, ClientTrust, PinnedSigners, Policy, SignerTrust, Verified,
    VerifyError,
};

use super::pki::Entity;
use super::scene::{Origin, Scene, Sent, pin};

/// How often each operation is timed; the median is shown.
const RUNS: usize = 21;

/// One genuine message and what the origin made of it.
pub(super) struct Row {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) field: FieldName,
    pub(super) value: String,
    pub(super) verdict: Result<Verified, VerifyError>,
    pub(super) signing: Duration,
    pub(super) verifying: Duration,
}

/// What is signed, and how the origin trusts the signer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Absence,
    Baseline,
    Pinned,
    ProxyCa,
}

impl Kind {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Absence => "absence",
            Self::Baseline => "baseline",
            Self::Pinned => "pinned",
            Self::ProxyCa => "proxy CA",
        }
    }
}

pub(super) fn rows(scene: &Scene) -> anyhow::Result<Vec<Row>> {
    let mut rows = Vec::new();
    for kind in [Kind::Pinned, Kind::ProxyCa, Kind::Absence] {
        for proxy in &scene.pki.proxies {
            rows.push(strict(scene, proxy, kind)?);
        }
    }
    rows.push(baseline(scene)?);
    Ok(rows)
}

fn strict(scene: &Scene, proxy: &Entity, kind: Kind) -> anyhow::Result<Row> {
    let signer = proxy.signer()?;
    let policy = match kind {
        Kind::ProxyCa => scene.trusting_proxy_ca()?,
        _ => scene.pinning([proxy])?,
    };
    let policy = match kind {
        Kind::Absence => policy.with_absence(AbsencePolicy::Accept),
        _ => policy,
    };
    let sign = || match kind {
        Kind::Absence => scene.sign_absence(&signer),
        _ => scene.sign(&signer, &scene.pki.alice.certificate),
    };
    row(proxy, kind, &scene.origin(policy)?, sign)
}

fn baseline(scene: &Scene) -> anyhow::Result<Row> {
    let proxy = &scene.pki.legacy;
    let key = Box::new(proxy.key()?.with_rsa_padding(RsaPadding::Pkcs1)?);
    let signer = HeaderSigner::baseline(&proxy.certificate, key, aws_lc::VERIFIER)?;
    let client = PeerCertificate::assert_from_tls_handshake(&scene.pki.alice.certificate)?;
    let sign = || Ok(signer.sign(&Assertion::baseline(&client), scene.now)?);

    let pin = pin(proxy)?.with_profile(Profile::Baseline).with_padding(RsaPadding::Pkcs1);
    let anchors = ClientAnchors::new([scene.pki.client_ca.certificate().clone()])?;
    let trust = SignerTrust::Pinned(PinnedSigners::new([pin])?);
    let policy = Policy::new(trust, [], ClientTrust::Anchors(anchors))?;
    row(proxy, Kind::Baseline, &scene.origin_of(policy, Profile::Baseline)?, sign)
}

fn row(
    proxy: &Entity,
    kind: Kind,
    origin: &Origin,
    sign: impl Fn() -> anyhow::Result<SignedHeader>,
) -> anyhow::Result<Row> {
    let (header, signing) = timed(sign);
    let header = header?;
    let sent = Sent::new(&header, Some(proxy))?;
    let (verdict, verifying) = timed(|| origin.judge(&sent));
    Ok(Row {
        key: proxy.kind.name(),
        kind,
        field: FieldName::for_profile(header.profile()),
        value: header.as_str().into(),
        verdict,
        signing,
        verifying,
    })
}

/// The first result, and the median time.
fn timed<T>(run: impl Fn() -> T) -> (T, Duration) {
    let once = || {
        #[expect(clippy::disallowed_methods, reason = "a stopwatch: nothing depends on it")]
        let start = Instant::now();
        let result = run();
        (result, start.elapsed())
    };
    let (first, first_time) = once();
    let mut times: Vec<Duration> = (1..RUNS).map(|_| once().1).chain([first_time]).collect();
    times.sort_unstable();
    let median = times.get(times.len().div_euclid(2)).copied();
    (first, median.unwrap_or(first_time))
}
