//! Seed folder: initial content written by hand, read at every start. It fills what the database does not have yet;
//! after that the operator's commands decide.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    catalogue,
    charter::CharterSource,
    forms::{self, Form},
    members::{self, MemberRecord},
    remote_config::Settings,
};

/// Error in a file of the seed folder.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The file cannot be read.
    #[error("{file}: {source}")]
    Read {
        /// File name within the seed folder.
        file: String,
        /// Underlying error.
        source: io::Error,
    },
    /// The file's content is invalid.
    #[error("{file}: {reason}")]
    Invalid {
        /// File name within the seed folder.
        file: String,
        /// Fault and its position.
        reason: String,
    },
}

impl SeedError {
    pub(crate) fn invalid(file: &str, reason: &impl ToString) -> Self {
        Self::Invalid { file: file.to_owned(), reason: reason.to_string() }
    }
}

/// Text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LocalizedText {
    /// In Arabic.
    pub(crate) ar: String,
    /// In French.
    pub(crate) fr: String,
}

/// Reads a text file.
pub(crate) fn read(seed: &Path, file: &str) -> Result<String, SeedError> {
    fs::read_to_string(seed.join(file)).map_err(|source| SeedError::Read { file: file.to_owned(), source })
}

/// Reads and parses a TOML file.
pub(crate) fn read_toml<T: DeserializeOwned>(seed: &Path, file: &str) -> Result<T, SeedError> {
    toml::from_str(&read(seed, file)?).map_err(|error| SeedError::invalid(file, &error))
}

/// File of the config.
pub(crate) const CONFIG_FILE: &str = "config.toml";

/// Content of the whole folder, validated.
pub(crate) struct Seed {
    pub(crate) members: Vec<MemberRecord>,
    pub(crate) professional_domains: Vec<String>,
    pub(crate) services: Vec<catalogue::SeededService>,
    pub(crate) forms: Vec<Form>,
    pub(crate) charter: CharterSource,
    pub(crate) settings: Settings,
}

impl Seed {
    /// Reads and validates the folder.
    pub(crate) fn read(seed: &Path) -> Result<Self, SeedError> {
        let services = catalogue::read(seed)?;
        Ok(Self {
            forms: forms::parse_all(seed, &|id| services.iter().any(|service| service.id() == id))?,
            members: members::read_toml(members::FILE, &read(seed, members::FILE)?)?,
            professional_domains: read_toml(seed, DOMAINS_FILE).map(|file: DomainsFile| file.domains)?,
            services,
            charter: CharterSource::read(seed, "charter/")?,
            settings: settings(seed, CONFIG_FILE)?,
        })
    }
}

/// Reads and validates a config file.
pub(crate) fn settings(folder: &Path, file: &str) -> Result<Settings, SeedError> {
    let settings: Settings = read_toml(folder, file)?;
    match settings.find_fault() {
        Some(fault) => Err(SeedError::invalid(file, &fault)),
        None => Ok(settings),
    }
}

const DOMAINS_FILE: &str = "professional-domains.toml";

/// Professional domains: early feedback in the app's form. Mail goes only to addresses on file, whatever is listed
/// here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainsFile {
    domains: Vec<String>,
}
