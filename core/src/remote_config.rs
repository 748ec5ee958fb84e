//! Remote config: what the portal's signed config allows this version to do. The last good config is stored and its
//! serial never goes back; without one (first start) everything is allowed.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::api::signed_config::{PortalConfig, SignedConfig};

/// Reason for which nothing may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockReason {
    /// Maintenance, with its end if the portal announced one.
    Maintenance { until: Option<Timestamp> },
    /// This version is below the minimum version.
    UpdateNeeded,
}

pub(crate) struct RemoteConfig {
    /// Ed25519 public key, 64 hex digits; empty in a build that accepts no config.
    key: String,
    app_version: String,
    config: watch::Sender<Option<Arc<PortalConfig>>>,
}

impl RemoteConfig {
    pub(crate) fn new(key: &str, app_version: &str, stored: Option<&SignedConfig>) -> Self {
        let config = Self {
            key: key.to_owned(),
            app_version: app_version.to_owned(),
            config: watch::Sender::default(),
        };
        if let Some(stored) = stored {
            config.apply(stored);
        }
        config
    }

    /// Applies a config if its signature is valid and its serial higher. Returns true if it did.
    pub(crate) fn apply(&self, signed: &SignedConfig) -> bool {
        let Some(content) = signed.verify(&self.key) else { return false };
        self.config.send_if_modified(|config| {
            let is_newer = content.serial > config.as_ref().map_or(0, |known| known.serial);
            if is_newer {
                *config = Some(Arc::new(content));
            }
            is_newer
        })
    }

    /// Returns the version of the app.
    pub(crate) fn app_version(&self) -> &str {
        &self.app_version
    }

    /// Returns the last good config.
    pub(crate) fn config(&self) -> Option<Arc<PortalConfig>> {
        self.config.borrow().clone()
    }

    /// Returns a receiver that notices each applied config.
    pub(crate) fn subscribe(&self) -> watch::Receiver<Option<Arc<PortalConfig>>> {
        self.config.subscribe()
    }

    /// Returns the serial of the last good config; 0 before the first.
    pub(crate) fn serial(&self) -> u64 {
        self.config().map_or(0, |config| config.serial)
    }

    /// Returns true if this build has a key and so can accept a config.
    pub(crate) fn is_enabled(&self) -> bool {
        !self.key.is_empty()
    }

    /// Returns why this version may not send at `now`.
    pub(crate) fn block_reason(&self, now: Timestamp) -> Option<BlockReason> {
        let config = self.config()?;
        if is_older(&self.app_version, &config.minimum_version) {
            return Some(BlockReason::UpdateNeeded);
        }
        let maintenance = config.maintenance.as_ref()?;
        let over = maintenance.until.is_some_and(|until| until <= now);
        (!over).then_some(BlockReason::Maintenance { until: maintenance.until })
    }

    /// Returns true if a newer version is recommended.
    pub(crate) fn update_recommended(&self) -> bool {
        self.config().is_some_and(|config| is_older(&self.app_version, &config.recommended_version))
    }
}

/// Compares versions such as `1.10.0` and `1.9.2` numerically. A text that is no version is never older.
fn is_older(version: &str, than: &str) -> bool {
    fn numbers(version: &str) -> Option<Vec<u32>> {
        version.split('.').map(|number| number.parse().ok()).collect()
    }
    matches!((numbers(version), numbers(than)), (Some(version), Some(than)) if version < than)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::signed_config::tests::{PAYLOAD, signed};

    fn with_config(payload: &str) -> RemoteConfig {
        let (signed, key) = signed(payload);
        RemoteConfig::new(&key, "0.1.0", Some(&signed))
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn everything_is_allowed_before_the_first_config() {
        let config = RemoteConfig::new("", "0.1.0", None);
        assert_eq!(config.block_reason(at("2026-11-24T09:00:00Z")), None);
        assert!(!config.update_recommended() && !config.is_enabled());
    }

    #[test]
    fn an_update_is_recommended_then_needed() {
        let config = with_config(PAYLOAD);
        assert!(config.update_recommended());
        assert_eq!(config.block_reason(at("2026-11-24T09:00:00Z")), None);
        let needed =
            with_config(&PAYLOAD.replace(r#"minimum_version":"0.1.0"#, r#"minimum_version":"0.1.1"#));
        assert_eq!(needed.block_reason(at("2026-11-24T09:00:00Z")), Some(BlockReason::UpdateNeeded));
    }

    #[test]
    fn maintenance_ends_by_itself_at_its_time() {
        let until = "2026-11-24T12:00:00Z";
        let maintenance = format!(r#""maintenance":{{"until":"{until}","reason":null}}"#);
        let config = with_config(&PAYLOAD.replace(r#""maintenance":null"#, &maintenance));
        assert!(matches!(
            config.block_reason(at("2026-11-24T11:59:59Z")),
            Some(BlockReason::Maintenance { .. })
        ));
        assert_eq!(config.block_reason(at(until)), None);
    }

    #[test]
    fn an_older_config_is_not_applied() {
        let config = with_config(PAYLOAD);
        let (older, _) = signed(&PAYLOAD.replace(r#""serial":3"#, r#""serial":2"#));
        assert!(!config.apply(&older));
        let (newer, _) = signed(&PAYLOAD.replace(r#""serial":3"#, r#""serial":4"#));
        assert!(config.apply(&newer));
        assert_eq!(config.serial(), 4);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(is_older("1.9.2", "1.10.0"));
        assert!(!is_older("1.10.0", "1.9.2") && !is_older("0.1.0", "0.1.0") && !is_older("dev", "1.0.0"));
    }
}
