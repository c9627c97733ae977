//! Bounds of the profile, each with its reason.

/// Longest field value a verifier reads, in octets. Common servers refuse longer field lines
/// anyway (nginx, Apache and Tomcat near 8 KiB, hyper's HTTP/2 header list at 16 KiB).
pub const MAX_VERIFIED_FIELD_VALUE: usize = 16 * 1024;

/// Longest field value a signer makes, in octets: half of what verifiers read, so that what is
/// signed also passes the servers on the way.
pub const MAX_SIGNED_FIELD_VALUE: usize = 8 * 1024;

/// Most certificates in `certificates`.
pub const MAX_BAG_CERTIFICATES: usize = 6;

/// Most OCSP responses in `crls`.
pub const MAX_BAG_OCSP_RESPONSES: usize = 3;

/// Most signed attributes: the four of strict, or three and the tolerated ones of baseline.
pub const MAX_SIGNED_ATTRIBUTES: usize = 8;

/// Longest audience, in octets.
pub const MAX_AUDIENCE: usize = 255;

/// Longest lifetime a statement can carry, in seconds (one day).
pub const MAX_LIFETIME: u32 = 86_400;

/// Longest `SubjectKeyIdentifier`, in octets. RFC 5280 suggests 8 or 20; SHA-512 needs 64.
pub const MAX_KEY_IDENTIFIER: usize = 64;

/// Longest signature, in octets: RSA of 4096 bits.
pub const MAX_SIGNATURE: usize = 512;
