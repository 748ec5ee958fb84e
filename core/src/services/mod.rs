//! Services (guide step 8): the catalogue, in which each service opens with its circular.

mod catalogue;
mod start;
mod view;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use fos_wire::paths;
use fos_wire::service::{Circular, CircularPdf, Service, ServiceStatus};
use jiff::{SignedDuration, Timestamp};

use crate::api::Cached;
use crate::context::AppContext;
use crate::error::{Error, FosError};
use crate::i18n::today;
use crate::observe::Change;
use crate::storage::{CachedResponse, MemberStore};
use crate::views::FileView;
use catalogue::CatalogueIndex;
pub use start::StartView;
pub use view::{CardView, DocumentView, GroupView, ServiceView, ServicesView};

/// Name of the catalogue among the cached responses.
const RESOURCE: &str = "services";
/// Age below which [`Services::refresh_if_stale`] does not fetch.
const FRESH_FOR: SignedDuration = SignedDuration::from_secs(30);

/// Catalogue of services.
#[derive(uniffi::Object)]
pub struct Services {
    context: Arc<AppContext>,
    /// Parsed catalogue and the member it belongs to.
    catalogue_cache: Mutex<Option<(Arc<MemberStore>, Arc<CatalogueIndex>)>>,
    /// Time of the last fetch and the member it was for.
    fetched_at: Mutex<Option<(Arc<MemberStore>, Timestamp)>>,
    /// Number of fetches so far.
    fetch_count: AtomicU64,
    /// Held during a fetch: a caller that waited shares its result.
    fetch_lock: tokio::sync::Mutex<()>,
}

impl Services {
    pub(crate) fn new(context: Arc<AppContext>) -> Arc<Self> {
        Arc::new(Self {
            context,
            catalogue_cache: Mutex::default(),
            fetched_at: Mutex::default(),
            fetch_count: AtomicU64::new(0),
            fetch_lock: tokio::sync::Mutex::default(),
        })
    }

    /// Returns the stored catalogue; `None` before the first fetch.
    fn catalogue(&self) -> Result<Option<Arc<CatalogueIndex>>, Error> {
        let member = self.context.member()?;
        let mut read = self.catalogue_cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((owner, indexed)) = read.as_ref()
            && Arc::ptr_eq(owner, &member)
        {
            return Ok(Some(Arc::clone(indexed)));
        }
        let Some(cached) = member.cached_response(RESOURCE)? else { return Ok(None) };
        let indexed = Arc::new(CatalogueIndex::parse(&cached.body)?);
        *read = Some((member, Arc::clone(&indexed)));
        Ok(Some(indexed))
    }

    async fn fetch(&self) -> Result<(), Error> {
        let before = self.fetch_count.load(Ordering::Acquire);
        let _guard = self.fetch_lock.lock().await;
        if self.fetch_count.load(Ordering::Acquire) != before {
            return Ok(());
        }
        let member = self.context.member()?;
        let etag = member.cached_response(RESOURCE)?.and_then(|cached| cached.etag);
        if let Cached::Modified { etag, body } =
            self.context.session.get_if_changed(paths::SERVICES, etag.as_deref()).await?
        {
            // Parsed before it is cached: a response that this version cannot read must not replace a readable one.
            let indexed = Arc::new(CatalogueIndex::parse(&body)?);
            member.cache_response(RESOURCE, &CachedResponse { etag, body })?;
            *self.catalogue_cache.lock().unwrap_or_else(PoisonError::into_inner) =
                Some((Arc::clone(&member), indexed));
            self.context.observers.notify(Change::Catalogue);
        }
        *self.fetched_at.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((member, self.context.clock.now()));
        self.fetch_count.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// Returns true if the catalogue was fetched for this member less than [`FRESH_FOR`] ago.
    fn is_fresh(&self) -> bool {
        let Ok(member) = self.context.member() else { return false };
        let fetched = self.fetched_at.lock().unwrap_or_else(PoisonError::into_inner);
        fetched.as_ref().is_some_and(|(owner, at)| {
            let age = self.context.clock.now().duration_since(*at);
            Arc::ptr_eq(owner, &member) && (SignedDuration::ZERO..FRESH_FOR).contains(&age)
        })
    }

    /// Returns the circular's file: the cached one, or else the portal's, which is then cached.
    async fn fetch_circular(&self, id: &str) -> Result<FileView, Error> {
        let member = self.context.member()?;
        let service = self.catalogue()?.and_then(|read| read.service(id).cloned()).ok_or(Error::NotFound)?;
        let (circular, pdf) = circular_pdf(&service).ok_or(Error::NotAllowed("no-circular"))?;
        let name = view::circular_name(circular, &self.context.localizer());
        let cached = member.pdf_cache().path_if_cached(&pdf.sha256, &name);
        let path = match cached {
            Some(path) => path,
            None => match self.context.session.get_bytes_if_changed(&paths::circular(id), None).await? {
                Cached::Modified { body, .. } => member.pdf_cache().store(&pdf.sha256, &name, &body)?,
                Cached::NotModified => return Err(Error::Bug("circular-unchanged".to_owned())),
            },
        };
        self.context.observers.notify(Change::Catalogue);
        Ok(FileView::pdf(&path))
    }

    /// Returns a service of the stored catalogue; `None` if it is no longer offered.
    pub(crate) fn find_stored(&self, id: &str) -> Option<Service> {
        self.catalogue().ok().flatten()?.service(id).cloned()
    }

    fn find(&self, id: &str) -> Result<Service, FosError> {
        let found = self.catalogue().and_then(|read| {
            let found = read.and_then(|read| read.service(id).cloned());
            found.ok_or(Error::NotFound)
        });
        found.map_err(|error| error.localize(&self.context.localizer()))
    }
}

#[uniffi::export]
impl Services {
    /// Returns the services that match `text`, grouped open → announced → closed, from the stored catalogue: immediate,
    /// and offline too. `category` is a key of [`ServicesView::categories`], or empty.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn list(&self, text: &str, category: &str) -> Result<ServicesView, FosError> {
        let localizer = self.context.localizer();
        let read = self.catalogue().map_err(|error| error.localize(&localizer))?;
        let today = today(self.context.clock.now());
        Ok(view::list(read.as_deref(), text, category, today, &localizer))
    }

    /// Fetches the catalogue because the member asks for it. [`Change::Catalogue`] follows if it changed.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: the stored catalogue stays.
    pub async fn refresh(self: Arc<Self>) -> Result<(), FosError> {
        let services = Arc::clone(&self);
        self.context.run(async move { services.fetch().await }).await
    }

    /// Fetches the catalogue unless it was fetched less than 30 seconds ago. Call when a screen opens.
    ///
    /// # Errors
    /// As [`Services::refresh`].
    pub async fn refresh_if_stale(self: Arc<Self>) -> Result<(), FosError> {
        if self.is_fresh() { Ok(()) } else { self.refresh().await }
    }

    /// Returns the page of a service.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it is no longer offered.
    pub fn service(&self, id: &str) -> Result<ServiceView, FosError> {
        let service = self.find(id)?;
        let localizer = self.context.localizer();
        let is_cached = circular_pdf(&service).is_some_and(|(circular, pdf)| {
            let name = view::circular_name(circular, &localizer);
            self.context
                .member()
                .is_ok_and(|member| member.pdf_cache().path_if_cached(&pdf.sha256, &name).is_some())
        });
        Ok(view::service_view(&service, is_cached, today(self.context.clock.now()), &localizer))
    }

    /// Returns the service's circular for the system's viewer; fetched once, then cached.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not cached and cannot be fetched; [`FosError::NotAllowed`] when the service has
    /// none.
    pub async fn circular(self: Arc<Self>, id: String) -> Result<FileView, FosError> {
        let services = Arc::clone(&self);
        self.context.run(async move { services.fetch_circular(&id).await }).await
    }

    /// Returns the page behind «+»: the start of a request for this service.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when the service is not open.
    pub fn start(&self, id: &str) -> Result<StartView, FosError> {
        let service = self.find(id)?;
        let localizer = self.context.localizer();
        match service.status {
            ServiceStatus::Open => {
                self.context.flush_pending_writes();
                let draft_time =
                    self.context.member().and_then(|member| Ok(member.db().draft_changed_at(id)?));
                let draft_time = draft_time.map_err(|error| error.localize(&localizer))?;
                let now = self.context.clock.now();
                let draft_time = draft_time
                    .map(|at| localizer.time_or_date(Timestamp::from_second(at).unwrap_or(now), now));
                Ok(start::start(&service, draft_time.as_deref(), &localizer))
            }
            ServiceStatus::Announced => Err(Error::NotAllowed("why-announced").localize(&localizer)),
            ServiceStatus::Closed => Err(Error::NotAllowed("why-closed").localize(&localizer)),
            ServiceStatus::NotForYou => {
                Err(Error::NotAllowed(view::why_not_for_you(&service)).localize(&localizer))
            }
        }
    }
}

/// Returns the service's circular and its file, if the portal has one.
fn circular_pdf(service: &Service) -> Option<(&Circular, &CircularPdf)> {
    let circular = service.circular.as_ref()?;
    Some((circular, circular.pdf.as_ref()?))
}
