//! A borrowed, strict reader of X.509 certificates (RFC 5280 §4.1), for the fields the profile
//! judges. It allocates nothing, and checks no signature and no path.

use alloc::vec::Vec;
use core::fmt;

use crate::encode;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::name::DistinguishedName;
use crate::oid;
use crate::public_key::PublicKey;
use crate::reader::{Reader, Tlv, tag};
use crate::san::GeneralName;
use crate::signing_time::unix_seconds;

/// Most extensions of a certificate that is read.
const MAX_EXTENSIONS: usize = 32;

/// Most names of a certificate that is read: bounds what comparing them costs before anyone is
/// authenticated. Certificates of content networks have a few hundred.
const MAX_SUBJECT_ALT_NAMES: usize = 512;

/// One certificate, taken apart and not verified. `Debug` does not show it.
#[derive(Clone)]
pub struct Certificate<'a> {
    der: &'a [u8],
    version: u8,
    serial: &'a [u8],
    issuer_and_serial: [&'a [u8]; 2],
    issuer: DistinguishedName<'a>,
    validity: Validity,
    subject: DistinguishedName<'a>,
    public_key: PublicKey<'a>,
    is_ca: bool,
    key_usage: Option<KeyUsage>,
    extended_key_usage: Option<Tlv<'a>>,
    subject_key_identifier: Option<&'a [u8]>,
    subject_alt_name: Option<Tlv<'a>>,
}

/// notBefore and notAfter, both inclusive, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "RFC 5280 §4.1.2.5 has these two")]
pub struct Validity {
    /// First second of validity.
    pub not_before: u64,
    /// Last second of validity.
    pub not_after: u64,
}

/// The key usages the profile asks for (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyUsage {
    first_octet: u8,
}

impl KeyUsage {
    /// Whether the key may sign.
    #[must_use]
    pub const fn digital_signature(self) -> bool {
        self.first_octet & 0x80 != 0
    }

    /// Whether the key may sign certificates.
    #[must_use]
    pub const fn key_cert_sign(self) -> bool {
        self.first_octet & 0x04 != 0
    }
}

impl<'a> Certificate<'a> {
    /// Reads exactly one certificate: no octet before or after it.
    ///
    /// A `critical FALSE` that DER would leave out is tolerated: the issuer signed it so.
    ///
    /// # Errors
    /// [`CertificateError`] says what is wrong, and where.
    pub fn from_der(der: &'a [u8]) -> Result<Self, CertificateError> {
        let mut reader = Reader::new(der, 0);
        let certificate = reader.expect(tag::SEQUENCE)?;
        reader.finish()?;
        let mut fields = certificate.reader();
        let tbs = fields.expect(tag::SEQUENCE)?;
        let outer_algorithm = fields.expect(tag::SEQUENCE)?;
        let signature = fields.expect(tag::BIT_STRING)?;
        fields.finish()?;
        if signature.value.first() != Some(&0) {
            return Err(CertificateError::at(CertificateErrorKind::Signature, signature.start));
        }

        let mut fields = tbs.reader();
        let version = match fields.optional(tag::CONTEXT[0])? {
            None => 1,
            Some(explicit) => read_version(&explicit)?,
        };
        let serial = fields.expect(tag::INTEGER)?;
        let inner_algorithm = fields.expect(tag::SEQUENCE)?;
        let issuer = fields.expect(tag::SEQUENCE)?;
        let validity = read_validity(&fields.expect(tag::SEQUENCE)?)?;
        let subject = fields.expect(tag::SEQUENCE)?;
        let public_key = PublicKey::read(&fields.expect(tag::SEQUENCE)?)?;
        let [_, issuer_unique, subject_unique] = tag::CONTEXT_PRIMITIVE;
        fields.optional(issuer_unique)?;
        fields.optional(subject_unique)?;
        let extensions = fields.optional(tag::CONTEXT[3])?;
        fields.finish()?;

        // RFC 5280 §4.1.2.2: a positive INTEGER of at most 20 octets. Zero and negative numbers
        // exist; an empty or padded one is not DER.
        if serial.value.is_empty()
            || serial.value.len() > 21
            || matches!(serial.value, [0, ..=0x7f, ..] | [0xff, 0x80..=0xff, ..])
        {
            return Err(CertificateError::at(CertificateErrorKind::Serial, serial.start));
        }
        // RFC 5280 §4.1.1.2.
        if outer_algorithm.encoding != inner_algorithm.encoding {
            return Err(CertificateError::at(
                CertificateErrorKind::SignatureAlgorithm,
                outer_algorithm.start,
            ));
        }
        let mut read = Self {
            der: certificate.encoding,
            version,
            serial: serial.value,
            issuer_and_serial: [issuer.encoding, serial.encoding],
            issuer: DistinguishedName::read(&issuer)?,
            validity,
            subject: DistinguishedName::read(&subject)?,
            public_key,
            is_ca: false,
            key_usage: None,
            extended_key_usage: None,
            subject_key_identifier: None,
            subject_alt_name: None,
        };
        if let Some(extensions) = extensions {
            if version != 3 {
                return Err(CertificateError::at(CertificateErrorKind::Version, extensions.start));
            }
            read.read_extensions(&extensions)?;
        }
        Ok(read)
    }

    /// `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`, under `[3]`.
    fn read_extensions(&mut self, explicit: &Tlv<'a>) -> Result<(), CertificateError> {
        let mut inner = explicit.reader();
        let mut extensions = inner.expect(tag::SEQUENCE)?.reader();
        inner.finish()?;
        let mut seen: [&[u8]; MAX_EXTENSIONS] = [&[]; MAX_EXTENSIONS];
        let mut slots = seen.iter_mut();
        let mut earlier: usize = 0;
        while extensions.peek().is_some() {
            let extension = extensions.expect(tag::SEQUENCE)?;
            let at = extension.start;
            let mut fields = extension.reader();
            let kind = fields.expect(tag::OID)?.oid()?;
            if let Some(critical) = fields.optional(tag::BOOLEAN)?
                && !matches!(critical.value, [0] | [0xff])
            {
                return Err(CertificateError::at(CertificateErrorKind::Extension, at));
            }
            let value = fields.expect(tag::OCTET_STRING)?;
            fields.finish()?;
            let slot =
                slots.next().ok_or(CertificateError::at(CertificateErrorKind::Extension, at))?;
            *slot = kind;
            self.read_extension(kind, &value)?;
            earlier = earlier.saturating_add(1);
        }
        // RFC 5280 §4.2: no more than one instance.
        let kinds = seen.get(..earlier).unwrap_or_default();
        let repeated = kinds
            .iter()
            .enumerate()
            .any(|(index, kind)| kinds.iter().take(index).any(|before| before == kind));
        if repeated || earlier == 0 {
            return Err(CertificateError::at(CertificateErrorKind::Extension, explicit.start));
        }
        Ok(())
    }

    fn read_extension(&mut self, kind: &[u8], octets: &Tlv<'a>) -> Result<(), CertificateError> {
        let one = |tag: u8| -> Result<Tlv<'a>, CertificateError> {
            let mut reader = octets.reader();
            let value = reader.expect(tag)?;
            reader.finish()?;
            Ok(value)
        };
        match kind {
            k if k == oid::BASIC_CONSTRAINTS.as_bytes() => {
                let mut fields = one(tag::SEQUENCE)?.reader();
                self.is_ca = match fields.optional(tag::BOOLEAN)?.map(|ca| ca.value) {
                    None | Some([0]) => false,
                    Some([0xff]) => true,
                    Some(_) => {
                        return Err(CertificateError::at(
                            CertificateErrorKind::Extension,
                            octets.start,
                        ));
                    }
                };
                if let Some(path_length) = fields.optional(tag::INTEGER)? {
                    path_length.uint()?;
                }
                fields.finish()?;
            }
            k if k == oid::KEY_USAGE.as_bytes() => {
                let bits = one(tag::BIT_STRING)?;
                let [unused @ 0..=7, usages @ ..] = bits.value else {
                    return Err(CertificateError::at(CertificateErrorKind::Extension, bits.start));
                };
                let mask = u8::MAX.checked_shl(u32::from(*unused)).unwrap_or_default();
                // DER: unused bits are zero (X.690 §11.2.1).
                if usages.last().is_some_and(|last| last & !mask != 0) {
                    return Err(CertificateError::at(CertificateErrorKind::Extension, bits.start));
                }
                let first_octet = usages.first().copied().unwrap_or_default();
                self.key_usage = Some(KeyUsage { first_octet });
            }
            k if k == oid::EXTENDED_KEY_USAGE.as_bytes() => {
                let usages = one(tag::SEQUENCE)?;
                let mut reader = usages.reader();
                while reader.peek().is_some() {
                    reader.expect(tag::OID)?.oid()?;
                }
                self.extended_key_usage = Some(usages);
            }
            k if k == oid::SUBJECT_KEY_IDENTIFIER.as_bytes() => {
                self.subject_key_identifier = Some(one(tag::OCTET_STRING)?.value);
            }
            k if k == oid::SUBJECT_ALT_NAME.as_bytes() => {
                let names = one(tag::SEQUENCE)?;
                let mut reader = names.reader();
                let mut count: usize = 0;
                while reader.peek().is_some() {
                    GeneralName::read(&reader.any()?)?;
                    count = count.saturating_add(1);
                }
                if count > MAX_SUBJECT_ALT_NAMES {
                    return Err(CertificateError::at(
                        CertificateErrorKind::Extension,
                        octets.start,
                    ));
                }
                self.subject_alt_name = Some(names);
            }
            _ => {}
        }
        Ok(())
    }

    /// The certificate, whole.
    #[must_use]
    pub const fn der(&self) -> &'a [u8] {
        self.der
    }

    /// 1, 2 or 3.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// The serial number's contents octets: big endian, two's complement.
    #[must_use]
    pub const fn serial(&self) -> &'a [u8] {
        self.serial
    }

    /// The IssuerAndSerialNumber that names this certificate (RFC 5652 §10.2.4), whole.
    #[must_use]
    pub fn issuer_and_serial_number(&self) -> Vec<u8> {
        let [issuer, serial] = self.issuer_and_serial;
        let mut encoding = Vec::new();
        encode::nested(&mut encoding, tag::SEQUENCE, |sink| {
            sink.put(issuer);
            sink.put(serial);
        });
        encoding
    }

    /// The issuer.
    #[must_use]
    pub const fn issuer(&self) -> &DistinguishedName<'a> {
        &self.issuer
    }

    /// The subject.
    #[must_use]
    pub const fn subject(&self) -> &DistinguishedName<'a> {
        &self.subject
    }

    /// notBefore and notAfter.
    #[must_use]
    pub const fn validity(&self) -> Validity {
        self.validity
    }

    /// The subject's public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey<'a> {
        &self.public_key
    }

    /// Whether basicConstraints says `cA TRUE`.
    #[must_use]
    pub const fn is_ca(&self) -> bool {
        self.is_ca
    }

    /// keyUsage, if present.
    #[must_use]
    pub const fn key_usage(&self) -> Option<KeyUsage> {
        self.key_usage
    }

    /// Whether extKeyUsage is present.
    #[must_use]
    pub const fn has_extended_key_usage(&self) -> bool {
        self.extended_key_usage.is_some()
    }

    /// The purposes of extKeyUsage, as contents octets.
    pub fn extended_key_usages(&self) -> impl Iterator<Item = &'a [u8]> {
        values(self.extended_key_usage).map(|usage| usage.value)
    }

    /// The subjectKeyIdentifier extension's octets.
    #[must_use]
    pub const fn subject_key_identifier(&self) -> Option<&'a [u8]> {
        self.subject_key_identifier
    }

    /// The names of subjectAltName, in order.
    pub fn subject_alt_names(&self) -> impl Iterator<Item = GeneralName<'a>> {
        values(self.subject_alt_name).filter_map(|name| GeneralName::read(&name).ok())
    }
}

impl fmt::Debug for Certificate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("octets", &self.der.len()).finish_non_exhaustive()
    }
}

/// The elements of a SEQUENCE OF that was walked once already.
fn values<'a>(list: Option<Tlv<'a>>) -> impl Iterator<Item = Tlv<'a>> {
    let mut reader = list.map(|list| list.reader());
    core::iter::from_fn(move || {
        let reader: &mut Reader<'a> = reader.as_mut()?;
        reader.peek()?;
        reader.any().ok()
    })
}

/// `version [0] EXPLICIT Version DEFAULT v1`.
fn read_version(explicit: &Tlv<'_>) -> Result<u8, CertificateError> {
    let mut reader = explicit.reader();
    let version = reader.expect(tag::INTEGER)?;
    reader.finish()?;
    match version.uint()? {
        1 => Ok(2),
        2 => Ok(3),
        // Zero is the default, which DER leaves out.
        _ => Err(CertificateError::at(CertificateErrorKind::Version, version.start)),
    }
}

/// `Validity ::= SEQUENCE { notBefore Time, notAfter Time }` (RFC 5280 §4.1.2.5).
fn read_validity(value: &Tlv<'_>) -> Result<Validity, CertificateError> {
    let mut fields = value.reader();
    let mut time = || -> Result<u64, CertificateError> {
        let time = fields.any()?;
        // UTCTime says 1950 to 2049; a certificate from before 1970 is as good as one of 1970.
        if time.tag == tag::UTC_TIME
            && let [b'5'..=b'6', b'0'..=b'9', rest @ ..] = time.value
            && is_rest_of_utc_time(rest)
        {
            return Ok(0);
        }
        unix_seconds(&time).ok_or(CertificateError::at(CertificateErrorKind::Validity, time.start))
    };
    let validity = Validity { not_before: time()?, not_after: time()? };
    fields.finish()?;
    Ok(validity)
}

/// `MMDDHHMMSSZ`, each in its range.
fn is_rest_of_utc_time(rest: &[u8]) -> bool {
    let Some(digits) = rest.strip_suffix(b"Z") else {
        return false;
    };
    let ranges: [(&[u8], &[u8]); 5] =
        [(b"01", b"12"), (b"01", b"31"), (b"00", b"23"), (b"00", b"59"), (b"00", b"59")];
    digits.len() == 10
        && digits.iter().all(u8::is_ascii_digit)
        && digits.chunks(2).zip(ranges).all(|(pair, (least, most))| least <= pair && pair <= most)
}

/// Why octets are no certificate this crate reads: the kind, and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CertificateError {
    kind: CertificateErrorKind,
    position: usize,
}

impl CertificateError {
    pub(crate) const fn at(kind: CertificateErrorKind, position: usize) -> Self {
        Self { kind, position }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> CertificateErrorKind {
        self.kind
    }

    /// Zero-based offset into the certificate.
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }
}

impl From<DecodeError> for CertificateError {
    fn from(error: DecodeError) -> Self {
        let kind = CertificateErrorKind::Der(error.kind());
        Self::at(kind, error.position().unwrap_or_default())
    }
}

/// The kinds of [`CertificateError`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CertificateErrorKind {
    /// Not the DER of a certificate.
    Der(DecodeErrorKind),
    /// An extension is malformed, occurs twice, or there are too many or none.
    Extension,
    /// A name is malformed.
    Name,
    /// The public key is not whole octets.
    PublicKey,
    /// The serial number is empty, padded or too long.
    Serial,
    /// The signature is not whole octets.
    Signature,
    /// signatureAlgorithm and tbsCertificate.signature differ.
    SignatureAlgorithm,
    /// A time is malformed.
    Validity,
    /// The version is unknown, or too low for its extensions.
    Version,
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.position;
        match self.kind {
            CertificateErrorKind::Der(kind) => {
                write!(f, "not one DER certificate: {}", DecodeError::at(kind, at))
            }
            kind => {
                f.write_str(match kind {
                    CertificateErrorKind::Der(_) | CertificateErrorKind::Extension => {
                        "an extension is malformed or occurs twice"
                    }
                    CertificateErrorKind::Name => "a name is malformed",
                    CertificateErrorKind::PublicKey => "the public key is not whole octets",
                    CertificateErrorKind::Serial => "the serial number is malformed",
                    CertificateErrorKind::Signature => "the signature is not whole octets",
                    CertificateErrorKind::SignatureAlgorithm => {
                        "the inner and outer signature algorithms differ"
                    }
                    CertificateErrorKind::Validity => "a time of validity is malformed",
                    CertificateErrorKind::Version => "the certificate version is wrong",
                })?;
                write!(f, " (DER byte {at})")
            }
        }
    }
}

impl core::error::Error for CertificateError {}
