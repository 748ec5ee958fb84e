//! The gate: what the portal's signed config lets this version do. The last good config is kept; its serial never goes
//! back; none at a first start means that all is allowed (design §3).

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;

use crate::portal::config::{PortalConfig, SignedConfig};

/// What stands in the way of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shut {
    /// Until then, if the portal said.
    Maintenance { until: Option<Timestamp> },
    /// This version is older than the oldest that is served.
    UpdateNeeded,
}

pub(crate) struct Gate {
    /// The portal's public key, 64 hex digits; empty in a build that knows none, which then believes no config.
    key: String,
    app_version: String,
    config: RwLock<Option<Arc<PortalConfig>>>,
}

impl Gate {
    pub(crate) fn new(key: &str, app_version: &str, kept: Option<&SignedConfig>) -> Self {
        let gate =
            Self { key: key.to_owned(), app_version: app_version.to_owned(), config: RwLock::default() };
        if let Some(kept) = kept {
            gate.take(kept);
        }
        gate
    }

    /// Takes a config that is signed and newer; says whether it did.
    pub(crate) fn take(&self, signed: &SignedConfig) -> bool {
        let Some(told) = signed.open(&self.key) else { return false };
        let mut config = self.config.write().unwrap_or_else(PoisonError::into_inner);
        let newer = told.serial > config.as_ref().map_or(0, |known| known.serial);
        if newer {
            *config = Some(Arc::new(told));
        }
        newer
    }

    /// This version of the app.
    pub(crate) fn app_version(&self) -> &str {
        &self.app_version
    }

    /// The last good config.
    pub(crate) fn config(&self) -> Option<Arc<PortalConfig>> {
        self.config.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The serial of the last good config; 0 before the first.
    pub(crate) fn serial(&self) -> u64 {
        self.config().map_or(0, |config| config.serial)
    }

    /// Whether a config could be believed at all.
    pub(crate) fn listens(&self) -> bool {
        !self.key.is_empty()
    }

    /// What keeps this version from sending now.
    pub(crate) fn shut(&self, now: Timestamp) -> Option<Shut> {
        let config = self.config()?;
        if older(&self.app_version, &config.minimum_version) {
            return Some(Shut::UpdateNeeded);
        }
        let maintenance = config.maintenance.as_ref()?;
        let over = maintenance.until.is_some_and(|until| until <= now);
        (!over).then_some(Shut::Maintenance { until: maintenance.until })
    }

    /// Whether a newer version would be better, though this one still serves.
    pub(crate) fn update_recommended(&self) -> bool {
        self.config().is_some_and(|config| older(&self.app_version, &config.recommended_version))
    }
}

/// Compares `1.10.0` and `1.9.2` by their numbers. What is no version is not older than anything.
fn older(version: &str, than: &str) -> bool {
    fn numbers(version: &str) -> Option<Vec<u32>> {
        version.split('.').map(|number| number.parse().ok()).collect()
    }
    matches!((numbers(version), numbers(than)), (Some(version), Some(than)) if version < than)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::config::tests::{PAYLOAD, signed};

    fn told(payload: &str) -> Gate {
        let (signed, key) = signed(payload);
        Gate::new(&key, "0.1.0", Some(&signed))
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn before_the_first_config_all_is_allowed() {
        let gate = Gate::new("", "0.1.0", None);
        assert_eq!(gate.shut(at("2026-11-24T09:00:00Z")), None);
        assert!(!gate.update_recommended() && !gate.listens());
    }

    #[test]
    fn an_update_is_recommended_then_needed() {
        let gate = told(PAYLOAD);
        assert!(gate.update_recommended());
        assert_eq!(gate.shut(at("2026-11-24T09:00:00Z")), None);
        let needed = told(&PAYLOAD.replace(r#"minimum_version":"0.1.0"#, r#"minimum_version":"0.1.1"#));
        assert_eq!(needed.shut(at("2026-11-24T09:00:00Z")), Some(Shut::UpdateNeeded));
    }

    #[test]
    fn maintenance_ends_by_itself_when_its_hour_comes() {
        let until = "2026-11-24T12:00:00Z";
        let maintenance = format!(r#""maintenance":{{"until":"{until}","reason":null}}"#);
        let gate = told(&PAYLOAD.replace(r#""maintenance":null"#, &maintenance));
        assert!(matches!(gate.shut(at("2026-11-24T11:59:59Z")), Some(Shut::Maintenance { .. })));
        assert_eq!(gate.shut(at(until)), None);
    }

    #[test]
    fn an_older_config_is_not_taken_again() {
        let gate = told(PAYLOAD);
        let (older, _) = signed(&PAYLOAD.replace(r#""serial":3"#, r#""serial":2"#));
        assert!(!gate.take(&older));
        let (newer, _) = signed(&PAYLOAD.replace(r#""serial":3"#, r#""serial":4"#));
        assert!(gate.take(&newer));
        assert_eq!(gate.serial(), 4);
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(older("1.9.2", "1.10.0"));
        assert!(!older("1.10.0", "1.9.2") && !older("0.1.0", "0.1.0") && !older("dev", "1.0.0"));
    }
}
