//! Certification paths, through rustls-webpki: the one module that names it for both roles.

use core::cell::Cell;

use client_cert_envelope::{Certificate, oid};
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeId, KeyPurposeIdIter};

use crate::anchor::{Anchor, Anchors};
use crate::digest::sha256;
use crate::error::PathProblem;
use crate::key::SpkiSha256;
use crate::verifier::Algorithms;

/// What an extKeyUsage on the way to the anchor must allow. What the end entity must have is its own
/// step's check.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Usage {
    Any,
    Client,
    Signing,
}

/// One search.
pub(crate) struct Search<'a, 's> {
    pub(crate) algorithms: Algorithms,
    pub(crate) anchors: &'a Anchors,
    pub(crate) intermediates: &'s [CertificateDer<'s>],
    pub(crate) usage: Usage,
    pub(crate) now: UnixTime,
    /// Keys that no certificate of the path may have.
    pub(crate) forbidden: &'s dyn Fn(&SpkiSha256) -> bool,
    /// Anchors that the path may end in.
    pub(crate) in_scope: &'s dyn Fn(&Anchor) -> bool,
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
    /// There is one, to an anchor out of scope.
    OutOfScope,
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
        let rejected = Cell::new(None);
        let not_after = Cell::new(None);
        // Rejecting a path here lets the search go on to another.
        let judge = |path: &webpki::VerifiedPath<'_>| {
            let reject = |error| {
                rejected.set(Some(error));
                Err(webpki::Error::UnknownIssuer)
            };
            let mut earliest = None;
            for certificate in path.intermediate_certificates() {
                let der = certificate.der();
                // One that our reader refuses cannot be compared, so it is on no path.
                let parsed =
                    Certificate::from_der(&der).map_err(|_| webpki::Error::UnknownIssuer)?;
                if (self.forbidden)(&sha256([parsed.public_key().der()])) {
                    return reject(PathError::Forbidden);
                }
                let end = parsed.validity().not_after;
                earliest = Some(earliest.map_or(end, |other: u64| other.min(end)));
            }
            match self.anchors.entry(path.anchor()) {
                Some(anchor) if (self.in_scope)(anchor) => {
                    not_after.set(earliest);
                    Ok(())
                }
                _ => reject(PathError::OutOfScope),
            }
        };
        let path = end_entity
            .verify_for_usage(
                self.algorithms,
                &self.anchors.trust_anchors,
                self.intermediates,
                self.now,
                self.usage,
                None,
                Some(&judge),
            )
            .map_err(|error| rejected.get().unwrap_or(PathError::None(PathProblem::of(&error))))?;
        let anchor = self.anchors.entry(path.anchor());
        let anchor = anchor.ok_or(PathError::None(PathProblem::UnknownIssuer))?;
        Ok(Found { anchor, not_after: not_after.get() })
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
            Self::Client => &oid::CLIENT_AUTH,
            Self::Signing => &oid::CLIENT_CERT_SIGNING,
        };
        // A CA that is for any purpose is for this one; an end entity has met its own step.
        let accepted = [wanted, &oid::ANY_EXTENDED_KEY_USAGE]
            .map(|purpose| KeyPurposeId::new(purpose.as_bytes()));
        let mut empty = true;
        for purpose in iter {
            if accepted.contains(&purpose?) {
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
