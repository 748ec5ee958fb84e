//! Frame rates of the live page of `cargo xtask demo`: frames a second while a list is dragged, and frames of a still
//! screen, up to the server that browsers read from.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use fos_journeys::{
    face::FaceCommand,
    journey,
    live::LivePage,
    protocol::{PointerPhase, Verb},
    runner::{RunOptions, run_journey_and_keep_open},
};
use fos_support::seed::{MEMBER, PASSWORD};
use tokio::time::{Instant, interval, sleep};

use super::read_face_command;
use crate::measurement::Measurement;

const TIMEOUT: Duration = Duration::from_mins(1);
/// Duration of the drag, and of the observation of the still screen.
const DURATION: Duration = Duration::from_secs(5);
/// Time for a drag and its effects to end.
const SETTLE_TIME: Duration = Duration::from_secs(2);
/// Sixty pointer positions a second, as a browser sends them.
const POINTER_INTERVAL: Duration = Duration::from_millis(16);

pub(super) async fn measure(command: Option<&Path>) -> anyhow::Result<Vec<Measurement>> {
    let launcher = Arc::new(read_face_command(command).context("the Android app")?);
    let frames = measure_frames(launcher).await?;
    let still = Measurement::new("page-still", frames.still, "frames");
    Ok(vec![
        Measurement::new("page-moving", frames.per_second, "frames/s")
            .note("the app is a debug build on a JVM; both share this machine's cores"),
        match frames.changed_while_still {
            Some([x, y, width, height]) => {
                still.note(format!("last change: {width}×{height} px at {x}, {y}"))
            }
            None => still,
        },
    ])
}

/// Frames of the page.
struct Frames {
    /// Frames a second while the list is dragged.
    per_second: f64,
    /// All frames of a still screen.
    still: f64,
    /// Position and size, in pixels, of the last change of the still screen.
    changed_while_still: Option<[u32; 4]>,
}

async fn measure_frames(launcher: Arc<FaceCommand>) -> anyhow::Result<Frames> {
    let journey = journey::parse("list", &list_journey(), &|_| None)?;
    let options = RunOptions { launcher: &*launcher, timeout: TIMEOUT, pictures: None, print: &|_| {} };
    let finished =
        run_journey_and_keep_open(&journey, &options).await.map_err(|failure| anyhow!("{failure}"))?;
    let page = LivePage::start(finished, launcher, 0).await?;
    let screen = page.screen();
    let number = || screen.borrow().number();
    let started = Instant::now();
    let before = number();
    drag_list(&page).await?;
    let per_second = per_second(number() - before, started.elapsed())?;
    // This page has no text field, whose blinking cursor would draw frames.
    let opened = page.request(Verb::Tap { tag: "card:hajj-grant".to_owned(), after: 1_000 }).await;
    opened.map_err(|error| anyhow!(error))?;
    sleep(SETTLE_TIME).await;
    let before = number();
    sleep(DURATION).await;
    let still = f64::from(u32::try_from(number() - before)?);
    let changed_while_still = (still > 0.0).then(|| screen.borrow().changed_part());
    page.stop().await;
    Ok(Frames { per_second, still, changed_while_still })
}

/// Drags the list up and down without a pause.
async fn drag_list(page: &LivePage) -> anyhow::Result<()> {
    let mut ticker = interval(POINTER_INTERVAL);
    let deadline = Instant::now() + DURATION;
    let (mut y, mut by) = (700.0, -12.0);
    let point = async |phase, y| {
        let result = page.request(Verb::Pointer { phase, x: 360.0, y }).await;
        result.map(|_| ()).map_err(|error| anyhow!(error))
    };
    point(PointerPhase::Down, y).await?;
    while Instant::now() < deadline {
        ticker.tick().await;
        if !(400.0..=1000.0).contains(&(y + by)) {
            by = -by;
        }
        y += by;
        point(PointerPhase::Move, y).await?;
    }
    point(PointerPhase::Up, y).await
}

/// Returns the journey of a member up to the list of services.
fn list_journey() -> String {
    format!(
        "title ar لائحة الخدمات\ntitle fr La liste des services\nphone ar-MA\naccount {MEMBER} «{PASSWORD}»\n\
         step 5 يدخل\nsee sign-in\ntype ppr {MEMBER}\ntype password {PASSWORD}\ntap captcha\ntap sign-in\n\
         see services\n"
    )
}

fn per_second(frames: u64, time: Duration) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(frames)?) / time.as_secs_f64())
}
