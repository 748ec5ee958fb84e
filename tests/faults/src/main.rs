//! `fos-faults --toxiproxy FILE --runs N --seed S [--only K]`: breaks what a member relies on, and counts what was lost
//! or doubled.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use clap::Parser;
use fos_faults::{
    planted,
    run::{self, Ground, Outcome},
    script::Script,
    table::Tally,
    toxiproxy::Toxiproxy,
    world::Prepared,
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Proves that nothing is lost and nothing is filed twice.
#[derive(Parser)]
struct Words {
    /// The program of toxiproxy.
    #[arg(long)]
    toxiproxy: PathBuf,
    /// How many runs.
    #[arg(long, default_value_t = 50)]
    runs: usize,
    /// What they are drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this one of them, told line by line.
    #[arg(long)]
    only: Option<usize>,
    /// So many at a time: they wait more than they work.
    #[arg(long, default_value_t = 4)]
    at_once: usize,
}

/// What all runs share.
struct Yard {
    prepared: Prepared,
    toxiproxy: Toxiproxy,
    phone: PathBuf,
    seed: u64,
}

impl Yard {
    fn ground(&self) -> Ground<'_> {
        Ground { prepared: &self.prepared, toxiproxy: &self.toxiproxy, phone: &self.phone, plant: None }
    }

    async fn run(&self, number: usize) -> Outcome {
        run::run(&self.ground(), &format!("run-{number}"), &Script::drawn(self.seed, number)).await
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let words = Words::parse();
    let phone = std::env::current_exe()?.with_file_name("fos-faults-phone");
    let toxiproxy = Toxiproxy::start(&words.toxiproxy).await?;
    let prepared = Prepared::make().await.context("preparing a member's phone")?;
    let yard = Arc::new(Yard { prepared, toxiproxy, phone, seed: words.seed });
    let mut tally = Tally::default();
    if let Some(only) = words.only {
        let outcome = yard.run(only).await;
        println!("{}", outcome.told.join("\n"));
        tell(words.seed, only, &outcome);
        println!("met: {:?}", outcome.hits);
        tally.count(&outcome);
        return Ok(verdict(&tally));
    }
    planted::caught(&yard.ground()).await?;
    println!("planted and caught: a portal that ignores the key, a send without outbox");
    let (room, mut runs) = (Arc::new(Semaphore::new(words.at_once)), JoinSet::new());
    for number in 0..words.runs {
        let (yard, room) = (Arc::clone(&yard), Arc::clone(&room));
        runs.spawn(async move {
            let _place = room.acquire_owned().await;
            (number, yard.run(number).await)
        });
    }
    while let Some(ended) = runs.join_next().await {
        let (number, outcome) = ended?;
        tell(words.seed, number, &outcome);
        tally.count(&outcome);
        if tally.runs().is_multiple_of(100) {
            println!("{} of {} runs", tally.runs(), words.runs);
        }
    }
    println!("{}", tally.print());
    Ok(verdict(&tally))
}

/// Says what is wrong with a run, its script, and how to have it again.
fn tell(seed: u64, number: usize, outcome: &Outcome) {
    if outcome.findings.is_empty() && outcome.broken.is_none() {
        return;
    }
    println!("run {number} of seed {seed} fails; again: cargo xtask faults --seed {seed} --only {number}");
    for step in &Script::drawn(seed, number).steps {
        println!("  {step:?}");
    }
    for finding in &outcome.findings {
        println!("  {finding}");
    }
    if let Some(why) = &outcome.broken {
        println!("  not brought to its end: {why}");
    }
}

fn verdict(tally: &Tally) -> ExitCode {
    if tally.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
