//! Delivery queue of emails. It survives a restart.
//!
//! ```text
//! enqueue_*  ──► row in `emails`, its secret encrypted with the server's key
//!                  │  run(): one at a time, fewest deferrals first, then oldest
//!                  ├─ expired, or the key has changed   removed
//!                  ├─ its address is no longer on the member's file   removed, unless it says just that
//!                  ├─ accepted by the SMTP server       removed
//!                  ├─ recipient rejected for good (55x 5.1.x)   removed
//!                  ├─ any other reply (4xx, 5xx)        goes behind the others; retried after 2 s … 1 min
//!                  └─ connection failed                 stays in place; retried after 2 s … 1 min
//! ```
//!
//! A removed row is overwritten (SQLite is built so), as is the password that another one replaced. Each removal is logged.

use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor, transport::smtp::Error as SmtpError};
use rusqlite::{OptionalExtension as _, Transaction};
use tokio::{sync::watch, time::Duration};
use tracing::{Instrument as _, error, info, info_span, warn};

use crate::{
    app::{App, AppState},
    mail::{
        account_notice::AccountNotice,
        email::{Email, EmailContent, EmailError},
    },
    secrets::{Keys, SecretsError, hex, random},
    storage::{StorageError, audit},
};

/// Connection to the SMTP server.
pub(crate) type Transport = AsyncSmtpTransport<Tokio1Executor>;

const FIRST_DELAY: Duration = Duration::from_secs(2);
const MAX_DELAY: Duration = Duration::from_mins(1);

/// Encrypted email with its Message-ID. The id is set before the first attempt, so that an email sent twice because a
/// reply was lost is recognized as one.
pub(crate) struct EncryptedEmail {
    message_id: String,
    ciphertext: Vec<u8>,
}

impl EncryptedEmail {
    /// Encrypts the secret part of an email: a password, addresses, or the name of a device.
    pub(crate) fn encrypt(keys: &Keys, secret: &str) -> Result<Self, SecretsError> {
        // Left part of the Message-ID, before the sender's domain (RFC 5322 §3.6.4).
        let message_id = hex(&random::<16>()?);
        let ciphertext = keys.encrypt(&message_id, secret)?;
        Ok(Self { message_id, ciphertext })
    }
}

/// Error while an email is encrypted and queued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EnqueueError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl From<rusqlite::Error> for EnqueueError {
    fn from(error: rusqlite::Error) -> Self {
        StorageError::from(error).into()
    }
}

/// Time of creation and expiry, in seconds since 1970 UTC.
pub(crate) struct EmailDates {
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

/// Queues a password, replacing any queued for the same member. When not `enabled`, the same statements run without any
/// effect, so that the time taken does not depend on it.
pub(crate) fn enqueue_password(
    db: &Transaction,
    email: &EncryptedEmail,
    ppr: &str,
    recipient: &str,
    dates: &EmailDates,
    enabled: bool,
) -> Result<(), StorageError> {
    db.prepare_cached("DELETE FROM emails WHERE ppr = ?1 AND kind = 'password' AND ?2")?
        .execute((ppr, enabled))?;
    insert(db, email, EmailKind::Password, ppr, recipient, dates, enabled)
}

/// Queues a notice about the account, or about a change of its addresses.
pub(crate) fn enqueue_notice(
    db: &Transaction,
    email: &EncryptedEmail,
    kind: EmailKind,
    ppr: &str,
    recipient: &str,
    dates: &EmailDates,
) -> Result<(), StorageError> {
    insert(db, email, kind, ppr, recipient, dates, true)
}

fn insert(
    db: &Transaction,
    email: &EncryptedEmail,
    kind: EmailKind,
    ppr: &str,
    recipient: &str,
    dates: &EmailDates,
    enabled: bool,
) -> Result<(), StorageError> {
    let (created_at, expires_at) = (dates.created_at, dates.expires_at);
    db.prepare_cached(
        "INSERT INTO emails (message_id, ppr, recipient, ciphertext, created_at, expires_at, kind)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?8",
    )?
    .execute((
        &email.message_id,
        ppr,
        recipient,
        &email.ciphertext,
        created_at,
        expires_at,
        kind.as_str(),
        enabled,
    ))?;
    Ok(())
}

/// Kind of an email, as stored.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EmailKind {
    Password,
    AddressChanged,
    PasswordSet,
    NewDevice,
}

impl EmailKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AddressChanged => "address",
            Self::PasswordSet => "password-set",
            Self::NewDevice => "new-device",
        }
    }

    fn from_str(text: &str) -> Self {
        match text {
            "address" => Self::AddressChanged,
            "password-set" => Self::PasswordSet,
            "new-device" => Self::NewDevice,
            _ => Self::Password,
        }
    }
}

/// Outcome of one delivery attempt.
enum Outcome {
    /// The queue is empty.
    Empty,
    /// An email left the queue.
    Processed,
    /// The SMTP server is unreachable, or rejected this email for now.
    Retry,
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Email(#[from] EmailError),
}

impl SendError {
    /// Returns the error without any address.
    fn for_log(&self) -> String {
        match self {
            Self::Storage(error) => error.without_value(),
            Self::Email(EmailError::Address(_)) => "address".to_owned(),
            Self::Email(EmailError::Message(_)) => "message".to_owned(),
        }
    }
}

/// Delivers emails until `stopping` becomes true. After a start the first attempt is immediate.
pub(crate) async fn run(app: App, transport: Transport, from: String, mut stopping: watch::Receiver<bool>) {
    let mut delay = FIRST_DELAY;
    loop {
        let outcome = send_next(&app, &transport, &from).await.unwrap_or_else(|error| {
            error!(reason = error.for_log(), "email not sent");
            Outcome::Retry
        });
        let pause = match outcome {
            Outcome::Processed => {
                delay = FIRST_DELAY;
                continue;
            }
            Outcome::Empty => None,
            Outcome::Retry => {
                let pause = delay;
                delay = (delay * 2).min(MAX_DELAY);
                Some(pause)
            }
        };
        let wakeup = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => app.email_queued.notified().await,
            }
        };
        tokio::select! {
            () = wakeup => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

struct QueuedEmail {
    id: i64,
    message_id: String,
    ppr: String,
    recipient: String,
    ciphertext: Vec<u8>,
    created_at: i64,
    expires_at: i64,
    kind: EmailKind,
    /// True if the recipient is on the member's file at this moment.
    is_on_file: bool,
}

impl QueuedEmail {
    /// Returns true if the email may go to its recipient: an address that leaves the file is still told so.
    fn is_allowed(&self) -> bool {
        self.is_on_file || matches!(self.kind, EmailKind::AddressChanged)
    }
}

async fn send_next(app: &AppState, transport: &Transport, from: &str) -> Result<Outcome, SendError> {
    let Some(queued) = app.storage.transaction(next_email).await? else { return Ok(Outcome::Empty) };
    let span = info_span!("email", kind = queued.kind.as_str());
    send(app, transport, from, queued).instrument(span).await
}

async fn send(
    app: &AppState,
    transport: &Transport,
    from: &str,
    queued: QueuedEmail,
) -> Result<Outcome, SendError> {
    let now = app.now_seconds();
    let secret = app.keys.decrypt(&queued.message_id, &queued.ciphertext);
    let (Some(secret), true) = (secret, now < queued.expires_at) else {
        return remove(app, queued, now, "email dropped: of no use any more").await;
    };
    if !queued.is_allowed() {
        return remove(app, queued, now, "email dropped: its address is not on file any more").await;
    }
    let content = app.content().await?;
    let contacts = &content.config.contacts;
    let message = Email {
        content: match queued.kind {
            EmailKind::Password => EmailContent::Password(&secret),
            EmailKind::AddressChanged => EmailContent::AddressChanged { addresses: &secret, contacts },
            EmailKind::PasswordSet => EmailContent::Notice { notice: AccountNotice::PasswordSet, contacts },
            EmailKind::NewDevice => {
                EmailContent::Notice { notice: AccountNotice::NewDevice(&secret), contacts }
            }
        },
        ppr: &queued.ppr,
        from,
        to: &queued.recipient,
        message_id: &queued.message_id,
        created_at: queued.created_at,
    };
    match transport.send(message.build()?).await {
        Ok(_) => remove(app, queued, now, "email handed to the mail server").await,
        Err(error) if is_recipient_rejected(&error) => {
            remove(app, queued, now, "email refused by the mail server for good").await
        }
        Err(error) => defer(app, queued, &error).await,
    }
}

/// Returns the next email: those the server deferred come after those it has not seen.
fn next_email(db: &Transaction) -> Result<Option<QueuedEmail>, StorageError> {
    let found = db
        .prepare_cached(
            "SELECT id, message_id, ppr, recipient, ciphertext, created_at, expires_at, kind,
                 EXISTS (SELECT 1 FROM member_addresses AS a WHERE a.ppr = emails.ppr AND a.email = recipient)
             FROM emails ORDER BY deferrals, id LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(QueuedEmail {
                id: row.get(0)?,
                message_id: row.get(1)?,
                ppr: row.get(2)?,
                recipient: row.get(3)?,
                ciphertext: row.get(4)?,
                created_at: row.get(5)?,
                expires_at: row.get(6)?,
                kind: EmailKind::from_str(row.get_ref(7)?.as_str()?),
                is_on_file: row.get(8)?,
            })
        });
    Ok(found.optional()?)
}

async fn remove(
    app: &AppState,
    queued: QueuedEmail,
    now: i64,
    event: &'static str,
) -> Result<Outcome, SendError> {
    app.storage
        .transaction(move |db| {
            db.prepare_cached("DELETE FROM emails WHERE id = ?1")?.execute([queued.id])?;
            audit(db, now, &queued.ppr, event)
        })
        .await?;
    info!(event, "removed from the queue");
    Ok(Outcome::Processed)
}

async fn defer(app: &AppState, queued: QueuedEmail, error: &SmtpError) -> Result<Outcome, SendError> {
    if error.is_permanent() {
        error!("the mail server refuses for a reason of its own: emails wait until they expire");
    } else {
        warn!(reply = reply_class(error), "deferred");
    }
    // A reply may concern this email; a connection failure concerns none.
    if error.is_transient() || error.is_permanent() {
        app.storage
            .transaction(move |db| {
                db.prepare_cached("UPDATE emails SET deferrals = deferrals + 1 WHERE id = ?1")?
                    .execute([queued.id])?;
                Ok::<_, StorageError>(())
            })
            .await?;
    }
    Ok(Outcome::Retry)
}

/// Returns true if the server has rejected the recipient's address for good: a reply 550, 551, 553 or 554 with an enhanced
/// status 5.1.x (RFC 3463 §3.2), but not 5.1.7 and 5.1.8, which are about the sender. Any other refusal may be about the
/// server itself, and another attempt may succeed.
fn is_recipient_rejected(error: &SmtpError) -> bool {
    let is_about_mailbox =
        error.status().is_some_and(|code| ["550", "551", "553", "554"].contains(&code.to_string().as_str()));
    let text = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let detail = text.split_whitespace().next().and_then(|status| status.strip_prefix("5.1."));
    is_about_mailbox
        && detail.and_then(|detail| detail.parse::<u8>().ok()).is_some_and(|detail| !matches!(detail, 7 | 8))
}

/// Returns the class of the SMTP server's reply, whose text may quote an address.
fn reply_class(error: &SmtpError) -> &'static str {
    match error {
        error if error.is_permanent() => "5xx",
        error if error.is_transient() => "4xx",
        error if error.is_timeout() => "timeout",
        _ => "none",
    }
}
