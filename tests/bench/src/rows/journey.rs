//! Traffic of the first journey and of a warm start, counted at the socket.

use std::{collections::BTreeMap, path::Path};

use anyhow::Context;
use fos_support::proxy::Traffic;

use crate::{
    bench_process::BenchProcess,
    measurement::Measurement,
    server_fixture::{FixtureConfig, ServerFixture},
};

/// Number of walks: requests that the core makes by itself may come before or after the member's.
const WALKS: usize = 7;

/// Measures the guide's eight steps and returns the highest values of several walks. Bytes are counted over TLS and
/// requests by the portal; a walk without TLS lists the requests.
pub(super) async fn measure_first_journey(core: &Path) -> anyhow::Result<Vec<Measurement>> {
    let tls = FixtureConfig { tls: true, config: true, services: None };
    let (mut tls_walks, mut plain_walks) = (Vec::new(), Vec::new());
    for _ in 0..WALKS {
        tls_walks.push(first_access(core, tls).await.context("over TLS")?);
        plain_walks
            .push(first_access(core, FixtureConfig { tls: false, ..tls }).await.context("without TLS")?);
    }
    let maximum = |values: Vec<f64>| values.into_iter().fold(0.0, f64::max);
    let request_counts: Vec<f64> = tls_walks.iter().map(|walk| walk.request_count).collect();
    let list = request_counts.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    let longest = plain_walks.iter().map(|walk| &walk.traffic.requests).max_by_key(|requests| requests.len());
    let largest = tls_walks
        .iter()
        .map(|walk| &walk.traffic)
        .max_by_key(|traffic| traffic.bytes())
        .context("no walk")?;
    let Traffic { connections, sent, received, .. } = largest;
    Ok(vec![
        Measurement::new("first-journey-requests", maximum(request_counts), "requests")
            .note(format!("in {WALKS} walks: {list}"))
            .note(format!("by name, without TLS: {}", format_counts(longest.context("no walk")?))),
        Measurement::new("first-journey-bytes", kilobytes(largest), "KB")
            .note(format!("{connections} connection(s), {sent} B sent, {received} B received")),
        Measurement::new(
            "peak-memory",
            maximum(tls_walks.iter().map(|walk| walk.peak / 1024.0).collect()),
            "MB",
        )
        .note("peak of the whole process"),
    ])
}

/// Costs of one walk.
struct Walk {
    traffic: Traffic,
    request_count: f64,
    /// Peak memory in kilobytes.
    peak: f64,
}

async fn first_access(core: &Path, setup: FixtureConfig) -> anyhow::Result<Walk> {
    let server = ServerFixture::start(setup).await?;
    let arguments = ["first-access", &serde_json::to_string(&server.member()?)?];
    let mut client = BenchProcess::start(core, &arguments, &server.args_for("phone"))?;
    client.read_line().await.context("asking for a password")?;
    client.write_line(&server.mailed_password().await?).await?;
    let peak = client.read_number("peak").await?;
    client.finish().await?;
    let (traffic, request_count) = (server.proxy.take_traffic(), server.request_count());
    server.stop().await;
    Ok(Walk { traffic, request_count: u32::try_from(request_count)?.into(), peak })
}

/// Measures opening the app again when nothing is new. The screen refreshes after the first response, the more
/// expensive order. HTTP is counted without TLS, the cost of TLS beside it.
pub(super) async fn measure_warm_start(core: &Path) -> anyhow::Result<Vec<Measurement>> {
    let setup = FixtureConfig { tls: false, config: true, services: None };
    let (plain, at_open) = warm_start(core, setup).await.context("without TLS")?;
    let (tls, _) = warm_start(core, FixtureConfig { tls: true, ..setup }).await.context("over TLS")?;
    let count = |traffic: &Traffic| u32::try_from(traffic.requests.len()).map(f64::from);
    let requests = Measurement::new("warm-requests", count(&plain)?, "requests")
        .note(format_counts(&plain.requests))
        .note(format!("{} of them by opening the app alone", at_open.requests.len()));
    let bytes = total_bytes(&plain)?;
    let bytes = Measurement::new("warm-bytes", bytes, "B")
        .note(format!("without TLS; by opening the app alone {} B", at_open.bytes()))
        .note(format!("over TLS, its handshake included: {} B", tls.bytes()));
    Ok(vec![requests, bytes])
}

/// Returns the total traffic, and the part before the screen refreshed.
async fn warm_start(core: &Path, setup: FixtureConfig) -> anyhow::Result<(Traffic, Traffic)> {
    let server = ServerFixture::start(setup).await?;
    server.create_account().await?;
    let args = server.args_for("phone");
    super::run_program(core, &["sign-in-once"], &args).await.context("signing in")?;
    server.proxy.take_traffic();
    let mut client = BenchProcess::start(core, &["warm"], &args)?;
    client.read_line().await?;
    let mut total = server.take_traffic_when_idle().await;
    client.write_line("continue").await?;
    client.read_line().await?;
    client.finish().await?;
    let later = server.proxy.take_traffic();
    server.stop().await;
    let at_open = total.clone();
    total.connections += later.connections;
    total.sent += later.sent;
    total.received += later.received;
    total.requests.extend(later.requests);
    Ok((total, at_open))
}

fn total_bytes(traffic: &Traffic) -> anyhow::Result<f64> {
    Ok(u32::try_from(traffic.bytes())?.into())
}

/// Returns kilobytes of 1,000 bytes.
fn kilobytes(traffic: &Traffic) -> f64 {
    total_bytes(traffic).unwrap_or(f64::INFINITY) / 1000.0
}

/// Formats requests with their counts: `2 × GET /v1/config, GET /v1/captcha`.
fn format_counts(requests: &[String]) -> String {
    let mut times = BTreeMap::new();
    for request in requests {
        *times.entry(request.as_str()).or_insert(0) += 1;
    }
    let parts = times.into_iter().map(|(request, times)| match times {
        1 => request.to_owned(),
        times => format!("{times} × {request}"),
    });
    parts.collect::<Vec<_>>().join(", ")
}
