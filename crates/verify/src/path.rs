//! Certification paths, through rustls-webpki: the one module that names it for both roles.

use core::cell::Cell;

use client_cert_envelope::{Certificate, oid};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeId, KeyPurposeIdIter};

use crate::anchor::Anchor;
use crate::digest::sha256;
use crate::error::PathProblem;
use crate::key::SpkiSha256;
use crate::verifier::Algorithms;

/// What every certificate of the path that has an extKeyUsage must allow. What the end entity must
/// have is its own step's check.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Usage {
    Any,
    Client,
    Signing,
}

/// One search.
pub(crate) struct Search<'a, 's> {
    pub(crate) algorithms: Algorithms,
    pub(crate) anchors: Vec<&'a Anchor>,
    pub(crate) intermediates: &'s [CertificateDer<'s>],
    pub(crate) usage: Usage,
    pub(crate) now: UnixTime,
    /// Keys that no certificate of the path may have.
    pub(crate) forbidden: &'s dyn Fn(&SpkiSha256) -> bool,
}

/// Why there is no path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PathError {
    /// The end entity has a critical extension that is unknown.
    CriticalExtension,
    /// The end entity is malformed.
    EndEntity,
    /// There is one, through a forbidden key.
    Forbidden,
    /// There is none.
    None(PathProblem),
}

/// A path that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) anchor: &'a Anchor,
    /// Last second at which all its intermediates are valid; none without intermediates.
    pub(crate) not_after: Option<u64>,
}

impl<'a> Search<'a, '_> {
    /// Finds a path from the end entity to an anchor.
    pub(crate) fn find(&self, end_entity: &[u8]) -> Result<Found<'a>, PathError> {
        let end_entity = CertificateDer::from(end_entity);
        let end_entity = EndEntityCert::try_from(&end_entity).map_err(|_| PathError::EndEntity)?;
        let trust_anchors: Vec<TrustAnchor<'_>> =
            self.anchors.iter().map(|anchor| anchor.trust_anchor.clone()).collect();
        let met_forbidden = Cell::new(false);
        // Rejecting a path here lets the search go on to another.
        let judge = |path: &webpki::VerifiedPath<'_>| {
            for certificate in path.intermediate_certificates() {
                let der = certificate.der();
                // One that our reader refuses cannot be compared, so it is on no path.
                let parsed =
                    Certificate::from_der(&der).map_err(|_| webpki::Error::UnknownIssuer)?;
                if (self.forbidden)(&sha256([parsed.public_key().der()])) {
                    met_forbidden.set(true);
                    return Err(webpki::Error::UnknownIssuer);
                }
            }
            Ok(())
        };
        let path = end_entity
            .verify_for_usage(
                self.algorithms,
                &trust_anchors,
                self.intermediates,
                self.now,
                self.usage,
                None,
                Some(&judge),
            )
            .map_err(|error| match error {
                _ if met_forbidden.get() => PathError::Forbidden,
                error => PathError::None(PathProblem::of(&error)),
            })?;
        let not_after = path
            .intermediate_certificates()
            .filter_map(|certificate| {
                Certificate::from_der(&certificate.der())
                    .map(|parsed| parsed.validity().not_after)
                    .ok()
            })
            .min();
        let found = path.anchor();
        self.anchors
            .iter()
            .copied()
            .find(|anchor| anchor.trust_anchor == *found)
            .map(|anchor| Found { anchor, not_after })
            .ok_or(PathError::None(PathProblem::UnknownIssuer))
    }
}

/// Has the path validator read a certificate that no path is built for, so that what it refuses to
/// read is refused without a path too.
pub(crate) fn read_end_entity(certificate: &[u8]) -> Result<(), PathError> {
    match EndEntityCert::try_from(&CertificateDer::from(certificate)) {
        Ok(_) => Ok(()),
        Err(webpki::Error::UnsupportedCriticalExtension) => Err(PathError::CriticalExtension),
        Err(_) => Err(PathError::EndEntity),
    }
}

impl ExtendedKeyUsageValidator for Usage {
    fn validate(&self, iter: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let wanted = match self {
            Self::Any => return Ok(()),
            Self::Client => KeyPurposeId::new(oid::CLIENT_AUTH.as_bytes()),
            Self::Signing => KeyPurposeId::new(oid::CLIENT_CERT_SIGNING.as_bytes()),
        };
        let mut empty = true;
        for purpose in iter {
            if purpose? == wanted {
                return Ok(());
            }
            empty = false;
        }
        if empty { Ok(()) } else { Err(webpki::Error::EmptyEkuExtension) }
    }
}

impl PathProblem {
    fn of(error: &webpki::Error) -> Self {
        use webpki::Error;
        match error {
            Error::CertExpired { .. } | Error::CertNotValidYet { .. } => Self::Time,
            Error::EmptyEkuExtension | Error::RequiredEkuNotFoundContext(_) => {
                Self::ExtendedKeyUsage
            }
            Error::NameConstraintViolation
            | Error::MalformedNameConstraint
            | Error::UnsupportedNameType => Self::NameConstraint,
            Error::InvalidSignatureForPublicKey
            | Error::SignatureAlgorithmMismatch
            | Error::UnsupportedSignatureAlgorithmContext(_)
            | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => Self::Signature,
            Error::UnknownIssuer => Self::UnknownIssuer,
            Error::MaximumNameConstraintComparisonsExceeded
            | Error::MaximumPathBuildCallsExceeded
            | Error::MaximumPathDepthExceeded
            | Error::MaximumSignatureChecksExceeded => Self::WorkExceeded,
            _ => Self::Certificate,
        }
    }
}
