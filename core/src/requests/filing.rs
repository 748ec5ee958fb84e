//! A service's form in a member's hands: its draft, and its way into the outbox.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::outbox::{Outbox, Sent};
use super::schema;
use crate::context::Context;
use crate::error::Trouble;
use crate::forms::{
    Draft, DraftPlace, FieldKindSpec, FieldSpec, Filled, Form, FormOwner, Frame, Sending, Values, wishes,
};
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

/// The owner of one service's form.
pub(super) struct Filing {
    context: Arc<Context>,
    member: Arc<MemberStore>,
    outbox: Arc<Outbox>,
    title: Both,
    form: ServiceForm,
    /// The form's own text, which a draft keeps beside what was filled in.
    text: String,
    standing: Arc<Mutex<Standing>>,
    /// What a former version asked and this one does not.
    lost: Vec<Both>,
    /// What to say once it was sent.
    done: Mutex<Option<String>>,
}

/// How one piece of work stands, for its form and its draft alike.
#[derive(Default)]
struct Standing {
    /// Under which it was sent before; nothing until it is sent.
    key: String,
    /// It stands in the outbox, and is no draft: whoever went on with one would file it twice.
    in_outbox: bool,
}

/// What a form is opened with.
pub(super) struct Opening {
    pub(super) context: Arc<Context>,
    pub(super) member: Arc<MemberStore>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) title: Both,
    pub(super) text: String,
    pub(super) family: Family,
}

impl Opening {
    /// The service's form, with what its draft kept that still fits.
    pub(super) fn form(self) -> Result<Arc<Form>, Trouble> {
        let form = schema::read(&self.text)?;
        let fields = schema::fields(&form, &self.family);
        let draft: Option<StoredDraft<Kept>> = self.member.sealed().draft(&form.service)?;
        let (mut values, mut lost, mut key) = (Values::new(), Vec::new(), String::new());
        if let Some(draft) = draft {
            key = draft.key;
            lost = unfit(&draft.form, &draft.filled.values, &fields, &self.family);
            values = draft.filled.values.into_iter().filter(|(key, value)| fits(&fields, key, value)).collect();
        }
        let standing = Arc::new(Mutex::new(Standing { key, in_outbox: false }));
        let place = OfAService {
            context: Arc::clone(&self.context),
            member: Arc::clone(&self.member),
            service: form.service.clone(),
            form: self.text.clone(),
            standing: Arc::clone(&standing),
        };
        let draft = Draft::new(place, self.context.runtime.handle());
        let name = format!("request:{}", form.service);
        let owner = Arc::new(Filing {
            context: Arc::clone(&self.context),
            member: self.member,
            outbox: self.outbox,
            title: self.title,
            form,
            text: self.text,
            standing,
            lost,
            done: Mutex::default(),
        });
        let filled: Vec<(&str, &str)> = values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let form = Form::new(&name, fields, owner, self.context).kept_in(draft)?;
        form.begin_with(&filled);
        Ok(Arc::new(form))
    }
}

/// Whether a kept value still has its place.
fn fits(fields: &[FieldSpec], key: &str, value: &str) -> bool {
    fields.iter().find(|field| field.key == key).is_some_and(|field| match &field.kind {
        FieldKindSpec::Choice { options, .. } => options.iter().any(|option| option.key == value),
        FieldKindSpec::Wishes { options, .. } => {
            wishes(value).all(|wish| options.iter().any(|option| option.key == wish))
        }
        _ => true,
    })
}

/// The questions of a former form whose answers have no place any more.
fn unfit(former: &str, values: &Values, fields: &[FieldSpec], family: &Family) -> Vec<Both> {
    let Ok(former) = schema::read(former) else { return Vec::new() };
    let answered = schema::fields(&former, family);
    let mut lost: Vec<Both> = answered
        .iter()
        .filter(|field| values.get(&field.key).is_some_and(|value| !value.is_empty() && !fits(fields, &field.key, value)))
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
    standing: Arc<Mutex<Standing>>,
}

impl DraftPlace for OfAService {
    fn left(&self) -> Result<Values, Trouble> {
        let draft: Option<StoredDraft<Kept>> = self.member.sealed().draft(&self.service)?;
        Ok(draft.map(|draft| draft.filled.values).unwrap_or_default())
    }

    fn put(&self, values: &Values) -> Result<(), Trouble> {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if standing.in_outbox {
            return Ok(());
        }
        Ok(self.member.sealed().put_draft(&StoredDraft {
            service: self.service.clone(),
            key: standing.key.clone(),
            changed_at: self.context.time.now().as_second(),
            form: self.form.clone(),
            filled: Kept { values: values.clone() },
        })?)
    }

    /// What was sent goes, and with it its key: what is typed from now on is other work.
    fn remove(&self) -> Result<(), Trouble> {
        let mut standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        self.member.sealed().remove_draft(&self.service)?;
        *standing = Standing::default();
        Ok(())
    }
}

impl Filing {
    async fn file(&self, filled: Filled) -> Result<(), Trouble> {
        let entry = StoredOutbox {
            key: self.own_key()?,
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
        {
            let mut standing = self.standing();
            self.member.sealed().send(&entry)?;
            standing.in_outbox = true;
        }
        self.context.watchers.announce(Change::Requests);
        // Whatever keeps it from the portal, it is kept: the outbox goes on trying.
        let delivered = self.outbox.deliver(&self.member).await;
        self.settle(&entry, delivered)
    }

    /// What became of it: filed, waiting, or refused and in the member's hands again.
    fn settle(&self, entry: &StoredOutbox<Sent>, delivered: Result<(), Trouble>) -> Result<(), Trouble> {
        let words = self.context.words();
        let left: Vec<StoredOutbox<Sent>> = self.member.sealed().outbox()?;
        let done = match left.iter().find(|other| other.key == entry.key) {
            None => {
                let number = self.number_of(entry)?;
                let number = Identifier::new(&number).shown;
                words.say_with("request-filed", &[("number", Told::Text(&number))])
            }
            Some(waiting) if waiting.held.is_empty() => words.say("request-waits"),
            Some(held) => {
                let why = held.held.clone();
                self.take_back(entry)?;
                return Err(Trouble::Held(why));
            }
        };
        if let Err(trouble @ (Trouble::Storage(_) | Trouble::Bug(_))) = delivered {
            return Err(trouble);
        }
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
        // What is typed into this form from now on is other work.
        self.standing().key.clear();
        Ok(())
    }
}

impl Filing {
    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key under which this work is sent, drawn once.
    fn own_key(&self) -> Result<String, Trouble> {
        let mut standing = self.standing();
        if standing.key.is_empty() {
            let mut drawn = [0; 16];
            getrandom::fill(&mut drawn).map_err(|error| Trouble::Storage(error.to_string()))?;
            standing.key = hex::encode(drawn);
        }
        Ok(standing.key.clone())
    }

    fn number_of(&self, entry: &StoredOutbox<Sent>) -> Result<String, Trouble> {
        let filed: Option<StoredRequest<Request>> = self.member.sealed().request_sent_as(&entry.key)?;
        filed.map(|filed| filed.told.number).ok_or_else(|| Trouble::Bug("filed-without-number".to_owned()))
    }

    /// Out of the outbox, to be mended. Sent again it is the same request.
    fn take_back(&self, entry: &StoredOutbox<Sent>) -> Result<(), Trouble> {
        let draft = StoredDraft {
            service: entry.service.clone(),
            key: entry.key.clone(),
            changed_at: self.context.time.now().as_second(),
            form: entry.form.clone(),
            filled: Kept { values: entry.filled.values.clone() },
        };
        let mut standing = self.standing();
        self.member.sealed().take_back(&entry.key, &draft)?;
        standing.in_outbox = false;
        drop(standing);
        self.context.watchers.announce(Change::Requests);
        Ok(())
    }
}

impl FormOwner for Filing {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        let lost: Vec<&str> = self.lost.iter().map(|label| label.in_language(words.language())).collect();
        let lost = lost.join(&words.say("list-separator"));
        Frame {
            title: self.title.in_language(words.language()).to_owned(),
            steps: None,
            intro: (!self.lost.is_empty())
                .then(|| words.say_with("form-lost", &[("fields", Told::Text(&lost))])),
            action: "file",
            notice: Some(words.say("notice-request")),
            done: self.done.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        Box::pin(async move { self.file(filled).await })
    }

    fn can_wait(&self) -> bool {
        true
    }
}
