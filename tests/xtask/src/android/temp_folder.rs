//! Temporary folder of the JVMs: Robolectric alone unpacks 200 MB a run, and a killed JVM does not clean up.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::jvm_flag;

/// A folder for temporary files: empty when it is created, deleted when it is dropped.
#[derive(Debug)]
pub(super) struct TempFolder(PathBuf);

impl TempFolder {
    /// Creates the folder under `work`, after deleting the one of an earlier run.
    pub(super) fn create(work: &Path) -> Result<Self> {
        let folder = work.join("tmp");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(Self(folder))
    }

    /// Returns the JVM flag that selects this folder.
    pub(super) fn jvm_flag(&self) -> OsString {
        jvm_flag("-Djava.io.tmpdir", &self.0)
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("cannot delete {}: {error}", self.0.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_a_killed_jvm_are_deleted_on_creation_and_on_drop() {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path();
        let leftover = work.join("tmp/robolectric-nativeruntime-1");
        fs::create_dir_all(&leftover).unwrap();
        let temp_folder = TempFolder::create(work).unwrap();
        assert!(!leftover.exists() && work.join("tmp").is_dir());
        assert!(temp_folder.jvm_flag().to_string_lossy().ends_with("tmp"));
        fs::create_dir_all(&leftover).unwrap();
        drop(temp_folder);
        assert!(!work.join("tmp").exists());
    }
}
