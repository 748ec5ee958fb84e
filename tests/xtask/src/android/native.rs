//! Builds the stripped core without `development` for every ABI, into the folder that Gradle packs too.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use xshell::cmd;

use super::{Paths, resources::MIN_SDK};
use crate::{mobile, process, progress::Progress, workspace::Workspace};

/// An ABI and its names.
pub(super) struct Abi {
    /// Android's name: the folder in an APK.
    pub(super) name: &'static str,
    /// Rust's target triple.
    target: &'static str,
    /// Clang's target triple.
    clang: &'static str,
}

/// ABIs of phones and emulators.
pub(super) const ABIS: [Abi; 4] = [
    Abi { name: "arm64-v8a", target: "aarch64-linux-android", clang: "aarch64-linux-android" },
    Abi { name: "armeabi-v7a", target: "armv7-linux-androideabi", clang: "armv7a-linux-androideabi" },
    Abi { name: "x86_64", target: "x86_64-linux-android", clang: "x86_64-linux-android" },
    Abi { name: "x86", target: "i686-linux-android", clang: "i686-linux-android" },
];

/// Alignment for phones with memory pages of 16 KB, which load no library aligned to less; NDKs before r28 align to 4
/// KB.
const PAGE_SIZE_FLAG: &str = "-Clink-arg=-Wl,-z,max-page-size=16384";

/// A twentieth off the library: relocations packed, which Android's loader reads since version 6; equal functions
/// merged, whose addresses nothing here compares; texts that end alike merged; no code shared in functions of its own,
/// whose unwind tables weigh more than it; functions inlined that are shorter than their call.
const SIZE_FLAGS: &str = "-Clink-arg=-Wl,--pack-dyn-relocs=android,--icf=all,-O2,--undefined-version \
                          -Cllvm-args=-enable-machine-outliner=never -Cllvm-args=-inline-threshold=12";

/// Returns the compiler's flags that make the library small.
///
/// # Errors
/// Returns an error if cargo's registry cannot be read.
pub(crate) fn size_flags(workspace: &Workspace) -> Result<String> {
    // Panics name their sources: without the folders of the computer that built them, which are longer and nobody's
    // business.
    let sysroot = process::output(cmd!(workspace.sh, "rustc --print sysroot"))?;
    let mut sources = vec![Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library")];
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| Some(env::home_dir()?.join(".cargo"))).context("no CARGO_HOME")?;
    sources.extend(workspace.sh.read_dir(cargo_home.join("registry/src"))?);
    let remapped = sources.iter().map(|source| format!(" --remap-path-prefix={}=", source.display()));
    let script = workspace.root.join("bindings/library.ld");
    Ok(format!("{SIZE_FLAGS} -Clink-arg=-Wl,-T,{}{}", script.display(), remapped.collect::<String>()))
}

/// Compilers of an NDK.
pub(super) struct Ndk {
    bin: PathBuf,
}

impl Ndk {
    /// Returns the NDK that `ANDROID_NDK_HOME` names.
    pub(super) fn from_environment() -> Result<Option<Self>> {
        let home = env::var_os("ANDROID_NDK_HOME").filter(|home| !home.is_empty());
        home.map(|home| Self::at(Path::new(&home))).transpose()
    }

    fn at(home: &Path) -> Result<Self> {
        let prebuilt = home.join("toolchains/llvm/prebuilt");
        let hosts = prebuilt
            .read_dir()
            .with_context(|| format!("ANDROID_NDK_HOME is no NDK: no {}", prebuilt.display()))?;
        // One folder, named after the host computer.
        let bin = hosts.flatten().map(|host| host.path().join("bin")).find(|bin| bin.is_dir());
        Ok(Self { bin: bin.with_context(|| format!("no compilers in {}", prebuilt.display()))? })
    }

    /// Returns the environment variables that make cargo build for this ABI with this NDK.
    fn cargo_env(&self, abi: &Abi, size_flags: &str) -> Result<Vec<(String, String)>> {
        let clang = self.tool_path(&format!("{}{MIN_SDK}-clang", abi.clang))?;
        let archiver = self.tool_path("llvm-ar")?;
        let mut env = mobile::compiler_env(abi.target, &clang, &archiver).to_vec();
        let key = abi.target.replace('-', "_").to_uppercase();
        env.insert(1, (format!("CARGO_TARGET_{key}_RUSTFLAGS"), format!("{PAGE_SIZE_FLAG} {size_flags}")));
        Ok(env)
    }

    fn tool_path(&self, name: &str) -> Result<String> {
        let tool = self.bin.join(name);
        ensure!(tool.is_file(), "the NDK has no {}", tool.display());
        Ok(tool.to_string_lossy().into_owned())
    }
}

/// Builds the core for every kind of phone, stripped, without `development`, into the folder that Gradle packs too.
pub(super) fn build(workspace: &Workspace, paths: &Paths, ndk: &Ndk, progress: &Progress) -> Result<()> {
    let size_flags = size_flags(workspace)?;
    for abi in &ABIS {
        progress.step(&format!("the core for {}", abi.name));
        mobile::install_target(workspace, abi.target)?;
        let mut cargo = workspace.cargo(["rustc", "--release", "--package", "fos-bindings", "--lib"]);
        cargo.args(["--crate-type", "cdylib", "--target", abi.target]);
        cargo.envs(ndk.cargo_env(abi, &size_flags)?);
        process::run_logged(workspace, abi.target, cargo)?;
        let to = workspace.sh.create_dir(libraries_folder(paths).join(abi.name))?;
        workspace.sh.copy_file(workspace.target().join(abi.target).join("release/libfos.so"), to)?;
    }
    Ok(())
}

/// Returns the folder in which Gradle looks for native libraries, with a subfolder for each ABI.
pub(super) fn libraries_folder(paths: &Paths) -> PathBuf {
    paths.work.join("jniLibs")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a folder laid out like an NDK, with empty files for these tools.
    fn fake_ndk(tools: &[String]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        let bin = home.path().join("toolchains/llvm/prebuilt/linux-x86_64/bin");
        std::fs::create_dir_all(&bin).unwrap();
        for tool in tools {
            std::fs::write(bin.join(tool), "").unwrap();
        }
        home
    }

    #[test]
    fn each_abi_is_linked_by_its_own_compiler_for_large_pages() {
        let mut tools = ABIS.map(|abi| format!("{}26-clang", abi.clang)).to_vec();
        tools.push("llvm-ar".to_owned());
        let home = fake_ndk(&tools);
        let ndk = Ndk::at(home.path()).unwrap();
        for (abi, clang) in ABIS.iter().zip(&tools) {
            let env = ndk.cargo_env(abi, SIZE_FLAGS).unwrap();
            let of = |end: &str| &env.iter().find(|(name, _)| name.ends_with(end)).unwrap().1;
            assert!(of("_LINKER").ends_with(clang), "{}", abi.name);
            assert!(of("_RUSTFLAGS").contains("max-page-size=16384"), "{}", abi.name);
            assert!(of("_RUSTFLAGS").contains("pack-dyn-relocs=android"), "{}", abi.name);
        }
        let arm = ndk.cargo_env(&ABIS[1], SIZE_FLAGS).unwrap();
        let names: Vec<&str> = arm.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_LINKER",
                "CARGO_TARGET_ARMV7_LINUX_ANDROIDEABI_RUSTFLAGS",
                "CC_armv7_linux_androideabi",
                "AR_armv7_linux_androideabi",
            ]
        );
    }

    #[test]
    fn a_missing_ndk_tool_is_named() {
        let home = fake_ndk(&["llvm-ar".to_owned()]);
        let reason = Ndk::at(home.path()).unwrap().cargo_env(&ABIS[0], SIZE_FLAGS).unwrap_err().to_string();
        assert!(reason.contains("aarch64-linux-android26-clang"), "{reason}");
        assert!(Ndk::at(&home.path().join("toolchains")).is_err());
    }
}
