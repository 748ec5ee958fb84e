//! Background jobs: noticing changes made by operator commands, and purging expired rows.
//!
//! Operator commands write to the database from another process and may leave password requests or emails in the
//! queues. Every 250 ms a tick asks SQLite for `data_version` and wakes both workers when another connection has
//! written. The same tick purges expired rows once an hour of the portal's clock (`retention`).

use tokio::{
    sync::watch,
    time::{Duration, MissedTickBehavior},
};
use tracing::{Instrument as _, error, info_span};

use crate::{
    app::{App, AppState},
    content::data_version,
    retention,
    storage::StorageError,
};

/// Longest time until a command of another process is noticed without any call.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// Runs the background jobs until `stopping` becomes true. An error is logged and the job runs again at the next tick.
pub(crate) async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(POLL_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut seen_version, mut purged_at) = (None, None);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        let tick = async {
            seen_version = Some(wake_workers_on_change(&app, seen_version).await?);
            purged_at = Some(purge_if_due(&app, purged_at).await?);
            Ok::<_, StorageError>(())
        };
        if let Err(error) = tick.await {
            error!(reason = error.without_value(), "background job failed");
        }
    }
}

/// Wakes the workers when another process has written since, or may have written before the first tick. Returns the
/// database's present `data_version`.
async fn wake_workers_on_change(app: &AppState, seen_version: Option<i64>) -> Result<i64, StorageError> {
    let version = app.storage.with_connection(|db| data_version(db)).await??;
    if seen_version != Some(version) {
        app.password_requested.notify_one();
        app.email_queued.notify_one();
    }
    Ok(version)
}

/// Purges expired rows at the start and then every hour of the portal's clock. Returns the time of the last purge.
async fn purge_if_due(app: &AppState, purged_at: Option<i64>) -> Result<i64, StorageError> {
    let now = app.now_seconds();
    match purged_at {
        Some(at) if (0..retention::PURGE_INTERVAL).contains(&(now - at)) => Ok(at),
        _ => {
            let purge = app.storage.transaction(move |db| retention::purge(db, now));
            purge.instrument(info_span!("job", name = "purge")).await.map(|()| now)
        }
    }
}
