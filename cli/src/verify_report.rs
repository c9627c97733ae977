//! The verdict, as `client-cert verify --json` prints it. Keys are never renamed or left out: what
//! does not apply is null.

use client_cert_envelope::{Profile, Resumption, Stage};
use client_cert_inspect::ascii_json;
use client_cert_verify::{
    ChainStatus, ClientIdentity, IdentityError, SubjectAltName, Verified, VerifiedSigner,
    VerifiedStatement, VerifyError,
};
use serde::Serialize;

use crate::outcome::Exit;
use crate::{error, hex, time};

#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) profile: &'static str,
    pub(crate) stage: Option<&'static str>,
    pub(crate) code: Option<&'static str>,
    pub(crate) message: String,
    pub(crate) client: Option<Client>,
    pub(crate) signer: Option<Signer>,
    pub(crate) statement: Option<Statement>,
    pub(crate) valid_until: Option<String>,
    #[serde(skip)]
    pub(crate) hint: Option<String>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    Error,
    Refused,
    Verified,
}

/// `{"present":false}`, or a certificate.
#[derive(Debug, Serialize)]
pub(crate) struct Client {
    present: bool,
    #[serde(flatten)]
    pub(crate) certificate: Option<Certificate>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Certificate {
    pub(crate) subject: String,
    pub(crate) issuer: String,
    pub(crate) serial: String,
    pub(crate) sha256: String,
    pub(crate) spki_sha256: String,
    pub(crate) not_before: String,
    pub(crate) not_after: String,
    pub(crate) sans: Vec<San>,
    pub(crate) spiffe_id: Option<String>,
    pub(crate) chain: &'static str,
}

#[derive(Debug, Serialize)]
pub(crate) struct San {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Signer {
    pub(crate) name: String,
    pub(crate) spki_sha256: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Statement {
    pub(crate) audiences: Vec<String>,
    pub(crate) signed_at: String,
    pub(crate) expires: String,
    pub(crate) connection: String,
    pub(crate) client_chain: &'static str,
    pub(crate) protocol: &'static str,
    pub(crate) resumed: bool,
    pub(crate) hop: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) evidence: Evidence,
    /// This version refuses messages with one.
    pub(crate) possession: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Evidence {
    pub(crate) certificates: usize,
    /// This version refuses messages with any.
    pub(crate) ocsp: usize,
}

impl Report {
    pub(crate) fn verified(verified: &Verified) -> Result<Self, IdentityError> {
        let (profile, client, signer, statement, valid_until, message) = match verified {
            Verified::Certificate(client) => (
                client.profile(),
                Client { present: true, certificate: Some(Certificate::of(&client.identity()?)) },
                client.signer(),
                client.statement(),
                client.valid_until(),
                "a trusted proxy vouches for this client certificate",
            ),
            Verified::NoCertificate(absence) => (
                Profile::Strict,
                Client { present: false, certificate: None },
                absence.signer(),
                absence.statement(),
                absence.valid_until(),
                "a trusted proxy states that the client presented no certificate",
            ),
        };
        Ok(Self {
            verdict: Verdict::Verified,
            profile: profile.as_str(),
            stage: None,
            code: None,
            message: message.into(),
            client: Some(client),
            signer: Some(Signer::of(signer)),
            statement: statement.map(Statement::of),
            valid_until: Some(time::rfc3339(valid_until)),
            hint: None,
        })
    }

    /// `hint` says what to do about it.
    pub(crate) fn refused(profile: Profile, refused: &VerifyError, hint: Option<String>) -> Self {
        // A failure of this side, not of the message: nothing was judged.
        let verdict = match refused.stage() {
            Stage::Internal => Verdict::Error,
            _ => Verdict::Refused,
        };
        let (stage, code) = (refused.stage(), refused.code());
        Self { hint, ..Self::not(verdict, profile, stage, code, refused.to_string()) }
    }

    /// The verified certificate cannot be mapped.
    pub(crate) fn without_identity(profile: Profile, problem: &IdentityError) -> Self {
        let stage = problem.stage();
        Self::not(Verdict::Refused, profile, stage, "identity-certificate", problem.to_string())
    }

    pub(crate) fn cannot_try(profile: Profile, problem: &anyhow::Error) -> Self {
        let code = error::code(problem);
        Self::not(Verdict::Error, profile, Stage::Config, code, error::message(problem))
    }

    fn not(
        verdict: Verdict,
        profile: Profile,
        stage: Stage,
        code: &'static str,
        message: String,
    ) -> Self {
        Self {
            verdict,
            profile: profile.as_str(),
            stage: Some(stage.as_str()),
            code: Some(code),
            message,
            client: None,
            signer: None,
            statement: None,
            valid_until: None,
            hint: None,
        }
    }

    pub(crate) const fn exit(&self) -> Exit {
        match self.verdict {
            Verdict::Verified => Exit::Done,
            Verdict::Refused => Exit::Refused,
            Verdict::Error => Exit::CannotTry,
        }
    }

    /// One line. Names of clients are in it, hence ASCII: see [`ascii_json`].
    pub(crate) fn to_json(&self) -> anyhow::Result<String> {
        Ok(format!("{}\n", ascii_json(&serde_json::to_string(self)?)))
    }
}

impl Certificate {
    fn of(identity: &ClientIdentity) -> Self {
        Self {
            subject: identity.subject.clone(),
            issuer: identity.issuer.clone(),
            serial: hex::encode(&identity.serial),
            sha256: hex::encode(&identity.sha256),
            spki_sha256: hex::encode(&identity.spki_sha256),
            not_before: time::rfc3339(identity.not_before),
            not_after: time::rfc3339(identity.not_after),
            sans: identity.sans.iter().map(San::of).collect(),
            spiffe_id: identity.spiffe_id.clone(),
            chain: match identity.chain {
                ChainStatus::Verified { .. } => "verified",
                _ => "not-checked",
            },
        }
    }
}

impl San {
    /// Text names as they stand; a directory name is the hexadecimal DER, any other name the
    /// hexadecimal tag octet and contents.
    fn of(name: &SubjectAltName) -> Self {
        let (kind, value) = match name {
            SubjectAltName::Directory(der) => ("directory", hex::encode(der)),
            SubjectAltName::Dns(text) => ("dns", text.clone()),
            SubjectAltName::Email(text) => ("email", text.clone()),
            SubjectAltName::Ipv4(address) => ("ip", address.to_string()),
            SubjectAltName::Ipv6(address) => ("ip", address.to_string()),
            SubjectAltName::Uri(text) => ("uri", text.clone()),
            SubjectAltName::UserPrincipalName(text) => ("upn", text.clone()),
            SubjectAltName::Unknown { tag, value } => {
                ("other", hex::encode(&[&[*tag], value.as_slice()].concat()))
            }
            _ => ("other", String::new()),
        };
        Self { kind, value }
    }
}

impl Signer {
    fn of(signer: &VerifiedSigner) -> Self {
        Self { name: signer.name().into(), spki_sha256: hex::encode(signer.spki_sha256()) }
    }
}

impl Statement {
    fn of(stated: &VerifiedStatement) -> Self {
        Self {
            audiences: vec![stated.audience.as_str().into()],
            signed_at: time::rfc3339(stated.signed_at),
            expires: time::rfc3339(stated.expires),
            connection: hex::encode(&stated.connection.0),
            client_chain: stated.client_chain.as_str(),
            protocol: stated.protocol.as_str(),
            resumed: stated.resumption == Resumption::Resumed,
            hop: stated.hop.map(|hash| hex::encode(&hash)),
            request: stated.request.map(|hash| hex::encode(&hash)),
            evidence: Evidence { certificates: stated.bag_certificates, ocsp: 0 },
            possession: None,
        }
    }
}
