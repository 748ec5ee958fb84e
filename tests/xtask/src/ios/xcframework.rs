//! `cargo xtask xcframework`: packs the core for Xcode, for phones and for both kinds of simulator.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    bindings::{self, Language},
    ios, mobile, process,
    progress::{Progress, print_line},
    workspace::Workspace,
};

/// Targets: a phone, and a simulator on either kind of Mac.
const PHONE: &str = "aarch64-apple-ios";
const SIMULATORS: [&str; 2] = ["aarch64-apple-ios-sim", "x86_64-apple-ios"];
/// Deployment target, equal to that of `project.yml`.
const DEPLOYMENT_TARGET: (&str, &str) = ("IPHONEOS_DEPLOYMENT_TARGET", "17.0");

/// Builds `bindings/swift/FosCore.xcframework` on a Mac. Elsewhere it generates the sources, type-checks the core, and
/// prints what remains to be done.
///
/// # Errors
/// Returns an error if the core does not build for a phone.
pub fn xcframework(workspace: &Workspace, progress: &Progress) -> Result<()> {
    bindings::generate(workspace, Language::Swift, progress)?;
    ios::generate(workspace, progress)?;
    if cfg!(target_os = "macos") {
        return build(workspace, progress);
    }
    match mobile::check(workspace, PHONE)? {
        None => print_line(&format!("The core compiles for {PHONE}.")),
        Some(reason) => print_line(&format!("The core was not checked for {PHONE}: {reason}")),
    }
    print_line(
        "Its Swift bindings and the app's generated sources are up to date. Linking it needs Xcode: on a Mac, this same \
         command builds the library for phones and simulators and packs them; then `xcodegen --spec ios/project.yml`.",
    );
    Ok(())
}

fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let mut libraries = Vec::new();
    for target in [PHONE].iter().chain(&SIMULATORS) {
        progress.step(target);
        process::output(Command::new("rustup").args(["target", "add", target]))?;
        let mut cargo =
            workspace.cargo(["build", "--release", "--package", "fos-bindings", "--target", target]);
        cargo.env(DEPLOYMENT_TARGET.0, DEPLOYMENT_TARGET.1);
        process::run_logged(workspace, target, cargo)?;
        libraries.push(workspace.target().join(target).join("release/libfos.a"));
    }
    let home = workspace.target().join("ios");
    let simulators = home.join("simulators/libfos.a");
    fs::create_dir_all(home.join("simulators")).context("a folder for the simulators")?;
    // One library for both simulators: Xcode accepts one a platform.
    let mut lipo = Command::new("lipo");
    lipo.arg("-create").args(&libraries[1..]).arg("-output").arg(&simulators);
    process::run_logged(workspace, "lipo", lipo)?;
    let headers = headers(workspace, &home)?;
    let packed = workspace.root.join("bindings/swift/FosCore.xcframework");
    if packed.exists() {
        fs::remove_dir_all(&packed).context("taking away the one before")?;
    }
    let mut pack = Command::new("xcodebuild");
    pack.arg("-create-xcframework");
    for library in [&libraries[0], &simulators] {
        pack.arg("-library").arg(library).arg("-headers").arg(&headers);
    }
    pack.arg("-output").arg(&packed);
    process::run_logged(workspace, "xcframework", pack)?;
    print_line(&format!("{} is packed.", workspace.relative(&packed).display()));
    Ok(())
}

/// Copies the header and its module map into a folder of the module's name, where the compiler looks for them.
fn headers(workspace: &Workspace, home: &Path) -> Result<PathBuf> {
    let from = workspace.root.join("bindings/swift/Sources/fos_coreFFI");
    let to = home.join("headers/fos_coreFFI");
    fs::create_dir_all(&to).context("a folder for the header")?;
    fs::copy(from.join("include/fos_coreFFI.h"), to.join("fos_coreFFI.h")).context("the header")?;
    let map = fs::read_to_string(from.join("module.modulemap")).context("the module map")?;
    fs::write(to.join("module.modulemap"), map.replace("include/", "")).context("the module map")?;
    Ok(home.join("headers"))
}
