//! Shrinks the app's code for a release with the R8 version and rules of Gradle's Android plugin.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use xshell::cmd;

use super::{
    CompiledApp, Paths, cache::Cache, java, manifest_merge::LinkedResources, maven::ReleaseTools,
    resources::MIN_SDK,
};
use crate::{process, progress::Progress};

/// JDK modules that Android has too: a missing class must be reported here as on a phone.
const JDK_MODULES: &str = "java.base,java.logging,java.prefs,java.sql,java.xml";

/// R8 and the inputs of every run.
pub(super) struct R8<'a> {
    tools: &'a ReleaseTools,
    jdk: PathBuf,
    annotations: &'a Path,
    paths: &'a Paths,
}

impl<'a> R8<'a> {
    /// Builds the JDK image that R8 links against.
    pub(super) fn new(main: &'a CompiledApp, tools: &'a ReleaseTools, progress: &Progress) -> Result<Self> {
        let paths = &main.paths;
        let jdk = paths.work.join("release/jdk");
        let mut cache = Cache::new(&paths.work, "release-jdk");
        cache.add_text(JDK_MODULES);
        cache.run_if_stale(&[&jdk], || {
            progress.step("what Android has of the JDK");
            paths.sh.create_dir(paths.work.join("release"))?;
            process::run(cmd!(paths.sh, "jlink --add-modules {JDK_MODULES} --output {jdk}"))
        })?;
        let annotations =
            main.dependencies.tools.iter().find(|jar| jar.to_string_lossy().contains("/annotations-"));
        Ok(Self { tools, jdk, annotations: annotations.context("the POM names no annotations")?, paths })
    }

    /// Returns the cache key of R8 itself.
    pub(super) fn key(&self) -> &str {
        &self.tools.key
    }

    /// Shrinks `inputs` under `rules`. Missing classes and all other warnings are errors.
    pub(super) fn shrink(
        &self,
        flags: &[OsString],
        rules: &[PathBuf],
        inputs: &[PathBuf],
        to: &Path,
    ) -> Result<()> {
        // Most allocations are short-lived: a large young generation halves the collections.
        let mut r8 = java(&["-Xmx2g", "-Xmn800m", "-cp"]);
        r8.arg(&self.tools.r8).args(["com.android.tools.r8.R8", "--release"]);
        r8.args(flags).arg("--lib").arg(&self.jdk).arg("--classpath").arg(self.annotations);
        for file in rules {
            r8.arg("--pg-conf").arg(file);
        }
        let out = r8.arg("--output").arg(to).args(inputs).output().context("starting java")?;
        let stderr = String::from_utf8_lossy(&out.stderr);
        ensure!(out.status.success(), "R8 failed\n{}", without_stack_trace(&stderr));
        let warnings: Vec<&str> = stderr.lines().filter(|line| is_warning(line)).collect();
        ensure!(warnings.is_empty(), "R8 warns:\n{}", warnings.join("\n"));
        Ok(())
    }

    /// Packs a folder of classes as a jar for R8.
    pub(super) fn jar(&self, classes: &Path, name: &str) -> Result<PathBuf> {
        let jar = self.paths.sh.create_dir(self.paths.work.join("release/jars"))?.join(format!("{name}.jar"));
        process::run(cmd!(self.paths.sh, "jar --create --no-manifest --file {jar} -C {classes} ."))?;
        Ok(jar)
    }
}

/// Drops R8's own stack trace, which says nothing about the app.
fn without_stack_trace(stderr: &str) -> &str {
    stderr.split("\nCompilation failed").next().unwrap_or(stderr)
}

/// Returns true for warnings, except for files of the same name in several libraries, such as licences.
fn is_warning(line: &str) -> bool {
    line.starts_with("Warning") && !line.starts_with("Warning: Resource '")
}

/// Shrinks the whole app. Returns a zip of `classes.dex` and the libraries' other files.
pub(super) fn shrink(
    main: &CompiledApp,
    linked: &LinkedResources,
    r8: &R8<'_>,
    progress: &Progress,
) -> Result<PathBuf> {
    let home = main.paths.work.join("release/code");
    let code = home.join("code.zip");
    let app_rules = rules(main);
    let mut cache = Cache::new(&main.paths.work, "release-code");
    for key in [&main.key, &linked.key, r8.key()] {
        cache.add_text(key);
    }
    cache.add_path(&app_rules)?;
    cache.run_if_stale(&[&home], || {
        progress.step("the app, shrunk");
        main.paths.sh.create_dir(&home)?;
        let mut inputs = vec![
            r8.jar(&main.app, "app")?,
            r8.jar(&main.core, "bindings")?,
            r8.jar(&main.resources.classes, "resources")?,
        ];
        inputs.extend(main.dependencies.shipped().into_iter().map(Path::to_path_buf));
        let mut rules = vec![linked.rules.clone(), app_rules.clone()];
        let library_rules = main.dependencies.shipped_aars().map(|aar| aar.join("proguard.txt"));
        rules.extend(library_rules.filter(|file| file.is_file()));
        let flags = [
            "--min-api".into(),
            MIN_SDK.into(),
            "--lib".into(),
            main.dependencies.android.clone().into_os_string(),
            "--pg-map-output".into(),
            home.join("mapping.txt").into_os_string(),
        ];
        r8.shrink(&flags, &rules, &inputs, &code)
    })?;
    Ok(code)
}

/// Returns the path of the app's own rules, which Gradle reads too.
pub(super) fn rules(main: &CompiledApp) -> PathBuf {
    main.paths.android.join("app/proguard-rules.pro")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_classes_are_reported_without_the_stack_trace_and_duplicate_licence_files_are_not() {
        assert!(is_warning("Warning in app.jar: Missing class a.B"));
        assert!(!is_warning("Warning: Resource 'META-INF/LICENSE' already exists."));
        assert!(!is_warning("Info in rules.pro: a rule matches nothing"));
        let stderr = "Error: Missing class a.B\nCompilation failed\n\tat c.D";
        assert_eq!(without_stack_trace(stderr), "Error: Missing class a.B");
    }
}
