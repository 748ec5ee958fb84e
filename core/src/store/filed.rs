//! What the portal has on file for a member, and the receipts of it.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Store, StoreError};

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
            open.prepare_cached("INSERT OR REPLACE INTO setting VALUES (?1, ?2)")?
                .execute(params![name, cursor])
        })?;
        Ok(())
    }

    /// The one filed last first.
    pub(crate) fn requests<T: DeserializeOwned>(
        &self,
        most: u32,
    ) -> Result<Vec<StoredRequest<T>>, StoreError> {
        let rows: Vec<RequestRow> = self.file.with(|open| {
            let mut statement = open.prepare_cached(
                "SELECT id, service, state, filed_at, told FROM request ORDER BY filed_at DESC LIMIT ?1",
            )?;
            statement.query_map([most], request_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.open_request(row)).collect()
    }

    pub(crate) fn request<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<StoredRequest<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT id, service, state, filed_at, told FROM request WHERE id = ?1")?;
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
            open.prepare_cached("INSERT OR REPLACE INTO receipt VALUES (?1, ?2)")?
                .execute(params![id, sealed])
        })?;
        Ok(())
    }

    /// The request that this phone sent under this key.
    pub(crate) fn request_sent_as<T: DeserializeOwned>(
        &self,
        key: &str,
    ) -> Result<Option<StoredRequest<T>>, StoreError> {
        let row = self.file.with(|open| {
            let mut statement =
                open.prepare_cached("SELECT id, service, state, filed_at, told FROM request WHERE key = ?1")?;
            statement.query_row([key], request_row).optional()
        })?;
        row.map(|row| self.open_request(row)).transpose()
    }

    fn open_request<T: DeserializeOwned>(
        &self,
        (id, service, state, filed_at, sealed): RequestRow,
    ) -> Result<StoredRequest<T>, StoreError> {
        let told = self.opened_as(&request_name(&id), &sealed)?;
        Ok(StoredRequest { id, service, state, filed_at, told })
    }
}

type RequestRow = (String, String, String, i64, Vec<u8>);

fn request_row(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

pub(super) fn put_request<T>(
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

fn receipt_name(id: &str) -> String {
    format!("receipt:{id}")
}

pub(super) fn request_name(id: &str) -> String {
    format!("request:{id}")
}
