//! Builds the Android app without an Android SDK: compiled with the real Compose and run on the real framework by
//! Robolectric. Every step is cached by the hash of its inputs, so one changed line costs one compilation.

pub(crate) mod apk;
mod archive;
pub(crate) mod cache;
pub(crate) mod face;
pub(crate) mod framework;
mod gradle;
pub(crate) mod kotlin;
mod manifest_merge;
pub(crate) mod maven;
pub(crate) mod native;
mod package;
mod release_config;
mod resources;
mod shrink;
mod shrink_check;

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use xshell::Shell;

use self::{framework::Framework, kotlin::CompilationUnit, maven::Dependencies, resources::Resources};
use crate::{assets, files::files, process, progress::Progress, states, workspace::Workspace};

/// Class that serves the app to the journeys' runner.
const FACE_CLASS: &str = "ma.fos.services.face.FaceMainKt";

/// The compiled app and its tests.
#[derive(Debug, Clone)]
pub(crate) struct AndroidBuild {
    main: CompiledApp,
    flags: Vec<OsString>,
    class_path: Vec<PathBuf>,
    tests: Vec<String>,
    /// Framework that tests and face run on.
    framework: Framework,
    /// Folder that receives the pictures of the screens.
    pictures: PathBuf,
    /// Folder of the named states.
    states: PathBuf,
}

impl AndroidBuild {
    /// Returns the same build, run on another framework.
    pub(crate) fn on(&self, framework: Framework) -> Self {
        let pictures = self.pictures.join(format!("android-{}", framework.release));
        Self { framework, pictures, ..self.clone() }
    }

    /// Returns the command that runs all tests in one JVM.
    pub(crate) fn test_command(&self) -> Result<Command> {
        self.tests_command(self.tests.iter().map(String::as_str))
    }

    /// Returns the command that draws every state of every screen.
    pub(crate) fn screens_command(&self) -> Result<Command> {
        self.tests_command(["ma.fos.services.checks.ScreensTest"])
    }

    fn tests_command<'a>(&self, classes: impl IntoIterator<Item = &'a str>) -> Result<Command> {
        let mut command = self.framework.java();
        command.arg(self.main.paths.temp_folder_flag()).arg(jvm_flag("-Dfos.pictures", &self.pictures));
        // In front, as a Gradle build has them; the journeys, which do without, need not start again when they change.
        let class_path = [self.states.clone()].into_iter().chain(self.class_path.iter().cloned());
        command.args(&self.flags).arg("-cp").arg(join(&class_path.collect::<Vec<_>>())?);
        command.arg("org.junit.runner.JUnitCore").args(classes);
        Ok(command)
    }

    /// Returns the command that starts the app as a face, controlled by the journeys' runner. The runner sets the folder
    /// for temporary files, because it may kill the process.
    pub(crate) fn face_command(&self) -> Result<Command> {
        let mut command = self.framework.java();
        command.args(&self.flags).arg("-cp").arg(join(&self.class_path)?).arg(FACE_CLASS);
        Ok(command)
    }
}

/// Fetches the app's libraries and makes its resources: all that needs no bindings.
///
/// # Errors
/// Returns an error if a tool is missing or something cannot be fetched.
pub(crate) fn fetch(workspace: &Workspace, progress: &Progress) -> Result<()> {
    Sources::make(workspace, progress).map(|_| ())
}

/// Compiles the app and its tests.
pub(crate) fn build(workspace: &Workspace, progress: &Progress) -> Result<AndroidBuild> {
    let main = CompiledApp::compile(workspace, progress)?;
    let CompiledApp { paths, dependencies, resources, core, app, key } = &main;
    let (test, _) = CompilationUnit {
        name: "test",
        sources: vec![paths.android.join("app/src/debug/kotlin"), paths.android.join("app/src/test/kotlin")],
        classes: vec![app.clone(), core.clone(), resources.classes.clone()],
        friend: Some(app.clone()),
        cache_keys: vec![key.clone()],
        compose: true,
    }
    .compile(paths, dependencies, progress)?;
    assemble(workspace, main, test)
}

/// Generated and fetched inputs of the app.
struct Sources {
    paths: Paths,
    dependencies: Dependencies,
    /// Resource folders of the app.
    resources: [PathBuf; 3],
    /// Folder of generated Kotlin sources.
    kotlin: PathBuf,
}

impl Sources {
    fn make(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        let paths = Paths::new(workspace)?;
        let assets = assets::build(workspace, progress)?;
        let dependencies = maven::fetch(&paths, progress)?;
        let licences = assets::licences(workspace, &dependencies.library_folder, progress)?;
        Ok(Self {
            resources: [paths.main().join("res"), assets.res, licences],
            kotlin: assets.kotlin,
            paths,
            dependencies,
        })
    }
}

/// The compiled app without its tests.
#[derive(Debug, Clone)]
struct CompiledApp {
    paths: Paths,
    dependencies: Dependencies,
    resources: Resources,
    /// Classes of the core's bindings.
    core: PathBuf,
    /// Classes of the app.
    app: PathBuf,
    /// Cache key for later steps.
    key: String,
}

impl CompiledApp {
    fn compile(workspace: &Workspace, progress: &Progress) -> Result<Self> {
        let bindings = workspace.root.join("bindings/kotlin/generated");
        ensure!(!files(&bindings, ".kt")?.is_empty(), "no Kotlin bindings yet: cargo xtask bindings kotlin");
        let Sources { paths, dependencies, resources, kotlin } = Sources::make(workspace, progress)?;
        let resources = resources::link(&paths, &dependencies, &resources, progress)?;
        let (core, core_key) =
            CompilationUnit { name: "bindings", sources: vec![bindings], ..CompilationUnit::default() }
                .compile(&paths, &dependencies, progress)?;
        let sources = vec![paths.main().join("kotlin"), paths.main().join("java"), kotlin];
        let (app, key) = CompilationUnit {
            name: "app",
            sources,
            classes: vec![core.clone(), resources.classes.clone()],
            cache_keys: vec![core_key, resources.key.clone()],
            compose: true,
            ..CompilationUnit::default()
        }
        .compile(&paths, &dependencies, progress)?;
        Ok(Self { paths, dependencies, resources, core, app, key })
    }
}

/// Assembles the class path and the JVM flags.
fn assemble(workspace: &Workspace, main: CompiledApp, test: PathBuf) -> Result<AndroidBuild> {
    let CompiledApp { paths, dependencies, resources, core, app, .. } = &main;
    let config = paths.work.join("robolectric");
    write_robolectric_config(&config, paths, resources)?;
    let mut path = vec![config];
    let tests = test_classes(&test)?;
    path.extend([test, app.clone(), core.clone(), resources.classes.clone()]);
    path.extend(dependencies.libraries.iter().cloned());
    path.push(dependencies.android.clone());
    let library = workspace.library();
    let libraries = library.parent().context("a library without a folder")?;
    Ok(AndroidBuild {
        flags: vec![
            "-Drobolectric.offline=true".into(),
            jvm_flag("-Drobolectric.dependency.dir", &dependencies.frameworks),
            jvm_flag("-Djna.library.path", libraries),
        ],
        pictures: workspace.target().join("pictures"),
        states: states::folder(workspace),
        framework: Framework::android16().unwrap_or_else(|_| Framework::android14()),
        class_path: path,
        tests,
        main,
    })
}

/// Writes the file in which Robolectric looks up the linked resources.
fn write_robolectric_config(config: &Path, paths: &Paths, resources: &Resources) -> Result<()> {
    let text = format!(
        "android_merged_manifest={}\nandroid_resource_apk={}\nandroid_merged_resources={res}\n\
         android_merged_assets={res}\nandroid_custom_package=ma.fos.services\n",
        paths.manifest().display(),
        resources.apk.display(),
        res = paths.main().join("res").display(),
    );
    Ok(paths.sh.write_file(config.join("com/android/tools/test_config.properties"), text)?)
}

fn test_classes(folder: &Path) -> Result<Vec<String>> {
    let class = |file: PathBuf| {
        let file = file.with_extension("");
        Ok(file.strip_prefix(folder)?.to_string_lossy().replace('/', "."))
    };
    files(folder, "Test.class")?.into_iter().map(class).collect()
}

/// Checks the format of all Kotlin sources with ktlint.
pub(crate) fn lint(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let paths = Paths::new(workspace)?;
    let ktlint = maven::ktlint(&paths, progress)?;
    progress.step("ktlint");
    let mut command = java(&["-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED"]);
    command.arg(paths.temp_folder_flag()).current_dir(&workspace.root).arg("-jar").arg(ktlint);
    command.args([
        "--relative",
        "--log-level=error",
        "android/**/*.kt",
        "android/**/*.kts",
        "tests/bench/kotlin/**/*.kt",
    ]);
    process::run(command)
}

/// Folders of the app's sources and of its build.
#[derive(Debug, Clone)]
struct Paths {
    android: PathBuf,
    work: PathBuf,
    /// Deleted when the last clone is dropped: Robolectric alone unpacks 200 MB a run.
    temp_folder: Arc<tempfile::TempDir>,
    sh: Shell,
}

impl Paths {
    fn new(workspace: &Workspace) -> Result<Self> {
        let work = workspace.target().join("android");
        let (sh, folder) = (workspace.sh.clone(), work.join("tmp"));
        // What a killed run left there.
        sh.remove_path(&folder)?;
        let temp_folder = Arc::new(tempfile::tempdir_in(sh.create_dir(folder)?)?);
        Ok(Self { android: workspace.root.join("android"), work, temp_folder, sh })
    }

    /// Returns the JVM flag that selects the temporary folder.
    fn temp_folder_flag(&self) -> OsString {
        jvm_flag("-Djava.io.tmpdir", self.temp_folder.path())
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

/// Returns a JVM with flags for a fast start and a short run.
fn java(flags: &[&str]) -> Command {
    jvm(Path::new("java"), flags)
}

fn jvm(program: &Path, flags: &[&str]) -> Command {
    let mut java = Command::new(program);
    java.args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]).args(flags);
    java
}

/// Returns the flag `name=value` of a JVM.
pub(crate) fn jvm_flag(name: &str, value: &Path) -> OsString {
    let mut flag = OsString::from(format!("{name}="));
    flag.push(value);
    flag
}

fn join(paths: &[PathBuf]) -> Result<OsString> {
    env::join_paths(paths).context("a path with a separator in it")
}
