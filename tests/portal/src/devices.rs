//! The member's devices: where they are signed in, ending one from another, and devices that are known.

use axum::{Extension, Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    access::Signed,
    app::App,
    guessing::Count,
    http::Id,
    problem::{Problem, Slug},
    retention::{SESSION_FOR, SESSION_IDLE_FOR},
    secrets::sha256,
    sessions,
    store::StoreError,
};

/// Devices that stay known for one member; more would only be lost tokens.
const MOST_KNOWN: u32 = 20;

/// One session of the member.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSession {
    /// What it is called here.
    pub(crate) id: String,
    /// What the member calls the device.
    pub(crate) device: String,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) opened_at: Timestamp,
    /// When it was last renewed.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) used_at: Timestamp,
    /// It is the one this call is made in.
    current: bool,
}

/// The member's sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenSessions {
    /// The last used first.
    sessions: Vec<OpenSession>,
}

/// Where the member is signed in.
#[utoipa::path(
    get, path = "/v1/sessions", tag = "access", security(("session" = [])),
    responses(
        (status = 200, description = "The member's sessions", body = OpenSessions),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(signed): Extension<Signed>,
) -> Result<Json<OpenSessions>, Problem> {
    let now = app.now_seconds();
    let sessions =
        app.store.transact(move |db| open_sessions(db, &signed.ppr, Some(signed.session), now)).await?;
    Ok(Json(OpenSessions { sessions }))
}

/// The sessions of a member that have not expired, the last used first.
pub(crate) fn open_sessions(
    db: &Transaction,
    ppr: &str,
    current: Option<i64>,
    now: i64,
) -> Result<Vec<OpenSession>, StoreError> {
    let mut query = db.prepare_cached(
        "SELECT id, name, device, opened_at, used_at FROM sessions
         WHERE ppr = ?1 AND used_at >= ?2 AND opened_at >= ?3 ORDER BY used_at DESC, id DESC",
    )?;
    let rows = query.query_map((ppr, now - SESSION_IDLE_FOR, now - SESSION_FOR), |row| {
        let time = |seconds| Timestamp::from_second(seconds).unwrap_or_default();
        Ok(OpenSession {
            id: row.get(1)?,
            device: row.get(2)?,
            opened_at: time(row.get(3)?),
            used_at: time(row.get(4)?),
            current: current == Some(row.get(0)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends one of the member's sessions: a phone that was lost, or lent. Its device is not known any more.
#[utoipa::path(
    delete, path = "/v1/sessions/{id}", tag = "access", security(("session" = [])),
    params(("id" = String, Path, description = "The session, as the list calls it")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`not-found`: no session of this member",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn end(
    State(app): State<App>,
    Extension(signed): Extension<Signed>,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    let now = app.now_seconds();
    let ended = app.store.transact(move |db| end_named(db, &signed.ppr, &id, now, "session ended")).await?;
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(Slug::NotFound.into()) }
}

/// Ends the session of this member and name; false when there is none.
pub(crate) fn end_named(
    db: &Transaction,
    ppr: &str,
    name: &str,
    now: i64,
    event: &str,
) -> Result<bool, StoreError> {
    let found: Option<i64> = db
        .prepare_cached("SELECT id FROM sessions WHERE ppr = ?1 AND name = ?2")?
        .query_row((ppr, name), |row| row.get(0))
        .optional()?;
    let Some(session) = found else { return Ok(false) };
    sessions::end(db, session, ppr, now, event)?;
    db.execute("DELETE FROM known_devices WHERE ppr = ?1 AND session_id = ?2", (ppr, session))?;
    Ok(true)
}

/// Knows the device from here on by `token`, in the place of the one it presented.
pub(crate) fn know(
    db: &Transaction,
    ppr: &str,
    session: i64,
    token: &str,
    presented: &Count,
    now: i64,
) -> Result<(), StoreError> {
    if let Count::Device(hash) = presented {
        db.prepare_cached("DELETE FROM known_devices WHERE hash = ?1")?.execute([hash])?;
    }
    db.prepare_cached("INSERT INTO known_devices (hash, ppr, session_id, given_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((sha256(token.as_bytes()), ppr, session, now))?;
    db.prepare_cached(
        "DELETE FROM known_devices WHERE ppr = ?1 AND hash NOT IN
             (SELECT hash FROM known_devices WHERE ppr = ?1 ORDER BY given_at DESC, session_id DESC LIMIT ?2)",
    )?
    .execute((ppr, MOST_KNOWN))?;
    Ok(())
}

/// Forgets every device of the member but the one this session was opened on.
pub(crate) fn forget_others(db: &Transaction, ppr: &str, session: i64) -> Result<(), StoreError> {
    db.execute("DELETE FROM known_devices WHERE ppr = ?1 AND session_id <> ?2", (ppr, session))?;
    Ok(())
}
