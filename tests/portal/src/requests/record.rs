//! Requests in the database.

use fos_wire::{
    LocalizedText,
    request::{Receipt, RequestState},
};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, types::Type};

use super::{APPEAL_WITHIN_DAYS, RequestAction, state};
use crate::{forms::FieldValues, storage::StorageError};

/// Stored request.
pub(crate) struct RequestRecord {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) ppr: String,
    pub(crate) service: String,
    pub(crate) version: u32,
    pub(crate) state: RequestState,
    pub(crate) filed_at: i64,
    pub(crate) due_by: Date,
    /// Sequence number of its last change among its member's.
    pub(crate) change_seq: i64,
    pub(crate) changed_at: i64,
    pub(crate) refusal: Option<(LocalizedText, Date)>,
}

const COLUMNS: &str = "id, number, ppr, service, version, state, filed_at, due_by, change_seq, changed_at, reason_ar, \
    reason_fr, appeal_until";

impl RequestRecord {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        let state = state::parse(row.get_ref(5)?.as_str()?);
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
            change_seq: row.get(8)?,
            changed_at: row.get(9)?,
            refusal: reason.map(|(ar, fr)| LocalizedText { ar, fr }).zip(until),
        })
    }
}

fn date(column: usize, text: &str) -> rusqlite::Result<Date> {
    text.parse().map_err(|error: jiff::Error| unreadable(column, error.into()))
}

fn unreadable(column: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
}

/// Returns the next number of the year: 2026-000123.
pub(super) fn next_number(db: &Transaction, year: i16) -> Result<String, StorageError> {
    let last: i64 = db
        .prepare_cached(
            "INSERT INTO request_numbers (year, last) VALUES (?1, 1)
             ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row([year], |row| row.get(0))?;
    Ok(format!("{year}-{last:06}"))
}

/// Skips numbers after a restore, so that none given since the backup is given again.
pub(crate) fn skip_numbers(db: &Transaction, by: i64) -> Result<(), StorageError> {
    db.execute("UPDATE request_numbers SET last = last + ?1", [by])?;
    Ok(())
}

/// Inserts a new request.
pub(super) fn file(db: &Transaction, record: &RequestRecord, values: &str) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO requests (id, number, ppr, service, version, state, field_values, filed_at, due_by, change_seq, changed_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce(max(change_seq), 0) + 1, ?8 FROM requests WHERE ppr = ?3",
    )?
    .execute((
        &record.id,
        &record.number,
        &record.ppr,
        &record.service,
        record.version,
        record.state.as_str(),
        values,
        record.filed_at,
        record.due_by.to_string(),
    ))?;
    Ok(())
}

/// Lists the member's requests changed after `since`, oldest change first.
pub(super) fn list_changed_since(
    db: &Connection,
    ppr: &str,
    since: i64,
    limit: i64,
) -> Result<Vec<RequestRecord>, StorageError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM requests WHERE ppr = ?1 AND change_seq > ?2 ORDER BY change_seq LIMIT ?3"
    ))?;
    let rows = query.query_map((ppr, since, limit), RequestRecord::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Finds the request with this number, and its values.
pub(crate) fn find(
    db: &Connection,
    number: &str,
) -> Result<Option<(RequestRecord, FieldValues)>, StorageError> {
    let found = db
        .prepare_cached(&format!("SELECT {COLUMNS}, field_values FROM requests WHERE number = ?1"))?
        .query_row([number], |row| Ok((RequestRecord::read(row)?, row.get::<_, String>(13)?)))
        .optional()?;
    found.map(|(record, values)| Ok((record, parse(&values)?))).transpose()
}

/// Finds the member's request with this id, its values and its receipt.
pub(super) fn find_for_member(
    db: &Connection,
    ppr: &str,
    id: &str,
) -> Result<Option<(RequestRecord, FieldValues, Receipt)>, StorageError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, field_values, code, sha256, length(pdf) FROM requests JOIN receipts ON request = id
             WHERE id = ?1 AND ppr = ?2"
        ))?
        .query_row((id, ppr), |row| {
            let receipt = Receipt { code: row.get(14)?, sha256: row.get(15)?, bytes: row.get(16)? };
            Ok((RequestRecord::read(row)?, row.get::<_, String>(13)?, receipt))
        })
        .optional()?;
    found.map(|(record, values, receipt)| Ok((record, parse(&values)?, receipt))).transpose()
}

/// Finds the request that the receipt with this code belongs to.
pub(super) fn find_by_receipt(db: &Connection, code: &str) -> Result<Option<RequestRecord>, StorageError> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM requests JOIN receipts ON request = id WHERE code = ?1"
        ))?
        .query_row([code], RequestRecord::read);
    Ok(found.optional()?)
}

fn parse(values: &str) -> Result<FieldValues, StorageError> {
    serde_json::from_str(values).map_err(StorageError::unreadable("a request's values"))
}

/// Counts the requests of this member.
pub(crate) fn count(db: &Connection, ppr: &str) -> Result<i64, StorageError> {
    Ok(db.query_row("SELECT count(*) FROM requests WHERE ppr = ?1", [ppr], |row| row.get(0))?)
}

/// Counts the member's requests for a service filed since `begin`, in seconds since 1970 UTC.
pub(super) fn count_since(
    db: &Connection,
    ppr: &str,
    service: &str,
    begin: i64,
) -> Result<u32, StorageError> {
    let sql = "SELECT count(*) FROM requests WHERE ppr = ?1 AND service = ?2 AND filed_at >= ?3";
    Ok(db.prepare_cached(sql)?.query_row((ppr, service, begin), |row| row.get(0))?)
}

/// Lists the member's requests for a service, oldest first.
pub(super) fn list_for_service(
    db: &Connection,
    ppr: &str,
    service: &str,
) -> Result<Vec<RequestRecord>, StorageError> {
    let mut query = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM requests WHERE ppr = ?1 AND service = ?2 ORDER BY filed_at, number"
    ))?;
    let rows = query.query_map((ppr, service), RequestRecord::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Filter of the operator's list.
pub(crate) struct RequestFilter<'a> {
    pub(crate) state: Option<RequestState>,
    pub(crate) service: Option<&'a str>,
    pub(crate) limit: u32,
}

/// Lists the matching requests, first due first.
pub(crate) fn list_matching(
    db: &Connection,
    filter: &RequestFilter,
) -> Result<Vec<RequestRecord>, StorageError> {
    let mut query = db.prepare(&format!(
        "SELECT {COLUMNS} FROM requests WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR service = ?2)
         ORDER BY due_by, number LIMIT ?3"
    ))?;
    let rows = query.query_map(
        (filter.state.map(RequestState::as_str), filter.service, filter.limit),
        RequestRecord::read,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Applies `action` to a request. Returns the new state, or `None` when the state does not allow it. `reason` is a
/// refusal's.
pub(crate) fn apply(
    db: &Transaction,
    record: &RequestRecord,
    action: RequestAction,
    reason: Option<&LocalizedText>,
    now: i64,
    today: Date,
) -> Result<Option<RequestState>, StorageError> {
    let Some(state) = state::transition(record.state, action) else { return Ok(None) };
    let until = reason.map(|_| today.saturating_add(APPEAL_WITHIN_DAYS.days()).to_string());
    db.execute(
        "UPDATE requests SET state = ?2, changed_at = ?3, reason_ar = ?4, reason_fr = ?5, appeal_until = ?6,
             change_seq = (SELECT max(change_seq) + 1 FROM requests WHERE ppr = ?7)
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
