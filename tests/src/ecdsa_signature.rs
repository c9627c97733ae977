//! Takes ECDSA signatures apart and puts them together wrong.

use crate::der;
use crate::keys::KeyKind;
use crate::tree::Node;

/// Order of P-256's group.
pub const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
/// Order of P-384's group.
pub const P384_ORDER: [u8; 48] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
];

/// `r` and `s` of an Ecdsa-Sig-Value, as wide as the curve's order.
pub fn components(kind: KeyKind, signature: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let node = Node::parse(signature);
    let width = order(kind).len();
    let padded = |index: usize| {
        let bytes = node.at(&[index]).bytes();
        let digits = &bytes[bytes.iter().take_while(|b| **b == 0).count()..];
        [&vec![0; width - digits.len()][..], digits].concat()
    };
    (padded(0), padded(1))
}

/// Ecdsa-Sig-Value of two numbers, in range or not.
pub fn from_components(r: &[u8], s: &[u8]) -> Vec<u8> {
    der::seq([der::unsigned(r), der::unsigned(s)])
}

/// `(r, n - s)`: other bytes that verify as well as `(r, s)`.
pub fn twin(kind: KeyKind, signature: &[u8]) -> Vec<u8> {
    let (r, s) = components(kind, signature);
    from_components(&r, &subtract(order(kind), &s))
}

/// `r || s`, the form of IEEE P1363 that JOSE uses and CMS does not.
pub fn raw(kind: KeyKind, signature: &[u8]) -> Vec<u8> {
    let (r, s) = components(kind, signature);
    [r, s].concat()
}

/// Order of the group of a kind of key.
pub fn order(kind: KeyKind) -> &'static [u8] {
    match kind {
        KeyKind::P256 => &P256_ORDER,
        KeyKind::P384 => &P384_ORDER,
        kind => panic!("{kind:?} is not an ECDSA key"),
    }
}

fn subtract(minuend: &[u8], subtrahend: &[u8]) -> Vec<u8> {
    let mut out = minuend.to_vec();
    let mut borrow = false;
    for (digit, take) in out.iter_mut().zip(subtrahend).rev() {
        let (first, under) = digit.overflowing_sub(*take);
        let (second, under_again) = first.overflowing_sub(u8::from(borrow));
        *digit = second;
        borrow = under || under_again;
    }
    out
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::signature::Verifier as _;

    use super::*;
    use crate::algorithm::Scheme;
    use crate::keys::Key;

    #[test]
    fn both_twins_verify() {
        let signature = Key::PROXY.sign(Scheme::strict(KeyKind::P256), b"message");
        let other = twin(KeyKind::P256, &signature);
        assert_ne!(signature, other);
        let public = p256::ecdsa::VerifyingKey::from_sec1_bytes(&Key::PROXY.public_key()).unwrap();
        for bytes in [signature, other] {
            let parsed = p256::ecdsa::Signature::from_der(&bytes).unwrap();
            public.verify(b"message", &parsed).unwrap();
        }
    }
}
