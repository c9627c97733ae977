//! Certificates and keys in files: PEM or DER, told apart by content.

use std::path::Path;

use anyhow::Context as _;
use client_cert_envelope::{Certificate, PublicKey};
use rustls_pki_types::pem::{PemObject as _, SectionKind};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, SubjectPublicKeyInfoDer};
use zeroize::Zeroizing;

use crate::error::Problem;
use crate::files::{self, KeyPermissions};

/// What a proxy can be pinned by.
#[derive(Clone, Debug)]
pub(crate) enum SignerFile {
    Certificate(CertificateDer<'static>),
    PublicKey(SubjectPublicKeyInfoDer<'static>),
}

/// One certificate or more, each well-formed.
pub(crate) fn certificates(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    public_objects(path)?
        .into_iter()
        .map(|object| match object {
            SignerFile::Certificate(certificate) => Ok(certificate),
            SignerFile::PublicKey(_) => {
                let message = format!("{}: a public key, not a certificate", path.display());
                Err(Problem::file(message).with_hint("a certificate is wanted here").into())
            }
        })
        .collect()
}

/// Exactly one certificate; `wanted` says which.
pub(crate) fn certificate(path: &Path, wanted: &str) -> anyhow::Result<CertificateDer<'static>> {
    match <[_; 1]>::try_from(certificates(path)?) {
        Ok([certificate]) => Ok(certificate),
        Err(several) => {
            let message = format!("{}: {} certificates, not one", path.display(), several.len());
            Err(Problem::file(message).with_hint(format!("keep only {wanted}")).into())
        }
    }
}

/// One certificate or public key, or more.
pub(crate) fn public_objects(path: &Path) -> anyhow::Result<Vec<SignerFile>> {
    let octets = files::read(path)?;
    if !is_pem(&octets) {
        return Ok(vec![from_der(path, octets)?]);
    }
    let objects = from_pem(path, &octets)?;
    if objects.is_empty() {
        let message = format!("{}: there is no certificate in it", path.display());
        let hint = match labels(&octets).first() {
            Some(label) => format!("it holds {label}; -----BEGIN CERTIFICATE----- is wanted"),
            None => "-----BEGIN CERTIFICATE----- is wanted".into(),
        };
        return Err(Problem::file(message).with_hint(hint).into());
    }
    Ok(objects)
}

fn from_pem(path: &Path, octets: &[u8]) -> anyhow::Result<Vec<SignerFile>> {
    if labels(octets).iter().any(|label| label.ends_with("PRIVATE KEY")) {
        let message = format!("{}: a private key, where a certificate is wanted", path.display());
        let hint = "keep keys and certificates in files of their own; the certificate alone: \
                    openssl x509 -in FILE -out certificate.pem";
        return Err(Problem::new("private-key", message).with_hint(hint).into());
    }
    let mut objects = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(octets) {
        let (kind, der) = section.map_err(|error| pem_problem(path, &error))?;
        match kind {
            SectionKind::Certificate => objects.push(checked_certificate(path, der)?),
            SectionKind::PublicKey => objects.push(checked_public_key(path, der)?),
            _ => {}
        }
    }
    Ok(objects)
}

fn from_der(path: &Path, octets: Vec<u8>) -> anyhow::Result<SignerFile> {
    if octets.first() != Some(&0x30) {
        let message = format!("{}: neither PEM nor DER", path.display());
        let hint = "-----BEGIN CERTIFICATE----- is wanted, or the octets of a certificate";
        return Err(Problem::file(message).with_hint(hint).into());
    }
    if PublicKey::from_der(&octets).is_ok() {
        return checked_public_key(path, octets);
    }
    if Certificate::from_der(&octets).is_err() && PrivateKeyDer::try_from(octets.as_slice()).is_ok()
    {
        let message = format!("{}: a private key, where a certificate is wanted", path.display());
        return Err(Problem::new("private-key", message).with_hint("name the certificate").into());
    }
    checked_certificate(path, octets)
}

fn checked_certificate(path: &Path, der: Vec<u8>) -> anyhow::Result<SignerFile> {
    Certificate::from_der(&der).with_context(|| path.display().to_string())?;
    Ok(SignerFile::Certificate(der.into()))
}

fn checked_public_key(path: &Path, der: Vec<u8>) -> anyhow::Result<SignerFile> {
    PublicKey::from_der(&der)
        .with_context(|| format!("{}: the public key is malformed", path.display()))?;
    Ok(SignerFile::PublicKey(der.into()))
}

/// The one private key of a file. Certificates beside it are no concern.
pub(crate) fn private_key(
    path: &Path,
    permissions: KeyPermissions,
) -> anyhow::Result<Zeroizing<PrivateKeyDer<'static>>> {
    let octets = files::read_secret(path, permissions)?;
    let mut keys = Vec::new();
    if is_pem(&octets) {
        if labels(&octets).iter().any(|label| label == "ENCRYPTED PRIVATE KEY")
            || contains(&octets, b"Proc-Type: 4,ENCRYPTED")
        {
            let message = format!("{}: the private key is encrypted", path.display());
            let hint = "decrypt it: openssl pkey -in FILE -out key.pem, with umask 077";
            return Err(Problem::new("key-encrypted", message).with_hint(hint).into());
        }
        for key in PrivateKeyDer::pem_slice_iter(&octets) {
            keys.push(Zeroizing::new(key.map_err(|error| pem_problem(path, &error))?));
        }
    } else if let Ok(key) = PrivateKeyDer::try_from(octets.to_vec()) {
        keys.push(Zeroizing::new(key));
    }
    match <[_; 1]>::try_from(keys) {
        Ok([key]) => Ok(key),
        Err(keys) => {
            let message = match keys.len() {
                0 => format!("{}: there is no private key in it", path.display()),
                n => format!("{}: {n} private keys, not one", path.display()),
            };
            let hint = "one key is wanted: PKCS#8, SEC1 or PKCS#1, PEM or DER";
            Err(Problem::file(message).with_hint(hint).into())
        }
    }
}

fn pem_problem(path: &Path, error: &rustls_pki_types::pem::Error) -> Problem {
    use rustls_pki_types::pem::Error;

    // The library's own words may quote the file.
    let why = match error {
        Error::MissingSectionEnd { .. } => "a PEM block has no -----END line: the file is cut off",
        Error::IllegalSectionStart { .. } => "a -----BEGIN line is malformed",
        Error::Base64Decode(_) => "a PEM block is not base64: the file is damaged",
        Error::SectionTooLarge => "a PEM block is too large",
        _ => "the PEM is malformed",
    };
    Problem::file(format!("{}: {why}", path.display())).with_hint("copy the file again, as a whole")
}

/// Text that holds PEM. DER begins with a SEQUENCE, whose tag is the character `0`, so the
/// certificate is asked first.
fn is_pem(octets: &[u8]) -> bool {
    contains(octets, b"-----BEGIN ") && Certificate::from_der(octets).is_err()
}

/// The labels of the PEM blocks, known ones and others.
fn labels(octets: &[u8]) -> Vec<String> {
    octets
        .split(|&octet| octet == b'\n')
        .filter_map(|line| line.trim_ascii_end().strip_prefix(b"-----BEGIN "))
        .filter_map(|rest| rest.strip_suffix(b"-----"))
        .map(|label| String::from_utf8_lossy(label).into_owned())
        .collect()
}

fn contains(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}
