//! Signers by certification path: a CA for proxies, and which of its certificates may sign.

use client_cert_envelope::{Audience, Certificate, GeneralName, Profile, SignerIdentifier, oid};
use rustls_pki_types::CertificateDer;

use crate::anchor::Anchors;
use crate::config_error::ConfigError;
use crate::key::key_identifier;
use crate::pinned::Scope;

/// A CA for proxies. A path to it is never enough: the certificate must also be one that signs.
#[derive(Clone, Debug)]
pub struct ProxyCa {
    pub(crate) anchors: Anchors,
    pub(crate) authorized_by: AuthorizedBy,
    pub(crate) signer_certificates: Vec<SignerCertificate>,
    pub(crate) profile: Profile,
}

/// What makes a certificate one of a signing proxy.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AuthorizedBy {
    /// One of these names in its subjectAltName.
    Names(Vec<AllowedName>),
    /// One of these names and the extended key usage.
    NamesAndSigningEku(Vec<AllowedName>),
    /// The extended key usage `ARC.3`.
    SigningEku,
}

/// A name of a signing proxy, compared literally, and what it may assert.
#[derive(Clone, Debug)]
pub struct AllowedName {
    kind: NameKind,
    pub(crate) name: String,
    pub(crate) scope: Scope,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum NameKind {
    Dns,
    Uri,
}

impl AllowedName {
    /// A dNSName.
    ///
    /// # Errors
    /// [`ConfigError::AllowedNameInvalid`] for a pattern, an empty name, and characters that no DNS
    /// name has.
    pub fn dns(name: &str) -> Result<Self, ConfigError> {
        let valid = !name.is_empty()
            && name.len() <= 253
            && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-._".contains(&octet));
        Self::new(NameKind::Dns, name, valid)
    }

    /// A uniformResourceIdentifier, such as a SPIFFE ID.
    ///
    /// # Errors
    /// [`ConfigError::AllowedNameInvalid`] for a pattern, a name without scheme, and characters
    /// that no URI has.
    pub fn uri(name: &str) -> Result<Self, ConfigError> {
        let valid = name.contains(':')
            && name.len() <= 2048
            && name.bytes().all(|octet| (0x21..=0x7e).contains(&octet))
            && !name.contains('*');
        Self::new(NameKind::Uri, name, valid)
    }

    fn new(kind: NameKind, name: &str, valid: bool) -> Result<Self, ConfigError> {
        if valid {
            Ok(Self { kind, name: name.into(), scope: Scope::default() })
        } else {
            Err(ConfigError::AllowedNameInvalid)
        }
    }

    /// The audiences it may assert; all of the policy's unless set.
    #[must_use]
    pub fn with_audiences(mut self, audiences: impl IntoIterator<Item = Audience>) -> Self {
        self.scope.set_audiences(audiences);
        self
    }

    /// The client anchors it may assert clients of; all of the policy's unless set.
    #[must_use]
    pub fn with_client_anchors<'c>(
        mut self,
        anchors: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Self {
        self.scope.set_client_anchors(anchors);
        self
    }

    fn matches(&self, name: &GeneralName<'_>) -> bool {
        match (self.kind, name) {
            (NameKind::Dns, GeneralName::Dns(octets))
            | (NameKind::Uri, GeneralName::Uri(octets)) => self.name.as_bytes() == *octets,
            _ => false,
        }
    }
}

/// A signer's certificate that the origin has, for proxies that send none.
#[derive(Clone, Debug)]
pub(crate) struct SignerCertificate {
    pub(crate) certificate: CertificateDer<'static>,
    key_identifier: Vec<u8>,
    issuer_and_serial_number: Vec<u8>,
}

impl SignerCertificate {
    pub(crate) fn answers_to(&self, identifier: SignerIdentifier<'_>) -> bool {
        match identifier {
            SignerIdentifier::SubjectKeyIdentifier(octets) => self.key_identifier == octets,
            SignerIdentifier::IssuerAndSerialNumber(whole) => {
                self.issuer_and_serial_number == whole
            }
            _ => false,
        }
    }
}

impl ProxyCa {
    /// Takes at least one CA certificate, and what makes its certificates signing ones.
    ///
    /// # Errors
    /// [`ConfigError`] for no anchor or no name to tell signers by, and for a malformed certificate.
    pub fn new<'c>(
        anchors: impl IntoIterator<Item = CertificateDer<'c>>,
        authorized_by: AuthorizedBy,
    ) -> Result<Self, ConfigError> {
        if let AuthorizedBy::Names(names) | AuthorizedBy::NamesAndSigningEku(names) = &authorized_by
            && names.is_empty()
        {
            return Err(ConfigError::ProxyCaUnrestricted);
        }
        Ok(Self {
            anchors: Anchors::new(anchors)?,
            authorized_by,
            signer_certificates: Vec::new(),
            profile: Profile::Strict,
        })
    }

    /// The signers' certificates, or intermediates towards them, for proxies that send none. They
    /// are path material and trusted for nothing.
    ///
    /// # Errors
    /// [`ConfigError`] for a malformed one.
    pub fn with_signer_certificates<'c>(
        mut self,
        certificates: impl IntoIterator<Item = CertificateDer<'c>>,
    ) -> Result<Self, ConfigError> {
        for certificate in certificates {
            let parsed = Certificate::from_der(&certificate)?;
            // The same one again is no second candidate.
            if self.signer_certificates.iter().any(|known| known.certificate == certificate) {
                continue;
            }
            self.signer_certificates.push(SignerCertificate {
                key_identifier: key_identifier(&parsed),
                issuer_and_serial_number: parsed.issuer_and_serial_number(),
                certificate: certificate.into_owned(),
            });
        }
        Ok(self)
    }

    /// The one profile these signers use; strict unless set.
    #[must_use]
    pub const fn with_profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// The names that may sign; none where the extended key usage alone decides.
    pub(crate) fn allowed_names(&self) -> &[AllowedName] {
        match &self.authorized_by {
            AuthorizedBy::Names(names) | AuthorizedBy::NamesAndSigningEku(names) => names,
            AuthorizedBy::SigningEku => &[],
        }
    }

    /// Whether this certificate is one of a signing proxy, and under which of the allowed names:
    /// all that match, since each may narrow what it may assert.
    pub(crate) fn authorize(&self, certificate: &Certificate<'_>) -> Option<Vec<&AllowedName>> {
        let has_eku =
            certificate.extended_key_usages().any(|eku| eku == oid::CLIENT_CERT_SIGNING.as_bytes());
        // The certificate's names are read once: there may be hundreds, of an attacker's making.
        let mut names: Vec<&AllowedName> = Vec::new();
        for name in certificate.subject_alt_names() {
            names.extend(self.allowed_names().iter().filter(|allowed| allowed.matches(&name)));
        }
        let authorized = match &self.authorized_by {
            AuthorizedBy::SigningEku => has_eku,
            AuthorizedBy::Names(_) => !names.is_empty(),
            AuthorizedBy::NamesAndSigningEku(_) => has_eku && !names.is_empty(),
        };
        authorized.then_some(names)
    }
}
