//! What a long history costs: the app opened with ten thousand requests stored, and one change among them fetched.

use std::sync::Arc;

use anyhow::Context;
use fos_portal::SystemClock;

use super::{milliseconds, run_to_end, sides};
use crate::{
    figure::{Figure, median},
    measured::Measured,
    stand::{Setup, Stand},
};

const MANY: u32 = 10_000;
const OPENED_OVER: u32 = 10;
const SYNCED_OVER: u32 = 100;
const TIMES: &str = "101";
const CHANGES: u32 = 31;

pub(super) async fn open() -> anyhow::Result<Vec<Figure>> {
    let (many, few) = (opened_with(MANY).await?, opened_with(OPENED_OVER).await?);
    let figure = Figure::beside("open-requests", many, few, "ms");
    Ok(vec![figure.note(format!("{MANY} requests stored, over {OPENED_OVER}"))])
}

pub(super) async fn sync() -> anyhow::Result<Vec<Figure>> {
    let (many, few) = (synced_among(MANY).await?, synced_among(SYNCED_OVER).await?);
    let figure = Figure::beside("sync-one-change", many, few, "ms");
    Ok(vec![figure.note(format!("one of {MANY} requests changed, over one of {SYNCED_OVER}"))])
}

/// A stand whose member has so many requests, and a phone that has them all.
async fn stand_with(requests: u32) -> anyhow::Result<Stand> {
    let stand = Stand::begin(Setup::default()).await?;
    stand.open_account().await?;
    stand.file_requests(requests).context("filing requests")?;
    let (core, _) = sides()?;
    run_to_end(&core, &["settle"], &stand.given("phone")).await?;
    run_to_end(&core, &["fetch-requests"], &stand.given("phone")).await?;
    Ok(stand)
}

async fn opened_with(requests: u32) -> anyhow::Result<f64> {
    let stand = stand_with(requests).await?;
    let (core, _) = sides()?;
    let said = run_to_end(&core, &["open", TIMES], &stand.given("phone")).await?;
    stand.end().await;
    Ok(median(milliseconds(&said).into_iter().map(|(_, took)| took).collect()))
}

async fn synced_among(requests: u32) -> anyhow::Result<f64> {
    let stand = stand_with(requests).await?;
    let (core, _) = sides()?;
    let mut phone = Measured::start(&core, &["sync"], &stand.given("phone"))?;
    let mut took = Vec::new();
    for number in 1..=CHANGES {
        let review = ["requests".to_owned(), "review".to_owned(), Stand::number(number)];
        let data = stand.portal_folder();
        let clock = Arc::new(SystemClock);
        tokio::task::spawn_blocking(move || fos_portal::run_admin_command(&data, clock, &review)).await??;
        phone.tell("changed").await?;
        took.push(phone.number("synced").await? / 1e6);
    }
    phone.end().await?;
    stand.end().await;
    Ok(median(took))
}
