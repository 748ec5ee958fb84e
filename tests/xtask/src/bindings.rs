//! `cargo xtask bindings kotlin|swift`: builds the library and generates the sources that call it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{android::cache::Cache, process, progress::Progress, workspace::Workspace};

/// A language with generated bindings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// For Android
    Kotlin,
    /// For iOS
    Swift,
}

/// Builds the library and, if it, the generator or its settings have changed, generates its sources for this language.
pub(crate) fn generate(workspace: &Workspace, language: Language, progress: &Progress) -> Result<()> {
    workspace.build(progress)?;
    generate_built(workspace, language, progress)
}

/// Builds the generator and returns its path. It has a profile of its own, so that it is built beside the other crates:
/// what it depends on takes the compiler two minutes.
pub(crate) fn build_generator(workspace: &Workspace) -> Result<PathBuf> {
    let build = workspace.cargo(["build", "--profile", "generator", "--package", "bindings-generate"]);
    process::run_logged(workspace, "generator", build)?;
    Ok(workspace.target().join("generator/bindings-generate"))
}

/// Does the same with a library that is built already.
pub(crate) fn generate_built(workspace: &Workspace, language: Language, progress: &Progress) -> Result<()> {
    let name = if language == Language::Kotlin { "kotlin" } else { "swift" };
    let (library, generator) = (workspace.library(), build_generator(workspace)?);
    let work = workspace.target().join("bindings").join(name);
    let outputs = outputs(workspace, language);
    let mut cache = Cache::new(&work, "sources");
    for input in [&library, &generator, &workspace.root.join("core/uniffi.toml")] {
        cache.add_path(input)?;
    }
    let written: Vec<_> = outputs.iter().map(|(_, destination)| destination.as_path()).collect();
    cache.run_if_stale(&written, || {
        progress.step(&format!("{name} sources of the core"));
        let generate = cmd!(workspace.sh, "{generator} {name} {library} core {work}");
        process::run_logged(workspace, &format!("bindings {name}"), generate)?;
        for (generated_name, destination) in &outputs {
            workspace.sh.create_dir(destination.parent().context("a generated file stands in a folder")?)?;
            workspace.sh.copy_file(work.join(generated_name), destination)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Returns the generated files and their destinations.
fn outputs(workspace: &Workspace, language: Language) -> Vec<(&'static str, PathBuf)> {
    let files: &[(&str, &str)] = match language {
        Language::Kotlin => &[("ma/fos/core/fos_core.kt", "kotlin/generated/ma/fos/core/fos_core.kt")],
        Language::Swift => &[
            ("FosCore.swift", "swift/Sources/FosCore/Generated/FosCore.swift"),
            ("fos_coreFFI.h", "swift/Sources/fos_coreFFI/include/fos_coreFFI.h"),
        ],
    };
    files.iter().map(|(name, path)| (*name, workspace.root.join("bindings").join(path))).collect()
}
