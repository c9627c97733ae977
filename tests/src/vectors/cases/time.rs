//! Stage `time`: the interval, half open, to the second.

use crate::keys::Key;
use crate::message::MessageForge;
use crate::vectors::format::{Octets, Policy, Profile, Signer, Vector};
use crate::vectors::scene::{Scene, baseline, octets, signer, strict};
use crate::{der, fixed, pki};

const SKEW: u64 = 30;
const END: u64 = fixed::SIGNED_AT + fixed::LIFETIME;

pub(super) fn vectors() -> Vec<Vector> {
    [boundaries(), lifetimes(), baseline_ages(), far()].concat()
}

fn boundaries() -> Vec<Vector> {
    let usual = Scene::strict();
    let exact = Scene::strict().policy(|policy| policy.skew = 0).twin("accept/signed-now");
    let accept = |scene: &Scene, id: &str, comment: &str, now: u64| {
        scene.clone().at(now).accept(id, ("F03", "7"), comment, strict())
    };
    let refuse = |scene: &Scene, id: &str, code: &str, threat: &str, comment: &str, now: u64| {
        scene.clone().at(now).refuse(id, code, (threat, "7"), comment, strict())
    };
    let (early, late) = ("statement-not-yet-valid", "statement-expired");
    vec![
        accept(
            &usual,
            "accept/first-second-with-skew",
            "now is signingTime less the skew.",
            fixed::SIGNED_AT - SKEW,
        ),
        accept(
            &usual,
            "accept/last-second-with-skew",
            "now is a second before signingTime + lifetime + skew.",
            END + SKEW - 1,
        ),
        refuse(
            &usual,
            "time/second-too-early-with-skew",
            early,
            "F04",
            "now is a second before signingTime less the skew.",
            fixed::SIGNED_AT - SKEW - 1,
        ),
        refuse(
            &usual,
            "time/at-the-end-with-skew",
            late,
            "F03",
            "now is signingTime + lifetime + skew, which is no longer inside.",
            END + SKEW,
        ),
        refuse(
            &usual,
            "time/second-too-late-with-skew",
            late,
            "F02",
            "now is a second after signingTime + lifetime + skew.",
            END + SKEW + 1,
        ),
        refuse(&usual, "time/a-day-later", late, "F02", "now is a day later.", END + 86_400),
        accept(&exact, "accept/signed-now", "Without skew: now is signingTime.", fixed::SIGNED_AT),
        accept(
            &exact,
            "accept/last-second",
            "Without skew: now is a second before signingTime + lifetime.",
            END - 1,
        ),
        refuse(
            &exact,
            "time/second-too-early",
            early,
            "F04",
            "Without skew: now is a second before signingTime.",
            fixed::SIGNED_AT - 1,
        ),
        refuse(
            &exact,
            "time/at-the-end",
            late,
            "F03",
            "Without skew: now is signingTime + lifetime.",
            END,
        ),
    ]
}

fn lifetimes() -> Vec<Vector> {
    let of = |seconds: u64| strict().statement(|s| s.lifetime(seconds));
    let hour = |policy: &mut Policy| policy.max_lifetime = 3600;
    let scenes = (Scene::strict(), Scene::strict().policy(hour).twin("accept/lifetime-of-an-hour"));
    let refuse = |scene: &Scene, id: &str, comment: &str, seconds| {
        scene.refuse(id, "lifetime-too-long", ("F06", "7"), comment, of(seconds))
    };
    vec![
        scenes
            .0
            .accept(
                "accept/longest-lifetime",
                ("F06", "7"),
                "lifetime is 600 seconds, the longest that the policy accepts.",
                of(600),
            )
            .until(fixed::SIGNED_AT + 600),
        scenes
            .1
            .accept(
                "accept/lifetime-of-an-hour",
                ("F06", "7"),
                "lifetime is an hour, the longest that any policy accepts.",
                of(3600),
            )
            .until(fixed::SIGNED_AT + 3600),
        refuse(
            &scenes.0,
            "time/lifetime-of-601",
            "lifetime is a second longer than the policy accepts; nobody shortens it.",
            601,
        ),
        refuse(
            &scenes.1,
            "time/lifetime-of-3601",
            "lifetime is a second over an hour, which no policy accepts.",
            3601,
        ),
        refuse(&scenes.1, "time/lifetime-of-a-day", "lifetime is a day.", 86_400),
        scenes
            .0
            .clone()
            .at(fixed::SIGNED_AT + 1)
            .accept(
                "accept/lifetime-of-a-second",
                ("F06", "7"),
                "lifetime is a second, and the skew makes it last.",
                of(1),
            )
            .until(fixed::SIGNED_AT + 1),
    ]
}

fn baseline_ages() -> Vec<Vector> {
    let usual = Scene::baseline();
    let hour = |policy: &mut Policy| policy.max_age = 3600;
    let longer = Scene::baseline().policy(hour).twin("accept/baseline-age-of-an-hour");
    let refuse = |scene: &Scene, id: &str, code: &str, comment: &str, now: u64| {
        scene.clone().at(now).refuse(id, code, ("F02 F03", "12"), comment, baseline())
    };
    vec![
        usual.clone().at(fixed::SIGNED_AT + 300 + SKEW - 1).accept(
            "accept/baseline-last-second",
            ("F03", "12"),
            "now is a second before signingTime + age + skew.",
            baseline(),
        ),
        longer
            .clone()
            .at(fixed::SIGNED_AT + 3600)
            .accept(
                "accept/baseline-age-of-an-hour",
                ("F03", "12"),
                "The policy accepts an age of an hour, and that is how old the message is.",
                baseline(),
            )
            .until(fixed::SIGNED_AT + 3600),
        refuse(
            &usual,
            "time/baseline-at-the-end",
            "statement-expired",
            "now is signingTime + age + skew.",
            fixed::SIGNED_AT + 300 + SKEW,
        ),
        refuse(
            &usual,
            "time/baseline-too-early",
            "statement-not-yet-valid",
            "now is a second before signingTime less the skew.",
            fixed::SIGNED_AT - SKEW - 1,
        ),
        refuse(
            &longer,
            "time/baseline-over-an-hour",
            "statement-expired",
            "The policy accepts an age of an hour, and now is at the end of that with skew.",
            fixed::SIGNED_AT + 3600 + SKEW,
        ),
    ]
}

/// Times far away.
fn far() -> Vec<Vector> {
    const YEAR_2050: u64 = 2_524_608_000;
    const YEAR_2100: u64 = 4_102_444_800;
    let scene = Scene::strict();
    let ca = pki::client_ca().validity(fixed::CA_FROM, YEAR_2100);
    let client = pki::small_client_leaf().validity(fixed::CA_FROM, YEAR_2100).der();
    let late =
        Scene::strict().clients(|clients| clients.anchors = vec![octets(&ca)]).policy(|policy| {
            let entry = signer(&pki::self_signed_proxy(Key::PROXY), Profile::Strict);
            let public_key = Some(Octets(Key::PROXY.spki()));
            policy.signers = Some(vec![Signer { certificate: None, public_key, ..entry }]);
        });
    let message = |signed_at| MessageForge::strict(&client, Key::PROXY).signed_at(signed_at);
    vec![
        late.clone()
            .at(YEAR_2050 - 1)
            .accept(
                "accept/last-utc-time",
                ("F08", "4.4"),
                "signingTime is the last second of 2049, a UTCTime.",
                message(YEAR_2050 - 1),
            )
            .about(&client, "CN=alice")
            .until(YEAR_2050 - 1 + fixed::LIFETIME),
        late.at(YEAR_2050)
            .accept(
                "accept/first-generalized-time",
                ("F08", "4.4"),
                "signingTime is the first second of 2050, a GeneralizedTime.",
                message(YEAR_2050),
            )
            .about(&client, "CN=alice")
            .until(YEAR_2050 + fixed::LIFETIME),
        scene.refuse(
            "time/year-9999",
            "statement-not-yet-valid",
            ("F07", "7"),
            "signingTime is the last second of 9999.",
            strict().signed_at_raw(&der::tlv(der::GENERALIZED_TIME, b"99991231235959Z")),
        ),
        scene.refuse(
            "time/year-1970",
            "statement-expired",
            ("F07", "7"),
            "signingTime is the first second of 1970, less than the skew after it.",
            strict().signed_at(0),
        ),
    ]
}
