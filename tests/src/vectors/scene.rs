//! Where vectors are made: a policy and circumstances that stay the same, and messages that change.

use std::sync::LazyLock;

use crate::algorithm::Digest;
use crate::certificate::CertificateForge;
use crate::keys::Key;
use crate::message::MessageForge;
use crate::vectors::format::{
    Absence, AllowedName, Backend, Chain, Client, ClientAnchors, ClientEku, ClientFound,
    Expectation, Hop, NameKind, Octets, Policy, Profile, ProxyCa, Replay, ReplayStore, Request,
    RequestBinding, Signer, Unvalidated, Vector, Verdict, hex,
};
use crate::vectors::sent::Sent;
use crate::{fixed, pki};

/// Subject of the certificate that most vectors are about.
const ALICE: &str = "CN=alice";

/// The certificate that most vectors are about: small, so that the files are.
pub(super) fn alice() -> Vec<u8> {
    static ALICE: LazyLock<Vec<u8>> = LazyLock::new(|| pki::small_client_leaf().der());
    ALICE.clone()
}

/// A right strict message about it.
pub(super) fn strict() -> MessageForge {
    strict_by(Key::PROXY)
}

/// A right strict message about it by another key.
pub(super) fn strict_by(key: Key) -> MessageForge {
    MessageForge::strict(&alice(), key)
}

/// A right baseline message about it.
pub(super) fn baseline() -> MessageForge {
    baseline_by(Key::PROXY)
}

/// A right baseline message about it by another key.
pub(super) fn baseline_by(key: Key) -> MessageForge {
    MessageForge::baseline(&alice(), &pki::self_signed_proxy(key))
}

/// A policy, the circumstances of a request, and the id of the vector that verifies in them.
#[derive(Clone)]
#[must_use]
pub(super) struct Scene {
    template: Vector,
}

impl Scene {
    /// A pinned P-256 certificate, strict; the proxy connects with it.
    pub(super) fn strict() -> Self {
        static SCENE: LazyLock<Scene> = LazyLock::new(|| Scene::strict_of(Key::PROXY));
        SCENE.clone().twin("accept/strict-p256")
    }

    /// A pinned certificate with this key, strict; the proxy connects with it.
    pub(super) fn strict_of(key: Key) -> Self {
        let certificate = pki::self_signed_proxy(key);
        Self::new(Profile::Strict, pinned(vec![signer(&certificate, Profile::Strict)]))
            .hop(&certificate)
    }

    /// A pinned P-256 certificate, baseline; the proxy connects with it.
    pub(super) fn baseline() -> Self {
        static SCENE: LazyLock<Scene> = LazyLock::new(|| Scene::baseline_of(Key::PROXY));
        SCENE.clone().twin("accept/baseline-p256")
    }

    /// A pinned certificate with this key, baseline; the proxy connects with it.
    pub(super) fn baseline_of(key: Key) -> Self {
        let certificate = pki::self_signed_proxy(key);
        Self::new(Profile::Baseline, pinned(vec![signer(&certificate, Profile::Baseline)]))
            .hop(&certificate)
    }

    /// A proxy CA and the name of the proxy, strict; the proxy connects with another certificate
    /// than it signs with.
    pub(super) fn proxy_ca() -> Self {
        let names = vec![allowed(NameKind::Dns, pki::PROXY_NAME)];
        let policy =
            Policy { signers: None, proxy_ca: Some(proxy_ca(names)), ..pinned(Vec::new()) };
        Self::new(Profile::Strict, policy)
            .hop(&pki::hop_certificate())
            .twin("accept/proxy-ca-embedded")
    }

    fn new(profile: Profile, policy: Policy) -> Self {
        let (field_name, audiences) = match profile {
            Profile::Strict => ("Signed-Client-Cert", vec![fixed::AUDIENCE.to_owned()]),
            Profile::Baseline => ("Client-Cert", Vec::new()),
        };
        Self {
            template: Vector {
                id: String::new(),
                comment: String::new(),
                threat: Vec::new(),
                spec: String::new(),
                profile,
                policy: Policy { audiences, ..policy },
                field_name: field_name.to_owned(),
                field_lines: Vec::new(),
                now: fixed::NOW,
                hop_peer: None,
                request: None,
                replay_store: None,
                backend: Backend::Full,
                expect: Expectation::refused("", ""),
                twin: None,
            },
        }
    }

    /// With another policy.
    pub(super) fn policy(mut self, change: impl FnOnce(&mut Policy)) -> Self {
        change(&mut self.template.policy);
        self
    }

    /// With other client anchors, or what goes with them.
    pub(super) fn clients(self, change: impl FnOnce(&mut ClientAnchors)) -> Self {
        self.policy(|policy| match &mut policy.client {
            Client::Anchors(anchors) => change(anchors),
            Client::Keyword(_) => panic!("the scene has no client anchors"),
        })
    }

    /// With another proxy CA.
    pub(super) fn proxies(self, change: impl FnOnce(&mut ProxyCa)) -> Self {
        self.policy(|policy| change(policy.proxy_ca.as_mut().expect("the scene has a proxy CA")))
    }

    /// The vector that verifies under this policy.
    pub(super) fn twin(mut self, id: &str) -> Self {
        self.template.twin = Some(id.to_owned());
        self
    }

    /// At another time.
    pub(super) fn at(mut self, now: u64) -> Self {
        self.template.now = now;
        self
    }

    /// Over a connection whose peer has this certificate.
    pub(super) fn hop(mut self, certificate: &CertificateForge) -> Self {
        self.template.hop_peer = Some(octets(certificate));
        self
    }

    /// Over a connection whose peer has no certificate.
    pub(super) fn without_hop(mut self) -> Self {
        self.template.hop_peer = None;
        self
    }

    /// Where the verifier reads a field of this name.
    pub(super) fn field(mut self, name: &str) -> Self {
        name.clone_into(&mut self.template.field_name);
        self
    }

    /// In this request.
    pub(super) fn request(mut self, method: &str, authority: &str, target: &str) -> Self {
        self.template.request = Some(Request {
            method: method.to_owned(),
            scheme: "https".to_owned(),
            authority: authority.to_owned(),
            target: target.to_owned(),
        });
        self
    }

    /// With this state of the replay store.
    pub(super) fn replay_store(mut self, store: ReplayStore) -> Self {
        self.template.replay_store = Some(store);
        self
    }

    /// With another back end.
    pub(super) fn backend(mut self, backend: Backend) -> Self {
        self.template.backend = backend;
        self
    }

    /// A message that must be refused: id (its stage is the refusal's), code, cases of the attack
    /// catalogue, section, what is wrong, and the message.
    pub(super) fn refuse(
        &self,
        id: &str,
        code: &str,
        (threat, spec): (&str, &str),
        comment: &str,
        sent: impl Sent,
    ) -> Vector {
        let (stage, _) = id.split_once('/').expect("an id has a stage");
        assert!(self.template.twin.is_some(), "{id} has no twin");
        let expect = Expectation::refused(stage, code);
        Vector { expect, ..self.vector(id, (threat, spec), comment, sent) }
    }

    /// A message that must verify, and be about [`alice`] until its lifetime is over.
    pub(super) fn accept(
        &self,
        id: &str,
        (threat, spec): (&str, &str),
        comment: &str,
        sent: impl Sent,
    ) -> Vector {
        let policy = &self.template.policy;
        let signer = match (&policy.signers, &policy.proxy_ca) {
            (Some(signers), _) => signers.first().map(|signer| signer.name.clone()),
            (_, Some(proxy_ca)) => proxy_ca.allowed_names.first().map(|name| name.value.clone()),
            _ => None,
        };
        let expect = Expectation {
            verdict: Verdict::Verified,
            stage: None,
            code: None,
            client: None,
            signer,
            valid_until: Some(fixed::SIGNED_AT + fixed::LIFETIME),
        };
        let vector = self.vector(id, (threat, spec), comment, sent);
        Vector { twin: None, expect, ..vector }.about(&alice(), ALICE)
    }

    /// The policy, for a scene that shares a part of it.
    pub(super) fn into_policy(self) -> Policy {
        self.template.policy
    }

    fn vector(
        &self,
        id: &str,
        (threat, spec): (&str, &str),
        comment: &str,
        s: impl Sent,
    ) -> Vector {
        Vector {
            id: id.to_owned(),
            comment: comment.to_owned(),
            threat: threat.split_whitespace().map(str::to_owned).collect(),
            spec: spec.to_owned(),
            field_lines: s.field_lines(&self.template.field_name, self.template.profile),
            ..self.template.clone()
        }
    }
}

impl Vector {
    /// Expected to be about this certificate.
    pub(super) fn about(mut self, certificate: &[u8], subject: &str) -> Self {
        let chain = match &self.policy.client {
            Client::Anchors(_) => Chain::Verified,
            Client::Keyword(_) => Chain::NotChecked,
        };
        self.expect.client = Some(ClientFound {
            present: true,
            subject: Some(subject.to_owned()),
            sha256: Some(hex(&Digest::Sha256.of(certificate))),
            chain: Some(chain),
        });
        self
    }

    /// Expected to be about no certificate.
    pub(super) fn about_nobody(mut self) -> Self {
        self.expect.client =
            Some(ClientFound { present: false, subject: None, sha256: None, chain: None });
        self
    }

    /// Expected to be from this signer.
    pub(super) fn signed_by(mut self, name: &str) -> Self {
        self.expect.signer = Some(name.to_owned());
        self
    }

    /// Expected to be good until then.
    pub(super) fn until(mut self, unix_seconds: u64) -> Self {
        self.expect.valid_until = Some(unix_seconds);
        self
    }
}

/// A certificate as the files carry it.
pub(super) fn octets(certificate: &CertificateForge) -> Octets {
    Octets(certificate.der())
}

/// A pinned certificate, named `proxy`.
pub(super) fn signer(certificate: &CertificateForge, profile: Profile) -> Signer {
    Signer {
        name: "proxy".to_owned(),
        certificate: Some(octets(certificate)),
        public_key: None,
        profile,
        audiences: None,
        client_anchors: None,
        padding: None,
    }
}

/// A name that may sign, for anything.
pub(super) fn allowed(kind: NameKind, value: &str) -> AllowedName {
    AllowedName { kind, value: value.to_owned(), audiences: None, client_anchors: None }
}

fn proxy_ca(allowed_names: Vec<AllowedName>) -> ProxyCa {
    ProxyCa {
        anchors: vec![octets(&pki::proxy_ca())],
        allowed_names,
        signing_eku: false,
        signer_certificates: Vec::new(),
        profile: Profile::Strict,
    }
}

fn pinned(signers: Vec<Signer>) -> Policy {
    Policy {
        signers: Some(signers),
        proxy_ca: None,
        audiences: Vec::new(),
        client: Client::Anchors(ClientAnchors {
            anchors: vec![octets(&pki::client_ca())],
            intermediates: Vec::new(),
            eku: ClientEku::IfPresent,
            unvalidated: Unvalidated::Refuse,
        }),
        absence: Absence::Refuse,
        hop: Hop::Require,
        request: RequestBinding::CheckIfPresent,
        max_lifetime: 600,
        max_age: 300,
        skew: 30,
        replay: Replay::Off,
    }
}
