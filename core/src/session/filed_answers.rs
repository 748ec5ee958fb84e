//! Answers of requests on file, as the portal has them: kept when this phone filed the request, fetched once otherwise.

use fos_wire::paths;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::MemberSession;
use crate::error::Error;
use crate::storage::CachedResponse;

/// Name of the answers among the cached responses, before the request's id. Stored.
const ANSWERS: &str = "answers";

/// Part of a request with its answers that is read ([`fos_wire::request::RequestDetail`]).
#[derive(Serialize, Deserialize)]
struct Answers {
    values: Map<String, Value>,
}

impl MemberSession {
    /// Stores the answers of a request that this phone has filed.
    pub(super) fn cache_answers(&self, request: &str, values: Map<String, Value>) -> Result<(), Error> {
        let body =
            serde_json::to_string(&Answers { values }).map_err(|error| Error::Bug(error.to_string()))?;
        Ok(self.db().cache_response(&name(request), &CachedResponse { etag: None, body })?)
    }

    /// Returns the stored answers of a request, under the portal's names; `None` before they are fetched.
    pub(crate) fn answers(&self, request: &str) -> Result<Option<Map<String, Value>>, Error> {
        let stored = self.db().cached_response(&name(request))?;
        let parsed = stored.map(|stored| crate::api::parse_json_text::<Answers>(&stored.body)).transpose()?;
        Ok(parsed.map(|answers| answers.values))
    }

    /// Fetches the answers of a request unless they are stored.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and the like.
    pub(crate) async fn fetch_answers(&self, request: &str) -> Result<(), Error> {
        if self.answers(request)?.is_some() {
            return Ok(());
        }
        let Answers { values } = self.get(&paths::request(request)).await?;
        self.cache_answers(request, values)
    }
}

fn name(request: &str) -> String {
    format!("{ANSWERS}:{request}")
}
