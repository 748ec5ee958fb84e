//! Mailed passwords (guide step 4): the decision on a password request, and the password to send.
//!
//! The same statements run in every case; the flag `should_send` decides inside each of them.

use fos_rules::identifiers::{cin_key, pension_number_key};
use fos_wire::MemberKind;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::{
    addresses,
    mail::queue::{self, EncryptedEmail},
    members::{self, MemberRecord},
    password_request_queue::QueuedRequest,
    passwords::MailedHash,
    secrets::{Keys, SecretsError},
    storage::{StorageError, audit},
};

/// Lifetime of a mailed password.
const LIFETIME: i64 = 24 * 60 * 60;

/// Shortest interval between two emails to the same member.
pub(crate) const RESEND_INTERVAL: i64 = 2 * 60;

/// Time within which the same password is sent again: a slow reader may hold the first email.
pub(crate) const REPEAT_WITHIN: i64 = 30 * 60;

/// Maximum number of emails to a member in a day.
const MAX_EMAILS_A_DAY: u32 = 10;
const DAY: i64 = 24 * 60 * 60;

/// Error while a password request is processed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailingError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl MailingError {
    /// Returns the error without a stored value.
    pub(crate) fn for_log(&self) -> String {
        if let Self::Storage(error) = self { error.without_value() } else { self.to_string() }
    }
}

impl From<rusqlite::Error> for MailingError {
    fn from(error: rusqlite::Error) -> Self {
        StorageError::from(error).into()
    }
}

/// Emails sent to a member of late.
#[derive(Default)]
struct Mailings {
    last_at: Option<i64>,
    day_began_at: i64,
    sent_since: u32,
}

impl Mailings {
    fn find(db: &Transaction, ppr: &str) -> Result<Self, StorageError> {
        let found = db
            .prepare_cached("SELECT at, day_began_at, sent_since FROM last_mailings WHERE ppr = ?1")?
            .query_row([ppr], |row| {
                Ok(Self { last_at: row.get(0)?, day_began_at: row.get(1)?, sent_since: row.get(2)? })
            });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// Begins a new day when the last one is over.
    fn on(self, now: i64) -> Self {
        if (0..DAY).contains(&(now - self.day_began_at)) {
            self
        } else {
            Self { day_began_at: now, sent_since: 0, ..self }
        }
    }

    fn allow_another(&self, now: i64) -> bool {
        let was_recent = self.last_at.is_some_and(|at| (0..RESEND_INTERVAL).contains(&(now - at)));
        !was_recent && self.sent_since < MAX_EMAILS_A_DAY
    }

    fn store(&self, db: &Transaction, ppr: &str, now: i64, enabled: bool) -> Result<(), StorageError> {
        db.prepare_cached(
            "INSERT INTO last_mailings (ppr, at, day_began_at, sent_since) SELECT ?1, ?2, ?3, ?4 WHERE ?5
             ON CONFLICT (ppr) DO UPDATE SET at = excluded.at, day_began_at = excluded.day_began_at,
                 sent_since = excluded.sent_since",
        )?
        .execute((ppr, now, self.day_began_at, self.sent_since + 1, enabled))?;
        Ok(())
    }
}

/// Password to mail.
struct Password {
    text: String,
    /// Time at which it was mailed first.
    mailed_at: i64,
}

impl Password {
    /// Returns the password mailed to this address within the last half hour, or `fresh`.
    fn choose(
        db: &Transaction,
        keys: &Keys,
        ppr: &str,
        request: &QueuedRequest,
        fresh: String,
    ) -> Result<Self, StorageError> {
        let now = request.at;
        let found: Option<(i64, Vec<u8>)> = db
            .prepare_cached(
                "SELECT mailed_at, ciphertext FROM mailed_passwords
                 WHERE ppr = ?1 AND mailed_to = ?2 AND mailed_at BETWEEN ?3 + 1 AND ?4 AND ciphertext IS NOT NULL",
            )?
            .query_row((ppr, &request.email, now - REPEAT_WITHIN, now), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let previous = found.and_then(|(mailed_at, ciphertext)| {
            Some(Self { text: keys.decrypt(&label(ppr), &ciphertext)?, mailed_at })
        });
        Ok(previous.unwrap_or(Self { text: fresh, mailed_at: now }))
    }

    fn store(
        &self,
        db: &Transaction,
        keys: &Keys,
        ppr: &str,
        request: &QueuedRequest,
        enabled: bool,
    ) -> Result<(), MailingError> {
        db.prepare_cached(
            "INSERT INTO mailed_passwords (ppr, hash, expires_at, mailed_to, mailed_at, ciphertext)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?7
             ON CONFLICT (ppr) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at,
                 mailed_to = excluded.mailed_to, mailed_at = excluded.mailed_at, ciphertext = excluded.ciphertext",
        )?
        .execute((
            ppr,
            MailedHash::of(keys, &self.text).as_str(),
            request.at + LIFETIME,
            &request.email,
            self.mailed_at,
            keys.encrypt(&label(ppr), &self.text)?,
            enabled,
        ))?;
        Ok(())
    }
}

fn label(ppr: &str) -> String {
    format!("mailed-password {ppr}")
}

/// Processes one request; `fresh` is the password to mail unless one was mailed of late.
pub(crate) fn process(
    db: &Transaction,
    keys: &Keys,
    request: &QueuedRequest,
    fresh: String,
) -> Result<(), MailingError> {
    let now = request.at;
    let ppr = members::resolve_ppr(db, &request.ppr)?.unwrap_or_else(|| request.ppr.clone());
    let record = members::find(db, &ppr)?;
    let mailings = Mailings::find(db, &ppr)?.on(now);
    let is_on_file = record.is_some();
    let is_member = record.as_ref().is_some_and(|record| matches_record(record, request));
    let is_address_on_file = record.as_ref().is_some_and(|record| record.addresses.contains(&request.email));
    let should_send = is_member && is_address_on_file && mailings.allow_another(now);
    let proposes = is_member && record.is_some_and(|record| may_propose(&record));
    let password = Password::choose(db, keys, &ppr, request, fresh)?;
    password.store(db, keys, &ppr, request, should_send)?;
    mailings.store(db, &ppr, now, should_send)?;
    let dates = queue::EmailDates { created_at: now, expires_at: now + LIFETIME };
    let email = EncryptedEmail::encrypt(keys, &password.text)?;
    queue::enqueue_password(db, &email, &ppr, &request.email, &dates, should_send)?;
    addresses::propose(db, &ppr, &request.email, now, proposes)?;
    count_unanswered(db, if is_on_file { &ppr } else { "" }, now, !should_send && !proposes)?;
    match (should_send, proposes) {
        (true, _) => Ok(audit(db, now, &ppr, "password mailed")?),
        (false, true) => {
            let event = format!("address proposed: {}", addresses::mask(&request.email));
            Ok(audit(db, now, &ppr, &event)?)
        }
        (false, false) => Ok(()),
    }
}

/// Counts a request after which nothing was mailed: a line each would let anybody fill the audit log. Those for a number
/// of no member are counted together, under the empty one.
fn count_unanswered(db: &Transaction, ppr: &str, now: i64, enabled: bool) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO unanswered_password_requests (ppr, count, last_at) SELECT ?1, 1, ?2 WHERE ?3
         ON CONFLICT (ppr) DO UPDATE SET count = count + 1, last_at = excluded.last_at",
    )?
    .execute((ppr, now, enabled))?;
    Ok(())
}

/// True if every identifier given equals the one on file, in any notation.
fn matches_record(record: &MemberRecord, request: &QueuedRequest) -> bool {
    let key = |number: &Option<String>| number.as_deref().map(pension_number_key);
    record.member.kind.as_str() == request.kind
        && cin_key(&record.cin) == cin_key(&request.cin)
        && (record.member.kind == MemberKind::Active
            || key(&record.pension_number) == key(&request.pension_number))
}

/// True for a retiree with no address on file.
fn may_propose(record: &MemberRecord) -> bool {
    record.member.kind == MemberKind::Retired && record.addresses.is_empty()
}
