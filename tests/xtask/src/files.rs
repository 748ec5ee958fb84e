//! Files below a folder.

use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::WalkDir;

/// Returns every file under `path` whose path ends in `ending`, sorted; `path` itself if it is a file, nothing if it
/// does not exist.
pub(crate) fn files(path: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).into_iter().filter(|_| path.exists()) {
        let file = entry?.into_path();
        if file.is_file() && file.to_string_lossy().ends_with(ending) {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}
