//! Body of a response that arrives in more than one attempt: what a cut leaves is kept in memory while its call is retried, and
//! the next attempt asks for the rest (RFC 9110 §14). Nothing of it is stored before the whole has arrived.

use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, RANGE};
use reqwest::{RequestBuilder, StatusCode};

use crate::error::Error;

/// Beginning of a body, and the tag of the file that it is of.
#[derive(Default)]
pub(super) struct PartialBody {
    etag: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl PartialBody {
    /// Asks for the rest, if the beginning of a tagged file is here. Of another file the portal sends the whole.
    pub(super) fn ask_for_rest(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.etag {
            Some(etag) if !self.bytes.is_empty() => {
                request.header(RANGE, format!("bytes={}-", self.bytes.len())).header(IF_RANGE, etag)
            }
            _ => request,
        }
    }

    /// Takes the headers of a response: its body continues this one, or is a new one.
    ///
    /// # Errors
    /// [`Error::Unreachable`] for a part that does not continue it: the next attempt asks for the whole.
    pub(super) fn begin(&mut self, status: StatusCode, headers: &HeaderMap) -> Result<(), Error> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if status == StatusCode::PARTIAL_CONTENT {
            let start = format!("bytes {}-", self.bytes.len());
            if text(CONTENT_RANGE).is_some_and(|range| range.starts_with(&start)) {
                return Ok(());
            }
            *self = Self::default();
            return Err(Error::Unreachable("another part of the file".to_owned()));
        }
        // A weak tag does not say that the bytes are the same.
        let etag = text(ETAG).filter(|etag| !etag.starts_with("W/")).map(str::to_owned);
        *self = Self { etag, bytes: Vec::new() };
        Ok(())
    }

    /// Returns the whole body.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(self).bytes
    }
}
