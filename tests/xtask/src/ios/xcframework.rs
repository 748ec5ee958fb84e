//! `cargo xtask xcframework`: packs the core for Xcode, for phones and for both kinds of simulator.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::cmd;

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
pub(crate) fn xcframework(workspace: &Workspace, progress: &Progress) -> Result<()> {
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
    let sh = &workspace.sh;
    let mut libraries = Vec::new();
    for target in [PHONE].iter().chain(&SIMULATORS) {
        progress.step(target);
        mobile::install_target(workspace, target)?;
        let mut cargo =
            workspace.cargo(["build", "--release", "--package", "fos-bindings", "--target", target]);
        cargo.env(DEPLOYMENT_TARGET.0, DEPLOYMENT_TARGET.1);
        process::run_logged(workspace, target, cargo)?;
        libraries.push(workspace.target().join(target).join("release/libfos.a"));
    }
    let home = workspace.target().join("ios");
    let simulators = sh.create_dir(home.join("simulators"))?.join("libfos.a");
    let (phone, both) = (&libraries[0], &libraries[1..]);
    // One library for both simulators: Xcode accepts one a platform.
    process::run_logged(workspace, "lipo", cmd!(sh, "lipo -create {both...} -output {simulators}"))?;
    let headers = headers(workspace, &home)?;
    let packed = workspace.root.join("bindings/swift/FosCore.xcframework");
    sh.remove_path(&packed)?;
    let pack = cmd!(sh, "xcodebuild -create-xcframework -library {phone} -headers {headers}");
    let pack = pack.arg("-library").arg(&simulators).arg("-headers").arg(&headers);
    process::run_logged(workspace, "xcframework", pack.arg("-output").arg(&packed))?;
    print_line(&format!("{} is packed.", workspace.relative(&packed).display()));
    Ok(())
}

/// Copies the header and its module map into a folder of the module's name, where the compiler looks for them.
fn headers(workspace: &Workspace, home: &Path) -> Result<PathBuf> {
    let sh = &workspace.sh;
    let from = Path::new("bindings/swift/Sources/fos_coreFFI");
    let to = sh.create_dir(home.join("headers/fos_coreFFI"))?;
    sh.copy_file(from.join("include/fos_coreFFI.h"), &to)?;
    let map = sh.read_file(from.join("module.modulemap"))?;
    sh.write_file(to.join("module.modulemap"), map.replace("include/", ""))?;
    Ok(home.join("headers"))
}
