//! What the foundation's desk writes by hand: the seed folder, read at every start. It fills what the database has
//! not yet; from then on the operator's acts decide.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    catalogue,
    charter::Edition,
    forms::{self, Form},
    gate::Settings,
    members::{self, OnFile},
};

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

/// The text of a file.
pub(crate) fn read(seed: &Path, file: &str) -> Result<String, SeedError> {
    fs::read_to_string(seed.join(file)).map_err(|source| SeedError::Read { file: file.to_owned(), source })
}

/// What a TOML file says.
pub(crate) fn read_toml<T: DeserializeOwned>(seed: &Path, file: &str) -> Result<T, SeedError> {
    toml::from_str(&read(seed, file)?).map_err(|error| SeedError::content(file, &error))
}

/// What the config's file is called.
pub(crate) const CONFIG: &str = "config.toml";

/// The whole folder, every line of it checked.
pub(crate) struct Seed {
    pub(crate) members: Vec<OnFile>,
    pub(crate) professional_domains: Vec<String>,
    pub(crate) services: Vec<catalogue::Seeded>,
    pub(crate) forms: Vec<Form>,
    pub(crate) charter: Edition,
    pub(crate) settings: Settings,
}

impl Seed {
    /// Reads the folder.
    pub(crate) fn read(seed: &Path) -> Result<Self, SeedError> {
        let services = catalogue::read(seed)?;
        Ok(Self {
            forms: forms::read_all(seed, &|id| services.iter().any(|service| service.id() == id))?,
            members: members::read_toml(members::FILE, &read(seed, members::FILE)?)?,
            professional_domains: read_toml(seed, DOMAINS).map(|file: DomainsFile| file.domains)?,
            services,
            charter: Edition::read(seed, "charter/")?,
            settings: settings(seed, CONFIG)?,
        })
    }
}

/// Reads a config file and checks it.
pub(crate) fn settings(folder: &Path, file: &str) -> Result<Settings, SeedError> {
    let settings: Settings = read_toml(folder, file)?;
    match settings.fault() {
        Some(fault) => Err(SeedError::content(file, &fault)),
        None => Ok(settings),
    }
}

const DOMAINS: &str = "professional-domains.toml";

/// The professional domains: early feedback in the form, never authority (design §3).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainsFile {
    domains: Vec<String>,
}
