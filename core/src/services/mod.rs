//! Guide step 8: the services, opened one by one as each one's circular comes out.

mod catalogue;
mod view;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::context::Context;
use crate::error::{FosError, Trouble};
use crate::language::today;
use crate::portal::wire::{Paper, Pdf, Service, Status};
use crate::portal::{Fetched, paths};
use crate::store::{MemberStore, StoredDocument};
use crate::views::FileView;
use crate::watch::Change;
use catalogue::Indexed;
pub use view::{CardView, DocumentView, GroupView, ServiceView, ServicesView, StartView};

/// The name of the catalogue among the member's documents.
const DOCUMENT: &str = "services";
/// For how long a screen that opens takes the portal's last word for new.
const FRESH: SignedDuration = SignedDuration::from_secs(30);

/// What the foundation offers.
#[derive(uniffi::Object)]
pub struct Services {
    context: Arc<Context>,
    /// Read once from the file of the member it belongs to.
    read: Mutex<Option<(Arc<MemberStore>, Arc<Indexed>)>>,
    /// When the portal told last, and whom.
    told: Mutex<Option<(Arc<MemberStore>, Timestamp)>>,
    /// How often the catalogue was fetched.
    fetches: AtomicU64,
    /// Held while it is being fetched: who asks meanwhile shares that answer.
    fetching: tokio::sync::Mutex<()>,
}

impl Services {
    pub(crate) fn new(context: Arc<Context>) -> Arc<Self> {
        Arc::new(Self {
            context,
            read: Mutex::default(),
            told: Mutex::default(),
            fetches: AtomicU64::new(0),
            fetching: tokio::sync::Mutex::default(),
        })
    }

    /// What is stored; `None` before anything was fetched.
    fn catalogue(&self) -> Result<Option<Arc<Indexed>>, Trouble> {
        let member = self.context.member()?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((owner, indexed)) = read.as_ref()
            && Arc::ptr_eq(owner, &member)
        {
            return Ok(Some(Arc::clone(indexed)));
        }
        let Some(kept) = member.document(DOCUMENT)? else { return Ok(None) };
        let indexed = Arc::new(Indexed::read(&kept.body)?);
        *read = Some((member, Arc::clone(&indexed)));
        Ok(Some(indexed))
    }

    async fn fetch(&self) -> Result<(), Trouble> {
        let before = self.fetches.load(Ordering::Acquire);
        let _one_at_a_time = self.fetching.lock().await;
        if self.fetches.load(Ordering::Acquire) != before {
            return Ok(());
        }
        let member = self.context.member()?;
        let etag = member.document(DOCUMENT)?.and_then(|kept| kept.etag);
        if let Fetched::New { etag, body } =
            self.context.session.fetch(paths::SERVICES, etag.as_deref()).await?
        {
            // Read before it is kept: an answer that this version cannot read must not take the place of one it can.
            let indexed = Arc::new(Indexed::read(&body)?);
            member.put_document(DOCUMENT, &StoredDocument { etag, body })?;
            *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some((Arc::clone(&member), indexed));
            self.context.watchers.announce(Change::Catalogue);
        }
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some((member, self.context.time.now()));
        self.fetches.fetch_add(1, Ordering::Release);
        Ok(())
    }

    /// Whether the portal has told this member a moment ago.
    fn is_fresh(&self) -> bool {
        let Ok(member) = self.context.member() else { return false };
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.as_ref().is_some_and(|(whom, at)| {
            let age = self.context.time.now().duration_since(*at);
            Arc::ptr_eq(whom, &member) && (SignedDuration::ZERO..FRESH).contains(&age)
        })
    }

    /// From the phone when it is kept there, from the portal otherwise.
    async fn fetch_circular(&self, id: &str) -> Result<FileView, Trouble> {
        let member = self.context.member()?;
        let service = self.catalogue()?.and_then(|read| read.service(id).cloned()).ok_or(Trouble::Unknown)?;
        let (paper, pdf) = published(&service).ok_or(Trouble::NotNow("no-circular"))?;
        let name = view::paper_name(paper, &self.context.words());
        let kept = member.papers().kept(&pdf.sha256, &name);
        let path = match kept {
            Some(path) => path,
            None => match self.context.session.fetch_bytes(&paths::circular(id), None).await? {
                Fetched::New { body, .. } => member.papers().keep(&pdf.sha256, &name, &body)?,
                Fetched::Unchanged => return Err(Trouble::Bug("circular-unchanged".to_owned())),
            },
        };
        self.context.watchers.announce(Change::Catalogue);
        Ok(FileView::pdf(&path))
    }

    /// A service as it is kept; none where it is offered no more.
    pub(crate) fn kept(&self, id: &str) -> Option<Service> {
        self.catalogue().ok().flatten()?.service(id).cloned()
    }

    fn find(&self, id: &str) -> Result<Service, FosError> {
        let found = self.catalogue().and_then(|read| {
            let found = read.and_then(|read| read.service(id).cloned());
            found.ok_or(Trouble::Unknown)
        });
        found.map_err(|trouble| trouble.told(&self.context.words()))
    }
}

#[uniffi::export]
impl Services {
    /// The services that match what is typed, grouped open → announced → closed. From what is stored: at once, and
    /// offline too. `category` is the key of one of [`ServicesView::categories`]; until one is chosen, nothing.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's file does not read.
    pub fn list(&self, text: &str, category: &str) -> Result<ServicesView, FosError> {
        let words = self.context.words();
        let read = self.catalogue().map_err(|trouble| trouble.told(&words))?;
        let today = today(self.context.time.now());
        Ok(view::list(read.as_deref(), text, category, today, &words))
    }

    /// What a member asks for: fetches what changed; [`Change::Catalogue`] follows when something did.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: what is stored goes on showing.
    pub async fn refresh(self: Arc<Self>) -> Result<(), FosError> {
        let services = Arc::clone(&self);
        self.context.act(async move { services.fetch().await }).await
    }

    /// What a screen asks by itself when it opens: as [`Services::refresh`], unless the portal told a moment ago.
    ///
    /// # Errors
    /// As [`Services::refresh`].
    pub async fn refresh_if_stale(self: Arc<Self>) -> Result<(), FosError> {
        if self.is_fresh() { Ok(()) } else { self.refresh().await }
    }

    /// One service's page.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it is offered no more.
    pub fn service(&self, id: &str) -> Result<ServiceView, FosError> {
        let service = self.find(id)?;
        let words = self.context.words();
        let is_kept = published(&service).is_some_and(|(paper, pdf)| {
            let name = view::paper_name(paper, &words);
            self.context.member().is_ok_and(|member| member.papers().kept(&pdf.sha256, &name).is_some())
        });
        Ok(view::page(&service, is_kept, today(self.context.time.now()), &words))
    }

    /// The service's circular, for the system to open: fetched once, then kept on the phone.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it is not kept yet and cannot be fetched; [`FosError::NotAllowed`] when the service
    /// has none.
    pub async fn circular(self: Arc<Self>, id: String) -> Result<FileView, FosError> {
        let services = Arc::clone(&self);
        self.context.act(async move { services.fetch_circular(&id).await }).await
    }

    /// «+»: what a request for this service begins with.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when the service is not open.
    pub fn start(&self, id: &str) -> Result<StartView, FosError> {
        let service = self.find(id)?;
        let words = self.context.words();
        match service.status {
            Status::Open => {
                self.context.write_what_is_behind();
                let begun =
                    self.context.member().and_then(|member| Ok(member.sealed().draft_changed_at(id)?));
                let begun = begun.map_err(|trouble| trouble.told(&words))?;
                let now = self.context.time.now();
                let begun = begun.map(|at| words.time_near(Timestamp::from_second(at).unwrap_or(now), now));
                Ok(view::start(&service, begun.as_deref(), &words))
            }
            Status::Announced => Err(Trouble::NotNow("why-announced").told(&words)),
            Status::Closed => Err(Trouble::NotNow("why-closed").told(&words)),
            Status::NotForYou => Err(Trouble::NotNow(view::why_not_for_you(&service)).told(&words)),
        }
    }
}

/// The service's paper and its file, when the portal has it.
fn published(service: &Service) -> Option<(&Paper, &Pdf)> {
    let paper = service.paper.as_ref()?;
    Some((paper, paper.pdf.as_ref()?))
}
