//! Sessions of a member across devices, ending one remotely, and devices that are known to the throttle.

use axum::{Extension, Json, extract::State, http::StatusCode};
use fos_wire::{
    access::{OpenSession, OpenSessions},
    paths,
};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    app::App,
    auth::AuthSession,
    http::PathId,
    problem::{Problem, ProblemType},
    retention::{SESSION_IDLE_TIMEOUT, SESSION_MAX_AGE},
    secrets::sha256,
    sessions,
    storage::StorageError,
    throttle::Throttle,
};

/// Maximum number of known devices of a member; more would only be lost tokens.
const MAX_KNOWN_DEVICES: u32 = 20;

/// Lists the member's open sessions.
#[utoipa::path(
    get, path = paths::SESSIONS, tag = "access", security(("session" = [])),
    responses(
        (status = 200, description = "The member's sessions", body = OpenSessions),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
) -> Result<Json<OpenSessions>, Problem> {
    let now = app.now_seconds();
    let sessions =
        app.storage.transaction(move |db| open_sessions(db, &auth.ppr, Some(auth.session_id), now)).await?;
    Ok(Json(OpenSessions { sessions }))
}

/// Lists the sessions of a member that have not expired, most recently used first.
pub(crate) fn open_sessions(
    db: &Transaction,
    ppr: &str,
    current: Option<i64>,
    now: i64,
) -> Result<Vec<OpenSession>, StorageError> {
    let mut query = db.prepare_cached(
        "SELECT id, public_id, device_name, opened_at, used_at FROM sessions
         WHERE ppr = ?1 AND used_at >= ?2 AND opened_at >= ?3 ORDER BY used_at DESC, id DESC",
    )?;
    let rows = query.query_map((ppr, now - SESSION_IDLE_TIMEOUT, now - SESSION_MAX_AGE), |row| {
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

/// Ends one of the member's sessions, for example of a lost phone. Its device is no longer known.
#[utoipa::path(
    delete, path = paths::SESSION, tag = "access", security(("session" = [])),
    params(("id" = String, Path, description = "The session, by its id in the list")),
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
    Extension(auth): Extension<AuthSession>,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let now = app.now_seconds();
    let ended =
        app.storage.transaction(move |db| end_by_public_id(db, &auth.ppr, &id, now, "session ended")).await?;
    if ended { Ok(StatusCode::NO_CONTENT) } else { Err(ProblemType::NotFound.into()) }
}

/// Ends the session of this member with this public id. Returns false when there is none.
pub(crate) fn end_by_public_id(
    db: &Transaction,
    ppr: &str,
    public_id: &str,
    now: i64,
    event: &'static str,
) -> Result<bool, StorageError> {
    let found: Option<i64> = db
        .prepare_cached("SELECT id FROM sessions WHERE ppr = ?1 AND public_id = ?2")?
        .query_row((ppr, public_id), |row| row.get(0))
        .optional()?;
    let Some(session_id) = found else { return Ok(false) };
    sessions::revoke(db, session_id, ppr, now, event)?;
    forget(db, ppr, session_id)?;
    Ok(true)
}

/// Deletes the known device of this session.
pub(crate) fn forget(db: &Transaction, ppr: &str, session_id: i64) -> Result<(), StorageError> {
    db.execute("DELETE FROM known_devices WHERE ppr = ?1 AND session_id = ?2", (ppr, session_id))?;
    Ok(())
}

/// Returns true if the member has been in the account before: with a password of their own, or on a device that is still
/// known.
pub(crate) fn had_access(db: &Transaction, ppr: &str) -> Result<bool, StorageError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM passwords WHERE ppr = ?1) OR EXISTS (SELECT 1 FROM known_devices WHERE ppr = ?1)";
    Ok(db.prepare_cached(sql)?.query_row([ppr], |row| row.get(0))?)
}

/// Stores `token` as a known device, replacing the one that the sign-in presented.
pub(crate) fn remember(
    db: &Transaction,
    ppr: &str,
    session_id: i64,
    token: &str,
    throttle: &Throttle,
    now: i64,
) -> Result<(), StorageError> {
    if let Throttle::Device(hash) = throttle {
        db.prepare_cached("DELETE FROM known_devices WHERE hash = ?1")?.execute([hash])?;
    }
    db.prepare_cached(
        "INSERT INTO known_devices (hash, ppr, session_id, issued_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((sha256(token.as_bytes()), ppr, session_id, now))?;
    db.prepare_cached(
        "DELETE FROM known_devices WHERE ppr = ?1 AND hash NOT IN
             (SELECT hash FROM known_devices WHERE ppr = ?1 ORDER BY issued_at DESC, session_id DESC LIMIT ?2)",
    )?
    .execute((ppr, MAX_KNOWN_DEVICES))?;
    Ok(())
}

/// Deletes all known devices of the member except that of this session.
pub(crate) fn forget_others(db: &Transaction, ppr: &str, session_id: i64) -> Result<(), StorageError> {
    db.execute("DELETE FROM known_devices WHERE ppr = ?1 AND session_id <> ?2", (ppr, session_id))?;
    Ok(())
}
