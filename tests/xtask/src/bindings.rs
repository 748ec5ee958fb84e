//! `cargo xtask bindings kotlin|swift`: builds the library and writes the sources that call it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use crate::{house::House, progress::Progress, run};

/// A language that calls the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// For Android.
    Kotlin,
    /// For iOS.
    Swift,
}

impl Language {
    /// The language of this name.
    ///
    /// # Errors
    /// When there are no bindings for it.
    pub fn named(name: &str) -> anyhow::Result<Self> {
        match name {
            "kotlin" => Ok(Self::Kotlin),
            "swift" => Ok(Self::Swift),
            other => bail!("no bindings for `{other}`: kotlin or swift"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
        }
    }
}

/// Builds the library and, when it has changed, writes its sources for this language.
///
/// # Errors
/// When it does not build, or the generator cannot read it.
pub fn generate(house: &House, language: Language, progress: &Progress) -> anyhow::Result<()> {
    house.build(progress)?;
    let library = house.library();
    let made_from = made_from(house, &library)?;
    let work = house.target().join("bindings").join(language.name());
    let stamp = work.join("made-from");
    let places = places(house, language);
    let whole = places.iter().all(|(_, place)| place.exists());
    if whole && fs::read_to_string(&stamp).is_ok_and(|before| before == made_from) {
        return Ok(());
    }
    progress.step(&format!("{} sources of the core", language.name()));
    fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let mut generator = Command::new(house.program("bindings-generate"));
    generator.arg(language.name()).arg(&library).arg(house.root.join("core")).arg(&work);
    run::quietly(house, &format!("bindings {}", language.name()), generator)?;
    for (written, place) in places {
        let folder = place.parent().context("a generated file stands in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        fs::copy(work.join(written), &place).with_context(|| format!("writing {}", place.display()))?;
    }
    fs::write(&stamp, made_from).with_context(|| format!("writing {}", stamp.display()))
}

/// What the generator writes, and where each file belongs.
fn places(house: &House, language: Language) -> Vec<(&'static str, PathBuf)> {
    let bindings = house.root.join("bindings");
    match language {
        Language::Kotlin => {
            vec![("ma/fos/core/fos_core.kt", bindings.join("kotlin/generated/ma/fos/core/fos_core.kt"))]
        }
        Language::Swift => {
            let sources = bindings.join("swift/Sources");
            vec![
                ("FosCore.swift", sources.join("FosCore/Generated/FosCore.swift")),
                ("fos_coreFFI.h", sources.join("fos_coreFFI/include/fos_coreFFI.h")),
            ]
        }
    }
}

/// A hash over the library and the generator's settings.
fn made_from(house: &House, library: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    for file in [library, &house.root.join("core/uniffi.toml"), &house.program("bindings-generate")] {
        hash.update(fs::read(file).with_context(|| format!("reading {}", file.display()))?);
    }
    Ok(hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}")))
}
