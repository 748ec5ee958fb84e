//! The app's views, type-checked in Swift 6 mode without Xcode: against the real core, the real `FosKit`, and
//! declarations of what they use of Apple's own modules (`ios/checks`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    android::cache::{Cache, files},
    house::House,
    ios,
    progress::Progress,
    report::Done,
    run,
};

/// Apple's modules, each after those that it imports.
const DECLARED: [&str; 4] = ["UIKit", "SwiftUI", "QuickLook", "BackgroundTasks"];
/// Mistakes that views must not be able to make: what stands in `Planted.swift`, and what the compiler says of it.
const FAULTS: [(&str, &str); 5] = [
    ("var body: some View { Text(title).fonts(.body) }", "has no member 'fonts'"),
    ("var body: some View { Chip(chip: title) }", "cannot convert value of type 'String'"),
    (
        "let model: ServicesModel\n  var body: some View { Text(model.catalogue) }",
        "has no member 'catalogue'",
    ),
    (
        "let model: GateModel\n  var body: some View { Button(title) { model.send(.open) } }",
        "has no member 'open'",
    ),
    (
        "let live: Live\n  func look() { Task.detached { print(live.notices) } }\n  var body: some View { Text(title) }",
        "main actor-isolated",
    ),
];

/// Checks the views, and that a mistake in one would be seen.
///
/// # Errors
/// When a view does not fit what it stands on, or a planted mistake passes.
pub fn check(house: &House, progress: &Progress) -> Result<Done> {
    if run::on_path("swiftc").is_none() {
        return Ok(Done::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let made = ios::generate(house, progress)?;
    let modules = modules(house, progress)?;
    let mut views = ios::own_sources(house)?;
    views.extend(files(&made, ".swift")?);
    progress.step("the iPhone app's views");
    run::quietly(house, "views", compiler(house, &modules, &views))?;
    let planted = house.target().join("ios/Planted.swift");
    for (fault, said) in FAULTS {
        let text = format!(
            "import FosKit\nimport SwiftUI\n\nstruct Planted: View {{\n  let title: String\n  {fault}\n}}\n"
        );
        fs::write(&planted, text).context("planting a fault")?;
        let with: Vec<PathBuf> = views.iter().cloned().chain([planted.clone()]).collect();
        let told = compiler(house, &modules, &with).output().context("starting swiftc")?;
        let told_of = String::from_utf8_lossy(&told.stderr);
        ensure!(!told.status.success(), "a planted fault passes: {fault}");
        ensure!(
            told_of.lines().any(|line| line.contains("Planted.swift") && line.contains(said)),
            "of the planted fault `{fault}` it is not said that it {said}:\n{told_of}"
        );
    }
    Ok(Done::Passed)
}

fn compiler(house: &House, modules: &Path, sources: &[PathBuf]) -> Command {
    let mut swiftc = Command::new("swiftc");
    swiftc.args([
        "-typecheck",
        "-swift-version",
        "6",
        "-warnings-as-errors",
        "-module-name",
        "Fos",
        "-D",
        "DEBUG",
    ]);
    swiftc.arg("-parse-as-library").arg("-I").arg(modules).arg("-I").arg(ffi(house)).args(sources);
    swiftc
}

/// The core's C declarations, which its Swift source imports.
fn ffi(house: &House) -> PathBuf {
    house.root.join("bindings/swift/Sources/fos_coreFFI")
}

/// Everything that the views import, as modules.
fn modules(house: &House, progress: &Progress) -> Result<PathBuf> {
    let to = house.target().join("ios/modules");
    let core = house.root.join("bindings/swift/Sources/FosCore");
    let kit = house.root.join("ios/FosKit/Sources");
    let checks = house.root.join("ios/checks");
    if files(&core, ".swift")?.is_empty() {
        bail!("no Swift bindings yet: cargo xtask bindings swift");
    }
    let mut cache = Cache::new(&house.target().join("ios"), "modules");
    for folder in [&core, &kit, &checks, &ffi(house)] {
        cache.path(folder)?;
    }
    cache.make(&[&to], || {
        progress.step("what the views stand on");
        fs::create_dir_all(&to)?;
        module(house, &to, "FosCore", "6", &core)?;
        module(house, &to, "FosKit", "6", &kit)?;
        DECLARED.iter().try_for_each(|name| module(house, &to, name, "5", &checks.join(name)))
    })?;
    Ok(to)
}

fn module(house: &House, to: &Path, name: &str, version: &str, from: &Path) -> Result<()> {
    let mut swiftc = Command::new("swiftc");
    swiftc.args(["-emit-module", "-parse-as-library", "-swift-version", version, "-module-name", name]);
    swiftc.arg("-I").arg(to).arg("-I").arg(ffi(house)).arg("-o").arg(to.join(format!("{name}.swiftmodule")));
    swiftc.args(files(from, ".swift")?);
    run::quietly(house, &format!("module {name}"), swiftc)
}
