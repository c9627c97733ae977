//! The bag: `certificates` and `crls`, which the signature covers only through `evidence`.

use core::fmt;

use crate::error::{DecodeError, DecodeErrorKind};
use crate::limits::{MAX_BAG_CERTIFICATES, MAX_BAG_OCSP_RESPONSES};
use crate::oid;
use crate::reader::{Tlv, check_set_order, tag};

/// The certificates of a message: path material, never anchors, and never the client's identity.
/// `Debug` does not show them.
#[derive(Clone, Copy, Default)]
pub struct UnverifiedBag<'a> {
    pub(crate) certificates: Option<Tlv<'a>>,
    pub(crate) crls: Option<Tlv<'a>>,
    entries: [Option<&'a [u8]>; MAX_BAG_CERTIFICATES],
    responses: [Option<&'a [u8]>; MAX_BAG_OCSP_RESPONSES],
}

impl<'a> UnverifiedBag<'a> {
    pub(crate) fn read(
        certificates: Option<Tlv<'a>>,
        crls: Option<Tlv<'a>>,
    ) -> Result<Self, DecodeError> {
        let mut bag = Self { certificates, crls, ..Self::default() };
        if let Some(field) = certificates {
            read_set(&field, &mut bag.entries, DecodeErrorKind::CertificateBag, |entry| {
                // Other tags are the other CertificateChoices: attribute certificates and the like.
                Ok((entry.tag == tag::SEQUENCE).then_some(entry.encoding))
            })?;
        }
        if let Some(field) = crls {
            read_set(&field, &mut bag.responses, DecodeErrorKind::RevocationBag, ocsp_response)?;
        }
        Ok(bag)
    }

    /// The certificates, whole, in the order of the SET.
    pub fn certificates(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.entries.iter().copied().flatten()
    }

    /// The OCSP responses, whole, in the order of the SET.
    pub fn ocsp_responses(&self) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.responses.iter().copied().flatten()
    }

    /// Whether neither field is present.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.certificates.is_none() && self.crls.is_none()
    }

    /// What `evidence` is the SHA-256 of: both fields as received, tags and lengths included.
    pub fn evidence_octets(&self) -> impl Iterator<Item = &'a [u8]> {
        [self.certificates, self.crls].into_iter().flatten().map(|field| field.encoding)
    }
}

impl fmt::Debug for UnverifiedBag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedBag")
            .field("certificates", &self.certificates().count())
            .field("ocsp_responses", &self.ocsp_responses().count())
            .finish()
    }
}

fn read_set<'a>(
    field: &Tlv<'a>,
    slots: &mut [Option<&'a [u8]>],
    kind: DecodeErrorKind,
    entry: impl Fn(&Tlv<'a>) -> Result<Option<&'a [u8]>, DecodeError>,
) -> Result<(), DecodeError> {
    let mut reader = field.reader();
    if reader.peek().is_none() {
        return Err(DecodeError::at(kind, field.start));
    }
    let mut slots = slots.iter_mut();
    let mut previous: Option<Tlv<'a>> = None;
    while reader.peek().is_some() {
        let element = reader.any()?;
        let (Some(octets), Some(slot)) = (entry(&element)?, slots.next()) else {
            return Err(DecodeError::at(kind, element.start));
        };
        *slot = Some(octets);
        if let Some(previous) = previous.replace(element) {
            check_set_order(&[previous, element])?;
            if previous.encoding == element.encoding {
                return Err(DecodeError::at(kind, element.start));
            }
        }
    }
    Ok(())
}

/// `other [1] IMPLICIT SEQUENCE { id-ri-ocsp-response, OCSPResponse }` (RFC 5940 §2), of
/// responseStatus successful with responseBytes. A CRL is a plain SEQUENCE and refused.
fn ocsp_response<'a>(entry: &Tlv<'a>) -> Result<Option<&'a [u8]>, DecodeError> {
    if entry.tag != tag::CONTEXT[1] {
        return Ok(None);
    }
    let mut fields = entry.reader();
    let format = fields.expect(tag::OID)?;
    if format.oid()? != oid::RI_OCSP_RESPONSE.as_bytes() {
        return Ok(None);
    }
    let response = fields.expect(tag::SEQUENCE)?;
    fields.finish()?;
    let mut fields = response.reader();
    let successful = fields.expect(tag::ENUMERATED)?.uint()? == 0;
    let has_bytes = fields.optional(tag::CONTEXT[0])?.is_some();
    Ok((successful && has_bytes).then_some(response.encoding))
}
