//! The certificates that most tests use: one proxy CA, one client CA, and what they issued.

use crate::certificate::CertificateForge;
use crate::extension::{
    self, CRL_SIGN, DIGITAL_SIGNATURE, GeneralName, KEY_CERT_SIGN, authority_info_access,
};
use crate::keys::{Key, KeyKind};
use crate::name::name;
use crate::{fixed, oid};

/// DNS name of the proxy, in its certificates.
pub const PROXY_NAME: &str = "proxy.example";
/// SPIFFE ID of the proxy, in its certificates.
pub const PROXY_SPIFFE_ID: &str = "spiffe://example/proxy";
/// DNS name of the client, in its certificates.
pub const CLIENT_NAME: &str = "alice.clients.example";
/// SPIFFE ID of the client, in its certificates.
pub const CLIENT_SPIFFE_ID: &str = "spiffe://example/ns/prod/sa/alice";

/// Anchor of clients.
pub fn client_ca() -> CertificateForge {
    authority("Client CA", Key::CLIENT_CA)
}

/// Intermediate of clients.
pub fn client_intermediate() -> CertificateForge {
    authority("Client Intermediate", Key::CLIENT_INTERMEDIATE)
        .basic_constraints(true, Some(0))
        .issued_by(&client_ca())
        .aki()
}

/// The client's certificate of 758 octets: names, usages and the pointers that real ones carry.
pub fn client_leaf() -> CertificateForge {
    client_leaf_of(Key::CLIENT)
}

/// [`client_leaf`] for another key.
pub fn client_leaf_of(key: Key) -> CertificateForge {
    let crl =
        extension::crl_distribution_points("http://crl.pki.example/clients/issuing-2026-g07.crl");
    let access = authority_info_access(&[
        (oid::AD_OCSP, "http://ocsp.pki.example/clients/g1"),
        (oid::AD_CA_ISSUERS, "http://aia.pki.example/clients/issuing-2026-g07.cer"),
    ]);
    CertificateForge::new(
        &name(&[("C", "NL"), ("O", "Example"), ("OU", "Service Accounts"), ("CN", "alice")]),
        key,
    )
    .issued_by(&client_ca())
    .basic_constraints(false, None)
    .key_usage(&[DIGITAL_SIGNATURE])
    .extended_key_usage(&[oid::CLIENT_AUTH])
    .san(&[GeneralName::Dns(CLIENT_NAME), GeneralName::Uri(CLIENT_SPIFFE_ID)])
    .ski()
    .aki()
    .extension(oid::CRL_DISTRIBUTION_POINTS, false, &crl)
    .extension(oid::AUTHORITY_INFO_ACCESS, false, &access)
}

/// A client's certificate with as little in it as TLS stacks accept.
pub fn small_client_leaf() -> CertificateForge {
    CertificateForge::new(&name(&[("CN", "alice")]), Key::CLIENT)
        .issued_by(&client_ca())
        .extended_key_usage(&[oid::CLIENT_AUTH])
        .san(&[GeneralName::Uri(CLIENT_SPIFFE_ID)])
}

/// The client's certificate, issued by [`client_intermediate`].
pub fn client_leaf_of_intermediate() -> CertificateForge {
    client_leaf().issued_by(&client_intermediate()).aki()
}

/// The attacking client's certificate, from the same authority as the victim's.
pub fn mallory_leaf() -> CertificateForge {
    client_leaf_of(Key::MALLORY)
        .subject(&name(&[
            ("C", "NL"),
            ("O", "Example"),
            ("OU", "Service Accounts"),
            ("CN", "mallory"),
        ]))
        .san(&[
            GeneralName::Dns("mallory.clients.example"),
            GeneralName::Uri("spiffe://example/ns/prod/sa/mallory"),
        ])
}

/// Anchor of proxies.
pub fn proxy_ca() -> CertificateForge {
    authority("Proxy CA", Key::PROXY_CA)
}

/// Intermediate of proxies.
pub fn proxy_intermediate() -> CertificateForge {
    authority("Proxy Intermediate", Key::PROXY_INTERMEDIATE)
        .basic_constraints(true, Some(0))
        .issued_by(&proxy_ca())
        .aki()
}

/// A proxy's signing certificate from [`proxy_ca`]: DNS and URI names and the signer EKU.
pub fn proxy_leaf(key: Key) -> CertificateForge {
    self_signed_proxy(key).issued_by(&proxy_ca()).aki()
}

/// A proxy's signing certificate from [`proxy_intermediate`].
pub fn proxy_leaf_of_intermediate(key: Key) -> CertificateForge {
    self_signed_proxy(key).issued_by(&proxy_intermediate()).aki()
}

/// A proxy's signing certificate to be pinned: the same names and usages, signed by itself.
pub fn self_signed_proxy(key: Key) -> CertificateForge {
    CertificateForge::new(&name(&[("O", "Example"), ("CN", PROXY_NAME)]), key)
        .basic_constraints(false, None)
        .key_usage(&[DIGITAL_SIGNATURE])
        .extended_key_usage(&[oid::CLIENT_AUTH, oid::SIGNER_EKU])
        .san(&[GeneralName::Dns(PROXY_NAME), GeneralName::Uri(PROXY_SPIFFE_ID)])
        .ski()
}

/// What the proxy authenticates with to the origin, where that isn't its signing certificate.
pub fn hop_certificate() -> CertificateForge {
    CertificateForge::new(&name(&[("O", "Example"), ("CN", "hop.proxy.example")]), Key::HOP)
        .issued_by(&proxy_ca())
        .basic_constraints(false, None)
        .key_usage(&[DIGITAL_SIGNATURE])
        .extended_key_usage(&[oid::CLIENT_AUTH])
        .san(&[GeneralName::Dns("hop.proxy.example")])
        .ski()
        .aki()
}

/// A self-signed authority.
pub fn authority(common_name: &str, key: Key) -> CertificateForge {
    debug_assert!(!matches!(key.kind, KeyKind::Rsa1024), "too small for an authority");
    CertificateForge::new(&name(&[("O", "Example"), ("CN", common_name)]), key)
        .validity(fixed::CA_FROM, fixed::CA_UNTIL)
        .basic_constraints(true, None)
        .key_usage(&[KEY_CERT_SIGN, CRL_SIGN])
        .ski()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_client_certificate_has_758_octets() {
        assert_eq!(client_leaf().der().len(), 758);
    }

    #[test]
    fn forging_twice_gives_the_same_bytes() {
        assert_eq!(client_leaf().der(), client_leaf().der());
    }
}
