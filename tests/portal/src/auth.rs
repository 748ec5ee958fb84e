//! Authentication of calls by bearer token, and the restriction of sessions in which a charter or a password is due.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use fos_wire::MemberKind;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    app::{App, AppState},
    charter,
    content::PublishedContent,
    members,
    problem::{Problem, ProblemType},
    secrets::sha256,
    sessions,
    storage::StorageError,
};

/// Session that a call is made in.
#[derive(Debug, Clone)]
pub(crate) struct AuthSession {
    pub(crate) session_id: i64,
    pub(crate) ppr: String,
    pub(crate) kind: MemberKind,
    /// True if the session was opened with a mailed password that has not been replaced.
    pub(crate) password_due: bool,
    /// True if the member has not accepted the current charter.
    pub(crate) charter_due: bool,
}

/// Middleware of calls that any session may make. Adds an [`AuthSession`] to the request; 401 without a valid token.
pub(crate) async fn any_session(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let auth = authenticate(&app, BearerToken::from_request(&request)?).await?;
    request.extensions_mut().insert(auth);
    Ok(next.run(request).await)
}

/// Middleware of all other calls: 403 `restricted` while a charter or a password is due.
pub(crate) async fn unrestricted(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let auth = authenticate(&app, BearerToken::from_request(&request)?).await?;
    if auth.password_due || auth.charter_due {
        return Err(ProblemType::Restricted.into());
    }
    request.extensions_mut().insert(auth);
    Ok(next.run(request).await)
}

/// Access token of a call, hashed, and the version of the current charter.
struct BearerToken {
    hash: [u8; 32],
    charter_version: String,
}

impl BearerToken {
    fn from_request(request: &Request) -> Result<Self, Problem> {
        let token = bearer_token(request.headers()).ok_or(ProblemType::Session)?;
        let content: &Arc<PublishedContent> = request.extensions().get().ok_or(ProblemType::Internal)?;
        Ok(Self { hash: sha256(token.as_bytes()), charter_version: content.charter.version.clone() })
    }
}

async fn authenticate(app: &AppState, token: BearerToken) -> Result<AuthSession, Problem> {
    let (BearerToken { hash, charter_version }, now) = (token, app.now_seconds());
    let find = move |db: &Transaction| match find(db, &hash, now, &charter_version)? {
        Some(auth) => Ok(Ok(auth)),
        None => Ok::<_, StorageError>(Err(sessions::is_revoked(db, &hash)?)),
    };
    let auth = app.storage.transaction(find).await?.map_err(Problem::session)?;
    app.session_limits.calls.take(auth.session_id, app.now())?;
    Ok(auth)
}

fn find(
    db: &Transaction,
    hash: &[u8; 32],
    now: i64,
    charter_version: &str,
) -> Result<Option<AuthSession>, StorageError> {
    let found = db
        .prepare_cached(
            "SELECT sessions.id, ppr, password_due, kind
             FROM access_tokens JOIN sessions ON sessions.id = session_id JOIN members USING (ppr)
             WHERE hash = ?1 AND expires_at > ?2",
        )?
        .query_row((hash, now), |row| {
            Ok(AuthSession {
                session_id: row.get(0)?,
                ppr: row.get(1)?,
                password_due: row.get(2)?,
                kind: members::stored_kind(row.get_ref(3)?.as_str()?),
                charter_due: true,
            })
        })
        .optional()?;
    let Some(auth) = found else { return Ok(None) };
    let charter_due = charter::is_due(db, &auth.ppr, charter_version)?;
    Ok(Some(AuthSession { charter_due, ..auth }))
}

/// Extracts the token (RFC 6750 §2.1). The scheme is case-insensitive (RFC 9110 §11.1).
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
