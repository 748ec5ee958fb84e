//! The config (design §3, «Gate»): what every app must know before it signs in, signed with Ed25519, under a serial
//! that never goes back.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{
    app::App,
    desk::Desk,
    http::Rendered,
    password_requests::QUIET_FOR,
    problem::{Problem, Slug},
    secrets::{Signer, hex},
    seed::BothLanguages,
    store::StoreError,
};

/// The header of every answer that carries the config's serial.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("fos-config");

/// Where the config is read; the one call that maintenance leaves open.
const PATH: &str = "/v1/config";

/// When to come back from a maintenance whose end is not known, or that lasts longer than was said.
const MAINTENANCE_PATIENCE: u64 = 300;

/// The app's versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Versions {
    /// Older ones may not send any more.
    pub(crate) minimum: String,
    /// Older ones are told that there is a newer one.
    pub(crate) recommended: String,
}

/// The portal answers nobody for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Maintenance {
    pub(crate) until: Option<Timestamp>,
    pub(crate) reason: Option<BothLanguages>,
}

impl Maintenance {
    /// When to come back, in seconds.
    fn patience(&self, now: Timestamp) -> u64 {
        let left = self.until.map(|until| until.as_second() - now.as_second());
        left.and_then(|left| u64::try_from(left).ok())
            .filter(|left| *left > 0)
            .unwrap_or(MAINTENANCE_PATIENCE)
    }
}

/// Where members ask for help.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contacts {
    /// In the form +212XXXXXXXXX (domain.md a).
    phone: Option<String>,
    email: Option<String>,
    hours: Option<BothLanguages>,
    address: Option<BothLanguages>,
}

impl Contacts {
    /// How to reach the foundation at once.
    pub(crate) fn ways(&self) -> impl Iterator<Item = &str> {
        [&self.phone, &self.email].into_iter().flatten().map(String::as_str)
    }
}

/// Where the app is to be had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stores {
    android: Option<String>,
    ios: Option<String>,
}

/// What the desk writes of the config: `config.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) versions: Versions,
    #[serde(default)]
    contacts: Contacts,
    /// The CNDP's authorisation number (law 09-08). Never invented: absent until it is known.
    authorisation: Option<String>,
    #[serde(default)]
    stores: Stores,
}

impl Settings {
    /// What is not of its form, if anything.
    pub(crate) fn fault(&self) -> Option<String> {
        let is_phone = |phone: &String| {
            phone.strip_prefix("+212").is_some_and(|n| n.len() == 9 && n.bytes().all(|b| b.is_ascii_digit()))
        };
        let is_link = |link: &String| link.starts_with("https://");
        let links = [&self.stores.android, &self.stores.ios];
        if let Some(fault) = self.versions.fault() {
            Some(fault)
        } else if !self.contacts.phone.iter().all(is_phone) {
            Some("contacts.phone is not of the form +212XXXXXXXXX".to_owned())
        } else if !links.into_iter().flatten().all(is_link) {
            Some("stores: a link begins with https://".to_owned())
        } else {
            None
        }
    }

    /// Keeps what is not kept yet; what the operator changed stays.
    pub(crate) fn fill(&self, db: &Transaction) -> Result<(), StoreError> {
        self.each(|name, value| {
            db.execute("INSERT OR IGNORE INTO settings (name, value) VALUES (?1, ?2)", (name, value))?;
            Ok(())
        })
    }

    /// Keeps all of it.
    pub(crate) fn replace(&self, db: &Transaction) -> Result<(), StoreError> {
        self.each(|name, value| set_json(db, name, &value))
    }

    fn each(&self, mut keep: impl FnMut(&str, String) -> Result<(), StoreError>) -> Result<(), StoreError> {
        keep("versions", json(&self.versions)?)?;
        keep("contacts", json(&self.contacts)?)?;
        keep("authorisation", json(&self.authorisation)?)?;
        keep("stores", json(&self.stores)?)
    }
}

impl Versions {
    /// What is not of its form, if anything.
    pub(crate) fn fault(&self) -> Option<String> {
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

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::content("a setting"))
}

fn set_json(db: &Transaction, name: &str, value: &str) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )?;
    Ok(())
}

/// Keeps the versions.
pub(crate) fn set_versions(db: &Transaction, versions: &Versions) -> Result<(), StoreError> {
    set_json(db, "versions", &json(versions)?)
}

/// Begins a maintenance, or ends it.
pub(crate) fn set_maintenance(db: &Transaction, maintenance: Option<&Maintenance>) -> Result<(), StoreError> {
    set_json(db, "maintenance", &json(&maintenance)?)
}

fn setting<T: DeserializeOwned>(db: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = db
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let parse = |text: String| serde_json::from_str(&text).map_err(StoreError::content(name));
    text.map(parse).transpose()
}

/// What the portal's data is called since it was last restored; 0 before it ever was.
pub(crate) fn epoch(db: &Connection) -> Result<String, StoreError> {
    Ok(setting(db, "epoch")?.unwrap_or_else(|| "0".to_owned()))
}

/// Calls the portal's data anew: what was counted on it before may be lost.
pub(crate) fn set_epoch(db: &Transaction, epoch: &str) -> Result<(), StoreError> {
    set_json(db, "epoch", &json(&epoch)?)
}

/// The config without its serial.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Content {
    minimum_version: String,
    recommended_version: String,
    maintenance: Option<Maintenance>,
    charter_version: String,
    mail_again_after_seconds: i64,
    contacts: Contacts,
    authorisation: Option<String>,
    stores: Stores,
}

impl Content {
    fn read(db: &Connection) -> Result<Self, StoreError> {
        let missing = || StoreError::Content("no versions".to_owned());
        let versions: Versions = setting(db, "versions")?.ok_or_else(missing)?;
        let charter_version =
            db.query_row("SELECT version FROM charters ORDER BY id DESC LIMIT 1", [], |row| row.get(0))?;
        Ok(Self {
            minimum_version: versions.minimum,
            recommended_version: versions.recommended,
            maintenance: setting(db, "maintenance")?.flatten(),
            charter_version,
            mail_again_after_seconds: QUIET_FOR,
            contacts: setting(db, "contacts")?.unwrap_or_default(),
            authorisation: setting(db, "authorisation")?.flatten(),
            stores: setting(db, "stores")?.unwrap_or_default(),
        })
    }
}

/// Publishes the config under the next serial when its content is another than the one published.
pub(crate) fn publish(db: &Transaction) -> Result<(), StoreError> {
    let content = json(&Content::read(db)?)?;
    db.execute(
        "INSERT INTO published_config (id, serial, content) VALUES (1, 1, ?1)
         ON CONFLICT (id) DO UPDATE SET serial = serial + 1, content = excluded.content
         WHERE content <> excluded.content",
        [content],
    )?;
    Ok(())
}

/// The config as it is given out.
pub(crate) struct Published {
    serial: i64,
    pub(crate) contacts: Contacts,
    maintenance: Option<Maintenance>,
    body: Rendered,
}

impl Published {
    /// Reads and signs the config last published.
    pub(crate) fn read(db: &Connection, signer: &Signer) -> Result<Self, StoreError> {
        let (serial, content): (i64, String) =
            db.query_row("SELECT serial, content FROM published_config", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let content: Content =
            serde_json::from_str(&content).map_err(StoreError::content("the published config"))?;
        let payload = json(&Payload { serial, content: &content })?;
        let signature = hex(&signer.sign(payload.as_bytes()));
        let body = Rendered::json(&SignedConfig { payload, signature })
            .ok_or_else(|| StoreError::Content("the published config".to_owned()))?;
        Ok(Self { serial, contacts: content.contacts, maintenance: content.maintenance, body })
    }
}

#[derive(Serialize)]
struct Payload<'a> {
    serial: i64,
    #[serde(flatten)]
    content: &'a Content,
}

/// The config, and the portal's signature over it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedConfig {
    /// JSON: `serial`, `minimum_version`, `recommended_version`, `maintenance` (null, or `until` and `reason`),
    /// `charter_version`, `mail_again_after_seconds`, `contacts`, `authorisation`, `stores`.
    payload: String,
    /// Ed25519 over the payload's bytes, in hexadecimal.
    #[schema(min_length = 128, max_length = 128)]
    signature: String,
}

/// What every app must know before it signs in. Answered in maintenance too.
#[utoipa::path(
    get, path = "/v1/config", tag = "access",
    params(("If-None-Match" = Option<String>, Header, description = "The entity tag already held")),
    responses(
        (status = 200, description = "The config, with a strong ETag", body = SignedConfig),
        (status = 304, description = "The one already held"),
    ),
)]
pub(crate) async fn config(Extension(desk): Extension<Arc<Desk>>, headers: HeaderMap) -> Response {
    desk.config.body.answer(&headers)
}

/// Gives every call what the desk decided and every answer the config's serial; while maintenance is on, refuses
/// every call but the config.
pub(crate) async fn keep(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let desk = match app.desk().await {
        Ok(desk) => desk,
        Err(error) => return Problem::from(error).into_response(),
    };
    let serial = HeaderValue::from(desk.config.serial);
    let closed = desk.config.maintenance.as_ref().filter(|_| request.uri().path() != PATH);
    let mut response = if let Some(maintenance) = closed {
        Problem::from(Slug::Maintenance).after(maintenance.patience(app.now())).into_response()
    } else {
        request.extensions_mut().insert(desk);
        next.run(request).await
    };
    response.headers_mut().insert(HEADER, serial);
    response
}

#[cfg(test)]
mod tests {
    use super::Versions;

    fn fault(minimum: &str, recommended: &str) -> Option<String> {
        Versions { minimum: minimum.to_owned(), recommended: recommended.to_owned() }.fault()
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        assert_eq!(fault("0.9.0", "0.10.0"), None);
        assert!(fault("0.10.0", "0.9.0").is_some());
        for wrong in ["1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", ""] {
            assert!(fault(wrong, "9.0.0").is_some(), "{wrong}");
        }
    }
}
