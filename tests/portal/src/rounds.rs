//! What the portal does by itself, whether or not anybody calls: looking for the operator's acts, which come from
//! another process and may have left questions or letters behind, and clearing away what has had its time.

use tokio::{
    sync::watch,
    time::{Duration, MissedTickBehavior},
};

use crate::{
    app::{App, Shared},
    desk::data_version,
    retention,
    store::StoreError,
};

/// How soon an operator's act is noticed when nobody calls.
const EVERY: Duration = Duration::from_millis(250);

/// Makes the rounds until the portal stops.
pub(crate) async fn make(app: App, mut stopping: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut seen, mut cleared_at) = (None, None);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
        let round = async {
            seen = Some(look(&app, seen).await?);
            cleared_at = Some(clear(&app, cleared_at).await?);
            Ok::<_, StoreError>(())
        };
        if let Err(error) = round.await {
            eprintln!("fos-portal: a round was not finished: {error}");
        }
    }
}

/// Wakes the workers when another process has written, or may have before the first round.
async fn look(app: &Shared, seen: Option<i64>) -> Result<i64, StoreError> {
    let version = app.store.with(|db| data_version(db)).await??;
    if seen != Some(version) {
        app.asked.notify_one();
        app.posted.notify_one();
    }
    Ok(version)
}

/// Clears away what has had its time, at the start and then every hour of the portal's clock.
async fn clear(app: &Shared, cleared_at: Option<i64>) -> Result<i64, StoreError> {
    let now = app.now_seconds();
    match cleared_at {
        Some(at) if (0..retention::EVERY).contains(&(now - at)) => Ok(at),
        _ => app.store.transact(move |db| retention::clear(db, now)).await.map(|()| now),
    }
}
