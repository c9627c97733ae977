//! Attacks. Each is made from a genuine request of this run, which the same origin accepts first,
//! so that nothing but the attack explains the refusal.

mod client;
mod field;
mod message;
mod signer;
mod use_elsewhere;

use client_cert_envelope::Stage;
use client_cert_verify::VerifyError;

use super::scene::{Origin, Scene, Sent};

/// One attack, and where it must fail.
pub(super) struct Attack {
    pub(super) name: &'static str,
    /// What the attacker does.
    pub(super) action: &'static str,
    pub(super) stage: Stage,
    pub(super) code: &'static str,
    pub(super) attempt: fn(&Scene) -> anyhow::Result<Attempt>,
}

/// A genuine request, the attacker's, and the origin that gets both, in this order.
pub(super) struct Attempt {
    pub(super) origin: Origin,
    pub(super) genuine: Sent,
    pub(super) forged: Sent,
}

/// What became of an attack.
pub(super) enum Verdict {
    /// Refused where it must be.
    Refused,
    /// Refused by another step, so another defence than the one shown.
    RefusedElsewhere(VerifyError),
    /// The origin accepted the attacker's request.
    Passed,
    /// The origin refused the genuine request, so its refusal of the other shows nothing.
    GenuineRefused(VerifyError),
}

/// In the order of the verifying procedure.
pub(super) fn all() -> impl Iterator<Item = &'static Attack> {
    [field::ATTACKS, message::ATTACKS, signer::ATTACKS, use_elsewhere::ATTACKS, client::ATTACKS]
        .into_iter()
        .flatten()
}

impl Attack {
    pub(super) fn run(&self, scene: &Scene) -> anyhow::Result<Verdict> {
        let Attempt { origin, genuine, forged } = (self.attempt)(scene)?;
        if let Err(error) = origin.judge(&genuine) {
            return Ok(Verdict::GenuineRefused(error));
        }
        Ok(match origin.judge(&forged) {
            Ok(_) => Verdict::Passed,
            Err(error) if error.stage() == self.stage && error.code() == self.code => {
                Verdict::Refused
            }
            Err(error) => Verdict::RefusedElsewhere(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_attacks_fail_at_the_same_place() {
        let mut seen = HashSet::new();
        for attack in all() {
            assert!(seen.insert((attack.stage, attack.code)), "{}", attack.name);
        }
    }

    #[test]
    fn every_place_is_one_of_the_verifier() {
        let known: Vec<_> = VerifyError::all_codes().collect();
        for attack in all() {
            assert!(known.contains(&(attack.stage, attack.code)), "{}", attack.name);
        }
    }
}
