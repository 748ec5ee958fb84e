//! Cuts the font down to the letters the app writes.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use super::list::Font;
use crate::android::run;

/// Pythons that may have fontTools: Debian's own is where its package puts it.
const PYTHONS: [&str; 2] = ["/usr/bin/python3", "python3"];

/// Writes each weight as a TrueType file, shaping rules kept: Arabic is not Arabic without them.
pub(super) fn cut(font: &Font, package: &Path, to: &Path) -> Result<()> {
    let python = PYTHONS
        .into_iter()
        .find(|python| has_tools(python))
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

fn has_tools(python: &str) -> bool {
    Command::new(python)
        .args(["-c", "import fontTools.subset, brotli"])
        .output()
        .is_ok_and(|out| out.status.success())
}
