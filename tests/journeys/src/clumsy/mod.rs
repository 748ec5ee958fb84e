//! Seeded monkey test over journeys: a clumsy member double-taps, mistypes, turns the phone, goes back, loses the process.
//!
//! ```text
//!  seed, journey ──► plan: at most ten slips, each at a line ──► walker ──┬─► line by line, as the runner does
//!                                                                        │      before or in a line: the slip,
//!                                                                        │      then `recovery`: back to the screen, and
//!                                                                        │      what it does not store typed again
//!                                                                        ▼
//!                        after each slip, and at the end: `judge` ◄── portal's file, phone's drafts and outbox
//! ```
//!
//! The journey's own expectations hold to its end, whatever slipped: that is the outcome. Nothing is filed that the
//! member did not file, nothing twice; no draft and no waiting request vanishes; a form keeps its fields; from the last
//! screen the home screen can be reached. Where a slip leads the member to a place from which the walker knows no way
//! back, such as a form opened from a question, the walk ends there and is judged like any other.

mod history;
mod judge;
mod plan;
mod recovery;
mod slip;
mod suite;
mod typos;
mod walker;

use std::fmt;

pub use suite::{WalkOptions, find_planted_faults, walk_all};

use crate::{
    journey::Journey,
    runner::{Failure, RunOptions, Runner, start_failure},
};
use walker::{Position, Walker};

/// Walk that reached its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WalkReport {
    /// Number of slips.
    pub slips: usize,
    /// Number of slips that the screen or the face did not offer.
    pub skipped: usize,
    /// True if the journey was walked to its own end.
    pub to_the_end: bool,
}

/// Walk that failed.
#[derive(Debug)]
pub struct ClumsyFailure {
    /// Seed of the walk.
    pub seed: u64,
    /// Slips up to the failure, each with its line.
    pub slips: Vec<String>,
    /// Failed line.
    pub failure: Box<Failure>,
}

impl fmt::Display for ClumsyFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.failure)?;
        writeln!(out, "    the member slipped {} times:", self.slips.len())?;
        for slip in &self.slips {
            writeln!(out, "      {slip}")?;
        }
        write!(
            out,
            "    again: fos-journeys clumsy --walks 1 --seed {} --only {}",
            self.seed, self.failure.journey
        )
    }
}

/// Returns how often the walk kills the face.
pub fn count_kills(journey: &Journey, seed: u64) -> usize {
    let is_kill =
        |planned: &&plan::PlannedSlip| matches!(planned.slip, slip::Slip::Kill | slip::Slip::PauseAndKill);
    journey.kills() + plan::plan(journey, seed).iter().filter(is_kill).count()
}

/// Walks a journey with the slips of this seed.
///
/// # Errors
/// The first line, slip or check that fails.
pub async fn walk(
    journey: &Journey,
    seed: u64,
    options: &RunOptions<'_>,
) -> Result<WalkReport, Box<ClumsyFailure>> {
    let failed = |slips: Vec<String>, failure| Box::new(ClumsyFailure { seed, slips, failure });
    let runner = match Runner::start(journey, options).await {
        Ok(runner) => runner,
        Err(error) => return Err(failed(Vec::new(), start_failure(journey, error))),
    };
    let mut walker = Walker::new(runner, journey);
    let plan = plan::plan(journey, seed);
    let mut position = Position::OnJourney;
    'journey: for (step_index, step) in journey.steps.iter().enumerate() {
        for (line_index, line) in step.lines.iter().enumerate() {
            let planned =
                plan.iter().find(|planned| (planned.step, planned.line) == (step_index, line_index));
            match walker.follow(step, &line.action, planned).await {
                Ok(Position::OnJourney) => {}
                Ok(Position::OffJourney) => {
                    position = Position::OffJourney;
                    break 'journey;
                }
                Err(error) => {
                    let Walker { runner, slips, .. } = walker;
                    return Err(failed(slips, runner.failure(step, line, error).await));
                }
            }
        }
    }
    let judged = walker.judge(position).await;
    let Walker { runner, slips, skipped, .. } = walker;
    if let Err(error) = judged {
        return Err(failed(slips, runner.failure_at_end(error).await));
    }
    let done = WalkReport { slips: slips.len(), skipped, to_the_end: position == Position::OnJourney };
    let finished = match runner.finish().await {
        Ok(finished) => finished,
        Err(failure) => return Err(failed(slips, failure)),
    };
    match finished.stop_and_search_logs(journey).await {
        Ok(()) => Ok(done),
        Err(failure) => Err(failed(slips, failure)),
    }
}
