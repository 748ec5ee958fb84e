//! Build steps that run only when their inputs change: each step stores the hash of its inputs beside its outputs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::files::files;

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

    /// Adds several files or folders as inputs.
    pub(crate) fn add_paths(&mut self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<()> {
        paths.into_iter().try_for_each(|path| self.add_path(path.as_ref()))
    }

    /// Runs `make` unless the outputs were built from the same inputs. Returns the step's key, an input of the next
    /// step.
    pub(crate) fn run_if_stale(self, outputs: &[&Path], make: impl FnOnce() -> Result<()>) -> Result<String> {
        let key = hex::encode(self.hash.finalize());
        let is_current = fs::read_to_string(&self.stamp).is_ok_and(|found| found == key);
        if is_current && outputs.iter().all(|output| output.exists()) {
            return Ok(key);
        }
        // The stamp is deleted first: outputs of a failed step must not pass for complete ones.
        for output in [self.stamp.as_path()].iter().chain(outputs) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_runs_again_for_other_inputs_and_after_a_failure() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        // Input, failure, expected run.
        for (text, fails, runs) in [
            ("a", false, true),
            ("a", false, false),
            ("b", true, true),
            ("a", false, true),
            ("a", false, false),
        ] {
            let (mut cache, mut ran) = (Cache::new(folder.path(), "step"), false);
            cache.add_text(text);
            let result = cache.run_if_stale(&[&output], || {
                ran = true;
                fs::write(&output, text)?;
                anyhow::ensure!(!fails, "it fails");
                Ok(())
            });
            assert_eq!((result.is_err(), ran), (fails, runs));
            assert_eq!(fs::read_to_string(&output).unwrap(), text);
        }
    }
}
