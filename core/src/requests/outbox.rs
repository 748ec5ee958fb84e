//! The outbox: what was sent stands here until the portal has answered. One delivery at a time, the oldest first; each entry
//! under its own key, which the portal takes once (design §3).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::context::Context;
use crate::error::Trouble;
use crate::forms::Values;
use crate::portal::paths;
use crate::portal::request::{NewRequest, Request};
use crate::store::{MemberStore, StoredOutbox, StoredRequest};
use crate::watch::Change;

/// What a member has filled in, as it is kept and as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) version: u32,
    /// As typed, for who takes it back.
    pub(super) values: Values,
    /// As the portal has it.
    pub(super) body: Map<String, Value>,
}

/// Why an entry waits for the member: the name of the phrase that says what to do.
pub(super) type Held = &'static str;

pub(super) struct Outbox {
    context: Arc<Context>,
    delivering: tokio::sync::Mutex<()>,
}

impl Outbox {
    pub(super) fn new(context: Arc<Context>) -> Self {
        Self { context, delivering: tokio::sync::Mutex::default() }
    }

    /// Sends all that waits. What the portal refuses is held for the member; what does not reach it goes on waiting.
    pub(super) async fn deliver(&self, member: &MemberStore) -> Result<(), Trouble> {
        let _one_at_a_time = self.delivering.lock().await;
        let waiting: Vec<StoredOutbox<Sent>> = member.sealed().outbox()?;
        for entry in waiting.iter().filter(|entry| entry.held.is_empty()) {
            match self.send(entry).await {
                Ok(request) => member.sealed().filed(&entry.key, &stored(request))?,
                Err(trouble) => match held(&trouble) {
                    Some(why) => member.sealed().hold(&entry.key, why)?,
                    None => return Err(trouble),
                },
            }
            self.context.watchers.announce(Change::Requests);
        }
        Ok(())
    }

    async fn send(&self, entry: &StoredOutbox<Sent>) -> Result<Request, Trouble> {
        self.context.may_send().await?;
        let Sent { version, body, .. } = &entry.filled;
        let request = NewRequest { service: &entry.service, version: *version, values: body };
        self.context.session.create(paths::REQUESTS, &entry.key, &request).await
    }
}

/// What only the member can do something about.
fn held(trouble: &Trouble) -> Option<Held> {
    match trouble {
        Trouble::ServiceClosed | Trouble::Unknown => Some("held-closed"),
        Trouble::FormChanged => Some("held-changed"),
        Trouble::Fields(_) => Some("held-fields"),
        Trouble::FiledAlready => Some("held-filed"),
        Trouble::UpdateNeeded => Some("held-update"),
        _ => None,
    }
}

/// A request as the member's file keeps it.
pub(super) fn stored(request: Request) -> StoredRequest<Request> {
    StoredRequest {
        id: request.id.clone(),
        service: request.service.clone(),
        // What filters and lists use stands in clear: the wire's own word.
        state: serde_json::to_value(request.state).ok().and_then(|state| state.as_str().map(str::to_owned)).unwrap_or_default(),
        filed_at: request.filed_at.as_second(),
        told: request,
    }
}
