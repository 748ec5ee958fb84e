//! Proves that an app launched in a process that has served others before starts as in a new process.

use std::{fs, time::Duration};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;

use crate::{
    journey::Journey,
    loader,
    protocol::{ScreenSnapshot, Verb},
    runner::{RunOptions, run_journey_and_keep_open},
    workers::WorkerPool,
};

/// Journeys without a kill that leave behind what a later launch must not find: a session, a language, a document and a
/// link handed to the system, a text in the clipboard.
const JOURNEYS: [&str; 4] = ["first-access", "retired-in-french", "help-in-space", "update-recommended"];

/// Walks each of the journeys twice, all in one process. After each, the phone's settings are changed, and then a new
/// phone must show what the first one in that process showed.
///
/// # Errors
/// If a journey fails, a new phone shows something else, or more than one process was started.
pub async fn check(
    pool: &WorkerPool,
    timeout: Duration,
    print: &(dyn Fn(&str) + Sync),
) -> anyhow::Result<()> {
    let journeys = JOURNEYS.map(loader::load).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let options = RunOptions { launcher: pool, timeout, pictures: None, print };
    let expected = NewPhone::open(&options).await?;
    for journey in journeys.iter().flat_map(|journey| [journey, journey]) {
        walk_and_change_settings(journey, &options).await?;
        let found = NewPhone::open(&options).await?;
        expected.ensure_same(&found).with_context(|| format!("after the journey `{}`", journey.name))?;
    }
    ensure!(pool.started() == 1, "{} processes were started instead of one", pool.started());
    Ok(())
}

async fn walk_and_change_settings(journey: &Journey, options: &RunOptions<'_>) -> anyhow::Result<()> {
    let mut finished = match run_journey_and_keep_open(journey, options).await {
        Ok(finished) => finished,
        Err(failure) => bail!("{failure}"),
    };
    let changes = [
        Verb::Motion { on: true },
        Verb::Dark { on: true },
        Verb::Font { percent: 200 },
        Verb::Size { to: "small".to_owned() },
        Verb::Rotate,
    ];
    for change in changes {
        // A face without a screen refuses most of them.
        finished.face.request(&change).await?;
    }
    finished.stop().await;
    Ok(())
}

/// First screen of a new phone.
#[derive(PartialEq, Eq)]
struct NewPhone {
    snapshot: Option<ScreenSnapshot>,
    /// PNG file; `None` from a face that draws none.
    picture: Option<Vec<u8>>,
}

impl NewPhone {
    async fn open(options: &RunOptions<'_>) -> anyhow::Result<Self> {
        let silent = RunOptions { print: &|_| {}, pictures: None, ..*options };
        let mut finished = match run_journey_and_keep_open(&loader::new_phone()?, &silent).await {
            Ok(finished) => finished,
            Err(failure) => bail!("{failure}"),
        };
        let folder = TempDir::new()?;
        let file = folder.path().join("picture.png");
        // By itself the first field has the focus only if the screen was there when the window was first drawn.
        finished.face.request(&Verb::Type { field: "ppr".to_owned(), text: "1".to_owned() }).await?;
        let snapshot = finished.face.request(&Verb::See).await?.snapshot;
        finished.face.request(&Verb::Picture { file: file.display().to_string() }).await?;
        finished.stop().await;
        let picture = file.exists().then(|| fs::read(&file)).transpose()?;
        Ok(Self { snapshot, picture })
    }

    fn ensure_same(&self, other: &Self) -> anyhow::Result<()> {
        ensure!(
            self.snapshot == other.snapshot,
            "a new phone shows\n{:#?}\ninstead of\n{:#?}",
            other.snapshot,
            self.snapshot
        );
        if self.picture != other.picture {
            let folder = TempDir::new()?.keep();
            for (name, picture) in [("first.png", &self.picture), ("later.png", &other.picture)] {
                fs::write(folder.join(name), picture.as_deref().unwrap_or_default())?;
            }
            bail!(
                "a new phone's picture differs from the first one's: compare those in {}",
                folder.display()
            );
        }
        Ok(())
    }
}
