//! Submission of a service's form: the draft becomes an outbox entry in one transaction, then the outbox is delivered once
//! and the outcome is shown. Offline the entry stays pending and [`super::outbox`] continues.

use std::sync::{MutexGuard, PoisonError};

use fos_wire::request::Request;

use super::form_handler::{RequestFormHandler, draft_of};
use super::outbox::{OutboxPayload, RejectedEntry, blocked_phrase};
use crate::error::Error;
use crate::forms::FormSubmission;
use crate::i18n::{FormatArg, Identifier};
use crate::observe::Change;
use crate::storage::{OutboxEntry, StoredRequest};

/// Confirmation of a submission, and the filed request's id.
pub(super) struct SubmitOutcome {
    /// Confirmation for the member.
    pub(super) message: String,
    /// Id of the request, once filed.
    pub(super) filed: Option<String>,
}

impl RequestFormHandler {
    /// Moves the draft into the outbox, delivers the outbox once and stores the outcome.
    ///
    /// # Errors
    /// [`Error::Storage`] when the entry cannot be stored: the draft stays. [`Error::FieldsRejected`] when the portal rejects
    /// answers: the entry returns to draft.
    pub(super) async fn queue_and_deliver(&self, submission: FormSubmission) -> Result<(), Error> {
        let entry = OutboxEntry {
            seq: 0,
            key: self.key.get_or_generate(self.context.clock.now())?,
            service: self.form.service.clone(),
            queued_at: self.context.clock.now().as_second(),
            blocked: None,
            form: self.form_json.clone(),
            payload: OutboxPayload {
                version: self.form.version,
                body: submission.body().clone(),
                values: submission.into_values(),
            },
        };
        self.member.db().queue(&entry)?;
        self.context.observers.notify(Change::Requests);
        // The entry is stored: whatever stops the delivery, the outbox retries.
        let delivery = self.outbox.deliver(&self.member).await;
        let outcome = self.outcome_of(&entry, delivery)?;
        *self.outcome() = Some(outcome);
        self.key.value().clear();
        Ok(())
    }

    /// Determines the result after a delivery: filed, queued, blocked, or returned to draft with problems to fix.
    fn outcome_of(
        &self,
        entry: &OutboxEntry<OutboxPayload>,
        delivery: Result<Vec<RejectedEntry>, Error>,
    ) -> Result<SubmitOutcome, Error> {
        let localizer = self.context.localizer();
        let remaining: Vec<OutboxEntry<OutboxPayload>> = self.member.db().outbox()?;
        let Some(remaining) = remaining.into_iter().find(|remaining| remaining.key == entry.key) else {
            let filed: Option<StoredRequest<Request>> = self.member.db().request_by_key(&entry.key)?;
            let filed = filed.ok_or_else(|| Error::Bug("filed-without-number".to_owned()))?;
            let number = Identifier::new(&filed.body.number).shown;
            let message = localizer.format("request-filed", &[("number", FormatArg::Text(&number))]);
            return Ok(SubmitOutcome { message, filed: Some(filed.id) });
        };
        let Some(reason) = remaining.blocked else {
            self.outbox.notify();
            let is_signed_out =
                matches!(delivery, Err(Error::SessionEnded)) || !self.context.state().signed_in();
            let phrase = if is_signed_out { "request-waits-sign-in" } else { "request-waits" };
            return Ok(SubmitOutcome { message: localizer.message(phrase), filed: None });
        };
        let rejected = delivery.unwrap_or_default().into_iter().find(|rejected| rejected.key == entry.key);
        if let Some(RejectedEntry { fields, .. }) = rejected.filter(|rejected| !rejected.fields.is_empty()) {
            self.return_to_draft(entry)?;
            return Err(Error::FieldsRejected(fields));
        }
        Ok(SubmitOutcome { message: localizer.message(blocked_phrase(reason)), filed: None })
    }

    /// Locks the outcome of the last submission.
    pub(super) fn outcome(&self) -> MutexGuard<'_, Option<SubmitOutcome>> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns an entry to draft. Submitted again, it is the same request.
    fn return_to_draft(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<(), Error> {
        let draft = draft_of(entry, self.context.clock.now());
        self.member.db().return_to_draft(&entry.key, &draft)?;
        self.context.observers.notify(Change::Requests);
        Ok(())
    }
}
