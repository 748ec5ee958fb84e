//! [`Fos`]: opens storage, network and session, and hands out the features.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use crate::access::Access;
use crate::account::{Account, DeliverOutbox};
use crate::api::{Client, Session};
use crate::clock::{Clock, CorrectedClock, SystemClock};
use crate::context::{AppContext, keys};
use crate::delivery_lock::DeliveryLock;
use crate::error::{Error, FosError};
use crate::help::{self, HelpView};
use crate::i18n::{Language, Localizer, Phrase};
use crate::notices;
use crate::observe::{Observer, Observers, Subscription};
use crate::remote_config::RemoteConfig;
use crate::requests::Requests;
use crate::runtime::CoreRuntime;
use crate::services::Services;
use crate::stage::{Stage, State};
use crate::storage::{Database, MemberStore};
use crate::vault;
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
    /// [`FosError::Storage`] when the phone's files or its key store cannot be opened.
    #[uniffi::constructor]
    pub fn open(config: Config, platform: Platform) -> Result<Arc<Self>, FosError> {
        let phone_language = Language::from_device_tag(&platform.language);
        let clock = system_clock(&config);
        Self::with_clock(config, platform, clock)
            .map_err(|error| error.localize(&Localizer::for_language(phone_language)))
    }

    /// Returns the member's stage: the root of navigation. In memory.
    pub fn stage(&self) -> Stage {
        self.context.state().stage()
    }

    /// Returns the way to an account: guide steps 1 to 7.
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

    /// Returns the notices to show under the header, the most severe first. In memory.
    pub fn notices(&self) -> Vec<NoticeView> {
        notices::current(&self.context)
    }

    /// Returns the screen that replaces the sign-in screen during maintenance or below the minimum version; `None` for
    /// a signed-in member, who goes on reading under a notice.
    pub fn blocking_screen(&self) -> Option<BlockingView> {
        notices::blocking(&self.context)
    }

    /// Fetches the portal's config again, to find out if the reason of a [`BlockingView`] or notice is over.
    ///
    /// # Errors
    /// [`FosError::Offline`] when the portal cannot be reached.
    pub async fn recheck(&self) -> Result<(), FosError> {
        let context = Arc::clone(&self.context);
        self.context.run(async move { context.refresh_remote_config().await }).await
    }

    /// Returns the help page for the current stage; available signed out, too.
    pub fn help(&self) -> HelpView {
        help::view(&self.context)
    }

    /// Returns the text about personal data (law 09-08).
    pub fn privacy(&self) -> ReadingView {
        help::privacy(&self.context)
    }

    /// Flushes all debounced writes and closes the databases, which reopen at their next use. Call when the app leaves
    /// the screen. Blocks on disk: never on a UI thread.
    pub fn pause(&self) {
        self.context.flush_pending_writes();
        // A database that cannot be closed is in use by another thread, which finishes its work.
        let _closed = self.context.device.close();
        let _closed = self.context.member().map(|member| member.db().close());
    }

    /// Refreshes catalogue and config in the background and wakes the outbox. Call when the app is back on the screen.
    /// Returns at once.
    pub fn resume(&self) {
        refresh_in_background(&self.context, &self.services);
        self.requests.deliver_in_background();
    }

    /// Registers an observer. It is notified of every [`crate::Change`] once, then of each change until
    /// [`Subscription::stop`].
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Arc<Subscription> {
        Arc::new(self.context.observers.subscribe(observer))
    }

    /// Returns every phrase in the member's language. Call once, and again after [`crate::Change::Language`].
    pub fn phrases(&self) -> HashMap<Phrase, String> {
        Phrase::all(&self.context.localizer())
    }

    /// Returns the member's language.
    pub fn language(&self) -> Language {
        self.context.language()
    }

    /// Switches the language and stores the choice.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the choice cannot be stored.
    pub fn set_language(&self, language: Language) -> Result<(), FosError> {
        self.context.set_language(language).map_err(|error| error.localize(&self.context.localizer()))
    }

    /// Returns the member's choice of light or dark.
    pub fn theme(&self) -> Theme {
        self.context.theme()
    }

    /// Switches between light and dark and stores the choice.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the choice cannot be stored.
    pub fn set_theme(&self, theme: Theme) -> Result<(), FosError> {
        self.context.set_theme(theme).map_err(|error| error.localize(&self.context.localizer()))
    }
}

impl Fos {
    fn with_clock(config: Config, platform: Platform, clock: Box<dyn Clock>) -> Result<Arc<Self>, Error> {
        let folder = PathBuf::from(config.data_dir);
        let vault = vault::open(&folder)?;
        let device = Database::device(&folder, vault.as_ref())?;
        let time = Arc::new(CorrectedClock::new(clock));
        let client = Client::new(
            &config.portal,
            &config.app_version,
            config.extra_root.as_deref(),
            Arc::clone(&time),
        )?;
        let client = Arc::new(client);
        let remote_config = RemoteConfig::new(
            &config.portal_key,
            &config.app_version,
            device.get(keys::REMOTE_CONFIG)?.as_ref(),
        );
        let chosen = device.get::<String>(keys::LANGUAGE)?.and_then(|code| Language::from_code(&code));
        let language = chosen.unwrap_or_else(|| Language::from_device_tag(&platform.language));
        let theme = device.get(keys::THEME)?.unwrap_or_default();
        let state: State = device.get(keys::STATE)?.unwrap_or_default();
        let session =
            Session::new(Arc::clone(&client), Arc::clone(&vault), Arc::clone(&time), state.signed_in())?;
        let member = match device.get::<String>(keys::LAST_MEMBER)? {
            Some(ppr) if state.has_member() => {
                Some(Arc::new(MemberStore::open(&folder, Arc::clone(&vault), &ppr)?))
            }
            _ => None,
        };
        let thread_error = |error: std::io::Error| Error::Bug(format!("thread-{}", error.kind()));
        let context = Arc::new(AppContext {
            folder,
            device_name: platform.device,
            system: platform.system,
            remote_config,
            last_error_code: Mutex::default(),
            clock: time,
            vault,
            device,
            client,
            session,
            observers: Observers::start().map_err(thread_error)?,
            state: Mutex::new(state),
            transition_lock: tokio::sync::Mutex::default(),
            config_fetch_lock: tokio::sync::Mutex::default(),
            member: RwLock::new(member),
            localizer: RwLock::new(Localizer::for_language(language)),
            theme: Mutex::new(theme),
            runtime: CoreRuntime::start().map_err(thread_error)?,
            delivery: DeliveryLock::default(),
            pending_flushes: Mutex::default(),
        });
        resume(&context, state);
        let services = Services::new(Arc::clone(&context));
        let catalogue = Arc::clone(&services);
        let requests = Requests::new(Arc::clone(&context), Box::new(move |id| catalogue.find_stored(id)));
        let outbox = Arc::clone(&requests);
        let deliver_outbox: DeliverOutbox = Arc::new(move || {
            let outbox = Arc::clone(&outbox);
            Box::pin(async move { outbox.deliver_now().await })
        });
        let fos = Self {
            access: Access::new(&context)?,
            account: Account::new(Arc::clone(&context), deliver_outbox),
            requests,
            services,
            context,
        };
        refresh_in_background(&fos.context, &fos.services);
        Ok(Arc::new(fos))
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

/// Refreshes the catalogue of a signed-in member, or the config when signed out, and purges expired accounts. Errors
/// show as notices.
fn refresh_in_background(context: &Arc<AppContext>, services: &Arc<Services>) {
    let (background, services) = (Arc::clone(context), Arc::clone(services));
    context.runtime.handle().spawn(async move {
        let refreshed = match background.state() {
            State::Space => services.refresh().await.is_ok(),
            State::Welcome | State::PasswordSent if background.remote_config.is_enabled() => {
                let context = Arc::clone(&background);
                background.run(async move { context.refresh_remote_config().await }).await.is_ok()
            }
            _ => true,
        };
        refreshed && background.purge_expired_accounts().is_ok()
    });
}

/// Asks the portal for the required actions after a restart inside the access steps: a kill between the portal's answer
/// and the stored step would otherwise ask for a thing twice. Offline, the member continues at the stored stage.
fn resume(context: &Arc<AppContext>, state: State) {
    if !matches!(state, State::Charter { .. } | State::NewPassword) {
        return;
    }
    let background = Arc::clone(context);
    context.runtime.handle().spawn(async move {
        let context = Arc::clone(&background);
        let _ignored = background.run(async move { context.refresh_required_actions().await }).await;
    });
}
