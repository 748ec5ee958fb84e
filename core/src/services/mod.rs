//! Guide step 8: the services, opened one by one as each one's circular comes out.

mod catalogue;
mod view;

use std::sync::{Arc, Mutex, PoisonError};

use crate::context::Context;
use crate::error::{FosError, Trouble};
use crate::language::today;
use crate::portal::wire::{Service, Status};
use crate::portal::{Fetched, paths};
use crate::store::{MemberStore, StoredDocument};
use crate::watch::Change;
use catalogue::Indexed;
pub use view::{CardView, DocumentView, GroupView, ServiceView, ServicesView, StartView};

/// The name of the catalogue among the member's documents.
const DOCUMENT: &str = "services";

/// What the foundation offers.
#[derive(uniffi::Object)]
pub struct Services {
    context: Arc<Context>,
    /// Read once from the file of the member it belongs to.
    read: Mutex<Option<(Arc<MemberStore>, Arc<Indexed>)>>,
}

impl Services {
    pub(crate) fn new(context: Arc<Context>) -> Arc<Self> {
        Arc::new(Self { context, read: Mutex::new(None) })
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
        let member = self.context.member()?;
        let etag = member.document(DOCUMENT)?.and_then(|kept| kept.etag);
        if let Fetched::New { etag, body } =
            self.context.session.fetch(paths::SERVICES, etag.as_deref()).await?
        {
            // Read before it is kept: an answer that this version cannot read must not take the place of one it can.
            let indexed = Arc::new(Indexed::read(&body)?);
            member.put_document(DOCUMENT, &StoredDocument { etag, body })?;
            *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some((member, indexed));
            self.context.watchers.announce(Change::Catalogue);
        }
        Ok(())
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

    /// Fetches what changed; [`Change::Catalogue`] follows when something did.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: what is stored goes on showing.
    pub async fn refresh(self: Arc<Self>) -> Result<(), FosError> {
        let services = Arc::clone(&self);
        self.context.act(async move { services.fetch().await }).await
    }

    /// One service's page.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when it is offered no more.
    pub fn service(&self, id: &str) -> Result<ServiceView, FosError> {
        let service = self.find(id)?;
        Ok(view::page(&service, today(self.context.time.now()), &self.context.words()))
    }

    /// «+»: what a request for this service begins with.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when the service is not open.
    pub fn start(&self, id: &str) -> Result<StartView, FosError> {
        let service = self.find(id)?;
        let words = self.context.words();
        match service.status {
            Status::Open => Ok(view::start(&service, &words)),
            Status::Announced => Err(Trouble::NotNow("why-announced").told(&words)),
            Status::Closed => Err(Trouble::NotNow("why-closed").told(&words)),
        }
    }
}
