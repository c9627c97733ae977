//! What the run found.

use crate::outcome::Exit;

use super::attacks::{Attack, Verdict, all};
use super::genuine::{self, Row};
use super::scene::Scene;

/// Everything that was tried, and what became of it.
pub(super) struct Report {
    pub(super) genuine: Vec<Row>,
    /// In the order of the verifying procedure.
    pub(super) attacks: Vec<(&'static Attack, Verdict)>,
}

impl Report {
    pub(super) fn new(scene: &Scene) -> anyhow::Result<Self> {
        Self::of(scene, all())
    }

    fn of(
        scene: &Scene,
        attacks: impl IntoIterator<Item = &'static Attack>,
    ) -> anyhow::Result<Self> {
        let mut attacks = attacks
            .into_iter()
            .map(|attack| Ok((attack, attack.run(scene)?)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        attacks.sort_by_key(|(attack, _)| attack.stage);
        Ok(Self { genuine: genuine::rows(scene)?, attacks })
    }

    pub(super) fn verified(&self) -> usize {
        self.genuine.iter().filter(|row| row.verdict.is_ok()).count()
    }

    pub(super) fn refused(&self) -> usize {
        self.attacks.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Refused)).count()
    }

    /// One sentence for everything that is not as it must be.
    pub(super) fn failures(&self) -> Vec<String> {
        let genuine = self.genuine.iter().filter_map(|row| {
            let error = row.verdict.as_ref().err()?;
            let (stage, code) = (error.stage(), error.code());
            let kind = row.kind.describe();
            Some(format!("{}, {kind}: genuine, and refused at {stage}/{code}: {error}", row.key))
        });
        let attacks = self.attacks.iter().filter_map(|(attack, verdict)| {
            let Attack { name, stage, code, .. } = attack;
            Some(match verdict {
                Verdict::Refused => return None,
                Verdict::Passed => format!("{name}: PASSED, not refused at {stage}/{code}"),
                Verdict::RefusedElsewhere(error) => {
                    let (at, found) = (error.stage(), error.code());
                    format!("{name}: refused at {at}/{found}, not at {stage}/{code}: {error}")
                }
                Verdict::GenuineRefused(error) => {
                    let (at, found) = (error.stage(), error.code());
                    format!("{name}: the request before it is genuine, and refused at {at}/{found}")
                }
            })
        });
        genuine.chain(attacks).collect()
    }

    /// Status 1 unless every genuine message is verified and every attack fails where it must.
    pub(super) fn exit(&self) -> Exit {
        if self.failures().is_empty() { Exit::Done } else { Exit::Refused }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use client_cert_envelope::Stage;
    use rustls_pki_types::UnixTime;

    use super::super::attacks::Attempt;
    use super::super::text;
    use super::*;

    fn scene() -> Scene {
        Scene::new(UnixTime::since_unix_epoch(Duration::from_secs(1_800_000_000))).unwrap()
    }

    /// An "attack" that sends what alice sent.
    const HARMLESS: Attack = Attack {
        name: "harmless",
        action: "does nothing",
        stage: Stage::Time,
        code: "statement-expired",
        attempt: |scene| {
            let genuine = scene.alice_by_edge()?;
            Ok(Attempt { origin: scene.edge_origin()?, forged: genuine.clone(), genuine })
        },
    };

    #[test]
    fn a_passing_attack_is_status_1() {
        let scene = scene();
        let report = Report::of(&scene, [&HARMLESS]).unwrap();
        assert_eq!(report.exit(), Exit::Refused);
        assert_eq!(report.failures(), ["harmless: PASSED, not refused at time/statement-expired"]);
        let text = text::of(&scene, &report).unwrap();
        assert!(text.contains("PASSED\u{1b}[0m   harmless:"), "{text}");
        assert!(text.contains("13 genuine messages verified, 0 attacks refused"), "{text}");
    }

    #[test]
    fn an_attack_refused_by_another_step_is_status_1() {
        const DRIFTED: Attack = Attack {
            attempt: |scene| {
                let genuine = scene.alice_by_edge()?;
                let forged = genuine.clone().with_value("");
                Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
            },
            ..HARMLESS
        };
        let report = Report::of(&scene(), [&DRIFTED]).unwrap();
        assert_eq!(report.exit(), Exit::Refused);
        let failures = report.failures();
        let [failure] = failures.as_slice() else { panic!("{failures:?}") };
        assert!(failure.contains("refused at field/field-empty, not at time/statement-expired"));
    }

    #[test]
    fn an_origin_that_refuses_the_genuine_request_shows_nothing() {
        const DEAF: Attack = Attack {
            attempt: |scene| {
                let forged = scene.alice_by_edge()?;
                let genuine = forged.clone().with_value("");
                Ok(Attempt { origin: scene.edge_origin()?, genuine, forged })
            },
            ..HARMLESS
        };
        let report = Report::of(&scene(), [&DEAF]).unwrap();
        assert_eq!(report.exit(), Exit::Refused);
        assert_eq!(report.refused(), 0);
    }
}
