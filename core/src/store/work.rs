//! A member's drafts and outbox. A move from one to the next is one transaction: killed at any point, the
//! member's work stands in exactly one of them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::filed::{StoredRequest, put_request, request_name};
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
    /// Another each time it is sent; given by the file.
    pub(crate) place: i64,
    /// The portal's `Idempotency-Key`.
    pub(crate) key: String,
    pub(crate) service: String,
    pub(crate) sent_at: i64,
    /// Why it waits for the member; empty while it waits for the network.
    pub(crate) held: String,
    pub(crate) form: String,
    pub(crate) filled: Filled,
}

impl Store {
    pub(crate) fn draft<T: DeserializeOwned>(
        &self,
        service: &str,
    ) -> Result<Option<StoredDraft<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement = open.prepare_cached(&format!("{DRAFTS} WHERE service = ?1"))?;
            statement.query_row([service], draft_row).optional()
        })?;
        row.map(|row| self.open_draft(row)).transpose()
    }

    /// Whether something was sent that the network alone keeps back.
    pub(crate) fn waits(&self) -> Result<bool, StoreError> {
        self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE held = '')")?;
            statement.query_row([], |row| row.get(0))
        })
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
        let rows: Vec<StoredDraft<Vec<u8>>> = self.file.with(|open| {
            let mut statement = open.prepare_cached(&format!("{DRAFTS} ORDER BY changed_at DESC"))?;
            statement.query_map([], draft_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.open_draft(row)).collect()
    }

    pub(crate) fn put_draft<T: Serialize>(&self, draft: &StoredDraft<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&draft_name(&draft.service), &draft.filled)?;
        self.file.with(|open| insert_draft(open, draft, &sealed))?;
        Ok(())
    }

    pub(crate) fn remove_draft(&self, service: &str) -> Result<(), StoreError> {
        self.file
            .with(|open| open.prepare_cached("DELETE FROM draft WHERE service = ?1")?.execute([service]))?;
        Ok(())
    }

    /// From the drafts into the outbox.
    pub(crate) fn send<T: Serialize>(&self, entry: &StoredOutbox<T>) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&outbox_name(&entry.key), &entry.filled)?;
        self.file.transact(|open| {
            insert_sent(open, entry, &sealed)?;
            open.prepare_cached("DELETE FROM draft WHERE service = ?1")?.execute([&entry.service])
        })?;
        Ok(())
    }

    /// Out of the outbox and back among the drafts.
    pub(crate) fn take_back<T: Serialize>(
        &self,
        key: &str,
        draft: &StoredDraft<T>,
    ) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&draft_name(&draft.service), &draft.filled)?;
        self.file.transact(|open| {
            insert_draft(open, draft, &sealed)?;
            open.prepare_cached("DELETE FROM outbox WHERE key = ?1")?.execute([key])
        })?;
        Ok(())
    }

    /// The oldest first.
    pub(crate) fn outbox<T: DeserializeOwned>(&self) -> Result<Vec<StoredOutbox<T>>, StoreError> {
        let rows: Vec<StoredOutbox<Vec<u8>>> = self.file.with(|open| {
            let mut statement = open.prepare_cached(OUTBOX)?;
            statement.query_map([], outbox_row)?.collect()
        })?;
        rows.into_iter()
            .map(|StoredOutbox { place, key, service, sent_at, held, form, filled }| {
                let filled = self.opened_as(&outbox_name(&key), &filled)?;
                Ok(StoredOutbox { place, key, service, sent_at, held, form, filled })
            })
            .collect()
    }

    /// Says why an entry waits for the member.
    pub(crate) fn hold(&self, place: i64, why: &str) -> Result<(), StoreError> {
        self.file.with(|open| {
            open.prepare_cached("UPDATE outbox SET held = ?2 WHERE place = ?1")?.execute(params![place, why])
        })?;
        Ok(())
    }

    /// The portal has answered: the request is kept, and only then the outbox forgets.
    pub(crate) fn filed<T: Serialize, F>(
        &self,
        entry: &StoredOutbox<F>,
        request: &StoredRequest<T>,
    ) -> Result<(), StoreError> {
        let sealed = self.sealed_as(&request_name(&request.id), &request.told)?;
        self.file.transact(|open| {
            put_request(open, request, &sealed)?;
            open.prepare_cached("UPDATE request SET key = ?2 WHERE id = ?1")?
                .execute([&request.id, &entry.key])?;
            open.prepare_cached("DELETE FROM outbox WHERE place = ?1")?.execute([entry.place])
        })?;
        Ok(())
    }

    pub(super) fn sealed_as<T: Serialize>(&self, name: &str, value: &T) -> Result<Vec<u8>, StoreError> {
        self.sealer.seal(name, &Zeroizing::new(serde_json::to_vec(value)?))
    }

    pub(super) fn opened_as<T: DeserializeOwned>(&self, name: &str, sealed: &[u8]) -> Result<T, StoreError> {
        Ok(serde_json::from_slice(&self.opened(name, sealed)?)?)
    }

    fn open_draft<T: DeserializeOwned>(
        &self,
        StoredDraft { service, key, changed_at, form, filled }: StoredDraft<Vec<u8>>,
    ) -> Result<StoredDraft<T>, StoreError> {
        let filled = self.opened_as(&draft_name(&service), &filled)?;
        Ok(StoredDraft { service, key, changed_at, form, filled })
    }
}

/// Every draft, what was filled in still sealed.
pub(super) const DRAFTS: &str = "SELECT service, key, changed_at, form, filled FROM draft";
/// The outbox in its order, what was filled in still sealed.
pub(super) const OUTBOX: &str =
    "SELECT place, key, service, sent_at, held, form, filled FROM outbox ORDER BY place";

pub(super) fn draft_row(row: &Row<'_>) -> rusqlite::Result<StoredDraft<Vec<u8>>> {
    Ok(StoredDraft {
        service: row.get(0)?,
        key: row.get(1)?,
        changed_at: row.get(2)?,
        form: row.get(3)?,
        filled: row.get(4)?,
    })
}

pub(super) fn outbox_row(row: &Row<'_>) -> rusqlite::Result<StoredOutbox<Vec<u8>>> {
    Ok(StoredOutbox {
        place: row.get(0)?,
        key: row.get(1)?,
        service: row.get(2)?,
        sent_at: row.get(3)?,
        held: row.get(4)?,
        form: row.get(5)?,
        filled: row.get(6)?,
    })
}

pub(super) fn insert_draft<T>(
    open: &Connection,
    draft: &StoredDraft<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    open.prepare_cached("INSERT OR REPLACE INTO draft VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        draft.service,
        draft.key,
        draft.changed_at,
        draft.form,
        sealed
    ])
}

/// At a place of its own, whatever the entry's was.
pub(super) fn insert_sent<T>(
    open: &Connection,
    entry: &StoredOutbox<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    let insert =
        "INSERT INTO outbox (key, service, sent_at, held, form, filled) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    open.prepare_cached(insert)?.execute(params![
        entry.key,
        entry.service,
        entry.sent_at,
        entry.held,
        entry.form,
        sealed
    ])
}

/// What is sealed opens under its own name only: no row can be put in another's place.
pub(super) fn draft_name(service: &str) -> String {
    format!("draft:{service}")
}

pub(super) fn outbox_name(key: &str) -> String {
    format!("outbox:{key}")
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

        /// What was sent last.
        fn sent(&self) -> StoredOutbox<Filled> {
            self.store().outbox().unwrap().pop().unwrap()
        }

        /// How often a service stands among drafts, outbox and requests.
        fn stands(&self) -> (usize, usize, usize) {
            let (drafts, outbox) =
                (self.store().drafts::<Filled>().unwrap(), self.store().outbox::<Filled>().unwrap());
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
        StoredOutbox {
            place: 0,
            key,
            service,
            sent_at: 2,
            held: String::new(),
            form: "{}".to_owned(),
            filled: filled(),
        }
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
        phone.store().filed(&phone.sent(), &request("filed")).unwrap();
        assert_eq!(phone.stands(), (0, 0, 1));
        let sent: StoredRequest<Filled> = phone.store().request_sent_as("key-1").unwrap().unwrap();
        assert_eq!(sent.id, "r1");
    }

    #[test]
    fn the_answer_to_what_was_taken_back_does_not_end_what_was_sent_since() {
        let phone = Phone::new();
        phone.store().send(&entry()).unwrap();
        let before = phone.sent();
        phone.store().take_back("key-1", &draft("key-1")).unwrap();
        phone.store().send(&entry()).unwrap();
        phone.store().filed(&before, &request("filed")).unwrap();
        assert_eq!(phone.stands(), (0, 1, 1));
        phone.store().hold(before.place, "held-closed").unwrap();
        assert_eq!(phone.sent().held, "");
    }

    #[test]
    fn work_is_taken_out_of_a_file_that_a_newer_version_wrote() {
        let phone = Phone::new();
        phone.store().send(&entry()).unwrap();
        phone.store().put_draft(&draft("")).unwrap();
        phone.store().rest().unwrap();
        let open_anew = |phone: &Phone| {
            let vault = vault::of_this_machine(phone.folder.path()).unwrap();
            MemberStore::open(phone.folder.path(), vault, "0123456").unwrap()
        };
        let of_member = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".db");
        let files = std::fs::read_dir(phone.folder.path()).unwrap().map(Result::unwrap);
        let file = files.into_iter().find(of_member).unwrap().path();
        let newer = rusqlite::Connection::open(&file).unwrap();
        newer.pragma_update(None, "user_version", 99).unwrap();
        newer.close().unwrap();
        let member = open_anew(&phone);
        assert!(member.sealed().began_anew());
        assert_eq!(member.sealed().draft::<Filled>("hajj-grant").unwrap().unwrap(), draft(""));
        let kept: Vec<StoredOutbox<Filled>> = member.sealed().outbox().unwrap();
        assert_eq!(
            kept.into_iter().map(|kept| (kept.key, kept.filled)).collect::<Vec<_>>(),
            [("key-1".to_owned(), filled())]
        );
    }

    #[test]
    fn what_the_portal_changes_keeps_by_which_key_it_was_sent() {
        let phone = Phone::new();
        phone.store().send(&entry()).unwrap();
        phone.store().filed(&phone.sent(), &request("filed")).unwrap();
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
