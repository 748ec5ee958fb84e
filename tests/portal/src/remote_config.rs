//! Remote config: versions, maintenance, charter version and contacts, which every app reads before sign-in.
//!
//! The config is signed with Ed25519 and numbered by a serial that only grows. Every response carries the serial in
//! `FOS-Config`; an app that holds an older one reads `/v1/config`.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use fos_rules::phone::Phone;
use fos_wire::{
    config::{ConfigContent, ConfigPayload, Contacts, Maintenance, SignedConfig, Stores},
    paths,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    app::App,
    app_links::LinkedApps,
    content::PublishedContent,
    http::TaggedBody,
    mailed_passwords::RESEND_INTERVAL,
    problem::{Problem, ProblemType},
    secrets::{ConfigSigner, hex},
    storage::StorageError,
};

/// Response header with the serial of the config.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("fos-config");

/// `Retry-After` in seconds of a maintenance whose end is unknown or has passed.
const DEFAULT_RETRY_AFTER: u64 = 300;

/// Supported versions of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Versions {
    /// Older versions may not send any more.
    pub(crate) minimum: String,
    /// Older versions are advised to update.
    pub(crate) recommended: String,
}

/// Returns the seconds until the announced end.
fn retry_after(maintenance: &Maintenance, now: Timestamp) -> u64 {
    let left = maintenance.until.map(|until| until.as_second() - now.as_second());
    left.and_then(|left| u64::try_from(left).ok()).filter(|left| *left > 0).unwrap_or(DEFAULT_RETRY_AFTER)
}

/// Returns phone and email, the means of direct contact.
pub(crate) fn direct_contacts(contacts: &Contacts) -> impl Iterator<Item = &str> {
    [&contacts.phone, &contacts.email].into_iter().flatten().map(String::as_str)
}

/// Limits of what a member may do.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// Requests of a member for one service in a day.
    pub(crate) requests_a_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { requests_a_day: 120 }
    }
}

/// Settings that the operator writes: `config.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) versions: Versions,
    #[serde(default)]
    contacts: Contacts,
    /// Authorisation number of the CNDP (law 09-08). Never invented: absent until it is known.
    authorisation: Option<String>,
    #[serde(default)]
    stores: Stores,
    #[serde(default)]
    apps: LinkedApps,
    #[serde(default)]
    limits: Limits,
}

impl Settings {
    /// Returns a description of the first invalid setting, if any.
    pub(crate) fn find_fault(&self) -> Option<String> {
        let is_phone = |phone: &String| Phone::from_e164(phone).is_some();
        let is_link = |link: &String| link.starts_with("https://");
        let links = [&self.stores.android, &self.stores.ios];
        if let Some(fault) = self.versions.find_fault() {
            Some(fault)
        } else if !self.contacts.phone.iter().all(is_phone) {
            Some("contacts.phone is not of the form +212XXXXXXXXX".to_owned())
        } else if !links.into_iter().flatten().all(is_link) {
            Some("stores: a link begins with https://".to_owned())
        } else {
            self.apps.find_fault()
        }
    }

    /// Inserts settings that are not stored yet. Those the operator changed stay.
    pub(crate) fn insert_missing(&self, db: &Transaction) -> Result<(), StorageError> {
        self.for_each(|name, value| {
            db.execute("INSERT OR IGNORE INTO settings (name, value) VALUES (?1, ?2)", (name, value))?;
            Ok(())
        })
    }

    /// Replaces all settings.
    pub(crate) fn replace(&self, db: &Transaction) -> Result<(), StorageError> {
        self.for_each(|name, value| set_json(db, name, &value))
    }

    fn for_each(
        &self,
        mut write: impl FnMut(&str, String) -> Result<(), StorageError>,
    ) -> Result<(), StorageError> {
        write("versions", json(&self.versions)?)?;
        write("contacts", json(&self.contacts)?)?;
        write("authorisation", json(&self.authorisation)?)?;
        write("stores", json(&self.stores)?)?;
        write("apps", json(&self.apps)?)?;
        write("limits", json(&self.limits)?)
    }
}

impl Versions {
    /// Returns a description of the fault, if any.
    pub(crate) fn find_fault(&self) -> Option<String> {
        match (parts(&self.minimum), parts(&self.recommended)) {
            (Some(minimum), Some(recommended)) if minimum <= recommended => None,
            (Some(_), Some(_)) => Some("the recommended version is older than the minimum".to_owned()),
            _ => Some("a version is three numbers, as in 1.0.2".to_owned()),
        }
    }
}

fn parts(version: &str) -> Option<[u32; 3]> {
    let parts = version.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>()?;
    parts.try_into().ok()
}

fn json(value: &impl Serialize) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(StorageError::unreadable("a setting"))
}

fn set_json(db: &Transaction, name: &str, value: &str) -> Result<(), StorageError> {
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )?;
    Ok(())
}

/// Stores the versions.
pub(crate) fn set_versions(db: &Transaction, versions: &Versions) -> Result<(), StorageError> {
    set_json(db, "versions", &json(versions)?)
}

/// Starts or ends a maintenance.
pub(crate) fn set_maintenance(
    db: &Transaction,
    maintenance: Option<&Maintenance>,
) -> Result<(), StorageError> {
    set_json(db, "maintenance", &json(&maintenance)?)
}

fn setting<T: DeserializeOwned>(db: &Connection, name: &str) -> Result<Option<T>, StorageError> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let parse = |text: String| serde_json::from_str(&text).map_err(StorageError::unreadable(name));
    text.map(parse).transpose()
}

/// Returns the id of the database since its last restore; `0` before the first.
pub(crate) fn epoch(db: &Connection) -> Result<String, StorageError> {
    Ok(setting(db, "epoch")?.unwrap_or_else(|| "0".to_owned()))
}

/// Sets a new id after a restore: cursors issued before may refer to changes that are lost.
pub(crate) fn set_epoch(db: &Transaction, epoch: &str) -> Result<(), StorageError> {
    set_json(db, "epoch", &json(&epoch)?)
}

/// Reads the content of the config from the settings.
fn read_content(db: &Connection) -> Result<ConfigContent, StorageError> {
    let missing = || StorageError::Unreadable("no versions".to_owned());
    let versions: Versions = setting(db, "versions")?.ok_or_else(missing)?;
    let charter_version =
        db.query_row("SELECT version FROM charters ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
    Ok(ConfigContent {
        minimum_version: versions.minimum,
        recommended_version: versions.recommended,
        maintenance: setting(db, "maintenance")?.flatten(),
        charter_version,
        mail_again_after_seconds: RESEND_INTERVAL,
        contacts: setting(db, "contacts")?.unwrap_or_default(),
        authorisation: setting(db, "authorisation")?.flatten(),
        stores: setting(db, "stores")?.unwrap_or_default(),
    })
}

/// Returns the limits that the operator has set.
pub(crate) fn limits(db: &Connection) -> Result<Limits, StorageError> {
    Ok(setting(db, "limits")?.unwrap_or_default())
}

/// Returns the apps that links to the site open.
pub(crate) fn linked_apps(db: &Connection) -> Result<LinkedApps, StorageError> {
    Ok(setting(db, "apps")?.unwrap_or_default())
}

/// Publishes the config under the next serial when its content has changed.
pub(crate) fn publish(db: &Transaction) -> Result<(), StorageError> {
    let content = json(&read_content(db)?)?;
    db.execute(
        "INSERT INTO published_config (id, serial, content) VALUES (1, 1, ?1)
         ON CONFLICT (id) DO UPDATE SET serial = serial + 1, content = excluded.content
         WHERE content <> excluded.content",
        [content],
    )?;
    Ok(())
}

/// Published config, signed and ready to serve.
pub(crate) struct PublishedConfig {
    serial: i64,
    pub(crate) contacts: Contacts,
    pub(crate) stores: Stores,
    maintenance: Option<Maintenance>,
    body: TaggedBody,
}

impl PublishedConfig {
    /// Reads and signs the config last published.
    pub(crate) fn read(db: &Connection, signer: &ConfigSigner) -> Result<Self, StorageError> {
        let (serial, content): (i64, String) =
            db.query_row("SELECT serial, content FROM published_config", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let content: ConfigContent =
            serde_json::from_str(&content).map_err(StorageError::unreadable("the published config"))?;
        let config = ConfigPayload { serial: u64::try_from(serial).unwrap_or_default(), content };
        let payload = json(&config)?;
        let signature = hex(&signer.sign(payload.as_bytes()));
        let body = TaggedBody::json(&SignedConfig { payload, signature })
            .ok_or_else(|| StorageError::Unreadable("the published config".to_owned()))?;
        let ConfigContent { contacts, stores, maintenance, .. } = config.content;
        Ok(Self { serial, contacts, stores, maintenance, body })
    }
}

/// Returns the signed config. Also answered during maintenance.
#[utoipa::path(
    get, path = paths::CONFIG, tag = "access",
    params(("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy")),
    responses(
        (status = 200, description = "The config, with a strong ETag", body = SignedConfig),
        (status = 304, description = "Not modified"),
    ),
)]
pub(crate) async fn config(
    Extension(content): Extension<Arc<PublishedContent>>,
    headers: HeaderMap,
) -> Response {
    content.config.body.respond(&headers)
}

/// Returns true for what is answered during maintenance: the config, and the files that Android and iOS read when the app
/// is installed.
fn is_answered_in_maintenance(path: &str) -> bool {
    [paths::CONFIG, paths::ANDROID_LINKS, paths::APPLE_LINKS].contains(&path)
}

/// Middleware: adds the published content to every request and the config's serial to every response. During
/// maintenance rejects every other call with 503.
pub(crate) async fn attach_content(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let content = match app.content().await {
        Ok(content) => content,
        Err(error) => return Problem::from(error).into_response(),
    };
    let serial = HeaderValue::from(content.config.serial);
    let maintenance =
        content.config.maintenance.as_ref().filter(|_| !is_answered_in_maintenance(request.uri().path()));
    let mut response = if let Some(maintenance) = maintenance {
        Problem::from(ProblemType::Maintenance)
            .with_retry_after(retry_after(maintenance, app.now()))
            .into_response()
    } else {
        request.extensions_mut().insert(content);
        next.run(request).await
    };
    response.headers_mut().insert(HEADER, serial);
    response
}

#[cfg(test)]
mod tests {
    use super::Versions;

    fn find_fault(minimum: &str, recommended: &str) -> Option<String> {
        Versions { minimum: minimum.to_owned(), recommended: recommended.to_owned() }.find_fault()
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        assert_eq!(find_fault("0.9.0", "0.10.0"), None);
        assert!(find_fault("0.10.0", "0.9.0").is_some());
        for invalid in ["1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", ""] {
            assert!(find_fault(invalid, "9.0.0").is_some(), "{invalid}");
        }
    }
}
