//! Outbox: submitted forms that the portal has not answered yet, each under its idempotency key.
//!
//! ```text
//! draft ──queue──▶ outbox (pending) ──complete──▶ request
//!   ▲                │       │
//!   │                │     block
//!   │                ▼       ▼
//!   └─return_to_draft─── outbox (blocked)
//! ```
//!
//! Every arrow is one transaction: killed at any point, the member's work is in exactly one of the three tables.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::drafts::{StoredDraft, delete_draft, draft_aad, insert_draft};
use super::requests::{StoredRequest, put_filed};
use super::{Database, StorageError};

/// A submitted form that the portal has not answered yet. `Payload` is `Vec<u8>` while it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutboxEntry<Payload> {
    /// Number of the row, new at each submission and assigned by the database.
    pub(crate) seq: i64,
    /// Value of the `Idempotency-Key` header.
    pub(crate) key: String,
    /// The service's id.
    pub(crate) service: String,
    /// Time of the submission, in Unix seconds.
    pub(crate) queued_at: i64,
    /// Time at which it was first sent, by the portal's clock, in Unix seconds; `None` until then.
    pub(crate) first_sent_at: Option<i64>,
    /// Reason for which the member has to act; `None` while the entry is pending.
    pub(crate) blocked: Option<BlockedReason>,
    /// JSON of the form, as the portal served it.
    pub(crate) form: String,
    /// The answers.
    pub(crate) payload: Payload,
}

/// Reason why an entry is not delivered until the member acts. The numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum BlockedReason {
    /// The service accepts no requests any more.
    ServiceClosed = 1,
    /// The portal published another version of the form.
    FormChanged = 2,
    /// The portal may have forgotten the idempotency key: sent again, the request could be filed twice.
    QueuedTooLong = 3,
    /// The portal rejected answers.
    InvalidFields = 4,
    /// The portal has a request with this key and other content.
    AlreadyFiled = 5,
    /// The portal no longer serves this version of the app.
    UpdateNeeded = 6,
    /// The service takes no second request of this member.
    AlreadyRequested = 7,
}

/// Number of drafts and outbox entries that signing out would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnsentCounts {
    pub(crate) drafts: u32,
    pub(crate) outbox: u32,
}

/// The outbox in delivery order, payloads still sealed.
pub(super) const SELECT_OUTBOX: &str =
    "SELECT seq, key, service, queued_at, blocked, form, payload, first_sent_at FROM outbox ORDER BY seq";

impl BlockedReason {
    const ALL: [Self; 7] = [
        Self::ServiceClosed,
        Self::FormChanged,
        Self::QueuedTooLong,
        Self::InvalidFields,
        Self::AlreadyFiled,
        Self::UpdateNeeded,
        Self::AlreadyRequested,
    ];

    /// Value of the column `blocked`.
    fn code(self) -> u8 {
        self as u8
    }

    /// Reads the column `blocked`. A value that only a newer version knows, or a text of an earlier version's file that
    /// could not be migrated, leaves the entry with the member: delivering it is the one thing that could do harm.
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null | ValueRef::Text(b"") => None,
            ValueRef::Integer(code) => {
                let known = Self::ALL.into_iter().find(|reason| i64::from(reason.code()) == code);
                Some(known.unwrap_or(Self::InvalidFields))
            }
            _ => Some(Self::InvalidFields),
        }
    }
}

impl UnsentCounts {
    /// True if nothing would be lost.
    pub(crate) fn is_empty(self) -> bool {
        self.drafts == 0 && self.outbox == 0
    }
}

impl Database {
    /// Returns true if an entry is pending, without decrypting any.
    pub(crate) fn has_pending(&self) -> Result<bool, StorageError> {
        // Asked at every sign-in, before which a new file has no tables for requests.
        if !self.has_request_tables()? {
            return Ok(false);
        }
        self.sqlite.with(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE blocked IS NULL)")?;
            statement.query_row([], |row| row.get(0))
        })
    }

    /// Counts drafts and outbox entries, without decrypting any.
    pub(crate) fn count_unsent(&self) -> Result<UnsentCounts, StorageError> {
        self.request_tables()?.with(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT (SELECT count(*) FROM draft), (SELECT count(*) FROM outbox)")?;
            statement.query_row([], |row| Ok(UnsentCounts { drafts: row.get(0)?, outbox: row.get(1)? }))
        })
    }

    /// Moves the service's draft into the outbox. Returns the entry's `seq`, whatever it was.
    pub(crate) fn queue<T: Serialize>(&self, entry: &OutboxEntry<T>) -> Result<i64, StorageError> {
        let sealed = self.encrypt_json(&outbox_aad(&entry.key), &entry.payload)?;
        self.request_tables()?.transaction(|connection| {
            insert_entry(connection, entry, &sealed)?;
            let seq = connection.last_insert_rowid();
            delete_draft(connection, &entry.service).map(|_| seq)
        })
    }

    /// Moves the entry with this key back to the drafts.
    pub(crate) fn return_to_draft<T: Serialize>(
        &self,
        key: &str,
        draft: &StoredDraft<T>,
    ) -> Result<(), StorageError> {
        let sealed = self.encrypt_json(&draft_aad(&draft.service), &draft.content)?;
        self.request_tables()?.transaction(|connection| {
            insert_draft(connection, draft, &sealed)?;
            connection.prepare_cached("DELETE FROM outbox WHERE key = ?1")?.execute([key])
        })?;
        Ok(())
    }

    /// Returns every entry, decrypted, the oldest first.
    pub(crate) fn outbox<T: DeserializeOwned>(&self) -> Result<Vec<OutboxEntry<T>>, StorageError> {
        let rows: Vec<OutboxEntry<Vec<u8>>> = self.request_tables()?.with(|connection| {
            let mut statement = connection.prepare_cached(SELECT_OUTBOX)?;
            statement.query_map([], outbox_row)?.collect()
        })?;
        rows.into_iter()
            .map(|OutboxEntry { seq, key, service, queued_at, first_sent_at, blocked, form, payload }| {
                let payload = self.decrypt_json(&outbox_aad(&key), &payload)?;
                Ok(OutboxEntry { seq, key, service, queued_at, first_sent_at, blocked, form, payload })
            })
            .collect()
    }

    /// Stores the time at which an entry is first sent, before it is.
    pub(crate) fn put_first_sent(&self, seq: i64, at: i64) -> Result<(), StorageError> {
        self.request_tables()?.with(|connection| {
            connection
                .prepare_cached(
                    "UPDATE outbox SET first_sent_at = ?2 WHERE seq = ?1 AND first_sent_at IS NULL",
                )?
                .execute([seq, at])
        })?;
        Ok(())
    }

    /// Marks an entry as blocked: it is not delivered until the member acts.
    pub(crate) fn block(&self, seq: i64, reason: BlockedReason) -> Result<(), StorageError> {
        self.request_tables()?.with(|connection| {
            connection
                .prepare_cached("UPDATE outbox SET blocked = ?2 WHERE seq = ?1")?
                .execute(params![seq, reason.code()])
        })?;
        Ok(())
    }

    /// Stores the portal's answer to an entry and deletes the entry.
    pub(crate) fn complete<T: Serialize, P>(
        &self,
        entry: &OutboxEntry<P>,
        request: &StoredRequest<T>,
    ) -> Result<(), StorageError> {
        let sealed = self.seal_filed(request)?;
        self.request_tables()?.transaction(|connection| {
            put_filed(connection, request, &sealed)?;
            connection.prepare_cached("DELETE FROM outbox WHERE seq = ?1")?.execute([entry.seq])
        })?;
        Ok(())
    }
}

/// Reads a row of [`SELECT_OUTBOX`].
pub(super) fn outbox_row(row: &Row<'_>) -> rusqlite::Result<OutboxEntry<Vec<u8>>> {
    Ok(OutboxEntry {
        seq: row.get(0)?,
        key: row.get(1)?,
        service: row.get(2)?,
        queued_at: row.get(3)?,
        blocked: BlockedReason::from_column(row.get_ref(4)?),
        form: row.get(5)?,
        payload: row.get(6)?,
        first_sent_at: row.get(7)?,
    })
}

/// Inserts an entry whose payload is sealed already, under a new `seq`.
pub(super) fn insert_entry<T>(
    connection: &Connection,
    entry: &OutboxEntry<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    let insert = "INSERT INTO outbox (key, service, queued_at, blocked, form, payload, first_sent_at)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(insert)?.execute(params![
        entry.key,
        entry.service,
        entry.queued_at,
        entry.blocked.map(BlockedReason::code),
        entry.form,
        sealed,
        entry.first_sent_at
    ])
}

/// AAD to which an entry's payload is sealed: no row opens in another row's place.
pub(super) fn outbox_aad(key: &str) -> String {
    format!("outbox:{key}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::storage::tests::open_member;
    use crate::storage::{MemberStore, REQUESTS_CURSOR, StoredState};
    use crate::vault;

    type Answers = BTreeMap<String, String>;

    struct Phone {
        folder: tempfile::TempDir,
        member: MemberStore,
    }

    impl Phone {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let vault = vault::open(folder.path()).unwrap();
            let member = open_member(folder.path(), &vault, "0123456");
            Self { folder, member }
        }

        fn db(&self) -> &Database {
            self.member.db()
        }

        /// Returns the entry that was queued last.
        fn last_entry(&self) -> OutboxEntry<Answers> {
            self.db().outbox().unwrap().pop().unwrap()
        }

        /// Returns the number of drafts, outbox entries and requests.
        fn counts(&self) -> (usize, usize, usize) {
            let (drafts, outbox) =
                (self.db().drafts::<Answers>().unwrap(), self.db().outbox::<Answers>().unwrap());
            (drafts.len(), outbox.len(), self.db().requests::<Answers>(9).unwrap().len())
        }
    }

    fn answers() -> Answers {
        BTreeMap::from([("rib".to_owned(), "011780000012345678901234".to_owned())])
    }

    fn draft(key: &str) -> StoredDraft<Answers> {
        let (service, form) = ("hajj-grant".to_owned(), "{}".to_owned());
        StoredDraft { service, key: key.to_owned(), changed_at: 1, form, content: answers() }
    }

    fn entry() -> OutboxEntry<Answers> {
        let (key, service) = ("key-1".to_owned(), "hajj-grant".to_owned());
        OutboxEntry {
            seq: 0,
            key,
            service,
            queued_at: 2,
            first_sent_at: None,
            blocked: None,
            form: "{}".to_owned(),
            payload: answers(),
        }
    }

    fn request(state: StoredState) -> StoredRequest<Answers> {
        let (id, service) = ("r1".to_owned(), "hajj-grant".to_owned());
        StoredRequest { id, service, state, filed_at: 3, body: answers() }
    }

    #[test]
    fn an_entry_is_in_exactly_one_table_from_draft_to_request() {
        let phone = Phone::new();
        phone.db().put_draft(&draft("")).unwrap();
        assert_eq!(phone.counts(), (1, 0, 0));
        phone.db().queue(&entry()).unwrap();
        assert_eq!(phone.counts(), (0, 1, 0));
        phone.db().return_to_draft("key-1", &draft("key-1")).unwrap();
        assert_eq!(phone.counts(), (1, 0, 0));
        assert_eq!(phone.db().draft::<Answers>("hajj-grant").unwrap().unwrap().key, "key-1");
        phone.db().queue(&entry()).unwrap();
        phone.db().complete(&phone.last_entry(), &request(StoredState::Filed)).unwrap();
        assert_eq!(phone.counts(), (0, 0, 1));
        let found: StoredRequest<Answers> = phone.db().request("r1").unwrap().unwrap();
        assert_eq!(found.id, "r1");
    }

    #[test]
    fn a_late_response_does_not_complete_a_later_submission() {
        let phone = Phone::new();
        phone.db().queue(&entry()).unwrap();
        let before = phone.last_entry();
        phone.db().return_to_draft("key-1", &draft("key-1")).unwrap();
        phone.db().queue(&entry()).unwrap();
        phone.db().complete(&before, &request(StoredState::Filed)).unwrap();
        assert_eq!(phone.counts(), (0, 1, 1));
        phone.db().block(before.seq, BlockedReason::ServiceClosed).unwrap();
        assert_eq!(phone.last_entry().blocked, None);
    }

    #[test]
    fn unsent_work_is_salvaged_from_a_file_of_a_newer_version() {
        let phone = Phone::new();
        phone.db().queue(&entry()).unwrap();
        phone.db().put_draft(&draft("")).unwrap();
        phone.db().suspend().unwrap();
        let reopen = |phone: &Phone| {
            let vault = vault::open(phone.folder.path()).unwrap();
            open_member(phone.folder.path(), &vault, "0123456")
        };
        let is_database = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".db");
        let files = std::fs::read_dir(phone.folder.path()).unwrap().map(Result::unwrap);
        let file = files.into_iter().find(is_database).unwrap().path();
        let newer = rusqlite::Connection::open(&file).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        newer.close().unwrap();
        let member = reopen(&phone);
        assert!(member.db().was_reset());
        assert_eq!(member.db().draft::<Answers>("hajj-grant").unwrap().unwrap(), draft(""));
        let salvaged: Vec<OutboxEntry<Answers>> = member.db().outbox().unwrap();
        assert_eq!(
            salvaged.into_iter().map(|entry| (entry.key, entry.payload)).collect::<Vec<_>>(),
            [("key-1".to_owned(), answers())]
        );
    }

    #[test]
    fn a_changed_request_replaces_the_stored_one_together_with_the_cursor() {
        let phone = Phone::new();
        phone.db().queue(&entry()).unwrap();
        phone.db().complete(&phone.last_entry(), &request(StoredState::Filed)).unwrap();
        phone.db().put_requests(&[request(StoredState::Approved)], "5").unwrap();
        let found: StoredRequest<Answers> = phone.db().request("r1").unwrap().unwrap();
        assert_eq!(found.state, StoredState::Approved);
        assert_eq!(phone.db().get::<String>(REQUESTS_CURSOR).unwrap().unwrap(), "5");
    }

    #[test]
    fn answers_requests_and_receipts_are_stored_encrypted() {
        let phone = Phone::new();
        phone.db().put_draft(&draft("")).unwrap();
        phone.db().put_requests(&[request(StoredState::Filed)], "5").unwrap();
        phone.db().put_receipt("r1", b"011780000012345678901234").unwrap();
        assert_eq!(phone.db().receipt("r1").unwrap().unwrap().as_slice(), b"011780000012345678901234");
        phone.db().suspend().unwrap();
        for entry in std::fs::read_dir(phone.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(10).any(|window| window == b"0117800000"), "{}", path.display());
            }
        }
    }
}
