//! [`RequestFormHandler`]: a service's form, its draft, and its submission through the outbox.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::idempotency_key::{IdempotencyKey, may_be_expired};
use super::outbox::{Outbox, OutboxPayload, RejectedEntry, blocked_phrase};
use super::schema;
use crate::api::form::{Family, ServiceForm};
use crate::api::request::Request;
use crate::api::wire::LocalizedText;
use crate::context::AppContext;
use crate::error::Error;
use crate::forms::{
    Draft, DraftStorage, FieldSpec, Form, FormHandler, FormHeader, FormSubmission, SubmitFuture, Values,
};
use crate::i18n::{FormatArg, Identifier};
use crate::observe::Change;
use crate::storage::{MemberStore, OutboxEntry, StoredDraft, StoredRequest};

/// Answers in a draft. The field name is stored.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct DraftContent {
    pub(super) values: Values,
}

/// Converts an outbox entry to a draft. It stays the same request if submitted again, unless its idempotency key may be
/// expired: the member is then advised to check first if it arrived.
pub(super) fn draft_of(entry: &OutboxEntry<OutboxPayload>, now: Timestamp) -> StoredDraft<DraftContent> {
    StoredDraft {
        service: entry.service.clone(),
        key: if may_be_expired(&entry.key, now) { String::new() } else { entry.key.clone() },
        changed_at: now.as_second(),
        form: entry.form.clone(),
        content: DraftContent { values: entry.payload.values.clone() },
    }
}

/// Handler of a service's form.
pub(super) struct RequestFormHandler {
    context: Arc<AppContext>,
    member: Arc<MemberStore>,
    outbox: Arc<Outbox>,
    title: LocalizedText,
    form: ServiceForm,
    /// JSON of the form, which drafts and entries store.
    form_json: String,
    key: Arc<IdempotencyKey>,
    /// Questions of an earlier version whose answers were dropped.
    dropped: Vec<LocalizedText>,
    /// Result of the last submission.
    outcome: Mutex<Option<SubmitOutcome>>,
}

/// Confirmation of a submission, and the filed request's id.
struct SubmitOutcome {
    message: String,
    filed: Option<String>,
}

/// Everything needed to open a service's form.
pub(super) struct RequestFormBuilder {
    pub(super) context: Arc<AppContext>,
    pub(super) member: Arc<MemberStore>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) title: LocalizedText,
    pub(super) form_json: String,
    pub(super) family: Family,
    /// Draft to continue.
    pub(super) draft: Option<StoredDraft<DraftContent>>,
}

impl RequestFormBuilder {
    /// Builds the form with the draft's answers that still fit, and returns it with its version.
    pub(super) fn build(self) -> Result<(Arc<Form>, u32), Error> {
        let form = schema::parse(&self.form_json)?;
        let version = form.version;
        let fields = schema::fields(&form, &self.family);
        let (mut values, mut dropped, key) = (Values::new(), Vec::new(), Arc::new(IdempotencyKey::default()));
        if let Some(draft) = self.draft {
            *key.value() = draft.key;
            dropped = dropped_labels(&draft.form, &draft.content.values, &fields, &self.family);
            values = draft
                .content
                .values
                .into_iter()
                .filter(|(key, value)| still_fits(&fields, key, value))
                .collect();
        }
        let storage = ServiceDraftStorage {
            context: Arc::clone(&self.context),
            member: Arc::clone(&self.member),
            service: form.service.clone(),
            form: self.form_json.clone(),
            key: Arc::clone(&key),
        };
        let draft = Draft::new(storage, &self.context);
        let handler = Arc::new(RequestFormHandler {
            context: Arc::clone(&self.context),
            member: self.member,
            outbox: self.outbox,
            title: self.title,
            form,
            form_json: self.form_json,
            key,
            dropped,
            outcome: Mutex::default(),
        });
        let form = Form::new("request-form", fields, handler, self.context).with_draft(draft);
        form.load(values);
        Ok((Arc::new(form), version))
    }
}

/// Returns true if the answer fits the current form.
fn still_fits(fields: &[FieldSpec], key: &str, value: &str) -> bool {
    fields.iter().find(|field| field.key == key).is_some_and(|field| field.kind.offers(value))
}

/// Returns the labels of an earlier form whose answers no longer fit.
fn dropped_labels(
    former: &str,
    values: &Values,
    fields: &[FieldSpec],
    family: &Family,
) -> Vec<LocalizedText> {
    let Ok(former) = schema::parse(former) else { return Vec::new() };
    let answered = schema::fields(&former, family);
    let mut dropped: Vec<LocalizedText> = answered
        .iter()
        .filter(|field| {
            values
                .get(&field.key)
                .is_some_and(|value| !value.is_empty() && !still_fits(fields, &field.key, value))
        })
        .filter_map(FieldSpec::portal_label)
        .collect();
    dropped.dedup();
    dropped
}

/// Draft in the member's database, beside the form's JSON.
struct ServiceDraftStorage {
    context: Arc<AppContext>,
    member: Arc<MemberStore>,
    service: String,
    form: String,
    key: Arc<IdempotencyKey>,
}

impl DraftStorage for ServiceDraftStorage {
    fn put(&self, values: &Values) -> Result<(), Error> {
        Ok(self.member.db().put_draft(&StoredDraft {
            service: self.service.clone(),
            key: self.key.value().clone(),
            changed_at: self.context.clock.now().as_second(),
            form: self.form.clone(),
            content: DraftContent { values: values.clone() },
        })?)
    }

    fn remove(&self) -> Result<(), Error> {
        Ok(self.member.db().remove_draft(&self.service)?)
    }

    fn on_save_state_changed(&self) {
        self.context.observers.notify(Change::Form);
    }
}

impl RequestFormHandler {
    async fn file(&self, submission: FormSubmission) -> Result<(), Error> {
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
        let entry_left: Vec<OutboxEntry<OutboxPayload>> = self.member.db().outbox()?;
        let Some(entry_left) = entry_left.into_iter().find(|entry_left| entry_left.key == entry.key) else {
            let filed: Option<StoredRequest<Request>> = self.member.db().request_by_key(&entry.key)?;
            let filed = filed.ok_or_else(|| Error::Bug("filed-without-number".to_owned()))?;
            let number = Identifier::new(&filed.body.number).shown;
            let localizer = localizer.format("request-filed", &[("number", FormatArg::Text(&number))]);
            return Ok(SubmitOutcome { message: localizer, filed: Some(filed.id) });
        };
        let Some(reason) = entry_left.blocked else {
            self.outbox.notify();
            let is_signed_out =
                matches!(delivery, Err(Error::SessionEnded)) || !self.context.state().signed_in();
            let message = if is_signed_out { "request-waits-sign-in" } else { "request-waits" };
            return Ok(SubmitOutcome { message: localizer.message(message), filed: None });
        };
        let rejected = delivery.unwrap_or_default().into_iter().find(|rejected| rejected.key == entry.key);
        if let Some(RejectedEntry { fields, .. }) = rejected.filter(|rejected| !rejected.fields.is_empty()) {
            self.return_to_draft(entry)?;
            return Err(Error::FieldsRejected(fields));
        }
        Ok(SubmitOutcome { message: localizer.message(blocked_phrase(reason)), filed: None })
    }

    fn outcome(&self) -> MutexGuard<'_, Option<SubmitOutcome>> {
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

impl FormHandler for RequestFormHandler {
    fn header(&self) -> FormHeader {
        let localizer = self.context.localizer();
        let dropped: Vec<&str> = self.dropped.iter().map(|label| label.get(localizer.language())).collect();
        let dropped = dropped.join(&localizer.message("list-separator"));
        let (outcome, filed) =
            self.outcome().as_ref().map(|outcome| (outcome.message.clone(), outcome.filed.clone())).unzip();
        FormHeader {
            title: self.title.get(localizer.language()).to_owned(),
            steps: None,
            intro: (!self.dropped.is_empty())
                .then(|| localizer.format("form-lost", &[("fields", FormatArg::Text(&dropped))])),
            action: "file",
            notice: Some(localizer.message("notice-request")),
            done: outcome,
            filed: filed.flatten(),
        }
    }

    fn reset_result(&self) {
        *self.outcome() = None;
    }

    fn submit(self: Arc<Self>, submission: FormSubmission) -> SubmitFuture {
        Box::pin(async move { self.file(submission).await })
    }

    fn is_queued(&self) -> bool {
        true
    }
}
