//! `cargo xtask demo`: watch a member go from nothing to a service, then take the phone.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use crate::{
    journeys::{self, Face},
    progress::{Progress, print_line},
    setup,
    workspace::Workspace,
};

/// The journeys that are shown: the first access of an active member in Arabic and of a retiree in French, and then the
/// second act, one request filed online and one offline.
const JOURNEYS: [&str; 3] = ["first-access", "retired-in-french", "two-requests"];

/// Sets everything up, then walks the demonstration's journeys through this face.
///
/// # Errors
/// When something is missing or does not build, or a step of a journey fails.
pub fn walk(workspace: &Workspace, face: Face) -> anyhow::Result<()> {
    let args = prepare_face(workspace, face)?;
    for journey in JOURNEYS {
        let mut runner = journeys::runner(workspace, ["walk", "--only", journey]);
        runner.args(&args);
        if face == Face::Android {
            runner.arg("--pictures").arg(pictures_folder(workspace).join(journey));
        }
        let status = runner.status().context("starting the journeys' runner")?;
        if !status.success() {
            bail!("the journey `{journey}` did not reach its end");
        }
    }
    if face == Face::Android {
        print_line(&format!(
            "The pictures are in {}.",
            workspace.relative(&pictures_folder(workspace)).display()
        ));
    }
    Ok(())
}

/// The same over Android; then the app lives on at a page on this machine, until the command is interrupted.
///
/// # Errors
/// When something is missing or does not build, or a step of a journey fails.
pub fn live(workspace: &Workspace) -> anyhow::Result<()> {
    let args = prepare_face(workspace, Face::Android)?;
    let mut live = journeys::runner(workspace, ["live", "--pictures"]);
    live.arg(pictures_folder(workspace)).args(&args);
    for journey in JOURNEYS {
        live.args(["--walk", journey]);
    }
    print_line(
        "After the journeys the phone is yours: open the address that is printed then. Ctrl-C ends everything.",
    );
    let status = live.status().context("starting the journeys' runner")?;
    if !status.success() {
        bail!("the demonstration broke off");
    }
    Ok(())
}

/// Builds what the face needs, and answers the words that tell the runner of it.
fn prepare_face(workspace: &Workspace, face: Face) -> anyhow::Result<Vec<String>> {
    let progress = Progress::new();
    setup::rust(workspace, &progress)?;
    let mut args = vec!["--face".to_owned()];
    match face {
        Face::Core => {
            workspace.build(&progress)?;
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
