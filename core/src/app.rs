//! [`Fos`]: opens storage, network and session, and hands out the features.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fos_rules::text::{self, Lines};
use fos_wire::access::MAX_DEVICE_NAME_LENGTH;
use tracing::{info, warn};

use crate::access::Access;
use crate::account::Account;
use crate::api::Client;
use crate::clock::{Clock, CorrectedClock, SystemClock};
use crate::context::{AppContext, Device, Network, keys};
use crate::deep_link::DeepLink;
use crate::diagnostics;
use crate::error::{Error, FosError};
use crate::help::{self, DiagnosticView, HelpView};
use crate::i18n::{Language, Phrase};
use crate::notices;
use crate::observe::{Observer, Subscription};
use crate::open_error::{OpenError, OpenErrorReport};
use crate::remote_config::RemoteConfig;
use crate::requests::Requests;
use crate::services::Services;
use crate::session::{MemberSession, SessionManager, purge_expired_accounts};
use crate::stage::{Stage, State};
use crate::storage::{self, Database, MemberPseudonyms};
use crate::vault::{self, Vault};
use crate::views::{BlockingView, NoticeView, ReadingView, Theme};

/// Configuration of the app, fixed for the life of the process.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Config {
    /// Folder of the app's own files, absolute. The face excludes it from the system's backups.
    pub data_dir: String,
    /// Base URL of the portal. `https` only; a development build also accepts loopback addresses over `http`.
    pub portal: String,
    /// Version of the app, for example `1.4.0`; sent as part of the `User-Agent`.
    pub app_version: String,
    /// Ed25519 public key of the portal's config, as 64 hex digits. Empty: every config is ignored.
    #[uniffi(default = "")]
    pub portal_key: String,
    /// Path of a PEM file with one more trusted root. A release build refuses it.
    #[uniffi(default)]
    pub extra_root: Option<String>,
    /// Path of a file with the seconds by which to shift the clock. A release build ignores it.
    #[uniffi(default)]
    pub clock_file: Option<String>,
}

/// Facts that only the phone knows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Platform {
    /// Name of the phone, as the member's list of devices shows it.
    pub device: String,
    /// The phone's language as a BCP-47 tag, used until the member chooses.
    pub language: String,
    /// `android` or `ios`: the store that a newer version comes from.
    #[uniffi(default = "linux")]
    pub system: String,
}

/// Entry point of the core; one for each process.
#[derive(uniffi::Object)]
pub struct Fos {
    context: Arc<AppContext>,
    sessions: Arc<SessionManager>,
    access: Arc<Access>,
    services: Arc<Services>,
    account: Arc<Account>,
    requests: Arc<Requests>,
}

#[uniffi::export]
impl Fos {
    /// Opens the app in the state in which the last process left it. Blocks on files and the key store: never on a UI
    /// thread.
    ///
    /// # Errors
    /// [`OpenError::Storage`] when the phone's files or its key store fail permanently, so that another attempt cannot help;
    /// else [`OpenError::Other`].
    #[uniffi::constructor]
    pub fn open(config: Config, platform: Platform) -> Result<Arc<Self>, OpenError> {
        let report = OpenErrorReport::new(&config, &platform);
        let clock = system_clock(&config);
        Self::with_clock(config, platform, clock).map_err(|error| report.convert(&error))
    }

    /// Opens the app as on a new phone, after [`Fos::open`] has failed permanently. Everything stored is moved
    /// into a folder of its own beside the new files, and stays there; nothing is moved if new files could not be opened
    /// either. Blocks on files and the key store: never on a UI thread.
    ///
    /// # Errors
    /// [`OpenError`], as [`Fos::open`].
    #[uniffi::constructor]
    pub fn open_with_new_files(config: Config, platform: Platform) -> Result<Arc<Self>, OpenError> {
        let report = OpenErrorReport::new(&config, &platform);
        let folder = Path::new(&config.data_dir);
        vault::open(folder)
            .map_err(Error::from)
            .and_then(|vault| Ok(storage::quarantine_all(folder, vault.as_ref())?))
            .map_err(|error| report.convert(&error))?;
        Self::open(config, platform)
    }

    /// Returns the member's stage: the root of navigation. Does no I/O.
    pub fn stage(&self) -> Stage {
        self.sessions.state().stage()
    }

    /// Returns what leads to an account, guide steps 1 to 7: password request, sign-in, charter and new password.
    pub fn access(&self) -> Arc<Access> {
        Arc::clone(&self.access)
    }

    /// Returns the catalogue of services: guide step 8.
    pub fn services(&self) -> Arc<Services> {
        Arc::clone(&self.services)
    }

    /// Returns the member's requests.
    pub fn requests(&self) -> Arc<Requests> {
        Arc::clone(&self.requests)
    }

    /// Returns the signed-in member's account.
    pub fn account(&self) -> Arc<Account> {
        Arc::clone(&self.account)
    }

    /// Returns the notices to show under the header, the most severe first. Does no I/O.
    pub fn notices(&self) -> Vec<NoticeView> {
        notices::current(&self.sessions)
    }

    /// Returns the screen that replaces the sign-in screen during maintenance or below the minimum version; `None` for
    /// a signed-in member, who can still read what is stored, with a notice shown.
    pub fn blocking_screen(&self) -> Option<BlockingView> {
        notices::blocking(&self.sessions)
    }

    /// Fetches the portal's config again, to check whether the reason of a [`BlockingView`] or notice still applies.
    ///
    /// # Errors
    /// [`FosError::Offline`] when the portal cannot be reached.
    pub async fn recheck(&self) -> Result<(), FosError> {
        recheck(&self.sessions).await
    }

    /// Returns the help page for the current stage; available signed out, too.
    pub fn help(&self) -> HelpView {
        help::view(&self.sessions)
    }

    /// Returns the text about personal data (law 09-08).
    pub fn privacy(&self) -> ReadingView {
        help::privacy(&self.context)
    }

    /// Returns the diagnostic page: the last lines of the log, without personal data. Does no I/O.
    pub fn diagnostic(&self) -> DiagnosticView {
        help::diagnostic(&self.context)
    }

    /// Flushes all debounced writes and closes the databases, which reopen at their next use. Call when the app leaves
    /// the screen. Blocks on disk: never on a UI thread.
    pub fn pause(&self) {
        self.access.flush_drafts();
        // A database that cannot be closed is in use by another thread, which finishes its work.
        let _suspended = self.context.device_db().suspend();
        if let Ok(session) = self.sessions.session() {
            session.flush_drafts();
            let _suspended = session.db().suspend();
        }
    }

    /// Refreshes catalogue and config in the background, deletes what was exported for a viewer, and wakes the outbox. Call
    /// when the app is back on the screen. Returns at once.
    pub fn resume(&self) {
        refresh_in_background(&self.sessions, &self.services, &self.access);
        if let Ok(session) = self.sessions.session() {
            session.wake_outbox();
        }
    }

    /// Returns the page that an address of the portal's site opens; `None` for every other address. Does no I/O.
    pub fn deep_link(&self, url: &str) -> Option<DeepLink> {
        DeepLink::parse(url, self.context.client().base())
    }

    /// Registers an observer. It is notified of every kind of [`crate::Change`] once at registration, then of each change
    /// until [`Subscription::stop`].
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Arc<Subscription> {
        Arc::new(self.context.subscribe(observer))
    }

    /// Returns every phrase in the member's language. Call once, and again after [`crate::Change::Language`].
    pub fn phrases(&self) -> HashMap<Phrase, String> {
        Phrase::all(&self.context.localizer())
    }

    /// Returns the member's language.
    pub fn language(&self) -> Language {
        self.context.language()
    }

    /// Switches the language and stores the choice: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the choice cannot be stored.
    pub fn set_language(&self, language: Language) -> Result<(), FosError> {
        self.context.set_language(language).map_err(|error| self.context.localize(&error))
    }

    /// Returns the member's choice of light or dark.
    pub fn theme(&self) -> Theme {
        self.context.theme()
    }

    /// Switches between light and dark and stores the choice: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the choice cannot be stored.
    pub fn set_theme(&self, theme: Theme) -> Result<(), FosError> {
        self.context.set_theme(theme).map_err(|error| self.context.localize(&error))
    }
}

impl Fos {
    pub(crate) fn with_clock(
        config: Config,
        platform: Platform,
        clock: Box<dyn Clock>,
    ) -> Result<Arc<Self>, Error> {
        diagnostics::start();
        info!(version = env!("CARGO_PKG_VERSION"), "opening");
        let vault = vault::open(Path::new(&config.data_dir))?;
        Self::with_vault(config, platform, clock, vault)
    }

    pub(crate) fn with_vault(
        config: Config,
        platform: Platform,
        clock: Box<dyn Clock>,
        vault: Arc<dyn Vault>,
    ) -> Result<Arc<Self>, Error> {
        let Config { data_dir, portal, app_version, portal_key, extra_root, clock_file: _ } = config;
        let phone_language = Language::from_device_tag(&platform.language);
        let folder = PathBuf::from(data_dir);
        let db = Database::device(&folder, vault.as_ref())?;
        let member_pseudonyms = MemberPseudonyms::open(&folder, vault.as_ref())?;
        let clock = Arc::new(CorrectedClock::new(clock));
        let client = Client::new(&portal, &app_version, extra_root.as_deref(), Arc::clone(&clock))?;
        let stored_config = db.get(keys::REMOTE_CONFIG)?;
        let remote_config = RemoteConfig::new(&portal_key, &app_version, stored_config.as_ref());
        let network = Network { client, clock, remote_config };
        // The portal refuses a longer name, and one with characters that do not show.
        let name = text::normalize(&platform.device, Lines::Single);
        let name = name.chars().take(MAX_DEVICE_NAME_LENGTH).collect();
        let device = Device { folder, name, system: platform.system, vault, db, member_pseudonyms };
        let context = AppContext::open(device, network, phone_language)?;
        let sessions = SessionManager::open(Arc::clone(&context))?;
        refresh_required_actions(&sessions);
        let fos = Self {
            access: Access::new(&sessions)?,
            account: Account::new(Arc::clone(&sessions)),
            requests: Requests::new(Arc::clone(&sessions)),
            services: Services::new(Arc::clone(&sessions)),
            context,
            sessions,
        };
        refresh_in_background(&fos.sessions, &fos.services, &fos.access);
        Ok(Arc::new(fos))
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
impl Fos {
    pub(crate) fn sessions(&self) -> &Arc<SessionManager> {
        &self.sessions
    }
}

impl Drop for Fos {
    /// Ends the session's tasks and open forms, which hold the session.
    fn drop(&mut self) {
        self.sessions.shut_down();
    }
}

/// Returns the system's clock, shifted if the config of a development build says so.
#[cfg(feature = "development")]
fn system_clock(config: &Config) -> Box<dyn Clock> {
    match &config.clock_file {
        Some(file) => Box::new(crate::clock::OffsetClock { offset_file: file.into() }),
        None => Box::new(SystemClock),
    }
}

/// Returns the system's clock.
#[cfg(not(feature = "development"))]
fn system_clock(_config: &Config) -> Box<dyn Clock> {
    Box::new(SystemClock)
}

/// Refreshes the catalogue of a signed-in member, or the config when signed out, and purges expired accounts and password
/// requests. Errors show as notices.
fn refresh_in_background(sessions: &Arc<SessionManager>, services: &Arc<Services>, access: &Arc<Access>) {
    let (sessions, services, access) = (Arc::clone(sessions), Arc::clone(services), Arc::clone(access));
    let context = Arc::clone(sessions.context());
    let runtime = context.runtime().clone();
    runtime.spawn(async move {
        clear_exports(&sessions);
        let refreshed = match sessions.state() {
            State::Space => services.refresh().await.is_ok(),
            State::Welcome | State::PasswordSent if context.remote_config().is_enabled() => {
                recheck(&sessions).await.is_ok()
            }
            _ => true,
        };
        // A failed deletion is retried at the next start.
        refreshed && access.forget_expired_request().await.is_ok() && purge_expired_accounts(&context).is_ok()
    });
}

/// Deletes the decrypted PDFs that were exported for a viewer. A failed deletion is retried at the next start.
fn clear_exports(sessions: &SessionManager) {
    if let Ok(session) = sessions.session()
        && let Err(error) = session.store().pdf_cache().clear_exports()
    {
        warn!(code = Error::from(error).code(), "exports not cleared");
    }
}

async fn recheck(sessions: &Arc<SessionManager>) -> Result<(), FosError> {
    let context = Arc::clone(sessions.context());
    sessions.run("recheck", async move { context.refresh_remote_config().await }).await
}

/// Asks the portal for the required actions after a restart inside the access steps: if the process was killed after the
/// portal had accepted a step and before it was stored, the member would be asked to repeat it. Offline, the member
/// continues at the stored stage.
fn refresh_required_actions(sessions: &Arc<SessionManager>) {
    if !matches!(sessions.state(), State::Charter { .. } | State::NewPassword) {
        return;
    }
    let background = Arc::clone(sessions);
    sessions.context().runtime().spawn(async move {
        let sessions = Arc::clone(&background);
        let refresh =
            |session: Arc<MemberSession>| async move { sessions.refresh_required_actions(&session).await };
        let _ignored = background.run_in_session("required-actions", refresh).await;
    });
}
