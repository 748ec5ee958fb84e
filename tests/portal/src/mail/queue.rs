//! Letters waiting to leave. They survive a restart, leave in order, and go once the mail server took them.
//!
//! A letter's password is sealed with the server's key while it waits, and its row is deleted, and overwritten,
//! when the mail server took it, when another password replaced it, or when it is of no use any more.

use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor, transport::smtp::Error as SmtpError};
use rusqlite::{OptionalExtension as _, Transaction};
use tokio::{sync::watch, time::Duration};

use crate::{
    app::{App, Shared},
    mail::letter::{About, Letter, LetterError},
    secrets::{Keys, SecretsError, hex, random},
    store::{StoreError, audit},
};

/// The connection to the mail server.
pub(crate) type Transport = AsyncSmtpTransport<Tokio1Executor>;

const FIRST_DELAY: Duration = Duration::from_secs(2);
const LONGEST_DELAY: Duration = Duration::from_mins(1);

/// A sealed letter, and the name it travels under. The name is given before the first try, so that a letter sent
/// twice because an answer was lost is known to be one.
pub(crate) struct Draft {
    message_id: String,
    sealed: Vec<u8>,
}

impl Draft {
    /// Seals what only the letter's reader may know.
    pub(crate) fn seal(keys: &Keys, secret: &str) -> Result<Self, SecretsError> {
        // The part of a Message-ID before the sender's domain (RFC 5322 §3.6.4).
        let message_id = hex(&random::<16>()?);
        let sealed = keys.seal(&message_id, secret)?;
        Ok(Self { message_id, sealed })
    }
}

/// When a letter was written, and when it is of no use any more.
pub(crate) struct Dates {
    pub(crate) written_at: i64,
    pub(crate) useless_at: i64,
}

/// Queues a password in the place of any that waits for the same member. When it is not `due`, the same statements
/// run and nothing is queued.
pub(crate) fn post_password(
    db: &Transaction,
    draft: &Draft,
    ppr: &str,
    recipient: &str,
    dates: &Dates,
    due: bool,
) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM letters WHERE ppr = ?1 AND kind = 'password' AND ?2")?
        .execute((ppr, due))?;
    put(db, draft, Kind::Password, ppr, recipient, dates, due)
}

/// Queues the letter that tells an address on file that it, or another, was changed.
pub(crate) fn tell_of_address(
    db: &Transaction,
    draft: &Draft,
    ppr: &str,
    recipient: &str,
    dates: &Dates,
) -> Result<(), StoreError> {
    put(db, draft, Kind::Address, ppr, recipient, dates, true)
}

fn put(
    db: &Transaction,
    draft: &Draft,
    kind: Kind,
    ppr: &str,
    recipient: &str,
    dates: &Dates,
    due: bool,
) -> Result<(), StoreError> {
    let (written_at, useless_at) = (dates.written_at, dates.useless_at);
    db.prepare_cached(
        "INSERT INTO letters (message_id, ppr, recipient, sealed, written_at, useless_at, kind)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ?8",
    )?
    .execute((
        &draft.message_id,
        ppr,
        recipient,
        &draft.sealed,
        written_at,
        useless_at,
        kind.as_str(),
        due,
    ))?;
    Ok(())
}

/// What a letter is about.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Password,
    Address,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Address => "address",
        }
    }

    fn from_str(text: &str) -> Self {
        if text == "address" { Self::Address } else { Self::Password }
    }
}

/// How a try to send ended.
enum Outcome {
    /// There is nothing to send.
    Empty,
    /// A letter left the queue.
    Done,
    /// The mail server is away, or does not want this letter now.
    Later,
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Letter(#[from] LetterError),
}

/// Sends letters until the portal stops. At a start everything is tried at once.
pub(crate) async fn work(app: App, transport: Transport, from: String, mut stopping: watch::Receiver<bool>) {
    let mut delay = FIRST_DELAY;
    loop {
        let outcome = send_next(&app, &transport, &from).await.unwrap_or_else(|error| {
            eprintln!("fos-portal: a letter waits: {error}");
            Outcome::Later
        });
        let pause = match outcome {
            Outcome::Done => {
                delay = FIRST_DELAY;
                continue;
            }
            Outcome::Empty => None,
            Outcome::Later => {
                let pause = delay;
                delay = (delay * 2).min(LONGEST_DELAY);
                Some(pause)
            }
        };
        let rung = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => app.posted.notified().await,
            }
        };
        tokio::select! {
            () = rung => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

struct Waiting {
    id: i64,
    message_id: String,
    ppr: String,
    recipient: String,
    sealed: Vec<u8>,
    written_at: i64,
    useless_at: i64,
    kind: Kind,
}

async fn send_next(app: &Shared, transport: &Transport, from: &str) -> Result<Outcome, SendError> {
    let Some(waiting) = app.store.transact(first).await? else { return Ok(Outcome::Empty) };
    let now = app.now_seconds();
    let secret = app.keys.unseal(&waiting.message_id, &waiting.sealed);
    let (Some(secret), true) = (secret, now < waiting.useless_at) else {
        return leave(app, waiting, now, "letter dropped: of no use any more").await;
    };
    let desk = app.desk().await?;
    let letter = Letter {
        about: match waiting.kind {
            Kind::Password => About::Password(&secret),
            Kind::Address => About::Address { now: &secret, contacts: &desk.config.contacts },
        },
        ppr: &waiting.ppr,
        from,
        to: &waiting.recipient,
        message_id: &waiting.message_id,
        written_at: waiting.written_at,
    };
    match transport.send(letter.write()?).await {
        Ok(_) => leave(app, waiting, now, "letter handed to the mail server").await,
        Err(error) if error.is_permanent() => {
            leave(app, waiting, now, "letter refused by the mail server for good").await
        }
        Err(error) => put_back(app, waiting, &error).await,
    }
}

/// Letters the server put off stand behind those it has not seen.
fn first(db: &Transaction) -> Result<Option<Waiting>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT id, message_id, ppr, recipient, sealed, written_at, useless_at, kind FROM letters
             ORDER BY refusals, id LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Waiting {
                id: row.get(0)?,
                message_id: row.get(1)?,
                ppr: row.get(2)?,
                recipient: row.get(3)?,
                sealed: row.get(4)?,
                written_at: row.get(5)?,
                useless_at: row.get(6)?,
                kind: Kind::from_str(row.get_ref(7)?.as_str()?),
            })
        });
    Ok(found.optional()?)
}

async fn leave(app: &Shared, waiting: Waiting, now: i64, event: &'static str) -> Result<Outcome, SendError> {
    app.store
        .transact(move |db| {
            db.prepare_cached("DELETE FROM letters WHERE id = ?1")?.execute([waiting.id])?;
            audit(db, now, &waiting.ppr, event)
        })
        .await?;
    Ok(Outcome::Done)
}

async fn put_back(app: &Shared, waiting: Waiting, error: &SmtpError) -> Result<Outcome, SendError> {
    // Only the server's own «not now» is about this letter; a cut line is about none.
    if error.is_transient() {
        app.store
            .transact(move |db| {
                db.prepare_cached("UPDATE letters SET refusals = refusals + 1 WHERE id = ?1")?
                    .execute([waiting.id])?;
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    Ok(Outcome::Later)
}
