//! A request as it stands in the database.

use jiff::{ToSpan as _, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, types::Type};

use super::{APPEAL_WITHIN_DAYS, Act, State, receipts::Receipt};
use crate::{forms::Filled, seed::BothLanguages, store::StoreError};

/// A request on file.
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) ppr: String,
    pub(crate) service: String,
    pub(crate) version: u32,
    pub(crate) state: State,
    pub(crate) filed_at: i64,
    pub(crate) due_by: Date,
    /// Its place among its member's changes.
    pub(crate) change: i64,
    pub(crate) changed_at: i64,
    pub(crate) refusal: Option<(BothLanguages, Date)>,
}

const COLUMNS: &str = "id, number, ppr, service, version, state, filed_at, due_by, change, changed_at, reason_ar, \
    reason_fr, appeal_until";

impl Record {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        let state = State::from_str(row.get_ref(5)?.as_str()?);
        let reason = row.get::<_, Option<String>>(10)?.zip(row.get::<_, Option<String>>(11)?);
        let until = row.get::<_, Option<String>>(12)?.map(|until| date(12, &until)).transpose()?;
        Ok(Self {
            id: row.get(0)?,
            number: row.get(1)?,
            ppr: row.get(2)?,
            service: row.get(3)?,
            version: row.get(4)?,
            state: state.ok_or_else(|| unreadable(5, "a state".into()))?,
            filed_at: row.get(6)?,
            due_by: date(7, row.get_ref(7)?.as_str()?)?,
            change: row.get(8)?,
            changed_at: row.get(9)?,
            refusal: reason.map(|(ar, fr)| BothLanguages { ar, fr }).zip(until),
        })
    }
}

fn date(column: usize, text: &str) -> rusqlite::Result<Date> {
    text.parse().map_err(|error: jiff::Error| unreadable(column, error.into()))
}

fn unreadable(column: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
}

/// The next number of the year: 2026-000123.
pub(super) fn next_number(db: &Transaction, year: i16) -> Result<String, StoreError> {
    let last: i64 = db
        .prepare_cached(
            "INSERT INTO request_numbers (year, last) VALUES (?1, 1)
             ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row([year], |row| row.get(0))?;
    Ok(format!("{year}-{last:06}"))
}

/// After a restore: numbers that were given since the backup are not given again.
pub(crate) fn leap(db: &Transaction, by: i64) -> Result<(), StoreError> {
    db.execute("UPDATE request_numbers SET last = last + ?1", [by])?;
    Ok(())
}

/// Puts a new request on file.
pub(super) fn file(db: &Transaction, record: &Record, filled: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO requests (id, number, ppr, service, version, state, filled, filed_at, due_by, change, changed_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce(max(change), 0) + 1, ?8 FROM requests WHERE ppr = ?3",
    )?
    .execute((
        &record.id,
        &record.number,
        &record.ppr,
        &record.service,
        record.version,
        record.state.as_str(),
        filled,
        record.filed_at,
        record.due_by.to_string(),
    ))?;
    Ok(())
}

/// What changed of this member's requests after the change `since`, the oldest change first.
pub(super) fn changed_since(
    db: &Connection,
    ppr: &str,
    since: i64,
    limit: i64,
) -> Result<Vec<Record>, StoreError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM requests WHERE ppr = ?1 AND change > ?2 ORDER BY change LIMIT ?3"
    ))?;
    let rows = query.query_map((ppr, since, limit), Record::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The request of this number, and what was filled in.
pub(crate) fn find(db: &Connection, number: &str) -> Result<Option<(Record, Filled)>, StoreError> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS}, filled FROM requests WHERE number = ?1"))?
        .query_row([number], |row| Ok((Record::read(row)?, row.get::<_, String>(13)?)))
        .optional()?;
    found.map(|(record, filled)| Ok((record, parse(&filled)?))).transpose()
}

/// The member's request of this id, what was filled in, and its receipt's code, hash and size.
pub(super) fn of_member(
    db: &Connection,
    ppr: &str,
    id: &str,
) -> Result<Option<(Record, Filled, Receipt)>, StoreError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, filled, code, sha256, length(pdf) FROM requests JOIN receipts ON request = id
             WHERE id = ?1 AND ppr = ?2"
        ))?
        .query_row((id, ppr), |row| {
            let receipt = Receipt { code: row.get(14)?, sha256: row.get(15)?, bytes: row.get(16)? };
            Ok((Record::read(row)?, row.get::<_, String>(13)?, receipt))
        })
        .optional()?;
    found.map(|(record, filled, receipt)| Ok((record, parse(&filled)?, receipt))).transpose()
}

/// The request that the receipt of this code is for.
pub(super) fn of_receipt(db: &Connection, code: &str) -> Result<Option<Record>, StoreError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM requests JOIN receipts ON request = id WHERE code = ?1"
        ))?
        .query_row([code], Record::read);
    Ok(found.optional()?)
}

fn parse(filled: &str) -> Result<Filled, StoreError> {
    serde_json::from_str(filled).map_err(StoreError::content("a request's values"))
}

/// How many requests this member has filed.
pub(crate) fn count(db: &Connection, ppr: &str) -> Result<i64, StoreError> {
    Ok(db.query_row("SELECT count(*) FROM requests WHERE ppr = ?1", [ppr], |row| row.get(0))?)
}

/// Requests that the desk looks for.
pub(crate) struct Waiting<'a> {
    pub(crate) state: Option<State>,
    pub(crate) service: Option<&'a str>,
    pub(crate) limit: u32,
}

/// Those requests, the first due first.
pub(crate) fn waiting(db: &Connection, what: &Waiting) -> Result<Vec<Record>, StoreError> {
    let mut query = db.prepare(&format!(
        "SELECT {COLUMNS} FROM requests WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR service = ?2)
         ORDER BY due_by, number LIMIT ?3"
    ))?;
    let rows = query.query_map((what.state.map(State::as_str), what.service, what.limit), Record::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Does `act` to a request that can bear it: none when it cannot. `reason` is a refusal's.
pub(crate) fn act(
    db: &Transaction,
    record: &Record,
    act: Act,
    reason: Option<&BothLanguages>,
    now: i64,
    today: Date,
) -> Result<Option<State>, StoreError> {
    let Some(state) = record.state.after(act) else { return Ok(None) };
    let until = reason.map(|_| today.saturating_add(APPEAL_WITHIN_DAYS.days()).to_string());
    db.execute(
        "UPDATE requests SET state = ?2, changed_at = ?3, reason_ar = ?4, reason_fr = ?5, appeal_until = ?6,
             change = (SELECT max(change) + 1 FROM requests WHERE ppr = ?7)
         WHERE id = ?1",
        (
            &record.id,
            state.as_str(),
            now,
            reason.map(|reason| &reason.ar),
            reason.map(|reason| &reason.fr),
            until,
            &record.ppr,
        ),
    )?;
    Ok(Some(state))
}
