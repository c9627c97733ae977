//! The form of a key's signatures. Whether one is valid only a verifier can say; a signature in
//! another form would be sent in vain.

use client_cert_envelope::{KeyAlgorithm, PublicKey};

/// What the octets of a signature look like.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SignatureForm {
    /// `ECDSA-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279 §2.2.3), each of at most
    /// so many octets.
    Ecdsa { scalar: usize },
    /// Exactly so many octets.
    Octets(usize),
}

impl SignatureForm {
    /// None for a key that [`PublicKey::algorithm`] refuses.
    pub(crate) fn of(key: &PublicKey<'_>) -> Option<Self> {
        match key.algorithm().ok()? {
            KeyAlgorithm::P256 => Some(Self::Ecdsa { scalar: 32 }),
            KeyAlgorithm::P384 => Some(Self::Ecdsa { scalar: 48 }),
            KeyAlgorithm::Ed25519 => Some(Self::Octets(64)),
            KeyAlgorithm::Rsa => modulus_octets(key.bits()).map(Self::Octets),
            _ => None,
        }
    }

    pub(crate) fn fits(self, signature: &[u8]) -> bool {
        match self {
            Self::Ecdsa { scalar } => is_ecdsa(signature, scalar),
            Self::Octets(length) => signature.len() == length,
        }
    }
}

/// Length of the modulus in an RSAPublicKey that was checked to be one of 2048 to 4096 bits, whose
/// lengths hence have two octets each.
fn modulus_octets(rsa_public_key: &[u8]) -> Option<usize> {
    match rsa_public_key {
        [0x30, 0x82, _, _, 0x02, 0x82, high, low, first, ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            // A zero that only says that the number is positive.
            length.checked_sub(usize::from(*first == 0))
        }
        _ => None,
    }
}

fn is_ecdsa(signature: &[u8], scalar: usize) -> bool {
    match signature {
        [0x30, length @ ..0x80, integers @ ..] if usize::from(*length) == integers.len() => {
            after_integer(integers, scalar)
                .and_then(|rest| after_integer(rest, scalar))
                .is_some_and(<[u8]>::is_empty)
        }
        _ => false,
    }
}

/// What follows a positive, minimal INTEGER of at most `scalar` octets.
fn after_integer(octets: &[u8], scalar: usize) -> Option<&[u8]> {
    let [0x02, length, rest @ ..] = octets else { return None };
    let (value, rest) = rest.split_at_checked(usize::from(*length))?;
    let magnitude = match value {
        [0, magnitude @ ..] if magnitude.first().is_some_and(|high| *high >= 0x80) => magnitude,
        [0x01..=0x7f, ..] => value,
        _ => return None,
    };
    (magnitude.len() <= scalar).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const P256: SignatureForm = SignatureForm::Ecdsa { scalar: 32 };

    #[test]
    fn ecdsa_signature_is_two_minimal_positive_integers_and_nothing_else() {
        let longest =
            [&[0x30, 70][..], &[2, 33, 0], &[0x80; 32], &[2, 33, 0], &[0xff; 32]].concat();
        assert!(P256.fits(&longest));
        assert!(P256.fits(&[0x30, 6, 2, 1, 1, 2, 1, 0x7f]));

        let refused: [(&str, &[u8]); 12] = [
            ("empty", &[]),
            ("r and s side by side", &[0x55; 64]),
            ("zero", &[0x30, 6, 2, 1, 0, 2, 1, 1]),
            ("negative", &[0x30, 6, 2, 1, 0x80, 2, 1, 1]),
            ("padded", &[0x30, 7, 2, 2, 0, 1, 2, 1, 1]),
            ("empty integer", &[0x30, 5, 2, 0, 2, 1, 1]),
            ("one integer", &[0x30, 3, 2, 1, 1]),
            ("three integers", &[0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1]),
            ("trailing octet", &[0x30, 6, 2, 1, 1, 2, 1, 1, 0]),
            ("short", &[0x30, 6, 2, 1, 1, 2, 1]),
            ("length not minimal", &[0x30, 0x81, 6, 2, 1, 1, 2, 1, 1]),
            ("integer longer than the rest", &[0x30, 6, 2, 1, 1, 2, 9, 1]),
        ];
        for (name, signature) in refused {
            assert!(!P256.fits(signature), "{name}");
        }
        let too_long = [&[0x30, 38, 2, 33][..], &[1; 33], &[2, 1, 1]].concat();
        assert!(!P256.fits(&too_long));
    }

    #[test]
    fn other_signatures_have_one_length() {
        assert!(SignatureForm::Octets(64).fits(&[0; 64]));
        assert!(!SignatureForm::Octets(64).fits(&[0; 63]));
    }

    #[test]
    fn rsa_modulus_is_measured_without_its_sign_octet() {
        assert_eq!(modulus_octets(&[0x30, 0x82, 1, 10, 2, 0x82, 1, 1, 0, 0xff]), Some(256));
        assert_eq!(modulus_octets(&[0x30, 0x82, 1, 9, 2, 0x82, 1, 0, 0x7f, 0xff]), Some(256));
        assert_eq!(modulus_octets(&[0x30, 0x81, 9, 2]), None);
    }
}
