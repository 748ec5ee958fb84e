//! `fos-faults --toxiproxy FILE --runs N --seed S [--only K]`: runs generated scripts under faults, and counts lost
//! and duplicated requests.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use clap::Parser;
use fos_faults::{
    environment::{AccountSnapshot, Programs},
    fault_script::Script,
    run::{self, Outcome, RunEnv},
    self_test,
    summary::Summary,
    toxiproxy::Toxiproxy,
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Proves that no request is lost and none is filed twice under faults
#[derive(Parser)]
struct Args {
    /// Path of the toxiproxy program
    #[arg(long)]
    toxiproxy: PathBuf,
    /// Number of runs
    #[arg(long, default_value_t = 50)]
    runs: usize,
    /// Seed of the generated scripts
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Run only this one, and print its log
    #[arg(long)]
    only: Option<usize>,
    /// Number of runs at the same time; they wait more than they compute
    #[arg(long, default_value_t = 4)]
    jobs: usize,
}

/// State shared by all runs.
struct Shared {
    snapshot: AccountSnapshot,
    toxiproxy: Toxiproxy,
    programs: Programs,
    seed: u64,
}

impl Shared {
    fn env(&self) -> RunEnv<'_> {
        RunEnv {
            snapshot: &self.snapshot,
            toxiproxy: &self.toxiproxy,
            programs: &self.programs,
            planted_fault: None,
        }
    }

    async fn run(&self, number: usize) -> Outcome {
        run::run(&self.env(), &format!("run-{number}"), &Script::generate(self.seed, number)).await
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let program = std::env::current_exe()?;
    let programs = Programs {
        phone: program.with_file_name("fos-faults-phone"),
        portal: program.with_file_name("fos-faults-portal"),
    };
    let toxiproxy = Toxiproxy::start(&args.toxiproxy).await?;
    let snapshot = AccountSnapshot::create().await.context("creating the account snapshot")?;
    let shared = Arc::new(Shared { snapshot, toxiproxy, programs, seed: args.seed });
    let mut summary = Summary::default();
    if let Some(only) = args.only {
        let outcome = shared.run(only).await;
        println!("{}", outcome.log.join("\n"));
        report_failure(args.seed, only, &outcome);
        println!("covered: {:?}", outcome.coverage);
        summary.count(&outcome);
        return Ok(exit_code(&summary));
    }
    self_test::check_judge(&shared.env()).await?;
    println!("judge checked: it finds a portal that ignores keys and a send without outbox");
    let (slots, mut runs) = (Arc::new(Semaphore::new(args.jobs)), JoinSet::new());
    for number in 0..args.runs {
        let (shared, slots) = (Arc::clone(&shared), Arc::clone(&slots));
        runs.spawn(async move {
            let _slot = slots.acquire_owned().await;
            (number, shared.run(number).await)
        });
    }
    while let Some(ended) = runs.join_next().await {
        let (number, outcome) = ended?;
        report_failure(args.seed, number, &outcome);
        summary.count(&outcome);
        if summary.runs().is_multiple_of(100) {
            println!("{} of {} runs", summary.runs(), args.runs);
        }
    }
    println!("{}", summary.render());
    Ok(exit_code(&summary))
}

/// Prints the findings of a failed run, its script, and the command to repeat it.
fn report_failure(seed: u64, number: usize, outcome: &Outcome) {
    if outcome.findings.is_empty() && outcome.error.is_none() {
        return;
    }
    println!("run {number} of seed {seed} fails; again: cargo xtask faults --seed {seed} --only {number}");
    for step in &Script::generate(seed, number).steps {
        println!("  {step:?}");
    }
    for finding in &outcome.findings {
        println!("  {finding}");
    }
    if let Some(error) = &outcome.error {
        println!("  not finished: {error}");
    }
}

fn exit_code(summary: &Summary) -> ExitCode {
    if summary.is_passing() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
