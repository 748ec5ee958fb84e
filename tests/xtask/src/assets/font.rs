//! Reduces the font to the characters that the app displays.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use super::manifest::Font;
use crate::android::run;
use crate::setup;

/// Writes each weight as a TrueType file and keeps its shaping rules, which Arabic needs.
pub(super) fn write_subsets(font: &Font, package: &Path, to: &Path) -> Result<()> {
    let python = setup::python()
        .context("no Python with fontTools and brotli (Debian: python3-fonttools, python3-brotli)")?;
    let unicodes = font.unicodes.iter().map(|range| format!("U+{range}")).collect::<Vec<_>>().join(",");
    for (name, file) in &font.weights {
        run(Command::new(python)
            .args(["-m", "fontTools.subset"])
            .arg(package.join(file))
            .arg(format!("--unicodes={unicodes}"))
            .args(["--layout-features=*", "--no-hinting", "--drop-tables+=DSIG"])
            .arg(format!("--output-file={}", to.join(format!("{name}.ttf")).display())))?;
    }
    Ok(())
}
