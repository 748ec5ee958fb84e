//! Nothing is made twice: each step keeps the hash of what went into it beside what came out.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The hash of one step's inputs, and the stamp that says for which inputs its outputs stand.
pub(crate) struct Cache {
    hash: Sha256,
    stamp: PathBuf,
}

impl Cache {
    /// A step named `name` whose stamp lives under `work`.
    pub(crate) fn new(work: &Path, name: &str) -> Self {
        Self { hash: Sha256::new(), stamp: work.join("stamps").join(name) }
    }

    /// An input that is words: arguments, or the key of the step before.
    pub(crate) fn add_text(&mut self, text: &str) {
        self.hash.update(text.len().to_le_bytes());
        self.hash.update(text);
    }

    /// An input that is a file, or a folder with all that is in it.
    pub(crate) fn add_path(&mut self, path: &Path) -> Result<()> {
        for file in files(path, "")? {
            let name = file.strip_prefix(path).unwrap_or(&file);
            self.add_text(&name.to_string_lossy());
            self.hash.update(fs::read(&file).with_context(|| format!("reading {}", file.display()))?);
        }
        Ok(())
    }

    /// Runs `make` unless the outputs stand for these very inputs. Answers the step's key, an input of the next.
    pub(crate) fn run_if_stale(self, outputs: &[&Path], make: impl FnOnce() -> Result<()>) -> Result<String> {
        let key = self.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let is_current = fs::read_to_string(&self.stamp).is_ok_and(|found| found == key);
        if is_current && outputs.iter().all(|output| output.exists()) {
            return Ok(key);
        }
        // The stamp goes first: what a failed step leaves behind must not be taken for what it should have made.
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

/// Takes away what an earlier run left, so that nothing stale is found among the new.
fn clear(output: &Path) -> Result<()> {
    if output.is_dir() {
        fs::remove_dir_all(output)?;
    } else if output.exists() {
        fs::remove_file(output)?;
    }
    Ok(())
}

/// Every file under `path` whose name ends in `ending`, sorted, `path` itself when it is a file.
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
    fn what_a_failed_step_left_is_not_taken_for_its_work() {
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
