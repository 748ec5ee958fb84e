//! The live page of `cargo xtask demo`: how many pictures a second of a list that moves under a finger, and how many of
//! a screen that stands still, up to where a browser takes them.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use fos_journeys::{
    face::FaceCommand,
    journey,
    live::LivePage,
    protocol::{PointerPhase, Verb},
    runner::{RunOptions, run_journey_and_keep_open},
};
use tokio::time::{Instant, interval, sleep};

use super::face_command;
use crate::figure::Figure;

/// A member at the list of services.
const AT_THE_LIST: &str = "title ar لائحة الخدمات\ntitle fr La liste des services\nphone ar-MA\n\
    account 0123456 «قهوة-الصباح-2026»\nstep 5 يدخل\nsee sign-in\ntype ppr 0123456\n\
    type password قهوة-الصباح-2026\ntap robot\ntap sign-in\nsee services\n";
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a finger moves, and how long nobody does anything.
const SPAN: Duration = Duration::from_secs(5);
/// What a finger's movement and what it set going need to come to rest.
const REST: Duration = Duration::from_secs(2);
/// Sixty places a second, as a hand's are told.
const PLACE: Duration = Duration::from_millis(16);

pub(super) async fn measure(command: Option<&Path>) -> anyhow::Result<Vec<Figure>> {
    let launcher = Arc::new(face_command(command).context("the Android app")?);
    let (moves, still) = pictures(launcher).await?;
    Ok(vec![
        Figure::alone("page-moving", moves, "pictures/s")
            .note("the app is a debug build on a JVM; both ends share this machine's cores"),
        Figure::alone("page-still", still, "pictures"),
    ])
}

/// A second's pictures while the list moves, and all while it stands.
async fn pictures(launcher: Arc<FaceCommand>) -> anyhow::Result<(f64, f64)> {
    let journey = journey::parse("list", AT_THE_LIST, &|_| None)?;
    let how = RunOptions { launcher: &*launcher, timeout: PATIENCE, pictures: None, print: &|_| {} };
    let standing = run_journey_and_keep_open(&journey, &how).await.map_err(|failure| anyhow!("{failure}"))?;
    let page = LivePage::start(standing, launcher, 0).await?;
    let screen = page.screen();
    let number = || screen.borrow().number();
    let begun = Instant::now();
    let before = number();
    move_about(&page).await?;
    let moves = per_second(number() - before, begun.elapsed())?;
    // A page without a field: a cursor blinks by right.
    let opened = page.request(Verb::Tap { tag: "card:hajj-grant".to_owned() }).await;
    opened.map_err(|why| anyhow!(why))?;
    sleep(REST).await;
    let before = number();
    sleep(SPAN).await;
    let still = f64::from(u32::try_from(number() - before)?);
    page.stop().await;
    Ok((moves, still))
}

/// A finger that goes up and down over the list and never rests.
async fn move_about(page: &LivePage) -> anyhow::Result<()> {
    let mut place = interval(PLACE);
    let ends = Instant::now() + SPAN;
    let (mut y, mut by) = (700.0, -12.0);
    let point = async |phase, y| {
        let done = page.request(Verb::Pointer { phase, x: 360.0, y }).await;
        done.map(|_| ()).map_err(|why| anyhow!(why))
    };
    point(PointerPhase::Down, y).await?;
    while Instant::now() < ends {
        place.tick().await;
        if !(400.0..=1000.0).contains(&(y + by)) {
            by = -by;
        }
        y += by;
        point(PointerPhase::Move, y).await?;
    }
    point(PointerPhase::Up, y).await
}

fn per_second(pictures: u64, time: Duration) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(pictures)?) / time.as_secs_f64())
}
