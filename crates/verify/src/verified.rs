//! What only the verifying procedure can make.

use core::fmt;
use std::sync::Arc;

use client_cert_envelope::{
    Audience, ClientChain, ConnectionId, Profile, Resumption, TlsVersion, UnverifiedEnvelope,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use crate::audience::AudienceMatched;
use crate::binding::AbsenceAccepted;
use crate::client::ClientAccepted;
use crate::identity::{ClientIdentity, IdentityError};
use crate::possession::PossessionJudged;
use crate::replay::FirstUse;
use crate::revocation::RevocationJudged;
use crate::signature::SignatureValid;
use crate::signer::{SignerTrusted, unix_time};
use crate::time::Fresh;

/// A verified message. No constructor is public, and the one there is takes the token of every
/// step: a step that is left out does not compile.
///
/// ```compile_fail,E0451
/// use client_cert_verify::{Verified, VerifiedAbsence};
///
/// let signer = unimplemented!();
/// let forged = VerifiedAbsence { signer, statement: None, valid_until: unimplemented!() };
/// let forged = Verified::NoCertificate(forged);
/// ```
///
/// ```compile_fail,E0624
/// let forged = client_cert_verify::VerifiedSigner::new("edge".into(), [0; 32]);
/// ```
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a third kind must break every match on it")]
pub enum Verified {
    /// The proxy vouches for a client's certificate.
    Certificate(VerifiedClientCert),
    /// The proxy vouches that no client certificate was presented.
    NoCertificate(VerifiedAbsence),
}

/// A client certificate that a trusted proxy vouches for, accepted by the policy at one time.
#[derive(Clone)]
pub struct VerifiedClientCert {
    certificate: CertificateDer<'static>,
    chain: ChainStatus,
    profile: Profile,
    signer: VerifiedSigner,
    statement: Option<VerifiedStatement>,
    signed_at: UnixTime,
    valid_until: UnixTime,
}

/// A proxy's word that its client presented no certificate.
#[derive(Clone, Debug)]
pub struct VerifiedAbsence {
    signer: VerifiedSigner,
    statement: Option<VerifiedStatement>,
    valid_until: UnixTime,
}

/// Who signed: the configured entry, or the validated certificate. Never what a message claims.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedSigner {
    name: Arc<str>,
    spki_sha256: [u8; 32],
}

/// Whether the origin judged the client's certification path.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ChainStatus {
    /// Not here: the policy trusts the proxy's validation.
    NotChecked,
    /// Here, to a client anchor of the policy.
    Verified {
        /// SHA-256 of the anchor's SPKI.
        anchor_spki_sha256: [u8; 32],
    },
}

/// What the proxy states about the client's connection.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct VerifiedStatement {
    /// The audience, which is one of the origin's.
    pub audience: Audience,
    /// signingTime.
    pub signed_at: UnixTime,
    /// signingTime and lifetime.
    pub expires: UnixTime,
    /// The client's connection, or the request when bound.
    pub connection: ConnectionId,
    /// Whether the proxy validated the client's chain.
    pub client_chain: ClientChain,
    /// TLS version between client and proxy.
    pub protocol: TlsVersion,
    /// Whether that connection was resumed.
    pub resumption: Resumption,
    /// SHA-256 of the SPKI the proxy authenticates with to the origin, where stated.
    pub hop: Option<[u8; 32]>,
    /// SHA-256 of the request's transcript, where bound.
    pub request: Option<[u8; 32]>,
    /// Number of certificates in the bag.
    pub bag_certificates: usize,
}

/// What the steps that yield something found.
pub(crate) struct Checks {
    pub(crate) signer: SignerTrusted,
    pub(crate) fresh: Fresh,
    pub(crate) audience: AudienceMatched,
}

/// What the message is about, as step 10 and steps 12 to 14 accepted it.
pub(crate) enum Subject {
    Absence(AbsenceAccepted),
    Certificate(ClientAccepted, PossessionJudged, RevocationJudged),
}

/// The tokens of the steps that yield nothing else.
pub(crate) type Passed = (SignatureValid, FirstUse);

impl Checks {
    pub(crate) fn into_verified(
        self,
        envelope: &UnverifiedEnvelope<'_>,
        subject: Subject,
        _: Passed,
    ) -> Verified {
        let Self { signer, fresh, audience } = self;
        let audience = audience.into_audience();
        let statement = envelope.unverified_statement().zip(audience).map(|(stated, audience)| {
            VerifiedStatement {
                audience,
                signed_at: fresh.signed_at(),
                expires: fresh.expires(),
                connection: stated.connection,
                client_chain: stated.client_chain,
                protocol: stated.protocol,
                resumption: stated.resumption,
                hop: stated.hop,
                request: stated.request,
                bag_certificates: envelope.unverified_bag().certificates().count(),
            }
        });
        let (signer, not_after) = signer.into_parts();
        let until = |also: u64| {
            let signer = not_after.unwrap_or(u64::MAX);
            unix_time(fresh.expires().as_secs().min(signer).min(also))
        };
        match subject {
            Subject::Certificate(client, _, _) => {
                let (certificate, not_after, chain) = client.into_parts();
                Verified::Certificate(VerifiedClientCert {
                    valid_until: until(not_after),
                    certificate,
                    chain,
                    profile: envelope.profile(),
                    signer,
                    statement,
                    signed_at: fresh.signed_at(),
                })
            }
            Subject::Absence(AbsenceAccepted { .. }) => Verified::NoCertificate(VerifiedAbsence {
                valid_until: until(u64::MAX),
                signer,
                statement,
            }),
        }
    }
}

impl VerifiedClientCert {
    /// The certificate, DER.
    #[must_use]
    pub const fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Who the certificate is about, read from it.
    ///
    /// # Errors
    /// [`IdentityError`] where a name in it cannot be read.
    pub fn identity(&self) -> Result<ClientIdentity, IdentityError> {
        ClientIdentity::of(self)
    }

    /// Whether the origin judged the client's certification path.
    #[must_use]
    pub const fn chain(&self) -> ChainStatus {
        self.chain
    }

    /// The profile of the message, so that a route can demand strict.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// Who signed.
    #[must_use]
    pub const fn signer(&self) -> &VerifiedSigner {
        &self.signer
    }

    /// What the proxy states; none in baseline.
    #[must_use]
    pub const fn statement(&self) -> Option<&VerifiedStatement> {
        self.statement.as_ref()
    }

    /// signingTime.
    #[must_use]
    pub const fn signed_at(&self) -> UnixTime {
        self.signed_at
    }

    /// The earliest end of the statement and of every certificate that was judged, those of paths
    /// included, in whole seconds: how long this may be relied on, for streams that outlive a
    /// request.
    #[must_use]
    pub const fn valid_until(&self) -> UnixTime {
        self.valid_until
    }
}

impl fmt::Debug for VerifiedClientCert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedClientCert")
            .field("profile", &self.profile)
            .field("signer", &self.signer)
            .field("valid_until", &self.valid_until)
            .finish_non_exhaustive()
    }
}

impl VerifiedAbsence {
    /// Who signed.
    #[must_use]
    pub const fn signer(&self) -> &VerifiedSigner {
        &self.signer
    }

    /// What the proxy states about the connection.
    #[must_use]
    pub const fn statement(&self) -> Option<&VerifiedStatement> {
        self.statement.as_ref()
    }

    /// The earliest end of the statement, the signer's certificate and those of its path.
    #[must_use]
    pub const fn valid_until(&self) -> UnixTime {
        self.valid_until
    }
}

impl VerifiedSigner {
    pub(crate) const fn new(name: Arc<str>, spki_sha256: [u8; 32]) -> Self {
        Self { name, spki_sha256 }
    }

    /// The name of the pinned entry, or the allowed name or subject of the certificate.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the key's SubjectPublicKeyInfo.
    #[must_use]
    pub const fn spki_sha256(&self) -> &[u8; 32] {
        &self.spki_sha256
    }
}
