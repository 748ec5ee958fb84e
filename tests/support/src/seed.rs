//! Members of the portal's seed (`tests/portal/seed/members.toml`), all of them fictitious.

use fos_wire::LocalizedText;
use serde::{Deserialize, Serialize};

/// PPR of the usual member: active, with a family.
pub const MEMBER: &str = "0123456";
/// PPR of another active member.
pub const COLLEAGUE: &str = "0234567";
/// PPR of a retired member.
pub const RETIREE: &str = "0345678";
/// PPR of a retired member without an address on file.
pub const WITHOUT_ADDRESS: &str = "0456789";
/// PPR of an active member who shares the address of [`MEMBER`].
pub const SPOUSE: &str = "0567890";

/// Password that the member has chosen in place of the mailed one.
pub const PASSWORD: &str = "قهوة-الصباح-2026";

/// Time at which tests set the portal's clock: the statuses of the seed's services depend on the day.
pub const START_TIME: &str = "2026-11-24T09:00:00Z";

/// Member of the seed: the data on file, which is also what the member types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedMember {
    /// `active` or `retired`.
    pub kind: String,
    /// Payroll number (PPR).
    pub ppr: String,
    /// Number of the national identity card (CIN).
    pub cin: String,
    /// Pension number of a retired member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pension_number: Option<String>,
    /// Addresses that mail may be sent to.
    pub emails: Vec<String>,
    /// Name in both languages.
    pub name: LocalizedText,
    /// Persons that a request may be for.
    #[serde(default)]
    pub family: Vec<SeedRelative>,
}

/// Member of a member's family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedRelative {
    /// Id, unique within the family.
    pub id: String,
    /// `spouse`, `child` or `ascendant`.
    pub relation: String,
    /// Name in both languages.
    pub name: LocalizedText,
    /// Date of birth, as `2014-09-21`.
    pub born: String,
}

impl SeedMember {
    /// Returns the first address on file; empty if there is none.
    pub fn email(&self) -> &str {
        self.emails.first().map_or("", String::as_str)
    }
}

#[cfg(feature = "seed")]
pub use folder::{member, members, write_members};

#[cfg(feature = "seed")]
mod folder {
    use std::{fs, path::Path};

    use anyhow::Context;
    use serde::{Deserialize, Serialize};

    use super::SeedMember;

    const FILE: &str = "members.toml";

    #[derive(Serialize, Deserialize)]
    struct MembersFile {
        member: Vec<SeedMember>,
    }

    /// Returns every member of the seed folder.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn members(seed: &Path) -> anyhow::Result<Vec<SeedMember>> {
        let path = seed.join(FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let file: MembersFile =
            toml::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
        Ok(file.member)
    }

    /// Returns the member with this PPR.
    ///
    /// # Errors
    /// If the file cannot be read or has no such member.
    pub fn member(seed: &Path, ppr: &str) -> anyhow::Result<SeedMember> {
        let member = members(seed)?.into_iter().find(|member| member.ppr == ppr);
        member.with_context(|| format!("no member {ppr} in {}", seed.display()))
    }

    /// Replaces the members of a seed folder.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write_members(seed: &Path, member: Vec<SeedMember>) -> anyhow::Result<()> {
        let path = seed.join(FILE);
        let text = toml::to_string(&MembersFile { member })?;
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    }
}

#[cfg(all(test, feature = "seed"))]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_named_members_are_in_the_seed_as_described() {
        let seed = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../portal/seed"));
        for (ppr, kind, has_address) in [
            (MEMBER, "active", true),
            (COLLEAGUE, "active", true),
            (RETIREE, "retired", true),
            (WITHOUT_ADDRESS, "retired", false),
            (SPOUSE, "active", true),
        ] {
            let member = member(seed, ppr).unwrap();
            assert_eq!((member.kind.as_str(), !member.emails.is_empty()), (kind, has_address), "{ppr}");
            assert_eq!(member.pension_number.is_some(), kind == "retired", "{ppr}");
        }
        assert_eq!(member(seed, MEMBER).unwrap().emails, member(seed, SPOUSE).unwrap().emails);
        assert!(member(seed, "9999999").is_err());
    }

    #[test]
    fn written_members_are_read_back() {
        let seed = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../portal/seed"));
        let folder = tempfile::tempdir().unwrap();
        let written = members(seed).unwrap();
        write_members(folder.path(), written.clone()).unwrap();
        assert_eq!(members(folder.path()).unwrap(), written);
    }
}
