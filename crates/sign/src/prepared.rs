//! A statement between preparing and signing.

use std::borrow::Cow;
use std::fmt;

use client_cert_envelope::{ContentType, MessageParts, encode_field_value, limits};
use rustls_pki_types::UnixTime;

use crate::error::SignError;
use crate::header::SignedHeader;
use crate::key::{SignFailed, SignatureVerifier};
use crate::preparer::HeaderPreparer;

/// A statement that waits for its signature.
#[must_use = "nothing is signed before `finish`"]
pub struct Prepared<'a> {
    preparer: &'a HeaderPreparer,
    content_type: ContentType,
    content: &'a [u8],
    certificates: Option<Cow<'a, [u8]>>,
    signed_attributes: Vec<u8>,
    signed_at: UnixTime,
}

impl<'a> Prepared<'a> {
    pub(crate) const fn new(
        preparer: &'a HeaderPreparer,
        content_type: ContentType,
        content: &'a [u8],
        certificates: Option<Cow<'a, [u8]>>,
        signed_attributes: Vec<u8>,
        signed_at: UnixTime,
    ) -> Self {
        Self { preparer, content_type, content, certificates, signed_attributes, signed_at }
    }

    /// What the key has to sign: the signed attributes as a SET OF (RFC 5652 §5.4), whole and not
    /// hashed. A service that takes a digest gets the one of the key's algorithm (none for
    /// Ed25519).
    #[must_use]
    pub fn to_be_signed(&self) -> &[u8] {
        &self.signed_attributes
    }

    /// [`Self::finish`] for a key in a token or a service: verifies the signature first, with the
    /// certificate's key, so that a fault there is no header that origins refuse.
    ///
    /// # Errors
    /// [`SignFailed::Fault`] for a signature that does not verify; else as [`Self::finish`].
    pub fn verify_and_finish(
        self,
        signature: &[u8],
        verifier: &dyn SignatureVerifier,
    ) -> Result<SignedHeader, SignError> {
        self.preparer
            .identity()
            .verify(&self.signed_attributes, signature, verifier)
            .map_err(|_| SignError::KeyFailed(SignFailed::Fault))?;
        self.finish(signature)
    }

    /// Takes the signature and encodes the field value. The signature's form is checked, not that
    /// it verifies: whether the key is the certificate's was settled when the identity was made.
    ///
    /// # Errors
    /// [`SignError::SignatureMalformed`], and [`SignError::HeaderTooLong`]: a value is never
    /// shortened.
    pub fn finish(self, signature: &[u8]) -> Result<SignedHeader, SignError> {
        let preparer = self.preparer;
        let identity = preparer.identity();
        if !identity.signature_form().fits(signature) {
            return Err(SignError::SignatureMalformed);
        }
        let message = MessageParts {
            content_type: self.content_type,
            content: self.content,
            certificates: self.certificates.as_deref(),
            signer_identifier: identity.signer_identifier(preparer.profile()),
            algorithm: identity.algorithm(),
            signed_attributes: &self.signed_attributes,
            signature,
        };
        let value = encode_field_value(preparer.profile(), &message.encode());
        if value.len() > limits::MAX_SIGNED_FIELD_VALUE {
            return Err(SignError::HeaderTooLong { octets: value.len() });
        }
        Ok(SignedHeader::new(value, preparer.profile(), self.signed_at, preparer.lifetime()))
    }
}

impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("content_type", &self.content_type)
            .field("signed_at", &self.signed_at)
            .finish_non_exhaustive()
    }
}
