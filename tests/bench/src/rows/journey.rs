//! The first journey and a warm start, counted at the socket.

use std::collections::BTreeMap;

use anyhow::Context;

use super::sides;
use crate::{
    figure::Figure,
    measured::Measured,
    stand::{Setup, Stand},
    toll::Passed,
};

/// How often the journey is walked: what the core does by itself may come before or after what the member does.
const WALKS: usize = 7;

/// The guide's eight steps, the dearest of several walks. Over TLS the bytes are counted, by the portal the calls; in
/// clear the calls have names.
pub(super) async fn first() -> anyhow::Result<Vec<Figure>> {
    let tls = Setup { tls: true, config: true, services: None };
    let (mut over_tls, mut in_clear) = (Vec::new(), Vec::new());
    for _ in 0..WALKS {
        over_tls.push(first_access(tls).await.context("over TLS")?);
        in_clear.push(first_access(Setup { tls: false, ..tls }).await.context("in clear")?);
    }
    let most = |figures: Vec<f64>| figures.into_iter().fold(0.0, f64::max);
    let calls: Vec<f64> = over_tls.iter().map(|walk| walk.calls).collect();
    let each = calls.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let named = in_clear.iter().map(|walk| &walk.passed.requests).max_by_key(|requests| requests.len());
    let dearest =
        over_tls.iter().map(|walk| &walk.passed).max_by_key(|passed| passed.bytes()).context("no walk")?;
    let Passed { connections, asked, answered, .. } = dearest;
    Ok(vec![
        Figure::alone("first-journey-requests", most(calls), "requests")
            .note(format!("in {WALKS} walks: {each}"))
            .note(format!("by name, in clear: {}", counted(named.context("no walk")?))),
        Figure::alone("first-journey-bytes", kilobytes(dearest), "KB")
            .note(format!("{connections} connection(s), {asked} B asked, {answered} B answered")),
        Figure::alone("peak-memory", most(over_tls.iter().map(|walk| walk.peak / 1024.0).collect()), "MB")
            .note("the process that did the journey, whole"),
    ])
}

/// What one walk cost.
struct Walk {
    passed: Passed,
    calls: f64,
    /// Kilobytes.
    peak: f64,
}

async fn first_access(setup: Setup) -> anyhow::Result<Walk> {
    let stand = Stand::begin(setup).await?;
    let (core, _) = sides()?;
    let mut phone = Measured::start(&core, &["first-access"], &stand.given("phone"))?;
    phone.line().await.context("asking for a password")?;
    phone.tell(&stand.mailed_password().await?).await?;
    let peak = phone.number("peak").await?;
    phone.end().await?;
    let (passed, calls) = (stand.toll.take(), stand.calls());
    stand.end().await;
    Ok(Walk { passed, calls: u32::try_from(calls)?.into(), peak })
}

/// The app opened again, and nothing new. The screen asks once the first answer is in, which is the dearer of both
/// orders; what HTTP itself costs is counted in clear, and TLS's own beside it.
pub(super) async fn warm() -> anyhow::Result<Vec<Figure>> {
    let setup = Setup { tls: false, config: true, services: None };
    let (clear, opened) = warm_start(setup).await.context("in clear")?;
    let (secret, _) = warm_start(Setup { tls: true, ..setup }).await.context("over TLS")?;
    let count = |passed: &Passed| u32::try_from(passed.requests.len()).map(f64::from);
    let requests = Figure::alone("warm-requests", count(&clear)?, "requests")
        .note(counted(&clear.requests))
        .note(format!("{} of them by opening alone", opened.requests.len()));
    let bytes = bytes_of(&clear)?;
    let bytes = Figure::alone("warm-bytes", bytes, "B")
        .note(format!("in clear; by opening alone {} B", opened.bytes()))
        .note(format!("over TLS, its handshake included: {} B", secret.bytes()));
    Ok(vec![requests, bytes])
}

/// What passed in all, and what of it before the screen asked.
async fn warm_start(setup: Setup) -> anyhow::Result<(Passed, Passed)> {
    let stand = Stand::begin(setup).await?;
    stand.open_account().await?;
    let (core, _) = sides()?;
    let given = stand.given("phone");
    super::run_to_end(&core, &["settle"], &given).await.context("signing in")?;
    stand.toll.take();
    let mut phone = Measured::start(&core, &["warm"], &given)?;
    phone.line().await?;
    let mut opened = stand.toll.quiet().await;
    phone.tell("go on").await?;
    phone.line().await?;
    phone.end().await?;
    let asked = stand.toll.take();
    stand.end().await;
    let first = opened.clone();
    opened.connections += asked.connections;
    opened.asked += asked.asked;
    opened.answered += asked.answered;
    opened.requests.extend(asked.requests);
    Ok((opened, first))
}

fn bytes_of(passed: &Passed) -> anyhow::Result<f64> {
    Ok(u32::try_from(passed.bytes())?.into())
}

/// Kilobytes of a thousand.
fn kilobytes(passed: &Passed) -> f64 {
    bytes_of(passed).unwrap_or(f64::INFINITY) / 1000.0
}

/// `2 × GET /v1/config, GET /v1/captcha`.
fn counted(requests: &[String]) -> String {
    let mut times = BTreeMap::new();
    for request in requests {
        *times.entry(request.as_str()).or_insert(0) += 1;
    }
    let named = times.into_iter().map(|(request, times)| match times {
        1 => request.to_owned(),
        times => format!("{times} × {request}"),
    });
    named.collect::<Vec<_>>().join(", ")
}
