//! Seed folder: initial content written by hand, read at every start. It fills what the database does not have yet;
//! after that the operator's commands decide.

use std::{fs, io, path::Path};

use fos_wire::form::Form;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::{
    catalogue,
    charter::CharterSource,
    forms,
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

/// Reads a text file.
pub(crate) fn read(seed: &Path, file: &str) -> Result<String, SeedError> {
    fs::read_to_string(seed.join(file)).map_err(|source| SeedError::Read { file: file.to_owned(), source })
}

/// Reads and parses a TOML file.
pub(crate) fn read_toml<T: DeserializeOwned>(seed: &Path, file: &str) -> Result<T, SeedError> {
    parse_toml(file, &read(seed, file)?)
}

/// Parses TOML and rejects unknown fields: bodies of the API ignore them, but in a file of the operator they are slips.
pub(crate) fn parse_toml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, SeedError> {
    let parser = toml::Deserializer::parse(text).map_err(|error| SeedError::invalid(file, &error))?;
    strict(parser).map_err(|reason| SeedError::invalid(file, &reason))
}

/// Parses a value of a TOML file and rejects unknown fields.
pub(crate) fn parse_value<T: DeserializeOwned>(value: toml::Value) -> Result<T, String> {
    strict(value)
}

fn strict<'de, T: Deserialize<'de>>(
    parser: impl Deserializer<'de, Error = toml::de::Error>,
) -> Result<T, String> {
    let mut unknown = None;
    let parsed = serde_ignored::deserialize(parser, |path| {
        // The path has a question mark for each value that may be absent.
        unknown = Some(path.to_string().replace(".?", ""));
    });
    let parsed = parsed.map_err(|error| error.to_string())?;
    match unknown {
        Some(field) => Err(format!("unknown field {field}")),
        None => Ok(parsed),
    }
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
