//! Build steps that run only when their inputs change: each step stores the hash of its inputs beside its outputs.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Hash of a step's inputs, and the stamp file with the hash that its outputs were built from.
pub(crate) struct Cache {
    hash: Sha256,
    stamp: PathBuf,
}

impl Cache {
    /// Creates a step named `name` whose stamp is stored under `work`.
    pub(crate) fn new(work: &Path, name: &str) -> Self {
        Self { hash: Sha256::new(), stamp: work.join("stamps").join(name) }
    }

    /// Adds an input given as text: arguments, or the key of the previous step.
    pub(crate) fn add_text(&mut self, text: &str) {
        self.hash.update(text.len().to_le_bytes());
        self.hash.update(text);
    }

    /// Adds a file, or a folder with all its files, as input.
    pub(crate) fn add_path(&mut self, path: &Path) -> Result<()> {
        for file in files(path, "")? {
            let name = file.strip_prefix(path).unwrap_or(&file);
            self.add_text(&name.to_string_lossy());
            self.hash.update(fs::read(&file).with_context(|| format!("reading {}", file.display()))?);
        }
        Ok(())
    }

    /// Runs `make` unless the outputs were built from the same inputs. Returns the step's key, an input of the next
    /// step.
    pub(crate) fn run_if_stale(self, outputs: &[&Path], make: impl FnOnce() -> Result<()>) -> Result<String> {
        let key = self.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let is_current = fs::read_to_string(&self.stamp).is_ok_and(|found| found == key);
        if is_current && outputs.iter().all(|output| output.exists()) {
            return Ok(key);
        }
        // The stamp is deleted first: outputs of a failed step must not pass for complete ones.
        clear(&self.stamp)?;
        for output in outputs {
            clear(output)?;
        }
        make()?;
        if let Some(folder) = self.stamp.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.stamp, &key)?;
        Ok(key)
    }
}

/// Deletes the outputs of an earlier run, so that no stale file remains among new ones.
fn clear(output: &Path) -> Result<()> {
    if output.is_dir() {
        fs::remove_dir_all(output)?;
    } else if output.exists() {
        fs::remove_file(output)?;
    }
    Ok(())
}

/// Returns every file under `path` whose name ends in `ending`, sorted; `path` itself if it is a file.
pub(crate) fn files(path: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect_files(path, ending, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect_files(path: &Path, ending: &str, found: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            collect_files(&entry?.path(), ending, found)?;
        }
    } else if path.is_file() && path.to_string_lossy().ends_with(ending) {
        found.push(path.to_path_buf());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_runs_once_for_the_same_inputs_and_again_for_others() {
        let work = std::env::temp_dir().join(format!("fos-cache-{}", std::process::id()));
        let output = work.join("out");
        let mut runs = 0;
        for text in ["a", "a", "b"] {
            let mut cache = Cache::new(&work, "step");
            cache.add_text(text);
            cache
                .run_if_stale(&[&output], || {
                    runs += 1;
                    fs::create_dir_all(&work)?;
                    Ok(fs::write(&output, text)?)
                })
                .unwrap();
        }
        assert_eq!(runs, 2);
        fs::remove_dir_all(&work).unwrap();
    }

    #[test]
    fn outputs_of_a_failed_step_are_not_reused() {
        let work = std::env::temp_dir().join(format!("fos-cache-failed-{}", std::process::id()));
        let output = work.join("out");
        let step = |text: &str, fails: bool| {
            let mut cache = Cache::new(&work, "step");
            cache.add_text(text);
            cache.run_if_stale(&[&output], || {
                fs::create_dir_all(&work)?;
                fs::write(&output, text)?;
                anyhow::ensure!(!fails, "it fails");
                Ok(())
            })
        };
        step("a", false).unwrap();
        step("b", true).unwrap_err();
        step("a", false).unwrap();
        assert_eq!(fs::read_to_string(&output).unwrap(), "a");
        fs::remove_dir_all(&work).unwrap();
    }
}
