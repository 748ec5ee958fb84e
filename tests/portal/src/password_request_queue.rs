//! Queue of password requests: a share for each client address, served in turns.
//!
//! A row takes the turn after the last one of its address that waits, or the turn being served. So the worker goes round
//! the addresses, one request of each: a flood from one address waits behind itself, and the first request from another
//! is processed next. One row waits for each address and payroll number; asked again, it holds the newest values.

use fos_wire::MemberKind;
use rusqlite::{OptionalExtension as _, Transaction};
use tracing::warn;

use crate::{members::MemberRecord, problem::Problem, storage::StorageError};

/// Maximum number of waiting requests; more would be a flood.
const MAX_QUEUED: i64 = 10_000;

/// Maximum number of waiting requests from one address. Honest members share an address with thousands.
const MAX_QUEUED_PER_CLIENT: i64 = 1_000;

/// Time after which a caller may try again, in seconds.
const RETRY_AFTER: u64 = 60;

/// Request whose values are well-formed.
pub(crate) struct ValidRequest {
    pub(crate) kind: MemberKind,
    pub(crate) ppr: String,
    pub(crate) cin: String,
    pub(crate) email: String,
    pub(crate) pension_number: Option<String>,
}

/// Request taken from the queue.
pub(crate) struct QueuedRequest {
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) ppr: String,
    pub(crate) cin: String,
    pub(crate) email: String,
    pub(crate) pension_number: Option<String>,
}

/// Queues a request from `client`. Refused with `too-many` when the address has its share waiting, or the queue is full.
pub(crate) fn enqueue_limited(
    db: &Transaction,
    request: &ValidRequest,
    client: &str,
    now: i64,
) -> Result<(), Problem> {
    let (all, own): (i64, i64) = db
        .prepare_cached(
            "SELECT (SELECT count(*) FROM password_requests), count(*) FROM password_requests WHERE client = ?1",
        )?
        .query_row([client], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if all >= MAX_QUEUED || own >= MAX_QUEUED_PER_CLIENT {
        warn!(all, own, "password requests throttled");
        return Err(Problem::too_many(RETRY_AFTER));
    }
    Ok(enqueue(db, request, client, now)?)
}

fn enqueue(db: &Transaction, request: &ValidRequest, client: &str, now: i64) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO password_requests (kind, ppr, cin, email, pension_number, at, client, turn)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1 + max(
             (SELECT coalesce(max(turn), 0) FROM password_requests WHERE client = ?7),
             (SELECT coalesce(min(turn), 1) FROM password_requests) - 1))
         ON CONFLICT (client, ppr) DO UPDATE SET kind = excluded.kind, cin = excluded.cin, email = excluded.email,
             pension_number = excluded.pension_number, at = excluded.at",
    )?
    .execute((
        request.kind.as_str(),
        &request.ppr,
        &request.cin,
        &request.email,
        &request.pension_number,
        now,
        client,
    ))?;
    Ok(())
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
    enqueue(db, &request, "", now)
}

/// Takes the request whose turn it is out of the queue.
pub(crate) fn take_next(db: &Transaction) -> Result<Option<QueuedRequest>, StorageError> {
    let found = db
        .prepare_cached(
            "DELETE FROM password_requests WHERE id = (SELECT id FROM password_requests ORDER BY turn, id LIMIT 1)
             RETURNING at, kind, ppr, cin, email, pension_number",
        )?
        .query_row([], |row| {
            Ok(QueuedRequest {
                at: row.get(0)?,
                kind: row.get(1)?,
                ppr: row.get(2)?,
                cin: row.get(3)?,
                email: row.get(4)?,
                pension_number: row.get(5)?,
            })
        });
    Ok(found.optional()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use rusqlite::Connection;

    use super::{
        MAX_QUEUED_PER_CLIENT, MemberKind, Problem, Transaction, ValidRequest, enqueue_limited, take_next,
    };
    use crate::storage::{connect, in_transaction};

    fn queue() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let db = connect(&folder.path().join("portal.sqlite")).unwrap();
        (folder, db)
    }

    fn ask(db: &Transaction, client: &str, ppr: &str, cin: &str) -> Result<(), Problem> {
        let request = ValidRequest {
            kind: MemberKind::Active,
            ppr: ppr.to_owned(),
            cin: cin.to_owned(),
            email: "a@finances.test".to_owned(),
            pension_number: None,
        };
        enqueue_limited(db, &request, client, 0)
    }

    fn flood(db: &Transaction, client: &str, requests: u32) {
        for number in 0..requests {
            ask(db, client, &format!("{number:07}"), "A1").unwrap();
        }
    }

    #[test]
    fn a_flood_from_one_address_does_not_delay_another() {
        let (_folder, mut db) = queue();
        in_transaction(&mut db, |db| {
            flood(db, "flood", 500);
            for _ in 0..200 {
                take_next(db)?.unwrap();
            }
            ask(db, "honest", "0123456", "AB123456").unwrap();
            flood(db, "flood", 700);
            let before = std::iter::from_fn(|| take_next(db).unwrap()).position(|one| one.ppr == "0123456");
            assert!(before.unwrap() < 20, "{before:?}");
            Ok::<_, Problem>(())
        })
        .unwrap();
    }

    #[test]
    fn addresses_are_served_in_turns() {
        let (_folder, mut db) = queue();
        in_transaction(&mut db, |db| {
            for (client, ppr) in
                [("a", "11"), ("a", "12"), ("a", "13"), ("b", "21"), ("b", "22"), ("c", "31")]
            {
                ask(db, client, ppr, "A1").unwrap();
            }
            let served: Vec<_> = std::iter::from_fn(|| take_next(db).unwrap()).map(|one| one.ppr).collect();
            assert_eq!(served, ["11", "21", "31", "12", "22", "13"]);
            Ok::<_, Problem>(())
        })
        .unwrap();
    }

    #[test]
    fn a_request_corrected_while_it_waits_keeps_its_turn() {
        let (_folder, mut db) = queue();
        in_transaction(&mut db, |db| {
            ask(db, "a", "0123456", "AB12345").unwrap();
            ask(db, "a", "0234567", "A1").unwrap();
            ask(db, "a", "0123456", "AB123456").unwrap();
            ask(db, "b", "0123456", "B1").unwrap();
            let served: Vec<_> = std::iter::from_fn(|| take_next(db).unwrap()).map(|one| one.cin).collect();
            assert_eq!(served, ["AB123456", "B1", "A1"]);
            Ok::<_, Problem>(())
        })
        .unwrap();
    }

    #[test]
    fn an_address_that_has_its_share_waiting_is_told_to_wait() {
        let (_folder, mut db) = queue();
        in_transaction(&mut db, |db| {
            flood(db, "flood", MAX_QUEUED_PER_CLIENT.try_into().unwrap());
            ask(db, "flood", "9999999", "A1").unwrap_err();
            ask(db, "honest", "9999999", "A1")
        })
        .unwrap();
    }
}
