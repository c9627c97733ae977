//! A throw-away PKI made by openssl, and both sides of an interoperation on it.

use std::io::Read as _;
use std::path::PathBuf;

use client_cert_sign::backend::aws_lc;
use client_cert_sign::{
    Assertion, ChainValidation, ConnectionId, Handshake, HeaderSigner, PeerCertificate, Profile,
    Resumption, SignedHeader, SigningKey, TlsVersion,
};
use client_cert_tests::program::{self, Program};
use client_cert_tests::{field, origin};
use client_cert_verify::pki_types::pem::PemObject as _;
use client_cert_verify::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use client_cert_verify::{
    AllowedName, AuthorizedBy, ClientAnchors, ClientTrust, FieldLines, HopPolicy, PinnedSigner,
    PinnedSigners, Policy, ProxyCa, Received, SignerTrust, Verified, Verifier, VerifyError,
    backend,
};
use tempfile::TempDir;

/// `ARC.3`, the extended key usage of signing proxies, typed again from the specification.
const SIGNING_EKU: &str =
    "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089.3";
const PROXY_NAME: &str = "proxy.example";

/// A folder in which openssl made a client CA with client.der, and a proxy CA with signers that
/// are named after their keys: p256.pem and p256.key, and so on.
pub(crate) struct Lab {
    openssl: Program,
    version: String,
    folder: TempDir,
}

impl Lab {
    /// A lab with these signers; none where openssl is not installed, and the test is skipped.
    pub(crate) fn with(signers: &[&str]) -> Option<Self> {
        let openssl = program::require("openssl")?;
        let version = openssl.version("version");
        let lab = Self { openssl, version, folder: tempfile::tempdir().unwrap() };
        lab.write(
            "ca.ext",
            "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign",
        );
        lab.write("client.ext", "keyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth");
        lab.write(
            "signer.ext",
            format!(
                "keyUsage=critical,digitalSignature\nsubjectAltName=DNS:{PROXY_NAME}\n\
                 extendedKeyUsage=serverAuth,{SIGNING_EKU}"
            ),
        );
        lab.key("ca", "EC -pkeyopt ec_paramgen_curve:P-256");
        lab.certify("ca", "ca", "-signkey ca.key");
        lab.key("clients", "EC -pkeyopt ec_paramgen_curve:P-256");
        lab.certify("clients", "ca", "-signkey clients.key");
        lab.key("client", "EC -pkeyopt ec_paramgen_curve:P-256");
        lab.certify("client", "client", "-CA clients.pem -CAkey clients.key");
        lab.run("x509 -in client.pem -outform DER -out client.der");
        for kind in signers {
            lab.signer(kind);
        }
        Some(lab)
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(file), text).unwrap();
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Runs openssl with these words.
    pub(crate) fn run(&self, words: &str) -> Vec<u8> {
        self.openssl.run(self.folder.path(), words.split_whitespace(), b"")
    }

    pub(crate) fn key(&self, name: &str, algorithm: &str) {
        self.run(&format!("genpkey -algorithm {algorithm} -out {name}.key"));
    }

    pub(crate) fn certify(&self, name: &str, extensions: &str, issuer: &str) {
        self.run(&format!("req -new -key {name}.key -subj /CN={name} -out {name}.csr"));
        self.run(&format!(
            "x509 -req -in {name}.csr -days 2 {issuer} -extfile {extensions}.ext -out {name}.pem"
        ));
    }

    /// Makes a signer whose name is its kind of key.
    fn signer(&self, kind: &str) {
        let algorithm = match kind {
            "p256" => "EC -pkeyopt ec_paramgen_curve:P-256",
            "p384" => "EC -pkeyopt ec_paramgen_curve:P-384",
            "rsa" => "RSA -pkeyopt rsa_keygen_bits:2048",
            "ed25519" => "ED25519",
            other => panic!("no such kind of key: {other}"),
        };
        self.key(kind, algorithm);
        self.certify(kind, "signer", "-CA ca.pem -CAkey ca.key");
    }

    pub(crate) fn certificate(&self, name: &str) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.path(&format!("{name}.pem"))).unwrap()
    }

    pub(crate) fn client(&self) -> CertificateDer<'static> {
        self.certificate("client")
    }

    /// A private key, PEM or DER.
    pub(crate) fn private_key(&self, file: &str) -> PrivateKeyDer<'static> {
        let path = self.path(file);
        if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("-----BEGIN")) {
            return PrivateKeyDer::from_pem_file(path).unwrap();
        }
        let mut der = Vec::new();
        std::fs::File::open(path).unwrap().read_to_end(&mut der).unwrap();
        PrivateKeyDer::try_from(der).unwrap()
    }

    /// A message by openssl about the client, DER.
    pub(crate) fn cms(&self, signer: &str, options: &str) -> Vec<u8> {
        self.run(&format!(
            "cms -sign -in client.der -outform DER -signer {signer}.pem -inkey {signer}.key \
             {options}"
        ))
    }

    /// Our signer, on the key that openssl made.
    pub(crate) fn ours(
        &self,
        signer: &str,
        key: impl SigningKey + 'static,
        profile: Profile,
    ) -> HeaderSigner {
        let (certificate, key) = (self.certificate(signer), Box::new(key));
        match profile {
            Profile::Strict => HeaderSigner::strict(&certificate, key, aws_lc::VERIFIER),
            _ => HeaderSigner::baseline(&certificate, key, aws_lc::VERIFIER),
        }
        .unwrap()
    }

    pub(crate) fn local_key(&self, signer: &str) -> aws_lc::LocalKey {
        aws_lc::LocalKey::from_der(&self.private_key(&format!("{signer}.key"))).unwrap()
    }

    /// Our message about the client.
    pub(crate) fn sign(&self, signer: &HeaderSigner) -> SignedHeader {
        let (client, audience) = (self.client(), origin::audience());
        let peer = PeerCertificate::assert_from_tls_handshake(&client).unwrap();
        let handshake = Handshake {
            protocol: TlsVersion::Tls13,
            resumption: Resumption::Full,
            connection: ConnectionId([7; 16]),
        };
        let validated = ChainValidation::Validated;
        let assertion = match signer.preparer().profile() {
            Profile::Strict => Assertion::certificate(&peer, validated, &audience, handshake),
            _ => Assertion::baseline(&peer),
        };
        signer.sign(&assertion, now()).unwrap()
    }

    /// Whether openssl verifies this message, and gives back the client's certificate.
    pub(crate) fn verifies(&self, message: &[u8], options: &str) -> bool {
        let words = format!("cms -verify -binary -inform DER -CAfile ca.pem {options}");
        let ran = self.openssl.attempt(self.folder.path(), words.split_whitespace(), message);
        let succeeded = ran.succeeded();
        if succeeded {
            assert_eq!(ran.expect_success(), self.client().as_ref(), "the content is the client's");
        }
        succeeded
    }

    /// Pins of the signer's certificate.
    pub(crate) fn pinned(&self, signer: &str, profile: Profile) -> SignerTrust {
        let pin = PinnedSigner::certificate(signer, &self.certificate(signer)).unwrap();
        SignerTrust::Pinned(PinnedSigners::new([pin.with_profile(profile)]).unwrap())
    }

    /// Trust in the proxy CA, by name and by EKU.
    pub(crate) fn proxy_ca(&self, profile: Profile) -> [ProxyCa; 2] {
        let name = AllowedName::dns(PROXY_NAME).unwrap();
        [AuthorizedBy::Names(vec![name]), AuthorizedBy::SigningEku].map(|authorized_by| {
            ProxyCa::new([self.certificate("ca")], authorized_by).unwrap().with_profile(profile)
        })
    }

    /// What an origin with this trust says now; both back ends must say the same.
    pub(crate) fn judge(&self, trust: SignerTrust, value: &str) -> Result<(), VerifyError> {
        let clients = ClientAnchors::new([self.certificate("clients")]).unwrap();
        let audiences = value.starts_with(':').then(origin::audience);
        let policy = Policy::new(trust, audiences, ClientTrust::Anchors(clients)).unwrap();
        let policy = policy.with_hop(HopPolicy::AllowUnbound);
        let received = Received::at(now());
        let [fast, pure] =
            [backend::aws_lc::ALGORITHMS, backend::rustcrypto::ALGORITHMS].map(|algorithms| {
                let verifier = Verifier::new(policy.clone(), algorithms).unwrap();
                let lines = FieldLines::assert_single_value(value.as_bytes());
                verifier.verify(&lines, &received).map(|verified| match verified {
                    Verified::Certificate(client) => {
                        assert_eq!(client.certificate(), &self.client());
                    }
                    Verified::NoCertificate(_) => panic!("a statement of absence"),
                })
            });
        assert_eq!(fast, pure, "the back ends disagree");
        fast
    }

    /// Demands that baseline accepts openssl's message in every mode of trust.
    pub(crate) fn accepts(&self, signer: &str, options: &str) {
        let value = field::baseline_value(&self.cms(signer, options));
        let accept = |mode: &str, trust| {
            let verdict = self.judge(trust, &value);
            assert_eq!(verdict, Ok(()), "{signer} {options}: {mode}");
        };
        accept("pinned", self.pinned(signer, Profile::Baseline));
        for proxy_ca in self.proxy_ca(Profile::Baseline) {
            if !options.contains("-nocerts") {
                accept("proxy CA, embedded", SignerTrust::ProxyCa(proxy_ca.clone()));
            }
            let configured = proxy_ca.with_signer_certificates([self.certificate(signer)]);
            accept("proxy CA, configured", SignerTrust::ProxyCa(configured.unwrap()));
        }
    }

    pub(crate) fn version_is_below(&self, major: u32, minor: u32) -> bool {
        let number = self.version.strip_prefix("OpenSSL ").expect("OpenSSL, not another openssl");
        let mut parts = number.split('.').map(|part| part.parse::<u32>().unwrap());
        (parts.next().unwrap(), parts.next().unwrap()) < (major, minor)
    }
}

/// The system's time, which is the one openssl signs at.
#[expect(clippy::disallowed_methods, reason = "openssl cms -sign takes no time but the clock's")]
pub(crate) fn now() -> UnixTime {
    UnixTime::now()
}
