//! `fos-journeys`: runs the member journeys over a face.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use fos_journeys::{
    clumsy::{self, WalkOptions},
    face::{FaceCommand, Launcher},
    host, isolation,
    journey::{self, Journey},
    live::LivePage,
    loader,
    logs::LogFolder,
    runner::{Failure, FinishedRun, RunOptions, run_journey, run_journey_and_keep_open},
    workers::WorkerPool,
};
use futures_util::stream::{self, StreamExt};
use tracing::level_filters::LevelFilter;

#[derive(Parser)]
#[command(about = "Runs the member journeys over a face")]
struct Cli {
    /// Finest level of the portal's log: off, error, warn, info, debug or trace
    #[arg(long, global = true, env = "FOS_LOG", default_value = "info", value_name = "LEVEL")]
    log: LevelFilter,
    /// Folder that keeps the logs: portal.log and core.log
    #[arg(long, global = true, value_name = "FOLDER")]
    log_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the name and titles of every journey
    List,
    /// Runs the journeys
    Walk {
        #[command(flatten)]
        face: FaceArgs,
        /// Run only the journey of this name; may be repeated, also with the same name
        #[arg(long)]
        only: Vec<String>,
        /// Folder that receives a picture of each step
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// Number of journeys run at the same time; with more than one, each is printed when it has ended
        #[arg(long, default_value_t = 1)]
        jobs: usize,
        /// Run them in a random order, whose seed is printed
        #[arg(long)]
        shuffle: bool,
        /// Seed of an order to repeat
        #[arg(long, requires = "shuffle")]
        seed: Option<u64>,
    },
    /// Runs the journeys, then serves the app on a loopback page in the state the last one left it
    Live {
        #[command(flatten)]
        face: FaceArgs,
        /// Journey to run first; may be repeated. Without any, the phone is new
        #[arg(long = "walk")]
        walk: Vec<String>,
        /// Folder that receives a picture of each step
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// Port of the page; 0 picks a free one
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Runs two journeys with a wrong line each, and fails unless the face fails at that line
    Fault {
        #[command(flatten)]
        face: FaceArgs,
    },
    /// Runs journeys twice in one process of a reusable face, and fails unless each launch starts like the first
    Isolation {
        #[command(flatten)]
        face: FaceArgs,
    },
    /// Walks journeys as a clumsy member: double taps, wrong keys, ways back, lost processes, at random steps
    Clumsy {
        #[command(flatten)]
        face: FaceArgs,
        /// Walk only the journey of this name; may be repeated
        #[arg(long)]
        only: Vec<String>,
        /// Number of walks
        #[arg(long, default_value_t = 200)]
        walks: u64,
        /// Seed of the first walk; each further walk has the next one
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Number of walks at the same time
        #[arg(long, default_value_t = 1)]
        jobs: usize,
        /// Plant faults in the core instead, and fail unless a walk finds each
        #[arg(long)]
        planted: bool,
    },
    /// Runs a program beside a portal: `FOS_PORTAL` is its URL, and the text of each mail arrives in `FOS_MAIL_DIR`
    Host {
        /// Program and its arguments
        #[arg(last = true, required = true)]
        program: Vec<String>,
    },
}

#[derive(clap::Args)]
struct FaceArgs {
    /// Face to run the journeys over
    #[arg(long)]
    face: FaceName,
    /// JSON file with the command that launches this face (see `FaceCommand`)
    #[arg(long)]
    face_command: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FaceName {
    Core,
    Android,
    Swift,
}

impl FaceArgs {
    fn command(&self) -> anyhow::Result<FaceCommand> {
        match (&self.face_command, self.face) {
            (Some(file), _) => FaceCommand::read(file),
            (None, FaceName::Core) => core_face(),
            (None, FaceName::Android) => {
                bail!("the Android face needs --face-command: cargo xtask demo has it")
            }
            (None, FaceName::Swift) => bail!("the Swift face needs --face-command (ios/README.md)"),
        }
    }

    /// Returns the longest time for a screen to show an expected state.
    fn timeout(&self) -> Duration {
        Duration::from_secs(if self.face == FaceName::Android { 60 } else { 20 })
    }
}

/// Returns the command of the core's face, which is built beside this program.
fn core_face() -> anyhow::Result<FaceCommand> {
    let executable = std::env::current_exe().context("locating this program")?;
    let program = executable.with_file_name("fos-face-core").display().to_string();
    Ok(FaceCommand {
        program,
        arguments: Vec::new(),
        environment: Vec::new(),
        working_dir: None,
        reusable: false,
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    let Cli { log, log_dir, command } = Cli::parse();
    // Kept to the end: the processes of faces append to its files.
    let folder = LogFolder::start(log_dir.as_deref(), log).context("starting the logs");
    let outcome = match &folder {
        Ok(_) => run(command).await,
        Err(error) => Err(anyhow::anyhow!("{error:#}")),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List => {
            for journey in loader::load_all()? {
                println!("{}\n    {}\n    {}", journey.name, journey.title_ar, journey.title_fr);
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Walk { face, only, pictures, jobs, shuffle, seed } => {
            let mut journeys = load_all_or(&only)?;
            if shuffle {
                let seed = seed.unwrap_or_else(|| fastrand::u64(..));
                println!("in the order of --shuffle --seed {seed}");
                fastrand::Rng::with_seed(seed).shuffle(&mut journeys);
            }
            run_all(&face, &journeys, pictures, jobs).await
        }
        Command::Live { face, walk, pictures, port } => live(&face, &walk, pictures, port).await,
        Command::Fault { face } => fault(&face).await,
        Command::Isolation { face } => {
            let pool = WorkerPool::new(face.command()?, 0);
            isolation::check(&pool, face.timeout(), &|line| println!("{line}")).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Clumsy { face, seed, planted: true, .. } => {
            clumsy::find_planted_faults(&face.command()?, face.timeout(), seed).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Clumsy { face, only, walks: count, seed, jobs, .. } => {
            let walks = WalkOptions { count, seed, jobs };
            let passed =
                clumsy::walk_all(face.command()?, face.timeout(), load_all_or(&only)?, walks).await?;
            Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Host { program } => host::run(&program).await,
    }
}

/// Loads the journeys of these names, or all if there are none.
fn load_all_or(names: &[String]) -> anyhow::Result<Vec<Journey>> {
    if names.is_empty() { loader::load_all() } else { load_each(names) }
}

fn load_each(names: &[String]) -> anyhow::Result<Vec<Journey>> {
    names.iter().map(|name| loader::load(name)).collect()
}

/// Returns how often these journeys kill the face.
fn count_kills(journeys: &[Journey]) -> usize {
    journeys.iter().map(Journey::kills).sum()
}

async fn run_all(
    face: &FaceArgs,
    journeys: &[Journey],
    pictures: Option<PathBuf>,
    jobs: usize,
) -> anyhow::Result<ExitCode> {
    let launcher = WorkerPool::new(face.command()?, count_kills(journeys));
    let pictures = pictures.map(std::path::absolute).transpose()?;
    let options = run_options(&launcher, face.timeout(), pictures);
    let mut runs = stream::iter(journeys)
        .map(|journey| run_one(journey, &options, jobs > 1))
        .buffer_unordered(jobs.max(1));
    let mut failures = Vec::new();
    while let Some(outcome) = runs.next().await {
        failures.extend(outcome.err());
    }
    // Once more at the end, where a log that is cut keeps them.
    for failure in &failures {
        println!("✗ {failure}");
    }
    println!(
        "{} of {} journeys passed; the face started {} times, in {} processes",
        journeys.len() - failures.len(),
        journeys.len(),
        launcher.launched(),
        launcher.started()
    );
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs a journey. With `buffered` its lines are printed together at the end.
async fn run_one(journey: &Journey, options: &RunOptions<'_>, buffered: bool) -> Result<(), Box<Failure>> {
    let lines = Mutex::new(Vec::new());
    let buffer = |line: &str| lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
    let print = if buffered { &buffer as &(dyn Fn(&str) + Sync) } else { options.print };
    let outcome =
        run_journey(journey, &RunOptions { pictures: options.pictures.clone(), print, ..*options }).await;
    if let Err(failure) = &outcome {
        print(&failure.to_string());
    }
    for line in lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        (options.print)(line);
    }
    outcome
}

fn run_options(launcher: &dyn Launcher, timeout: Duration, pictures: Option<PathBuf>) -> RunOptions<'_> {
    RunOptions { launcher, timeout, pictures, print: &|line| println!("{line}") }
}

/// Runs the journeys, serves the page, and stops everything on Ctrl-C.
async fn live(
    face: &FaceArgs,
    names: &[String],
    pictures: Option<PathBuf>,
    port: u16,
) -> anyhow::Result<ExitCode> {
    let mut journeys = load_each(names)?;
    let last = match journeys.pop() {
        Some(last) => last,
        None => loader::new_phone()?,
    };
    let launcher = Arc::new(WorkerPool::new(face.command()?, count_kills(&journeys) + last.kills()));
    let pictures = pictures.map(std::path::absolute).transpose()?;
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let finished = tokio::select! {
        finished = run_all_and_keep_last(&*launcher, face.timeout(), &journeys, &last, pictures) => finished,
        // Everything already started stops when it is dropped.
        signal = &mut interrupted => return signal.map(|()| ExitCode::SUCCESS).context("waiting for Ctrl-C"),
    };
    let Some(finished) = finished else { return Ok(ExitCode::FAILURE) };
    let page = LivePage::start(finished, launcher, port).await?;
    println!("{}", page.url());
    let signal = interrupted.await;
    page.stop().await;
    signal.map(|()| ExitCode::SUCCESS).context("waiting for Ctrl-C")
}

/// Runs all journeys and keeps the last one open; `None` if one fails.
async fn run_all_and_keep_last(
    launcher: &dyn Launcher,
    timeout: Duration,
    journeys: &[Journey],
    last: &Journey,
    pictures: Option<PathBuf>,
) -> Option<FinishedRun> {
    let options = |journey: &Journey| {
        run_options(launcher, timeout, pictures.as_ref().map(|folder| folder.join(&journey.name)))
    };
    for journey in journeys {
        if run_one(journey, &options(journey), false).await.is_err() {
            return None;
        }
    }
    let finished = run_journey_and_keep_open(last, &options(last)).await;
    finished.map_err(|failure| println!("{failure}")).ok()
}

/// Self-test of a face: a tap on an absent button, an expectation of an absent text, and a log with a member's number must
/// all fail.
async fn fault(face: &FaceArgs) -> anyhow::Result<ExitCode> {
    let launcher = WorkerPool::new(face.command()?, 0);
    // An absent text is waited for until the timeout.
    let options = run_options(&launcher, Duration::from_secs(5), None);
    for wrong in ["tap no-such-button", "read «نص لا يوجد»"] {
        let text =
            format!("title ar خطأ مقصود\ntitle fr Faute voulue\nstep 1 يفتح التطبيق\nsee sign-in\n{wrong}\n");
        let journey = journey::parse("planted-fault", &text, &|_| None)?;
        match run_journey(&journey, &options).await {
            Ok(()) => bail!("the face was not caught at: {wrong}"),
            Err(failure) if failure.line == 5 => println!("caught, as expected: {wrong}"),
            Err(failure) => bail!("the face failed too early:\n{failure}"),
        }
    }
    log_fault(&options).await?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a payroll number into the face's log during a journey, which must fail; so must a face without a log.
async fn log_fault(options: &RunOptions<'_>) -> anyhow::Result<()> {
    let text = "title ar خطأ مقصود\ntitle fr Faute voulue\nstep 1 يؤكد أنه ليس روبوتًا\n\
                see sign-in\ntap captcha\nholds captcha «true»\n";
    let journey = journey::parse("planted-fault", text, &|_| None)?;
    let finished = match run_journey_and_keep_open(&journey, options).await {
        Ok(finished) => finished,
        Err(failure) => bail!("the face failed too early:\n{failure}"),
    };
    let search = finished.environment.completed_log_search()?;
    search.check_not_empty()?;
    let mut log = fs::File::options().append(true).open(search.folder().core_log())?;
    writeln!(log, "2026-11-24T09:00:00Z INFO  planted: ppr=0123456")?;
    match finished.stop_and_search_logs(&journey).await {
        Ok(()) => bail!("a payroll number in the core's log was not found"),
        Err(failure) if failure.to_string().contains("payroll number") => {
            println!("caught, as expected: a payroll number in the core's log");
            Ok(())
        }
        Err(failure) => bail!("the face failed too early:\n{failure}"),
    }
}
