//! Delivery of the outbox: every submitted form leaves the phone exactly once, whatever the network and the process do.
//!
//! ```text
//!  RequestFormHandler            Outbox                       portal
//!        │ queue (one transaction)  │                            │
//!        │─────────────────────────▶│ pending                    │
//!        │ deliver                  │   POST, Idempotency-Key    │
//!        │─────────────────────────▶│───────────────────────────▶│ files it once for each key
//!        │                          │◀───────────────────────────│
//!        │                          │ 2xx      → complete: request and receipt are stored, the entry goes
//!        │                          │ rejected → block: the member has to act
//!        │                          │ no answer → stays pending: `run_loop` tries again
//! ```
//!
//! - An entry is written before the first request leaves, and removed in the transaction that stores the answer. Killed at
//!   any point, the phone sends it again under the same key, which the portal answers as before (DECISIONS.md, 11).
//! - Deliveries run one at a time, oldest entry first, under [`AppContext::delivery`]; signing out cancels them.
//! - The loop wakes up on [`Outbox::notify`], on a change of stage or notices ([`ConnectivityObserver`]), and after
//!   [`RETRY_DELAYS`] while deliveries fail.

use std::sync::{Arc, Weak};
use std::time::Duration;

use fos_wire::paths;
use fos_wire::problem::FieldProblem;
use fos_wire::request::{FiledRequest, NewRequest, Request};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Notify;
use zeroize::Zeroizing;

use super::idempotency_key::may_be_expired;
use crate::api::Cached;
use crate::context::AppContext;
use crate::error::Error;
use crate::forms::Values;
use crate::observe::{Change, Observer, Subscription};
use crate::storage::{BlockedReason, MemberStore, OutboxEntry, StoredRequest};

/// Answers of a submitted form. The names are stored: they are those of the sealed JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OutboxPayload {
    /// Version of the form.
    pub(super) version: u32,
    /// The answers as typed, for an entry that returns to draft.
    pub(super) values: Values,
    /// The answers as the portal reads them.
    pub(super) body: Map<String, Value>,
}

/// An entry that the portal rejected and that is blocked now.
pub(super) struct RejectedEntry {
    /// The entry's idempotency key.
    pub(super) key: String,
    /// Problems of single fields, where those are the reason.
    pub(super) fields: Vec<FieldProblem>,
}

/// Delays between two deliveries in the background while they fail. A delivery that the member starts does not wait.
const RETRY_DELAYS: [Duration; 4] =
    [Duration::from_secs(20), Duration::from_mins(1), Duration::from_mins(3), Duration::from_mins(10)];

/// Delivers the outbox of the signed-in member.
pub(super) struct Outbox {
    context: Arc<AppContext>,
    wakeup: Arc<Notify>,
    /// Dropping it would end the observation.
    _subscription: Subscription,
}

impl Outbox {
    /// Starts the background loop, which ends when the outbox is dropped.
    pub(super) fn new(context: Arc<AppContext>) -> Arc<Self> {
        let runtime = context.runtime.handle().clone();
        let wakeup = Arc::new(Notify::new());
        let subscription = context.observers.subscribe(Arc::new(ConnectivityObserver(Arc::clone(&wakeup))));
        let outbox = Arc::new(Self { context, wakeup: Arc::clone(&wakeup), _subscription: subscription });
        runtime.spawn(run_loop(Arc::downgrade(&outbox), wakeup));
        outbox
    }

    /// Wakes the background loop up. Returns at once.
    pub(super) fn notify(&self) {
        self.wakeup.notify_one();
    }

    fn has_pending(&self) -> bool {
        self.context.member().is_ok_and(|member| member.db().has_pending().unwrap_or(false))
    }

    /// Delivers once and returns true if nothing is left to retry. Errors show as notices.
    async fn deliver_in_background(self: Arc<Self>) -> bool {
        if !self.has_pending() {
            return true;
        }
        let (context, outbox) = (Arc::clone(&self.context), Arc::clone(&self));
        let delivery = async move {
            let member = outbox.context.member()?;
            outbox.deliver(&member).await.map(drop)
        };
        context.run(delivery).await.is_ok()
    }

    /// Delivers every pending entry, oldest first, one at a time. Returns the entries that the portal rejected, which are
    /// blocked now.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::SessionEnded`] and the like stop the delivery: the remaining entries stay pending.
    /// [`Error::Storage`] when the outbox cannot be read or written.
    pub(super) async fn deliver(&self, member: &Arc<MemberStore>) -> Result<Vec<RejectedEntry>, Error> {
        self.context.delivery.run(self.deliver_pending(member)).await
    }

    async fn deliver_pending(&self, member: &Arc<MemberStore>) -> Result<Vec<RejectedEntry>, Error> {
        self.context.ensure_current_member(member)?;
        let mut rejected = Vec::new();
        let entries: Vec<OutboxEntry<OutboxPayload>> = member.db().outbox()?;
        for entry in entries.iter().filter(|entry| entry.blocked.is_none()) {
            match self.post(entry).await {
                Ok(request) => {
                    let id = request.id.clone();
                    member.db().complete(entry, &to_stored(request))?;
                    // A receipt that cannot be fetched now is fetched when the member opens it.
                    let _fetched = self.receipt(member, &id).await;
                }
                Err(error) => match blocked_reason(&error) {
                    Some(reason) => {
                        member.db().block(entry.seq, reason)?;
                        let fields =
                            if let Error::FieldsRejected(fields) = error { fields } else { Vec::new() };
                        rejected.push(RejectedEntry { key: entry.key.clone(), fields });
                    }
                    None => return Err(error),
                },
            }
            self.context.observers.notify(Change::Requests);
        }
        Ok(rejected)
    }

    /// Returns the receipt (PDF) of a request: the stored one, or else the portal's, which is then stored.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and the like when it has to be fetched and cannot be.
    pub(super) async fn receipt(&self, member: &MemberStore, id: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        if let Some(pdf) = member.db().receipt(id)? {
            return Ok(pdf);
        }
        match self.context.session.get_bytes_if_changed(&paths::receipt(id), None).await? {
            Cached::Modified { body, .. } => {
                member.db().put_receipt(id, &body)?;
                Ok(Zeroizing::new(body))
            }
            Cached::NotModified => Err(Error::Bug("receipt-unchanged".to_owned())),
        }
    }

    async fn post(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<Request, Error> {
        self.context.ensure_sending_allowed().await?;
        if may_be_expired(&entry.key, self.context.clock.now()) {
            return Err(Error::QueuedTooLong);
        }
        let OutboxPayload { version, body, .. } = &entry.payload;
        let request = NewRequest { service: entry.service.clone(), version: *version, values: body.clone() };
        let filed: FiledRequest = self.context.session.create(paths::REQUESTS, &entry.key, &request).await?;
        Ok(filed.into())
    }
}

/// Delivers at each wake-up, and again after the next of [`RETRY_DELAYS`] while that fails. Holds the outbox only while it
/// delivers, so that an app that drops it ends the loop.
async fn run_loop(outbox: Weak<Outbox>, wakeup: Arc<Notify>) {
    let mut failures = 0;
    loop {
        let Some(outbox) = outbox.upgrade() else { return };
        let delivered = outbox.deliver_in_background().await;
        failures = if delivered { 0 } else { (failures + 1).min(RETRY_DELAYS.len()) };
        match failures.checked_sub(1) {
            // Woken up or timed out, the next delivery is due.
            Some(retry) => drop(tokio::time::timeout(RETRY_DELAYS[retry], wakeup.notified()).await),
            None => wakeup.notified().await,
        }
    }
}

/// Wakes the loop up when the portal may be reachable again or the member has signed in again.
struct ConnectivityObserver(Arc<Notify>);

impl Observer for ConnectivityObserver {
    fn on_change(&self, change: Change) {
        if matches!(change, Change::Stage | Change::Notices) {
            self.0.notify_one();
        }
    }
}

/// Returns why an entry that failed with this error needs the member; `None` for an error that a retry may solve.
fn blocked_reason(error: &Error) -> Option<BlockedReason> {
    match error {
        Error::ServiceClosed | Error::NotFound => Some(BlockedReason::ServiceClosed),
        Error::FormChanged => Some(BlockedReason::FormChanged),
        Error::QueuedTooLong => Some(BlockedReason::QueuedTooLong),
        Error::FieldsRejected(_) => Some(BlockedReason::InvalidFields),
        Error::AlreadyFiled => Some(BlockedReason::AlreadyFiled),
        Error::UpdateNeeded => Some(BlockedReason::UpdateNeeded),
        _ => None,
    }
}

/// Name of the phrase that tells the member what to do about a blocked entry.
pub(super) fn blocked_phrase(reason: BlockedReason) -> &'static str {
    match reason {
        BlockedReason::ServiceClosed => "blocked-service-closed",
        BlockedReason::FormChanged => "blocked-form-changed",
        BlockedReason::QueuedTooLong => "blocked-queued-too-long",
        BlockedReason::InvalidFields => "blocked-invalid-fields",
        BlockedReason::AlreadyFiled => "blocked-already-filed",
        BlockedReason::UpdateNeeded => "blocked-update-needed",
    }
}

/// Converts the portal's request to the row that the member's database stores.
pub(super) fn to_stored(request: Request) -> StoredRequest<Request> {
    StoredRequest {
        id: request.id.clone(),
        service: request.service.clone(),
        // Lists and filters use the state, so it is stored in clear, as on the wire.
        state: serde_json::to_value(request.state)
            .ok()
            .and_then(|state| state.as_str().map(str::to_owned))
            .unwrap_or_default(),
        filed_at: request.filed_at.as_second(),
        body: request,
    }
}
