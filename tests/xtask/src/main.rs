//! Command line of `cargo xtask demo|test|bench|faults|bindings|apk|xcframework|pictures|assets`.

use std::process::ExitCode;

use xtask::{
    android::apk,
    assets, bench, bindings, demo, faults, ios,
    journeys::Face,
    progress::Progress,
    setup,
    test::{self, Scope},
    workspace::Workspace,
};

const HELP: &str = "\
cargo xtask demo                                walk two members' first access, then use the app in a browser
cargo xtask demo --walk [--face android|core]   walk a member's first access; one line and one picture per step
cargo xtask test [--strict]                     check everything; --strict counts a skip as a failure
cargo xtask test --long                         the same, and the slow checks
cargo xtask test android                        build and check the Android app alone
cargo xtask test ios                            check the iPhone app's views alone
cargo xtask bench [--strict] [--only WHAT]      measure the core's costs and compare them with its peers
cargo xtask faults [--runs N] [--seed S]        inject faults: nothing may be lost, nothing filed twice;
                                                --only K: repeat run K alone, with a log of every step
cargo xtask bindings kotlin|swift               generate the sources that call the core
cargo xtask apk [--parts]                       build the Android app, shrunk and signed with a debug key; --parts: only
                                                what Android Studio's Gradle needs
cargo xtask xcframework                         build the core for Xcode, on a Mac; elsewhere check what can be checked
cargo xtask pictures                            draw the screens again and update the committed pictures
cargo xtask assets                              fetch the fonts and icons, and build the app's resources from them";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&Workspace::locate(), &args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(workspace: &Workspace, args: &[&str]) -> anyhow::Result<bool> {
    match args {
        ["demo"] => demo::live(workspace).map(|()| true),
        ["demo", "--walk"] => demo::walk(workspace, Face::Android).map(|()| true),
        ["demo", "--walk", "--face", face] => demo::walk(workspace, Face::parse(face)?).map(|()| true),
        ["test"] => test::run_all(workspace, Scope::Standard),
        ["test", "--strict"] => test::run_all(workspace, Scope::Strict),
        ["test", "--long"] => test::run_all(workspace, Scope::Long),
        ["test", "android"] => test::run_android(workspace),
        ["test", "ios"] => test::run_ios_views(workspace),
        ["bench", args @ ..] => bench::run(workspace, &bench::Args::parse(args)?),
        ["faults", args @ ..] => faults::run(workspace, &faults::Args::parse(args)?),
        ["bindings", language] => {
            let progress = Progress::new();
            setup::rust(workspace, &progress)?;
            bindings::generate(workspace, bindings::Language::parse(language)?, &progress).map(|()| true)
        }
        ["apk"] => {
            let progress = Progress::new();
            setup::apk(workspace, &progress)?;
            apk::build_apk(workspace, &progress).map(|()| true)
        }
        ["apk", "--parts"] => {
            let progress = Progress::new();
            setup::android(workspace, &progress)?;
            apk::build_gradle_inputs(workspace, &progress).map(|()| true)
        }
        ["xcframework"] => {
            let progress = Progress::new();
            setup::rust(workspace, &progress)?;
            ios::xcframework(workspace, &progress).map(|()| true)
        }
        ["pictures"] => test::update_pictures(workspace).map(|()| true),
        ["assets"] => {
            let progress = Progress::new();
            setup::android(workspace, &progress)?;
            assets::build(workspace, &progress).map(|_| true)
        }
        ["help" | "--help"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => anyhow::bail!("{HELP}"),
    }
}
