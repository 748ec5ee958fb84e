//! The folder in which the journeys stand.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use crate::journey::{self, Journey};

const ENDING: &str = "journey";

/// Every journey, in the order of their names.
///
/// # Errors
/// When one cannot be read.
pub fn all() -> anyhow::Result<Vec<Journey>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder()).with_context(|| format!("reading {}", folder().display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == ENDING) {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    names.iter().map(|name| named(name)).collect()
}

/// The journey of this name.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn named(name: &str) -> anyhow::Result<Journey> {
    let Some(found) = text(name) else {
        bail!("there is no journey `{name}` in {}", folder().display());
    };
    Ok(journey::read(name, &found, &text)?)
}

/// A journey that has hardly begun: a phone that nobody has used, at its first screen.
///
/// # Errors
/// Never, while the words of a journey are what they are.
pub fn new_phone() -> anyhow::Result<Journey> {
    let text =
        "title ar هاتف جديد\ntitle fr Un téléphone neuf\nphone ar-MA\nstep 1 يفتح التطبيق\nsee sign-in\n";
    Ok(journey::read("new-phone", text, &|_| None)?)
}

fn text(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(name).with_extension(ENDING)).ok()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("journeys")
}
