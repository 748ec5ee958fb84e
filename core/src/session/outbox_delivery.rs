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
//! - Deliveries run one at a time, oldest entry first; closing the session cancels them.
//! - The loop wakes up on [`MemberSession::wake_outbox`] (the app is back, the stage changed), when the portal can be
//!   reached again, when its config changes, and after [`RETRY_DELAYS`] while deliveries fail.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use fos_wire::paths;
use fos_wire::problem::{ExistingRequest, FieldProblem};
use fos_wire::request::{FiledRequest, NewRequest, Request, RequestState};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::{Notify, oneshot, watch};
use tracing::info;
use zeroize::Zeroizing;

use super::{MemberSession, SessionManager, may_be_expired};
use crate::error::Error;
use crate::forms::Values;
use crate::observe::Change;
use crate::storage::{BlockedReason, OutboxEntry, StoredRequest, StoredState};

/// Answers of a submitted form. The names are stored: they are those of the sealed JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OutboxPayload {
    /// Version of the form.
    pub(crate) version: u32,
    /// The answers as typed, for an entry that returns to draft.
    pub(crate) values: Values,
    /// The answers as the portal reads them.
    pub(crate) body: Map<String, Value>,
}

/// Outcome of an entry's delivery.
#[derive(Debug)]
pub(crate) enum EntryOutcome {
    /// The portal has filed it.
    Filed(Box<Request>),
    /// The portal rejected it, and it is blocked now.
    Blocked {
        reason: BlockedReason,
        /// Problems of single fields, where those are the reason.
        fields: Vec<FieldProblem>,
        /// Request on file that leaves no room for it, where that is the reason.
        existing: Option<Box<ExistingRequest>>,
    },
    /// It was not delivered: the loop tries again.
    Pending(Error),
}

/// Delays between two deliveries in the background while they fail. A delivery that the member starts does not wait.
const RETRY_DELAYS: [Duration; 4] =
    [Duration::from_secs(20), Duration::from_mins(1), Duration::from_mins(3), Duration::from_mins(10)];

/// Delivery state of one member's outbox; the entries are in the member's database.
#[derive(Default)]
pub(super) struct Outbox {
    wakeup: Notify,
    /// Held during a delivery: one at a time.
    delivering: tokio::sync::Mutex<()>,
    /// Submissions that wait for the outcome of their entry, by its `seq`: an entry that was returned to draft and submitted
    /// again has the same key. Whoever delivers the entry sends it.
    waiting: Mutex<HashMap<i64, oneshot::Sender<EntryOutcome>>>,
}

impl MemberSession {
    /// Wakes the delivery loop up. Returns at once.
    pub(crate) fn wake_outbox(&self) {
        self.outbox.wakeup.notify_one();
    }

    pub(super) fn has_pending(&self) -> bool {
        self.db().has_pending().unwrap_or(false)
    }

    /// Moves a draft into the outbox, delivers the outbox once and returns the outcome of this entry.
    ///
    /// # Errors
    /// [`Error::Storage`] when the entry cannot be stored: the draft stays.
    pub(crate) async fn submit(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<EntryOutcome, Error> {
        let (sender, mut outcome) = oneshot::channel();
        let seq = {
            // The loop may deliver the entry as soon as it is stored, and then waits for this lock.
            let mut waiting = self.outbox.waiting.lock();
            let seq = self.db().queue(entry)?;
            waiting.insert(seq, sender);
            seq
        };
        self.context.notify(Change::Requests);
        // The entry is stored: whatever stops the delivery, the loop retries.
        let delivery = self.deliver_outbox().await;
        self.outbox.waiting.lock().remove(&seq);
        match (outcome.try_recv(), delivery) {
            (Ok(outcome), _) => Ok(outcome),
            (Err(_), Err(error)) => {
                self.wake_outbox();
                Ok(EntryOutcome::Pending(error))
            }
            // The member returned the entry to draft while the delivery was under way.
            (Err(_), Ok(())) => Err(Error::NotAllowed("error-not-now")),
        }
    }

    /// Delivers every pending entry, oldest first, one at a time. Entries that the portal rejects become blocked.
    ///
    /// # Errors
    /// [`Error::Unreachable`], [`Error::SessionEnded`] and the like stop the delivery: the remaining entries stay pending.
    /// [`Error::Storage`] when the outbox cannot be read or written.
    pub(crate) async fn deliver_outbox(&self) -> Result<(), Error> {
        let _guard = self.outbox.delivering.lock().await;
        let entries: Vec<OutboxEntry<OutboxPayload>> = self.db().outbox()?;
        info!(entries = entries.len(), "delivering the outbox");
        for entry in entries.iter().filter(|entry| entry.blocked.is_none()) {
            let outcome = self.deliver(entry).await?;
            if let Some(sender) = self.outbox.waiting.lock().remove(&entry.seq) {
                // A submission that was cancelled meanwhile finds the outcome in the list of requests.
                let _is_received = sender.send(outcome);
            }
            self.context.notify(Change::Requests);
        }
        Ok(())
    }

    /// Delivers one entry and stores the outcome.
    async fn deliver(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<EntryOutcome, Error> {
        match self.post(entry).await {
            Ok(request) => {
                self.db().complete(entry, &to_stored(request.clone()))?;
                info!("entry filed");
                // Answers that cannot be kept now are fetched when the member opens the request.
                if let Err(error) = self.cache_answers(&request.id, entry.payload.body.clone()) {
                    info!(code = error.code(), "answers not kept");
                }
                // A receipt that cannot be fetched now is fetched when the member opens it.
                if let Err(error) = self.receipt(&request.id).await {
                    info!(code = error.code(), "receipt not fetched");
                }
                Ok(EntryOutcome::Filed(Box::new(request)))
            }
            Err(error) => {
                let Some(reason) = blocked_reason(&error) else { return Err(error) };
                self.db().block(entry.seq, reason)?;
                info!(code = error.code(), "entry blocked");
                let (fields, existing) = match error {
                    Error::FieldsRejected(fields) => (fields, None),
                    Error::AlreadyRequested(existing) => (Vec::new(), existing),
                    _ => (Vec::new(), None),
                };
                Ok(EntryOutcome::Blocked { reason, fields, existing })
            }
        }
    }

    async fn post(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<Request, Error> {
        self.context.ensure_sending_allowed().await?;
        // Ages are counted by the portal's clock: this phone's may be months off until the portal has answered once.
        let now = match self.context.clock().synced_now() {
            Some(now) => now,
            None => match self.context.refresh_remote_config().await {
                Err(error) if error.is_portal_away() => return Err(error),
                // An answer of another kind has the time, or is none of the portal's clock.
                _ => self.context.now(),
            },
        };
        if may_be_expired(entry.first_sent_at, now) {
            return Err(Error::QueuedTooLong);
        }
        if entry.first_sent_at.is_none() {
            self.db().put_first_sent(entry.seq, now.as_second())?;
        }
        let OutboxPayload { version, body, .. } = &entry.payload;
        let request = NewRequest { service: entry.service.clone(), version: *version, values: body.clone() };
        let filed: FiledRequest = self.create(paths::REQUESTS, &entry.key, &request).await?;
        Ok(filed.into())
    }

    /// Returns the receipt (PDF) of a request: the stored one, or else the portal's, which is then stored.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and the like when it has to be fetched and cannot be.
    pub(crate) async fn receipt(&self, id: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        if let Some(pdf) = self.db().receipt(id)? {
            return Ok(pdf);
        }
        let pdf = self.get_bytes(&paths::receipt(id)).await?;
        self.db().put_receipt(id, &pdf)?;
        Ok(Zeroizing::new(pdf))
    }
}

/// Delivers at each wake-up, and again after the next of [`RETRY_DELAYS`] while that fails. Ends with the session, or with
/// the last handle of the core.
pub(super) async fn run_loop(manager: Weak<SessionManager>, session: Arc<MemberSession>) {
    let mut connectivity = session.context.client().subscribe();
    let mut config = session.context.remote_config().subscribe();
    let mut failures = 0;
    loop {
        // Changes during the delivery count, those before it do not.
        connectivity.mark_unchanged();
        config.mark_unchanged();
        let Some(manager) = manager.upgrade() else { return };
        let delivered = manager.deliver_in_background(&session).await;
        drop(manager);
        failures = if delivered { 0 } else { (failures + 1).min(RETRY_DELAYS.len()) };
        let wakeup = async {
            tokio::select! {
                () = session.outbox.wakeup.notified() => {}
                () = until_online(&mut connectivity) => {}
                // An error means that the app ends, and this loop with it.
                _ = config.changed() => {}
            }
        };
        match failures.checked_sub(1) {
            // Woken up or timed out, the next delivery is due.
            Some(retry) => drop(tokio::time::timeout(RETRY_DELAYS[retry], wakeup).await),
            None => wakeup.await,
        }
    }
}

/// Waits until the portal is reached again after it was not.
async fn until_online(connectivity: &mut watch::Receiver<bool>) {
    while connectivity.changed().await.is_ok() {
        if *connectivity.borrow_and_update() {
            return;
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
        Error::AlreadyRequested(_) => Some(BlockedReason::AlreadyRequested),
        Error::AlreadyFiled => Some(BlockedReason::AlreadyFiled),
        Error::UpdateNeeded => Some(BlockedReason::UpdateNeeded),
        _ => None,
    }
}

/// Converts the portal's request to the row that the member's database stores.
pub(crate) fn to_stored(request: Request) -> StoredRequest<Request> {
    let state = match request.state {
        RequestState::Filed => StoredState::Filed,
        RequestState::UnderReview => StoredState::UnderReview,
        RequestState::Approved => StoredState::Approved,
        RequestState::Refused => StoredState::Refused,
        RequestState::Unknown => StoredState::Other,
    };
    StoredRequest {
        id: request.id.clone(),
        service: request.service.clone(),
        state,
        filed_at: request.filed_at.as_second(),
        body: request,
    }
}
