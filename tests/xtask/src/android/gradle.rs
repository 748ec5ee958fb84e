//! Reads Gradle's files, to compare them with the build here.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::CompiledApp;

/// Settings in `app/build.gradle.kts` and versions in the catalogue.
pub(super) struct Gradle {
    app_setting: String,
    catalogue: String,
}

impl Gradle {
    /// Reads both files in the folder `android`.
    pub(super) fn read(android: &Path) -> Result<Self> {
        let read = |file: &str| {
            let path = android.join(file);
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
        };
        Ok(Self { app_setting: read("app/build.gradle.kts")?, catalogue: read("gradle/libs.versions.toml")? })
    }

    /// Returns the value after `name =` in the app's file, without quotation marks.
    pub(super) fn app_setting(&self, name: &str) -> Option<&str> {
        let value = |line: &'_ str| -> Option<usize> {
            line.trim_start().strip_prefix(name)?.trim_start().strip_prefix('=').map(str::len)
        };
        let line = self.app_setting.lines().find(|line| value(line).is_some())?;
        Some(line[line.len() - value(line)?..].trim().trim_matches('"'))
    }

    /// Returns a version from the catalogue.
    pub(super) fn version(&self, name: &str) -> Result<String> {
        let catalogue: toml::Table = toml::from_str(&self.catalogue).context("gradle/libs.versions.toml")?;
        let version = catalogue.get("versions").and_then(|versions| versions.get(name)?.as_str());
        Ok(version.with_context(|| format!("the catalogue has no version of {name}"))?.to_owned())
    }
}

/// Checks that Gradle would accept every library. Gradle rejects libraries made for a newer Android SDK or plugin than
/// the app uses; Gradle itself does not run here.
pub(super) fn check_library_requirements(main: &CompiledApp) -> Result<()> {
    let gradle = Gradle::read(&main.paths.android)?;
    let (compile_sdk, plugin_version) =
        (gradle.app_setting("compileSdk").context("no compileSdk")?.to_owned(), gradle.version("agp")?);
    for aar in main.dependencies.shipped_aars() {
        let file = aar.join("META-INF/com/android/build/gradle/aar-metadata.properties");
        if !file.is_file() {
            continue;
        }
        if let Some(reason) = rejection_reason(&fs::read_to_string(&file)?, &compile_sdk, &plugin_version) {
            bail!("{}: {reason}", aar.file_name().unwrap_or_default().display());
        }
    }
    Ok(())
}

/// Returns the reason why Gradle would reject a library with this metadata.
fn rejection_reason(metadata: &str, compile_sdk: &str, plugin_version: &str) -> Option<String> {
    [("minCompileSdk", compile_sdk), ("minAndroidGradlePluginVersion", plugin_version)].into_iter().find_map(
        |(name, available)| {
            let required = metadata.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            (version_numbers(required) > version_numbers(available))
                .then(|| format!("it requires {name} {required}, but the app has {available}"))
        },
    )
}

fn version_numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_for_a_newer_android_or_plugin_is_rejected() {
        let metadata = "aarFormatVersion=1.0\nminCompileSdk=35\nminAndroidGradlePluginVersion=8.6.0\n";
        assert_eq!(rejection_reason(metadata, "36", "8.13.2"), None);
        assert!(rejection_reason(metadata, "34", "8.13.2").unwrap().contains("minCompileSdk 35"));
        assert!(rejection_reason(metadata, "36", "8.5.9").unwrap().contains("8.6.0"));
    }

    #[test]
    fn a_value_is_found_by_its_name() {
        let gradle = Gradle {
            app_setting: "    minSdk = 26\n    ndkVersion = \"27.0.1\"\n    ndk { }\n".into(),
            catalogue: "[versions]\nagp = \"8.13.2\"\n".into(),
        };
        assert_eq!(gradle.app_setting("minSdk"), Some("26"));
        assert_eq!(gradle.app_setting("ndkVersion"), Some("27.0.1"));
        assert_eq!(gradle.app_setting("ndk"), None);
        assert_eq!(gradle.version("agp").unwrap(), "8.13.2");
        gradle.version("kotlin").unwrap_err();
    }
}
