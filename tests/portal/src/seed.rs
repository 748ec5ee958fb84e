//! What the foundation's desk writes by hand: the seed folder, read at every start.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

/// A file of the seed folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file cannot be read.
    #[error("{file}: {source}")]
    Read {
        /// The file's name in the seed folder.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// The file does not say what it should.
    #[error("{file}: {reason}")]
    Content {
        /// The file's name in the seed folder.
        file: String,
        /// What is wrong, and where.
        reason: String,
    },
}

impl SeedError {
    pub(crate) fn content(file: &str, reason: &impl ToString) -> Self {
        Self::Content { file: file.to_owned(), reason: reason.to_string() }
    }
}

/// A text that members read, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BothLanguages {
    /// In Arabic.
    pub(crate) ar: String,
    /// In French.
    pub(crate) fr: String,
}

pub(crate) fn read(seed: &Path, file: &str) -> Result<String, SeedError> {
    fs::read_to_string(seed.join(file)).map_err(|source| SeedError::Read { file: file.to_owned(), source })
}

pub(crate) fn read_toml<T: DeserializeOwned>(seed: &Path, file: &str) -> Result<T, SeedError> {
    toml::from_str(&read(seed, file)?).map_err(|error| SeedError::content(file, &error))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainsFile {
    domains: Vec<String>,
}

/// The professional domains: early feedback in the form, never authority (design §3).
pub(crate) fn professional_domains(seed: &Path) -> Result<Vec<String>, SeedError> {
    read_toml(seed, "professional-domains.toml").map(|file: DomainsFile| file.domains)
}
