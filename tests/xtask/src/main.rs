//! `cargo xtask demo|test|bench|faults|bindings|apk|xcframework|assets`.

use std::process::ExitCode;

use xtask::{
    android::apk,
    assets, bench, bindings, demo, faults,
    house::House,
    ios,
    journeys::Face,
    progress::Progress,
    setup,
    test::{self, Extent},
};

const HELP: &str = "\
cargo xtask demo                                watch two members' first access, then use the phone in a browser
cargo xtask demo --walk [--face android|core]   watch a member's first access, a line and a picture a step
cargo xtask test [--strict]                     check everything; --strict takes a skip for a failure
cargo xtask test --long                         the same, and what takes long
cargo xtask test android                        build and check the Android app alone
cargo xtask test ios                            check the iPhone app's views alone
cargo xtask bench [--strict] [--only WHAT]       measure what the core costs, beside its peers
cargo xtask faults [--runs N] [--seed S]        break what a member relies on: nothing lost, nothing filed twice;
                                                --only K: one run of them again, told line by line
cargo xtask bindings kotlin|swift               write the sources that call the core
cargo xtask apk [--parts]                       make the Android app, shrunk and signed for trying out; --parts: only
                                                what Android Studio's Gradle takes
cargo xtask xcframework                         build the core for Xcode, on a Mac; elsewhere what can be done there
cargo xtask pictures                            draw the screens anew and keep their main states
cargo xtask assets                              fetch the fonts and icons, and make the app's resources of them";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&House::here(), &words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(house: &House, words: &[&str]) -> anyhow::Result<bool> {
    match words {
        ["demo"] => demo::live(house).map(|()| true),
        ["demo", "--walk"] => demo::walk(house, Face::Android).map(|()| true),
        ["demo", "--walk", "--face", face] => demo::walk(house, Face::named(face)?).map(|()| true),
        ["test"] => test::all(house, Extent::Usual),
        ["test", "--strict"] => test::all(house, Extent::Strict),
        ["test", "--long"] => test::all(house, Extent::Long),
        ["test", "android"] => test::android_alone(house),
        ["test", "ios"] => test::views_alone(house),
        ["bench", wish @ ..] => bench::measure(house, &bench::Wish::read(wish)?),
        ["faults", wish @ ..] => faults::prove(house, &faults::Wish::read(wish)?),
        ["bindings", language] => {
            let progress = Progress::new();
            setup::rust(house, &progress)?;
            bindings::generate(house, bindings::Language::named(language)?, &progress).map(|()| true)
        }
        ["apk"] => {
            let progress = Progress::new();
            setup::apk(house, &progress)?;
            apk::apk(house, &progress).map(|()| true)
        }
        ["apk", "--parts"] => {
            let progress = Progress::new();
            setup::android(house, &progress)?;
            apk::parts(house, &progress).map(|()| true)
        }
        ["xcframework"] => {
            let progress = Progress::new();
            setup::rust(house, &progress)?;
            ios::xcframework(house, &progress).map(|()| true)
        }
        ["pictures"] => test::keep_pictures(house).map(|()| true),
        ["assets"] => {
            let progress = Progress::new();
            setup::android(house, &progress)?;
            assets::assets(house, &progress).map(|_| true)
        }
        ["help" | "--help"] => {
            println!("{HELP}");
            Ok(true)
        }
        _ => anyhow::bail!("{HELP}"),
    }
}
