//! Who may come in: the bearer's session, and what a restricted one may not do (design §3).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    app::{App, Shared},
    charter,
    desk::Desk,
    members::Kind,
    problem::{Problem, Slug},
    secrets::sha256,
    store::StoreError,
};

/// The session a call is made in.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) session: i64,
    pub(crate) ppr: String,
    pub(crate) kind: Kind,
    /// It was opened with a mailed password that has not been replaced.
    pub(crate) password_due: bool,
    /// The member has not accepted the current charter.
    pub(crate) charter_due: bool,
}

/// The door of calls that any session may make.
pub(crate) async fn any_session(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let signed = recognise(&app, Presented::with(&request)?).await?;
    request.extensions_mut().insert(signed);
    Ok(next.run(request).await)
}

/// The door of all other calls: neither charter nor password may be due.
pub(crate) async fn unrestricted(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let signed = recognise(&app, Presented::with(&request)?).await?;
    if signed.password_due || signed.charter_due {
        return Err(Slug::Restricted.into());
    }
    request.extensions_mut().insert(signed);
    Ok(next.run(request).await)
}

/// The token presented, hashed, and the charter in force.
struct Presented {
    hash: [u8; 32],
    version: String,
}

impl Presented {
    fn with(request: &Request) -> Result<Self, Problem> {
        let token = bearer(request.headers()).ok_or(Slug::Session)?;
        let desk: &Arc<Desk> = request.extensions().get().ok_or(Slug::Internal)?;
        Ok(Self { hash: sha256(token.as_bytes()), version: desk.charter.version.clone() })
    }
}

async fn recognise(app: &Shared, presented: Presented) -> Result<Signed, Problem> {
    let (Presented { hash, version }, now) = (presented, app.now_seconds());
    let signed = app.store.transact(move |db| find(db, &hash, now, &version)).await?;
    signed.ok_or(Slug::Session.into())
}

fn find(db: &Transaction, hash: &[u8; 32], now: i64, version: &str) -> Result<Option<Signed>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT sessions.id, ppr, password_due, kind
             FROM access_tokens JOIN sessions ON sessions.id = session_id JOIN members USING (ppr)
             WHERE hash = ?1 AND expires_at > ?2",
        )?
        .query_row((hash, now), |row| {
            Ok(Signed {
                session: row.get(0)?,
                ppr: row.get(1)?,
                password_due: row.get(2)?,
                kind: Kind::from_str(row.get_ref(3)?.as_str()?),
                charter_due: true,
            })
        })
        .optional()?;
    let Some(signed) = found else { return Ok(None) };
    let charter_due = charter::is_due(db, &signed.ppr, version)?;
    Ok(Some(Signed { charter_due, ..signed }))
}

/// RFC 6750 §2.1; the scheme's case does not matter (RFC 9110 §11.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
