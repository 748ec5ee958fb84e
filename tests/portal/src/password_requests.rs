//! Password requests, «Récupérer mot de passe» (guide steps 2 to 4): for a first password and a forgotten one.
//!
//! ```text
//! POST /v1/password-requests ──► validate ──► captcha ──► row in the queue ──► 202, the same bytes for everyone
//!                                                            │
//!                            worker (run) ◄──────────────────┘  one at a time, round robin by client address
//!                              │                                (password_request_queue)
//!                              ├─ the record matches, the address is on file, none sent within two minutes,
//!                              │  fewer than ten within a day:
//!                              │      mailed password (24 h) and its email, both in one transaction; asked again
//!                              │      within half an hour, the same password (mailed_passwords)
//!                              ├─ a retiree without any address on file: the address is stored as a proposal
//!                              └─ otherwise: nothing but a count
//! ```
//!
//! The response is sent before anything is looked up, and the worker runs the same statements in every case, so that
//! neither tells whether the member exists. The account does not change until the mailed password is used.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use fos_wire::{
    MemberKind,
    access::{PasswordRequest, PasswordRequestAccepted},
    paths,
};
use tokio::{sync::watch, time::Duration};
use tracing::{error, info};

use crate::{
    app::App,
    captcha,
    client_ip::ClientIp,
    content::PublishedContent,
    http::JsonBody,
    identifiers::{self, FieldChecks},
    mailed_passwords::{self, MailingError},
    password_request_queue::{self as queue, ValidRequest},
    passwords,
    problem::{Code, FieldProblem, Problem},
};

/// Requests a password by email.
///
/// The response is the same for every well-formed request. The email goes to an address on the member's file, when
/// every value matches the file.
#[utoipa::path(
    post, path = paths::PASSWORD_REQUESTS, tag = "access", request_body = PasswordRequest,
    params(("Idempotency-Key" = Option<String>, Header,
        description = "Accepted; repeating the request is harmless without it, but each needs a proof of its own")),
    responses(
        (status = 202, description = "Accepted; the same response for everyone", body = PasswordRequestAccepted),
        (status = 422, description = "`captcha`: missing, wrong, stale, cheap or spent; `fields`: required, format, \
            too-long, unknown-domain", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: too many requests wait, from this address or in all",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn request_password(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    Extension(client_ip): Extension<ClientIp>,
    JsonBody(mut request): JsonBody<PasswordRequest>,
) -> Result<(StatusCode, Json<PasswordRequestAccepted>), Problem> {
    let captcha = request.captcha.take();
    let request = validate(request, &content.professional_domains)?;
    captcha::spend(&app, client_ip, captcha).await?;
    let (now, client) = (app.now_seconds(), client_ip.keyed_hash(&app.keys));
    app.storage.transaction(move |db| queue::enqueue_limited(db, &request, &client, now)).await?;
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

/// Processes queued requests until `stopping` becomes true.
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

/// Processes the next request. Returns false when the queue is empty.
async fn process_next(app: &App) -> Result<bool, MailingError> {
    let (fresh, state) = (passwords::generate()?, Arc::clone(app));
    let found = app
        .storage
        .transaction(move |db| {
            let Some(request) = queue::take_next(db)? else { return Ok(false) };
            mailed_passwords::process(db, &state.keys, &request, fresh)?;
            Ok::<_, MailingError>(true)
        })
        .await?;
    if found {
        app.email_queued.notify_one();
        // Nothing here depends on whether an email was queued.
        info!("password request processed");
    }
    Ok(found)
}
