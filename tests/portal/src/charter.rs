//! The charter of use (guide step 6): its text in both languages, and who accepted which.

use std::{path::Path, sync::Arc};

use axum::{Extension, Json, extract::State, http::HeaderMap, response::Response};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::Signed,
    app::App,
    desk::Desk,
    http::{Body, Rendered},
    problem::{Problem, Slug},
    secrets::{hex, sha256},
    seed::{self, SeedError},
    store::{StoreError, audit},
};

/// A charter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Charter {
    /// Its version.
    #[schema(example = "2026-1")]
    pub(crate) version: String,
    /// The day it was published.
    #[schema(value_type = String, format = Date)]
    published: Date,
    /// Its text.
    texts: CharterTexts,
}

/// The charter's text in both languages.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CharterTexts {
    /// In Arabic.
    ar: CharterText,
    /// In French.
    fr: CharterText,
}

/// The charter's text in one language.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CharterText {
    /// Its title.
    title: String,
    /// Its articles, in order.
    articles: Vec<Article>,
    /// SHA-256, in hexadecimal, over the title and every heading and paragraph in reading order, each followed by
    /// a line feed, in UTF-8.
    sha256: String,
}

/// One article.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Article {
    /// Its number and heading, as they are shown.
    heading: String,
    /// Its paragraphs, in order.
    paragraphs: Vec<String>,
}

/// A charter as the desk writes it: a folder with `charter.toml`, `ar.md`, `fr.md`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    pub(crate) version: String,
    published: Date,
    ar: String,
    fr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Imprint {
    version: String,
    published: Date,
}

impl Edition {
    /// Reads the charter's folder and checks it; its files' names begin with `prefix`.
    pub(crate) fn read(folder: &Path, prefix: &str) -> Result<Self, SeedError> {
        let file = |name: &str| format!("{prefix}{name}");
        let imprint: Imprint = seed::read_toml(folder, &file("charter.toml"))?;
        let text = |name: &str| {
            let text = seed::read(folder, &file(name))?;
            CharterText::parse(&text).map_err(|reason| SeedError::content(&file(name), &reason))?;
            Ok::<_, SeedError>(text)
        };
        let (ar, fr) = (text("ar.md")?, text("fr.md")?);
        let edition = Self { version: imprint.version, published: imprint.published, ar, fr };
        edition.charter().map_err(|reason| SeedError::content(&file("charter.toml"), &reason))?;
        Ok(edition)
    }

    /// Puts it in force.
    pub(crate) fn publish(&self, db: &Transaction) -> Result<(), StoreError> {
        db.execute(
            "INSERT INTO charters (version, published, ar, fr) VALUES (?1, ?2, ?3, ?4)",
            (&self.version, self.published.to_string(), &self.ar, &self.fr),
        )?;
        Ok(())
    }

    fn charter(&self) -> Result<Charter, String> {
        let texts = CharterTexts { ar: CharterText::parse(&self.ar)?, fr: CharterText::parse(&self.fr)? };
        if texts.ar.articles.len() != texts.fr.articles.len() {
            return Err("the two languages have not the same articles".to_owned());
        }
        Ok(Charter { version: self.version.clone(), published: self.published, texts })
    }

    /// Every edition there was, the newest first.
    pub(crate) fn all(db: &Connection) -> Result<Vec<Self>, StoreError> {
        let mut query = db.prepare("SELECT version, published, ar, fr FROM charters ORDER BY id DESC")?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?)))?;
        rows.map(|row| {
            let (version, published, ar, fr) = row?;
            let published = published.parse().map_err(StoreError::content("a charter's date"))?;
            Ok(Self { version, published, ar, fr })
        })
        .collect()
    }
}

impl Charter {
    /// The charter in force.
    pub(crate) fn in_force(db: &Connection) -> Result<Self, StoreError> {
        let newest = Edition::all(db)?.into_iter().next();
        let newest = newest.ok_or_else(|| StoreError::Content("no charter".to_owned()))?;
        newest.charter().map_err(StoreError::content("a charter"))
    }

    /// Whether any was ever published.
    pub(crate) fn is_published(db: &Connection) -> Result<bool, StoreError> {
        Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM charters)", [], |row| row.get(0))?)
    }

    fn has_text(&self, sha256: &str) -> bool {
        [&self.texts.ar, &self.texts.fr].iter().any(|text| text.sha256.eq_ignore_ascii_case(sha256))
    }
}

impl CharterText {
    /// `# title`, then `## heading` and its paragraphs, with empty lines between.
    fn parse(markdown: &str) -> Result<Self, String> {
        let mut blocks = markdown.split("\n\n").map(unwrapped).filter(|block| !block.is_empty());
        let first = blocks.next().unwrap_or_default();
        let title = first.strip_prefix("# ").ok_or("the first line is not «# title»")?.to_owned();
        let mut articles: Vec<Article> = Vec::new();
        for block in blocks {
            if let Some(heading) = block.strip_prefix("## ") {
                articles.push(Article { heading: heading.to_owned(), paragraphs: Vec::new() });
            } else if let Some(article) = articles.last_mut() {
                article.paragraphs.push(block);
            } else {
                return Err(format!("text before the first article: {block}"));
            }
        }
        match articles.iter().find(|article| article.paragraphs.is_empty()) {
            Some(empty) => Err(format!("nothing under «{}»", empty.heading)),
            None if articles.is_empty() => Err("no article".to_owned()),
            None => Ok(Self { sha256: text_hash(&title, &articles), title, articles }),
        }
    }
}

fn unwrapped(block: &str) -> String {
    block.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn text_hash(title: &str, articles: &[Article]) -> String {
    let mut text = format!("{title}\n");
    for article in articles {
        for line in std::iter::once(&article.heading).chain(&article.paragraphs) {
            text.push_str(line);
            text.push('\n');
        }
    }
    hex(&sha256(text.as_bytes()))
}

/// Whether this member still has to accept this version.
pub(crate) fn is_due(db: &Connection, ppr: &str, version: &str) -> Result<bool, StoreError> {
    Ok(accepted_at(db, ppr, version)?.is_none())
}

/// When this member accepted this version.
pub(crate) fn accepted_at(db: &Connection, ppr: &str, version: &str) -> Result<Option<i64>, StoreError> {
    let found = db
        .prepare_cached("SELECT accepted_at FROM charter_acceptances WHERE ppr = ?1 AND version = ?2")?
        .query_row((ppr, version), |row| row.get(0));
    Ok(found.optional()?)
}

/// The current charter, and when the member accepted it.
#[derive(Serialize, ToSchema)]
struct CharterBody<'a> {
    #[serde(flatten)]
    charter: &'a Charter,
    /// When this member accepted this version; null while they have not.
    #[schema(required = true, value_type = Option<String>, format = DateTime)]
    accepted_at: Option<Timestamp>,
}

/// The current charter, in both languages, and when the member accepted it.
#[utoipa::path(
    get, path = "/v1/charter", tag = "access", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The entity tag already held")),
    responses(
        (status = 200, description = "The charter, with a strong ETag", body = CharterBody),
        (status = 304, description = "The one already held"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn current(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let version = desk.charter.version.clone();
    let seconds = app.store.transact(move |db| accepted_at(db, &signed.ppr, &version)).await?;
    let accepted_at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let body = Rendered::json(&CharterBody { charter: &desk.charter, accepted_at }).ok_or(Slug::Internal)?;
    Ok(body.answer(&headers))
}

/// Which text the member read to its end and accepts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// The charter's version.
    version: String,
    /// The hash of the text that was read.
    sha256: String,
}

/// The acceptance on record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// The charter's version.
    version: String,
    /// When this version was first accepted.
    #[schema(value_type = String, format = DateTime)]
    accepted_at: Timestamp,
}

/// Accepts the charter; accepting again changes nothing.
#[utoipa::path(
    post, path = "/v1/charter/acceptance", tag = "access", security(("session" = [])),
    request_body = Acceptance,
    responses(
        (status = 200, description = "On record", body = Accepted),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`charter-version`: not the current charter, or not its text",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn accept(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(signed): Extension<Signed>,
    Body(acceptance): Body<Acceptance>,
) -> Result<Json<Accepted>, Problem> {
    if acceptance.version != desk.charter.version || !desk.charter.has_text(&acceptance.sha256) {
        return Err(Slug::CharterVersion.into());
    }
    let now = app.now_seconds();
    let Acceptance { version, sha256 } = acceptance;
    let seconds = app
        .store
        .transact(move |db| {
            let text = sha256.to_ascii_lowercase();
            let new = db
                .prepare_cached("INSERT OR IGNORE INTO charter_acceptances VALUES (?1, ?2, ?3, ?4)")?
                .execute((&signed.ppr, &version, text, now))?;
            if new == 1 {
                audit(db, now, &signed.ppr, &format!("charter {version} accepted"))?;
            }
            accepted_at(db, &signed.ppr, &version)
        })
        .await?;
    let accepted_at =
        seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or(Slug::Internal)?;
    Ok(Json(Accepted { version: desk.charter.version.clone(), accepted_at }))
}
