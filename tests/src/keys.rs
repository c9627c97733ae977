//! Fixed keys that sign the same bytes the same way every time.
//!
//! They are public. Nothing outside a test may trust them.

use std::sync::LazyLock;

use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use signature::Signer as _;

use crate::algorithm::{self, Digest, Scheme};
use crate::{der, field};

/// Algorithm and size of a key.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyKind {
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// Ed25519.
    Ed25519,
    /// RSA of 1024 bits: too small. Role: proxy.
    Rsa1024,
    /// RSA of 2048 bits. Roles: proxy, proxy2, client, mallory.
    Rsa2048,
    /// RSA of 2048 bits with exponent 3: too small an exponent. Role: proxy.
    Rsa2048E3,
    /// RSA of 3072 bits. Role: proxy.
    Rsa3072,
}

/// Whose key it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Role {
    /// The proxy that the origin trusts.
    Proxy,
    /// A second proxy: the next key of a rotation, or a signer with another scope.
    Proxy2,
    /// The client.
    Client,
    /// Another client, who attacks.
    Mallory,
    /// Anchor of proxies.
    ProxyCa,
    /// Intermediate of proxies.
    ProxyIntermediate,
    /// Anchor of clients.
    ClientCa,
    /// Intermediate of clients.
    ClientIntermediate,
    /// What the proxy authenticates with to the origin, where that isn't its signing key.
    Hop,
    /// Somebody whom nobody trusts.
    Stranger,
}

/// A private key.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Key {
    /// Algorithm and size.
    pub kind: KeyKind,
    /// Owner.
    pub role: Role,
}

impl Key {
    /// The proxy's P-256 key.
    pub const PROXY: Self = Self::new(KeyKind::P256, Role::Proxy);
    /// The proxy's P-384 key.
    pub const PROXY_P384: Self = Self::new(KeyKind::P384, Role::Proxy);
    /// The proxy's Ed25519 key.
    pub const PROXY_ED25519: Self = Self::new(KeyKind::Ed25519, Role::Proxy);
    /// The proxy's RSA key of 2048 bits.
    pub const PROXY_RSA: Self = Self::new(KeyKind::Rsa2048, Role::Proxy);
    /// The second proxy's P-256 key.
    pub const PROXY2: Self = Self::new(KeyKind::P256, Role::Proxy2);
    /// The client's P-256 key.
    pub const CLIENT: Self = Self::new(KeyKind::P256, Role::Client);
    /// The attacking client's P-256 key.
    pub const MALLORY: Self = Self::new(KeyKind::P256, Role::Mallory);
    /// P-256 key of the proxies' anchor.
    pub const PROXY_CA: Self = Self::new(KeyKind::P256, Role::ProxyCa);
    /// P-256 key of the proxies' intermediate.
    pub const PROXY_INTERMEDIATE: Self = Self::new(KeyKind::P256, Role::ProxyIntermediate);
    /// P-256 key of the clients' anchor.
    pub const CLIENT_CA: Self = Self::new(KeyKind::P256, Role::ClientCa);
    /// P-256 key of the clients' intermediate.
    pub const CLIENT_INTERMEDIATE: Self = Self::new(KeyKind::P256, Role::ClientIntermediate);
    /// The hop's P-256 key.
    pub const HOP: Self = Self::new(KeyKind::P256, Role::Hop);
    /// A P-256 key that nobody trusts.
    pub const STRANGER: Self = Self::new(KeyKind::P256, Role::Stranger);

    /// The key of this kind and owner. RSA keys exist only for the roles that [`KeyKind`] lists.
    pub const fn new(kind: KeyKind, role: Role) -> Self {
        Self { kind, role }
    }

    /// DER SubjectPublicKeyInfo.
    pub fn spki(self) -> Vec<u8> {
        der::seq([self.key_algorithm(), der::bit_string(&self.public_key())])
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    pub fn spki_sha256(self) -> Vec<u8> {
        Digest::Sha256.of(&self.spki())
    }

    /// SHA-1 of the public key's bits (RFC 5280 §4.2.1.2, method 1).
    pub fn ski(self) -> Vec<u8> {
        Digest::Sha1.of(&self.public_key())
    }

    /// DER PKCS #8 PrivateKeyInfo.
    pub fn pkcs8(self) -> Vec<u8> {
        let private = match self.kind {
            KeyKind::P256 | KeyKind::P384 => der::seq([
                der::integer(1),
                der::octet_string(&self.secret()),
                der::context(1, &der::bit_string(&self.public_key())),
            ]),
            KeyKind::Ed25519 => der::octet_string(&self.secret()),
            _ => return field::from_pem(self.rsa_pem()),
        };
        der::seq([der::integer(0), self.key_algorithm(), der::octet_string(&private)])
    }

    /// PKCS #8 as PEM.
    pub fn pkcs8_pem(self) -> String {
        field::pem("PRIVATE KEY", &self.pkcs8())
    }

    /// Signature over `message` in the form CMS and certificates carry.
    pub fn sign(self, scheme: Scheme, message: &[u8]) -> Vec<u8> {
        match scheme {
            Scheme::Ecdsa(digest) => self.sign_ecdsa(&digest.of(message)),
            Scheme::Ed25519 => self.ed25519().sign(message).to_bytes().to_vec(),
            Scheme::RsaPss(digest) => self.sign_pss(digest, scheme.salt_length(), message),
            Scheme::RsaPkcs1(digest) => self.sign_pkcs1(&der::seq([
                digest.identifier_null(),
                der::octet_string(&digest.of(message)),
            ])),
        }
    }

    /// RSASSA-PSS with a salt of `salt_length` octets.
    pub fn sign_pss(self, digest: Digest, salt_length: usize, message: &[u8]) -> Vec<u8> {
        let (key, rng, hashed) = (self.rsa(), &mut fixed_rng(), &digest.of(message));
        let signed = match digest {
            Digest::Sha1 => key.sign_with_rng(rng, Pss::<Sha1>::new_with_salt(salt_length), hashed),
            Digest::Sha224 => {
                key.sign_with_rng(rng, Pss::<Sha224>::new_with_salt(salt_length), hashed)
            }
            Digest::Sha256 => {
                key.sign_with_rng(rng, Pss::<Sha256>::new_with_salt(salt_length), hashed)
            }
            Digest::Sha384 => {
                key.sign_with_rng(rng, Pss::<Sha384>::new_with_salt(salt_length), hashed)
            }
            Digest::Sha512 => {
                key.sign_with_rng(rng, Pss::<Sha512>::new_with_salt(salt_length), hashed)
            }
        };
        signed.expect("the key is large enough")
    }

    /// RSASSA-PKCS1-v1_5 padding round `digest_info`, whatever it is.
    pub fn sign_pkcs1(self, digest_info: &[u8]) -> Vec<u8> {
        self.rsa()
            .sign_with_rng(&mut fixed_rng(), Pkcs1v15Sign::new_unprefixed(), digest_info)
            .expect("the key is large enough")
    }

    /// The public key's bits: what SPKI wraps and the key identifier hashes.
    pub fn public_key(self) -> Vec<u8> {
        match self.kind {
            KeyKind::P256 => self.p256().verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            KeyKind::P384 => self.p384().verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            KeyKind::Ed25519 => self.ed25519().verifying_key().to_bytes().to_vec(),
            _ => {
                let key = self.rsa();
                der::seq([
                    der::unsigned(&key.n().to_be_bytes()),
                    der::unsigned(&key.e().to_be_bytes()),
                ])
            }
        }
    }

    fn key_algorithm(self) -> Vec<u8> {
        match self.kind {
            KeyKind::P256 => {
                algorithm::identifier(algorithm::EC_PUBLIC_KEY, &der::oid("1.2.840.10045.3.1.7"))
            }
            KeyKind::P384 => {
                algorithm::identifier(algorithm::EC_PUBLIC_KEY, &der::oid("1.3.132.0.34"))
            }
            KeyKind::Ed25519 => Scheme::Ed25519.identifier(),
            _ => algorithm::rsa_encryption(),
        }
    }

    fn sign_ecdsa(self, hashed: &[u8]) -> Vec<u8> {
        match self.kind {
            KeyKind::P256 => {
                let signed: p256::ecdsa::Signature =
                    self.p256().sign_prehash(hashed).expect("any digest can be signed");
                signed.to_der().as_bytes().to_vec()
            }
            KeyKind::P384 => {
                let signed: p384::ecdsa::Signature =
                    self.p384().sign_prehash(hashed).expect("any digest can be signed");
                signed.to_der().as_bytes().to_vec()
            }
            kind => panic!("{kind:?} is not an ECDSA key"),
        }
    }

    /// Private scalar or seed: a digest of the key's name, as long as the curve's order.
    fn secret(self) -> Vec<u8> {
        let label = format!("signed-client-cert forging kit {:?} {:?}", self.kind, self.role);
        let digest = if self.kind == KeyKind::P384 { Digest::Sha384 } else { Digest::Sha256 };
        digest.of(label.as_bytes())
    }

    fn p256(self) -> p256::ecdsa::SigningKey {
        p256::ecdsa::SigningKey::from_slice(&self.secret()).expect("the scalar is in range")
    }

    fn p384(self) -> p384::ecdsa::SigningKey {
        p384::ecdsa::SigningKey::from_slice(&self.secret()).expect("the scalar is in range")
    }

    fn ed25519(self) -> ed25519_dalek::SigningKey {
        assert_eq!(self.kind, KeyKind::Ed25519, "not an Ed25519 key");
        let seed = self.secret().try_into().expect("SHA-256 is 32 octets");
        ed25519_dalek::SigningKey::from_bytes(&seed)
    }

    fn rsa_pem(self) -> &'static str {
        RSA_KEYS[self.rsa_index()].1
    }

    /// The parsed key, kept: parsing checks primes and is slow.
    fn rsa(self) -> &'static RsaPrivateKey {
        static PARSED: [LazyLock<RsaPrivateKey>; RSA_KEYS.len()] = [
            LazyLock::new(|| parse_rsa(0)),
            LazyLock::new(|| parse_rsa(1)),
            LazyLock::new(|| parse_rsa(2)),
            LazyLock::new(|| parse_rsa(3)),
            LazyLock::new(|| parse_rsa(4)),
            LazyLock::new(|| parse_rsa(5)),
            LazyLock::new(|| parse_rsa(6)),
        ];
        &PARSED[self.rsa_index()]
    }

    fn rsa_index(self) -> usize {
        RSA_KEYS.iter().position(|(key, _)| *key == self).expect("no such RSA key is kept")
    }
}

/// SubjectPublicKeyInfo of a kind of key that the kit can't sign with, from its AlgorithmIdentifier.
pub fn foreign_spki(algorithm: &[u8], public_key: &[u8]) -> Vec<u8> {
    der::seq([algorithm, &der::bit_string(public_key)])
}

fn parse_rsa(index: usize) -> RsaPrivateKey {
    RsaPrivateKey::from_pkcs8_der(&field::from_pem(RSA_KEYS[index].1)).expect("a kept key parses")
}

/// Salts and blinding factors of every RSA signature: the same each time.
fn fixed_rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed(*b"signed-client-cert forging kit 1")
}

const RSA_KEYS: [(Key, &str); 7] = [
    (Key::new(KeyKind::Rsa1024, Role::Proxy), include_str!("../keys/rsa1024-proxy.pem")),
    (Key::new(KeyKind::Rsa2048, Role::Client), include_str!("../keys/rsa2048-client.pem")),
    (Key::new(KeyKind::Rsa2048, Role::Mallory), include_str!("../keys/rsa2048-mallory.pem")),
    (Key::PROXY_RSA, include_str!("../keys/rsa2048-proxy.pem")),
    (Key::new(KeyKind::Rsa2048, Role::Proxy2), include_str!("../keys/rsa2048-proxy2.pem")),
    (Key::new(KeyKind::Rsa2048E3, Role::Proxy), include_str!("../keys/rsa2048e3-proxy.pem")),
    (Key::new(KeyKind::Rsa3072, Role::Proxy), include_str!("../keys/rsa3072-proxy.pem")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_twice_gives_the_same_bytes() {
        for key in [Key::PROXY, Key::PROXY_P384, Key::PROXY_ED25519, Key::PROXY_RSA] {
            let scheme = Scheme::strict(key.kind);
            assert_eq!(key.sign(scheme, b"message"), key.sign(scheme, b"message"));
        }
    }

    #[test]
    fn pss_and_pkcs1_signatures_verify_with_the_crate_that_made_the_padding() {
        use rsa::RsaPublicKey;
        let public = RsaPublicKey::from(Key::PROXY_RSA.rsa());
        let hashed = Digest::Sha256.of(b"message");
        let pss = Key::PROXY_RSA.sign(Scheme::RsaPss(Digest::Sha256), b"message");
        public.verify(Pss::<Sha256>::new_with_salt(32), &hashed, &pss).unwrap();
        let pkcs1 = Key::PROXY_RSA.sign(Scheme::RsaPkcs1(Digest::Sha256), b"message");
        public.verify(Pkcs1v15Sign::new::<Sha256>(), &hashed, &pkcs1).unwrap();
    }

    #[test]
    fn every_kept_rsa_key_is_of_its_size() {
        for ((key, _), bytes) in RSA_KEYS.iter().zip([128, 256, 256, 256, 256, 256, 384]) {
            assert_eq!(key.rsa().size(), bytes, "{key:?}");
        }
    }

    #[test]
    fn keys_of_two_roles_differ() {
        assert_ne!(Key::PROXY.spki(), Key::PROXY2.spki());
        assert_eq!(Key::PROXY.spki().len(), 91);
        assert_eq!(Key::PROXY.ski().len(), 20);
    }
}
