//! Reads Gradle's files, to compare them with the build here.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use regex::Regex;

use super::CompiledApp;

/// Settings in `app/build.gradle.kts` and versions in the catalogue.
pub(super) struct Gradle {
    app: String,
    catalogue: toml::Table,
}

impl Gradle {
    /// Reads both files in the folder `android`.
    pub(super) fn read(android: &Path) -> Result<Self> {
        let read =
            |file: &str| fs::read_to_string(android.join(file)).with_context(|| format!("reading {file}"));
        let catalogue = read("gradle/libs.versions.toml")?;
        let catalogue = toml::from_str(&catalogue).context("gradle/libs.versions.toml")?;
        Ok(Self { app: read("app/build.gradle.kts")?, catalogue })
    }

    /// Returns the value after `name =` in the app's file, without quotation marks.
    pub(super) fn app_setting(&self, name: &str) -> Option<&str> {
        let setting = Regex::new(&format!(r#"(?m)^\s*{name}\s*=\s*"?([^"\n]+)"#)).ok()?;
        Some(setting.captures(&self.app)?.get(1)?.as_str().trim_end())
    }

    /// Returns a version from the catalogue.
    pub(super) fn version(&self, name: &str) -> Result<&str> {
        let version = self.catalogue.get("versions").and_then(|versions| versions.get(name)?.as_str());
        version.with_context(|| format!("the catalogue has no version of {name}"))
    }
}

/// Checks that Gradle would accept every library. Gradle rejects libraries made for a newer Android SDK or plugin than
/// the app uses; Gradle itself does not run here.
pub(super) fn check_library_requirements(main: &CompiledApp) -> Result<()> {
    let gradle = Gradle::read(&main.paths.android)?;
    let compile_sdk = gradle.app_setting("compileSdk").context("no compileSdk")?;
    for aar in main.dependencies.shipped_aars() {
        let file = aar.join("META-INF/com/android/build/gradle/aar-metadata.properties");
        if !file.is_file() {
            continue;
        }
        let metadata = fs::read_to_string(&file)?;
        if let Some(reason) = rejection_reason(&metadata, compile_sdk, gradle.version("agp")?) {
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

/// Splits a version, of which an API level is one too: `semver` requires three numbers.
fn version_numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        android::{
            manifest_merge::APPLICATION_ID,
            native::ABIS,
            resources::{MIN_SDK, TARGET_SDK},
        },
        workspace,
    };

    #[test]
    fn a_library_for_a_newer_android_or_plugin_is_rejected() {
        let metadata = "aarFormatVersion=1.0\nminCompileSdk=35\nminAndroidGradlePluginVersion=8.6.0\n";
        let reason = |sdk, plugin| rejection_reason(metadata, sdk, plugin).unwrap_or_default();
        assert_eq!(reason("36", "8.13.2"), "");
        assert!(reason("34", "8.13.2").contains("minCompileSdk 35"));
        assert!(reason("36", "8.5.9").contains("8.6.0"));
    }

    #[test]
    fn gradle_builds_for_the_same_android_versions_abis_and_application() {
        let android = workspace::root().join("android");
        let gradle = Gradle::read(&android).unwrap();
        for (setting, value) in
            [("minSdk", MIN_SDK), ("targetSdk", TARGET_SDK), ("applicationId", APPLICATION_ID)]
        {
            assert_eq!(gradle.app_setting(setting), Some(value), "{setting}");
        }
        let abis = ABIS.map(|abi| format!("\"{}\"", abi.name)).join(", ");
        assert!(gradle.app.contains(&format!("abiFilters += listOf({abis})")), "{abis}");
        let pom = workspace::read("android/linux/pom.xml");
        for (artifact, release) in [
            ("android-all", "14-"),
            ("android-all-instrumented-14", "14-"),
            ("android-all-instrumented-16", "16-"),
        ] {
            assert!(pom.contains(&format!("<{artifact}>{release}")), "{artifact} is not Android {release}");
        }
    }

    #[test]
    fn a_value_is_found_by_its_name() {
        let gradle = Gradle {
            app: "    minSdk = 26\n    ndkVersion = \"27.0.1\"\n    ndk { }\n".into(),
            catalogue: toml::from_str("[versions]\nagp = \"8.13.2\"\n").unwrap(),
        };
        let settings = ["minSdk", "ndkVersion", "ndk"].map(|name| gradle.app_setting(name));
        assert_eq!(settings, [Some("26"), Some("27.0.1"), None]);
        assert_eq!(gradle.version("agp").unwrap(), "8.13.2");
        gradle.version("kotlin").unwrap_err();
    }
}
