//! State that lives as long as the process, whoever is signed in: the phone's own storage, the portal's client and config,
//! language and appearance, observers, runtime.

use std::path::PathBuf;
use std::sync::Arc;

use fos_wire::config::SignedConfig;
use fos_wire::paths;
use parking_lot::{Mutex, RwLock};
use tokio::runtime::Handle;
use tracing::{Instrument, info, info_span, warn};

use crate::api::Client;
use crate::clock::CorrectedClock;
use crate::error::{Error, FosError};
use crate::i18n::{Language, Localizer};
use crate::observe::{Change, Observer, Observers, Subscription};
use crate::remote_config::{BlockReason, RemoteConfig};
use crate::runtime::{CoreRuntime, Operation};
use crate::storage::{Database, MemberPseudonyms, MemberStore, StorageError};
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
    /// Device tokens by the member's pseudonym: each makes this phone a known device to the portal.
    pub(crate) const DEVICE_TOKENS: &str = "device-tokens";
    /// Accounts signed out with unsent work, and the expiry of each. The stored name is that of version 0.1.0.
    pub(crate) const RETAINED_ACCOUNTS: &str = "set-by";
    /// Draft of the form that asks for a password.
    pub(crate) const PASSWORD_REQUEST_DRAFT: &str = "password-request-draft";
    /// Place in the charter of the member who reads it.
    pub(crate) const CHARTER_PLACE: &str = "charter-place";
    /// In the member's database: name, PPR and kind of the member.
    pub(crate) const MEMBER: &str = "member";
    /// In the member's database: strings that a password must not contain.
    pub(crate) const FORBIDDEN_IN_PASSWORD: &str = "identifiers";
}

/// The phone: its name, the members' pseudonyms on it, and its own storage.
pub(crate) struct Device {
    /// Folder of the app's files.
    pub(crate) folder: PathBuf,
    /// Name under which the portal lists this phone.
    pub(crate) name: String,
    /// `android`, `ios` or `linux`.
    pub(crate) system: String,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) db: Database,
    pub(crate) member_pseudonyms: MemberPseudonyms,
}

/// Access to the portal.
pub(crate) struct Network {
    pub(crate) client: Client,
    pub(crate) clock: Arc<CorrectedClock>,
    pub(crate) remote_config: RemoteConfig,
}

/// The member's choices of language and appearance.
struct Preferences {
    localizer: RwLock<Arc<Localizer>>,
    theme: Mutex<Theme>,
}

/// Process-wide state; made once by [`crate::Fos::open`].
pub(crate) struct AppContext {
    device: Device,
    network: Network,
    preferences: Preferences,
    observers: Observers,
    runtime: CoreRuntime,
    /// Code of the last error, for the help desk; empty before the first.
    last_error_code: Mutex<&'static str>,
    /// Serialises fetches of the config: a caller that waited takes the fetched one.
    config_fetch_lock: tokio::sync::Mutex<()>,
}

impl AppContext {
    /// Opens the context with the stored language and appearance; `phone_language` is used until the member chooses.
    pub(crate) fn open(
        device: Device,
        network: Network,
        phone_language: Language,
    ) -> Result<Arc<Self>, Error> {
        let chosen = device.db.get::<String>(keys::LANGUAGE)?.and_then(|code| Language::from_code(&code));
        let localizer = Localizer::for_language(chosen.unwrap_or(phone_language));
        let theme = device.db.get(keys::THEME)?.unwrap_or_default();
        let thread_error = |error: std::io::Error| Error::Bug(format!("thread-{}", error.kind()));
        Ok(Arc::new(Self {
            device,
            network,
            preferences: Preferences { localizer: RwLock::new(localizer), theme: Mutex::new(theme) },
            observers: Observers::start().map_err(thread_error)?,
            runtime: CoreRuntime::start().map_err(thread_error)?,
            last_error_code: Mutex::default(),
            config_fetch_lock: tokio::sync::Mutex::default(),
        }))
    }

    /// Returns the device's database.
    pub(crate) fn device_db(&self) -> &Database {
        &self.device.db
    }

    pub(crate) fn device_name(&self) -> &str {
        &self.device.name
    }

    /// Returns `android`, `ios` or `linux`.
    pub(crate) fn system(&self) -> &str {
        &self.device.system
    }

    pub(crate) fn vault(&self) -> &Arc<dyn Vault> {
        &self.device.vault
    }

    /// Opens the database of a member, creating it at the first sign-in.
    pub(crate) fn open_member_store(&self, ppr: &str) -> Result<MemberStore, StorageError> {
        let Device { folder, vault, member_pseudonyms, .. } = &self.device;
        MemberStore::open(folder, Arc::clone(vault), member_pseudonyms, ppr)
    }

    /// Returns the names of members' files.
    pub(crate) fn member_pseudonyms(&self) -> &MemberPseudonyms {
        &self.device.member_pseudonyms
    }

    pub(crate) fn client(&self) -> &Client {
        &self.network.client
    }

    pub(crate) fn remote_config(&self) -> &RemoteConfig {
        &self.network.remote_config
    }

    pub(crate) fn clock(&self) -> &CorrectedClock {
        &self.network.clock
    }

    /// Returns the time, corrected by the portal's clock.
    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.network.clock.now()
    }

    /// Returns the handle of the core's runtime.
    pub(crate) fn runtime(&self) -> &Handle {
        self.runtime.handle()
    }

    pub(crate) fn notify(&self, change: Change) {
        self.observers.notify(change);
    }

    pub(crate) fn subscribe(&self, observer: Arc<dyn Observer>) -> Subscription {
        self.observers.subscribe(observer)
    }

    /// Returns the localizer of the member's language.
    pub(crate) fn localizer(&self) -> Arc<Localizer> {
        Arc::clone(&self.preferences.localizer.read())
    }

    /// Converts an error to the public one, in the member's language.
    pub(crate) fn localize(&self, error: &Error) -> FosError {
        error.localize(&self.localizer())
    }

    pub(crate) fn language(&self) -> Language {
        self.localizer().language()
    }

    pub(crate) fn set_language(&self, language: Language) -> Result<(), Error> {
        self.device.db.put(keys::LANGUAGE, &language.code())?;
        *self.preferences.localizer.write() = Localizer::for_language(language);
        self.notify(Change::Language);
        Ok(())
    }

    pub(crate) fn theme(&self) -> Theme {
        *self.preferences.theme.lock()
    }

    pub(crate) fn set_theme(&self, theme: Theme) -> Result<(), Error> {
        self.device.db.put(keys::THEME, &theme)?;
        *self.preferences.theme.lock() = theme;
        self.notify(Change::Theme);
        Ok(())
    }

    /// Notes the error of an operation for the log and the diagnostic code.
    pub(crate) fn note_failure(&self, error: &Error) {
        info!(code = error.code(), "failed");
        *self.last_error_code.lock() = error.code();
    }

    /// Returns the code of the last error; empty before the first.
    pub(crate) fn last_error_code(&self) -> &'static str {
        *self.last_error_code.lock()
    }

    /// Returns the PPR of the member who signed in last. An unreadable value counts as none, since it only pre-fills a
    /// form.
    pub(crate) fn last_member(&self) -> Option<String> {
        self.device.db.get(keys::LAST_MEMBER).ok().flatten()
    }

    /// Runs the operation `name` to its end on the core's runtime, even if the caller drops the returned future. Records the
    /// error's code, refreshes the config where the portal announced a newer one or maintenance, and localizes the error.
    pub(crate) async fn run(self: &Arc<Self>, name: &'static str, work: Operation) -> Result<(), FosError> {
        let context = Arc::clone(self);
        let was_online = self.client().is_online();
        let operation = async move {
            let result = work.await;
            match &result {
                Ok(()) => info!("done"),
                Err(error) => context.note_failure(error),
            }
            if matches!(result, Err(Error::Maintenance { .. })) {
                // If this fails, the next call that meets the maintenance fetches it again.
                let _ignored = context.refresh_remote_config().await;
            }
            context.refresh_remote_config_if_newer();
            result
        };
        let task = self.runtime().spawn(operation.instrument(info_span!("operation", name)));
        let result = task.await.unwrap_or_else(|_| Err(Error::Bug("task".to_owned())));
        if self.client().is_online() != was_online {
            self.notify(Change::Notices);
        }
        result.map_err(|error| self.localize(&error))
    }

    /// Fetches the portal's config. A config that is unsigned or not newer changes nothing.
    pub(crate) async fn refresh_remote_config(&self) -> Result<(), Error> {
        let _guard = self.config_fetch_lock.lock().await;
        self.fetch_remote_config().await
    }

    async fn fetch_remote_config(&self) -> Result<(), Error> {
        let signed: SignedConfig = self.client().get(paths::CONFIG).await?;
        if self.remote_config().apply(&signed) {
            self.notify(Change::Notices);
            info!(serial = self.remote_config().serial(), "remote config applied");
            // The config applies in this process; the next process fetches it again.
            if let Err(error) = self.device.db.put(keys::REMOTE_CONFIG, &signed) {
                warn!(code = Error::from(error).code(), "remote config not stored");
            }
        }
        Ok(())
    }

    /// Starts a fetch of the config in the background if a response named a higher serial than the known one.
    fn refresh_remote_config_if_newer(self: &Arc<Self>) {
        if !self.is_remote_config_stale() {
            return;
        }
        let context = Arc::clone(self);
        self.runtime().spawn(async move {
            let _guard = context.config_fetch_lock.lock().await;
            // A failed fetch is repeated after the next call.
            context.is_remote_config_stale() && context.fetch_remote_config().await.is_ok()
        });
    }

    fn is_remote_config_stale(&self) -> bool {
        self.remote_config().is_enabled() && self.client().config_serial() > self.remote_config().serial()
    }

    /// Verifies that neither maintenance nor an outdated version forbids sending; reading is always allowed. Fetches
    /// the config again before it refuses, since the reason may be over.
    ///
    /// # Errors
    /// [`Error::UpdateNeeded`] or [`Error::Maintenance`].
    pub(crate) async fn ensure_sending_allowed(&self) -> Result<(), Error> {
        if self.remote_config().block_reason(self.now()).is_none() {
            return Ok(());
        }
        self.refresh_remote_config().await?;
        match self.remote_config().block_reason(self.now()) {
            None => Ok(()),
            Some(BlockReason::UpdateNeeded) => Err(Error::UpdateNeeded),
            Some(BlockReason::Maintenance { until }) => {
                let left = until.map(|until| until.as_second() - self.now().as_second());
                Err(Error::Maintenance { seconds: left.and_then(|left| left.try_into().ok()).unwrap_or(300) })
            }
        }
    }
}
