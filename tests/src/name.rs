//! Distinguished names.

use crate::der;

/// Name with one attribute to an RDN, from short attribute types (`CN`, `O`, `OU`, `C`, `DC`, `E`).
/// `C` is a PrintableString, `DC` and `E` are IA5Strings, the others UTF8Strings.
pub fn name(attributes: &[(&str, &str)]) -> Vec<u8> {
    der::seq(attributes.iter().map(|(kind, text)| {
        let value = match *kind {
            "C" => der::printable(text),
            "DC" | "E" => der::ia5(text),
            _ => der::utf8(text),
        };
        rdn([attribute(oid(kind), &value)])
    }))
}

/// Name from RDNs made by [`rdn`].
pub fn name_of<P: AsRef<[u8]>>(rdns: impl IntoIterator<Item = P>) -> Vec<u8> {
    der::seq(rdns)
}

/// RelativeDistinguishedName of attributes made by [`attribute`]; several make it multi-valued.
pub fn rdn<P: AsRef<[u8]>>(attributes: impl IntoIterator<Item = P>) -> Vec<u8> {
    der::set_of(attributes)
}

/// AttributeTypeAndValue with a value of any type.
pub fn attribute(oid: &str, value: &[u8]) -> Vec<u8> {
    der::seq([&der::oid(oid)[..], value])
}

fn oid(kind: &str) -> &'static str {
    match kind {
        "CN" => "2.5.4.3",
        "C" => "2.5.4.6",
        "L" => "2.5.4.7",
        "O" => "2.5.4.10",
        "OU" => "2.5.4.11",
        "DC" => "0.9.2342.19200300.100.1.25",
        "E" => "1.2.840.113549.1.9.1",
        _ => panic!("unknown attribute type {kind}"),
    }
}
