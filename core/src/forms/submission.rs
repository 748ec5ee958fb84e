//! Submission of a form: from the tap to the outcome, and what becomes of the input.

use std::sync::Arc;

use super::form::Form;
use super::spec::FieldSpec;
use super::{FieldKindSpec, SecretInput, SubmitOutcome};
use crate::error::{Error, FosError};
use crate::observe::Change;

impl Form {
    /// Appends, to a connection error, whether the input is stored and will be sent.
    pub(super) fn with_unsent_note(&self, error: FosError) -> FosError {
        let is_stored = self.draft.is_some() && self.state().values.values().any(|value| !value.is_empty());
        let phrase = self.handler.unsent_phrase().or_else(|| is_stored.then_some("input-kept"));
        match phrase {
            Some(phrase) => error.with_note(&self.context().localizer().message(phrase)),
            None => error,
        }
    }

    pub(super) async fn submit_now(&self, secrets: Vec<SecretInput>) -> Result<SubmitOutcome, Error> {
        // A second tap during a submission does nothing.
        let Ok(_submitting) = self.submitting.try_lock() else {
            return Err(Error::NotAllowed("working"));
        };
        let submission = self.validate_or_advance(secrets);
        self.context().notify(Change::Form);
        let Some(submission) = submission? else { return Ok(SubmitOutcome::NextSection) };
        if !self.handler.is_queued() {
            self.context().ensure_sending_allowed().await?;
        }
        // Flushed first, so that no debounced write follows the submission.
        self.flush_draft();
        let outcome = Arc::clone(&self.handler).submit(submission).await;
        match &outcome {
            Ok(_) => self.reset(),
            Err(Error::InvalidCredentials) => self.discard_secrets(),
            Err(Error::FieldsRejected(problems)) => {
                let is_shown = self.show_server_problems(problems);
                let is_rejected = |field: &FieldSpec| {
                    matches!(field.kind, FieldKindSpec::Secret { new: false })
                        && problems.iter().any(|problem| problem.field == field.wire_name)
                };
                if self.fields.iter().any(is_rejected) {
                    self.discard_secrets();
                }
                self.context().notify(Change::Form);
                if is_shown {
                    return Err(Error::InvalidFields);
                }
            }
            Err(_) => {}
        }
        outcome
    }
}
