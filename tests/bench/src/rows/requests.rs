//! Costs of a long history: opening the app with ten thousand stored requests, and fetching one change among them.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use fos_portal::SystemClock;

use super::{parse_milliseconds, run_program};
use crate::{
    bench_process::BenchProcess,
    measurement::{Measurement, median},
    server_fixture::{FixtureConfig, ServerFixture},
};

const MANY: u32 = 10_000;
const OPEN_BASELINE: u32 = 10;
const SYNC_BASELINE: u32 = 100;
const REPETITIONS: &str = "101";
const CHANGES: u32 = 31;

pub(super) async fn measure_open(core: &Path) -> anyhow::Result<Vec<Measurement>> {
    let (many, few) = (median_open_time(core, MANY).await?, median_open_time(core, OPEN_BASELINE).await?);
    let measurement = Measurement::with_peer("open-requests", many, few, "ms");
    Ok(vec![measurement.note(format!("{MANY} requests stored, over {OPEN_BASELINE}"))])
}

pub(super) async fn measure_sync(core: &Path) -> anyhow::Result<Vec<Measurement>> {
    let (many, few) = (median_sync_time(core, MANY).await?, median_sync_time(core, SYNC_BASELINE).await?);
    let measurement = Measurement::with_peer("sync-one-change", many, few, "ms");
    Ok(vec![measurement.note(format!("one of {MANY} requests changed, over one of {SYNC_BASELINE}"))])
}

/// Returns a fixture whose member has `requests` requests, and a client that has fetched them all.
async fn fixture_with_requests(core: &Path, requests: u32) -> anyhow::Result<ServerFixture> {
    let server = ServerFixture::start(FixtureConfig::default()).await?;
    server.create_account().await?;
    server.insert_requests(requests).context("filing requests")?;
    run_program(core, &["sign-in-once"], &server.args_for("phone")).await?;
    run_program(core, &["fetch-requests"], &server.args_for("phone")).await?;
    Ok(server)
}

async fn median_open_time(core: &Path, requests: u32) -> anyhow::Result<f64> {
    let server = fixture_with_requests(core, requests).await?;
    let lines = run_program(core, &["open", REPETITIONS], &server.args_for("phone")).await?;
    server.stop().await;
    Ok(median(parse_milliseconds(&lines).into_iter().map(|(_, time)| time).collect()))
}

async fn median_sync_time(core: &Path, requests: u32) -> anyhow::Result<f64> {
    let server = fixture_with_requests(core, requests).await?;
    let mut client = BenchProcess::start(core, &["sync"], &server.args_for("phone"))?;
    let mut times = Vec::new();
    for number in 1..=CHANGES {
        let review = ["requests".to_owned(), "review".to_owned(), ServerFixture::request_number(number)];
        let data = server.portal_data_folder();
        let clock = Arc::new(SystemClock);
        tokio::task::spawn_blocking(move || fos_portal::run_admin_command(&data, clock, &review)).await??;
        client.write_line("changed").await?;
        times.push(client.read_number("synced").await? / 1e6);
    }
    client.finish().await?;
    server.stop().await;
    Ok(median(times))
}
