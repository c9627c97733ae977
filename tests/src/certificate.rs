//! Builds X.509 certificates, wrong ones included.

use crate::algorithm::{Digest, Scheme};
use crate::extension::{self, GeneralName};
use crate::keys::Key;
use crate::{der, field, fixed, name, oid};

/// A certificate to be made; every setter replaces what was there.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use]
pub struct CertificateForge {
    version: Option<u64>,
    serial: Vec<u8>,
    issuer: Vec<u8>,
    subject: Vec<u8>,
    not_before: Vec<u8>,
    not_after: Vec<u8>,
    spki: Vec<u8>,
    key: Key,
    extensions: Vec<(String, Vec<u8>)>,
    issuer_key: Key,
    scheme: Scheme,
    broken: bool,
}

impl CertificateForge {
    /// A self-signed certificate of version 3 without extensions, valid around [`fixed::NOW`].
    /// `subject` is a DER Name; the serial number follows from it and the key.
    pub fn new(subject: &[u8], key: Key) -> Self {
        let spki = key.spki();
        let mut serial = Digest::Sha256.of(&der::concat([subject, &spki]))[..16].to_vec();
        serial[0] = serial[0] & 0x7f | 0x40;
        Self {
            version: Some(2),
            serial,
            issuer: subject.to_vec(),
            subject: subject.to_vec(),
            not_before: der::time(fixed::LEAF_FROM),
            not_after: der::time(fixed::LEAF_UNTIL),
            spki,
            key,
            extensions: Vec::new(),
            issuer_key: key,
            scheme: Scheme::certificate(key.kind),
            broken: false,
        }
    }

    /// Issued by `authority`: its subject is the issuer and its key signs.
    pub fn issued_by(self, authority: &Self) -> Self {
        let issuer = authority.subject.clone();
        self.issuer(&issuer).signed_by(authority.key)
    }

    /// X.509 version as people say it: 3 is encoded as 2; 1 leaves the element out.
    pub fn version(mut self, version: u64) -> Self {
        self.version = (version > 1).then(|| version - 1);
        self
    }

    /// Content octets of the serial number, as they are.
    pub fn serial(mut self, octets: &[u8]) -> Self {
        self.serial = octets.to_vec();
        self
    }

    /// DER Name of the issuer.
    pub fn issuer(mut self, name: &[u8]) -> Self {
        self.issuer = name.to_vec();
        self
    }

    /// DER Name of the subject.
    pub fn subject(mut self, name: &[u8]) -> Self {
        self.subject = name.to_vec();
        self
    }

    /// Subject with one common name.
    pub fn common_name(self, text: &str) -> Self {
        self.subject(&name::name(&[("CN", text)]))
    }

    /// First and last instant in Unix seconds.
    pub fn validity(mut self, not_before: u64, not_after: u64) -> Self {
        self.not_before = der::time(not_before);
        self.not_after = der::time(not_after);
        self
    }

    /// First and last instant as DER elements, whatever they are.
    pub fn validity_raw(mut self, not_before: &[u8], not_after: &[u8]) -> Self {
        self.not_before = not_before.to_vec();
        self.not_after = not_after.to_vec();
        self
    }

    /// Another SubjectPublicKeyInfo, of a kind of key the kit can't sign with.
    pub fn spki(mut self, der: &[u8]) -> Self {
        self.spki = der.to_vec();
        self
    }

    /// Signed by this key with its usual scheme; the issuer's name stays.
    pub fn signed_by(mut self, key: Key) -> Self {
        self.issuer_key = key;
        self.scheme(Scheme::certificate(key.kind))
    }

    /// Signed with this scheme.
    pub fn scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// One bit of the signature flipped.
    pub fn with_broken_signature(mut self) -> Self {
        self.broken = true;
        self
    }

    /// Sets an extension, in place if it is there already.
    pub fn extension(mut self, oid: &str, critical: bool, value: &[u8]) -> Self {
        let entry = (oid.to_owned(), extension::extension(oid, critical, value));
        match self.extensions.iter_mut().find(|(present, _)| present == oid) {
            Some(present) => *present = entry,
            None => self.extensions.push(entry),
        }
        self
    }

    /// Adds an extension even if it is there already.
    pub fn repeated_extension(mut self, oid: &str, critical: bool, value: &[u8]) -> Self {
        self.extensions.push((oid.to_owned(), extension::extension(oid, critical, value)));
        self
    }

    /// Leaves an extension out.
    pub fn without(mut self, oid: &str) -> Self {
        self.extensions.retain(|(present, _)| present != oid);
        self
    }

    /// Critical basicConstraints.
    pub fn basic_constraints(self, ca: bool, path_length: Option<u64>) -> Self {
        let value = extension::basic_constraints(ca, path_length);
        self.extension(oid::BASIC_CONSTRAINTS, true, &value)
    }

    /// Critical keyUsage.
    pub fn key_usage(self, bits: &[u8]) -> Self {
        self.extension(oid::KEY_USAGE, true, &extension::key_usage(bits))
    }

    /// extKeyUsage.
    pub fn extended_key_usage(self, oids: &[&str]) -> Self {
        self.extension(oid::EXTENDED_KEY_USAGE, false, &extension::extended_key_usage(oids))
    }

    /// subjectAltName.
    pub fn san(self, names: &[GeneralName<'_>]) -> Self {
        self.extension(oid::SUBJECT_ALT_NAME, false, &extension::general_names(names))
    }

    /// subjectKeyIdentifier with the SHA-1 of the subject's key.
    pub fn ski(self) -> Self {
        let identifier = self.key.ski();
        self.ski_of(&identifier)
    }

    /// subjectKeyIdentifier with these octets.
    pub fn ski_of(self, identifier: &[u8]) -> Self {
        self.extension(oid::SUBJECT_KEY_IDENTIFIER, false, &der::octet_string(identifier))
    }

    /// authorityKeyIdentifier with the SHA-1 of the key that signs so far.
    pub fn aki(self) -> Self {
        let value = extension::authority_key_identifier(&self.issuer_key.ski());
        self.extension(oid::AUTHORITY_KEY_IDENTIFIER, false, &value)
    }

    /// An extension nobody knows.
    pub fn unknown_extension(self, critical: bool) -> Self {
        self.extension(oid::UNASSIGNED, critical, &der::null())
    }

    /// The subject's key.
    pub fn key(&self) -> Key {
        self.key
    }

    /// DER Name of the subject.
    pub fn subject_name(&self) -> &[u8] {
        &self.subject
    }

    /// Content octets of the serial number.
    pub fn serial_octets(&self) -> &[u8] {
        &self.serial
    }

    /// DER IssuerAndSerialNumber that names the certificate.
    pub fn issuer_and_serial(&self) -> Vec<u8> {
        der::seq([&self.issuer[..], &der::tlv(der::INTEGER, &self.serial)])
    }

    /// DER TBSCertificate.
    pub fn tbs(&self) -> Vec<u8> {
        let extensions = if self.extensions.is_empty() {
            Vec::new()
        } else {
            der::context(3, &der::seq(self.extensions.iter().map(|(_, extension)| extension)))
        };
        der::seq([
            self.version.map(|v| der::context(0, &der::integer(v))).unwrap_or_default(),
            der::tlv(der::INTEGER, &self.serial),
            self.scheme.identifier(),
            self.issuer.clone(),
            der::seq([&self.not_before, &self.not_after]),
            self.subject.clone(),
            self.spki.clone(),
            extensions,
        ])
    }

    /// DER Certificate.
    pub fn der(&self) -> Vec<u8> {
        let tbs = self.tbs();
        let mut signature = self.issuer_key.sign(self.scheme, &tbs);
        if self.broken {
            *signature.last_mut().expect("a signature has octets") ^= 1;
        }
        der::seq([tbs, self.scheme.identifier(), der::bit_string(&signature)])
    }

    /// PEM Certificate.
    pub fn pem(&self) -> String {
        field::pem("CERTIFICATE", &self.der())
    }
}
