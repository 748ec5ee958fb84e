//! Named states of all screens, which the core makes over the portal (`fos_journeys::named_states`): what previews, pictures
//! and their checks show.

use std::path::PathBuf;

use anyhow::Result;
use xshell::cmd;

use crate::{android::cache::Cache, process, progress::Progress, workspace::Workspace};

/// Returns the folder of the states, a file for each language.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("states")
}

/// Makes the states again if a program of [`Workspace::build`] or the portal's seed has changed.
pub(crate) fn generate(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let (program, folder) = (workspace.program("fos-named-states"), folder(workspace));
    let mut cache = Cache::new(&workspace.target().join("android"), "states");
    for input in [&program, &workspace.root.join("tests/portal/seed")] {
        cache.add_path(input)?;
    }
    let files = ["ar.json", "fr.json"].map(|name| folder.join(name));
    cache.run_if_stale(&files.each_ref().map(PathBuf::as_path), || {
        progress.step("named states of all screens");
        process::run_logged(workspace, "states", cmd!(workspace.sh, "{program} {folder}"))
    })?;
    Ok(())
}
