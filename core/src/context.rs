//! State that every feature shares for the life of the process: storage, client, localizer, stage, observers, runtime.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use fos_wire::Member;
use fos_wire::config::SignedConfig;
use fos_wire::paths;

use crate::api::{Client, Session};
use crate::clock::CorrectedClock;
use crate::delivery_lock::DeliveryLock;
use crate::error::{Error, FosError};
use crate::i18n::{Language, Localizer};
use crate::observe::{Change, Observers};
use crate::remote_config::{BlockReason, RemoteConfig};
use crate::runtime::CoreRuntime;
use crate::stage::{Effect, Event, State};
use crate::storage::{Database, MemberStore};
use crate::vault::Vault;
use crate::views::Theme;

/// Names of the settings in the device's database. Stored: a changed value loses the setting.
pub(crate) mod keys {
    pub(crate) const STATE: &str = "state";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const THEME: &str = "theme";
    /// PPR of the member who signed in last: selects the member's database and pre-fills the sign-in form.
    pub(crate) const LAST_MEMBER: &str = "last-member";
    /// The password request whose mail is awaited.
    pub(crate) const PASSWORD_REQUEST: &str = "password-request";
    /// The last accepted config, with its signature.
    pub(crate) const REMOTE_CONFIG: &str = "config";
    /// Device tokens by PPR: each makes this phone a known device to the portal.
    pub(crate) const DEVICE_TOKENS: &str = "device-tokens";
    /// Accounts signed out with unsent work, and the expiry of each.
    pub(crate) const RETAINED_ACCOUNTS: &str = "set-by";
    /// Draft of the form that asks for a password.
    pub(crate) const PASSWORD_REQUEST_DRAFT: &str = "password-request-draft";
    /// In the member's database: name, PPR and kind of the member.
    pub(crate) const MEMBER: &str = "member";
    /// In the member's database: strings that a password must not contain.
    pub(crate) const IDENTIFIERS: &str = "identifiers";
}

/// A debounced writer that [`AppContext::flush_pending_writes`] flushes.
pub(crate) trait FlushOnPause: Send + Sync {
    fn flush(&self);
}

/// Process-wide state; made once by [`crate::Fos::open`].
pub(crate) struct AppContext {
    pub(crate) folder: PathBuf,
    /// Name under which the portal lists this phone.
    pub(crate) device_name: String,
    /// `android`, `ios` or `linux`.
    pub(crate) system: String,
    pub(crate) remote_config: RemoteConfig,
    /// Code of the last error, for the help desk; empty before the first.
    pub(crate) last_error_code: Mutex<&'static str>,
    pub(crate) clock: Arc<CorrectedClock>,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) device: Database,
    pub(crate) client: Arc<Client>,
    pub(crate) session: Session,
    pub(crate) observers: Observers,
    pub(crate) state: Mutex<State>,
    /// Serialises transitions.
    pub(crate) transition_lock: tokio::sync::Mutex<()>,
    /// Serialises fetches of the config: a caller that waited takes the fetched one.
    pub(crate) config_fetch_lock: tokio::sync::Mutex<()>,
    pub(crate) member: RwLock<Option<Arc<MemberStore>>>,
    pub(crate) localizer: RwLock<Arc<Localizer>>,
    pub(crate) theme: Mutex<Theme>,
    pub(crate) delivery: DeliveryLock,
    pub(crate) runtime: CoreRuntime,
    /// Writers that may hold unwritten input.
    pub(crate) pending_flushes: Mutex<Vec<Weak<dyn FlushOnPause>>>,
}

impl AppContext {
    /// Registers a debounced writer.
    pub(crate) fn register_flush(&self, writer: Weak<dyn FlushOnPause>) {
        let mut writers = self.pending_flushes.lock().unwrap_or_else(PoisonError::into_inner);
        writers.retain(|writer| writer.strong_count() > 0);
        writers.push(writer);
    }

    /// Flushes all debounced draft writes (SQLite, fsync). Call before suspending and before reading drafts. Blocks:
    /// never on a UI thread.
    pub(crate) fn flush_pending_writes(&self) {
        let writers = self.pending_flushes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        writers.iter().filter_map(Weak::upgrade).for_each(|writer| writer.flush());
    }

    /// Returns the localizer of the member's language.
    pub(crate) fn localizer(&self) -> Arc<Localizer> {
        Arc::clone(&self.localizer.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn language(&self) -> Language {
        self.localizer().language()
    }

    pub(crate) fn set_language(&self, language: Language) -> Result<(), Error> {
        self.device.put(keys::LANGUAGE, &language.code())?;
        *self.localizer.write().unwrap_or_else(PoisonError::into_inner) = Localizer::for_language(language);
        self.observers.notify(Change::Language);
        Ok(())
    }

    pub(crate) fn theme(&self) -> Theme {
        *self.theme.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_theme(&self, theme: Theme) -> Result<(), Error> {
        self.device.put(keys::THEME, &theme)?;
        *self.theme.lock().unwrap_or_else(PoisonError::into_inner) = theme;
        self.observers.notify(Change::Theme);
        Ok(())
    }

    /// Returns the state of the stage machine.
    pub(crate) fn state(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the open database of the signed-in member.
    ///
    /// # Errors
    /// [`Error::SessionEnded`] when nobody is signed in.
    pub(crate) fn member(&self) -> Result<Arc<MemberStore>, Error> {
        let member = self.member.read().unwrap_or_else(PoisonError::into_inner);
        member.clone().ok_or(Error::SessionEnded)
    }

    /// Verifies that `member` is still the signed-in member: a response for one member must not be stored for another.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] otherwise.
    pub(crate) fn ensure_current_member(&self, member: &Arc<MemberStore>) -> Result<(), Error> {
        let here = self.member().is_ok_and(|here| Arc::ptr_eq(&here, member));
        if here { Ok(()) } else { Err(Error::NotAllowed("error-not-now")) }
    }

    /// Opens (or creates) the database of the member who has just signed in, and forgets that it was retained.
    pub(crate) fn on_signed_in(&self, member: &Member) -> Result<(), Error> {
        let open = self.member().ok().filter(|_| self.last_member() == Some(member.ppr.clone()));
        let store = match open {
            Some(open) => open,
            None => Arc::new(MemberStore::open(&self.folder, Arc::clone(&self.vault), &member.ppr)?),
        };
        store.db().put(keys::MEMBER, member)?;
        self.device.put(keys::LAST_MEMBER, &member.ppr)?;
        self.remove_retained_account(&member.ppr)?;
        *self.member.write().unwrap_or_else(PoisonError::into_inner) = Some(store);
        Ok(())
    }

    /// Stores the member's profile as the portal last sent it: an active member may have retired.
    fn update_profile(&self, member: &Member) -> Result<(), Error> {
        match self.member() {
            Ok(store) => Ok(store.db().put(keys::MEMBER, member)?),
            // Signed out meanwhile: there is no profile to update.
            Err(_) => Ok(()),
        }
    }

    /// Returns the PPR of the member who signed in last. An unreadable value counts as none, since it only pre-fills a
    /// form.
    pub(crate) fn last_member(&self) -> Option<String> {
        self.device.get(keys::LAST_MEMBER).ok().flatten()
    }

    /// Applies an event to the stage machine, runs its effects and stores the new state.
    ///
    /// An event that is invalid in the current state changes nothing. Killed at any point, the phone is in the state
    /// before or after: tokens and files are erased before the new state is stored (their lack leads to the sign-in
    /// screen), the pending password request after.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for an invalid event; [`Error::Storage`] when an effect or the new state cannot be
    /// written.
    pub(crate) async fn apply(&self, event: Event) -> Result<(), Error> {
        let _guard = self.transition_lock.lock().await;
        let old_state = self.state();
        let (new_state, effects) =
            old_state.transition(event).map_err(|_| Error::NotAllowed("error-not-now"))?;
        if new_state == old_state && effects.is_empty() {
            return Ok(());
        }
        let signs_out = effects.contains(&Effect::EraseMember) || effects.contains(&Effect::RetainUnsentWork);
        // A delivery under way must not continue for the member who signs in next.
        let _cancelled = if signs_out { Some(self.delivery.cancel().await) } else { None };
        if effects.contains(&Effect::ClearSession) {
            self.session.clear().await?;
        }
        if effects.contains(&Effect::EraseMember) {
            let member = self.member.write().unwrap_or_else(PoisonError::into_inner).take();
            member.map_or(Ok(()), |member| member.erase())?;
            self.device.remove(keys::LAST_MEMBER)?;
        }
        if effects.contains(&Effect::RetainUnsentWork) {
            self.retain_unsent_work()?;
        }
        self.device.put(keys::STATE, &new_state)?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = new_state;
        if effects.contains(&Effect::ClearPasswordRequest) {
            self.device.remove(keys::PASSWORD_REQUEST)?;
        }
        self.observers.notify(Change::Stage);
        if new_state == State::SessionExpired || old_state == State::SessionExpired {
            self.observers.notify(Change::Notices);
        }
        Ok(())
    }

    /// Runs a future to its end on the core's runtime, even if the face drops the returned one. Records the error's
    /// code, follows what the error says about the session, and localizes it.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, FosError> {
        let context = Arc::clone(self);
        let was_online = self.client.is_online();
        let task = self.runtime.handle().spawn(async move {
            let old_state = context.state();
            let mut result = work.await;
            if let Err(error) = &result {
                *context.last_error_code.lock().unwrap_or_else(PoisonError::into_inner) = error.code();
                context.react_to(error).await;
            }
            // Nothing was required in the space before, so the portal now requires a new charter.
            if old_state == State::Space
                && matches!(context.state(), State::Charter { .. })
                && matches!(result, Err(Error::Restricted))
            {
                result = Err(Error::CharterChanged);
            }
            context.refresh_remote_config_if_newer();
            if let Some(member) = context.session.take_refreshed_member() {
                context.update_profile(&member)?;
            }
            result
        });
        let result = task.await.unwrap_or_else(|_| Err(Error::Bug("task".to_owned())));
        if self.client.is_online() != was_online {
            self.observers.notify(Change::Notices);
        }
        result.map_err(|error| error.localize(&self.localizer()))
    }

    /// Follows up an error that tells about session or config. A failure of that is ignored: the next call meets the
    /// same error.
    async fn react_to(&self, error: &Error) {
        let _ignored = match error {
            Error::SessionEnded if self.state().signed_in() => self.apply(Event::SessionEnded).await,
            Error::Restricted => self.refresh_required_actions().await,
            Error::Maintenance { .. } => self.refresh_remote_config().await,
            _ => Ok(()),
        };
    }

    /// Asks the portal for the required actions and applies them.
    pub(crate) async fn refresh_required_actions(&self) -> Result<(), Error> {
        let due = self.session.refresh_now().await?;
        self.apply(Event::RequiredActionsReceived(due)).await
    }

    /// Fetches the portal's config. A config that is unsigned or not newer changes nothing.
    pub(crate) async fn refresh_remote_config(&self) -> Result<(), Error> {
        let _guard = self.config_fetch_lock.lock().await;
        self.fetch_remote_config().await
    }

    async fn fetch_remote_config(&self) -> Result<(), Error> {
        let signed: SignedConfig = self.client.get(paths::CONFIG).await?;
        if self.remote_config.apply(&signed) {
            self.device.put(keys::REMOTE_CONFIG, &signed)?;
            self.observers.notify(Change::Notices);
        }
        Ok(())
    }

    /// Starts a fetch of the config in the background if a response named a higher serial than the known one.
    fn refresh_remote_config_if_newer(self: &Arc<Self>) {
        if !self.is_remote_config_stale() {
            return;
        }
        let context = Arc::clone(self);
        self.runtime.handle().spawn(async move {
            let _guard = context.config_fetch_lock.lock().await;
            // A failed fetch is repeated after the next call.
            context.is_remote_config_stale() && context.fetch_remote_config().await.is_ok()
        });
    }

    fn is_remote_config_stale(&self) -> bool {
        self.remote_config.is_enabled() && self.client.config_serial() > self.remote_config.serial()
    }

    /// Verifies that neither maintenance nor an outdated version forbids sending; reading is always allowed. Fetches
    /// the config again before it refuses, since the reason may be over.
    ///
    /// # Errors
    /// [`Error::UpdateNeeded`] or [`Error::Maintenance`].
    pub(crate) async fn ensure_sending_allowed(&self) -> Result<(), Error> {
        if self.remote_config.block_reason(self.clock.now()).is_none() {
            return Ok(());
        }
        self.refresh_remote_config().await?;
        match self.remote_config.block_reason(self.clock.now()) {
            None => Ok(()),
            Some(BlockReason::UpdateNeeded) => Err(Error::UpdateNeeded),
            Some(BlockReason::Maintenance { until }) => {
                let left = until.map(|until| until.as_second() - self.clock.now().as_second());
                Err(Error::Maintenance { seconds: left.and_then(|left| left.try_into().ok()).unwrap_or(300) })
            }
        }
    }
}
