//! `cargo xtask demo`: watch a member go from nothing to a service, then take the phone.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use crate::{
    house::House,
    journeys::{self, Face},
    progress::{Progress, say},
    setup,
};

/// The journeys that are shown: the first access of an active member in Arabic and of a retiree in French, and then the
/// second act, one request filed online and one offline.
const SHOWN: [&str; 3] = ["first-access", "retired-in-french", "two-requests"];

/// Sets everything up, then walks the demonstration's journeys through this face.
///
/// # Errors
/// When something is missing or does not build, or a step of a journey fails.
pub fn walk(house: &House, face: Face) -> anyhow::Result<()> {
    let words = prepare(house, face)?;
    for journey in SHOWN {
        let mut shown = journeys::runner(house, ["walk", "--only", journey]);
        shown.args(&words);
        if face == Face::Android {
            shown.arg("--pictures").arg(pictures(house).join(journey));
        }
        let status = shown.status().context("starting the journeys' runner")?;
        if !status.success() {
            bail!("the journey `{journey}` did not reach its end");
        }
    }
    if face == Face::Android {
        say(&format!("The pictures are in {}.", house.short(&pictures(house)).display()));
    }
    Ok(())
}

/// The same over Android; then the app lives on at a page on this machine, until the command is interrupted.
///
/// # Errors
/// When something is missing or does not build, or a step of a journey fails.
pub fn live(house: &House) -> anyhow::Result<()> {
    let words = prepare(house, Face::Android)?;
    let mut live = journeys::runner(house, ["live", "--pictures"]);
    live.arg(pictures(house)).args(&words);
    for journey in SHOWN {
        live.args(["--walk", journey]);
    }
    say(
        "After the journeys the phone is yours: open the address that is printed then. Ctrl-C ends everything.",
    );
    let status = live.status().context("starting the journeys' runner")?;
    if !status.success() {
        bail!("the demonstration broke off");
    }
    Ok(())
}

/// Builds what the face needs, and answers the words that tell the runner of it.
fn prepare(house: &House, face: Face) -> anyhow::Result<Vec<String>> {
    let progress = Progress::new();
    setup::rust(house, &progress)?;
    let mut words = vec!["--face".to_owned()];
    match face {
        Face::Core => {
            house.build(&progress)?;
            words.push("core".to_owned());
        }
        Face::Android => {
            let build = journeys::prepare_android(house, &progress)?;
            let command = journeys::write_face_command(house, &build)?;
            let pictures = pictures(house);
            if pictures.exists() {
                fs::remove_dir_all(&pictures).with_context(|| format!("emptying {}", pictures.display()))?;
            }
            words.extend(["android".to_owned(), "--face-command".to_owned(), command.display().to_string()]);
        }
    }
    Ok(words)
}

fn pictures(house: &House) -> PathBuf {
    house.target().join("demo")
}
