//! Requests: from «+» to the decision.
//!
//! ```text
//!  form ──input──▶ draft ──submit──▶ outbox ──delivered──▶ request on file ──sync──▶ its decision
//!                    ▲                  │
//!                    └─ return_to_draft ┘
//! ```
//!
//! Each arrow between stored states is one transaction: killed at any point, the member's work is in exactly one place
//! and is filed once.

mod form_handler;
mod idempotency_key;
mod outbox;
mod schema;
mod submit;
mod view;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::api::Cached;
use crate::context::AppContext;
use crate::error::{Error, FosError};
use crate::forms::Form;
use crate::i18n::FormatArg;
use crate::observe::Change;
use crate::storage::{CachedResponse, MemberStore, OutboxEntry, StoredDraft, StoredRequest};
use crate::views::FileView;
use form_handler::{DraftContent, RequestFormBuilder, draft_of};
use fos_wire::family::Family;
use fos_wire::paths;
use fos_wire::request::{Request, RequestChanges};
use fos_wire::service::Service;
use outbox::{Outbox, OutboxPayload};
pub use view::{RequestCardView, RequestGroupView, RequestTarget, RequestView, RequestsView};
use view::{RequestsData, ServiceLabel};

/// Names of forms and family among the cached responses.
const FORM: &str = "form";
const FAMILY: &str = "family";
/// Setting that holds the sync cursor.
const CURSOR: &str = "requests-cursor";
/// Number of requests that the list shows.
const LIST_LIMIT: u32 = 200;

/// Open forms by service, each with its version.
type OpenForms = HashMap<String, (u32, Arc<Form>)>;

/// Finds a service in the stored catalogue; `None` if it is no longer offered.
pub(crate) type FindService = Box<dyn Fn(&str) -> Option<Service> + Send + Sync>;

/// Requests of the signed-in member.
#[derive(uniffi::Object)]
pub struct Requests {
    context: Arc<AppContext>,
    service: FindService,
    outbox: Arc<Outbox>,
    /// Open forms and the member they belong to.
    open_forms: Mutex<Option<(Arc<MemberStore>, OpenForms)>>,
}

impl Requests {
    pub(crate) fn new(context: Arc<AppContext>, service: FindService) -> Arc<Self> {
        let outbox = Outbox::new(Arc::clone(&context));
        Arc::new(Self { context, service, outbox, open_forms: Mutex::default() })
    }

    /// Wakes the outbox. Returns at once.
    pub(crate) fn deliver_in_background(&self) {
        self.outbox.notify();
    }

    /// Delivers the outbox and returns the error that stopped it.
    pub(crate) async fn deliver_now(&self) -> Result<(), Error> {
        let member = self.context.member()?;
        self.outbox.deliver(&member).await.map(drop)
    }

    /// Returns the open form, as a rotated phone asks for it. Closes a form that the portal has replaced.
    fn reuse_open_form(
        &self,
        member: &Arc<MemberStore>,
        service: &str,
        newest: Option<u32>,
    ) -> Option<Arc<Form>> {
        let mut open = self.open_forms.lock().unwrap_or_else(PoisonError::into_inner);
        open.take_if(|(owner, _)| !Arc::ptr_eq(owner, member));
        let (_, forms) = open.as_mut()?;
        let (version, form) = forms.get(service)?;
        if newest.is_some_and(|newest| newest > *version) {
            form.flush_draft();
            forms.remove(service);
            return None;
        }
        form.blur_all();
        Some(Arc::clone(form))
    }

    fn remember_open_form(&self, member: Arc<MemberStore>, service: String, version: u32, form: &Arc<Form>) {
        let mut open = self.open_forms.lock().unwrap_or_else(PoisonError::into_inner);
        open.get_or_insert_with(|| (member, HashMap::new())).1.insert(service, (version, Arc::clone(form)));
    }

    fn close_form(&self, service: &str) {
        if let Some((_, forms)) = self.open_forms.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            forms.remove(service);
        }
    }

    async fn open_form(&self, service: String) -> Result<Arc<Form>, Error> {
        let member = self.context.member()?;
        let service_entry = (self.service)(&service);
        let newest = service_entry.as_ref().and_then(|service| service.form);
        if let Some(form) = self.reuse_open_form(&member, &service, newest) {
            return Ok(form);
        }
        let draft: Option<StoredDraft<DraftContent>> = member.db().draft(&service)?;
        let was_returned = draft.as_ref().is_some_and(|draft| !draft.key.is_empty());
        // Not for an entry that was returned to draft: the catalogue may be older than the portal's rejection.
        let text = self.form_json(&member, &service, newest.filter(|_| !was_returned)).await?;
        let family = self.fetch_cached(&member, FAMILY, paths::FAMILY).await?;
        let builder = RequestFormBuilder {
            context: Arc::clone(&self.context),
            member: Arc::clone(&member),
            outbox: Arc::clone(&self.outbox),
            title: ServiceLabel::of(service_entry, &service).title,
            form_json: text,
            family: parse_family(&family)?,
            draft,
        };
        let (form, version) = builder.build()?;
        self.remember_open_form(member, service, version, &form);
        Ok(form)
    }

    /// Returns the form's JSON: the cached one if it is the newest version, or else the portal's.
    async fn form_json(
        &self,
        member: &Arc<MemberStore>,
        service: &str,
        newest: Option<u32>,
    ) -> Result<String, Error> {
        let name = format!("{FORM}:{service}");
        let cached = member.cached_response(&name)?.map(|cached| cached.body);
        let is_newest = |text: &String| newest.is_some() && schema::version(text) == newest;
        match cached.filter(is_newest) {
            Some(text) => Ok(text),
            None => self.fetch_cached(member, &name, &paths::form(service)).await,
        }
    }

    /// Fetches a response of the portal; offline, returns the cached one.
    async fn fetch_cached(&self, member: &Arc<MemberStore>, name: &str, path: &str) -> Result<String, Error> {
        let cached = member.cached_response(name)?;
        let etag = cached.as_ref().and_then(|cached| cached.etag.as_deref());
        let response = self.context.session.get_if_changed(path, etag).await;
        self.context.ensure_current_member(member)?;
        match (response, cached) {
            (Ok(Cached::Modified { etag, body }), _) => {
                member.cache_response(name, &CachedResponse { etag, body: body.clone() })?;
                Ok(body)
            }
            (Ok(Cached::NotModified) | Err(Error::Unreachable(_) | Error::SessionEnded), Some(cached)) => {
                Ok(cached.body)
            }
            (Ok(Cached::NotModified), None) => Err(Error::Bug(format!("{name}-unchanged"))),
            (Err(error), _) => Err(error),
        }
    }

    async fn export_receipt(&self, id: &str) -> Result<FileView, Error> {
        let member = self.context.member()?;
        let request: Option<StoredRequest<Request>> = member.db().request(id)?;
        let number = request.ok_or(Error::NotFound)?.body.number;
        let pdf = self.outbox.receipt(&member, id).await?;
        let name = self.context.localizer().format("receipt-name", &[("number", FormatArg::Text(&number))]);
        Ok(FileView::pdf(&member.pdf_cache().export_for_viewer(&name, &pdf)?))
    }

    async fn sync(&self) -> Result<(), Error> {
        let member = self.context.member()?;
        // Maintenance and the like stop sending, never reading.
        let delivered = match self.outbox.deliver(&member).await {
            Err(error @ (Error::Unreachable(_) | Error::SessionEnded)) => return Err(error),
            delivered => delivered.map(drop),
        };
        self.fetch_changes(&member).await?;
        delivered
    }

    async fn fetch_changes(&self, member: &Arc<MemberStore>) -> Result<(), Error> {
        loop {
            let cursor = member.db().get::<String>(CURSOR)?.unwrap_or_default();
            let path = paths::requests_since(&cursor);
            let Cached::Modified { body, .. } = self.context.session.get_if_changed(&path, None).await?
            else {
                return Err(Error::Bug("requests-unchanged".to_owned()));
            };
            self.context.ensure_current_member(member)?;
            let changes: RequestChanges =
                serde_json::from_str(&body).map_err(|error| Error::UnexpectedResponse(error.to_string()))?;
            let has_changes = !changes.requests.is_empty();
            let requests: Vec<StoredRequest<Request>> =
                changes.requests.into_iter().map(outbox::to_stored).collect();
            member.db().put_requests(&requests, (CURSOR, &changes.cursor))?;
            if has_changes {
                self.context.observers.notify(Change::Requests);
            }
            if !changes.more {
                return Ok(());
            }
        }
    }

    fn load(&self) -> Result<RequestsData, Error> {
        self.context.flush_pending_writes();
        let member = self.context.member()?;
        let store = member.db();
        let family = member.cached_response(FAMILY)?.map(|cached| parse_family(&cached.body)).transpose()?;
        let (drafts, outbox, filed) = (store.drafts()?, store.outbox()?, store.requests(LIST_LIMIT)?);
        Ok(RequestsData { drafts, outbox, filed, family: family.unwrap_or_default() })
    }

    fn localize(&self, error: &Error) -> FosError {
        error.localize(&self.context.localizer())
    }
}

#[uniffi::export]
impl Requests {
    /// Returns the list of drafts, outbox entries and requests, from the database: immediate, and offline too.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn list(&self) -> Result<RequestsView, FosError> {
        let data = self.load().map_err(|error| self.localize(&error))?;
        let named = |service: &str| ServiceLabel::of((self.service)(service), service);
        let signed_in = self.context.state().signed_in();
        Ok(view::list(&data, named, signed_in, self.context.clock.now(), &self.context.localizer()))
    }

    /// Returns the page of a request on file.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when there is none with this id.
    pub fn request(&self, id: &str) -> Result<RequestView, FosError> {
        let found = self.context.member().and_then(|member| {
            let found: Option<StoredRequest<Request>> = member.db().request(id)?;
            found.ok_or(Error::NotFound)
        });
        let found = found.map_err(|error| self.localize(&error))?;
        let named = ServiceLabel::of((self.service)(&found.service), &found.service);
        Ok(view::request_view(&found.body, named, &self.context.localizer()))
    }

    /// Opens the service's form, with the draft's answers. Once fetched, it opens offline too.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it was never fetched; [`FosError::UpdateNeeded`] when this version cannot read it.
    pub async fn form(self: Arc<Self>, service: String) -> Result<Arc<Form>, FosError> {
        let requests = Arc::clone(&self);
        self.context.run(async move { requests.open_form(service).await }).await
    }

    /// Returns the receipt of a request for the system's viewer; fetched once, then stored encrypted.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not stored and cannot be fetched.
    pub async fn receipt(self: Arc<Self>, id: String) -> Result<FileView, FosError> {
        let requests = Arc::clone(&self);
        self.context.run(async move { requests.export_receipt(&id).await }).await
    }

    /// Delivers the outbox and fetches changed requests. [`Change::Requests`] follows if there were any.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: stored data stays.
    pub async fn refresh(self: Arc<Self>) -> Result<(), FosError> {
        let requests = Arc::clone(&self);
        self.context.run(async move { requests.sync().await }).await
    }

    /// Returns an outbox entry to draft and returns its service's id. Submitted again, it is the same request.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it has been delivered meanwhile.
    pub fn return_to_draft(&self, key: &str) -> Result<String, FosError> {
        self.move_to_draft(key).map_err(|error| self.localize(&error))
    }

    /// Deletes the draft of a service.
    ///
    /// # Errors
    /// [`FosError::Storage`] when it cannot be deleted.
    pub fn discard_draft(&self, service: &str) -> Result<(), FosError> {
        // Flushed first, so that no debounced write follows the deletion.
        self.context.flush_pending_writes();
        self.close_form(service);
        let dropped = self.context.member().and_then(|member| Ok(member.db().remove_draft(service)?));
        self.context.observers.notify(Change::Requests);
        dropped.map_err(|error| self.localize(&error))
    }
}

impl Requests {
    fn move_to_draft(&self, key: &str) -> Result<String, Error> {
        let member = self.context.member()?;
        let entries: Vec<OutboxEntry<OutboxPayload>> = member.db().outbox()?;
        let entry = entries
            .into_iter()
            .find(|entry| entry.key == key)
            .ok_or(Error::NotAllowed("error-left-already"))?;
        // A draft for the same service exists: neither may replace the other.
        if member.db().draft_changed_at(&entry.service)?.is_some() {
            return Err(Error::NotAllowed("error-draft-begun"));
        }
        member.db().return_to_draft(key, &draft_of(&entry, self.context.clock.now()))?;
        // The open form holds what was submitted; the returned entry replaces it.
        self.close_form(&entry.service);
        self.context.observers.notify(Change::Requests);
        Ok(entry.service)
    }
}

fn parse_family(body: &str) -> Result<Family, Error> {
    serde_json::from_str(body).map_err(|error| Error::UnexpectedResponse(error.to_string()))
}
