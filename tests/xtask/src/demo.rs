//! `cargo xtask demo`: walks members from no account to their services, then serves the running app on a local page.

use std::{ffi::OsString, path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{
    journeys::{self, Face},
    progress::{Progress, print_line},
    recording, setup,
    workspace::Workspace,
};

/// Journeys of the demonstration: first access of an active member in Arabic and of a retiree in French, then one
/// request filed online and one offline.
const JOURNEYS: [&str; 3] = ["first-access", "retired-in-french", "two-requests"];

/// Builds everything needed and walks the demonstration's journeys through this face. With `record`, writes the README's moving
/// picture of the first.
pub(crate) fn walk(workspace: &Workspace, face: Face, record: bool) -> Result<()> {
    let args = prepare_face(workspace, face)?;
    let mut runner = journeys::runner(workspace, ["walk"]);
    runner.args(&args).args(JOURNEYS.iter().flat_map(|journey| ["--only", journey]));
    let pictures = pictures_folder(workspace);
    if face == Face::Android {
        runner.arg("--pictures").arg(&pictures);
    }
    run(runner)?;
    if face == Face::Android {
        print_line(&format!("The pictures are in {}.", workspace.relative(&pictures).display()));
        if record {
            let recording = recording::write(workspace, &pictures)?;
            print_line(&format!("{} is written.", workspace.relative(&recording).display()));
        }
    }
    Ok(())
}

/// Walks the journeys over Android, then keeps the app running on a local page until the command is interrupted.
pub(crate) fn live(workspace: &Workspace) -> Result<()> {
    let args = prepare_face(workspace, Face::Android)?;
    let mut live = journeys::runner(workspace, ["live", "--pictures"]);
    live.arg(pictures_folder(workspace)).args(&args);
    live.args(JOURNEYS.iter().flat_map(|journey| ["--walk", journey]));
    print_line(
        "After the journeys you can use the app: open the address that is printed then. Ctrl-C stops everything.",
    );
    run(live)
}

fn run(mut runner: Command) -> Result<()> {
    let status = runner.status().context("starting the journeys' runner")?;
    ensure!(status.success(), "a journey or the page did not complete");
    Ok(())
}

/// Builds what the face needs and returns the runner's arguments for it.
fn prepare_face(workspace: &Workspace, face: Face) -> Result<Vec<OsString>> {
    let progress = Progress::new();
    setup::ensure(workspace, &progress, &[setup::RUST])?;
    if face == Face::Core {
        workspace.build_journeys(false, &progress)?;
        return Ok(["--face", "core"].map(OsString::from).to_vec());
    }
    let build = journeys::prepare_android(workspace, &progress)?;
    let command = journeys::write_android_face_command(workspace, &build)?;
    workspace.sh.remove_path(pictures_folder(workspace))?;
    Ok(["--face".into(), "android".into(), "--face-command".into(), command.into()].to_vec())
}

fn pictures_folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("demo")
}
