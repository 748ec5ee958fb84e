//! Sessions (guide step 5): signing in, staying in, signing out.
//!
//! Tokens are opaque, 256 bits, kept as SHA-256. A refresh token's successor is the HMAC of the token under the
//! server's key: when the answer to a refresh is lost, the same token gives the same successor again, without the
//! successor being kept in clear anywhere.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    access::Signed,
    app::{App, Shared},
    captcha::{self, Solved},
    charter,
    desk::Desk,
    devices, formats,
    guessing::Count,
    http::Body,
    members::{self, Member},
    passwords::{Kept, Which},
    peer::Peer,
    problem::{Code, FieldProblem, Problem, Slug},
    retention::{SESSION_FOR, SESSION_IDLE_FOR},
    secrets::{Purpose, SecretsError, hex, hmac, random, sha256},
    store::{StoreError, audit},
};

const ACCESS_SECONDS: i64 = 15 * 60;
const LONGEST_DEVICE_NAME: usize = 100;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The payroll number.
    #[serde(default)]
    #[schema(required = true, example = "0123456")]
    ppr: String,
    /// The member's password, or the one mailed.
    #[serde(default)]
    #[schema(required = true)]
    password: String,
    /// A solved challenge.
    #[schema(value_type = Solved, required = true)]
    captcha: Option<Solved>,
    /// What the member calls the device.
    #[serde(default)]
    #[schema(required = true, max_length = 100)]
    device: String,
    /// The device token of the last sign-in on this device, if there was one. A device that is known is counted apart
    /// when wrong passwords are given.
    #[schema(nullable = false)]
    device_token: Option<String>,
}

/// A session's tokens, what is due in it, and whose it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionBody {
    /// Sent as bearer with every call.
    access_token: String,
    /// Seconds until it expires.
    access_expires_in: i64,
    /// Good for one refresh.
    refresh_token: String,
    /// The current charter is not accepted yet.
    charter_due: bool,
    /// The session was opened with a mailed password that has not been replaced.
    password_due: bool,
    /// Whose session it is.
    member: Member,
    /// To be presented at the next sign-in on this device; given once for each, and not with a refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    device_token: Option<String>,
}

/// Opens a session.
#[utoipa::path(
    post, path = "/v1/sessions", tag = "access", request_body = SignIn,
    responses(
        (status = 201, description = "Signed in", body = SessionBody),
        (status = 401, description = "`credentials`: wrong number or wrong password, no telling which",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`captcha`: missing, wrong, stale or spent; `fields`",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: too many wrong passwords in a row",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(peer): Extension<Peer>,
    Body(sign_in): Body<SignIn>,
) -> Result<(StatusCode, Json<SessionBody>), Problem> {
    let SignIn { ppr, password, captcha, device, device_token } = sign_in;
    let ppr = check(&ppr, &password, &device)?;
    captcha::spend(&app, peer, captcha).await?;
    let now = app.now_seconds();
    let number = ppr.clone();
    let (kept, count) = app
        .store
        .transact(move |db| {
            let count = Count::of(db, &number, device_token.as_deref())?;
            count.begin(db, now)?;
            Ok::<_, Problem>((Kept::find(db, &number, now)?, count))
        })
        .await?;
    let Some(which) = kept.clone().which(&app, &password).await? else {
        app.peers.failed(peer, app.now());
        return Err(Slug::Credentials.into());
    };
    let fresh =
        Fresh { refresh: new_token()?, access: new_token()?, version: desk.charter.version.clone(), now };
    let device =
        Device { name: device.trim().to_owned(), token: new_token()?, session_name: hex(&random::<16>()?) };
    let body = app
        .store
        .transact(move |db| {
            if !kept.still_holds(which, db, &ppr, now)? {
                return Ok(None);
            }
            count.succeed(db)?;
            open(db, &ppr, which, device, &count, fresh)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(body.ok_or(Slug::Credentials)?)))
}

fn check(ppr: &str, password: &str, device: &str) -> Result<String, Problem> {
    let mut checks = formats::Checks::default();
    let ppr = checks.take("ppr", formats::ppr(ppr));
    if password.is_empty() {
        checks.0.push(FieldProblem::new("password", Code::Required));
    }
    if device.chars().count() > LONGEST_DEVICE_NAME {
        checks.0.push(FieldProblem::new("device", Code::TooLong));
    }
    if checks.0.is_empty() { Ok(ppr) } else { Err(Problem::fields(checks.0)) }
}

/// What a session or a refresh hands out.
struct Fresh {
    refresh: String,
    access: String,
    version: String,
    now: i64,
}

/// What is signed in on, and what it will be known by.
struct Device {
    name: String,
    token: String,
    session_name: String,
}

fn open(
    db: &Transaction,
    ppr: &str,
    which: Which,
    device: Device,
    count: &Count,
    fresh: Fresh,
) -> Result<Option<SessionBody>, StoreError> {
    let now = fresh.now;
    db.prepare_cached(
        "INSERT INTO sessions (ppr, device, name, password_due, opened_at, used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute((ppr, device.name, device.session_name, which == Which::Mailed, now))?;
    let session = db.last_insert_rowid();
    keep_refresh(db, &fresh.refresh, session, 0)?;
    devices::know(db, ppr, session, &device.token, count, now)?;
    let event = match which {
        Which::Chosen => "signed in",
        Which::Mailed => "signed in with a mailed password",
    };
    audit(db, now, ppr, event)?;
    let body = hand_out(db, session, fresh)?;
    Ok(body.map(|body| SessionBody { device_token: Some(device.token), ..body }))
}

fn keep_refresh(db: &Transaction, token: &str, session: i64, generation: i64) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO refresh_tokens (hash, session_id, generation) VALUES (?1, ?2, ?3)")?
        .execute((sha256(token.as_bytes()), session, generation))?;
    Ok(())
}

/// Adds an access token to the session and says how it stands.
fn hand_out(db: &Transaction, session: i64, fresh: Fresh) -> Result<Option<SessionBody>, StoreError> {
    let now = fresh.now;
    db.execute("DELETE FROM access_tokens WHERE session_id = ?1 AND expires_at <= ?2", (session, now))?;
    db.prepare_cached("INSERT INTO access_tokens (hash, session_id, expires_at) VALUES (?1, ?2, ?3)")?
        .execute((sha256(fresh.access.as_bytes()), session, now + ACCESS_SECONDS))?;
    let (ppr, password_due): (String, bool) = db
        .prepare_cached("SELECT ppr, password_due FROM sessions WHERE id = ?1")?
        .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some(on_file) = members::find(db, &ppr)? else { return Ok(None) };
    Ok(Some(SessionBody {
        access_token: fresh.access,
        access_expires_in: ACCESS_SECONDS,
        refresh_token: fresh.refresh,
        charter_due: charter::is_due(db, &ppr, &fresh.version)?,
        password_due,
        member: on_file.member,
        device_token: None,
    }))
}

/// The token to refresh with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refresh {
    /// The refresh token last received.
    refresh_token: String,
}

/// Renews a session. The token given is replaced; given again before its successor is used, it gives the same
/// successor; given after that, it ends the session, for somebody holds a copy.
#[utoipa::path(
    post, path = "/v1/sessions/refresh", tag = "access", request_body = Refresh,
    responses(
        (status = 200, description = "Renewed", body = SessionBody),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn refresh(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Body(refresh): Body<Refresh>,
) -> Result<Json<SessionBody>, Problem> {
    let presented = refresh.refresh_token;
    let fresh = Fresh {
        refresh: successor(&app, &presented),
        access: new_token()?,
        version: desk.charter.version.clone(),
        now: app.now_seconds(),
    };
    let body = app.store.transact(move |db| renew(db, &presented, fresh)).await?;
    Ok(Json(body.ok_or(Slug::Session)?))
}

struct Family {
    session: i64,
    ppr: String,
    opened_at: i64,
    used_at: i64,
    newest: i64,
    presented: i64,
}

/// `None` is a refusal; what led to it, an ended session, is kept all the same.
fn renew(db: &Transaction, presented: &str, fresh: Fresh) -> Result<Option<SessionBody>, StoreError> {
    let now = fresh.now;
    let Some(family) = family_of(db, presented)? else { return Ok(None) };
    if now > family.used_at + SESSION_IDLE_FOR || now > family.opened_at + SESSION_FOR {
        end(db, family.session, &family.ppr, now, "session expired")?;
        return Ok(None);
    }
    match family.newest - family.presented {
        0 => keep_refresh(db, &fresh.refresh, family.session, family.newest + 1)?,
        1 => {}
        _ => {
            end(db, family.session, &family.ppr, now, "session revoked: a used refresh token came again")?;
            return Ok(None);
        }
    }
    db.prepare_cached("UPDATE sessions SET used_at = ?2, generation = ?3 WHERE id = ?1")?.execute((
        family.session,
        now,
        family.presented + 1,
    ))?;
    hand_out(db, family.session, fresh)
}

fn family_of(db: &Transaction, presented: &str) -> Result<Option<Family>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id, ppr, opened_at, used_at, sessions.generation, refresh_tokens.generation
             FROM refresh_tokens JOIN sessions ON id = session_id WHERE hash = ?1",
        )?
        .query_row([sha256(presented.as_bytes())], |row| {
            Ok(Family {
                session: row.get(0)?,
                ppr: row.get(1)?,
                opened_at: row.get(2)?,
                used_at: row.get(3)?,
                newest: row.get(4)?,
                presented: row.get(5)?,
            })
        });
    Ok(found.optional()?)
}

/// Signs out: the session and all its tokens end.
#[utoipa::path(
    delete, path = "/v1/sessions/current", tag = "access", security(("session" = [])),
    responses(
        (status = 204, description = "Signed out"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn sign_out(
    State(app): State<App>,
    Extension(signed): Extension<Signed>,
) -> Result<StatusCode, Problem> {
    let now = app.now_seconds();
    app.store.transact(move |db| end(db, signed.session, &signed.ppr, now, "signed out")).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session and all its tokens.
pub(crate) fn end(
    db: &Transaction,
    session: i64,
    ppr: &str,
    now: i64,
    event: &str,
) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM sessions WHERE id = ?1")?.execute([session])?;
    audit(db, now, ppr, event)
}

fn new_token() -> Result<String, SecretsError> {
    Ok(hex(&random::<32>()?))
}

fn successor(app: &Shared, token: &str) -> String {
    hex(&hmac(&app.keys.derive(Purpose::RefreshTokens), token.as_bytes()))
}
