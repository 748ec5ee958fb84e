//! Runs many walks, and plants faults that some walk must find.

use std::time::Duration;

use anyhow::{bail, ensure};
use fastrand::Rng;
use futures_util::stream::{self, StreamExt};

use super::{ClumsyFailure, WalkReport, count_kills, walk};
use crate::{
    face::{FaceCommand, Launcher},
    journey::Journey,
    loader,
    runner::RunOptions,
    workers::WorkerPool,
};

/// Variable by which a core built for development is told which fault to have.
const FAULT_VARIABLE: &str = "FOS_PLANTED_FAULT";

/// Fault that the core has on request.
struct PlantedFault {
    name: &'static str,
    /// Journeys in which some walk must find it.
    journeys: [&'static str; 2],
    /// Words of the failure by which it is found.
    finding: &'static str,
}

const PLANTED_FAULTS: [PlantedFault; 2] = [
    PlantedFault {
        name: "taps-unguarded",
        journeys: ["request-filed", "request-reviewed"],
        finding: "requests are on file, and the member filed",
    },
    PlantedFault {
        name: "drafts-unwritten",
        journeys: ["request-filled", "certificate-filled"],
        finding: "lost its content",
    },
];

/// Most walks until a planted fault is found.
const WALKS_PER_FAULT: u64 = 40;

/// Number, seed and concurrency of walks.
#[derive(Debug, Clone, Copy)]
pub struct WalkOptions {
    /// Number of walks.
    pub count: u64,
    /// Seed of the first walk and of the order of the journeys; each further walk has the next seed.
    pub seed: u64,
    /// Number of walks at the same time.
    pub jobs: usize,
}

/// Walks the journeys in turn, and prints each failure and a summary. Returns true if no walk failed.
///
/// # Errors
/// If there is no journey to walk.
pub async fn walk_all(
    command: FaceCommand,
    timeout: Duration,
    mut journeys: Vec<Journey>,
    walks: WalkOptions,
) -> anyhow::Result<bool> {
    ensure!(!journeys.is_empty(), "there is no journey to walk");
    Rng::with_seed(walks.seed).shuffle(&mut journeys);
    let planned = planned_walks(&journeys, walks);
    let pool =
        WorkerPool::new(command, planned.iter().map(|(seed, journey)| count_kills(journey, *seed)).sum());
    let mut results = stream::iter(&planned)
        .map(|(seed, journey)| walk_once(journey, *seed, &pool, timeout))
        .buffer_unordered(walks.jobs.max(1));
    let (mut failures, mut walked) = (Vec::new(), Vec::new());
    while let Some(result) = results.next().await {
        match result {
            Ok(done) => walked.push(done),
            Err(failure) => {
                println!("✗ {failure}");
                failures.push(failure);
            }
        }
    }
    println!("{}", summary(&walked, failures.len(), walks.seed));
    Ok(failures.is_empty())
}

/// Returns the seed and the journey of each walk.
fn planned_walks(journeys: &[Journey], walks: WalkOptions) -> Vec<(u64, &Journey)> {
    (0..walks.count)
        .zip(journeys.iter().cycle())
        .map(|(number, journey)| (walks.seed.wrapping_add(number), journey))
        .collect()
}

async fn walk_once(
    journey: &Journey,
    seed: u64,
    launcher: &dyn Launcher,
    timeout: Duration,
) -> Result<WalkReport, Box<ClumsyFailure>> {
    walk(journey, seed, &RunOptions { launcher, timeout, pictures: None, print: &|_| {} }).await
}

fn summary(walked: &[WalkReport], failed: usize, seed: u64) -> String {
    let slips: usize = walked.iter().map(|walked| walked.slips).sum();
    let skipped: usize = walked.iter().map(|walked| walked.skipped).sum();
    let to_the_end = walked.iter().filter(|walked| walked.to_the_end).count();
    format!(
        "{} of {} clumsy walks passed from seed {seed}: {to_the_end} to the journey's end, with {slips} slips, of which {skipped} \
         were not offered",
        walked.len(),
        walked.len() + failed
    )
}

/// Plants each fault in the core of the face, and fails unless some walk finds it.
///
/// # Errors
/// If no walk finds a planted fault.
pub async fn find_planted_faults(command: &FaceCommand, timeout: Duration, seed: u64) -> anyhow::Result<()> {
    for fault in &PLANTED_FAULTS {
        let mut command = command.clone();
        command.environment.push((FAULT_VARIABLE.to_owned(), fault.name.to_owned()));
        let failure = find(fault, command, timeout, seed).await?;
        println!("found, as expected: {}, by the walk of seed {}", fault.name, failure.seed);
    }
    Ok(())
}

async fn find(
    fault: &PlantedFault,
    command: FaceCommand,
    timeout: Duration,
    seed: u64,
) -> anyhow::Result<Box<ClumsyFailure>> {
    let journeys = fault.journeys.map(loader::load).into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let pool = WorkerPool::new(command, 0);
    for (seed, journey) in planned_walks(&journeys, WalkOptions { count: WALKS_PER_FAULT, seed, jobs: 1 }) {
        match walk_once(journey, seed, &pool, timeout).await {
            Err(failure) if failure.to_string().contains(fault.finding) => return Ok(failure),
            Err(_) | Ok(_) => {}
        }
    }
    bail!("the planted fault `{}` was not found in {WALKS_PER_FAULT} walks", fault.name)
}
