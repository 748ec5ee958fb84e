//! Writes the Kotlin or Swift sources of a built library.
//!
//! A crate of its own, so that the generator stays out of what the app is made of.

use anyhow::{Context, bail};
use camino::Utf8PathBuf;
use uniffi_bindgen::{
    BindgenPaths, BindgenPathsLayer,
    bindings::{GenerateOptions, TargetLanguage, generate_with_bindgen_paths},
};

/// Folder of `fos_core`'s `uniffi.toml`, passed by the caller so that Cargo's metadata is not needed.
struct Core(Utf8PathBuf);

impl BindgenPathsLayer for Core {
    fn get_crate_root(&self, crate_name: &str) -> Option<Utf8PathBuf> {
        (crate_name == "fos_core").then(|| self.0.clone())
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [language, library, core, out] = arguments.as_slice() else {
        bail!("usage: bindings-generate kotlin|swift LIBRARY CORE-FOLDER OUT-FOLDER");
    };
    let language = match language.as_str() {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        other => bail!("no bindings for {other}: kotlin or swift"),
    };
    let mut paths = BindgenPaths::default();
    paths.add_layer(Core(core.into()));
    let options = GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: out.into(),
        ..GenerateOptions::default()
    };
    generate_with_bindgen_paths(options, paths).with_context(|| format!("reading {library}"))
}
