//! Services (guide step 8): the catalogue, in which each service opens with its circular.

mod start;
mod unfinished;
mod view;

use std::sync::Arc;

use fos_wire::request::Request;
use fos_wire::service::{Circular, CircularPdf, Service, ServiceStatus};
use fos_wire::{MAX_RESPONSE_BYTES, paths};
use jiff::{SignedDuration, Timestamp};

use crate::context::AppContext;
use crate::error::{Error, FosError};
use crate::i18n::today;
use crate::observe::Change;
use crate::session::{Fetched, MemberSession, SessionManager};
use crate::storage::StoredRequest;
use crate::views::FileView;
use start::{Begun, EarlierRequest};
pub use start::{EarlierRequestView, StartView};
pub use unfinished::UnfinishedView;
pub use view::{CardView, DocumentView, GroupView, ServiceView, ServicesView};

/// Age below which [`Services::refresh_if_stale`] does not fetch.
const FRESH_FOR: SignedDuration = SignedDuration::from_secs(30);

/// Catalogue of services.
#[derive(uniffi::Object)]
pub struct Services {
    sessions: Arc<SessionManager>,
}

impl Services {
    pub(crate) fn new(sessions: Arc<SessionManager>) -> Arc<Self> {
        Arc::new(Self { sessions })
    }

    fn context(&self) -> &Arc<AppContext> {
        self.sessions.context()
    }

    async fn fetch(session: &MemberSession) -> Result<(), Error> {
        let fetched = session.catalogue().fetch(session).await;
        // A failure changes the list, too, while there is none: it is no longer on its way.
        if !matches!(fetched, Ok(Fetched::Unchanged)) {
            session.context().notify(Change::Catalogue);
        }
        fetched.map(drop)
    }

    /// Returns the circular's file: the cached one, or else the portal's, which is then cached.
    async fn fetch_circular(session: &MemberSession, id: &str) -> Result<FileView, Error> {
        let service = find(session, id)?;
        let (circular, pdf) = circular_pdf(&service).ok_or(Error::NotAllowed("no-circular"))?;
        let name = view::circular_name(circular, &session.context().localizer());
        let cache = session.store().pdf_cache();
        let path = if let Some(path) = cache.path_if_cached(&pdf.sha256, &name) {
            path
        } else if pdf.bytes > MAX_RESPONSE_BYTES as u64 {
            // Of an older portal: said at once, and not at the end of a download.
            return Err(Error::TooLarge);
        } else {
            let body = session.get_bytes(&paths::circular(id)).await?;
            cache.store(&pdf.sha256, &name, &body)?
        };
        session.context().notify(Change::Catalogue);
        Ok(FileView::pdf(&path))
    }

    fn start_view(&self, id: &str) -> Result<StartView, Error> {
        let session = self.sessions.session()?;
        let service = find(&session, id)?;
        let localizer = self.context().localizer();
        match service.status {
            ServiceStatus::Open => {
                let now = self.context().now();
                let begun = begun(&session, &service)?;
                let draft_time = begun
                    .draft_changed_at
                    .map(|at| localizer.time_or_date(Timestamp::from_second(at).unwrap_or(now), now));
                Ok(start::start(&service, draft_time.as_deref(), &begun, &localizer))
            }
            ServiceStatus::Announced => Err(Error::NotAllowed("why-announced")),
            ServiceStatus::Closed => Err(Error::NotAllowed("why-closed")),
            ServiceStatus::NotForYou => Err(Error::NotAllowed(view::why_not_for_you(&service))),
        }
    }

    fn service_view(&self, id: &str) -> Result<ServiceView, Error> {
        let session = self.sessions.session()?;
        let service = find(&session, id)?;
        let localizer = self.context().localizer();
        let is_cached = circular_pdf(&service).is_some_and(|(circular, pdf)| {
            let name = view::circular_name(circular, &localizer);
            session.store().pdf_cache().path_if_cached(&pdf.sha256, &name).is_some()
        });
        let now = today(self.context().now());
        let mut view = view::service_view(&service, is_cached, now, &localizer);
        if service.status == ServiceStatus::Open {
            let begun = begun(&session, &service)?;
            view.facts.extend(begun.facts(&localizer));
            view.plus = view.plus.map(|plus| start::plus(plus, begun.draft_changed_at.is_some(), &localizer));
        }
        session.welcome_read();
        Ok(view)
    }

    fn list_view(&self, text: &str, category: &str) -> Result<ServicesView, Error> {
        let session = self.sessions.session()?;
        let catalogue = session.catalogue().stored(&session)?;
        let (today, localizer) = (today(self.context().now()), self.context().localizer());
        let is_online = self.context().client().is_online();
        // Among results greeting and reminder would stand for one; and no key of a search writes.
        let is_whole = text.trim().is_empty() && matches!(category, "" | view::ALL);
        if is_whole {
            session.flush_drafts();
        }
        let mut view = view::list(catalogue.as_deref(), is_online, (text, category), today, &localizer);
        let begun = session.db().begun_services()?;
        for card in view.groups.iter_mut().flat_map(|group| &mut group.services) {
            let begun = begun.get(&card.id).filter(|_| card.plus.is_some());
            card.chip = card.chip.take().or(begun.map(|state| start::begun_chip(*state, &localizer)));
        }
        if !is_whole {
            return Ok(view);
        }
        let unfinished = session.db().last_draft()?.and_then(|service| {
            let title = catalogue.as_deref()?.service(&service)?.title.get(localizer.language()).to_owned();
            Some(unfinished::unfinished(service, &title, &localizer))
        });
        let welcome = session.is_welcome_due().then(|| localizer.message("welcome"));
        Ok(ServicesView { welcome, unfinished, ..view })
    }
}

/// Returns what the member has for a service already.
fn begun(session: &MemberSession, service: &Service) -> Result<Begun, Error> {
    session.flush_drafts();
    let requests: Vec<StoredRequest<Request>> = session.db().requests_for(&service.id)?;
    let earlier = EarlierRequest::find(requests, service.once, today(session.context().now()));
    Ok(Begun {
        draft_changed_at: session.db().draft_changed_at(&service.id)?,
        is_queued: session.db().is_queued(&service.id)?,
        earlier,
    })
}

#[uniffi::export]
impl Services {
    /// Returns the services that match `text`, grouped open → announced → closed, from the stored catalogue: immediate,
    /// and offline too. `category` is a key of [`ServicesView::categories`], or empty. Reads the database: never on a UI
    /// thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn list(&self, text: &str, category: &str) -> Result<ServicesView, FosError> {
        self.list_view(text, category).map_err(|error| self.context().localize(&error))
    }

    /// Fetches the catalogue because the member asks for it. [`Change::Catalogue`] follows if it changed. Where one is stored,
    /// the notice says alone that there is no connection.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: the stored catalogue stays.
    pub async fn refresh(&self) -> Result<(), FosError> {
        let fetch = |session: Arc<MemberSession>| async move {
            let fetched = Self::fetch(&session).await;
            session.settle_for_stored(fetched, |session| session.catalogue().loaded().is_some())
        };
        self.sessions.run_in_session("refresh-services", fetch).await
    }

    /// Fetches the catalogue unless it was fetched less than 30 seconds ago. Call when a screen opens.
    ///
    /// # Errors
    /// As [`Services::refresh`].
    pub async fn refresh_if_stale(&self) -> Result<(), FosError> {
        let now = self.context().now();
        let is_fresh =
            self.sessions.session().is_ok_and(|session| session.catalogue().is_fresh(now, FRESH_FOR));
        if is_fresh { Ok(()) } else { self.refresh().await }
    }

    /// Returns the page of a service. Reads the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it is no longer offered.
    pub fn service(&self, id: &str) -> Result<ServiceView, FosError> {
        self.service_view(id).map_err(|error| self.context().localize(&error))
    }

    /// Returns the service's circular for the system's viewer; fetched once, then cached.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not cached and cannot be fetched; [`FosError::NotAllowed`] when the service has
    /// none.
    pub async fn circular(&self, id: String) -> Result<FileView, FosError> {
        self.sessions
            .run_in_session("circular", |session| async move { Self::fetch_circular(&session, &id).await })
            .await
    }

    /// Returns the page behind «+»: the start of a request for this service. Reads the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when the service is not open.
    pub fn start(&self, id: &str) -> Result<StartView, FosError> {
        self.start_view(id).map_err(|error| self.context().localize(&error))
    }
}

/// Returns a service of the stored catalogue.
fn find(session: &MemberSession, id: &str) -> Result<Service, Error> {
    let catalogue = session.catalogue().stored(session)?;
    catalogue.and_then(|catalogue| catalogue.service(id).cloned()).ok_or(Error::NotFound)
}

/// Returns the service's circular and its file, if the portal has one.
fn circular_pdf(service: &Service) -> Option<(&Circular, &CircularPdf)> {
    let circular = service.circular.as_ref()?;
    Some((circular, circular.pdf.as_ref()?))
}
