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
mod schema;
mod submit;
mod view;

use std::sync::Arc;

use fos_wire::family::Family;
use fos_wire::paths;
use fos_wire::request::{Request, RequestChanges};
use fos_wire::service::Service;
use tracing::info;

use crate::context::AppContext;
use crate::error::{Error, FosError};
use crate::forms::{AnswerSectionView, Form, answers, values_from_wire};
use crate::i18n::{FormatArg, Localizer};
use crate::observe::Change;
use crate::session::{CachedResource, MemberSession, OutboxPayload, SessionManager, to_stored};
use crate::storage::{OutboxEntry, REQUESTS_CURSOR, StoredDraft, StoredRequest};
use crate::views::FileView;
use form_handler::{DraftContent, RequestFormBuilder, draft_of};
pub use view::{
    DeleteDraftView, QueuedRequestView, RequestCardView, RequestGroupView, RequestTarget, RequestView,
    RequestsView,
};
use view::{RequestsData, ServiceLabel};

/// Name of a form among the cached responses, before the service's id. Stored.
const FORM: &str = "form";
/// Number of requests that the list shows.
const LIST_LIMIT: u32 = 200;

/// Requests of the signed-in member.
#[derive(uniffi::Object)]
pub struct Requests {
    sessions: Arc<SessionManager>,
}

impl Requests {
    pub(crate) fn new(sessions: Arc<SessionManager>) -> Arc<Self> {
        Arc::new(Self { sessions })
    }

    fn context(&self) -> &Arc<AppContext> {
        self.sessions.context()
    }

    async fn open_form(
        sessions: &Arc<SessionManager>,
        session: Arc<MemberSession>,
        service: String,
    ) -> Result<Arc<Form>, Error> {
        let service_entry = find_service(&session, &service);
        let newest = service_entry.as_ref().and_then(|service| service.form);
        if let Some(form) = session.open_form(&service, newest) {
            form.blur_all();
            return Ok(form);
        }
        let draft: Option<StoredDraft<DraftContent>> = session.db().draft(&service)?;
        let was_returned = draft.as_ref().is_some_and(|draft| !draft.key.is_empty());
        // Not for an entry that was returned to draft: the catalogue may be older than the portal's rejection.
        let form_json = form_json(&session, &service, newest.filter(|_| !was_returned)).await?;
        let family = session.family().fetch_or_stored(&session, is_cache_enough).await?;
        let builder = RequestFormBuilder {
            sessions: Arc::clone(sessions),
            session: Arc::clone(&session),
            title: ServiceLabel::of(service_entry, &service).title,
            form_json: form_json.to_string(),
            family: Family::clone(&family),
            draft,
        };
        let (form, version) = builder.build()?;
        session.keep_open(service, version, &form);
        Ok(form)
    }

    async fn export_receipt(session: &MemberSession, id: &str) -> Result<FileView, Error> {
        let request: Option<StoredRequest<Request>> = session.db().request(id)?;
        let number = request.ok_or(Error::NotFound)?.body.number;
        let pdf = session.receipt(id).await?;
        let localizer = session.context().localizer();
        let name = localizer.format("receipt-name", &[("number", FormatArg::Text(&number))]);
        Ok(FileView::pdf(&session.store().pdf_cache().export_for_viewer(&name, &pdf)?))
    }

    async fn sync(session: &MemberSession) -> Result<(), Error> {
        // Maintenance and the like stop sending, never reading.
        let delivered = match session.deliver_outbox().await {
            Err(error) if error.is_portal_away() || error.is_session_over() => {
                return Err(error);
            }
            delivered => delivered,
        };
        fetch_changes(session).await?;
        delivered
    }

    fn load(&self) -> Result<(Arc<MemberSession>, RequestsData), Error> {
        let session = self.sessions.session()?;
        session.flush_drafts();
        let family = session.family().stored(&session)?.map(|family| Family::clone(&family));
        let db = session.db();
        let (drafts, outbox, filed) = (db.drafts()?, db.outbox()?, db.requests(LIST_LIMIT)?);
        let data = RequestsData { drafts, outbox, filed, family: family.unwrap_or_default() };
        Ok((session, data))
    }

    fn localize(&self, error: &Error) -> FosError {
        self.context().localize(error)
    }
}

#[uniffi::export]
impl Requests {
    /// Returns the list of drafts, outbox entries and requests, from the database: immediate, and offline too. Never on a UI
    /// thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn list(&self) -> Result<RequestsView, FosError> {
        let (session, data) = self.load().map_err(|error| self.localize(&error))?;
        let named = |service: &str| ServiceLabel::of(find_service(&session, service), service);
        let signed_in = self.sessions.state().signed_in();
        Ok(view::list(&data, named, signed_in, self.context().now(), &self.context().localizer()))
    }

    /// Returns the page of a request on file. Reads the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when there is none with this id.
    pub fn request(&self, id: &str) -> Result<RequestView, FosError> {
        let found = self.sessions.session().and_then(|session| {
            let found: Option<StoredRequest<Request>> = session.db().request(id)?;
            let found = found.ok_or(Error::NotFound)?;
            let label = ServiceLabel::of(find_service(&session, &found.service), &found.service);
            let localizer = self.context().localizer();
            let sections = filed_answers(&session, id, &found.service, &localizer)?;
            Ok(RequestView { sections, ..view::request_view(&found.body, label, &localizer) })
        });
        found.map_err(|error| self.localize(&error))
    }

    /// Fetches the answers of a request that another phone has filed, for [`Self::request`] to show, offline too. Returns at
    /// once; [`Change::Requests`] follows if there were any.
    pub fn fetch_answers(&self, id: String) {
        let Ok(session) = self.sessions.session() else { return };
        let scope = session.scope().clone();
        scope.spawn(async move {
            // The page shows what is stored.
            if let Err(error) = fetch_answers(&session, &id).await {
                info!(code = error.code(), "answers not fetched");
            }
        });
    }

    /// Returns the page of an entry that waits in the outbox, with its answers, to be read. It stays in the outbox.
    /// Reads the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it has been delivered meanwhile.
    pub fn queued_request(&self, key: &str) -> Result<QueuedRequestView, FosError> {
        let found = self.load().and_then(|(session, data)| {
            let entry = data.outbox.into_iter().find(|entry| entry.key == key);
            let entry = entry.ok_or(Error::NotAllowed("error-left-already"))?;
            let label = ServiceLabel::of(find_service(&session, &entry.service), &entry.service);
            let signed_in = self.sessions.state().signed_in();
            view::queued_request(&entry, &data.family, label, signed_in, &self.context().localizer())
        });
        found.map_err(|error| self.localize(&error))
    }

    /// Opens the service's form, with the draft's answers. Once fetched, it opens offline too.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it was never fetched; [`FosError::UpdateNeeded`] when this version cannot read it.
    pub async fn form(&self, service: String) -> Result<Arc<Form>, FosError> {
        let sessions = Arc::clone(&self.sessions);
        let open = |session| async move { Self::open_form(&sessions, session, service).await };
        self.sessions.run_in_session("open-form", open).await
    }

    /// Returns the receipt of a request for the system's viewer; fetched once, then stored encrypted.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not stored and cannot be fetched.
    pub async fn receipt(&self, id: String) -> Result<FileView, FosError> {
        self.sessions
            .run_in_session("receipt", |session| async move { Self::export_receipt(&session, &id).await })
            .await
    }

    /// Delivers the outbox and fetches changed requests. [`Change::Requests`] follows if there were any. Without a connection
    /// the stored list stays, and the notice alone says so.
    ///
    /// # Errors
    /// [`FosError::Offline`] when nothing was ever fetched; [`FosError::TryLater`] and the like: stored data
    /// stays.
    pub async fn refresh(&self) -> Result<(), FosError> {
        let sync = |session: Arc<MemberSession>| async move {
            let synced = Self::sync(&session).await;
            session.settle_for_stored(synced, has_synced)
        };
        self.sessions.run_in_session("refresh-requests", sync).await
    }

    /// Returns an outbox entry to draft and returns its service's id. Submitted again, it is the same request. Writes the
    /// database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it has been delivered meanwhile.
    pub fn return_to_draft(&self, key: &str) -> Result<String, FosError> {
        let returned = self.sessions.session().and_then(|session| move_to_draft(&session, key));
        returned.map_err(|error| self.localize(&error))
    }

    /// Deletes the draft of a service. Writes the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when it cannot be deleted.
    pub fn discard_draft(&self, service: &str) -> Result<(), FosError> {
        let discarded = self.sessions.session().and_then(|session| {
            // Flushed first, so that no debounced write follows the deletion.
            session.flush_drafts();
            session.close_form(service);
            session.db().remove_draft(service)?;
            Ok(())
        });
        self.context().notify(Change::Requests);
        discarded.map_err(|error| self.localize(&error))
    }
}

/// Returns true if the member's requests were fetched before.
fn has_synced(session: &MemberSession) -> bool {
    matches!(session.db().get::<String>(REQUESTS_CURSOR), Ok(Some(_)))
}

/// Returns a service of the stored catalogue; `None` if it is no longer offered.
fn find_service(session: &MemberSession, id: &str) -> Option<Service> {
    session.catalogue().stored(session).ok().flatten()?.service(id).cloned()
}

/// Returns true for errors after which a cached form or family serves as well.
fn is_cache_enough(error: &Error) -> bool {
    error.is_portal_away() || matches!(error, Error::SessionEnded)
}

async fn fetch_answers(session: &MemberSession, id: &str) -> Result<(), Error> {
    let found: Option<StoredRequest<Request>> = session.db().request(id)?;
    let service = found.ok_or(Error::NotFound)?.service;
    let has_all = session.answers(id)?.is_some() && form_resource(&service).stored(session)?.is_some();
    if !has_all {
        session.fetch_answers(id).await?;
        form_json(session, &service, None).await?;
        session.context().notify(Change::Requests);
    }
    Ok(())
}

fn form_resource(service: &str) -> CachedResource<String> {
    CachedResource::new(format!("{FORM}:{service}"), paths::form(service), |body| Ok(body.to_owned()))
}

/// Returns the stored answers of a request in the words of its form; none while either is not stored, or of a newer version.
fn filed_answers(
    session: &MemberSession,
    id: &str,
    service: &str,
    localizer: &Localizer,
) -> Result<Vec<AnswerSectionView>, Error> {
    let (Some(body), Some(form)) = (session.answers(id)?, form_resource(service).stored(session)?) else {
        return Ok(Vec::new());
    };
    let Ok(form) = schema::parse(&form) else { return Ok(Vec::new()) };
    let family = session.family().stored(session)?.map(|family| Family::clone(&family)).unwrap_or_default();
    let fields = schema::fields(&form, &family);
    Ok(answers(&fields, &values_from_wire(&fields, &body), localizer))
}

/// Returns the form's JSON: the cached one if it is the newest version, or else the portal's.
async fn form_json(
    session: &MemberSession,
    service: &str,
    newest: Option<u32>,
) -> Result<Arc<String>, Error> {
    let form = form_resource(service);
    let is_newest = |text: &Arc<String>| newest.is_some() && schema::version(text) == newest;
    match form.stored(session)?.filter(is_newest) {
        Some(text) => Ok(text),
        None => form.fetch_or_stored(session, is_cache_enough).await,
    }
}

async fn fetch_changes(session: &MemberSession) -> Result<(), Error> {
    loop {
        let cursor = session.db().get::<String>(REQUESTS_CURSOR)?.unwrap_or_default();
        let changes: RequestChanges = session.get(&paths::requests_since(&cursor)).await?;
        let has_changes = !changes.requests.is_empty();
        let requests: Vec<StoredRequest<Request>> = changes.requests.into_iter().map(to_stored).collect();
        session.db().put_requests(&requests, &changes.cursor)?;
        if has_changes {
            session.context().notify(Change::Requests);
        }
        if !changes.more {
            return Ok(());
        }
    }
}

fn move_to_draft(session: &MemberSession, key: &str) -> Result<String, Error> {
    let entries: Vec<OutboxEntry<OutboxPayload>> = session.db().outbox()?;
    let entry =
        entries.into_iter().find(|entry| entry.key == key).ok_or(Error::NotAllowed("error-left-already"))?;
    // A draft for the same service exists: neither may replace the other.
    if session.db().draft_changed_at(&entry.service)?.is_some() {
        return Err(Error::NotAllowed("error-draft-begun"));
    }
    session.db().return_to_draft(key, &draft_of(&entry, session.context().now()))?;
    // The open form holds what was submitted; the returned entry replaces it.
    session.close_form(&entry.service);
    session.context().notify(Change::Requests);
    Ok(entry.service)
}
