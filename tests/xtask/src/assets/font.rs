//! Reduces the font to the characters that the app displays.

use std::path::Path;

use anyhow::{Context, Result};
use xshell::cmd;

use super::manifest::Font;
use crate::{process, setup, workspace::Workspace};

/// Writes each weight as a TrueType file and keeps its shaping rules, which Arabic needs.
pub(super) fn write_subsets(workspace: &Workspace, font: &Font, package: &Path, to: &Path) -> Result<()> {
    let python = setup::python()
        .context("no Python with fontTools and brotli (Debian: python3-fonttools, python3-brotli)")?;
    let unicodes = font.unicodes.iter().map(|range| format!("U+{range}")).collect::<Vec<_>>().join(",");
    for (name, file) in &font.weights {
        let subset =
            cmd!(workspace.sh, "{python} -m fontTools.subset {package}/{file} --unicodes={unicodes}");
        let subset = subset.args(["--layout-features=*", "--no-hinting", "--drop-tables+=DSIG"]);
        process::run(subset.arg(format!("--output-file={}/{name}.ttf", to.display())))?;
    }
    Ok(())
}
