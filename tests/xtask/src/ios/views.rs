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
const DECLARED: [&str; 5] = ["UIKit", "Accessibility", "SwiftUI", "QuickLook", "BackgroundTasks"];
/// Mistakes that a view must not be able to make, a line each, and what the compiler says of it there.
const FAULTS: [(&str, &str); 6] = [
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
    let faults = FAULTS.map(|(fault, _)| fault).join("\n");
    fs::write(&planted, format!("import FosCore; import FosKit; import SwiftUI\n{faults}\n"))
        .context("planting faults")?;
    views.push(planted);
    let told = compiler(house, &modules, &views).output().context("starting swiftc")?;
    let told = String::from_utf8_lossy(&told.stderr);
    for (place, (fault, said)) in FAULTS.iter().enumerate() {
        let line = format!("Planted.swift:{}:", place + 2);
        let found =
            told.lines().any(|told| told.contains(&line) && told.contains("error:") && told.contains(said));
        ensure!(found, "of the planted fault `{fault}` it is not said that it {said}:\n{told}");
    }
    Ok(Done::Passed)
}

/// Swift 6 with all its checks, those of what crosses actors too, which come after the types'; nothing is written.
fn compiler(house: &House, modules: &Path, sources: &[PathBuf]) -> Command {
    let mut swiftc = Command::new("swiftc");
    swiftc.args(["-emit-sil", "-wmo", "-o", "/dev/null", "-swift-version", "6", "-warnings-as-errors"]);
    swiftc.args(["-module-name", "Fos", "-parse-as-library", "-I"]).arg(modules).arg("-I").arg(ffi(house));
    swiftc.args(sources);
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
