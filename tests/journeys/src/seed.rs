//! Reads the members of the portal's seed; all of them are fictitious.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Member of the seed: the data on file, which is also what the member types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeedMember {
    /// `active` or `retired`.
    pub kind: String,
    /// Payroll number (PPR).
    pub ppr: String,
    /// Number of the national identity card (CIN).
    pub cin: String,
    /// Pension number of a retired member.
    #[serde(default)]
    pub pension_number: Option<String>,
    /// Addresses that mail may be sent to.
    #[serde(default)]
    pub emails: Vec<String>,
}

#[derive(Deserialize)]
struct SeedFile {
    member: Vec<SeedMember>,
}

/// Copies a seed folder with all its content, to be modified for another portal.
///
/// # Errors
/// If a file cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &to)?;
        } else {
            fs::copy(path, to)?;
        }
    }
    Ok(())
}

/// Returns every member of the seed folder.
///
/// # Errors
/// If the seed cannot be read.
pub fn members(seed: &Path) -> anyhow::Result<Vec<SeedMember>> {
    Ok(read_members_file::<SeedFile>(seed)?.member)
}

/// Parses the seed folder's file of members.
pub(crate) fn read_members_file<T: DeserializeOwned>(seed: &Path) -> anyhow::Result<T> {
    let file = seed.join("members.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("reading {}", file.display()))
}

/// Returns the member with this payroll number.
///
/// # Errors
/// If the seed cannot be read or has no such member.
pub fn member(seed: &Path, ppr: &str) -> anyhow::Result<SeedMember> {
    let member = members(seed)?.into_iter().find(|member| member.ppr == ppr);
    member.with_context(|| format!("no member {ppr} in {}", seed.display()))
}
