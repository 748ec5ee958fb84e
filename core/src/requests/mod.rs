//! «+»: a service's form, filled in and sent exactly once, and what becomes of it.
//!
//! A form is a draft in the member's file while it is filled in, an entry of the outbox once it is sent, and a request on file
//! once the portal has answered. Each move is one transaction.

mod filing;
mod key;
mod outbox;
mod schema;
mod view;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::context::Context;
use crate::error::{FosError, Trouble};
use crate::forms::Form;
use crate::language::Told;
use crate::portal::form::Family;
use crate::portal::request::{Changes, Request};
use crate::portal::wire::Service;
use crate::portal::{Fetched, paths};
use crate::store::{MemberStore, StoredDocument, StoredDraft, StoredOutbox, StoredRequest};
use crate::views::FileView;
use crate::watch::Change;
use filing::{Kept, Opening, draft_of};
use outbox::{Outbox, Sent};
use view::{Named, Work};
pub use view::{RequestCardView, RequestGroupView, RequestLead, RequestView, RequestsView};

/// The names of a service's form and of the family among the member's documents.
const FORM: &str = "form";
const FAMILY: &str = "family";
/// The name of the list's cursor among the sealed values.
const CURSOR: &str = "requests-cursor";
/// As many as a screen shows; what is older is asked for with the screen that shows it.
const MOST: u32 = 200;

/// By service, each with its version.
type OpenForms = HashMap<String, (u32, Arc<Form>)>;

/// Finds a service in the catalogue as it is kept; none where it is offered no more.
pub(crate) type FindService = Box<dyn Fn(&str) -> Option<Service> + Send + Sync>;

/// What the member asks the foundation for.
#[derive(uniffi::Object)]
pub struct Requests {
    context: Arc<Context>,
    service: FindService,
    outbox: Arc<Outbox>,
    /// The forms that are open, of the member they belong to.
    open: Mutex<Option<(Arc<MemberStore>, OpenForms)>>,
}

impl Requests {
    pub(crate) fn new(context: Arc<Context>, service: FindService) -> Arc<Self> {
        let outbox = Outbox::new(Arc::clone(&context));
        Arc::new(Self { context, service, outbox, open: Mutex::default() })
    }

    /// Sends what waits, in the background.
    pub(crate) fn send_what_waits(&self) {
        self.outbox.ring();
    }

    /// Sends what waits, and says whether it left.
    pub(crate) async fn send_now(&self) -> Result<(), Trouble> {
        let member = self.context.member()?;
        self.outbox.deliver(&member).await.map(drop)
    }

    /// The form that is open already, as a turned phone asks for it. One that the foundation has replaced is closed.
    fn opened(&self, member: &Arc<MemberStore>, service: &str, newest: Option<u32>) -> Option<Arc<Form>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.take_if(|(owner, _)| !Arc::ptr_eq(owner, member));
        let (_, forms) = open.as_mut()?;
        let (version, form) = forms.get(service)?;
        if newest.is_some_and(|newest| newest > *version) {
            form.write_draft();
            forms.remove(service);
            return None;
        }
        form.leave_all();
        Some(Arc::clone(form))
    }

    fn keep_open(&self, member: Arc<MemberStore>, service: String, version: u32, form: &Arc<Form>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get_or_insert_with(|| (member, HashMap::new())).1.insert(service, (version, Arc::clone(form)));
    }

    fn close(&self, service: &str) {
        if let Some((_, forms)) = self.open.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            forms.remove(service);
        }
    }

    async fn open_form(&self, service: String) -> Result<Arc<Form>, Trouble> {
        let member = self.context.member()?;
        let offered = (self.service)(&service);
        let newest = offered.as_ref().and_then(|service| service.form);
        if let Some(form) = self.opened(&member, &service, newest) {
            return Ok(form);
        }
        let draft: Option<StoredDraft<Kept>> = member.sealed().draft(&service)?;
        let came_back = draft.as_ref().is_some_and(|draft| !draft.key.is_empty());
        // Not where a request was sent and came back: the catalogue may be older than the portal's answer.
        let text = self.form_text(&member, &service, newest.filter(|_| !came_back)).await?;
        let family = self.document(&member, FAMILY, paths::FAMILY).await?;
        let opening = Opening {
            context: Arc::clone(&self.context),
            member: Arc::clone(&member),
            outbox: Arc::clone(&self.outbox),
            title: Named::of(offered, &service).title,
            text,
            family: read_family(&family)?,
            draft,
        };
        let (form, version) = opening.form()?;
        self.keep_open(member, service, version, &form);
        Ok(form)
    }

    /// The form's text. To know its newest version spares asking for one that is kept.
    async fn form_text(
        &self,
        member: &Arc<MemberStore>,
        service: &str,
        newest: Option<u32>,
    ) -> Result<String, Trouble> {
        let name = format!("{FORM}:{service}");
        let kept = member.document(&name)?.map(|kept| kept.body);
        let is_newest = |text: &String| newest.is_some() && schema::version(text) == newest;
        match kept.filter(is_newest) {
            Some(text) => Ok(text),
            None => self.document(member, &name, &paths::form(service)).await,
        }
    }

    /// A text of the portal's: as it is now, or as it is kept where the portal is out of reach.
    async fn document(&self, member: &Arc<MemberStore>, name: &str, path: &str) -> Result<String, Trouble> {
        let kept = member.document(name)?;
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let told = self.context.session.fetch(path, etag).await;
        self.context.still_here(member)?;
        match (told, kept) {
            (Ok(Fetched::New { etag, body }), _) => {
                member.put_document(name, &StoredDocument { etag, body: body.clone() })?;
                Ok(body)
            }
            (Ok(Fetched::Unchanged) | Err(Trouble::Unreachable(_) | Trouble::SessionEnded), Some(kept)) => {
                Ok(kept.body)
            }
            (Ok(Fetched::Unchanged), None) => Err(Trouble::Bug(format!("{name}-unchanged"))),
            (Err(trouble), _) => Err(trouble),
        }
    }

    async fn hand_out_receipt(&self, id: &str) -> Result<FileView, Trouble> {
        let member = self.context.member()?;
        let request: Option<StoredRequest<Request>> = member.sealed().request(id)?;
        let number = request.ok_or(Trouble::Unknown)?.told.number;
        let pdf = self.outbox.receipt(&member, id).await?;
        let name = self.context.words().say_with("receipt-name", &[("number", Told::Text(&number))]);
        Ok(FileView::pdf(&member.papers().hand_out(&name, &pdf)?))
    }

    async fn look(&self) -> Result<(), Trouble> {
        let member = self.context.member()?;
        // Maintenance and the like stop what is sent, never what is read (design §2).
        let sent = match self.outbox.deliver(&member).await {
            Err(trouble @ (Trouble::Unreachable(_) | Trouble::SessionEnded)) => return Err(trouble),
            sent => sent.map(drop),
        };
        self.fetch_changes(&member).await?;
        sent
    }

    async fn fetch_changes(&self, member: &Arc<MemberStore>) -> Result<(), Trouble> {
        loop {
            let cursor = member.sealed().get::<String>(CURSOR)?.unwrap_or_default();
            let path = paths::requests_since(&cursor);
            let Fetched::New { body, .. } = self.context.session.fetch(&path, None).await? else {
                return Err(Trouble::Bug("requests-unchanged".to_owned()));
            };
            self.context.still_here(member)?;
            let changes: Changes =
                serde_json::from_str(&body).map_err(|error| Trouble::Unreadable(error.to_string()))?;
            let is_news = !changes.requests.is_empty();
            let requests: Vec<StoredRequest<Request>> =
                changes.requests.into_iter().map(outbox::stored).collect();
            member.sealed().put_requests(&requests, (CURSOR, &changes.cursor))?;
            if is_news {
                self.context.watchers.announce(Change::Requests);
            }
            if !changes.more {
                return Ok(());
            }
        }
    }

    fn work(&self) -> Result<Work, Trouble> {
        self.context.write_what_is_behind();
        let member = self.context.member()?;
        let store = member.sealed();
        let family = member.document(FAMILY)?.map(|kept| read_family(&kept.body)).transpose()?;
        let (drafts, outbox, filed) = (store.drafts()?, store.outbox()?, store.requests(MOST)?);
        Ok(Work { drafts, outbox, filed, family: family.unwrap_or_default() })
    }

    fn told(&self, trouble: &Trouble) -> FosError {
        trouble.told(&self.context.words())
    }
}

#[uniffi::export]
impl Requests {
    /// All of them. From the phone: at once, and offline too.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's file does not read.
    pub fn list(&self) -> Result<RequestsView, FosError> {
        let work = self.work().map_err(|trouble| self.told(&trouble))?;
        let named = |service: &str| Named::of((self.service)(service), service);
        let signed_in = self.context.state().signed_in();
        Ok(view::list(&work, named, signed_in, self.context.time.now(), &self.context.words()))
    }

    /// One that is on file.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when there is none of this id.
    pub fn request(&self, id: &str) -> Result<RequestView, FosError> {
        let found = self.context.member().and_then(|member| {
            let found: Option<StoredRequest<Request>> = member.sealed().request(id)?;
            found.ok_or(Trouble::Unknown)
        });
        let found = found.map_err(|trouble| self.told(&trouble))?;
        let named = Named::of((self.service)(&found.service), &found.service);
        Ok(view::page(&found.told, named, &self.context.words()))
    }

    /// «+»: the service's form, with what was filled in before. Once fetched, it opens offline too.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it was never fetched; [`FosError::UpdateNeeded`] when this version does not understand it.
    pub async fn form(self: Arc<Self>, service: String) -> Result<Arc<Form>, FosError> {
        let requests = Arc::clone(&self);
        self.context.act(async move { requests.open_form(service).await }).await
    }

    /// The receipt of one on file, for the system to open or hand on: fetched once, then kept sealed.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not kept yet and cannot be fetched.
    pub async fn receipt(self: Arc<Self>, id: String) -> Result<FileView, FosError> {
        let requests = Arc::clone(&self);
        self.context.act(async move { requests.hand_out_receipt(&id).await }).await
    }

    /// Sends what waits and fetches what changed; [`Change::Requests`] follows when something did.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: what is kept goes on showing.
    pub async fn refresh(self: Arc<Self>) -> Result<(), FosError> {
        let requests = Arc::clone(&self);
        self.context.act(async move { requests.look().await }).await
    }

    /// Takes an entry out of the outbox and answers the service whose form it is in again. Sent once more, it is the same
    /// request to the portal.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it has left already.
    pub fn take_back(&self, key: &str) -> Result<String, FosError> {
        self.back_to_draft(key).map_err(|trouble| self.told(&trouble))
    }

    /// Drops what was filled in for this service and not sent.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not forget it.
    pub fn drop_draft(&self, service: &str) -> Result<(), FosError> {
        // Written first, nothing of it is written after.
        self.context.write_what_is_behind();
        self.close(service);
        let dropped = self.context.member().and_then(|member| Ok(member.sealed().remove_draft(service)?));
        self.context.watchers.announce(Change::Requests);
        dropped.map_err(|trouble| self.told(&trouble))
    }
}

impl Requests {
    fn back_to_draft(&self, key: &str) -> Result<String, Trouble> {
        let member = self.context.member()?;
        let waiting: Vec<StoredOutbox<Sent>> = member.sealed().outbox()?;
        let entry = waiting
            .into_iter()
            .find(|entry| entry.key == key)
            .ok_or(Trouble::NotNow("error-left-already"))?;
        // Another request for the same service is begun: neither may take the other's place.
        if member.sealed().draft_changed_at(&entry.service)?.is_some() {
            return Err(Trouble::NotNow("error-draft-begun"));
        }
        member.sealed().take_back(key, &draft_of(&entry, self.context.time.now()))?;
        // Whatever stood in the open form was sent: what is taken back takes its place.
        self.close(&entry.service);
        self.context.watchers.announce(Change::Requests);
        Ok(entry.service)
    }
}

fn read_family(body: &str) -> Result<Family, Trouble> {
    serde_json::from_str(body).map_err(|error| Trouble::Unreadable(error.to_string()))
}
