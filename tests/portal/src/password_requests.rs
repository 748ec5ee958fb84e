//! «Récupérer mot de passe» (guide steps 2 to 4): one form for a first password and a forgotten one.
//!
//! The call writes down what was asked and answers, the same bytes whoever asks, before anything is looked up. A
//! worker does the rest, with the same statements whether or not the member was found. Nothing of the account
//! changes until the mailed password is used (design §3).

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use tokio::{sync::watch, time::Duration};
use utoipa::ToSchema;

use crate::{
    addresses,
    app::{App, Shared},
    desk::Desk,
    formats::{self, Checks},
    http::Body,
    mail::queue::{self, Draft},
    members::{self, Kind, OnFile},
    passwords,
    problem::{Code, FieldProblem, Problem},
    store::{StoreError, audit},
};

/// How long a mailed password opens a session.
const MAILED_FOR: i64 = 24 * 60 * 60;

/// Asked again within this time, nothing is sent.
pub(crate) const QUIET_FOR: i64 = 2 * 60;

/// Questions that may wait for the worker; more would be a flood.
const MOST_WAITING: i64 = 10_000;

/// Who asks for a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordRequest {
    /// In service, or retired.
    #[schema(value_type = Kind, required = true)]
    kind: Option<Kind>,
    /// رقم التأجير: the payroll number.
    #[serde(default)]
    #[schema(required = true, example = "0123456")]
    ppr: String,
    /// رقم بطاقة التعريف الوطنية: the identity card number.
    #[serde(default)]
    #[schema(required = true, example = "AB123456")]
    cin: String,
    /// البريد الإلكتروني: the professional address for those in service.
    #[serde(default)]
    #[schema(required = true, example = "membre.essai@finances.test")]
    email: String,
    /// رقم المعاش: the pension number, for the retired.
    #[schema(example = "88/4521", nullable = false)]
    pension_number: Option<String>,
}

/// Nothing: the same answer for everyone.
#[derive(Serialize, ToSchema)]
pub(crate) struct Noted {}

struct Asked {
    kind: Kind,
    ppr: String,
    cin: String,
    email: String,
    pension_number: Option<String>,
}

/// Asks for a password by mail.
///
/// The answer is the same for every well-formed request. Mail goes to an address on the member's file, when every
/// value matches the file.
#[utoipa::path(
    post, path = "/v1/password-requests", tag = "access", request_body = PasswordRequest,
    params(("Idempotency-Key" = Option<String>, Header,
        description = "Accepted; repeating the request is harmless without it")),
    responses(
        (status = 202, description = "Noted, whoever asked", body = Noted),
        (status = 422, description = "`fields`: required, format, too-long, unknown-domain",
            body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: the portal is flooded",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn ask(
    State(app): State<App>,
    Extension(desk): Extension<Arc<Desk>>,
    Body(request): Body<PasswordRequest>,
) -> Result<(StatusCode, Json<Noted>), Problem> {
    let asked = check(request, &desk.professional_domains)?;
    let now = app.now_seconds();
    app.store.transact(move |db| write_down(db, &asked, now)).await?;
    app.asked.notify_one();
    Ok((StatusCode::ACCEPTED, Json(Noted {})))
}

fn check(request: PasswordRequest, domains: &[String]) -> Result<Asked, Problem> {
    let mut checks = Checks::default();
    let kind = request.kind.unwrap_or_else(|| {
        checks.0.push(FieldProblem::new("kind", Code::Required));
        Kind::Active
    });
    let ppr = checks.take("ppr", formats::ppr(&request.ppr));
    let cin = checks.take("cin", formats::cin(&request.cin));
    let email = formats::email(&request.email).and_then(|email| {
        let is_unknown = kind == Kind::Active && !formats::in_domains(&email, domains);
        if is_unknown { Err(Code::UnknownDomain) } else { Ok(email) }
    });
    let email = checks.take("email", email);
    let pension_number = (kind == Kind::Retired).then(|| {
        let typed = request.pension_number.unwrap_or_default();
        checks.take("pension_number", formats::pension_number(&typed))
    });
    if checks.0.is_empty() {
        Ok(Asked { kind, ppr, cin, email, pension_number })
    } else {
        Err(Problem::fields(checks.0))
    }
}

fn write_down(db: &Transaction, asked: &Asked, now: i64) -> Result<(), Problem> {
    let waiting: i64 = db.query_row("SELECT count(*) FROM asked", [], |row| row.get(0))?;
    if waiting >= MOST_WAITING {
        return Err(Problem::wait(60));
    }
    Ok(note(db, asked, now)?)
}

fn note(db: &Transaction, asked: &Asked, now: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO asked (kind, ppr, cin, email, pension_number, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((asked.kind.as_str(), &asked.ppr, &asked.cin, &asked.email, &asked.pension_number, now))?;
    Ok(())
}

/// Answers questions, the oldest first, until the portal stops.
pub(crate) async fn work(app: App, mut stopping: watch::Receiver<bool>) {
    loop {
        let pause = match answer_next(&app).await {
            Ok(true) => continue,
            Ok(false) => None,
            Err(error) => {
                eprintln!("fos-portal: a password request waits: {error}");
                Some(Duration::from_secs(1))
            }
        };
        let rung = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => app.asked.notified().await,
            }
        };
        tokio::select! {
            () = rung => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// Answers the oldest question; false when there is none.
async fn answer_next(app: &Shared) -> Result<bool, WorkError> {
    let password = passwords::generate()?;
    let Some(asked) = app.store.transact(oldest).await? else { return Ok(false) };
    let hash = app.hasher.hash(password.clone()).await.map_err(|_| WorkError::Hash)?;
    let draft = Draft::seal(&app.keys, &password)?;
    app.store.transact(move |db| settle(db, &asked, &hash, &draft)).await?;
    app.posted.notify_one();
    Ok(true)
}

#[derive(Debug, thiserror::Error)]
enum WorkError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Secrets(#[from] crate::secrets::SecretsError),
    #[error("the password could not be hashed")]
    Hash,
}

struct Waiting {
    id: i64,
    at: i64,
    kind: String,
    ppr: String,
    cin: String,
    email: String,
    pension_number: Option<String>,
}

fn oldest(db: &Transaction) -> Result<Option<Waiting>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id, at, kind, ppr, cin, email, pension_number FROM asked ORDER BY id LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Waiting {
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

/// The same statements for everyone; the last word, `due`, decides inside each whether it does anything.
fn settle(db: &Transaction, asked: &Waiting, hash: &str, draft: &Draft) -> Result<(), StoreError> {
    let on_file = members::find(db, &asked.ppr)?;
    let mailed_at: Option<i64> = db
        .prepare_cached("SELECT at FROM last_mailings WHERE ppr = ?1")?
        .query_row([&asked.ppr], |row| row.get(0))
        .optional()?;
    let is_quiet = mailed_at.is_some_and(|at| (0..QUIET_FOR).contains(&(asked.at - at)));
    let is_known = on_file.as_ref().is_some_and(|on_file| is_member(on_file, asked));
    let is_on_file = on_file.as_ref().is_some_and(|on_file| on_file.addresses.contains(&asked.email));
    let due = is_known && is_on_file && !is_quiet;
    let proposes = is_known && on_file.is_some_and(|on_file| may_propose(&on_file));
    let expires_at = asked.at + MAILED_FOR;
    db.prepare_cached(
        "INSERT INTO mailed_passwords (ppr, hash, expires_at) SELECT ?1, ?2, ?3 WHERE ?4
         ON CONFLICT (ppr) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at",
    )?
    .execute((&asked.ppr, hash, expires_at, due))?;
    db.prepare_cached(
        "INSERT INTO last_mailings (ppr, at) SELECT ?1, ?2 WHERE ?3
         ON CONFLICT (ppr) DO UPDATE SET at = excluded.at",
    )?
    .execute((&asked.ppr, asked.at, due))?;
    let dates = queue::Dates { written_at: asked.at, useless_at: expires_at };
    queue::post_password(db, draft, &asked.ppr, &asked.email, &dates, due)?;
    addresses::propose(db, &asked.ppr, &asked.email, asked.at, proposes)?;
    db.prepare_cached("DELETE FROM asked WHERE id = ?1")?.execute([asked.id])?;
    let event = match (due, proposes) {
        (true, _) => "password mailed",
        (false, true) => "address proposed",
        (false, false) => "password asked for, none mailed",
    };
    audit(db, asked.at, &asked.ppr, event)
}

/// Every value given must be the one on file.
fn is_member(on_file: &OnFile, asked: &Waiting) -> bool {
    on_file.member.kind.as_str() == asked.kind
        && on_file.cin == asked.cin
        && (on_file.member.kind == Kind::Active || on_file.pension_number == asked.pension_number)
}

/// A retiree with no address on file proposes the one they give (design §3).
fn may_propose(on_file: &OnFile) -> bool {
    on_file.member.kind == Kind::Retired && on_file.addresses.is_empty()
}

/// Asks for a password in the place of a member whose address the desk has just confirmed.
pub(crate) fn ask_for(db: &Transaction, on_file: &OnFile, email: &str, now: i64) -> Result<(), StoreError> {
    let asked = Asked {
        kind: on_file.member.kind,
        ppr: on_file.member.ppr.clone(),
        cin: on_file.cin.clone(),
        email: email.to_owned(),
        pension_number: on_file.pension_number.clone(),
    };
    note(db, &asked, now)
}
