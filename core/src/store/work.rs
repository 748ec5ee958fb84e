//! A member's drafts, outbox and filed requests. A move from one to the next is one transaction: killed at any point, the
//! member's work stands in exactly one of them.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Store, StoreError};

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredDraft<Filled> {
    pub(crate) service: String,
    /// Under which it was sent before it was taken back, or nothing. Sent again, it is the same request.
    pub(crate) key: String,
    /// Unix seconds.
    pub(crate) changed_at: i64,
    /// The form's own text.
    pub(crate) form: String,
    pub(crate) filled: Filled,
}

/// What was sent and is not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredOutbox<Filled> {
    /// The portal's `Idempotency-Key`.
    pub(crate) key: String,
    pub(crate) service: String,
    pub(crate) sent_at: i64,
    /// Why it waits for the member; empty while it waits for the network.
    pub(crate) held: String,
    pub(crate) form: String,
    pub(crate) filled: Filled,
}

/// A request that the portal has on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRequest<Told> {
    pub(crate) id: String,
    pub(crate) service: String,
    pub(crate) state: String,
    pub(crate) filed_at: i64,
    pub(crate) told: Told,
}

impl Store {
    pub(crate) fn draft<T: DeserializeOwned>(&self, service: &str) -> Result<Option<StoredDraft<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT service, key, changed_at, form, filled FROM draft WHERE service = ?1")?;
            statement.query_row([service], draft_row).optional()
        })?;
        row.map(|row| self.open_draft(row)).transpose()
    }

    /// When a service's form was last filled in, in Unix seconds; none where it is not begun.
    pub(crate) fn draft_changed_at(&self, service: &str) -> Result<Option<i64>, StoreError> {
        self.file.with(|open| {
            let mut statement = open.prepare_cached("SELECT changed_at FROM draft WHERE service = ?1")?;
            statement.query_row([service], |row| row.get(0)).optional()
        })
    }

    /// How many forms are begun and not sent, and how many are sent and have not left.
    pub(crate) fn unsent(&self) -> Result<(u32, u32), StoreError> {
        self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT (SELECT count(*) FROM draft), (SELECT count(*) FROM outbox)")?;
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// The one touched last first.
    pub(crate) fn drafts<T: DeserializeOwned>(&self) -> Result<Vec<StoredDraft<T>>, StoreError> {
        let rows: Vec<DraftRow> = self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT service, key, changed_at, form, filled FROM draft ORDER BY changed_at DESC")?;
            statement.query_map([], draft_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.open_draft(row)).collect()
    }

    pub(crate) fn put_draft<T: Serialize>(&self, draft: &StoredDraft<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&draft_name(&draft.service), &draft.filled)?;
        self.file.with(|open| {
            open.prepare_cached("INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![draft.service, draft.key, draft.changed_at, draft.form, sealed])
        })?;
        Ok(())
    }

    pub(crate) fn remove_draft(&self, service: &str) -> Result<(), StoreError> {
        self.file.with(|open| open.prepare_cached("DELETE FROM draft WHERE service = ?1")?.execute([service]))?;
        Ok(())
    }

    /// From the drafts into the outbox.
    pub(crate) fn send<T: Serialize>(&self, entry: &StoredOutbox<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&outbox_name(&entry.key), &entry.filled)?;
        self.file.transact(|open| {
            open.prepare_cached("INSERT INTO outbox VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
                entry.key, entry.service, entry.sent_at, entry.held, entry.form, sealed
            ])?;
            open.prepare_cached("DELETE FROM draft WHERE service = ?1")?.execute([&entry.service])
        })?;
        Ok(())
    }

    /// Out of the outbox and back among the drafts.
    pub(crate) fn take_back<T: Serialize>(&self, key: &str, draft: &StoredDraft<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&draft_name(&draft.service), &draft.filled)?;
        self.file.transact(|open| {
            open.prepare_cached("INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
                draft.service, draft.key, draft.changed_at, draft.form, sealed
            ])?;
            open.prepare_cached("DELETE FROM outbox WHERE key = ?1")?.execute([key])
        })?;
        Ok(())
    }

    /// The oldest first.
    pub(crate) fn outbox<T: DeserializeOwned>(&self) -> Result<Vec<StoredOutbox<T>>, StoreError> {
        type Row = (String, String, i64, String, String, Vec<u8>);
        let rows: Vec<Row> = self.file.with(|open| {
            let mut statement = open.prepare_cached(
                "SELECT key, service, sent_at, held, form, filled FROM outbox ORDER BY sent_at, key",
            )?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            };
            statement.query_map([], read)?.collect()
        })?;
        rows.into_iter()
            .map(|(key, service, sent_at, held, form, sealed)| {
                let filled = self.opened_as(&outbox_name(&key), &sealed)?;
                Ok(StoredOutbox { key, service, sent_at, held, form, filled })
            })
            .collect()
    }

    /// Says why an entry waits for the member.
    pub(crate) fn hold(&self, key: &str, why: &str) -> Result<(), StoreError> {
        self.file.with(|open| {
            open.prepare_cached("UPDATE outbox SET held = ?2 WHERE key = ?1")?.execute([key, why])
        })?;
        Ok(())
    }

    /// The portal has answered: the request is kept, and only then the outbox forgets.
    pub(crate) fn filed<T: Serialize>(&self, key: &str, request: &StoredRequest<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&request_name(&request.id), &request.told)?;
        self.file.transact(|open| {
            put_request(open, request, &sealed)?;
            open.prepare_cached("UPDATE request SET key = ?2 WHERE id = ?1")?.execute([&request.id, key])?;
            open.prepare_cached("DELETE FROM outbox WHERE key = ?1")?.execute([key])
        })?;
        Ok(())
    }

    /// What changed at the portal, all of it or nothing, with where the next question goes on.
    pub(crate) fn put_requests<T: Serialize>(
        &self,
        requests: &[StoredRequest<T>],
        (name, cursor): (&str, &str),
    ) -> Result<(), StoreError> {
        let sealed = requests
            .iter()
            .map(|request| self.sealed_as(&request_name(&request.id), &request.told))
            .collect::<Result<Vec<_>, _>>()?;
        let cursor = self.sealed_as(name, &cursor)?;
        self.file.transact(|open| {
            for (request, sealed) in requests.iter().zip(&sealed) {
                put_request(open, request, sealed)?;
            }
            open.prepare_cached("INSERT OR REPLACE INTO setting VALUES (?1, ?2)")?.execute(params![name, cursor])
        })?;
        Ok(())
    }

    /// The one filed last first.
    pub(crate) fn requests<T: DeserializeOwned>(&self, most: u32) -> Result<Vec<StoredRequest<T>>, StoreError> {
        let rows: Vec<RequestRow> = self.file.with(|open| {
            let mut statement = open.prepare_cached(
                "SELECT id, service, state, filed_at, told FROM request ORDER BY filed_at DESC LIMIT ?1",
            )?;
            statement.query_map([most], request_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.open_request(row)).collect()
    }

    pub(crate) fn request<T: DeserializeOwned>(&self, id: &str) -> Result<Option<StoredRequest<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement = open.prepare_cached(
                "SELECT id, service, state, filed_at, told FROM request WHERE id = ?1",
            )?;
            statement.query_row([id], request_row).optional()
        })?;
        row.map(|row| self.open_request(row)).transpose()
    }

    /// A request's receipt, once it was fetched.
    pub(crate) fn receipt(&self, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let sealed: Option<Vec<u8>> = self.file.with(|open| {
            let mut statement = open.prepare_cached("SELECT pdf FROM receipt WHERE request = ?1")?;
            statement.query_row([id], |row| row.get(0)).optional()
        })?;
        sealed.map(|sealed| self.opened(&receipt_name(id), &sealed)).transpose()
    }

    pub(crate) fn put_receipt(&self, id: &str, pdf: &[u8]) -> Result<(), StoreError> {
        let sealed = self.sealer.seal(&receipt_name(id), pdf)?;
        self.file.with(|open| {
            open.prepare_cached("INSERT OR REPLACE INTO receipt VALUES (?1, ?2)")?.execute(params![id, sealed])
        })?;
        Ok(())
    }

    /// The request that this phone sent under this key.
    pub(crate) fn request_sent_as<T: DeserializeOwned>(&self, key: &str) -> Result<Option<StoredRequest<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement = open.prepare_cached(
                "SELECT id, service, state, filed_at, told FROM request WHERE key = ?1",
            )?;
            statement.query_row([key], request_row).optional()
        })?;
        row.map(|row| self.open_request(row)).transpose()
    }

    fn sealed_as<T: Serialize>(&self, name: &str, value: &T) -> Result<Vec<u8>, StoreError> {
        self.sealer.seal(name, &Zeroizing::new(serde_json::to_vec(value)?))
    }

    fn opened_as<T: DeserializeOwned>(&self, name: &str, sealed: &[u8]) -> Result<T, StoreError> {
        Ok(serde_json::from_slice(&self.opened(name, sealed)?)?)
    }

    fn open_draft<T: DeserializeOwned>(
        &self,
        (service, key, changed_at, form, sealed): DraftRow,
    ) -> Result<StoredDraft<T>, StoreError> {
        let filled = self.opened_as(&draft_name(&service), &sealed)?;
        Ok(StoredDraft { service, key, changed_at, form, filled })
    }

    fn open_request<T: DeserializeOwned>(
        &self,
        (id, service, state, filed_at, sealed): RequestRow,
    ) -> Result<StoredRequest<T>, StoreError> {
        let told = self.opened_as(&request_name(&id), &sealed)?;
        Ok(StoredRequest { id, service, state, filed_at, told })
    }
}

type DraftRow = (String, String, i64, String, Vec<u8>);
type RequestRow = (String, String, String, i64, Vec<u8>);

fn draft_row(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn request_row(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn put_request<T>(
    open: &rusqlite::Connection,
    StoredRequest { id, service, state, filed_at, .. }: &StoredRequest<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    open.prepare_cached(
        "INSERT INTO request (id, service, state, filed_at, told) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET service = ?2, state = ?3, filed_at = ?4, told = ?5",
    )?
    .execute(params![id, service, state, filed_at, sealed])
}

/// What is sealed opens under its own name only: no row can be put in another's place.
fn draft_name(service: &str) -> String {
    format!("draft:{service}")
}

fn outbox_name(key: &str) -> String {
    format!("outbox:{key}")
}

fn receipt_name(id: &str) -> String {
    format!("receipt:{id}")
}

fn request_name(id: &str) -> String {
    format!("request:{id}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::store::MemberStore;
    use crate::vault;

    type Filled = BTreeMap<String, String>;

    struct Phone {
        folder: tempfile::TempDir,
        member: MemberStore,
    }

    impl Phone {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let vault = vault::of_this_machine(folder.path()).unwrap();
            let member = MemberStore::open(folder.path(), vault, "0123456").unwrap();
            Self { folder, member }
        }

        fn store(&self) -> &Store {
            self.member.sealed()
        }

        /// How often a service stands among drafts, outbox and requests.
        fn stands(&self) -> (usize, usize, usize) {
            let (drafts, outbox) = (self.store().drafts::<Filled>().unwrap(), self.store().outbox::<Filled>().unwrap());
            (drafts.len(), outbox.len(), self.store().requests::<Filled>(9).unwrap().len())
        }
    }

    fn filled() -> Filled {
        BTreeMap::from([("rib".to_owned(), "011780000012345678901234".to_owned())])
    }

    fn draft(key: &str) -> StoredDraft<Filled> {
        let (service, form) = ("hajj-grant".to_owned(), "{}".to_owned());
        StoredDraft { service, key: key.to_owned(), changed_at: 1, form, filled: filled() }
    }

    fn entry() -> StoredOutbox<Filled> {
        let (key, service) = ("key-1".to_owned(), "hajj-grant".to_owned());
        StoredOutbox { key, service, sent_at: 2, held: String::new(), form: "{}".to_owned(), filled: filled() }
    }

    fn request(state: &str) -> StoredRequest<Filled> {
        let (id, service) = ("r1".to_owned(), "hajj-grant".to_owned());
        StoredRequest { id, service, state: state.to_owned(), filed_at: 3, told: filled() }
    }

    #[test]
    fn work_stands_in_one_place_at_a_time_all_the_way() {
        let phone = Phone::new();
        phone.store().put_draft(&draft("")).unwrap();
        assert_eq!(phone.stands(), (1, 0, 0));
        phone.store().send(&entry()).unwrap();
        assert_eq!(phone.stands(), (0, 1, 0));
        phone.store().take_back("key-1", &draft("key-1")).unwrap();
        assert_eq!(phone.stands(), (1, 0, 0));
        assert_eq!(phone.store().draft::<Filled>("hajj-grant").unwrap().unwrap().key, "key-1");
        phone.store().send(&entry()).unwrap();
        phone.store().filed("key-1", &request("filed")).unwrap();
        assert_eq!(phone.stands(), (0, 0, 1));
        let sent: StoredRequest<Filled> = phone.store().request_sent_as("key-1").unwrap().unwrap();
        assert_eq!(sent.id, "r1");
    }

    #[test]
    fn what_the_portal_changes_keeps_by_which_key_it_was_sent() {
        let phone = Phone::new();
        phone.store().send(&entry()).unwrap();
        phone.store().filed("key-1", &request("filed")).unwrap();
        phone.store().put_requests(&[request("approved")], ("cursor", "5")).unwrap();
        let found: StoredRequest<Filled> = phone.store().request_sent_as("key-1").unwrap().unwrap();
        assert_eq!(found.state, "approved");
        assert_eq!(phone.store().get::<String>("cursor").unwrap().unwrap(), "5");
    }

    #[test]
    fn what_a_member_wrote_stands_nowhere_in_clear() {
        let phone = Phone::new();
        phone.store().put_draft(&draft("")).unwrap();
        phone.store().put_requests(&[request("filed")], ("cursor", "5")).unwrap();
        phone.store().put_receipt("r1", b"011780000012345678901234").unwrap();
        assert_eq!(phone.store().receipt("r1").unwrap().unwrap().as_slice(), b"011780000012345678901234");
        phone.store().rest().unwrap();
        for entry in std::fs::read_dir(phone.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                assert!(!bytes.windows(10).any(|window| window == b"0117800000"), "{}", path.display());
            }
        }
    }
}
