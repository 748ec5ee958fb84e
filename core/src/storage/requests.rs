//! Requests that the portal has on file for the member, and their receipts, all sealed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::sqlite::put_setting;
use super::{Database, StorageError};

/// Setting with the cursor of the next sync. Stored.
pub(crate) const REQUESTS_CURSOR: &str = "requests-cursor";

/// Beginning of the settings with requests that the portal filed while the content key was protected. Stored.
pub(super) const FILED: &str = "filed";

/// A request that the portal has on file. `Body` is the portal's description of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRequest<Body> {
    /// The portal's id.
    pub(crate) id: String,
    /// The service's id.
    pub(crate) service: String,
    /// State, in clear: lists and filters use it.
    pub(crate) state: StoredState,
    /// Time of filing, in Unix seconds.
    pub(crate) filed_at: i64,
    pub(crate) body: Body,
}

/// State of a request in the column `state`. The numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum StoredState {
    /// A state that this version does not know.
    Other = 0,
    Filed = 1,
    UnderReview = 2,
    Approved = 3,
    Refused = 4,
}

impl StoredState {
    const ALL: [Self; 5] = [Self::Other, Self::Filed, Self::UnderReview, Self::Approved, Self::Refused];

    pub(super) fn code(self) -> u8 {
        self as u8
    }

    fn from_code(code: i64) -> Self {
        Self::ALL.into_iter().find(|state| i64::from(state.code()) == code).unwrap_or(Self::Other)
    }
}

impl Database {
    /// Stores changed requests together with the cursor of the next sync, all or nothing.
    pub(crate) fn put_requests<T: Serialize>(
        &self,
        requests: &[StoredRequest<T>],
        cursor: &str,
    ) -> Result<(), StorageError> {
        let sealed = requests
            .iter()
            .map(|request| self.encrypt_json(&request_aad(&request.id), &request.body))
            .collect::<Result<Vec<_>, _>>()?;
        let cursor = self.encrypt_json(REQUESTS_CURSOR, &cursor)?;
        self.request_tables()?.transaction(|connection| {
            for (request, sealed) in requests.iter().zip(&sealed) {
                put_request(connection, request, sealed)?;
            }
            put_setting(connection, REQUESTS_CURSOR, &cursor)
        })?;
        Ok(())
    }

    /// Returns up to `limit` requests, decrypted, the most recently filed first.
    pub(crate) fn requests<T: DeserializeOwned>(
        &self,
        limit: u32,
    ) -> Result<Vec<StoredRequest<T>>, StorageError> {
        self.read_content_first()?;
        let rows: Vec<RequestRow> = self.request_tables()?.with(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("{SELECT_REQUESTS} ORDER BY filed_at DESC LIMIT ?1"))?;
            statement.query_map([limit], request_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.decrypt_request(row)).collect()
    }

    /// Returns the requests for a service, decrypted, the most recently filed first.
    pub(crate) fn requests_for<T: DeserializeOwned>(
        &self,
        service: &str,
    ) -> Result<Vec<StoredRequest<T>>, StorageError> {
        self.read_content_first()?;
        let rows: Vec<RequestRow> = self.request_tables()?.with(|connection| {
            let sql = format!("{SELECT_REQUESTS} WHERE service = ?1 ORDER BY filed_at DESC LIMIT ?2");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map(params![service, MAX_OF_ONE_SERVICE], request_row)?.collect()
        })?;
        rows.into_iter().map(|row| self.decrypt_request(row)).collect()
    }

    /// Returns the request with this id, decrypted.
    pub(crate) fn request<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<StoredRequest<T>>, StorageError> {
        self.read_content_first()?;
        let row = self.request_tables()?.with(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT_REQUESTS} WHERE id = ?1"))?;
            statement.query_row([id], request_row).optional()
        })?;
        row.map(|row| self.decrypt_request(row)).transpose()
    }

    /// Returns the receipt (PDF) of a request, if it was fetched.
    pub(crate) fn receipt(&self, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StorageError> {
        // A receipt that could not be stored need not be fetched.
        self.read_content_first()?;
        let sealed: Option<Vec<u8>> = self.request_tables()?.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT pdf FROM receipt WHERE request = ?1")?;
            statement.query_row([id], |row| row.get(0)).optional()
        })?;
        sealed.map(|sealed| self.decrypt(&receipt_aad(id), &sealed)).transpose()
    }

    /// Stores the receipt (PDF) of a request.
    pub(crate) fn put_receipt(&self, id: &str, pdf: &[u8]) -> Result<(), StorageError> {
        let aad = receipt_aad(id);
        let sealed = self.cipher_of(&aad)?.seal(&aad, pdf)?;
        self.request_tables()?.with(|connection| {
            connection
                .prepare_cached("INSERT OR REPLACE INTO receipt VALUES (?1, ?2)")?
                .execute(params![id, sealed])
        })?;
        Ok(())
    }

    /// Seals a request that the portal has just filed: by the delivery key while the content key is protected.
    pub(super) fn seal_filed<T: Serialize>(
        &self,
        request: &StoredRequest<T>,
    ) -> Result<SealedRequest, StorageError> {
        match self.encrypt_json(&request_aad(&request.id), &request.body) {
            Err(StorageError::Vault(error)) if error.is_protected() => {
                let StoredRequest { id, service, state, filed_at, body } = request;
                let (id, service, body) = (id.clone(), service.clone(), serde_json::to_string(body)?);
                let filed = FiledRequest { id, service, state: state.code(), filed_at: *filed_at, body };
                self.encrypt_json(&filed_setting(&request.id), &filed).map(SealedRequest::ForDelivery)
            }
            sealed => sealed.map(SealedRequest::Content),
        }
    }

    /// Reads the content key, unless it was read, so that the table has every request.
    fn read_content_first(&self) -> Result<(), StorageError> {
        self.cipher_of(&request_aad("")).map(drop)
    }

    /// Moves the requests that were filed while the content key was protected to the others, sealed by that key.
    pub(super) fn take_filed(&self, content: &Cipher) -> Result<(), StorageError> {
        if !self.has_request_tables()? {
            return Ok(());
        }
        let settings = self.sqlite.settings_of(FILED)?;
        if settings.is_empty() {
            return Ok(());
        }
        let sealed_again = |(name, sealed): &(String, Vec<u8>)| {
            let FiledRequest { id, service, state, filed_at, body } = self.decrypt_json(name, sealed)?;
            let aad = request_aad(&id);
            let body_sealed = content.seal(&aad, body.as_bytes())?;
            let state = StoredState::from_code(state.into());
            let request = StoredRequest { id, service, state, filed_at, body };
            Ok::<_, StorageError>((request, body_sealed))
        };
        let requests = settings.iter().map(sealed_again).collect::<Result<Vec<_>, _>>()?;
        self.sqlite.transaction(|connection| {
            for ((request, body), (name, _)) in requests.iter().zip(&settings) {
                put_request(connection, request, body)?;
                connection.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?;
            }
            Ok(())
        })
    }

    fn decrypt_request<T: DeserializeOwned>(
        &self,
        (id, service, state, filed_at, sealed): RequestRow,
    ) -> Result<StoredRequest<T>, StorageError> {
        let body = self.decrypt_json(&request_aad(&id), &sealed)?;
        Ok(StoredRequest { id, service, state: StoredState::from_code(state), filed_at, body })
    }
}

/// Number of requests for one service that are considered.
const MAX_OF_ONE_SERVICE: u32 = 50;

/// A request that the portal has just filed, sealed.
pub(super) enum SealedRequest {
    /// Its body, by the content key.
    Content(Vec<u8>),
    /// A [`FiledRequest`], by the delivery key.
    ForDelivery(Vec<u8>),
}

/// A request that the delivery key seals. The field names are stored.
#[derive(Serialize, Deserialize)]
struct FiledRequest {
    id: String,
    service: String,
    state: u8,
    filed_at: i64,
    /// JSON.
    body: String,
}

const SELECT_REQUESTS: &str = "SELECT id, service, state, filed_at, body FROM request";

type RequestRow = (String, String, i64, i64, Vec<u8>);

fn request_row(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

/// Inserts or updates a request whose body is sealed already.
fn put_request<T>(
    connection: &Connection,
    StoredRequest { id, service, state, filed_at, .. }: &StoredRequest<T>,
    sealed: &[u8],
) -> rusqlite::Result<usize> {
    connection
        .prepare_cached(
            "INSERT INTO request (id, service, state, filed_at, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET service = ?2, state = ?3, filed_at = ?4, body = ?5",
        )?
        .execute(params![id, service, state.code(), filed_at, sealed])
}

/// Stores a request that the portal has just filed.
pub(super) fn put_filed<T>(
    connection: &Connection,
    request: &StoredRequest<T>,
    sealed: &SealedRequest,
) -> rusqlite::Result<usize> {
    match sealed {
        SealedRequest::Content(body) => put_request(connection, request, body),
        SealedRequest::ForDelivery(filed) => put_setting(connection, &filed_setting(&request.id), filed),
    }
}

/// Name, and AAD, of the setting with a request that was filed while the content key was protected.
fn filed_setting(id: &str) -> String {
    format!("{FILED}:{id}")
}

fn receipt_aad(id: &str) -> String {
    format!("receipt:{id}")
}

/// AAD to which a request's body is sealed: no row opens in another row's place.
fn request_aad(id: &str) -> String {
    format!("request:{id}")
}
