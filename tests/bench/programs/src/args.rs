//! Arguments of a measured program, passed in its environment.

use std::path::PathBuf;

use anyhow::Context;
use fos_support::headless_client::{ClientConfig, HeadlessClient};

/// Arguments of a measured program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Args {
    /// Base URL of the portal.
    pub portal: String,
    /// Public key of the portal's signed config; empty if the config is not fetched.
    pub key: String,
    /// PEM file with an additional trusted root, if the portal uses TLS.
    pub root: Option<PathBuf>,
    /// Data folder of the program.
    pub data: PathBuf,
}

impl Args {
    /// Reads the arguments from the environment.
    ///
    /// # Errors
    /// Returns an error if a variable is missing.
    pub fn from_environment() -> anyhow::Result<Self> {
        let text = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
        Ok(Self {
            portal: text("FOS_PORTAL")?,
            key: std::env::var("FOS_CONFIG_KEY").unwrap_or_default(),
            root: std::env::var_os("FOS_EXTRA_ROOT").map(PathBuf::from),
            data: text("FOS_DATA")?.into(),
        })
    }

    /// Returns these arguments so many times, each with a data folder of its own: a new phone.
    pub fn new_phones(&self, count: u32) -> impl Iterator<Item = Self> {
        (0..count).map(|number| Self { data: self.data.join(number.to_string()), ..self.clone() })
    }

    /// Opens the core without a face.
    ///
    /// # Errors
    /// Returns an error if the core does not open.
    pub fn open_client(&self) -> anyhow::Result<HeadlessClient> {
        let Self { portal, key, root, data } = self.clone();
        let config =
            ClientConfig { portal_url: portal, config_key: key, extra_root: root, clock_offset_file: None };
        HeadlessClient::open(&data, config)
    }

    /// Returns the environment variables for these arguments.
    pub fn to_environment(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("FOS_PORTAL", self.portal.clone()),
            ("FOS_CONFIG_KEY", self.key.clone()),
            ("FOS_DATA", self.data.display().to_string()),
        ];
        variables.extend(self.root.as_ref().map(|root| ("FOS_EXTRA_ROOT", root.display().to_string())));
        variables
    }
}
