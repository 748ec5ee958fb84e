//! `cargo xtask demo --walk`: watch a member go from nothing to a service.

use std::fs;

use anyhow::{Context, bail};

use crate::{
    house::House,
    journeys::{self, Face},
    progress::{Progress, say},
    setup,
};

/// The journey that is shown.
const SHOWN: &str = "first-access";

/// Sets everything up, then walks the first access through this face.
///
/// # Errors
/// When something is missing or does not build, or a step of the journey fails.
pub fn walk(house: &House, face: Face) -> anyhow::Result<()> {
    let progress = Progress::new();
    setup::rust(house, &progress)?;
    let pictures = house.target().join("demo");
    let mut words = vec!["walk".to_owned(), "--only".to_owned(), SHOWN.to_owned()];
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
            words.extend(["--pictures".to_owned(), pictures.display().to_string()]);
        }
    }
    let status = journeys::runner(house, words.iter().map(String::as_str))
        .status()
        .context("starting the journeys' runner")?;
    if !status.success() {
        bail!("the journey did not reach its end");
    }
    if face == Face::Android {
        say(&format!("The pictures are in {}.", house.short(&pictures).display()));
    }
    Ok(())
}
