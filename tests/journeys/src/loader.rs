//! Loads journeys from their folder.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};

use crate::journey::{self, Journey};

const EXTENSION: &str = "journey";

/// Loads every journey, sorted by name.
///
/// # Errors
/// If a file cannot be read or parsed.
pub fn load_all() -> anyhow::Result<Vec<Journey>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory()).with_context(|| format!("reading {}", directory().display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == EXTENSION) {
            names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    names.iter().map(|name| load(name)).collect()
}

/// Loads the journey of this name.
///
/// # Errors
/// If it does not exist or cannot be parsed.
pub fn load(name: &str) -> anyhow::Result<Journey> {
    let Some(text) = read_text(name) else {
        bail!("there is no journey `{name}` in {}", directory().display());
    };
    Ok(journey::parse(name, &text, &read_text)?)
}

/// Returns a journey of one step that opens the app on a new phone.
///
/// # Errors
/// Never, as long as its source is valid.
pub fn new_phone() -> anyhow::Result<Journey> {
    let source =
        "title ar هاتف جديد\ntitle fr Un téléphone neuf\nphone ar-MA\nstep 1 يفتح التطبيق\nsee sign-in\n";
    Ok(journey::parse("new-phone", source, &|_| None)?)
}

fn read_text(name: &str) -> Option<String> {
    fs::read_to_string(directory().join(name).with_extension(EXTENSION)).ok()
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("journeys")
}
