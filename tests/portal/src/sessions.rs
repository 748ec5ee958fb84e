//! Sessions (guide step 5): sign-in and sign-out. `session_refresh.rs` keeps them open.
//!
//! ```text
//! POST /v1/sessions ──► captcha ──► mailed password, or throttle ──► password ──► access token (15 min) + refresh token 0
//! ```
//!
//! Tokens are opaque, 256 bits, stored as SHA-256.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use fos_rules::text::is_display_control;
use fos_wire::{
    Member,
    access::{MAX_DEVICE_NAME_LENGTH, SessionResponse, SignIn},
    paths,
};
use rusqlite::Transaction;
use tracing::info;

use crate::{
    app::App,
    auth::AuthSession,
    captcha, charter,
    client_ip::ClientIp,
    content::PublishedContent,
    devices,
    http::JsonBody,
    identifiers,
    mail::account_notice::AccountNotice,
    members, password_policy,
    passwords::{MailedHash, PasswordKind, StoredPasswords},
    problem::{Code, FieldProblem, Problem, ProblemType},
    secrets::{SecretsError, hex, random, sha256},
    storage::{StorageError, audit},
    throttle::Throttle,
};

const ACCESS_TOKEN_LIFETIME: i64 = 15 * 60;

/// Signs in and opens a session.
#[utoipa::path(
    post, path = paths::SESSIONS, tag = "access", request_body = SignIn,
    responses(
        (status = 201, description = "Signed in", body = SessionResponse),
        (status = 401, description = "`credentials`: wrong number or wrong password, without saying which",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`captcha`: missing, wrong, stale or spent; `fields`",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: too many wrong passwords in a row",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn create(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(client_ip): Extension<ClientIp>,
    JsonBody(mut sign_in): JsonBody<SignIn>,
) -> Result<(StatusCode, Json<SessionResponse>), Problem> {
    let typed = validate(&sign_in)?;
    captcha::spend(&app, client_ip, sign_in.captcha.take()).await?;
    let device_token = sign_in.device_token.take();
    let mailed_hash = MailedHash::of(&app.keys, &sign_in.password);
    let now = app.now_seconds();
    let (ppr, passwords, throttle, is_delayed) = app
        .storage
        .transaction(move |db| {
            let ppr = members::resolve_ppr(db, &typed)?.unwrap_or_else(|| members::unknown_ppr(&typed));
            let throttle = Throttle::for_sign_in(db, &ppr, device_token.as_deref())?;
            let passwords = StoredPasswords::find(db, &ppr, now)?;
            // Compared even while throttled, so that nobody can lock a member out of a first access.
            let is_delayed = !passwords.is_mailed(&mailed_hash) && throttle.record_attempt(db, now)?;
            Ok::<_, Problem>((ppr, passwords, throttle, is_delayed))
        })
        .await?;
    let Some(kind) = passwords.clone().find_match(&app, &sign_in.password).await? else {
        app.client_ips.record_failure(client_ip, app.now());
        if is_delayed {
            // Audited here, since a later success resets the counter.
            let event = format!("sign-in failed from {}, a delay begins", throttle.device_kind());
            app.storage.transaction(move |db| audit(db, now, &ppr, &event)).await?;
        }
        return Err(ProblemType::Credentials.into());
    };
    let refresh_token = new_token()?;
    let access = NewAccess { token: new_token()?, charter_version: content.charter.version.clone(), now };
    let device = Device {
        name: sign_in.device.trim().to_owned(),
        token: new_token()?,
        public_id: hex(&random::<16>()?),
    };
    let state = Arc::clone(&app);
    let body = app
        .storage
        .transaction(move |db| {
            if !passwords.is_unchanged(kind, db, &ppr, now)? {
                return Ok(None);
            }
            throttle.reset(db)?;
            if throttle.is_of_unknown_device() && devices::had_access(db, &ppr)? {
                AccountNotice::NewDevice(&device.name).enqueue(db, &state.keys, &ppr, now)?;
            }
            Ok::<_, Problem>(open_session(db, &ppr, kind, device, &throttle, &refresh_token, access)?)
        })
        .await?;
    app.email_queued.notify_one();
    Ok((StatusCode::CREATED, Json(body.ok_or(ProblemType::Credentials)?)))
}

fn validate(sign_in: &SignIn) -> Result<String, Problem> {
    let mut checks = identifiers::FieldChecks::default();
    let ppr = checks.value("ppr", identifiers::ppr(&sign_in.ppr));
    if sign_in.password.is_empty() {
        checks.problems.push(FieldProblem::new("password", Code::Required));
    }
    if sign_in.device.chars().count() > MAX_DEVICE_NAME_LENGTH {
        checks.problems.push(FieldProblem::new("device", Code::TooLong));
    } else if sign_in.device.contains(is_display_control) {
        // Other devices and the operator's terminal show it.
        checks.problems.push(FieldProblem::new("device", Code::Format));
    }
    if checks.problems.is_empty() { Ok(ppr) } else { Err(Problem::fields(checks.problems)) }
}

/// Access token to issue, and the state that the response depends on.
pub(crate) struct NewAccess {
    pub(crate) token: String,
    pub(crate) charter_version: String,
    pub(crate) now: i64,
}

/// Device of a new session.
struct Device {
    name: String,
    token: String,
    public_id: String,
}

fn open_session(
    db: &Transaction,
    ppr: &str,
    kind: PasswordKind,
    device: Device,
    throttle: &Throttle,
    refresh_token: &str,
    access: NewAccess,
) -> Result<Option<SessionResponse>, StorageError> {
    let now = access.now;
    db.prepare_cached(
        "INSERT INTO sessions (ppr, device_name, public_id, password_due, opened_at, used_at, mailed_to)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, CASE WHEN ?4 THEN (SELECT mailed_to FROM mailed_passwords WHERE ppr = ?1) END)",
    )?
    .execute((ppr, device.name, device.public_id, kind == PasswordKind::Mailed, now))?;
    let session_id = db.last_insert_rowid();
    store_refresh_token(db, &sha256(refresh_token.as_bytes()), session_id, 0)?;
    devices::remember(db, ppr, session_id, &device.token, throttle, now)?;
    let event = match kind {
        PasswordKind::Chosen => "signed in",
        PasswordKind::Mailed => "signed in with a mailed password",
    };
    audit(db, now, ppr, event)?;
    info!("session opened");
    let body = issue_access_token(db, session_id, access)?;
    Ok(body.map(|body| SessionResponse {
        refresh_token: Some(refresh_token.to_owned()),
        device_token: Some(device.token),
        ..body
    }))
}

/// Stores a refresh token; `generation` counts the refreshes since the sign-in.
pub(crate) fn store_refresh_token(
    db: &Transaction,
    hash: &[u8; 32],
    session_id: i64,
    generation: i64,
) -> Result<(), StorageError> {
    db.prepare_cached("INSERT INTO refresh_tokens (hash, session_id, generation) VALUES (?1, ?2, ?3)")?
        .execute((hash, session_id, generation))?;
    Ok(())
}

/// Stores a new access token and builds the response, which has no refresh token. `None` when the member is no longer on file.
pub(crate) fn issue_access_token(
    db: &Transaction,
    session_id: i64,
    access: NewAccess,
) -> Result<Option<SessionResponse>, StorageError> {
    let now = access.now;
    db.execute("DELETE FROM access_tokens WHERE session_id = ?1 AND expires_at <= ?2", (session_id, now))?;
    db.prepare_cached("INSERT INTO access_tokens (hash, session_id, expires_at) VALUES (?1, ?2, ?3)")?
        .execute((sha256(access.token.as_bytes()), session_id, now + ACCESS_TOKEN_LIFETIME))?;
    let (ppr, password_due): (String, bool) = db
        .prepare_cached("SELECT ppr, password_due FROM sessions WHERE id = ?1")?
        .query_row([session_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some(record) = members::find(db, &ppr)? else { return Ok(None) };
    Ok(Some(SessionResponse {
        access_token: access.token,
        access_expires_in: ACCESS_TOKEN_LIFETIME,
        refresh_token: None,
        charter_due: charter::is_due(db, &ppr, &access.charter_version)?,
        password_due,
        member: Member { password_identifiers: password_policy::identifiers(&record), ..record.member },
        device_token: None,
    }))
}

/// Signs out: ends the session with all its tokens.
#[utoipa::path(
    delete, path = paths::SESSION_CURRENT, tag = "access", security(("session" = [])),
    responses(
        (status = 204, description = "Signed out"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn sign_out(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
) -> Result<StatusCode, Problem> {
    let now = app.now_seconds();
    app.storage.transaction(move |db| end(db, auth.session_id, &auth.ppr, now, "signed out")).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session with all its tokens.
pub(crate) fn end(
    db: &Transaction,
    session_id: i64,
    ppr: &str,
    now: i64,
    event: &'static str,
) -> Result<(), StorageError> {
    db.prepare_cached("DELETE FROM sessions WHERE id = ?1")?.execute([session_id])?;
    info!(event, "session ended");
    audit(db, now, ppr, event)
}

/// Revokes a session that the member or a security rule ended, and stores its token hashes, so that the next call gets the
/// reason `revoked`.
pub(crate) fn revoke(
    db: &Transaction,
    session_id: i64,
    ppr: &str,
    now: i64,
    event: &'static str,
) -> Result<(), StorageError> {
    db.execute(
        "INSERT OR REPLACE INTO revoked_tokens
         SELECT hash, ?2 FROM refresh_tokens WHERE session_id = ?1
         UNION SELECT hash, ?2 FROM access_tokens WHERE session_id = ?1",
        (session_id, now),
    )?;
    end(db, session_id, ppr, now, event)
}

/// Returns true if this token is of a session that somebody ended.
pub(crate) fn is_revoked(db: &Transaction, hash: &[u8; 32]) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM revoked_tokens WHERE hash = ?1)")?;
    Ok(statement.query_row([hash], |row| row.get(0))?)
}

/// Ends the sessions opened with a password that was mailed to `address`, unless a new password was set in them, and
/// forgets their devices.
pub(crate) fn end_mailed_to(
    db: &Transaction,
    ppr: &str,
    address: &str,
    now: i64,
) -> Result<(), StorageError> {
    let mut query = db.prepare_cached(
        "SELECT id FROM sessions WHERE ppr = ?1 AND password_due = 1 AND (mailed_to IS NULL OR mailed_to = ?2)",
    )?;
    let ids: Vec<i64> = query.query_map((ppr, address), |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids {
        end(
            db,
            id,
            ppr,
            now,
            "session ended: its password was mailed to an address that is no longer registered",
        )?;
        devices::forget(db, ppr, id)?;
    }
    Ok(())
}

/// Generates an opaque token of 256 bits.
pub(crate) fn new_token() -> Result<String, SecretsError> {
    Ok(hex(&random::<32>()?))
}
