//! Checks that need a Swift toolchain on the `PATH`: the core from Swift, the iPhone's models, the journeys over them,
//! and the views.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    bindings::{self, Language},
    ios, journeys, process,
    progress::Progress,
    report::{Report, StepOutcome},
    workspace::Workspace,
};

/// Runs every Swift step.
pub(crate) fn steps(workspace: &Workspace, report: &mut Report, progress: &Progress) {
    report.step("the core from Swift", || {
        bindings::generate(workspace, Language::Swift, progress)?;
        test_package(workspace, "bindings/swift", "swift test")
    });
    report.step("the iPhone's models", || test_package(workspace, "ios/FosKit", "models"));
    report.step("journeys over the iPhone's models", || walk_journeys(workspace));
    report.step("the iPhone app's views", || ios::check(workspace, progress));
    report.step("Swift is formatted", || {
        if process::find_on_path("swift-format").is_none() {
            return Ok(StepOutcome::Skipped("no swift-format on the PATH".to_owned()));
        }
        let mut lint = Command::new("swift-format");
        lint.args(["lint", "--strict"]);
        for package in ["bindings/swift", "ios"] {
            lint.args(sources(&workspace.root.join(package))?);
        }
        process::run_logged(workspace, "swift-format", lint).map(|()| StepOutcome::Passed)
    });
}

/// Runs a package's tests against a portal.
fn test_package(workspace: &Workspace, package: &str, name: &str) -> Result<StepOutcome> {
    let Some(swift) = process::find_on_path("swift") else {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    };
    let (swift, library) = (swift.display().to_string(), library_folder(workspace)?);
    let (package, build_folder) = (workspace.root.join(package), build_folder(workspace, package));
    let (package, build_folder) = (package.display().to_string(), build_folder.display().to_string());
    let args = ["host", "--", &swift, "test", "--package-path", &package, "--scratch-path", &build_folder];
    let mut command = journeys::runner(workspace, args);
    command.env("FOS_LIBRARY", library);
    process::run_logged(workspace, name, command).map(|()| StepOutcome::Passed)
}

/// Walks every journey over the models, and a wrong journey that must fail.
fn walk_journeys(workspace: &Workspace) -> Result<StepOutcome> {
    if process::find_on_path("swift").is_none() {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let program = build_folder(workspace, "ios/FosKit").join("debug/fos-face-swift");
    let face =
        journeys::write_face_command(workspace, "swift", &Command::new(program))?.display().to_string();
    let args = ["walk", "--face", "swift", "--face-command", &face, "--jobs", "4"];
    process::run_logged(workspace, "journeys over the models", journeys::runner(workspace, args))?;
    let args = ["fault", "--face", "swift", "--face-command", &face];
    process::run_logged(workspace, "a wrong journey over the models", journeys::runner(workspace, args))?;
    Ok(StepOutcome::Passed)
}

/// Returns a package's build folder: `target/swift/FosKit`.
fn build_folder(workspace: &Workspace, package: &str) -> PathBuf {
    workspace.target().join("swift").join(Path::new(package).file_name().unwrap_or_default())
}

fn library_folder(workspace: &Workspace) -> Result<PathBuf> {
    workspace.library().parent().map(PathBuf::from).context("the library has no folder")
}

/// Returns the hand-written Swift sources; generated ones need no formatting.
fn sources(package: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    let mut folders = vec![package.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "Generated" && name != ".build" {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "swift") {
                sources.push(path);
            }
        }
    }
    if sources.is_empty() {
        bail!("no Swift source under {}", package.display());
    }
    Ok(sources)
}
