//! `cargo xtask bindings kotlin|swift`: builds the library and generates the sources that call it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::{process, progress::Progress, workspace::Workspace};

/// A language with generated bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Kotlin, for Android.
    Kotlin,
    /// Swift, for iOS.
    Swift,
}

impl Language {
    /// Parses a language's name.
    ///
    /// # Errors
    /// Returns an error if there are no bindings for it.
    pub fn parse(name: &str) -> anyhow::Result<Self> {
        match name {
            "kotlin" => Ok(Self::Kotlin),
            "swift" => Ok(Self::Swift),
            other => bail!("no bindings for `{other}`: kotlin or swift"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
        }
    }
}

/// Builds the library and, if it has changed, generates its sources for this language.
///
/// # Errors
/// Returns an error if the library does not build or the generator cannot read it.
pub fn generate(workspace: &Workspace, language: Language, progress: &Progress) -> anyhow::Result<()> {
    workspace.build(progress)?;
    let library = workspace.library();
    let input_hash = input_hash(workspace, &library)?;
    let work = workspace.target().join("bindings").join(language.name());
    let stamp = work.join("made-from");
    let outputs = outputs(workspace, language);
    let complete = outputs.iter().all(|(_, destination)| destination.exists());
    if complete && fs::read_to_string(&stamp).is_ok_and(|previous| previous == input_hash) {
        return Ok(());
    }
    progress.step(&format!("{} sources of the core", language.name()));
    fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let mut generator = Command::new(workspace.program("bindings-generate"));
    generator.arg(language.name()).arg(&library).arg(workspace.root.join("core")).arg(&work);
    process::run_logged(workspace, &format!("bindings {}", language.name()), generator)?;
    for (generated_name, destination) in outputs {
        let folder = destination.parent().context("a generated file stands in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        fs::copy(work.join(generated_name), &destination)
            .with_context(|| format!("writing {}", destination.display()))?;
    }
    fs::write(&stamp, input_hash).with_context(|| format!("writing {}", stamp.display()))
}

/// Returns the generated files and their destinations.
fn outputs(workspace: &Workspace, language: Language) -> Vec<(&'static str, PathBuf)> {
    let bindings = workspace.root.join("bindings");
    match language {
        Language::Kotlin => {
            vec![("ma/fos/core/fos_core.kt", bindings.join("kotlin/generated/ma/fos/core/fos_core.kt"))]
        }
        Language::Swift => {
            let sources = bindings.join("swift/Sources");
            vec![
                ("FosCore.swift", sources.join("FosCore/Generated/FosCore.swift")),
                ("fos_coreFFI.h", sources.join("fos_coreFFI/include/fos_coreFFI.h")),
            ]
        }
    }
}

/// Returns a hash over the library, the generator and its settings.
fn input_hash(workspace: &Workspace, library: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    for file in [library, &workspace.root.join("core/uniffi.toml"), &workspace.program("bindings-generate")] {
        hash.update(fs::read(file).with_context(|| format!("reading {}", file.display()))?);
    }
    Ok(hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))
}
