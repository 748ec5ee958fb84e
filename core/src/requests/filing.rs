//! A service's form in a member's hands: its draft, and its way into the outbox.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::key::{OwnKey, may_be_forgotten};
use super::outbox::{Outbox, Refused, Sent};
use super::schema;
use crate::context::Context;
use crate::error::Trouble;
use crate::forms::{Draft, DraftPlace, FieldSpec, Filled, Form, FormOwner, Frame, Sending, Values};
use crate::language::{Identifier, Told};
use crate::portal::form::{Family, ServiceForm};
use crate::portal::request::Request;
use crate::portal::wire::Both;
use crate::store::{MemberStore, StoredDraft, StoredOutbox, StoredRequest};
use crate::watch::Change;

/// What a draft keeps.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    pub(super) values: Values,
}

/// What was sent, in the member's hands again. Sent once more it is the same request, unless it lay too long for the
/// portal to know it: the member was told to look first whether it had arrived.
pub(super) fn draft_of(entry: &StoredOutbox<Sent>, now: Timestamp) -> StoredDraft<Kept> {
    StoredDraft {
        service: entry.service.clone(),
        key: if may_be_forgotten(&entry.key, now) { String::new() } else { entry.key.clone() },
        changed_at: now.as_second(),
        form: entry.form.clone(),
        filled: Kept { values: entry.filled.values.clone() },
    }
}

/// The owner of one service's form.
pub(super) struct Filing {
    context: Arc<Context>,
    member: Arc<MemberStore>,
    outbox: Arc<Outbox>,
    title: Both,
    form: ServiceForm,
    /// The form's own text, which a draft keeps beside what was filled in.
    text: String,
    key: Arc<OwnKey>,
    /// What a former version asked and this one does not.
    lost: Vec<Both>,
    /// What came of it, once it was sent.
    done: Mutex<Option<Done>>,
}

/// What to say of a form that was sent, and which request came of it.
struct Done {
    words: String,
    filed: Option<String>,
}

/// What a form is opened with.
pub(super) struct Opening {
    pub(super) context: Arc<Context>,
    pub(super) member: Arc<MemberStore>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) title: Both,
    pub(super) text: String,
    pub(super) family: Family,
    /// What was filled in before.
    pub(super) draft: Option<StoredDraft<Kept>>,
}

impl Opening {
    /// The service's form, with what its draft kept that still fits; and its version.
    pub(super) fn form(self) -> Result<(Arc<Form>, u32), Trouble> {
        let form = schema::read(&self.text)?;
        let version = form.version;
        let fields = schema::fields(&form, &self.family);
        let (mut values, mut lost, key) = (Values::new(), Vec::new(), Arc::new(OwnKey::default()));
        if let Some(draft) = self.draft {
            *key.now() = draft.key;
            lost = unfit(&draft.form, &draft.filled.values, &fields, &self.family);
            values =
                draft.filled.values.into_iter().filter(|(key, value)| fits(&fields, key, value)).collect();
        }
        let place = OfAService {
            context: Arc::clone(&self.context),
            member: Arc::clone(&self.member),
            service: form.service.clone(),
            form: self.text.clone(),
            key: Arc::clone(&key),
        };
        let draft = Draft::new(place, &self.context);
        let owner = Arc::new(Filing {
            context: Arc::clone(&self.context),
            member: self.member,
            outbox: self.outbox,
            title: self.title,
            form,
            text: self.text,
            key,
            lost,
            done: Mutex::default(),
        });
        let form = Form::new("request-form", fields, owner, self.context).kept_in(draft);
        form.begin_with(values);
        Ok((Arc::new(form), version))
    }
}

/// Whether a kept value still has its place.
fn fits(fields: &[FieldSpec], key: &str, value: &str) -> bool {
    fields.iter().find(|field| field.key == key).is_some_and(|field| field.kind.offers(value))
}

/// The questions of a former form whose answers have no place any more.
fn unfit(former: &str, values: &Values, fields: &[FieldSpec], family: &Family) -> Vec<Both> {
    let Ok(former) = schema::read(former) else { return Vec::new() };
    let answered = schema::fields(&former, family);
    let mut lost: Vec<Both> = answered
        .iter()
        .filter(|field| {
            values.get(&field.key).is_some_and(|value| !value.is_empty() && !fits(fields, &field.key, value))
        })
        .filter_map(FieldSpec::served_label)
        .collect();
    lost.dedup();
    lost
}

/// In the member's own file, beside the form it is filled in by.
struct OfAService {
    context: Arc<Context>,
    member: Arc<MemberStore>,
    service: String,
    form: String,
    key: Arc<OwnKey>,
}

impl DraftPlace for OfAService {
    fn put(&self, values: &Values) -> Result<(), Trouble> {
        Ok(self.member.sealed().put_draft(&StoredDraft {
            service: self.service.clone(),
            key: self.key.now().clone(),
            changed_at: self.context.time.now().as_second(),
            form: self.form.clone(),
            filled: Kept { values: values.clone() },
        })?)
    }

    fn remove(&self) -> Result<(), Trouble> {
        Ok(self.member.sealed().remove_draft(&self.service)?)
    }

    fn told_otherwise(&self) {
        self.context.watchers.announce(Change::Form);
    }
}

impl Filing {
    async fn file(&self, filled: Filled) -> Result<(), Trouble> {
        let entry = StoredOutbox {
            place: 0,
            key: self.key.drawn(self.context.time.now())?,
            service: self.form.service.clone(),
            sent_at: self.context.time.now().as_second(),
            held: String::new(),
            form: self.text.clone(),
            filled: Sent {
                version: self.form.version,
                body: filled.body().clone(),
                values: filled.into_values(),
            },
        };
        self.member.sealed().send(&entry)?;
        self.context.watchers.announce(Change::Requests);
        // Whatever keeps it from the portal, it is kept: the outbox goes on trying.
        let delivered = self.outbox.deliver(&self.member).await;
        let done = self.settle(&entry, delivered)?;
        *self.done() = Some(done);
        self.key.now().clear();
        Ok(())
    }

    /// What became of it: filed, waiting for the network or for the member, or in their hands again to be mended.
    fn settle(
        &self,
        entry: &StoredOutbox<Sent>,
        delivered: Result<Vec<Refused>, Trouble>,
    ) -> Result<Done, Trouble> {
        let words = self.context.words();
        let left: Vec<StoredOutbox<Sent>> = self.member.sealed().outbox()?;
        let Some(left) = left.into_iter().find(|left| left.key == entry.key) else {
            let filed: Option<StoredRequest<Request>> = self.member.sealed().request_sent_as(&entry.key)?;
            let filed = filed.ok_or_else(|| Trouble::Bug("filed-without-number".to_owned()))?;
            let number = Identifier::new(&filed.told.number).shown;
            let words = words.say_with("request-filed", &[("number", Told::Text(&number))]);
            return Ok(Done { words, filed: Some(filed.id) });
        };
        if left.held.is_empty() {
            self.outbox.ring();
            let signed_out =
                matches!(delivered, Err(Trouble::SessionEnded)) || !self.context.state().signed_in();
            let waits = if signed_out { "request-waits-sign-in" } else { "request-waits" };
            return Ok(Done { words: words.say(waits), filed: None });
        }
        let refused = delivered.unwrap_or_default().into_iter().find(|refused| refused.key == entry.key);
        if let Some(Refused { fields, .. }) = refused.filter(|refused| !refused.fields.is_empty()) {
            self.take_back(entry)?;
            return Err(Trouble::Fields(fields));
        }
        Ok(Done { words: words.say(&left.held), filed: None })
    }

    fn done(&self) -> MutexGuard<'_, Option<Done>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Out of the outbox, to be mended. Sent again it is the same request.
    fn take_back(&self, entry: &StoredOutbox<Sent>) -> Result<(), Trouble> {
        let draft = draft_of(entry, self.context.time.now());
        self.member.sealed().take_back(&entry.key, &draft)?;
        self.context.watchers.announce(Change::Requests);
        Ok(())
    }
}

impl FormOwner for Filing {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        let lost: Vec<&str> = self.lost.iter().map(|label| label.in_language(words.language())).collect();
        let lost = lost.join(&words.say("list-separator"));
        let (done, filed) = self.done().as_ref().map(|done| (done.words.clone(), done.filed.clone())).unzip();
        Frame {
            title: self.title.in_language(words.language()).to_owned(),
            steps: None,
            intro: (!self.lost.is_empty())
                .then(|| words.say_with("form-lost", &[("fields", Told::Text(&lost))])),
            action: "file",
            notice: Some(words.say("notice-request")),
            done,
            filed: filed.flatten(),
        }
    }

    fn begins_anew(&self) {
        *self.done() = None;
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        Box::pin(async move { self.file(filled).await })
    }

    fn can_wait(&self) -> bool {
        true
    }
}
