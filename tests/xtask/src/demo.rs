//! `cargo xtask demo --walk`: watch a member go from nothing to a service.

use std::fs;

use anyhow::{Context, bail};

use crate::{
    house::House,
    journeys::{self, Face},
    progress::{Progress, say},
    setup,
};

/// The journeys that are shown: an active member in Arabic, a retiree in French.
const SHOWN: [&str; 2] = ["first-access", "retired-in-french"];

/// Sets everything up, then walks both first accesses through this face.
///
/// # Errors
/// When something is missing or does not build, or a step of a journey fails.
pub fn walk(house: &House, face: Face) -> anyhow::Result<()> {
    let progress = Progress::new();
    setup::rust(house, &progress)?;
    let pictures = house.target().join("demo");
    let mut words = vec!["walk".to_owned()];
    match face {
        Face::Core => {
            house.build(&progress)?;
            words.extend(["--face".to_owned(), "core".to_owned()]);
        }
        Face::Android => {
            let build = journeys::prepare_android(house, &progress)?;
            let command = journeys::write_face_command(house, &build)?;
            if pictures.exists() {
                fs::remove_dir_all(&pictures).with_context(|| format!("emptying {}", pictures.display()))?;
            }
            words.extend(["--face".to_owned(), "android".to_owned()]);
            words.extend(["--face-command".to_owned(), command.display().to_string()]);
        }
    }
    for journey in SHOWN {
        let mut shown = journeys::runner(house, words.iter().map(String::as_str));
        shown.args(["--only", journey]);
        if face == Face::Android {
            shown.arg("--pictures").arg(pictures.join(journey));
        }
        let status = shown.status().context("starting the journeys' runner")?;
        if !status.success() {
            bail!("the journey `{journey}` did not reach its end");
        }
    }
    if face == Face::Android {
        say(&format!("The pictures are in {}.", house.short(&pictures).display()));
    }
    Ok(())
}
