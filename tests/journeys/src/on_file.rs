//! The members on the portal's file, as its seed names them: all fictitious.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// What the foundation knows of a member, and what the member types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnFile {
    /// `active` or `retired`.
    pub kind: String,
    /// The payroll number.
    pub ppr: String,
    /// The national identity card's.
    pub cin: String,
    /// The pension's, of a retired member.
    #[serde(default)]
    pub pension_number: Option<String>,
    /// Where mail may go.
    #[serde(default)]
    pub emails: Vec<String>,
}

#[derive(Deserialize)]
struct Seed {
    member: Vec<OnFile>,
}

/// Copies a seed folder with all that is in it, for a portal whose file is another.
///
/// # Errors
/// When something of it cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to)?;
        } else {
            fs::copy(path, to)?;
        }
    }
    Ok(())
}

/// Every member in the seed folder.
///
/// # Errors
/// When the seed cannot be read.
pub fn all(seed: &Path) -> anyhow::Result<Vec<OnFile>> {
    let file = seed.join("members.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let seed: Seed = toml::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
    Ok(seed.member)
}

/// The member with this payroll number in the seed folder.
///
/// # Errors
/// When the seed cannot be read, or has no such member.
pub fn named(seed: &Path, ppr: &str) -> anyhow::Result<OnFile> {
    let found = all(seed)?.into_iter().find(|member| member.ppr == ppr);
    found.with_context(|| format!("no member {ppr} in {}", seed.display()))
}
