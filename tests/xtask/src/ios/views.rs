//! Type-checks the app's views in Swift 6 mode without Xcode: against the real core, the real `FosKit`, and
//! declarations of the Apple modules they use (`ios/checks`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    android::cache::{Cache, files},
    ios, process,
    progress::Progress,
    report::StepOutcome,
    workspace::Workspace,
};

/// Apple's modules, each after those that it imports.
const APPLE_MODULES: [&str; 5] = ["UIKit", "Accessibility", "SwiftUI", "QuickLook", "BackgroundTasks"];
/// Planted mistakes, one a line, and the diagnostic that the compiler must report for each.
const PLANTED_MISTAKES: [(&str, &str); 6] = [
    ("struct A: View { var body: some View { Text(\"\").fonts(.body) } }", "has no member 'fonts'"),
    (
        "struct B: View { var body: some View { Chip(chip: \"open\") } }",
        "cannot convert value of type 'String'",
    ),
    (
        "struct C: View { let model: ServicesModel; var body: some View { Text(model.catalogue) } }",
        "has no member 'catalogue'",
    ),
    (
        "struct D: View { let model: GateModel; var body: some View { Button(\"\") { model.send(.open) } } }",
        "has no member 'open'",
    ),
    (
        "struct E: View { let stage: Stage; var body: some View { switch stage { case .space: Text(\"\") } } }",
        "switch must be exhaustive",
    ),
    ("func look(at live: Live) { Task.detached { print(live.notices) } }", "main actor-isolated"),
];

/// Type-checks the views, and checks that the planted mistakes are reported.
///
/// # Errors
/// Returns an error if a view does not compile or a planted mistake is not reported.
pub fn check(workspace: &Workspace, progress: &Progress) -> Result<StepOutcome> {
    if process::find_on_path("swiftc").is_none() {
        return Ok(StepOutcome::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let generated = ios::generate(workspace, progress)?;
    let modules = modules(workspace, progress)?;
    let mut views = ios::app_sources(workspace)?;
    views.extend(files(&generated, ".swift")?);
    progress.step("the iPhone app's views");
    process::run_logged(workspace, "views", compiler(workspace, &modules, &views))?;
    let planted = workspace.target().join("ios/Planted.swift");
    let mistakes = PLANTED_MISTAKES.map(|(mistake, _)| mistake).join("\n");
    fs::write(&planted, format!("import FosCore; import FosKit; import SwiftUI\n{mistakes}\n"))
        .context("planting mistakes")?;
    views.push(planted);
    let diagnostics = compiler(workspace, &modules, &views).output().context("starting swiftc")?;
    let diagnostics = String::from_utf8_lossy(&diagnostics.stderr);
    for (index, (mistake, expected)) in PLANTED_MISTAKES.iter().enumerate() {
        let line = format!("Planted.swift:{}:", index + 2);
        let found = diagnostics.lines().any(|diagnostics| {
            diagnostics.contains(&line) && diagnostics.contains("error:") && diagnostics.contains(expected)
        });
        ensure!(found, "the planted mistake `{mistake}` was not reported as «{expected}»:\n{diagnostics}");
    }
    Ok(StepOutcome::Passed)
}

/// Returns a compiler command with all checks of Swift 6, including actor isolation, which is checked after the types.
/// It writes no output.
fn compiler(workspace: &Workspace, modules: &Path, sources: &[PathBuf]) -> Command {
    let mut swiftc = Command::new("swiftc");
    swiftc.args(["-emit-sil", "-wmo", "-o", "/dev/null", "-swift-version", "6", "-warnings-as-errors"]);
    swiftc
        .args(["-module-name", "Fos", "-parse-as-library", "-I"])
        .arg(modules)
        .arg("-I")
        .arg(ffi_headers(workspace));
    swiftc.args(sources);
    swiftc
}

/// Returns the folder of the core's C declarations, which its Swift source imports.
fn ffi_headers(workspace: &Workspace) -> PathBuf {
    workspace.root.join("bindings/swift/Sources/fos_coreFFI")
}

/// Compiles everything that the views import as modules.
fn modules(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let to = workspace.target().join("ios/modules");
    let core = workspace.root.join("bindings/swift/Sources/FosCore");
    let kit = workspace.root.join("ios/FosKit/Sources");
    let checks = workspace.root.join("ios/checks");
    if files(&core, ".swift")?.is_empty() {
        bail!("no Swift bindings yet: cargo xtask bindings swift");
    }
    let mut cache = Cache::new(&workspace.target().join("ios"), "modules");
    for folder in [&core, &kit, &checks, &ffi_headers(workspace)] {
        cache.add_path(folder)?;
    }
    cache.run_if_stale(&[&to], || {
        progress.step("the views' modules");
        fs::create_dir_all(&to)?;
        module(workspace, &to, "FosCore", "6", &core)?;
        module(workspace, &to, "FosKit", "6", &kit)?;
        APPLE_MODULES.iter().try_for_each(|name| module(workspace, &to, name, "5", &checks.join(name)))
    })?;
    Ok(to)
}

fn module(workspace: &Workspace, to: &Path, name: &str, version: &str, from: &Path) -> Result<()> {
    let mut swiftc = Command::new("swiftc");
    swiftc.args(["-emit-module", "-parse-as-library", "-swift-version", version, "-module-name", name]);
    swiftc
        .arg("-I")
        .arg(to)
        .arg("-I")
        .arg(ffi_headers(workspace))
        .arg("-o")
        .arg(to.join(format!("{name}.swiftmodule")));
    swiftc.args(files(from, ".swift")?);
    process::run_logged(workspace, &format!("module {name}"), swiftc)
}
