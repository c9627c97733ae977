//! One certificate in words.

use client_cert_envelope::{Certificate, GeneralName, oid};
use der::Decode as _;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use x509_cert::name::Name;

use crate::hex::{hex, serial_hex};
use crate::key_report::KeyReport;
use crate::oid_names::Oid;
use crate::time::rfc3339;
use crate::walk::{Tlv, tag};

/// Longest certificate or name given to `x509-cert`, which copies every part into trees:
/// certificates are 1 to 2 KiB.
pub(crate) const MAX_SECOND_READING: usize = 8 * 1024;

/// Most names, and most purposes, listed.
const MAX_LISTED: usize = 64;

/// One certificate. That it stands in a message says nothing about who presented it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CertificateReport {
    /// What the certificate is in its message.
    pub role: Role,
    /// Octets of its DER.
    pub octets: usize,
    /// SHA-256 of its DER, in hexadecimal: RFC 8705's `x5t#S256`, before base64url.
    pub sha256: String,
    /// Why the strict reader refuses it; what follows is then what a lenient one sees, if anything.
    pub unreadable: Option<String>,
    /// 1, 2 or 3.
    pub version: Option<u8>,
    /// RFC 4514.
    pub subject: Option<String>,
    /// RFC 4514.
    pub issuer: Option<String>,
    /// Hexadecimal, without the octet that is only a sign.
    pub serial: Option<String>,
    /// subjectAltName, in order.
    pub sans: Vec<San>,
    /// RFC 3339.
    pub not_before: Option<String>,
    /// RFC 3339.
    pub not_after: Option<String>,
    /// At the instant of the report.
    pub validity: Option<ValidAt>,
    /// The public key.
    pub key: Option<KeyReport>,
    /// SHA-256 of the SubjectPublicKeyInfo, in hexadecimal: what pins name.
    pub spki_sha256: Option<String>,
    /// Signature algorithm of the issuer.
    pub signature_algorithm: Option<String>,
    /// The subjectKeyIdentifier extension, in hexadecimal: what `sid` names.
    pub subject_key_identifier: Option<String>,
    /// extKeyUsage by name; none if the extension is absent.
    pub extended_key_usage: Option<Vec<String>>,
    /// Whether basicConstraints says `cA TRUE`.
    pub ca: Option<bool>,
    /// What is unusual about it.
    pub warnings: Vec<Warning>,
}

/// What a certificate is in its message.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// In `certificates`: the signer's, or an intermediate. Never the client's identity.
    Bag,
    /// The content of a message: what the signer says the client presented.
    Client,
    /// On its own: no proxy signed it.
    Unsigned,
}

/// A validity judged at an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ValidAt {
    /// After notAfter.
    Expired,
    /// Before notBefore.
    NotYetValid,
    /// Inside. Nothing else is said by this.
    Valid,
}

/// One name of subjectAltName.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct San {
    /// `dns`, `uri`, `email`, `ip`, `upn`, `directory`, `other`; with `-octets` where the value is
    /// not the text that the type demands and stands in hexadecimal.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name.
    pub value: String,
}

/// Something unusual.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Warning {
    /// `expired`, `not-yet-valid`, `ca`, `no-client-auth`, `no-digital-signature`, `weak-key`,
    /// `weak-signature`, `version`, `many-names`.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

impl CertificateReport {
    pub(crate) fn of(der: &[u8], role: Role, at: Option<u64>) -> Self {
        let mut report = Self {
            role,
            octets: der.len(),
            sha256: hex(&Sha256::digest(der)),
            unreadable: None,
            version: None,
            subject: None,
            issuer: None,
            serial: None,
            sans: Vec::new(),
            not_before: None,
            not_after: None,
            validity: None,
            key: None,
            spki_sha256: None,
            signature_algorithm: signature_algorithm(der),
            subject_key_identifier: None,
            extended_key_usage: None,
            ca: None,
            warnings: Vec::new(),
        };
        match Certificate::from_der(der) {
            Ok(certificate) => {
                report.fill(&certificate, at);
                report.warn(&certificate);
            }
            Err(error) => {
                report.unreadable = Some(error.to_string());
                report.fill_leniently(der, at);
            }
        }
        report
    }

    fn fill(&mut self, certificate: &Certificate<'_>, at: Option<u64>) {
        let validity = certificate.validity();
        let spki = certificate.public_key().der();
        self.version = Some(certificate.version());
        self.subject = Some(certificate.subject().to_string());
        self.issuer = Some(certificate.issuer().to_string());
        self.serial = Some(serial_hex(certificate.serial()));
        self.sans = certificate.subject_alt_names().take(MAX_LISTED).map(San::of).collect();
        self.fill_validity(validity.not_before, validity.not_after, at);
        self.key = Some(KeyReport::of(spki));
        self.spki_sha256 = Some(hex(&Sha256::digest(spki)));
        self.subject_key_identifier = certificate.subject_key_identifier().map(hex);
        self.extended_key_usage = certificate.has_extended_key_usage().then(|| {
            let usages = certificate.extended_key_usages().take(MAX_LISTED);
            usages.map(|usage| Oid::of(usage).text().into()).collect()
        });
        self.ca = Some(certificate.is_ca());
    }

    fn fill_validity(&mut self, not_before: u64, not_after: u64, at: Option<u64>) {
        self.not_before = Some(rfc3339(not_before));
        self.not_after = Some(rfc3339(not_after));
        self.validity = at.map(|at| {
            if at < not_before {
                ValidAt::NotYetValid
            } else if at > not_after {
                ValidAt::Expired
            } else {
                ValidAt::Valid
            }
        });
    }

    /// What people need to find the certificate again, from a reader that forgives more.
    fn fill_leniently(&mut self, der: &[u8], at: Option<u64>) {
        if der.len() > MAX_SECOND_READING {
            return;
        }
        let Ok(certificate) = x509_cert::Certificate::from_der(der) else {
            return;
        };
        let tbs = certificate.tbs_certificate();
        self.subject = Some(tbs.subject().to_string());
        self.issuer = Some(tbs.issuer().to_string());
        self.serial = Some(serial_hex(tbs.serial_number().as_bytes()));
        let seconds = |time: &x509_cert::time::Time| time.to_unix_duration().as_secs();
        let validity = tbs.validity();
        self.fill_validity(seconds(&validity.not_before), seconds(&validity.not_after), at);
    }

    fn warn(&mut self, certificate: &Certificate<'_>) {
        let mut warnings = Vec::new();
        let mut warn = |code, message: &str| {
            warnings.push(Warning { code, message: message.into() });
        };
        match self.validity {
            Some(ValidAt::Expired) => warn("expired", "it has expired"),
            Some(ValidAt::NotYetValid) => warn("not-yet-valid", "it is not yet valid"),
            _ => {}
        }
        if self.role != Role::Bag {
            if certificate.version() < 3 {
                warn("version", "it is not version 3: verifiers refuse it");
            }
            if certificate.is_ca() {
                warn("ca", "it is a CA's certificate, not a client's");
            }
            let client = [oid::CLIENT_AUTH.as_bytes(), oid::ANY_EXTENDED_KEY_USAGE.as_bytes()];
            if certificate.has_extended_key_usage()
                && !certificate.extended_key_usages().any(|usage| client.contains(&usage))
            {
                warn("no-client-auth", "its extended key usage lacks clientAuth");
            }
            if certificate.key_usage().is_some_and(|usage| !usage.digital_signature()) {
                warn("no-digital-signature", "its key usage lacks digitalSignature");
            }
        }
        if certificate.subject_alt_names().nth(MAX_LISTED).is_some()
            || certificate.extended_key_usages().nth(MAX_LISTED).is_some()
        {
            warn("many-names", "it has more names or purposes than are listed");
        }
        if let Some(key) = self.key.as_ref().filter(|key| key.weak) {
            warn("weak-key", &format!("its key is weak: {}", key.text()));
        }
        if let Some(name) = &self.signature_algorithm {
            let lower = name.to_ascii_lowercase();
            if ["md2", "md4", "md5", "sha1", "sha-1"].iter().any(|weak| lower.contains(weak)) {
                warn("weak-signature", &format!("its issuer signed it with {name}"));
            }
        }
        self.warnings = warnings;
    }
}

/// The outer signatureAlgorithm's name.
fn signature_algorithm(der: &[u8]) -> Option<String> {
    let mut fields = Tlv::whole(der)?.tagged(tag::SEQUENCE)?.values();
    fields.next()?;
    let kind = fields.next_tagged(tag::SEQUENCE)?.values().next_tagged(tag::OID)?;
    Some(Oid::of(kind.value).text().into())
}

impl San {
    fn of(name: GeneralName<'_>) -> Self {
        let text = |kind, octets_kind, octets: &[u8]| match str::from_utf8(octets) {
            Ok(text) => Self { kind, value: text.into() },
            Err(_) => Self { kind: octets_kind, value: hex(octets) },
        };
        match name {
            GeneralName::Dns(octets) => text("dns", "dns-octets", octets),
            GeneralName::Email(octets) => text("email", "email-octets", octets),
            GeneralName::Uri(octets) => text("uri", "uri-octets", octets),
            GeneralName::Ip(octets) => ip(octets),
            GeneralName::UserPrincipalName(text) => Self { kind: "upn", value: text.into() },
            GeneralName::Directory(der) if der.len() <= MAX_SECOND_READING => {
                match Name::from_der(der) {
                    Ok(name) => Self { kind: "directory", value: name.to_string() },
                    Err(_) => Self { kind: "directory-octets", value: hex(der) },
                }
            }
            GeneralName::Directory(der) => Self { kind: "directory-octets", value: hex(der) },
            GeneralName::Other(octets) => Self { kind: "other", value: hex(octets) },
            GeneralName::Unknown { tag, value } => {
                Self { kind: "other", value: format!("{tag:02x}:{}", hex(value)) }
            }
            _ => Self { kind: "other", value: String::new() },
        }
    }
}

fn ip(octets: &[u8]) -> San {
    let address = <[u8; 4]>::try_from(octets)
        .map(std::net::IpAddr::from)
        .or_else(|_| <[u8; 16]>::try_from(octets).map(std::net::IpAddr::from));
    match address {
        Ok(address) => San { kind: "ip", value: address.to_string() },
        Err(_) => San { kind: "ip-octets", value: hex(octets) },
    }
}
