//! `cargo xtask apk`: packages the Android app. Everything except the core's library builds on any computer; the core
//! needs an NDK.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    AndroidBuild, CompiledApp, Sources, gradle, manifest_merge,
    maven::{self, ReleaseTools},
    native::{self, ABIS, Ndk},
    package::{self, Library},
    release_config,
    shrink::{self, R8},
    shrink_check,
};
use crate::{
    bindings::{Language, generate},
    files::files,
    progress::{Progress, print_line},
    states,
    workspace::Workspace,
};

/// Inputs of a release package.
struct Release {
    tools: ReleaseTools,
    resources: PathBuf,
    code: PathBuf,
    /// Size of the shrunk bindings that the core was opened through, with JNA and Kotlin's libraries, in bytes.
    bindings_size: u64,
}

impl Release {
    fn make(workspace: &Workspace, main: &CompiledApp, progress: &Progress) -> Result<Self> {
        gradle::check_library_requirements(main)?;
        let tools = maven::release_tools(&main.paths, progress)?;
        let linked = manifest_merge::link(main, &tools, progress)?;
        let r8 = R8::new(main, &tools, progress)?;
        let code = shrink::shrink(main, &linked, &r8, progress)?;
        let bindings_size = shrink_check::check(workspace, main, &r8, progress)?;
        Ok(Self { tools, resources: linked.apk, code, bindings_size })
    }
}

/// Shrinks the app as for a release. Returns an error if a class is missing, if the core does not open through the shrunk
/// bindings, or if it opens although JNA's rules were removed.
pub(crate) fn check_shrunk(workspace: &Workspace, build: &AndroidBuild, progress: &Progress) -> Result<()> {
    Release::make(workspace, &build.main, progress).map(|_| ())
}

/// Builds what Gradle needs: generated sources and resources, the states for previews and, with an NDK, the core for each ABI.
pub(crate) fn build_gradle_inputs(workspace: &Workspace, progress: &Progress) -> Result<()> {
    generate(workspace, Language::Kotlin, progress)?;
    states::generate(workspace, progress)?;
    let sources = Sources::make(workspace, progress)?;
    if let Some(ndk) = Ndk::from_environment()? {
        return native::build(workspace, &sources.paths, &ndk, progress);
    }
    print_line("Without ANDROID_NDK_HOME the core is not built for phones: what Gradle packs does not run.");
    Ok(())
}

/// Builds the APK, signed with a debug key. Without an NDK the core's library is missing: the APK is then named
/// `fos-without-core.apk` and does not run. For a release the app's configuration is checked first.
pub(crate) fn build_apk(workspace: &Workspace, for_members: bool, progress: &Progress) -> Result<()> {
    if for_members {
        release_config::check(&fs::read_to_string(
            workspace.root.join("android/app/src/main/AndroidManifest.xml"),
        )?)?;
    }
    generate(workspace, Language::Kotlin, progress)?;
    let main = CompiledApp::compile(workspace, progress)?;
    let release = Release::make(workspace, &main, progress)?;
    let ndk = Ndk::from_environment()?;
    if let Some(ndk) = &ndk {
        native::build(workspace, &main.paths, ndk, progress)?;
    }
    let libraries = libraries(&main, &release.tools, ndk.is_some())?;
    let file = main.paths.work.join(if ndk.is_some() { "fos.apk" } else { "fos-without-core.apk" });
    progress.step("the APK");
    package::write_apk(&release.resources, &release.code, &libraries, &file)?;
    package::sign(&main.paths, &file)?;
    print_report(workspace, &file, release.bindings_size, ndk.is_some())
}

/// Returns the native libraries for each ABI: the core's, JNA's, and those inside other AARs.
fn libraries(main: &CompiledApp, tools: &ReleaseTools, with_core: bool) -> Result<Vec<Library>> {
    let mut found = Vec::new();
    for abi in &ABIS {
        let mut folders = vec![tools.jna.join("jni").join(abi.name)];
        folders.extend(main.dependencies.shipped_aars().map(|aar| aar.join("jni").join(abi.name)));
        if with_core {
            folders.push(native::libraries_folder(&main.paths).join(abi.name));
        }
        for folder in folders {
            let libraries = files(&folder, ".so")?.into_iter();
            found.extend(libraries.map(|file| Library { abi: abi.name, file }));
        }
    }
    Ok(found)
}

fn print_report(workspace: &Workspace, file: &Path, bindings_size: u64, with_core: bool) -> Result<()> {
    for (part, bytes) in package::size_by_category(file)? {
        print_line(&format!("  {:>6} KB  {part}", bytes.div_ceil(1024)));
    }
    let total = fs::metadata(file)?.len().div_ceil(1024);
    print_line(&format!("  {total:>6} KB  in all: {}", workspace.relative(file).display()));
    print_line(&format!(
        "The core opened through the shrunk bindings ({} KB of classes).",
        bindings_size.div_ceil(1024)
    ));
    if !with_core {
        print_line(
            "Not done: the core for phones. No NDK is named by ANDROID_NDK_HOME, so this APK lacks libfos.so and does \
             not run. With one, this same command builds it for four ABIs and builds fos.apk.",
        );
    }
    Ok(())
}
