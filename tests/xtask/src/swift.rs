//! What is checked where a Swift toolchain is on the `PATH`: the core from Swift, the iPhone's models and the members'
//! journeys over them, its views.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    bindings::{self, Language},
    house::House,
    ios, journeys,
    progress::Progress,
    report::{Done, Report},
    run,
};

/// Every step that Swift has.
pub(crate) fn steps(house: &House, report: &mut Report, progress: &Progress) {
    report.step("the core from Swift", || {
        bindings::generate(house, Language::Swift, progress)?;
        test(house, "bindings/swift", "swift test")
    });
    report.step("the iPhone's models", || test(house, "ios/FosKit", "models"));
    report.step("journeys over the iPhone's models", || walk(house));
    report.step("the iPhone app's views", || ios::check(house, progress));
    report.step("Swift is formatted", || {
        if run::on_path("swift-format").is_none() {
            return Ok(Done::Skipped("no swift-format on the PATH".to_owned()));
        }
        let mut lint = Command::new("swift-format");
        lint.args(["lint", "--strict"]);
        for package in ["bindings/swift", "ios"] {
            lint.args(sources(&house.root.join(package))?);
        }
        run::quietly(house, "swift-format", lint).map(|()| Done::Passed)
    });
}

/// Runs a package's tests beside a portal.
fn test(house: &House, package: &str, name: &str) -> Result<Done> {
    let Some(swift) = run::on_path("swift") else {
        return Ok(Done::Skipped("no Swift toolchain on the PATH".to_owned()));
    };
    let (swift, library) = (swift.display().to_string(), library_folder(house)?);
    let (package, built) = (house.root.join(package), built(house, package));
    let (package, built) = (package.display().to_string(), built.display().to_string());
    let words = ["host", "--", &swift, "test", "--package-path", &package, "--scratch-path", &built];
    let mut test = journeys::runner(house, words);
    test.env("FOS_LIBRARY", library);
    run::quietly(house, name, test).map(|()| Done::Passed)
}

/// Walks every journey over the models, and a wrong one that must be caught.
fn walk(house: &House) -> Result<Done> {
    if run::on_path("swift").is_none() {
        return Ok(Done::Skipped("no Swift toolchain on the PATH".to_owned()));
    }
    let program = built(house, "ios/FosKit").join("debug/fos-face-swift");
    let face = journeys::write_face(house, "swift", &Command::new(program))?.display().to_string();
    let words = ["walk", "--face", "swift", "--face-command", &face, "--jobs", "4"];
    run::quietly(house, "journeys over the models", journeys::runner(house, words))?;
    let words = ["fault", "--face", "swift", "--face-command", &face];
    run::quietly(house, "a wrong journey over the models", journeys::runner(house, words))?;
    Ok(Done::Passed)
}

/// Where a package is built: `target/swift/FosKit`.
fn built(house: &House, package: &str) -> PathBuf {
    house.target().join("swift").join(Path::new(package).file_name().unwrap_or_default())
}

fn library_folder(house: &House) -> Result<PathBuf> {
    house.library().parent().map(PathBuf::from).context("the library stands in a folder")
}

/// The Swift sources that people wrote: what is generated is not theirs to format.
fn sources(package: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    let mut folders = vec![package.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "Generated" && name != ".build" {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "swift") {
                sources.push(path);
            }
        }
    }
    if sources.is_empty() {
        bail!("no Swift source under {}", package.display());
    }
    Ok(sources)
}
