//! Why a message was refused.

use core::fmt;

use client_cert_envelope::{CertificateError, DecodeError, DecodeErrorKind, Stage, UnsupportedKey};
use rustls_pki_types::UnixTime;

/// A refusal: the step of the procedure, a stable code, and typed context. It holds no octet of
/// the message, so it may be logged; the peer should learn only a status.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum VerifyError {
    /// Steps 1 to 5: the octets are not a message of the profile.
    Decode(DecodeError),

    /// Step 6b: the algorithm is not the one of the signer's key.
    AlgorithmKey,
    /// The back end given to the verifier lacks the algorithm. Fails closed.
    AlgorithmUnavailable,

    /// Step 6: several trusted signers answer to the identifier.
    SignerAmbiguous,
    /// Step 6: the signer's certificate is malformed.
    SignerCertificate(CertificateError),
    /// Step 6: the signer's certificate is past its notAfter.
    SignerExpired {
        /// Last second of validity.
        not_after: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },
    /// Step 6: the signer's certificate is a CA's.
    SignerIsCa,
    /// Step 6: the signer's key is the client's own.
    SignerIsClient,
    /// Step 6: the signer's key is of no kind in the table.
    SignerKey(UnsupportedKey),
    /// Step 6: the signer's certificate has no keyUsage with digitalSignature.
    SignerKeyUsage,
    /// Step 6: the certificate has neither an allowed name nor the EKU, as the policy demands.
    SignerNotAllowed,
    /// Step 6: the signer's certificate is before its notBefore.
    SignerNotYetValid {
        /// First second of validity.
        not_before: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },
    /// Step 9b: no path from the signer's certificate to a proxy anchor.
    SignerPath(PathProblem),
    /// Step 9b: the only paths go through a CA that issues client certificates.
    SignerPathClientCa,
    /// Step 6: the message is of a profile this signer must not use.
    SignerProfile,
    /// Step 6: no trusted signer answers to the identifier.
    SignerUnknown,
    /// Step 6: signingCertificateV2 names another certificate.
    SigningCertificate,

    /// Step 7: the statement says it holds longer than the policy accepts.
    LifetimeTooLong {
        /// Seconds the statement says.
        lifetime: u32,
        /// Seconds the policy accepts.
        accepted: u64,
    },
    /// Step 7: the statement's time is over.
    StatementExpired {
        /// First second at which it no longer holds, skew included.
        expired: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },
    /// Step 7: the statement was signed in the verifier's future.
    StatementNotYetValid {
        /// signingTime.
        signed: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },

    /// Step 8: made for none of this origin's audiences.
    AudienceMismatch,
    /// Step 8: made for an audience that this signer must not assert.
    AudienceScope,

    /// Step 9: messageDigest is not the digest of the content.
    DigestMismatch,
    /// Step 9: `evidence` is not the digest of the bag.
    EvidenceMismatch,
    /// Step 9: the signature does not verify.
    SignatureInvalid,

    /// Step 10: absence, and the policy refuses it.
    AbsenceRefused,
    /// Step 10: the proxy did not validate the client's chain, and the policy demands that it did.
    ChainNotValidated,
    /// Step 10: the statement names another hop than the TLS peer.
    HopMismatch,
    /// Step 10: the statement names no hop, and the TLS peer is not the signer.
    HopNotSigner,
    /// Step 10: the policy demands a TLS peer certificate, and there is none.
    HopPeerMissing,
    /// Step 10: bound to another request.
    RequestMismatch,
    /// Step 10: the policy demands a request-bound statement.
    RequestMissing,
    /// Step 10: bound to a request, and the verifier was given none.
    RequestNotGiven,

    /// Step 11: seen before.
    Replayed,
    /// Step 11: the replay store failed. Fails closed.
    ReplayStore,

    /// Step 12: chains, but to no anchor this signer may assert clients of.
    ClientAnchorScope,
    /// Step 12: the content is not exactly one certificate.
    ClientCertificate(CertificateError),
    /// Step 12: the certificate is not of version 3.
    ClientCertificateVersion {
        /// Its version.
        version: u8,
    },
    /// Step 12: no path to a client anchor.
    ClientChainUntrusted(PathProblem),
    /// Step 12: an unknown critical extension.
    ClientCriticalExtension,
    /// Step 12: past its notAfter.
    ClientExpired {
        /// Last second of validity.
        not_after: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },
    /// Step 12: extKeyUsage does not allow client authentication.
    ClientExtendedKeyUsage,
    /// Step 12: a CA certificate.
    ClientIsCa,
    /// Step 12: keyUsage lacks digitalSignature.
    ClientKeyUsage,
    /// Step 12: before its notBefore.
    ClientNotYetValid {
        /// First second of validity.
        not_before: UnixTime,
        /// The verifier's time.
        now: UnixTime,
    },

    /// Step 13: possession evidence, which this version cannot judge. Fails closed.
    PossessionUnsupported,
    /// Step 14: stapled OCSP responses, which this version cannot judge. Fails closed.
    OcspUnsupported,
}

/// Why no certification path was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PathProblem {
    /// A certificate on the way is expired or not yet valid.
    Time,
    /// A certificate on the way is malformed or used against its extensions.
    Certificate,
    /// extKeyUsage of a certificate on the way forbids the use.
    ExtendedKeyUsage,
    /// A name constraint is violated, or of a kind the path validator does not judge.
    NameConstraint,
    /// A signature on the way does not verify, or its algorithm is not accepted.
    Signature,
    /// No issuer leads to an anchor.
    UnknownIssuer,
    /// The search exceeded its bounds of depth, signatures or comparisons.
    WorkExceeded,
}

impl VerifyError {
    /// The step of the procedure.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Decode(error) => error.stage(),
            _ => self.row().0,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Decode(error) => error.code(),
            _ => self.row().1,
        }
    }

    /// What to do about it, where experience knows.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Decode(error) => return error.hint(),
            Self::AlgorithmKey => {
                "sign with -md sha256 for P-256 and RSA, sha384 for P-384, and the entry's padding"
            }
            Self::SignerUnknown => "the policy has no signer of this key identifier",
            Self::SignerProfile => {
                "the signer's entry names the other profile; a key signs only one"
            }
            Self::SignerNotAllowed => {
                "name the proxy in the policy, or issue its certificate with the signing EKU"
            }
            Self::SignerKeyUsage => "issue the proxy's certificate with keyUsage digitalSignature",
            Self::StatementExpired { .. } | Self::StatementNotYetValid { .. } => {
                "compare the clocks of proxy and origin"
            }
            Self::LifetimeTooLong { .. } => "let the proxy sign for a shorter time",
            Self::AudienceMismatch => "compare the audience of the proxy's route with the origin's",
            Self::HopPeerMissing => {
                "give the TLS peer's certificate, or allow unbound hops by name in the policy"
            }
            Self::HopNotSigner => {
                "let the proxy state its hop certificate, or connect with the signing one"
            }
            Self::ChainNotValidated => "let the proxy validate client certificates",
            Self::ClientCertificate(_) => {
                "sign with -binary: text mode rewrites the certificate's octets"
            }
            _ => return None,
        })
    }

    /// One row a variant: stage, code, message. Codes are never renamed or reused.
    const fn row(&self) -> (Stage, &'static str, &'static str) {
        use Stage::{
            Algorithm, Audience, Binding, Client, Internal, Possession, Replay, Revocation,
            Signature, Signer, Time,
        };
        match self {
            Self::Decode(_) => (Stage::Der, "decode", "not a message of the profile"),
            Self::AlgorithmKey => {
                (Algorithm, "algorithm-key", "the algorithm is not the one of the signer's key")
            }
            Self::AlgorithmUnavailable => {
                (Internal, "algorithm-unavailable", "the back end lacks the algorithm")
            }
            Self::SignerAmbiguous => {
                (Signer, "signer-ambiguous", "several signers answer to the identifier")
            }
            Self::SignerCertificate(_) => {
                (Signer, "signer-certificate", "the signer's certificate is malformed")
            }
            Self::SignerExpired { .. } => {
                (Signer, "signer-expired", "the signer's certificate has expired")
            }
            Self::SignerIsCa => (Signer, "signer-is-ca", "the signer's certificate is a CA's"),
            Self::SignerIsClient => {
                (Signer, "signer-is-client", "the client's own key signed the message")
            }
            Self::SignerKey(_) => {
                (Signer, "signer-certificate", "the signer's key is not of the table")
            }
            Self::SignerKeyUsage => {
                (Signer, "signer-key-usage", "the signer's key may not make signatures")
            }
            Self::SignerNotAllowed => {
                (Signer, "signer-not-allowed", "the certificate is not one of a signing proxy")
            }
            Self::SignerNotYetValid { .. } => {
                (Signer, "signer-not-yet-valid", "the signer's certificate is not yet valid")
            }
            Self::SignerPath(_) => {
                (Signer, "signer-path", "the signer's certificate leads to no proxy anchor")
            }
            Self::SignerPathClientCa => (
                Signer,
                "signer-path-client-ca",
                "the signer's certificate is issued through a client CA",
            ),
            Self::SignerProfile => {
                (Signer, "signer-profile", "the signer may not use this profile")
            }
            Self::SignerUnknown => (Signer, "signer-unknown", "no trusted signer has this key"),
            Self::SigningCertificate => {
                (Signer, "signing-certificate", "signingCertificateV2 names another certificate")
            }
            Self::LifetimeTooLong { .. } => {
                (Time, "lifetime-too-long", "the statement holds longer than accepted")
            }
            Self::StatementExpired { .. } => {
                (Time, "statement-expired", "the statement has expired")
            }
            Self::StatementNotYetValid { .. } => {
                (Time, "statement-not-yet-valid", "the statement was signed in the future")
            }
            Self::AudienceMismatch => {
                (Audience, "audience-mismatch", "the statement is for another origin")
            }
            Self::AudienceScope => {
                (Audience, "audience-scope", "the signer may not make statements for this origin")
            }
            Self::DigestMismatch => {
                (Signature, "digest-mismatch", "the content is not what was signed")
            }
            Self::EvidenceMismatch => {
                (Signature, "evidence-mismatch", "the bag is not what was signed")
            }
            Self::SignatureInvalid => {
                (Signature, "signature-invalid", "the signature does not verify")
            }
            Self::AbsenceRefused => {
                (Binding, "absence-refused", "no client certificate, and one is demanded")
            }
            Self::ChainNotValidated => {
                (Binding, "chain-not-validated", "the proxy did not validate the client's chain")
            }
            Self::HopMismatch => (Binding, "hop-mismatch", "the statement is for another TLS peer"),
            Self::HopNotSigner => {
                (Binding, "hop-not-signer", "the TLS peer is not the signer of the statement")
            }
            Self::HopPeerMissing => {
                (Binding, "hop-peer-missing", "the TLS peer presented no certificate")
            }
            Self::RequestMismatch => {
                (Binding, "request-mismatch", "the statement is for another request")
            }
            Self::RequestMissing => {
                (Binding, "request-missing", "the statement is bound to no request")
            }
            Self::RequestNotGiven => {
                (Binding, "request-not-given", "the statement is bound to a request not given")
            }
            Self::Replayed => (Replay, "replayed", "the statement was used before"),
            Self::ReplayStore => (Internal, "replay-store", "the replay store failed"),
            Self::ClientAnchorScope => (
                Client,
                "client-anchor-scope",
                "the signer may not make statements about clients of this CA",
            ),
            Self::ClientCertificate(_) => {
                (Client, "client-certificate", "the content is not exactly one certificate")
            }
            Self::ClientCertificateVersion { .. } => {
                (Client, "client-certificate-version", "the client's certificate is not version 3")
            }
            Self::ClientChainUntrusted(_) => {
                (Client, "client-chain-untrusted", "the client's certificate leads to no anchor")
            }
            Self::ClientCriticalExtension => (
                Client,
                "client-critical-extension",
                "the client's certificate has an unknown critical extension",
            ),
            Self::ClientExpired { .. } => {
                (Client, "client-expired", "the client's certificate has expired")
            }
            Self::ClientExtendedKeyUsage => (
                Client,
                "client-extended-key-usage",
                "the client's certificate is not for client authentication",
            ),
            Self::ClientIsCa => (Client, "client-is-ca", "the client's certificate is a CA's"),
            Self::ClientKeyUsage => {
                (Client, "client-key-usage", "the client's key may not make signatures")
            }
            Self::ClientNotYetValid { .. } => {
                (Client, "client-not-yet-valid", "the client's certificate is not yet valid")
            }
            Self::PossessionUnsupported => (
                Possession,
                "possession-unsupported",
                "possession evidence, which this version cannot judge",
            ),
            Self::OcspUnsupported => (
                Revocation,
                "ocsp-unsupported",
                "stapled OCSP responses, which this version cannot judge",
            ),
        }
    }

    /// Stage and code of every refusal of a message: what logs and vectors can contain.
    pub fn all_codes() -> impl Iterator<Item = (Stage, &'static str)> {
        let decode = DecodeErrorKind::ALL.iter().map(|kind| (kind.stage(), kind.code()));
        let verify = Self::SAMPLES.iter().map(|error| (error.stage(), error.code()));
        // Only reading a certificate makes the error that this variant holds.
        decode.chain(verify).chain([(Stage::Client, "client-certificate")])
    }

    /// One of each variant whose context can be made here. A test of the vectors compares the codes
    /// with the specification's.
    const SAMPLES: &'static [Self] = &[
        Self::AlgorithmKey,
        Self::AlgorithmUnavailable,
        Self::SignerAmbiguous,
        Self::SignerExpired { not_after: EPOCH, now: EPOCH },
        Self::SignerIsCa,
        Self::SignerIsClient,
        Self::SignerKey(UnsupportedKey::Algorithm),
        Self::SignerKeyUsage,
        Self::SignerNotAllowed,
        Self::SignerNotYetValid { not_before: EPOCH, now: EPOCH },
        Self::SignerPath(PathProblem::UnknownIssuer),
        Self::SignerPathClientCa,
        Self::SignerProfile,
        Self::SignerUnknown,
        Self::SigningCertificate,
        Self::LifetimeTooLong { lifetime: 0, accepted: 0 },
        Self::StatementExpired { expired: EPOCH, now: EPOCH },
        Self::StatementNotYetValid { signed: EPOCH, now: EPOCH },
        Self::AudienceMismatch,
        Self::AudienceScope,
        Self::DigestMismatch,
        Self::EvidenceMismatch,
        Self::SignatureInvalid,
        Self::AbsenceRefused,
        Self::ChainNotValidated,
        Self::HopMismatch,
        Self::HopNotSigner,
        Self::HopPeerMissing,
        Self::RequestMismatch,
        Self::RequestMissing,
        Self::RequestNotGiven,
        Self::Replayed,
        Self::ReplayStore,
        Self::ClientAnchorScope,
        Self::ClientCertificateVersion { version: 0 },
        Self::ClientChainUntrusted(PathProblem::UnknownIssuer),
        Self::ClientCriticalExtension,
        Self::ClientExpired { not_after: EPOCH, now: EPOCH },
        Self::ClientExtendedKeyUsage,
        Self::ClientIsCa,
        Self::ClientKeyUsage,
        Self::ClientNotYetValid { not_before: EPOCH, now: EPOCH },
        Self::PossessionUnsupported,
        Self::OcspUnsupported,
    ];
}

const EPOCH: UnixTime = UnixTime::since_unix_epoch(core::time::Duration::ZERO);

impl From<DecodeError> for VerifyError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Decode(error) = self {
            return error.fmt(f);
        }
        f.write_str(self.row().2)?;
        match self {
            Self::SignerCertificate(error) | Self::ClientCertificate(error) => {
                write!(f, ": {error}")
            }
            Self::SignerKey(error) => write!(f, ": {error}"),
            Self::SignerPath(problem) | Self::ClientChainUntrusted(problem) => {
                write!(f, ": {problem}")
            }
            Self::SignerExpired { not_after, now } | Self::ClientExpired { not_after, now } => {
                write!(f, ": by {} s", now.as_secs().saturating_sub(not_after.as_secs()))
            }
            Self::SignerNotYetValid { not_before, now }
            | Self::ClientNotYetValid { not_before, now } => {
                write!(f, ": for {} s", not_before.as_secs().saturating_sub(now.as_secs()))
            }
            Self::StatementExpired { expired, now } => {
                write!(f, ": {} s ago", now.as_secs().saturating_sub(expired.as_secs()))
            }
            Self::StatementNotYetValid { signed, now } => {
                write!(f, ": by {} s", signed.as_secs().saturating_sub(now.as_secs()))
            }
            Self::LifetimeTooLong { lifetime, accepted } => {
                write!(f, ": {lifetime} s, not at most {accepted} s")
            }
            Self::ClientCertificateVersion { version } => write!(f, " but {version}"),
            _ => Ok(()),
        }
    }
}

impl core::error::Error for VerifyError {}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Time => "a certificate on the way is not valid now",
            Self::Certificate => "a certificate on the way is malformed or misused",
            Self::ExtendedKeyUsage => "an extended key usage on the way forbids it",
            Self::NameConstraint => "a name constraint on the way forbids it, or cannot be judged",
            Self::Signature => "a signature on the way does not verify",
            Self::UnknownIssuer => "its issuer is unknown",
            Self::WorkExceeded => "the search was given up as too long",
        })
    }
}
