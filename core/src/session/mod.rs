//! Everything that belongs to one signed-in member: made at sign-in, closed at sign-out.
//!
//! ```text
//!  SessionManager ──(stage machine: signed in)──▶ MemberSession ──(signed out)──▶ closed
//!       │ one, for the process                        ├ database and PDF cache
//!       │ holds the current session                   ├ tokens, calls to the portal
//!       │ runs every operation                        ├ catalogue, charter, family
//!       │                                             ├ outbox and its delivery loop
//!       │                                             ├ open forms
//!       │                                             └ TaskScope: its tasks and operations under way
//! ```
//!
//! A session that ended at the portal stays open while the member is in the space: everything stored can be read, and
//! signing in again gives it new tokens. [`MemberSession::close`] cancels and joins its tasks and closes the database;
//! later use fails with [`Error::SessionClosed`], so that nothing of one member reaches the next.

mod cached_resource;
mod catalogue;
mod filed_answers;
mod idempotency_key;
mod manager;
mod operations;
mod outbox_delivery;
mod retained_accounts;
#[cfg(test)]
#[cfg(feature = "development")]
mod tests;
mod tokens;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fos_wire::Member;
use fos_wire::charter::CharterBody;
use fos_wire::family::Family;
use fos_wire::paths;
use parking_lot::Mutex;

use crate::api::parse_json_text;
use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::forms::Form;
use crate::runtime::TaskScope;
use crate::storage::{Database, MemberStore, UnsentCounts};
pub(crate) use cached_resource::{CachedResource, Fetched};
pub(crate) use catalogue::CatalogueIndex;
#[cfg(test)]
pub(crate) use catalogue::tests::catalogue;
pub(crate) use idempotency_key::{IdempotencyKey, may_be_expired, split_first_sent, with_first_sent};
pub(crate) use manager::SessionManager;
use outbox_delivery::Outbox;
pub(crate) use outbox_delivery::{EntryOutcome, OutboxPayload, to_stored};
pub(crate) use retained_accounts::purge_expired as purge_expired_accounts;
use tokens::Tokens;

/// A service's form that the member has open, and its version.
struct OpenForm {
    version: u32,
    form: Arc<Form>,
}

/// State of one signed-in member.
pub(crate) struct MemberSession {
    context: Arc<AppContext>,
    ppr: String,
    store: MemberStore,
    tokens: Tokens,
    scope: TaskScope,
    catalogue: CachedResource<CatalogueIndex>,
    charter: CachedResource<CharterBody>,
    family: CachedResource<Family>,
    outbox: Outbox,
    /// By service.
    open_forms: Mutex<HashMap<String, OpenForm>>,
    /// Strings that a password must not contain, in memory: a new one is rated at each keystroke.
    identifiers: Mutex<Vec<String>>,
    /// True from the end of a first access until the member opens a service.
    is_welcome_due: AtomicBool,
}

impl MemberSession {
    /// Opens the member's database, creating it at the first sign-in, and loads the tokens of the last process.
    ///
    /// # Errors
    /// [`Error::Storage`] when the database or the key store cannot be opened.
    fn open(context: &Arc<AppContext>, ppr: &str) -> Result<Arc<Self>, Error> {
        Ok(Arc::new(Self {
            context: Arc::clone(context),
            ppr: ppr.to_owned(),
            store: context.open_member_store(ppr)?,
            tokens: Tokens::load(Arc::clone(context.vault()))?,
            scope: TaskScope::new(context.runtime()),
            catalogue: CachedResource::new("services", paths::SERVICES, CatalogueIndex::parse),
            charter: CachedResource::new("charter", paths::CHARTER, parse_json_text),
            family: CachedResource::new("family", paths::FAMILY, parse_json_text),
            outbox: Outbox::default(),
            open_forms: Mutex::default(),
            identifiers: Mutex::default(),
            is_welcome_due: AtomicBool::default(),
        }))
    }

    /// Has the list of services greet the member, who has completed the first access.
    pub(crate) fn welcome(&self) {
        self.is_welcome_due.store(true, Ordering::Relaxed);
    }

    pub(crate) fn welcome_read(&self) {
        self.is_welcome_due.store(false, Ordering::Relaxed);
    }

    pub(crate) fn is_welcome_due(&self) -> bool {
        self.is_welcome_due.load(Ordering::Relaxed)
    }

    /// Returns the result of a refresh; a failed connection is none where something is stored, since the offline notice alone
    /// tells of it.
    pub(crate) fn settle_for_stored(
        &self,
        refreshed: Result<(), Error>,
        has_stored: impl FnOnce(&Self) -> bool,
    ) -> Result<(), Error> {
        match refreshed {
            Err(error) if error.is_no_connection() && has_stored(self) => {
                self.context().note_failure(&error);
                Ok(())
            }
            refreshed => refreshed,
        }
    }

    /// Returns the member's PPR.
    pub(crate) fn ppr(&self) -> &str {
        &self.ppr
    }

    pub(crate) fn context(&self) -> &Arc<AppContext> {
        &self.context
    }

    /// Returns the member's database.
    pub(crate) fn db(&self) -> &Database {
        self.store.db()
    }

    /// Returns the member's database with the cached responses and PDF files.
    pub(crate) fn store(&self) -> &MemberStore {
        &self.store
    }

    /// Returns the tasks that end with this session.
    pub(crate) fn scope(&self) -> &TaskScope {
        &self.scope
    }

    pub(crate) fn catalogue(&self) -> &CachedResource<CatalogueIndex> {
        &self.catalogue
    }

    pub(crate) fn charter(&self) -> &CachedResource<CharterBody> {
        &self.charter
    }

    pub(crate) fn family(&self) -> &CachedResource<Family> {
        &self.family
    }

    /// Returns the member's profile, as the portal last described it.
    pub(crate) fn member(&self) -> Result<Member, Error> {
        self.db().get(keys::MEMBER)?.ok_or(Error::SessionEnded)
    }

    /// Stores the member's profile.
    pub(crate) fn put_member(&self, member: &Member) -> Result<(), Error> {
        self.db().put(keys::MEMBER, member)?;
        if !member.password_identifiers.is_empty() {
            (*self.identifiers.lock()).clone_from(&member.password_identifiers);
        }
        Ok(())
    }

    /// Returns strings that a new password must not contain. Does no I/O.
    pub(crate) fn identifiers(&self) -> Vec<String> {
        let mut identifiers = self.identifiers.lock().clone();
        identifiers.push(self.ppr.clone());
        identifiers
    }

    /// Stores what was typed to ask for the password, where the portal does not say what it has on file.
    pub(crate) fn put_identifiers(&self, identifiers: Vec<String>) -> Result<(), Error> {
        self.db().put(keys::FORBIDDEN_IN_PASSWORD, &identifiers)?;
        *self.identifiers.lock() = identifiers;
        Ok(())
    }

    /// Loads what the last process stored. What is unreadable cannot be compared; the portal compares all the same.
    fn load_identifiers(&self) {
        let typed: Option<Vec<String>> = self.db().get(keys::FORBIDDEN_IN_PASSWORD).ok().flatten();
        let mut identifiers = typed.unwrap_or_default();
        identifiers.extend(self.member().map(|member| member.password_identifiers).unwrap_or_default());
        *self.identifiers.lock() = identifiers;
    }

    /// Returns the open form of a service. Closes one that the portal has replaced by a `newest` version.
    pub(crate) fn open_form(&self, service: &str, newest: Option<u32>) -> Option<Arc<Form>> {
        let mut forms = self.open_forms.lock();
        let open = forms.get(service)?;
        if newest.is_some_and(|newest| newest > open.version) {
            open.form.flush_draft();
            forms.remove(service);
            return None;
        }
        Some(Arc::clone(&open.form))
    }

    /// Keeps a form for the screens that ask for it again, as after a rotation.
    pub(crate) fn keep_open(&self, service: String, version: u32, form: &Arc<Form>) {
        self.open_forms.lock().insert(service, OpenForm { version, form: Arc::clone(form) });
    }

    /// Forgets the open form of a service.
    pub(crate) fn close_form(&self, service: &str) {
        self.open_forms.lock().remove(service);
    }

    /// Flushes the debounced writes of all open forms (SQLite, fsync). Call before suspending and before reading drafts.
    /// Blocks: never on a UI thread.
    pub(crate) fn flush_drafts(&self) {
        let forms: Vec<Arc<Form>> =
            self.open_forms.lock().values().map(|open| Arc::clone(&open.form)).collect();
        for form in forms {
            form.flush_draft();
        }
    }

    /// Flushes drafts and counts them and the outbox entries.
    pub(crate) fn count_unsent(&self) -> Result<UnsentCounts, Error> {
        self.flush_drafts();
        Ok(self.db().count_unsent()?)
    }

    /// Ends the session in this process: cancels and joins its tasks and operations, forgets its forms, closes the database. Must
    /// not be called by one of its own tasks.
    async fn close(&self) -> Result<(), Error> {
        self.scope.close().await;
        self.open_forms.lock().clear();
        Ok(self.db().close()?)
    }

    /// Cancels tasks and forgets forms, without waiting: the process drops the core.
    fn abandon(&self) {
        self.scope.cancel();
        self.open_forms.lock().clear();
    }
}
