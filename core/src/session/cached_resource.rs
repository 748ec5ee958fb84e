//! [`CachedResource`]: a text of the portal that the member's database caches with its entity tag (RFC 9110 §8.8.3).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use super::MemberSession;
use crate::api::Cached;
use crate::error::Error;
use crate::storage::CachedResponse;

/// Outcome of a fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fetched {
    Changed,
    Unchanged,
}

/// A resource of the portal, parsed once and cached in the member's database.
pub(crate) struct CachedResource<T> {
    /// Name among the cached responses. Stored.
    name: String,
    path: String,
    parse: fn(&str) -> Result<T, Error>,
    value: Mutex<Option<Arc<T>>>,
    fetched_at: Mutex<Option<Timestamp>>,
    /// Number of fetches so far.
    fetch_count: AtomicU64,
    /// Held during a fetch: a caller that waited shares its result.
    fetch_lock: tokio::sync::Mutex<()>,
}

impl<T> CachedResource<T> {
    pub(crate) fn new(
        name: impl Into<String>,
        path: impl Into<String>,
        parse: fn(&str) -> Result<T, Error>,
    ) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            parse,
            value: Mutex::default(),
            fetched_at: Mutex::default(),
            fetch_count: AtomicU64::new(0),
            fetch_lock: tokio::sync::Mutex::default(),
        }
    }

    /// Returns the cached value; `None` before the first fetch. Reads the database at the first call.
    ///
    /// # Errors
    /// [`Error::Storage`], and the parser's error.
    pub(crate) fn stored(&self, session: &MemberSession) -> Result<Option<Arc<T>>, Error> {
        let mut value = self.value.lock();
        if value.is_none()
            && let Some(cached) = session.db().cached_response(&self.name)?
        {
            *value = Some(Arc::new((self.parse)(&cached.body)?));
        }
        Ok(value.clone())
    }

    /// Fetches the value if it changed. A caller that waited for another fetch shares its result.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and the like, and the parser's error: the cached value stays.
    pub(crate) async fn fetch(&self, session: &MemberSession) -> Result<Fetched, Error> {
        let before = self.fetch_count.load(Ordering::Acquire);
        let _guard = self.fetch_lock.lock().await;
        if self.fetch_count.load(Ordering::Acquire) != before {
            return Ok(Fetched::Unchanged);
        }
        let etag = session.db().cached_etag(&self.name)?;
        let fetched = match session.get_if_changed(&self.path, etag.as_deref()).await? {
            Cached::Modified { etag, body } => {
                // Parsed before it is cached: a response that this version cannot read must not replace a readable one.
                let value = Arc::new((self.parse)(&body)?);
                session.db().cache_response(&self.name, &CachedResponse { etag, body })?;
                *self.value.lock() = Some(value);
                Fetched::Changed
            }
            Cached::NotModified => Fetched::Unchanged,
        };
        *self.fetched_at.lock() = Some(session.context().now());
        self.fetch_count.fetch_add(1, Ordering::Release);
        Ok(fetched)
    }

    /// Fetches the value; returns the cached one where the fetch fails with an error that `may_use_cached` accepts.
    ///
    /// # Errors
    /// The error of the fetch if it is not accepted or nothing is cached.
    pub(crate) async fn fetch_or_stored(
        &self,
        session: &MemberSession,
        may_use_cached: fn(&Error) -> bool,
    ) -> Result<Arc<T>, Error> {
        let fetched = self.fetch(session).await;
        match (fetched, self.stored(session)?) {
            (Ok(_), Some(value)) => Ok(value),
            (Err(error), Some(value)) if may_use_cached(&error) => Ok(value),
            (Ok(_), None) => Err(Error::Bug(format!("{}-unchanged", self.name))),
            (Err(error), _) => Err(error),
        }
    }

    /// Returns the value that this process has read; `None` after [`Self::invalidate`].
    pub(crate) fn loaded(&self) -> Option<Arc<T>> {
        self.value.lock().clone()
    }

    /// Drops the value from memory: the next read is from the database or the portal.
    pub(crate) fn invalidate(&self) {
        *self.value.lock() = None;
    }

    /// Returns true if the last fetch of this process was less than `age` ago.
    pub(crate) fn is_fresh(&self, now: Timestamp, age: SignedDuration) -> bool {
        let fetched_at = *self.fetched_at.lock();
        fetched_at.is_some_and(|at| (SignedDuration::ZERO..age).contains(&now.duration_since(at)))
    }
}
