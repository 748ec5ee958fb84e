//! The Android app on a computer without Android: compiled with the real Compose, run on the real framework by
//! Robolectric. Every step is kept by the hash of what went into it, so one changed line costs one compilation.

pub mod apk;
pub(crate) mod cache;
mod gradle;
mod kotlin;
#[cfg(test)]
mod manifest;
mod maven;
mod merge;
mod native;
mod packing;
mod resources;
mod scratch;
mod shrink;
mod shrunk;
pub(crate) mod tokens;
#[cfg(test)]
mod versions;

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use anyhow::{Context, Result, bail, ensure};

use self::{cache::files, kotlin::Unit, maven::Fetched, resources::Resources, scratch::Scratch};
use crate::{
    assets::{assets, licences},
    house::House,
    progress::Progress,
};

/// The app and its tests, compiled.
#[derive(Debug, Clone)]
pub struct AndroidBuild {
    main: Main,
    flags: Vec<OsString>,
    class_path: OsString,
    tests: Vec<String>,
}

impl AndroidBuild {
    /// All tests, in one JVM.
    pub fn test_command(&self) -> Command {
        self.tests_command(self.tests.iter().map(String::as_str))
    }

    /// Those that draw every state of every screen.
    pub fn screens_command(&self) -> Command {
        self.tests_command(["ma.fos.services.checks.ScreensTest"])
    }

    fn tests_command<'a>(&self, classes: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = java(&["-Xmx1g"]);
        command.arg(self.main.places.scratch.flag());
        self.junit(command, classes)
    }

    /// The face: the app on the framework, obeying the journeys' runner at `FOS_FACE_ADDRESS`. The runner says where
    /// its temporary files go, because it kills it.
    pub fn face_command(&self) -> Command {
        self.junit(java(&["-Xmx1g"]), ["ma.fos.services.face.FaceProcess"])
    }

    fn junit<'a>(&self, mut command: Command, classes: impl IntoIterator<Item = &'a str>) -> Command {
        command.args(&self.flags).arg("-cp").arg(&self.class_path);
        command.arg("org.junit.runner.JUnitCore").args(classes);
        command
    }
}

/// Compiles the app and its tests.
///
/// # Errors
/// When a tool is missing, the bindings are not generated yet, or something does not compile.
pub fn build(house: &House, progress: &Progress) -> Result<AndroidBuild> {
    build_on(house, &bindings(house)?, progress)
}

/// The sources that `cargo xtask bindings kotlin` made.
fn bindings(house: &House) -> Result<PathBuf> {
    let bindings = house.root.join("bindings/kotlin/generated");
    ensure!(
        bindings.is_dir() && !files(&bindings, ".kt")?.is_empty(),
        "no Kotlin bindings yet: cargo xtask bindings kotlin"
    );
    Ok(bindings)
}

/// The same, on bindings that stand elsewhere.
pub(crate) fn build_on(house: &House, bindings: &Path, progress: &Progress) -> Result<AndroidBuild> {
    let main = Main::compile(house, bindings, progress)?;
    let Main { places, fetched, resources, core, app, key } = &main;
    let (test, _) = Unit {
        name: "test",
        sources: vec![
            places.android.join("app/src/debug/kotlin"),
            places.android.join("app/src/test/kotlin"),
        ],
        on: vec![app.clone(), core.clone(), resources.classes.clone()],
        friend: Some(app.clone()),
        keys: vec![key.clone()],
        compose: true,
    }
    .compile(places, fetched, progress)?;
    assemble(house, main, test)
}

/// Whatever is not written but made: fetched, cut down, generated.
struct Sources {
    places: Places,
    fetched: Fetched,
    /// The app's resource folders.
    resources: [PathBuf; 3],
    /// Its generated Kotlin.
    kotlin: [PathBuf; 2],
}

impl Sources {
    fn make(house: &House, progress: &Progress) -> Result<Self> {
        let places = Places::of(house)?;
        let made = assets(house, progress)?;
        let fetched = maven::fetch(&places, progress)?;
        let licences = licences(house, &fetched.folder, progress)?;
        Ok(Self {
            resources: [places.main().join("res"), made.res, licences],
            kotlin: [tokens::kotlin(&places)?, made.kotlin],
            places,
            fetched,
        })
    }
}

/// The app without its tests, compiled.
#[derive(Debug, Clone)]
struct Main {
    places: Places,
    fetched: Fetched,
    resources: Resources,
    /// The classes of the core's bindings.
    core: PathBuf,
    /// The app's own classes.
    app: PathBuf,
    /// What later steps hash instead.
    key: String,
}

impl Main {
    fn compile(house: &House, bindings: &Path, progress: &Progress) -> Result<Self> {
        let Sources { places, fetched, resources, kotlin } = Sources::make(house, progress)?;
        let resources = resources::link(&places, &fetched, &resources, progress)?;
        let (core, core_key) = Unit {
            name: "bindings",
            sources: vec![bindings.to_path_buf()],
            on: Vec::new(),
            friend: None,
            keys: Vec::new(),
            compose: false,
        }
        .compile(&places, &fetched, progress)?;
        let mut sources = vec![places.main().join("kotlin"), places.main().join("java")];
        sources.extend(kotlin);
        let (app, key) = Unit {
            name: "app",
            sources,
            on: vec![core.clone(), resources.classes.clone()],
            friend: None,
            keys: vec![core_key, resources.key.clone()],
            compose: true,
        }
        .compile(&places, &fetched, progress)?;
        Ok(Self { places, fetched, resources, core, app, key })
    }
}

/// Puts the class path and the flags together.
fn assemble(house: &House, main: Main, test: PathBuf) -> Result<AndroidBuild> {
    let Main { places, fetched, resources, core, app, .. } = &main;
    let config = places.work.join("robolectric");
    describe(&config, places, resources)?;
    let mut path = vec![config];
    let tests = test_classes(&test)?;
    path.extend([test, app.clone(), core.clone(), resources.classes.clone()]);
    path.extend(fetched.libraries.iter().cloned());
    path.push(fetched.android.clone());
    let library = house.library();
    let libraries = library.parent().context("a library without a folder")?;
    let flag = |name: &str, value: &Path| {
        let mut flag = OsString::from(format!("-D{name}="));
        flag.push(value);
        flag
    };
    Ok(AndroidBuild {
        flags: vec![
            "-Drobolectric.offline=true".into(),
            flag("robolectric.dependency.dir", &fetched.framework),
            flag("jna.library.path", libraries),
            flag("fos.pictures", &house.target().join("pictures")),
        ],
        class_path: join(&path)?,
        tests,
        main,
    })
}

/// Robolectric reads the linked resources through this file.
fn describe(config: &Path, places: &Places, resources: &Resources) -> Result<()> {
    let folder = config.join("com/android/tools");
    fs::create_dir_all(&folder)?;
    let text = format!(
        "android_merged_manifest={}\nandroid_resource_apk={}\nandroid_merged_resources={res}\n\
         android_merged_assets={res}\nandroid_custom_package=ma.fos.services\n",
        places.manifest().display(),
        resources.apk.display(),
        res = places.main().join("res").display(),
    );
    fs::write(folder.join("test_config.properties"), text)?;
    Ok(())
}

fn test_classes(folder: &Path) -> Result<Vec<String>> {
    let found = files(folder, "Test.class")?;
    Ok(found
        .iter()
        .filter_map(|file| file.strip_prefix(folder).ok())
        .map(|file| file.with_extension("").to_string_lossy().replace('/', "."))
        .collect())
}

/// Holds the Kotlin sources to the house's style.
///
/// # Errors
/// When a line is not in the style; the linter's own words name it.
pub fn lint(house: &House, progress: &Progress) -> Result<()> {
    let places = Places::of(house)?;
    let ktlint = maven::ktlint(&places, progress)?;
    progress.step("ktlint");
    let mut command = java(&["-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED"]);
    command.arg(places.scratch.flag()).current_dir(&house.root).arg("-jar").arg(ktlint).arg("--relative");
    run(command.args([
        "--log-level=error",
        "android/**/*.kt",
        "android/**/*.kts",
        "tests/bench/kotlin/**/*.kt",
    ]))
}

/// Where the app's sources stand and where its build goes.
#[derive(Debug, Clone)]
struct Places {
    android: PathBuf,
    work: PathBuf,
    scratch: Arc<Scratch>,
}

impl Places {
    fn of(house: &House) -> Result<Self> {
        let work = house.target().join("android");
        let scratch = Arc::new(Scratch::take(&work)?);
        Ok(Self { android: house.root.join("android"), work, scratch })
    }

    fn main(&self) -> PathBuf {
        self.android.join("app/src/main")
    }

    fn manifest(&self) -> PathBuf {
        self.main().join("AndroidManifest.xml")
    }

    fn pom(&self) -> PathBuf {
        self.android.join("linux/pom.xml")
    }
}

/// A JVM that starts fast and does not live long.
fn java(flags: &[&str]) -> Command {
    let mut java = Command::new("java");
    java.args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]).args(flags);
    java
}

fn join(paths: &[PathBuf]) -> Result<OsString> {
    env::join_paths(paths).context("a path with a separator in it")
}

/// Runs a tool in silence; what it said comes with the error when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let tool = command.get_program().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("starting {tool}"))?;
    if !out.status.success() {
        bail!(
            "{tool} failed\n{}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
    }
    Ok(())
}
