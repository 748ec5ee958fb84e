//! [`RequestFormHandler`]: a service's form, its draft, and its submission through the outbox.

use std::sync::Arc;

use fos_wire::LocalizedText;
use fos_wire::family::Family;
use fos_wire::form::Form as ServiceForm;
use jiff::Timestamp;

use super::schema;
use crate::error::Error;
use crate::forms::{
    Draft, DraftStorage, FieldSpec, Form, FormHandler, FormHeader, FormSubmission, SubmitFuture, Values,
};
use crate::i18n::FormatArg;
use crate::observe::Change;
use crate::session::{
    IdempotencyKey, MemberSession, OutboxPayload, SessionManager, may_be_expired, with_first_sent,
};
use crate::storage::{OutboxEntry, StoredDraft};

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
        key: if may_be_expired(entry.first_sent_at, now) {
            String::new()
        } else {
            with_first_sent(&entry.key, entry.first_sent_at)
        },
        changed_at: now.as_second(),
        form: entry.form.clone(),
        content: DraftContent { values: entry.payload.values.clone() },
    }
}

/// Handler of a service's form.
pub(super) struct RequestFormHandler {
    pub(super) sessions: Arc<SessionManager>,
    pub(super) session: Arc<MemberSession>,
    pub(super) title: LocalizedText,
    pub(super) form: ServiceForm,
    /// JSON of the form, which drafts and entries store.
    pub(super) form_json: String,
    pub(super) key: Arc<IdempotencyKey>,
    /// Questions of an earlier version whose answers were dropped.
    pub(super) dropped: Vec<LocalizedText>,
}

/// Everything needed to open a service's form.
pub(super) struct RequestFormBuilder {
    pub(super) sessions: Arc<SessionManager>,
    pub(super) session: Arc<MemberSession>,
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
            session: Arc::clone(&self.session),
            service: form.service.clone(),
            form: self.form_json.clone(),
            key: Arc::clone(&key),
        };
        let draft = Draft::new(storage, self.session.scope().clone());
        let handler = Arc::new(RequestFormHandler {
            sessions: Arc::clone(&self.sessions),
            session: self.session,
            title: self.title,
            form,
            form_json: self.form_json,
            key,
            dropped,
        });
        let form = Form::new("request-form", fields, handler, self.sessions).with_draft(draft);
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
    session: Arc<MemberSession>,
    service: String,
    form: String,
    key: Arc<IdempotencyKey>,
}

impl DraftStorage for ServiceDraftStorage {
    fn put(&self, values: &Values) -> Result<(), Error> {
        Ok(self.session.db().put_draft(&StoredDraft {
            service: self.service.clone(),
            key: self.key.value().clone(),
            changed_at: self.session.context().now().as_second(),
            form: self.form.clone(),
            content: DraftContent { values: values.clone() },
        })?)
    }

    fn remove(&self) -> Result<(), Error> {
        Ok(self.session.db().remove_draft(&self.service)?)
    }

    fn on_save_state_changed(&self) {
        self.session.context().notify(Change::Form);
    }
}

impl FormHandler for RequestFormHandler {
    fn header(&self) -> FormHeader {
        let localizer = self.session.context().localizer();
        let dropped: Vec<&str> = self.dropped.iter().map(|label| label.get(localizer.language())).collect();
        let dropped = dropped.join(&localizer.message("list-separator"));
        FormHeader {
            title: self.title.get(localizer.language()).to_owned(),
            steps: None,
            intro: (!self.dropped.is_empty())
                .then(|| localizer.format("form-lost", &[("fields", FormatArg::Text(&dropped))])),
            action: "file",
            notice: Some(localizer.message("notice-request")),
        }
    }

    fn submit(self: Arc<Self>, submission: FormSubmission) -> SubmitFuture {
        Box::pin(async move { self.queue_and_deliver(submission).await })
    }

    fn has_review(&self) -> bool {
        true
    }

    fn is_queued(&self) -> bool {
        true
    }
}
