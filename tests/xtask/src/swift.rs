//! Checks that need a Swift toolchain on the `PATH`: the core from Swift, the iPhone's models, the journeys over them,
//! and the views.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use crate::{
    files::files,
    ios, journeys, process,
    progress::Progress,
    report::{Report, StepOutcome},
    test::Scope,
    workspace::Workspace,
};

/// Runs every Swift step.
pub(crate) fn steps(workspace: &Workspace, report: &Report, progress: &Progress, scope: Scope) {
    report.step("the core from Swift", || test_package(workspace, "bindings/swift", "swift test"));
    report.step("the iPhone's models", || test_package(workspace, "ios/FosKit", "models"));
    report.step("journeys over the iPhone's models", || walk_journeys(workspace));
    report.step("clumsy walks over the iPhone's models", || walk_clumsily(workspace, scope));
    report.step("the iPhone app's views", || ios::check(workspace, progress));
    report.step("Swift is formatted", || {
        if process::find_on_path("swift-format").is_none() {
            return Ok(StepOutcome::Skipped("no swift-format on the PATH".to_owned()));
        }
        let mut written = Vec::new();
        for package in ["bindings/swift", "ios"] {
            let sources = files(&workspace.root.join(package), ".swift")?;
            // Generated sources need no formatting.
            let is_written =
                |file: &PathBuf| !file.iter().any(|part| part == "Generated" || part == ".build");
            written.extend(sources.into_iter().filter(is_written));
            ensure!(!written.is_empty(), "no Swift source under {package}");
        }
        let lint = cmd!(workspace.sh, "swift-format lint --strict {written...}");
        process::run_logged(workspace, "swift-format", lint).map(|()| StepOutcome::Passed)
    });
}

/// Runs a package's tests against a portal.
fn test_package(workspace: &Workspace, package: &str, name: &str) -> Result<StepOutcome> {
    let Some(swift) = process::find_on_path("swift") else {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    };
    let mut test = journeys::runner(workspace, ["host", "--"]);
    test.arg(swift).args(["test", "--package-path"]).arg(workspace.root.join(package));
    test.arg("--scratch-path").arg(build_folder(workspace, package)?);
    test.env("FOS_LIBRARY", workspace.library().parent().context("the library has no folder")?);
    process::run_logged(workspace, name, test).map(|()| StepOutcome::Passed)
}

/// Walks every journey over the models, and a wrong journey that must fail.
fn walk_journeys(workspace: &Workspace) -> Result<StepOutcome> {
    if process::find_on_path("swift").is_none() {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let face = write_face_command(workspace)?;
    let args = ["walk", "--face", "swift", "--face-command", &face, "--jobs", "4"];
    process::run_logged(workspace, "journeys over the models", journeys::runner(workspace, args))?;
    let args = ["fault", "--face", "swift", "--face-command", &face];
    process::run_logged(workspace, "a wrong journey over the models", journeys::runner(workspace, args))?;
    Ok(StepOutcome::Passed)
}

fn walk_clumsily(workspace: &Workspace, scope: Scope) -> Result<StepOutcome> {
    if process::find_on_path("swift").is_none() {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let face = ["swift", "--face-command", &write_face_command(workspace)?];
    journeys::clumsy_walks(workspace, &face, 20, scope)
}

/// Writes the start command of the models' face to a file and returns its path.
fn write_face_command(workspace: &Workspace) -> Result<String> {
    let program = Command::new(build_folder(workspace, "ios/FosKit")?.join("debug/fos-face-swift"));
    Ok(journeys::write_face_command(workspace, "swift", &program)?.display().to_string())
}

/// Returns a package's build folder: `target/swift/FosKit`.
fn build_folder(workspace: &Workspace, package: &str) -> Result<PathBuf> {
    let name = package.rsplit('/').next().context("a package without a name")?;
    Ok(workspace.target().join("swift").join(name))
}
