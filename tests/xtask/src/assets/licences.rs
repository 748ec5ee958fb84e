//! Licences of all third-party software in the app: crates as cargo reports them, Android libraries as Maven fetched
//! them, fonts and symbols. They are written to one file that the app shows.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use cargo_metadata::{MetadataCommand, Package};
use serde::Serialize;

use crate::{files::files, process, workspace::Workspace};

/// Content of the file: each component refers to its texts by their index in `texts`.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Licences {
    parts: Vec<Component>,
    texts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Component {
    name: String,
    version: String,
    /// SPDX expression.
    licence: String,
    texts: Vec<usize>,
}

/// Licences of Maven's libraries by the start of their group. Other groups are used by tests only.
const LICENCES_BY_GROUP: [(&str, &str); 6] = [
    ("androidx.", "Apache-2.0"),
    ("com.google.guava.listenablefuture", "Apache-2.0"),
    ("org.jetbrains.", "Apache-2.0"),
    ("org.jspecify.", "Apache-2.0"),
    ("net.java.dev.jna.", "LGPL-2.1-or-later OR Apache-2.0"),
    ("javax.inject.", "Apache-2.0"),
];
const TEST_GROUP: &str = "androidx.test.";
/// Beginnings of the names of licence texts.
const TEXTS: [&str; 3] = ["LICEN", "COPYING", "UNLICENSE"];

/// Returns the licence of a library by its file name; `None` if only tests use it and it is not shipped.
pub(crate) fn licence_for(file: &str) -> Option<&'static str> {
    let (_, licence) = LICENCES_BY_GROUP.iter().find(|(group, _)| file.starts_with(group))?;
    (!file.starts_with(TEST_GROUP)).then_some(*licence)
}

impl Licences {
    /// Adds every crate that is linked into the library for this target.
    pub(crate) fn add_crates(&mut self, workspace: &Workspace, target: &str) -> Result<()> {
        let mut metadata = MetadataCommand::new();
        metadata.current_dir(&workspace.root);
        let options = ["--locked", "--filter-platform", target].map(str::to_owned);
        let metadata = metadata.other_options(options).exec()?;
        // Without build scripts, macros and test dependencies.
        let mut tree = workspace.cargo(["tree", "--locked", "--package", "fos-bindings", "--target", target]);
        tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
        let tree = process::output(tree)?;
        let is_linked = |package: &Package| {
            let line = format!("{} v{}", package.name, package.version);
            tree.lines().any(|linked| linked.trim_end_matches(" (*)") == line)
        };
        // The app's own licence stays in the repository: its crates have no source.
        let packages = metadata.packages.iter();
        for package in packages.filter(|package| package.source.is_some() && is_linked(package)) {
            let (name, version) = (&package.name, package.version.to_string());
            let licence =
                package.license.as_deref().with_context(|| format!("{name} {version} names no licence"))?;
            let folder = package.manifest_path.parent().context("a manifest in no folder")?;
            let mut texts = licence_texts(folder.as_std_path())?;
            if texts.is_empty() {
                // The package contains no licence text: refer to its repository.
                texts.extend(package.repository.clone());
            }
            self.add(name, &version, &licence.replace(" / ", " OR ").replace('/', " OR "), texts);
        }
        Ok(())
    }

    /// Adds the libraries that Maven fetched into this folder.
    pub(super) fn add_libraries(&mut self, folder: &Path, apache: &Path) -> Result<()> {
        let apache = read(apache)?;
        for path in files(folder, "")? {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let Some(licence) = licence_for(&file) else { continue };
            let (name, version) =
                name_and_version(&file).with_context(|| format!("{file} has no version"))?;
            self.add(name, version, licence, vec![apache.clone()]);
        }
        Ok(())
    }

    /// Adds a component with its licence texts; equal texts are stored once.
    pub(super) fn add(&mut self, name: &str, version: &str, licence: &str, texts: Vec<String>) {
        let mut index = |text: String| {
            self.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
                self.texts.push(text);
                self.texts.len() - 1
            })
        };
        let texts = texts.into_iter().filter(|text| !text.is_empty()).map(&mut index).collect();
        let [name, version, licence] = [name, version, licence].map(str::to_owned);
        self.parts.push(Component { name, version, licence, texts });
    }
}

fn licence_texts(folder: &Path) -> Result<Vec<String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && TEXTS.iter().any(|begins| name.starts_with(begins)) {
            texts.insert(name, read(&path)?);
        }
    }
    Ok(texts.into_values().collect())
}

/// Reads a licence text.
pub(super) fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// `androidx.core.core-1.17.0.aar` → `androidx.core.core`, `1.17.0`.
fn name_and_version(file: &str) -> Option<(&str, &str)> {
    let stem = file.strip_suffix(".jar").or_else(|| file.strip_suffix(".aar"))?;
    let starts_version =
        |(at, _): &(usize, &str)| stem[at + 1..].starts_with(|first: char| first.is_ascii_digit());
    let (at, _) = stem.match_indices('-').find(starts_version)?;
    Some((&stem[..at], &stem[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_crates_are_listed_and_build_dependencies_are_not() {
        let mut licences = Licences::default();
        licences.add_crates(&Workspace::locate().unwrap(), "aarch64-linux-android").unwrap();
        let named = |name: &str| licences.parts.iter().any(|component| component.name == name);
        assert!(["rusqlite", "rustls", "ring"].into_iter().all(named));
        assert!(!["serde_derive", "proptest", "fos-core"].into_iter().any(named));
        let without_text = licences.parts.iter().find(|component| component.texts.is_empty());
        assert!(without_text.is_none(), "neither text nor address: {without_text:?}");
    }

    #[test]
    fn name_and_version_are_parsed_from_a_file_name() {
        let parsed = name_and_version("androidx.lifecycle.lifecycle-common-jvm-2.9.4.jar").unwrap();
        assert_eq!(parsed, ("androidx.lifecycle.lifecycle-common-jvm", "2.9.4"));
    }
}
