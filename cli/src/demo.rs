//! `client-cert demo`: a throw-away PKI, genuine messages verified, attacks refused.
//!
//! Nothing is simulated but the network: keys and certificates are made at run time, proxies sign
//! with `client-cert-sign`, and every request, genuine or forged, is judged by
//! `client-cert-verify`. No socket is opened and no file is written.

mod attacks;
mod genuine;
mod pki;
mod report;
mod scene;
mod text;

use crate::outcome::Outcome;
use crate::time;

pub(crate) fn run() -> anyhow::Result<Outcome> {
    let scene = scene::Scene::new(time::at_or_now(None))?;
    let report = report::Report::new(&scene)?;
    Ok(Outcome::text(report.exit(), text::of(&scene, &report)?))
}
