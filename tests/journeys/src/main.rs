//! `fos-journeys`: walks a face through the members' journeys.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use fos_journeys::{
    face::{FaceCommand, Launcher},
    journey::{self, Journey},
    live::Live,
    shelf,
    walk::{Standing, Walking, walk, walk_and_stay},
    world::World,
};
use futures_util::stream::{self, StreamExt};

#[derive(Parser)]
#[command(about = "Walks a face through the members' journeys")]
struct Words {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The journeys' names and titles.
    List,
    /// Walks the journeys.
    Walk {
        #[command(flatten)]
        face: FaceWords,
        /// Only the journey of this name.
        #[arg(long)]
        only: Option<String>,
        /// The folder that takes a picture a step.
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// How many journeys are walked at the same time; each is printed when it has ended.
        #[arg(long, default_value_t = 1)]
        at_once: usize,
    },
    /// Walks the journeys, then serves a page on loopback where the app lives on as the last one left it.
    Live {
        #[command(flatten)]
        face: FaceWords,
        /// A journey to walk first; as often as needed. Without one the phone is new.
        #[arg(long = "walk")]
        walk: Vec<String>,
        /// The folder that takes a picture a step.
        #[arg(long)]
        pictures: Option<PathBuf>,
        /// The page's port; a free one for 0.
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Walks a journey with a wrong line, and fails unless the face is caught at it.
    Fault {
        #[command(flatten)]
        face: FaceWords,
    },
    /// Runs a program beside a portal: `FOS_PORTAL` is its address, and each letter's text arrives in `FOS_MAIL_DIR`.
    Host {
        /// The program and its words.
        #[arg(last = true, required = true)]
        program: Vec<String>,
    },
}

#[derive(clap::Args)]
struct FaceWords {
    /// The face that is walked.
    #[arg(long)]
    face: FaceName,
    /// The file that says how this face is started (see `FaceCommand`).
    #[arg(long)]
    face_command: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FaceName {
    Core,
    Android,
    Swift,
}

impl FaceWords {
    fn launcher(&self) -> anyhow::Result<FaceCommand> {
        match (&self.face_command, self.face) {
            (Some(file), _) => FaceCommand::read(file),
            (None, FaceName::Core) => core_face(),
            (None, FaceName::Android) => {
                bail!("the Android face needs --face-command: cargo xtask demo has it")
            }
            (None, FaceName::Swift) => bail!("the Swift face needs --face-command (ios/README.md)"),
        }
    }

    /// How long a screen may take to show what a journey wants.
    fn patience(&self) -> Duration {
        Duration::from_secs(if self.face == FaceName::Android { 60 } else { 20 })
    }
}

/// The core's face stands beside this program.
fn core_face() -> anyhow::Result<FaceCommand> {
    let own = std::env::current_exe().context("where this program stands")?;
    let program = own.with_file_name("fos-face-core").display().to_string();
    Ok(FaceCommand { program, arguments: Vec::new(), surroundings: Vec::new(), folder: None })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Words::parse().command).await {
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
            for journey in shelf::all()? {
                println!("{}\n    {}\n    {}", journey.name, journey.arabic, journey.french);
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Walk { face, only, pictures, at_once } => {
            let journeys = match only {
                Some(name) => vec![shelf::named(&name)?],
                None => shelf::all()?,
            };
            walk_all(&face, &journeys, pictures, at_once).await
        }
        Command::Live { face, walk, pictures, port } => live(&face, &walk, pictures, port).await,
        Command::Fault { face } => fault(&face).await,
        Command::Host { program } => host(&program).await,
    }
}

async fn walk_all(
    face: &FaceWords,
    journeys: &[Journey],
    pictures: Option<PathBuf>,
    at_once: usize,
) -> anyhow::Result<ExitCode> {
    let launcher = face.launcher()?;
    let pictures = pictures.map(std::path::absolute).transpose()?;
    let how = walking(&launcher, face.patience(), pictures);
    let mut walks = stream::iter(journeys)
        .map(|journey| walk_one(journey, &how, at_once > 1))
        .buffer_unordered(at_once.max(1));
    let mut failed = 0;
    while let Some(well) = walks.next().await {
        failed += usize::from(!well);
    }
    println!("{} of {} journeys walked to their end", journeys.len() - failed, journeys.len());
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether it reached its end. Beside others, its lines are kept together until then.
async fn walk_one(journey: &Journey, how: &Walking<'_>, beside_others: bool) -> bool {
    let lines = Mutex::new(Vec::new());
    let keep = |line: &str| lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
    let say = if beside_others { &keep as &(dyn Fn(&str) + Sync) } else { how.say };
    let outcome = walk(journey, &Walking { pictures: how.pictures.clone(), say, ..*how }).await;
    if let Err(failure) = &outcome {
        say(&failure.to_string());
    }
    for line in lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        (how.say)(line);
    }
    outcome.is_ok()
}

fn walking(launcher: &dyn Launcher, patience: Duration, pictures: Option<PathBuf>) -> Walking<'_> {
    Walking { launcher, patience, pictures, say: &|line| println!("{line}") }
}

/// Walks, serves the page, and ends everything when it is interrupted.
async fn live(
    face: &FaceWords,
    walks: &[String],
    pictures: Option<PathBuf>,
    port: u16,
) -> anyhow::Result<ExitCode> {
    let launcher = face.launcher()?;
    let pictures = pictures.map(std::path::absolute).transpose()?;
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let walked = tokio::select! {
        walked = walk_to_the_last(&launcher, face.patience(), walks, pictures) => walked?,
        // What was begun ends with what began it.
        end = &mut interrupted => return end.map(|()| ExitCode::SUCCESS).context("waiting for the end"),
    };
    let Some(standing) = walked else { return Ok(ExitCode::FAILURE) };
    let page = Live::open(standing, Arc::new(launcher), port).await?;
    println!("{}", page.address());
    let end = interrupted.await;
    page.end().await;
    end.map(|()| ExitCode::SUCCESS).context("waiting for the end")
}

/// Walks all of them and stays at the last one's end; nothing when one fails.
async fn walk_to_the_last(
    launcher: &dyn Launcher,
    patience: Duration,
    walks: &[String],
    pictures: Option<PathBuf>,
) -> anyhow::Result<Option<Standing>> {
    let mut journeys = walks.iter().map(|name| shelf::named(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let last = match journeys.pop() {
        Some(last) => last,
        None => shelf::new_phone()?,
    };
    let how = |journey: &Journey| {
        walking(launcher, patience, pictures.as_ref().map(|folder| folder.join(&journey.name)))
    };
    for journey in &journeys {
        if !walk_one(journey, &how(journey), false).await {
            return Ok(None);
        }
    }
    let stays = walk_and_stay(&last, &how(&last)).await;
    Ok(stays.map_err(|failure| println!("{failure}")).ok())
}

/// The planted fault of every face: a journey that asks for a button that is not there, and for a text nobody wrote.
async fn fault(face: &FaceWords) -> anyhow::Result<ExitCode> {
    let launcher = face.launcher()?;
    // A text that never comes is waited for to the end.
    let how = walking(&launcher, Duration::from_secs(5), None);
    for wrong in ["tap no-such-button", "read «نص لا يوجد»"] {
        let text =
            format!("title ar خطأ مقصود\ntitle fr Faute voulue\nstep 1 يفتح التطبيق\nsee sign-in\n{wrong}\n");
        let journey = journey::read("planted-fault", &text, &|_| None)?;
        match walk(&journey, &how).await {
            Ok(()) => bail!("the face was not caught at: {wrong}"),
            Err(failure) if failure.at == 5 => println!("caught, as it should be: {wrong}"),
            Err(failure) => bail!("the face failed too early:\n{failure}"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn host(program: &[String]) -> anyhow::Result<ExitCode> {
    let (name, words) = program.split_first().context("a program to run")?;
    let world = World::begin(false, &[]).await?;
    let mails = world.folder().join("mail");
    fs::create_dir_all(&mails)?;
    let mut child = tokio::process::Command::new(name)
        .args(words)
        .env("FOS_PORTAL", world.portal())
        .env("FOS_CONFIG_KEY", world.config_key())
        .env("FOS_MAIL_DIR", &mails)
        .env("FOS_DATA", world.folder().join("phone"))
        .spawn()
        .with_context(|| format!("starting {name}"))?;
    let mut arrived = 0;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            mail = world.next_mail() => {
                // None within its deadline is no fault here: a program may well take longer than that to ask.
                let Ok(mail) = mail else { continue };
                arrived += 1;
                drop_into(&mails, arrived, &mail.text)?;
            }
        }
    };
    world.end().await;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whole or not at all: the program beside may be looking.
fn drop_into(mails: &Path, number: usize, text: &str) -> anyhow::Result<()> {
    let unfinished = mails.join(format!("{number:04}.part"));
    fs::write(&unfinished, text)?;
    fs::rename(&unfinished, mails.join(format!("{number:04}.txt"))).context("delivering a mail")
}
