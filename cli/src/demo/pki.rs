//! The throw-away PKI: keys made at run time, certificates of a day, and nothing written anywhere.

use anyhow::Context as _;
use client_cert_envelope::Certificate;
use client_cert_sign::HeaderSigner;
use client_cert_sign::backend::aws_lc;
use client_cert_tests::oid;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyIdMethod, KeyPair, KeyUsagePurpose, RsaKeySize, SanType,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, UnixTime};
use time::OffsetDateTime;

const DAY: u64 = 86_400;

/// A kind of key that may sign.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum KeyKind {
    P256,
    P384,
    Ed25519,
    Rsa2048,
}

impl KeyKind {
    pub(super) const ALL: [Self; 4] = [Self::P256, Self::P384, Self::Ed25519, Self::Rsa2048];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::Ed25519 => "Ed25519",
            Self::Rsa2048 => "RSA-2048",
        }
    }

    fn generate(self) -> anyhow::Result<KeyPair> {
        let generated = match self {
            Self::P256 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256),
            Self::P384 => KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384),
            Self::Ed25519 => KeyPair::generate_for(&rcgen::PKCS_ED25519),
            Self::Rsa2048 => KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048),
        };
        generated.with_context(|| format!("a new {} key", self.name()))
    }
}

/// A certificate and its private key.
pub(super) struct Entity {
    pub(super) name: String,
    pub(super) kind: KeyKind,
    pub(super) certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Entity {
    fn new(
        name: &str,
        kind: KeyKind,
        issue: impl FnOnce(&KeyPair) -> Result<rcgen::Certificate, rcgen::Error>,
    ) -> anyhow::Result<Self> {
        let key = kind.generate()?;
        let certificate = issue(&key).with_context(|| format!("a certificate for {name}"))?;
        Ok(Self {
            name: name.into(),
            kind,
            certificate: certificate.der().clone(),
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        })
    }

    /// A certificate that vouches for itself.
    pub(super) fn self_signed(
        name: &str,
        kind: KeyKind,
        params: &CertificateParams,
    ) -> anyhow::Result<Self> {
        Self::new(name, kind, |key| params.self_signed(key))
    }

    pub(super) fn key(&self) -> anyhow::Result<aws_lc::LocalKey> {
        Ok(aws_lc::LocalKey::from_der(&self.key)?)
    }

    /// Signs strict messages, as a proxy does. Nothing stops a client from trying the same.
    pub(super) fn signer(&self) -> anyhow::Result<HeaderSigner> {
        let key = Box::new(self.key()?);
        Ok(HeaderSigner::strict(&self.certificate, key, aws_lc::VERIFIER)?)
    }

    /// The identifier by which messages name this signer.
    pub(super) fn key_identifier(&self) -> anyhow::Result<Vec<u8>> {
        let parsed = Certificate::from_der(&self.certificate)?;
        let identifier = parsed.subject_key_identifier().context("the certificate has none")?;
        Ok(identifier.to_vec())
    }
}

/// A certification authority.
pub(super) struct Authority {
    pub(super) name: &'static str,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub(super) fn new(name: &'static str, now: UnixTime) -> anyhow::Result<Self> {
        let mut params = subject(name, now)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyKind::P256.generate()?)
            .with_context(|| format!("a certificate for {name}"))?;
        Ok(Self { name, issuer })
    }

    pub(super) fn certificate(&self) -> &CertificateDer<'static> {
        self.issuer.der()
    }

    pub(super) fn issue(
        &self,
        name: &str,
        kind: KeyKind,
        params: &CertificateParams,
    ) -> anyhow::Result<Entity> {
        Entity::new(name, kind, |key| params.signed_by(key, &self.issuer))
    }
}

/// Everybody who plays a part.
pub(super) struct Pki {
    pub(super) client_ca: Authority,
    pub(super) proxy_ca: Authority,
    /// One of every kind of key.
    pub(super) proxies: Vec<Entity>,
    /// The proxy of most scenes.
    pub(super) edge: Entity,
    /// Signs as `openssl cms` does, and nothing else.
    pub(super) legacy: Entity,
    pub(super) alice: Entity,
    pub(super) mallory: Entity,
}

impl Pki {
    pub(super) fn new(now: UnixTime) -> anyhow::Result<Self> {
        let client_ca = Authority::new("Client CA", now)?;
        let proxy_ca = Authority::new("Proxy CA", now)?;
        let proxy = |name: &str, kind| proxy_ca.issue(name, kind, &proxy_params(name, now)?);
        let client = |name: &str| client_ca.issue(name, KeyKind::P256, &client_params(name, now)?);
        let named = |kind: KeyKind| {
            let label = kind.name().replace('-', "").to_ascii_lowercase();
            proxy(&format!("{label}.example"), kind)
        };
        Ok(Self {
            proxies: KeyKind::ALL.into_iter().map(named).collect::<anyhow::Result<_>>()?,
            edge: proxy("edge.example", KeyKind::P256)?,
            legacy: proxy("legacy.example", KeyKind::Rsa2048)?,
            alice: client("alice")?,
            mallory: client("mallory")?,
            client_ca,
            proxy_ca,
        })
    }
}

/// What a proxy CA certifies of a signing proxy.
pub(super) fn proxy_params(name: &str, now: UnixTime) -> anyhow::Result<CertificateParams> {
    let mut params = subject(name, now)?;
    params.subject_alt_names = vec![SanType::DnsName(name.try_into()?)];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ClientAuth,
        ExtendedKeyUsagePurpose::Other(arcs(oid::SIGNER_EKU)?),
    ];
    Ok(params)
}

/// What a client CA certifies of a client.
pub(super) fn client_params(name: &str, now: UnixTime) -> anyhow::Result<CertificateParams> {
    let mut params = subject(name, now)?;
    let spiffe_id = format!("spiffe://example/ns/prod/sa/{name}");
    params.subject_alt_names = vec![SanType::URI(spiffe_id.as_str().try_into()?)];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    Ok(params)
}

/// The same for TLS servers only.
pub(super) fn for_servers(mut params: CertificateParams) -> CertificateParams {
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

/// The same, but over since an hour.
pub(super) fn expired(
    mut params: CertificateParams,
    now: UnixTime,
) -> anyhow::Result<CertificateParams> {
    params.not_after = date(now.as_secs().saturating_sub(3600))?;
    Ok(params)
}

/// The same under a key identifier of the holder's choice.
pub(super) fn identified_by(
    mut params: CertificateParams,
    key_identifier: Vec<u8>,
) -> CertificateParams {
    params.key_identifier_method = KeyIdMethod::PreSpecified(key_identifier);
    params
}

fn subject(common_name: &str, now: UnixTime) -> anyhow::Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params.not_before = date(now.as_secs().saturating_sub(DAY))?;
    params.not_after = date(now.as_secs().saturating_add(DAY))?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn date(unix_seconds: u64) -> anyhow::Result<OffsetDateTime> {
    Ok(OffsetDateTime::from_unix_timestamp(i64::try_from(unix_seconds)?)?)
}

fn arcs(dotted: &str) -> anyhow::Result<Vec<u64>> {
    Ok(dotted.split('.').map(str::parse).collect::<Result<_, _>>()?)
}
