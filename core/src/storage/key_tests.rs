//! Tests of a member's two keys: which value is sealed by which, and what the loss of either leaves.

use std::path::PathBuf;
use std::sync::Arc;

use SealedBy::{Content, Delivery};

use super::requests::FILED;
use super::tests::open_member;
use super::*;
use crate::vault::faulty::{EntryFailure, FaultyVault};
use crate::vault::{self, CONTENT_KEY};

const PPR: &str = "0123456";

/// Key that seals a value of a member’s file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SealedBy {
    Content,
    Delivery,
}

/// Beginnings of the names of all sealed values, and their keys.
const VALUES: [(&str, SealedBy); 10] = [
    ("seal", Content),
    ("member", Content),
    ("identifiers", Content),
    ("response:family", Content),
    ("draft:", Content),
    ("request:", Content),
    ("receipt:", Content),
    ("seal-delivery", Delivery),
    ("outbox:", Delivery),
    (REQUESTS_CURSOR, Delivery),
];

fn entry(key: &str) -> OutboxEntry<String> {
    let (service, form) = ("hajj-grant".to_owned(), "{}".to_owned());
    let (key, payload) = (key.to_owned(), "011780000012345678901234".to_owned());
    OutboxEntry { seq: 0, key, service, queued_at: 2, first_sent_at: None, blocked: None, form, payload }
}

fn request(id: &str) -> StoredRequest<String> {
    let (id, service) = (id.to_owned(), "hajj-grant".to_owned());
    StoredRequest { id, service, state: StoredState::Filed, filed_at: 3, body: "body".to_owned() }
}

/// A phone with the file of a member, closed, that has a value of every kind.
struct Phone {
    folder: tempfile::TempDir,
    vault: Arc<dyn Vault>,
}

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let phone = Self { folder, vault };
        let member = phone.open();
        let db = member.db();
        for setting in ["member", "identifiers"] {
            db.put(setting, &"AB123456").unwrap();
        }
        let family = CachedResponse { etag: None, body: "{}".to_owned() };
        db.cache_response("family", &family).unwrap();
        let (service, form) = ("loan".to_owned(), "{}".to_owned());
        let (key, content) = (String::new(), "20000".to_owned());
        db.put_draft(&StoredDraft { service, key, changed_at: 1, form, content }).unwrap();
        db.queue(&entry("key-1")).unwrap();
        db.put_requests(&[request("r1")], "5").unwrap();
        db.put_receipt("r1", b"%PDF").unwrap();
        db.close().unwrap();
        phone
    }

    fn open(&self) -> MemberStore {
        open_member(self.folder.path(), &self.vault, PPR)
    }

    fn open_with(&self, vault: Arc<dyn Vault>) -> Result<MemberStore, StorageError> {
        let names = MemberPseudonyms::open(self.folder.path(), self.vault.as_ref()).unwrap();
        MemberStore::open(self.folder.path(), vault, &names, PPR)
    }

    fn name(&self) -> String {
        MemberPseudonyms::open(self.folder.path(), self.vault.as_ref()).unwrap().name(PPR)
    }

    /// Name of a key's entry in the vault.
    fn entry_of(&self, key: SealedBy) -> String {
        let prefix = if key == Content { CONTENT_KEY } else { "delivery-key:" };
        format!("{prefix}{}", self.name())
    }

    fn cipher(&self, key: SealedBy) -> Cipher {
        Cipher::new(self.vault.find_key(&self.entry_of(key)).unwrap().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(format!("member-{}.db", self.name()))
    }

    fn connection(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }

    /// Names and bytes of all sealed values, as they are on disk.
    fn sealed_values(&self) -> Vec<(String, Vec<u8>)> {
        let connection = self.connection();
        let mut statement = connection
            .prepare(
                "SELECT name, value FROM setting UNION ALL SELECT 'draft:' || service, content FROM draft
                 UNION ALL SELECT 'outbox:' || key, payload FROM outbox
                 UNION ALL SELECT 'request:' || id, body FROM request
                 UNION ALL SELECT 'receipt:' || request, pdf FROM receipt",
            )
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Makes the file one of the version that had one key for everything.
    fn make_old(&self) {
        let (content, delivery) = (self.cipher(Content), self.cipher(Delivery));
        let connection = self.connection();
        for (name, sealed) in self.sealed_values() {
            if keys::is_for_delivery(&name) {
                let sealed = content.seal(&name, &delivery.open(&name, &sealed).unwrap()).unwrap();
                connection
                    .execute("UPDATE setting SET value = ?2 WHERE name = ?1", (&name, &sealed))
                    .unwrap();
                connection
                    .execute("UPDATE outbox SET payload = ?2 WHERE 'outbox:' || key = ?1", (&name, &sealed))
                    .unwrap();
            }
        }
        connection.execute("DELETE FROM setting WHERE name = ?1", [DELIVERY_CHECK]).unwrap();
        connection.pragma_update(None, "user_version", TWO_KEYS - 1).unwrap();
        self.vault.erase(&self.entry_of(Delivery)).unwrap();
    }

    fn check_nothing_is_lost(&self) {
        let member = self.open();
        let db = member.db();
        assert!(!db.was_reset());
        assert_eq!(db.drafts::<String>().unwrap().len(), 1);
        assert_eq!(db.outbox::<String>().unwrap()[0].payload, entry("").payload);
        assert_eq!(db.requests::<String>(9).unwrap(), [request("r1")]);
        assert_eq!(db.get::<String>(REQUESTS_CURSOR).unwrap().unwrap(), "5");
        assert_eq!(db.get::<String>("member").unwrap().unwrap(), "AB123456");
        db.close().unwrap();
    }
}

/// Compares every value on disk with the table.
fn check_values(phone: &Phone) {
    let (content, delivery) = (phone.cipher(Content), phone.cipher(Delivery));
    let values = phone.sealed_values();
    for (kind, _) in VALUES {
        assert!(values.iter().any(|(name, _)| name.starts_with(kind)), "there is no value of {kind}");
    }
    for (name, sealed) in values {
        let is_of =
            |(kind, _): &&(&str, SealedBy)| name == *kind || kind.ends_with(':') && name.starts_with(kind);
        let (_, key) = VALUES.iter().find(is_of).unwrap_or_else(|| panic!("{name} has no key in the table"));
        assert_eq!(content.open(&name, &sealed).is_ok(), *key == Content, "{name}");
        assert_eq!(delivery.open(&name, &sealed).is_ok(), *key == Delivery, "{name}");
    }
}

#[test]
fn every_sealed_value_opens_with_the_key_of_its_kind_alone() {
    let phone = Phone::new();
    check_values(&phone);
    phone.make_old();
    phone.check_nothing_is_lost();
    check_values(&phone);
}

#[test]
fn a_migration_to_two_keys_killed_at_any_point_leaves_a_file_that_opens() {
    // The new key is stored, and the transaction was not committed.
    let phone = Phone::new();
    phone.make_old();
    phone.vault.generate_key(&phone.entry_of(Delivery)).unwrap();
    phone.check_nothing_is_lost();
    // The transaction was committed, and nothing after it was done.
    phone.connection().execute("DELETE FROM setting WHERE name = ?1", [DELIVERY_CHECK]).unwrap();
    phone.check_nothing_is_lost();
}

#[test]
fn a_file_is_migrated_later_if_its_key_is_protected() {
    let phone = Phone::new();
    phone.make_old();
    let before = std::fs::read(phone.file()).unwrap();
    let vault = FaultyVault::new(Arc::clone(&phone.vault), CONTENT_KEY, EntryFailure::Protected);
    let refused = phone.open_with(vault).map(drop).unwrap_err();
    assert!(matches!(&refused, StorageError::Vault(error) if error.is_protected()), "{refused}");
    assert!(std::fs::read(phone.file()).unwrap() == before, "the file was changed");
    phone.check_nothing_is_lost();
}

#[test]
fn an_erased_entry_leaves_no_readable_value_of_its_kind_and_the_other_kind_whole() {
    for lost in [Content, Delivery] {
        let phone = Phone::new();
        let original = std::fs::read(phone.file()).unwrap();
        phone.vault.erase(&phone.entry_of(lost)).unwrap();
        let member = phone.open();
        let db = member.db();
        assert!(db.was_reset(), "{lost:?}: the member is told");
        let kept = |key: SealedBy| usize::from(lost != key);
        assert_eq!(db.outbox::<String>().unwrap().len(), kept(Delivery), "{lost:?}");
        assert_eq!(db.drafts::<String>().unwrap().len(), kept(Content), "{lost:?}");
        assert_eq!(db.requests::<String>(9).unwrap().len(), kept(Content), "{lost:?}");
        assert_eq!(db.receipt("r1").unwrap().is_some(), lost != Content, "{lost:?}");
        assert_eq!(db.get::<String>("member").unwrap().is_some(), lost != Content, "{lost:?}");
        assert_eq!(
            db.get::<String>(REQUESTS_CURSOR).unwrap(),
            None,
            "{lost:?}: the next sync is a whole one"
        );
        let quarantined = recovery::with_suffix(&phone.file(), ".aside-1");
        assert!(std::fs::read(quarantined).unwrap() == original, "{lost:?}: not quarantined as it was");
        db.close().unwrap();
        assert!(!phone.open().db().was_reset(), "{lost:?}: only once");
    }
}

#[test]
fn a_key_that_is_protected_quarantines_nothing_even_if_the_other_is_lost() {
    let phone = Phone::new();
    phone.vault.erase(&phone.entry_of(Delivery)).unwrap();
    let protected = FaultyVault::new(Arc::clone(&phone.vault), CONTENT_KEY, EntryFailure::Protected);
    assert!(phone.open_with(protected).is_err());
    assert!(!recovery::with_suffix(&phone.file(), ".aside-1").exists());
    assert_eq!(phone.open().db().drafts::<String>().unwrap().len(), 1);
}

#[test]
fn a_request_filed_while_the_content_key_is_protected_is_listed_once_it_is_not() {
    let phone = Phone::new();
    let vault = FaultyVault::new(Arc::clone(&phone.vault), CONTENT_KEY, EntryFailure::Protected);
    let member = phone.open_with(vault.clone()).unwrap();
    let db = member.db();
    let sent = db.outbox::<String>().unwrap().pop().unwrap();
    db.complete(&sent, &request("r2")).unwrap();
    assert!(db.outbox::<String>().unwrap().is_empty());
    let filed = phone.sealed_values().into_iter().find(|(name, _)| name.starts_with(FILED)).unwrap();
    assert!(phone.cipher(Delivery).open(&filed.0, &filed.1).is_ok());
    let refused = db.requests::<String>(9).unwrap_err();
    assert!(matches!(&refused, StorageError::Vault(error) if error.is_protected()), "{refused}");
    assert!(db.requests_for::<String>("hajj-grant").is_err(), "a list without it would allow a second one");
    vault.heal();
    assert!(db.requests_for::<String>("hajj-grant").unwrap().iter().any(|request| request.id == "r2"));
    let ids = db.requests::<String>(9).unwrap().into_iter().map(|request| request.id).collect::<Vec<_>>();
    assert_eq!(ids, ["r1", "r2"]);
    assert_eq!(db.request("r2").unwrap().unwrap(), request("r2"));
    assert!(!phone.sealed_values().iter().any(|(name, _)| name.starts_with(FILED)));
}

#[test]
fn a_member_is_erased_with_both_keys() {
    let phone = Phone::new();
    phone.open().erase().unwrap();
    for key in [Content, Delivery] {
        assert!(phone.vault.read(&phone.entry_of(key)).unwrap().is_none(), "{key:?}");
    }
    assert!(!phone.file().exists());
}
