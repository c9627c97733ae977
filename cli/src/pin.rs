//! `client-cert pin`: from a proxy's certificate or public key to an entry of a policy.

use std::path::Path;

use anyhow::Context as _;
use client_cert_envelope::{Certificate, GeneralName, KeyAlgorithm, PublicKey, Validity};
use client_cert_verify::{PinnedSigner, PinnedSigners};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::args::PinArgs;
use crate::outcome::{Exit, Outcome};
use crate::pem_or_der::{self, SignerFile};
use crate::pin_report;

/// What of a signer an operator wants to see.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) file: String,
    /// Which of how many in the file, from 1.
    pub(crate) place: (usize, usize),
    pub(crate) key: String,
    pub(crate) key_identifier: Vec<u8>,
    pub(crate) spki_sha256: [u8; 32],
    pub(crate) certificate: Option<CertificateFacts>,
}

#[derive(Debug)]
pub(crate) struct CertificateFacts {
    pub(crate) subject: String,
    pub(crate) names: Vec<(&'static str, String)>,
    pub(crate) validity: Validity,
    pub(crate) is_ca: bool,
}

/// All entries, each of which could be trusted, and all together.
pub(crate) struct Plan {
    entries: Vec<Entry>,
    json: bool,
}

impl Plan {
    pub(crate) fn new(args: &PinArgs) -> anyhow::Result<Self> {
        let mut entries = Vec::new();
        let mut signers = Vec::new();
        for path in &args.files {
            let objects = pem_or_der::public_objects(path)?;
            for (index, object) in objects.iter().enumerate() {
                let place = (index.saturating_add(1), objects.len());
                let (entry, signer) =
                    entry(path, place, object).with_context(|| path.display().to_string())?;
                entries.push(entry);
                signers.push(signer);
            }
        }
        PinnedSigners::new(signers)?;
        Ok(Self { entries, json: args.json })
    }

    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let text = if self.json {
            pin_report::json(&self.entries)?
        } else {
            pin_report::toml(&self.entries)
        };
        Ok(Outcome::text(Exit::Done, text))
    }
}

fn entry(
    path: &Path,
    place: (usize, usize),
    object: &SignerFile,
) -> anyhow::Result<(Entry, PinnedSigner)> {
    let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
    let (name, key_identifier, certificate, public_key, signer) = match object {
        SignerFile::Certificate(der) => {
            let read = Certificate::from_der(der)?;
            let facts = facts(&read);
            let named = |kind| facts.names.iter().find(|(k, _)| *k == kind).map(|(_, v)| v.clone());
            let name = named("dns").or_else(|| named("uri")).unwrap_or_else(|| stem.into_owned());
            let identifier = read
                .subject_key_identifier()
                .map_or_else(|| method_1(read.public_key()), <[u8]>::to_vec);
            let signer = PinnedSigner::certificate(&name, der)?;
            (name, identifier, Some(facts), *read.public_key(), signer)
        }
        SignerFile::PublicKey(spki) => {
            let read = PublicKey::from_der(spki)?;
            let signer = PinnedSigner::public_key(&stem, spki)?;
            (stem.into_owned(), method_1(&read), None, read, signer)
        }
    };
    let entry = Entry {
        name,
        file: path.display().to_string(),
        place,
        key: key_kind(&public_key),
        key_identifier,
        spki_sha256: Sha256::digest(public_key.der()).into(),
        certificate,
    };
    Ok((entry, signer))
}

fn facts(certificate: &Certificate<'_>) -> CertificateFacts {
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let names = certificate.subject_alt_names().filter_map(|name| match name {
        GeneralName::Dns(octets) => Some(("dns", text(octets))),
        GeneralName::Uri(octets) => Some(("uri", text(octets))),
        _ => None,
    });
    CertificateFacts {
        subject: certificate.subject().to_string(),
        names: names.collect(),
        validity: certificate.validity(),
        is_ca: certificate.is_ca(),
    }
}

/// RFC 5280 §4.2.1.2 method 1: an identifier, not a proof.
fn method_1(key: &PublicKey<'_>) -> Vec<u8> {
    Sha1::digest(key.bits()).to_vec()
}

fn key_kind(key: &PublicKey<'_>) -> String {
    match key.algorithm() {
        Ok(KeyAlgorithm::P256) => "P-256".into(),
        Ok(KeyAlgorithm::P384) => "P-384".into(),
        Ok(KeyAlgorithm::Ed25519) => "Ed25519".into(),
        Ok(KeyAlgorithm::Rsa) => match rsa_bits(key.bits()) {
            Some(bits) => format!("RSA {bits}"),
            None => "RSA".into(),
        },
        _ => "unsupported".into(),
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, .. }` of 2048 to 4096 bits: both lengths have two
/// octets.
fn rsa_bits(public_key: &[u8]) -> Option<u32> {
    let [0x30, 0x82, _, _, 0x02, 0x82, high, low, modulus @ ..] = public_key else {
        return None;
    };
    let octets = u32::from(u16::from_be_bytes([*high, *low]));
    let (octets, first) = match modulus {
        [0, first, ..] => (octets.checked_sub(1)?, first),
        [first, ..] => (octets, first),
        [] => return None,
    };
    octets.checked_mul(8)?.checked_sub(first.leading_zeros())
}
