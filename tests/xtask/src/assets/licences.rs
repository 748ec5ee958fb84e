//! Licences of all third-party software in the app: crates as cargo reports them, Android libraries as Maven fetched
//! them, fonts and symbols. They are written to one file that the app shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde_json::Value;

use crate::workspace::Workspace;

/// Content of the file: each component refers to its texts by their index in `texts`.
#[derive(Debug, Default, Serialize)]
pub(super) struct Licences {
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

/// Returns the licence of a library by its file name; `None` if only tests use it and it is not shipped.
pub(crate) fn licence_for(file: &str) -> Option<&'static str> {
    let (_, licence) = LICENCES_BY_GROUP.iter().find(|(group, _)| file.starts_with(group))?;
    (!file.starts_with(TEST_GROUP)).then_some(*licence)
}

impl Licences {
    /// Adds every crate that is linked into the library for this target.
    pub(super) fn add_crates(&mut self, workspace: &Workspace, target: &str) -> Result<()> {
        let mut command = workspace.cargo(["metadata", "--format-version", "1", "--locked"]);
        command.args(["--filter-platform", target]);
        let metadata = command.output().context("starting cargo metadata")?;
        ensure!(metadata.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&metadata.stderr));
        let metadata: Value = serde_json::from_slice(&metadata.stdout).context("cargo metadata")?;
        for package in linked_packages(&metadata)? {
            let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
            let (name, version) = (text("name"), text("version"));
            let licence = text("license").replace(" / ", " OR ").replace('/', " OR ");
            ensure!(!licence.is_empty(), "{name} {version} names no licence");
            let folder = PathBuf::from(text("manifest_path"));
            let mut texts = licence_texts(folder.parent().context("a manifest in no folder")?)?;
            if texts.is_empty() {
                // The package contains no licence text: refer to its repository.
                texts.push(text("repository"));
            }
            self.add(name, version, licence, texts);
        }
        Ok(())
    }

    /// Adds the libraries that Maven fetched into this folder.
    pub(super) fn add_libraries(&mut self, folder: &Path, apache: &Path) -> Result<()> {
        let apache = read(apache)?;
        let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
        let names: BTreeSet<String> = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        for file in names {
            let Some(licence) = licence_for(&file) else { continue };
            let Some((name, version)) = name_and_version(&file) else {
                bail!("{file} has no version");
            };
            self.add(name, version, licence.to_owned(), vec![apache.clone()]);
        }
        Ok(())
    }

    /// Adds a package that contains its own licence text.
    pub(super) fn add_package(
        &mut self,
        name: &str,
        version: &str,
        licence: &str,
        text: &Path,
    ) -> Result<()> {
        self.add(name.to_owned(), version.to_owned(), licence.to_owned(), vec![read(text)?]);
        Ok(())
    }

    fn add(&mut self, name: String, version: String, licence: String, texts: Vec<String>) {
        let texts =
            texts.into_iter().filter(|text| !text.is_empty()).map(|text| self.text_index(text)).collect();
        self.parts.push(Component { name, version, licence, texts });
    }

    /// Returns the index of a text; equal texts are stored once.
    fn text_index(&mut self, text: String) -> usize {
        if let Some(at) = self.texts.iter().position(|known| *known == text) {
            return at;
        }
        self.texts.push(text);
        self.texts.len() - 1
    }
}

/// Returns the packages that `fos-bindings` links, without build scripts, macros and test dependencies.
fn linked_packages(metadata: &Value) -> Result<Vec<&Value>> {
    let list = |value: &'_ Value, what: &str| -> Result<Vec<Value>> {
        value.as_array().cloned().with_context(|| format!("cargo metadata has no {what}"))
    };
    let packages = metadata["packages"].as_array().context("cargo metadata has no packages")?;
    let packages_by_id: BTreeMap<&str, &Value> =
        packages.iter().filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let dependencies: BTreeMap<String, Vec<String>> = list(&metadata["resolve"]["nodes"], "nodes")?
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?.to_owned(), linked_dependencies(node))))
        .collect();
    let mut queue: Vec<String> = packages
        .iter()
        .filter(|package| package["name"] == "fos-bindings")
        .filter_map(|package| Some(package["id"].as_str()?.to_owned()))
        .collect();
    let mut visited = BTreeSet::new();
    while let Some(id) = queue.pop() {
        if packages_by_id.get(id.as_str()).is_some_and(|package| !is_macro(package))
            && visited.insert(id.clone())
        {
            queue.extend(dependencies.get(&id).into_iter().flatten().cloned());
        }
    }
    let mut linked_packages: Vec<&Value> = visited
        .iter()
        .filter_map(|id| packages_by_id.get(id.as_str()).copied())
        // The app's own licence stays in the repository.
        .filter(|package| package["source"].is_string())
        .collect();
    linked_packages.sort_by_key(|package| (package["name"].as_str(), package["version"].as_str()));
    Ok(linked_packages)
}

fn linked_dependencies(node: &Value) -> Vec<String> {
    let normal = |dependency: &&Value| {
        dependency["dep_kinds"]
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let dependencies = node["deps"].as_array().into_iter().flatten().filter(normal);
    dependencies.filter_map(|dependency| Some(dependency["pkg"].as_str()?.to_owned())).collect()
}

fn is_macro(package: &Value) -> bool {
    let kinds = package["targets"].as_array().into_iter().flatten();
    kinds.flat_map(|target| target["kind"].as_array().into_iter().flatten()).any(|kind| kind == "proc-macro")
}

fn licence_texts(folder: &Path) -> Result<Vec<String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && ["LICEN", "COPYING", "UNLICENSE"].iter().any(|begins| name.starts_with(begins)) {
            texts.insert(name, read(&path)?);
        }
    }
    Ok(texts.into_values().collect())
}

fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// `androidx.core.core-1.17.0.aar` → `androidx.core.core`, `1.17.0`.
fn name_and_version(file: &str) -> Option<(String, String)> {
    let stem = file.strip_suffix(".jar").or_else(|| file.strip_suffix(".aar"))?;
    let at = stem
        .match_indices('-')
        .map(|(at, _)| at)
        .find(|at| stem[at + 1..].starts_with(|first: char| first.is_ascii_digit()))?;
    Some((stem[..at].to_owned(), stem[at + 1..].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_crates_are_listed_and_build_dependencies_are_not() {
        let mut licences = Licences::default();
        licences.add_crates(&Workspace::locate(), "aarch64-linux-android").unwrap();
        let named = |name: &str| licences.parts.iter().any(|component| component.name == name);
        assert!(named("rusqlite") && named("rustls") && named("ring"));
        assert!(!named("serde_derive") && !named("proptest") && !named("fos-core"));
        assert!(
            licences.parts.iter().all(|component| !component.texts.is_empty()),
            "each has a text or an address"
        );
    }

    #[test]
    fn name_and_version_are_parsed_from_a_file_name() {
        let parsed = name_and_version("androidx.lifecycle.lifecycle-common-jvm-2.9.4.jar").unwrap();
        assert_eq!(parsed, ("androidx.lifecycle.lifecycle-common-jvm".to_owned(), "2.9.4".to_owned()));
    }
}
