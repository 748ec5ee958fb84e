//! Submission of a service's form: the draft becomes an outbox entry in one transaction, then the outbox is delivered once
//! and the entry's outcome is returned. Offline the entry stays pending and the session's outbox continues.

use fos_wire::request::Request;
use tracing::info;

use super::form_handler::{RequestFormHandler, draft_of};
use crate::error::Error;
use crate::forms::{FormSubmission, SubmitOutcome};
use crate::i18n::{FormatArg, Identifier};
use crate::observe::Change;
use crate::session::{EntryOutcome, OutboxPayload, split_first_sent};
use crate::storage::{BlockedReason, OutboxEntry};

impl RequestFormHandler {
    /// Moves the draft into the outbox, delivers the outbox once and returns the outcome.
    ///
    /// # Errors
    /// [`Error::Storage`] when the entry cannot be stored: the draft stays. [`Error::FieldsRejected`] when the portal rejects
    /// answers: the entry returns to draft.
    pub(super) async fn queue_and_deliver(&self, submission: FormSubmission) -> Result<SubmitOutcome, Error> {
        let now = self.session.context().now();
        let key = self.key.get_or_generate(now)?;
        let (key, first_sent_at) = split_first_sent(&key);
        let entry = OutboxEntry {
            seq: 0,
            key: key.to_owned(),
            first_sent_at,
            service: self.form.service.clone(),
            queued_at: now.as_second(),
            blocked: None,
            form: self.form_json.clone(),
            payload: OutboxPayload {
                version: self.form.version,
                body: submission.body().clone(),
                values: submission.into_values(),
            },
        };
        let outcome = self.session.submit(&entry).await?;
        if let EntryOutcome::Blocked { existing: Some(existing), .. } = &outcome {
            self.fetch_existing(&existing.id).await;
        }
        let outcome = self.outcome_for_member(&entry, outcome)?;
        self.key.value().clear();
        Ok(outcome)
    }

    /// Converts a delivery's outcome. Rejected answers return to draft, for the member to correct.
    fn outcome_for_member(
        &self,
        entry: &OutboxEntry<OutboxPayload>,
        outcome: EntryOutcome,
    ) -> Result<SubmitOutcome, Error> {
        let localizer = self.session.context().localizer();
        match outcome {
            EntryOutcome::Filed(request) => {
                let number = Identifier::new(&request.number).shown;
                let message = localizer.format("request-filed", &[("number", FormatArg::Text(&number))]);
                Ok(SubmitOutcome::Filed { id: request.id, message })
            }
            EntryOutcome::Blocked { fields, .. } if !fields.is_empty() => {
                self.return_to_draft(entry)?;
                Err(Error::FieldsRejected(fields))
            }
            // The entry stays in the list, for the member to decide; its page is the request that leaves it no room.
            EntryOutcome::Blocked { existing: Some(existing), .. } => {
                let number = Identifier::new(&existing.number).shown;
                let message = localizer.format("already-requested", &[("number", FormatArg::Text(&number))]);
                Ok(SubmitOutcome::Filed { id: existing.id, message })
            }
            EntryOutcome::Blocked { reason, .. } => {
                Ok(SubmitOutcome::Queued { message: localizer.message(blocked_phrase(reason)) })
            }
            EntryOutcome::Pending(error) => {
                let is_signed_out = matches!(error, Error::SessionEnded | Error::SessionRevoked)
                    || !self.sessions.state().signed_in();
                let phrase = if is_signed_out { "request-waits-sign-in" } else { "request-waits" };
                Ok(SubmitOutcome::Queued { message: localizer.message(phrase) })
            }
        }
    }

    /// Fetches changed requests if this one is not on the phone yet. Without it, its page says so.
    async fn fetch_existing(&self, id: &str) {
        let stored = self.session.db().request::<Request>(id);
        if !matches!(stored, Ok(Some(_)))
            && let Err(error) = super::fetch_changes(&self.session).await
        {
            info!(code = error.code(), "requests not fetched");
        }
    }

    /// Returns an entry to draft. Submitted again, it is the same request.
    fn return_to_draft(&self, entry: &OutboxEntry<OutboxPayload>) -> Result<(), Error> {
        let context = self.session.context();
        self.session.db().return_to_draft(&entry.key, &draft_of(entry, context.now()))?;
        context.notify(Change::Requests);
        Ok(())
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
        BlockedReason::AlreadyRequested => "blocked-already-requested",
    }
}
