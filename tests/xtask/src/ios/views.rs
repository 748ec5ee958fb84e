//! Type-checks the app's views in Swift 6 mode without Xcode: against the real core, the real `FosKit`, and
//! declarations of the Apple modules they use (`ios/checks`).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use xshell::{Cmd, cmd};

use crate::{
    android::cache::Cache, files::files, ios, process, progress::Progress, report::StepOutcome,
    workspace::Workspace,
};

/// Apple's modules, each after those that it imports.
const APPLE_MODULES: [&str; 5] = ["UIKit", "Accessibility", "SwiftUI", "QuickLook", "BackgroundTasks"];
/// Planted mistakes, each with the diagnostic that the compiler must report for it.
const PLANTED_MISTAKES: &str = "ios/checks/planted/Mistakes.swift";

/// Type-checks the views, and checks that the planted mistakes are reported.
pub(crate) fn check(workspace: &Workspace, progress: &Progress) -> Result<StepOutcome> {
    if process::find_on_path("swiftc").is_none() {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let generated = ios::generate(workspace, progress)?;
    let modules = modules(workspace, progress)?;
    let mut views = ios::app_sources(workspace)?;
    views.extend(files(&generated, ".swift")?);
    progress.step("the iPhone app's views");
    process::run_logged(workspace, "views", compiler(workspace, &modules, &views))?;
    views.push(workspace.root.join(PLANTED_MISTAKES));
    let verify = compiler(workspace, &modules, &views).args(["-Xfrontend", "-verify"]);
    process::run_logged(workspace, "planted mistakes", verify)
        .context("a planted mistake was not reported")?;
    Ok(StepOutcome::Passed)
}

/// Returns a compiler command with all checks of Swift 6, including actor isolation, which is checked after the types.
/// It writes no output.
fn compiler<'a>(workspace: &'a Workspace, modules: &Path, sources: &[PathBuf]) -> Cmd<'a> {
    let flags = ["-emit-sil", "-wmo", "-o", "/dev/null", "-warnings-as-errors"];
    swiftc(workspace, modules, "Fos", "6").args(flags).args(sources)
}

fn swiftc<'a>(workspace: &'a Workspace, modules: &Path, name: &str, version: &str) -> Cmd<'a> {
    cmd!(
        workspace.sh,
        "swiftc -parse-as-library -swift-version {version} -module-name {name} -I {modules} -I {FFI_HEADERS}"
    )
}

/// Folder of the core's C declarations, which its Swift source imports.
const FFI_HEADERS: &str = "bindings/swift/Sources/fos_coreFFI";

/// Compiles everything that the views import as modules.
fn modules(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let to = workspace.target().join("ios/modules");
    let [core, kit, checks, headers] =
        ["bindings/swift/Sources/FosCore", "ios/FosKit/Sources", "ios/checks", FFI_HEADERS]
            .map(|folder| workspace.root.join(folder));
    ensure!(!files(&core, ".swift")?.is_empty(), "no Swift bindings yet: cargo xtask bindings swift");
    let mut cache = Cache::new(&workspace.target().join("ios"), "modules");
    for folder in [&core, &kit, &checks, &headers] {
        cache.add_path(folder)?;
    }
    let module = |name: &str, version: &str, from: &Path| {
        let swiftc = swiftc(workspace, &to, name, version).arg("-emit-module").arg("-o");
        let swiftc = swiftc.arg(to.join(format!("{name}.swiftmodule"))).args(files(from, ".swift")?);
        process::run_logged(workspace, &format!("module {name}"), swiftc)
    };
    cache.run_if_stale(&[&to], || {
        progress.step("the views' modules");
        workspace.sh.create_dir(&to)?;
        module("FosCore", "6", &core)?;
        module("FosKit", "6", &kit)?;
        APPLE_MODULES.iter().try_for_each(|name| module(name, "5", &checks.join(name)))
    })?;
    Ok(to)
}
