//! Starts the journeys' runner with the face that was asked for.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, bail};
use serde::Serialize;

use crate::{
    android::{self, AndroidBuild},
    bindings::{self, Language},
    house::House,
    progress::Progress,
    setup,
};

/// A face that the runner can walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The real Android app under Robolectric.
    Android,
    /// The core without a screen.
    Core,
}

impl Face {
    /// The face of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn named(name: &str) -> anyhow::Result<Self> {
        match name {
            "android" => Ok(Self::Android),
            "core" => Ok(Self::Core),
            other => bail!("no face is called `{other}`: android or core"),
        }
    }
}

/// How the runner starts a face: read by `fos-journeys --face-command`.
#[derive(Serialize)]
struct FaceCommand {
    program: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    working_dir: Option<PathBuf>,
}

/// The runner, with these words.
pub fn runner<'a>(house: &House, words: impl IntoIterator<Item = &'a str>) -> Command {
    let mut runner = Command::new(house.program("fos-journeys"));
    runner.current_dir(&house.root).args(words);
    runner
}

/// Everything that Android needs to be walked, and the words that tell the runner how.
///
/// # Errors
/// When something is missing or does not build.
pub fn prepare_android(house: &House, progress: &Progress) -> anyhow::Result<AndroidBuild> {
    setup::android(house, progress)?;
    bindings::generate(house, Language::Kotlin, progress)?;
    android::build(house, progress)
}

/// Writes down how the Android face is started.
///
/// # Errors
/// When the file cannot be written.
pub fn write_face_command(house: &House, build: &AndroidBuild) -> anyhow::Result<PathBuf> {
    write_face(house, "android", &build.face_command())
}

/// Writes down how the face of this name is started.
///
/// # Errors
/// When the file cannot be written.
pub fn write_face(house: &House, name: &str, command: &Command) -> anyhow::Result<PathBuf> {
    let text = |word: &std::ffi::OsStr| word.to_string_lossy().into_owned();
    let face = FaceCommand {
        program: text(command.get_program()),
        arguments: command.get_args().map(text).collect(),
        environment: command
            .get_envs()
            .filter_map(|(name, value)| Some((text(name), text(value?))))
            .collect(),
        working_dir: command.get_current_dir().map(PathBuf::from),
    };
    let file = house.target().join(format!("xtask/{name}-face.json"));
    fs::create_dir_all(file.parent().unwrap_or(&house.root))?;
    fs::write(&file, serde_json::to_vec(&face)?).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}
