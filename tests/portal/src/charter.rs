//! Charter of use (guide step 6): its text in both languages, and the acceptances (law 43-20).

use std::{path::Path, sync::Arc};

use axum::{Extension, Json, extract::State, http::HeaderMap, response::Response};
use fos_wire::{
    charter::{Acceptance, Accepted, Article, Charter, CharterBody, CharterText, CharterTexts},
    paths,
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::Deserialize;

use crate::{
    app::App,
    auth::AuthSession,
    content::PublishedContent,
    http::{JsonBody, TaggedBody},
    problem::{Problem, ProblemType},
    secrets::{hex, sha256},
    seed::{self, SeedError},
    storage::{StorageError, audit},
};

/// Source of a charter: a folder with `charter.toml`, `ar.md` and `fr.md`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CharterSource {
    pub(crate) version: String,
    published: Date,
    ar: String,
    fr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CharterManifest {
    version: String,
    published: Date,
}

impl CharterSource {
    /// Reads and validates the folder of a charter. `prefix` is prepended to the file names.
    pub(crate) fn read(folder: &Path, prefix: &str) -> Result<Self, SeedError> {
        let file = |name: &str| format!("{prefix}{name}");
        let manifest: CharterManifest = seed::read_toml(folder, &file("charter.toml"))?;
        let text = |name: &str| {
            let text = seed::read(folder, &file(name))?;
            parse_text(&text).map_err(|reason| SeedError::invalid(&file(name), &reason))?;
            Ok::<_, SeedError>(text)
        };
        let (ar, fr) = (text("ar.md")?, text("fr.md")?);
        let source = Self { version: manifest.version, published: manifest.published, ar, fr };
        source.charter().map_err(|reason| SeedError::invalid(&file("charter.toml"), &reason))?;
        Ok(source)
    }

    /// Stores it as the current charter.
    pub(crate) fn publish(&self, db: &Transaction) -> Result<(), StorageError> {
        db.execute(
            "INSERT INTO charters (version, published, ar, fr) VALUES (?1, ?2, ?3, ?4)",
            (&self.version, self.published.to_string(), &self.ar, &self.fr),
        )?;
        Ok(())
    }

    fn charter(&self) -> Result<Charter, String> {
        let texts = CharterTexts { ar: parse_text(&self.ar)?, fr: parse_text(&self.fr)? };
        if texts.ar.articles.len() != texts.fr.articles.len() {
            return Err("the two languages have not the same articles".to_owned());
        }
        Ok(Charter { version: self.version.clone(), published: self.published, texts })
    }

    /// Loads all charters, newest first.
    pub(crate) fn load_all(db: &Connection) -> Result<Vec<Self>, StorageError> {
        let mut query = db.prepare("SELECT version, published, ar, fr FROM charters ORDER BY id DESC")?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?)))?;
        rows.map(|row| {
            let (version, published, ar, fr) = row?;
            let published = published.parse().map_err(StorageError::unreadable("a charter's date"))?;
            Ok(Self { version, published, ar, fr })
        })
        .collect()
    }
}

/// Loads the current charter.
pub(crate) fn current(db: &Connection) -> Result<Charter, StorageError> {
    let latest = CharterSource::load_all(db)?.into_iter().next();
    let latest = latest.ok_or_else(|| StorageError::Unreadable("no charter".to_owned()))?;
    latest.charter().map_err(StorageError::unreadable("a charter"))
}

/// True if a charter has been published.
pub(crate) fn exists(db: &Connection) -> Result<bool, StorageError> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM charters)", [], |row| row.get(0))?)
}

/// True if this is the hash of the charter in either language.
fn has_text(charter: &Charter, sha256: &str) -> bool {
    [&charter.texts.ar, &charter.texts.fr].iter().any(|text| text.sha256.eq_ignore_ascii_case(sha256))
}

/// Parses `# title`, then `## heading` and its paragraphs, separated by empty lines.
fn parse_text(markdown: &str) -> Result<CharterText, String> {
    let mut blocks = markdown.split("\n\n").map(unwrap_lines).filter(|block| !block.is_empty());
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
        None => Ok(CharterText { sha256: text_hash(&title, &articles), title, articles }),
    }
}

fn unwrap_lines(block: &str) -> String {
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

/// True if this member has not accepted this version.
pub(crate) fn is_due(db: &Connection, ppr: &str, version: &str) -> Result<bool, StorageError> {
    Ok(accepted_at(db, ppr, version)?.is_none())
}

/// Returns the time at which this member accepted this version, if they did.
pub(crate) fn accepted_at(db: &Connection, ppr: &str, version: &str) -> Result<Option<i64>, StorageError> {
    let found = db
        .prepare_cached("SELECT accepted_at FROM charter_acceptances WHERE ppr = ?1 AND version = ?2")?
        .query_row((ppr, version), |row| row.get(0));
    Ok(found.optional()?)
}

/// Returns the current charter in both languages, and the time at which the member accepted it.
#[utoipa::path(
    get, path = paths::CHARTER, tag = "access", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy")),
    responses(
        (status = 200, description = "The charter, with a strong ETag", body = CharterBody),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn charter(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let version = content.charter.version.clone();
    let seconds = app.storage.transaction(move |db| accepted_at(db, &auth.ppr, &version)).await?;
    let accepted_at = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let body = TaggedBody::json(&CharterBody { charter: content.charter.clone(), accepted_at })
        .ok_or(ProblemType::Internal)?;
    Ok(body.respond(&headers))
}

/// Accepts the charter. Accepting again keeps the first acceptance.
#[utoipa::path(
    post, path = paths::CHARTER_ACCEPTANCE, tag = "access", security(("session" = [])),
    request_body = Acceptance,
    responses(
        (status = 200, description = "Accepted", body = Accepted),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`charter-version`: not the current charter, or not its text",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn accept(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(auth): Extension<AuthSession>,
    JsonBody(acceptance): JsonBody<Acceptance>,
) -> Result<Json<Accepted>, Problem> {
    if acceptance.version != content.charter.version || !has_text(&content.charter, &acceptance.sha256) {
        return Err(ProblemType::CharterVersion.into());
    }
    let now = app.now_seconds();
    let Acceptance { version, sha256 } = acceptance;
    let seconds = app
        .storage
        .transaction(move |db| {
            let text = sha256.to_ascii_lowercase();
            let new = db
                .prepare_cached("INSERT OR IGNORE INTO charter_acceptances VALUES (?1, ?2, ?3, ?4)")?
                .execute((&auth.ppr, &version, text, now))?;
            if new == 1 {
                audit(db, now, &auth.ppr, &format!("charter {version} accepted"))?;
            }
            accepted_at(db, &auth.ppr, &version)
        })
        .await?;
    let accepted_at =
        seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or(ProblemType::Internal)?;
    Ok(Json(Accepted { version: content.charter.version.clone(), accepted_at }))
}
