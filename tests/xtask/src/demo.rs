//! `cargo xtask demo`: walks members from no account to their services, then serves the running app on a local page.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use crate::{
    journeys::{self, Face},
    progress::{Progress, print_line},
    setup,
    workspace::Workspace,
};

/// Journeys of the demonstration: first access of an active member in Arabic and of a retiree in French, then one
/// request filed online and one offline.
const JOURNEYS: [&str; 3] = ["first-access", "retired-in-french", "two-requests"];

/// Builds everything needed and walks the demonstration's journeys through this face.
///
/// # Errors
/// Returns an error if a tool is missing, something does not build, or a step of a journey fails.
pub fn walk(workspace: &Workspace, face: Face) -> anyhow::Result<()> {
    let args = prepare_face(workspace, face)?;
    let mut runner = journeys::runner(workspace, ["walk"]);
    runner.args(&args);
    for journey in JOURNEYS {
        runner.args(["--only", journey]);
    }
    if face == Face::Android {
        runner.arg("--pictures").arg(pictures_folder(workspace));
    }
    let status = runner.status().context("starting the journeys' runner")?;
    if !status.success() {
        bail!("a journey did not complete");
    }
    if face == Face::Android {
        print_line(&format!(
            "The pictures are in {}.",
            workspace.relative(&pictures_folder(workspace)).display()
        ));
    }
    Ok(())
}

/// Walks the journeys over Android, then keeps the app running on a local page until the command is interrupted.
///
/// # Errors
/// Returns an error if a tool is missing, something does not build, or a step of a journey fails.
pub fn live(workspace: &Workspace) -> anyhow::Result<()> {
    let args = prepare_face(workspace, Face::Android)?;
    let mut live = journeys::runner(workspace, ["live", "--pictures"]);
    live.arg(pictures_folder(workspace)).args(&args);
    for journey in JOURNEYS {
        live.args(["--walk", journey]);
    }
    print_line(
        "After the journeys you can use the app: open the address that is printed then. Ctrl-C stops everything.",
    );
    let status = live.status().context("starting the journeys' runner")?;
    if !status.success() {
        bail!("the demonstration failed");
    }
    Ok(())
}

/// Builds what the face needs and returns the runner's arguments for it.
fn prepare_face(workspace: &Workspace, face: Face) -> anyhow::Result<Vec<String>> {
    let progress = Progress::new();
    setup::ensure(workspace, &progress, &[setup::RUST])?;
    let mut args = vec!["--face".to_owned()];
    match face {
        Face::Core => {
            workspace.build_journeys(false, &progress)?;
            args.push("core".to_owned());
        }
        Face::Android => {
            let build = journeys::prepare_android(workspace, &progress)?;
            let command = journeys::write_android_face_command(workspace, &build)?;
            let pictures_folder = pictures_folder(workspace);
            if pictures_folder.exists() {
                fs::remove_dir_all(&pictures_folder)
                    .with_context(|| format!("emptying {}", pictures_folder.display()))?;
            }
            args.extend(["android".to_owned(), "--face-command".to_owned(), command.display().to_string()]);
        }
    }
    Ok(args)
}

fn pictures_folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("demo")
}
