//! Library behind `cargo xtask`: the command line, one module for each command, and what they share.

mod android;
mod assets;
mod bench;
mod bindings;
mod demo;
mod faults;
mod files;
mod ios;
mod journeys;
mod mobile;
mod mutants;
mod pictures;
mod process;
mod progress;
mod recording;
mod report;
mod setup;
mod states;
mod swift;
pub mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use self::{android::apk, journeys::Face, progress::Progress, test::Scope, workspace::Workspace};

/// Commands of this repository: README.md describes them.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Walk members through their first access, then use the app in a browser
    Demo {
        /// Only walk; one line and one picture per step
        #[arg(long)]
        walk: bool,
        /// Face to walk over
        #[arg(long, requires = "walk", default_value = "android")]
        face: Face,
        /// Write the README's moving picture
        #[arg(long, requires = "walk", conflicts_with = "face")]
        record: bool,
    },
    /// Check everything, or one face's app alone
    Test {
        /// Part to check alone
        #[arg(conflicts_with_all = ["strict", "long"])]
        only: Option<test::Part>,
        /// Count a skip as a failure
        #[arg(long)]
        strict: bool,
        /// Run the slow checks as well, and count a skip as a failure
        #[arg(long)]
        long: bool,
    },
    /// Measure the core's costs and compare them with its peers
    Bench(bench::Args),
    /// Inject faults: nothing may be lost, nothing filed twice
    Faults(faults::Args),
    /// Change the code at single points, of which the tests must notice nine in ten
    Mutants(mutants::Args),
    /// Generate the sources that call the core
    Bindings {
        /// Language of the sources
        language: bindings::Language,
    },
    /// Build the Android app, shrunk and signed with a debug key
    Apk {
        /// Build only what Android Studio's Gradle needs
        #[arg(long)]
        parts: bool,
        /// Refuse what no member may get: a portal under `.test`, or no key for its config
        #[arg(long, conflicts_with = "parts")]
        release: bool,
    },
    /// Build the core for Xcode, on a Mac; elsewhere check what can be checked
    Xcframework,
    /// Draw the screens again and update the committed pictures
    Pictures,
    /// Fetch the fonts and icons, and build the app's resources from them
    Assets,
}

/// Runs the command line of this process, and reports an error on the standard error stream.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    match Workspace::locate().and_then(|workspace| command.run(&workspace)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Command {
    fn run(self, workspace: &Workspace) -> Result<bool> {
        let progress = &Progress::new();
        let need = |tools| setup::ensure(workspace, progress, tools);
        let result = match self {
            Self::Demo { walk: false, .. } => demo::live(workspace),
            Self::Demo { face, record, .. } => demo::walk(workspace, face, record),
            Self::Test { only: Some(part), .. } => return test::run_part(workspace, part),
            Self::Test { long: true, .. } => return test::run_all(workspace, Scope::Long),
            Self::Test { strict: true, .. } => return test::run_all(workspace, Scope::Strict),
            Self::Test { .. } => return test::run_all(workspace, Scope::Standard),
            Self::Bench(args) => return bench::run(workspace, &args),
            Self::Faults(args) => return faults::run(workspace, &args),
            Self::Mutants(args) => mutants::run(workspace, &args, progress),
            Self::Bindings { language } => {
                need(&[setup::RUST]).and_then(|()| bindings::generate(workspace, language, progress))
            }
            Self::Apk { parts: false, release } => need(&[setup::RUST, setup::ANDROID, setup::APK])
                .and_then(|()| apk::build_apk(workspace, release, progress)),
            Self::Apk { .. } => need(&[setup::RUST, setup::ANDROID])
                .and_then(|()| apk::build_gradle_inputs(workspace, progress)),
            Self::Xcframework => need(&[setup::RUST]).and_then(|()| ios::xcframework(workspace, progress)),
            Self::Pictures => test::update_pictures(workspace),
            Self::Assets => need(&[setup::RUST, setup::ANDROID])
                .and_then(|()| assets::build(workspace, progress).map(|_| ())),
        };
        result.map(|()| true)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn documented_command_lines_are_accepted_and_others_are_rejected() {
        Cli::command().debug_assert();
        let accepts = |line: &str| Cli::try_parse_from(format!("xtask {line}").split(' ')).is_ok();
        for line in [
            "demo",
            "demo --walk",
            "demo --walk --face core",
            "demo --walk --record",
            "test",
            "test --strict",
            "test --long",
            "test android",
            "test ios",
            "bench --only search --strict",
            "bench --strict --only library",
            "faults --runs 1000 --seed 7",
            "faults --only 3",
            "mutants --seed 7 --samples 10",
            "bindings kotlin",
            "bindings swift",
            "apk",
            "apk --parts",
            "xcframework",
            "pictures",
            "assets",
        ] {
            assert!(accepts(line), "{line}");
        }
        for line in [
            "",
            "demo --face core",
            "demo --walk --face web",
            "demo --record",
            "test windows",
            "test ios --strict",
            "bench --only weather",
            "faults --runs",
            "faults --runs many",
            "faults --luck 7",
            "mutants --samples 0",
            "bindings java",
            "bindings",
        ] {
            assert!(!accepts(line), "{line}");
        }
    }
}
