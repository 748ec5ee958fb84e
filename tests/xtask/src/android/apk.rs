//! `cargo xtask apk`: the app as a phone takes it. Everything but the core's own library is made on any computer; that
//! one needs an NDK.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::{
    AndroidBuild, Main, Sources, bindings,
    cache::files,
    gradle,
    maven::{self, ReleaseTools},
    merge,
    native::{self, ABIS, Ndk},
    packing::{self, Library},
    shrink::{self, R8},
    shrunk,
};
use crate::{
    bindings::{Language, generate},
    house::House,
    progress::{Progress, say},
};

/// What a release is packed from.
struct Release {
    tools: ReleaseTools,
    resources: PathBuf,
    code: PathBuf,
    /// The size of the shrunk bindings that the core was opened through, with JNA and Kotlin's own.
    opened: u64,
}

impl Release {
    fn make(house: &House, main: &Main, progress: &Progress) -> Result<Self> {
        gradle::admits(main)?;
        let tools = maven::release_tools(&main.places, progress)?;
        let linked = merge::link(main, &tools, progress)?;
        let r8 = R8::new(main, &tools, progress)?;
        let code = shrink::shrink(main, &linked, &r8, progress)?.code;
        let opened = shrunk::check(house, main, &r8, progress)?;
        Ok(Self { tools, resources: linked.apk, code, opened })
    }
}

/// Shrinks the app as a release is, and opens the core through what is left of its bindings.
///
/// # Errors
/// When a class is missing, the core does not open, or it opens although JNA's rules were left out.
pub fn shrink(house: &House, build: &AndroidBuild, progress: &Progress) -> Result<()> {
    Release::make(house, &build.main, progress).map(|_| ())
}

/// Makes what Gradle takes: the sources and resources that are generated and, with an NDK, the core for each kind of
/// phone.
///
/// # Errors
/// When something is missing or does not build.
pub fn parts(house: &House, progress: &Progress) -> Result<()> {
    generate(house, Language::Kotlin, progress)?;
    let sources = Sources::make(house, progress)?;
    if let Some(ndk) = Ndk::given()? {
        return native::build(house, &sources.places, &ndk, progress);
    }
    say("Without ANDROID_NDK_HOME the core is not built for phones: what Gradle packs does not run.");
    Ok(())
}

/// Makes the APK, signed for trying out. Without an NDK it lacks the core's library: it is packed and signed all the
/// same, under a name that says so, and does not run.
///
/// # Errors
/// When something is missing or does not build.
pub fn apk(house: &House, progress: &Progress) -> Result<()> {
    generate(house, Language::Kotlin, progress)?;
    let main = Main::compile(house, &bindings(house)?, progress)?;
    let release = Release::make(house, &main, progress)?;
    let ndk = Ndk::given()?;
    if let Some(ndk) = &ndk {
        native::build(house, &main.places, ndk, progress)?;
    }
    let libraries = libraries(&main, &release.tools, ndk.is_some())?;
    let file = main.places.work.join(if ndk.is_some() { "fos.apk" } else { "fos-without-core.apk" });
    progress.step("the APK");
    packing::pack(&release.resources, &release.code, &libraries, &file)?;
    packing::sign(&main.places, &file)?;
    tell(house, &file, release.opened, ndk.is_some())
}

/// The core's library, JNA's, and those that other libraries bring, for each kind of phone.
fn libraries(main: &Main, tools: &ReleaseTools, core: bool) -> Result<Vec<Library>> {
    let mut found = Vec::new();
    for abi in &ABIS {
        let mut folders = vec![tools.jna.join("jni").join(abi.name)];
        folders.extend(main.fetched.carried_aars().map(|aar| aar.join("jni").join(abi.name)));
        if core {
            folders.push(native::folder(&main.places).join(abi.name));
        }
        for folder in folders {
            let libraries = files(&folder, ".so")?.into_iter();
            found.extend(libraries.map(|file| Library { abi: abi.name, file }));
        }
    }
    Ok(found)
}

fn tell(house: &House, file: &Path, opened: u64, core: bool) -> Result<()> {
    for (part, bytes) in packing::sizes(file)? {
        say(&format!("  {:>6} KB  {part}", bytes.div_ceil(1024)));
    }
    let whole = fs::metadata(file)?.len().div_ceil(1024);
    say(&format!("  {whole:>6} KB  in all: {}", house.short(file).display()));
    say(&format!("The core opened through the shrunk bindings ({} KB of classes).", opened.div_ceil(1024)));
    if !core {
        say(
            "Not done: the core for phones. No NDK is named by ANDROID_NDK_HOME, so this APK lacks libfos.so and does \
             not run. With one, this same command builds it for four kinds of phones and makes fos.apk.",
        );
    }
    Ok(())
}
