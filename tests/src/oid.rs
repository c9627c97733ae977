//! Object identifiers in dotted form.

/// Root of the profile's own identifiers.
pub const ARC: &str = "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089";
/// `ARC.1`: the ClientCertStatement attribute.
pub const STATEMENT: &str =
    "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089.1";
/// `ARC.2`: content type of a statement that no client certificate was presented.
pub const ABSENCE: &str =
    "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089.2";
/// `ARC.3`: extended key usage of a proxy's signing certificate.
pub const SIGNER_EKU: &str =
    "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089.3";
/// `ARC.99`: under our arc and never assigned.
pub const UNASSIGNED: &str =
    "1.2.840.113556.1.8000.2554.63223.41608.58961.18421.36774.6487898.4804089.99";

/// id-data.
pub const DATA: &str = "1.2.840.113549.1.7.1";
/// id-signedData.
pub const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// id-envelopedData.
pub const ENVELOPED_DATA: &str = "1.2.840.113549.1.7.3";
/// PKCS #9 x509Certificate, the strict profile's content type.
pub const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
/// id-ct-TSTInfo, a content type that is not ours.
pub const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";
/// id-ri-ocsp-response (RFC 5940).
pub const OCSP_RESPONSE: &str = "1.3.6.1.5.5.7.16.2";
/// id-pkix-ocsp-basic.
pub const OCSP_BASIC: &str = "1.3.6.1.5.5.7.48.1.1";

/// contentType attribute.
pub const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
/// messageDigest attribute.
pub const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
/// signingTime attribute.
pub const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
/// countersignature attribute.
pub const COUNTERSIGNATURE: &str = "1.2.840.113549.1.9.6";
/// S/MIME capabilities attribute.
pub const SMIME_CAPABILITIES: &str = "1.2.840.113549.1.9.15";
/// signingCertificateV2 attribute (RFC 5035).
pub const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";
/// CMSAlgorithmProtection attribute (RFC 6211).
pub const ALGORITHM_PROTECTION: &str = "1.2.840.113549.1.9.52";

/// subjectKeyIdentifier extension.
pub const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
/// keyUsage extension.
pub const KEY_USAGE: &str = "2.5.29.15";
/// subjectAltName extension.
pub const SUBJECT_ALT_NAME: &str = "2.5.29.17";
/// basicConstraints extension.
pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// cRLNumber extension.
pub const CRL_NUMBER: &str = "2.5.29.20";
/// nameConstraints extension.
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";
/// cRLDistributionPoints extension.
pub const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
/// authorityKeyIdentifier extension.
pub const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
/// extKeyUsage extension.
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
/// authorityInfoAccess extension.
pub const AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";

/// id-kp-serverAuth.
pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
/// id-kp-clientAuth.
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
/// id-kp-emailProtection.
pub const EMAIL_PROTECTION: &str = "1.3.6.1.5.5.7.3.4";
/// anyExtendedKeyUsage.
pub const ANY_EKU: &str = "2.5.29.37.0";
/// id-ad-ocsp.
pub const AD_OCSP: &str = "1.3.6.1.5.5.7.48.1";
/// id-ad-caIssuers.
pub const AD_CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
/// Microsoft user principal name, an otherName type.
pub const USER_PRINCIPAL_NAME: &str = "1.3.6.1.4.1.311.20.2.3";
