//! Password requests, «Récupérer mot de passe» (guide steps 2 to 4): for a first password and a forgotten one.
//!
//! ```text
//! POST /v1/password-requests ──► validate ──► row in `password_requests` ──► 202, the same bytes for everyone
//!                                                │
//!                            worker (run) ◄──────┘  one at a time, oldest first
//!                              │
//!                              ├─ the record matches, the address is on file, none sent within two minutes:
//!                              │      new mailed password (24 h) and its email, both in one transaction
//!                              ├─ a retiree without any address on file: the address is stored as a proposal
//!                              └─ otherwise: nothing, but the audit log
//! ```
//!
//! The response is sent before anything is looked up, and the worker runs the same statements in every case, so that
//! neither tells whether the member exists. The account does not change until the mailed password is used.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use fos_rules::identifiers::pension_number_key;
use fos_wire::{
    MemberKind,
    access::{PasswordRequest, PasswordRequestAccepted},
    paths,
};
use rusqlite::{OptionalExtension as _, Transaction};
use tokio::{sync::watch, time::Duration};
use tracing::{error, info, warn};

use crate::{
    addresses,
    app::{App, AppState},
    content::PublishedContent,
    http::JsonBody,
    identifiers::{self, FieldChecks},
    mail::queue::{self, EncryptedEmail},
    members::{self, MemberRecord},
    passwords,
    problem::{Code, FieldProblem, Problem},
    storage::{StorageError, audit},
};

/// Lifetime of a mailed password.
const MAILED_PASSWORD_LIFETIME: i64 = 24 * 60 * 60;

/// Shortest interval between two emails to the same member.
pub(crate) const RESEND_INTERVAL: i64 = 2 * 60;

/// Maximum number of queued requests; more would be a flood.
const MAX_QUEUED: i64 = 10_000;

struct ValidRequest {
    kind: MemberKind,
    ppr: String,
    cin: String,
    email: String,
    pension_number: Option<String>,
}

/// Requests a password by email.
///
/// The response is the same for every well-formed request. The email goes to an address on the member's file, when
/// every value matches the file.
#[utoipa::path(
    post, path = paths::PASSWORD_REQUESTS, tag = "access", request_body = PasswordRequest,
    params(("Idempotency-Key" = Option<String>, Header,
        description = "Accepted; repeating the request is harmless without it")),
    responses(
        (status = 202, description = "Accepted; the same response for everyone", body = PasswordRequestAccepted),
        (status = 422, description = "`fields`: required, format, too-long, unknown-domain",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: the portal is flooded",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn request_password(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    JsonBody(request): JsonBody<PasswordRequest>,
) -> Result<(StatusCode, Json<PasswordRequestAccepted>), Problem> {
    let request = validate(request, &content.professional_domains)?;
    let now = app.now_seconds();
    app.storage.transaction(move |db| enqueue_limited(db, &request, now)).await?;
    app.password_requested.notify_one();
    Ok((StatusCode::ACCEPTED, Json(PasswordRequestAccepted {})))
}

fn validate(request: PasswordRequest, domains: &[String]) -> Result<ValidRequest, Problem> {
    let mut checks = FieldChecks::default();
    let kind = request.kind.unwrap_or_else(|| {
        checks.problems.push(FieldProblem::new("kind", Code::Required));
        MemberKind::Active
    });
    let ppr = checks.value("ppr", identifiers::ppr(&request.ppr));
    let cin = checks.value("cin", identifiers::cin(&request.cin));
    let email = identifiers::email(&request.email).and_then(|email| {
        let is_unknown = kind == MemberKind::Active && !identifiers::in_domains(&email, domains);
        if is_unknown { Err(Code::UnknownDomain) } else { Ok(email) }
    });
    let email = checks.value("email", email);
    let pension_number = (kind == MemberKind::Retired).then(|| {
        let typed = request.pension_number.unwrap_or_default();
        checks.value("pension_number", identifiers::pension_number(&typed))
    });
    if checks.problems.is_empty() {
        Ok(ValidRequest { kind, ppr, cin, email, pension_number })
    } else {
        Err(Problem::fields(checks.problems))
    }
}

fn enqueue_limited(db: &Transaction, request: &ValidRequest, now: i64) -> Result<(), Problem> {
    let queued: i64 = db.query_row("SELECT count(*) FROM password_requests", [], |row| row.get(0))?;
    if queued >= MAX_QUEUED {
        warn!(queued, "password requests throttled");
        return Err(Problem::too_many(60));
    }
    Ok(enqueue(db, request, now)?)
}

fn enqueue(db: &Transaction, request: &ValidRequest, now: i64) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO password_requests (kind, ppr, cin, email, pension_number, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((request.kind.as_str(), &request.ppr, &request.cin, &request.email, &request.pension_number, now))?;
    Ok(())
}

/// Processes queued requests, oldest first, until `stopping` becomes true.
pub(crate) async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    loop {
        let pause = match process_next(&app).await {
            Ok(true) => continue,
            Ok(false) => None,
            Err(error) => {
                error!(reason = error.for_log(), "password request not processed");
                Some(Duration::from_secs(1))
            }
        };
        let wakeup = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => app.password_requested.notified().await,
            }
        };
        tokio::select! {
            () = wakeup => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// Processes the oldest request. Returns false when the queue is empty.
async fn process_next(app: &AppState) -> Result<bool, ProcessError> {
    let password = passwords::generate()?;
    let Some(request) = app.storage.transaction(oldest).await? else { return Ok(false) };
    let hash = app.hasher.hash(password.clone()).await.map_err(|_| ProcessError::Hash)?;
    let email = EncryptedEmail::encrypt(&app.keys, &password)?;
    app.storage.transaction(move |db| process(db, &request, &hash, &email)).await?;
    app.email_queued.notify_one();
    // Nothing here depends on whether an email was queued.
    info!("password request processed");
    Ok(true)
}

#[derive(Debug, thiserror::Error)]
enum ProcessError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] crate::secrets::SecretsError),
    #[error("the password could not be hashed")]
    Hash,
}

impl ProcessError {
    fn for_log(&self) -> String {
        if let Self::Storage(error) = self { error.without_value() } else { self.to_string() }
    }
}

struct QueuedRequest {
    id: i64,
    at: i64,
    kind: String,
    ppr: String,
    cin: String,
    email: String,
    pension_number: Option<String>,
}

fn oldest(db: &Transaction) -> Result<Option<QueuedRequest>, StorageError> {
    let found = db
        .prepare_cached(
            "SELECT id, at, kind, ppr, cin, email, pension_number FROM password_requests ORDER BY id LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(QueuedRequest {
                id: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                ppr: row.get(3)?,
                cin: row.get(4)?,
                email: row.get(5)?,
                pension_number: row.get(6)?,
            })
        });
    Ok(found.optional()?)
}

/// Processes one request with the same statements in every case; the flag `should_send` decides inside each of them.
fn process(
    db: &Transaction,
    request: &QueuedRequest,
    hash: &str,
    email: &EncryptedEmail,
) -> Result<(), StorageError> {
    let ppr = members::resolve_ppr(db, &request.ppr)?.unwrap_or_else(|| request.ppr.clone());
    let record = members::find(db, &ppr)?;
    let mailed_at: Option<i64> = db
        .prepare_cached("SELECT at FROM last_mailings WHERE ppr = ?1")?
        .query_row([&ppr], |row| row.get(0))
        .optional()?;
    let was_recently_sent = mailed_at.is_some_and(|at| (0..RESEND_INTERVAL).contains(&(request.at - at)));
    let is_member = record.as_ref().is_some_and(|record| matches_record(record, request));
    let is_address_on_file = record.as_ref().is_some_and(|record| record.addresses.contains(&request.email));
    let should_send = is_member && is_address_on_file && !was_recently_sent;
    let proposes = is_member && record.is_some_and(|record| may_propose(&record));
    let expires_at = request.at + MAILED_PASSWORD_LIFETIME;
    db.prepare_cached(
        "INSERT INTO mailed_passwords (ppr, hash, expires_at, mailed_to) SELECT ?1, ?2, ?3, ?4 WHERE ?5
         ON CONFLICT (ppr) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at,
             mailed_to = excluded.mailed_to",
    )?
    .execute((&ppr, hash, expires_at, &request.email, should_send))?;
    db.prepare_cached(
        "INSERT INTO last_mailings (ppr, at) SELECT ?1, ?2 WHERE ?3
         ON CONFLICT (ppr) DO UPDATE SET at = excluded.at",
    )?
    .execute((&ppr, request.at, should_send))?;
    let dates = queue::EmailDates { created_at: request.at, expires_at };
    queue::enqueue_password(db, email, &ppr, &request.email, &dates, should_send)?;
    addresses::propose(db, &ppr, &request.email, request.at, proposes)?;
    db.prepare_cached("DELETE FROM password_requests WHERE id = ?1")?.execute([request.id])?;
    let event = match (should_send, proposes) {
        (true, _) => "password mailed",
        (false, true) => "address proposed",
        (false, false) => "password asked for, none mailed",
    };
    audit(db, request.at, &ppr, event)
}

/// True if every identifier given equals the one on file, a pension number in any notation.
fn matches_record(record: &MemberRecord, request: &QueuedRequest) -> bool {
    let key = |number: &Option<String>| number.as_deref().map(pension_number_key);
    record.member.kind.as_str() == request.kind
        && record.cin == request.cin
        && (record.member.kind == MemberKind::Active
            || key(&record.pension_number) == key(&request.pension_number))
}

/// True for a retiree with no address on file.
fn may_propose(record: &MemberRecord) -> bool {
    record.member.kind == MemberKind::Retired && record.addresses.is_empty()
}

/// Queues a request on behalf of a member whose address the operator has just confirmed.
pub(crate) fn enqueue_for_member(
    db: &Transaction,
    record: &MemberRecord,
    email: &str,
    now: i64,
) -> Result<(), StorageError> {
    let request = ValidRequest {
        kind: record.member.kind,
        ppr: record.member.ppr.clone(),
        cin: record.cin.clone(),
        email: email.to_owned(),
        pension_number: record.pension_number.clone(),
    };
    enqueue(db, &request, now)
}
