//! The outbox: what was sent stands here until the portal has answered. One delivery at a time, the oldest first; each entry
//! under its own key, which the portal takes once (design §3).

use std::sync::{Arc, Weak};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use super::key::may_be_forgotten;
use crate::context::Context;
use crate::error::{FieldProblem, Trouble};
use crate::forms::Values;
use crate::portal::request::{NewRequest, Request};
use crate::portal::{Fetched, paths};
use crate::store::{MemberStore, StoredOutbox, StoredRequest};
use crate::watch::{Change, Watch, Watcher};

/// What a member has filled in, as it is kept and as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) version: u32,
    /// As typed, for who takes it back.
    pub(super) values: Values,
    /// As the portal has it.
    pub(super) body: Map<String, Value>,
}

/// An entry that the portal did not take.
pub(super) struct Refused {
    pub(super) key: String,
    /// What is wrong with which fields, where that is the reason.
    pub(super) fields: Vec<FieldProblem>,
}

/// Why an entry waits for the member: the name of the phrase that says what to do.
pub(super) type Held = &'static str;

/// How long an open app waits before it tries again, each time longer. What the member does tries at once.
const WAITS: [Duration; 4] =
    [Duration::from_secs(20), Duration::from_mins(1), Duration::from_mins(3), Duration::from_mins(10)];

pub(super) struct Outbox {
    context: Arc<Context>,
    /// Rung when something may be sent now.
    bell: Arc<Notify>,
    /// Letting go of it would end the hearing.
    _ear: Watch,
}

impl Outbox {
    /// An outbox that goes on trying for as long as the app is open.
    pub(super) fn new(context: Arc<Context>) -> Arc<Self> {
        let runtime = context.runtime.handle().clone();
        let bell = Arc::new(Notify::new());
        let ear = context.watchers.join(Arc::new(Ear(Arc::clone(&bell))));
        let outbox = Arc::new(Self { context, bell: Arc::clone(&bell), _ear: ear });
        runtime.spawn(attend(Arc::downgrade(&outbox), bell));
        outbox
    }

    /// Tries now, in the background.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Whether something waits that the network alone keeps back.
    fn waits(&self) -> bool {
        self.context.member().is_ok_and(|member| member.sealed().waits().unwrap_or(false))
    }

    /// One round in the background. What fails is told by the notices, and tried again.
    async fn try_again(self: Arc<Self>) -> bool {
        if !self.waits() {
            return true;
        }
        let (context, outbox) = (Arc::clone(&self.context), Arc::clone(&self));
        let round = async move {
            let member = outbox.context.member()?;
            outbox.deliver(&member).await.map(drop)
        };
        context.act(round).await.is_ok()
    }

    /// Sends all that waits. What the portal refuses is held for the member; what does not reach it goes on waiting.
    pub(super) async fn deliver(&self, member: &Arc<MemberStore>) -> Result<Vec<Refused>, Trouble> {
        self.context.sending.run(self.deliver_all(member)).await
    }

    async fn deliver_all(&self, member: &Arc<MemberStore>) -> Result<Vec<Refused>, Trouble> {
        self.context.still_here(member)?;
        let mut refused = Vec::new();
        let waiting: Vec<StoredOutbox<Sent>> = member.sealed().outbox()?;
        for entry in waiting.iter().filter(|entry| entry.held.is_empty()) {
            match self.send(entry).await {
                Ok(request) => {
                    let id = request.id.clone();
                    member.sealed().filed(entry, &stored(request))?;
                    // Not had now, it is fetched when it is opened.
                    let _had = self.receipt(member, &id).await;
                }
                Err(trouble) => match held(&trouble) {
                    Some(why) => {
                        member.sealed().hold(entry.place, why)?;
                        let fields = if let Trouble::Fields(fields) = trouble { fields } else { Vec::new() };
                        refused.push(Refused { key: entry.key.clone(), fields });
                    }
                    None => return Err(trouble),
                },
            }
            self.context.watchers.announce(Change::Requests);
        }
        Ok(refused)
    }

    /// The receipt of a request, from the phone once it was fetched.
    pub(super) async fn receipt(
        &self,
        member: &MemberStore,
        id: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Trouble> {
        if let Some(pdf) = member.sealed().receipt(id)? {
            return Ok(pdf);
        }
        match self.context.session.fetch_bytes(&paths::receipt(id), None).await? {
            Fetched::New { body, .. } => {
                member.sealed().put_receipt(id, &body)?;
                Ok(Zeroizing::new(body))
            }
            Fetched::Unchanged => Err(Trouble::Bug("receipt-unchanged".to_owned())),
        }
    }

    async fn send(&self, entry: &StoredOutbox<Sent>) -> Result<Request, Trouble> {
        self.context.may_send().await?;
        if may_be_forgotten(&entry.key, self.context.time.now()) {
            return Err(Trouble::WaitedTooLong);
        }
        let Sent { version, body, .. } = &entry.filled;
        let request = NewRequest { service: &entry.service, version: *version, values: body };
        self.context.session.create(paths::REQUESTS, &entry.key, &request).await
    }
}

/// Sends what waits when the bell rings, and again and again while it does not get through. Between two rounds the outbox
/// is not held: an app that is let go of ends.
async fn attend(outbox: Weak<Outbox>, bell: Arc<Notify>) {
    let mut round = 0;
    loop {
        let Some(at_work) = outbox.upgrade() else { return };
        let got_through = at_work.try_again().await;
        round = if got_through { 0 } else { (round + 1).min(WAITS.len()) };
        match round.checked_sub(1) {
            // Over or not, it is time for another round.
            Some(waited) => drop(tokio::time::timeout(WAITS[waited], bell.notified()).await),
            None => bell.notified().await,
        }
    }
}

/// Hears when the portal may be within reach again, or the member is back.
struct Ear(Arc<Notify>);

impl Watcher for Ear {
    fn changed(&self, change: Change) {
        if matches!(change, Change::Stage | Change::Notices) {
            self.0.notify_one();
        }
    }
}

/// What only the member can do something about.
fn held(trouble: &Trouble) -> Option<Held> {
    match trouble {
        Trouble::ServiceClosed | Trouble::Unknown => Some("held-closed"),
        Trouble::FormChanged => Some("held-changed"),
        Trouble::WaitedTooLong => Some("held-too-long"),
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
        state: serde_json::to_value(request.state)
            .ok()
            .and_then(|state| state.as_str().map(str::to_owned))
            .unwrap_or_default(),
        filed_at: request.filed_at.as_second(),
        told: request,
    }
}
