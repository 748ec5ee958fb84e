//! What a measured program is told, by its environment.

use std::path::PathBuf;

use anyhow::Context;

/// The member who signs in: the portal's seed names them.
pub const MEMBER: &str = "0123456";
/// The password that the member has chosen.
pub const PASSWORD: &str = "قهوة-الصباح-2026";

/// Where the portal is, and where the program may keep things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The portal's address.
    pub portal: String,
    /// The key with which the portal signs its config; empty where no config is to be fetched.
    pub key: String,
    /// The root to trust besides those that ship, as a PEM file, where the portal speaks TLS.
    pub root: Option<PathBuf>,
    /// A folder of its own.
    pub data: PathBuf,
}

impl Given {
    /// As the environment says.
    ///
    /// # Errors
    /// When something is missing.
    pub fn from_environment() -> anyhow::Result<Self> {
        let text = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
        Ok(Self {
            portal: text("FOS_PORTAL")?,
            key: std::env::var("FOS_CONFIG_KEY").unwrap_or_default(),
            root: std::env::var_os("FOS_EXTRA_ROOT").map(PathBuf::from),
            data: text("FOS_DATA")?.into(),
        })
    }

    /// The environment that says so.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let mut told = vec![
            ("FOS_PORTAL", self.portal.clone()),
            ("FOS_CONFIG_KEY", self.key.clone()),
            ("FOS_DATA", self.data.display().to_string()),
        ];
        told.extend(self.root.as_ref().map(|root| ("FOS_EXTRA_ROOT", root.display().to_string())));
        told
    }
}
