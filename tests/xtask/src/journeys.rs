//! Starts the journeys' runner for a face.

use std::{ffi::OsStr, path::PathBuf, process::Command};

use anyhow::Result;
use serde::Serialize;

use crate::{
    android::{self, AndroidBuild},
    bindings::{self, Language},
    process::{self, side_by_side},
    progress::Progress,
    report::StepOutcome,
    setup,
    test::Scope,
    workspace::Workspace,
};

/// Seed of the clumsy walks in `cargo xtask test`.
const CLUMSY_SEED: &str = "2026";

/// A face that `cargo xtask demo` can walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Face {
    /// The Android app, run by Robolectric
    Android,
    /// The core without a user interface
    Core,
}

/// Command that starts a face, in the format that `fos-journeys --face-command` reads.
#[derive(Serialize)]
struct FaceCommand {
    program: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    working_dir: Option<PathBuf>,
    reusable: bool,
}

/// Returns a command for the runner with these arguments.
pub(crate) fn runner<'a>(workspace: &Workspace, args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut runner = Command::new(workspace.program("fos-journeys"));
    runner.current_dir(&workspace.root).args(args);
    runner
}

/// Walks the journeys over a face as a clumsy member, and in the long checks ten times as often.
pub(crate) fn clumsy_walks(
    workspace: &Workspace,
    face: &[&str],
    walks: usize,
    scope: Scope,
) -> Result<StepOutcome> {
    let walks = if scope == Scope::Long { walks * 10 } else { walks }.to_string();
    let args = ["clumsy", "--walks", &walks, "--seed", CLUMSY_SEED, "--jobs", "4"];
    let name = format!("clumsy walks over {}", face[0]);
    let args = args.into_iter().chain(["--face"]).chain(face.iter().copied());
    process::run_logged(workspace, &name, runner(workspace, args))?;
    Ok(StepOutcome::Passed)
}

/// Installs and builds everything needed to walk journeys over Android.
pub(crate) fn prepare_android(workspace: &Workspace, progress: &Progress) -> Result<AndroidBuild> {
    setup::ensure(workspace, progress, &[setup::RUST, setup::ANDROID])?;
    let beside = workspace.clone();
    let (built, fetched) = side_by_side(
        || workspace.build_journeys(true, progress),
        move || bindings::build_generator(&beside).and_then(|_| android::fetch(&beside, progress)),
    );
    built.and(fetched)?;
    bindings::generate_built(workspace, Language::Kotlin, progress)?;
    android::build(workspace, progress)
}

/// Writes the start command of the Android face to a file and returns its path.
pub(crate) fn write_android_face_command(workspace: &Workspace, build: &AndroidBuild) -> Result<PathBuf> {
    write_command(workspace, "android", &build.face_command()?, true)
}

/// Writes a start command of the Android face that pays off over many starts, and returns the file's path.
pub(crate) fn write_fast_android_face_command(
    workspace: &Workspace,
    build: &AndroidBuild,
    progress: &Progress,
) -> Result<PathBuf> {
    write_command(workspace, "android-fast", &android::face::fast_command(build, progress)?, true)
}

/// Writes the start command of the face `name` to a file and returns its path.
pub(crate) fn write_face_command(workspace: &Workspace, name: &str, command: &Command) -> Result<PathBuf> {
    write_command(workspace, name, command, false)
}

fn write_command(workspace: &Workspace, name: &str, command: &Command, reusable: bool) -> Result<PathBuf> {
    let text = |word: &OsStr| word.to_string_lossy().into_owned();
    let face = FaceCommand {
        program: text(command.get_program()),
        arguments: command.get_args().map(text).collect(),
        environment: command
            .get_envs()
            .filter_map(|(name, value)| Some((text(name), text(value?))))
            .collect(),
        working_dir: command.get_current_dir().map(PathBuf::from),
        reusable,
    };
    let file = workspace.target().join(format!("xtask/{name}-face.json"));
    workspace.sh.write_file(&file, serde_json::to_vec(&face)?)?;
    Ok(file)
}
