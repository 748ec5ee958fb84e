//! [`Fos`]: opens everything, hands out the features, tells watchers what changed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use crate::access::Access;
use crate::account::{Account, SendWhatWaits};
use crate::clock::{Clock, PhoneClock, Time};
use crate::context::{Context, OwnRuntime, kept};
use crate::error::{FosError, Trouble};
use crate::gate::Gate;
use crate::help::{self, HelpView};
use crate::language::{Language, Phrase, Words};
use crate::notices;
use crate::portal::{Client, Session};
use crate::requests::Requests;
use crate::sending::Sending;
use crate::services::Services;
use crate::stage::{Stage, State};
use crate::store::{MemberStore, Store};
use crate::vault;
use crate::views::{GateView, NoticeView, ReadingView, Theme};
use crate::watch::{Watch, Watcher, Watchers};

/// How the app is set up.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Config {
    /// The app's own folder, which the system leaves out of backups.
    pub data_dir: String,
    /// The portal's address. `https` only; a development build may also speak to this machine itself.
    pub portal: String,
    /// Told to the portal.
    pub app_version: String,
    /// The key with which the portal signs its config, as 64 hex digits. Without one no config is believed.
    #[uniffi(default = "")]
    pub portal_key: String,
    /// A root to trust besides those that ship, as a PEM file. A release refuses it.
    #[uniffi(default)]
    pub extra_root: Option<String>,
    /// A file with the seconds by which the phone's clock is moved. A release takes no notice of it.
    #[uniffi(default)]
    pub clock_file: Option<String>,
}

/// What only the phone knows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Platform {
    /// How the member knows this phone among theirs.
    pub device: String,
    /// The phone's language as a BCP-47 tag, used until the member chooses.
    pub language: String,
    /// `android` or `ios`: which shop a newer version comes from.
    #[uniffi(default = "linux")]
    pub system: String,
}

/// The app without a face.
#[derive(uniffi::Object)]
pub struct Fos {
    context: Arc<Context>,
    access: Arc<Access>,
    services: Arc<Services>,
    account: Arc<Account>,
    requests: Arc<Requests>,
}

#[uniffi::export]
impl Fos {
    /// Opens the app where the member left it. Opens files: off the main thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone's files or its secure store cannot be opened.
    #[uniffi::constructor]
    pub fn open(config: Config, platform: Platform) -> Result<Arc<Self>, FosError> {
        let phone_language = Language::of_phone(&platform.language);
        let clock = phone_clock(&config);
        Self::with_clock(config, platform, clock).map_err(|trouble| trouble.told(&Words::of(phone_language)))
    }

    /// Where the member stands: the screen at the root.
    pub fn stage(&self) -> Stage {
        self.context.state().stage()
    }

    /// Guide steps 1 to 7.
    pub fn access(&self) -> Arc<Access> {
        Arc::clone(&self.access)
    }

    /// Guide step 8.
    pub fn services(&self) -> Arc<Services> {
        Arc::clone(&self.services)
    }

    /// What the member asks the foundation for.
    pub fn requests(&self) -> Arc<Requests> {
        Arc::clone(&self.requests)
    }

    /// Who is signed in.
    pub fn account(&self) -> Arc<Account> {
        Arc::clone(&self.account)
    }

    /// Lines under the header, worst first.
    pub fn notices(&self) -> Vec<NoticeView> {
        notices::standing(&self.context)
    }

    /// A whole screen in place of the sign-in screen: maintenance, or a version that is served no more. Only for who is
    /// signed out; whoever is in goes on reading, under a notice.
    pub fn gate(&self) -> Option<GateView> {
        notices::gate(&self.context)
    }

    /// Asks the portal whether what stood in the way still does.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it cannot be asked.
    pub async fn look_again(&self) -> Result<(), FosError> {
        let context = Arc::clone(&self.context);
        self.context.act(async move { context.hear_config().await }).await
    }

    /// What to check, whom to ask, what to tell them: from every stage, signed out too.
    pub fn help(&self) -> HelpView {
        help::view(&self.context)
    }

    /// What happens to the member's data (law 09-08).
    pub fn privacy(&self) -> ReadingView {
        help::privacy(&self.context)
    }

    /// The app leaves the screen: what was typed and is not written yet is written now, and the files are closed, which
    /// open again by themselves.
    pub fn pause(&self) {
        self.context.write_what_is_behind();
        // A file that does not close is one that another thread is writing to: it is left to end that.
        let _closed = self.context.device.rest();
        let _closed = self.context.member().map(|member| member.sealed().rest());
    }

    /// The app is back on the screen: looks in the background for what is new.
    pub fn resume(&self) {
        look_around(&self.context, &self.services);
        self.requests.send_what_waits();
    }

    /// Registers a watcher; it hears of everything once, then of what changes.
    pub fn watch(&self, watcher: Arc<dyn Watcher>) -> Arc<Watch> {
        Arc::new(self.context.watchers.join(watcher))
    }

    /// Every phrase, in the member's language.
    pub fn phrases(&self) -> HashMap<Phrase, String> {
        Phrase::all(&self.context.words())
    }

    /// The member's language.
    pub fn language(&self) -> Language {
        self.context.language()
    }

    /// Switches the language, at once and for good.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not keep it.
    pub fn set_language(&self, language: Language) -> Result<(), FosError> {
        self.context.set_language(language).map_err(|trouble| trouble.told(&self.context.words()))
    }

    /// Light or dark, as the member has chosen.
    pub fn theme(&self) -> Theme {
        self.context.theme()
    }

    /// Chooses light or dark, at once and for good.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not keep it.
    pub fn set_theme(&self, theme: Theme) -> Result<(), FosError> {
        self.context.set_theme(theme).map_err(|trouble| trouble.told(&self.context.words()))
    }
}

impl Fos {
    fn with_clock(config: Config, platform: Platform, clock: Box<dyn Clock>) -> Result<Arc<Self>, Trouble> {
        let folder = PathBuf::from(config.data_dir);
        let vault = vault::of_this_machine(&folder)?;
        let device = Store::device(&folder, vault.as_ref())?;
        let time = Arc::new(Time::new(clock));
        let client = Client::new(
            &config.portal,
            &config.app_version,
            config.extra_root.as_deref(),
            Arc::clone(&time),
        )?;
        let client = Arc::new(client);
        let gate = Gate::new(&config.portal_key, &config.app_version, device.get(kept::CONFIG)?.as_ref());
        let chosen = device.get::<String>(kept::LANGUAGE)?.and_then(|code| Language::from_code(&code));
        let language = chosen.unwrap_or_else(|| Language::of_phone(&platform.language));
        let theme = device.get(kept::THEME)?.unwrap_or_default();
        let state: State = device.get(kept::STATE)?.unwrap_or_default();
        let session =
            Session::new(Arc::clone(&client), Arc::clone(&vault), Arc::clone(&time), state.signed_in())?;
        let member = match device.get::<String>(kept::LAST_MEMBER)? {
            Some(ppr) if state.has_member() => {
                Some(Arc::new(MemberStore::open(&folder, Arc::clone(&vault), &ppr)?))
            }
            _ => None,
        };
        let no_thread = |error: std::io::Error| Trouble::Bug(format!("thread-{}", error.kind()));
        let context = Arc::new(Context {
            folder,
            device_name: platform.device,
            system: platform.system,
            gate,
            last_trouble: Mutex::default(),
            time,
            vault,
            device,
            client,
            session,
            watchers: Watchers::start().map_err(no_thread)?,
            state: Mutex::new(state),
            stepping: tokio::sync::Mutex::default(),
            hearing: tokio::sync::Mutex::default(),
            member: RwLock::new(member),
            words: RwLock::new(Words::of(language)),
            theme: Mutex::new(theme),
            runtime: OwnRuntime::start().map_err(no_thread)?,
            sending: Sending::default(),
            behind: Mutex::default(),
        });
        resume(&context, state);
        let services = Services::new(Arc::clone(&context));
        let offered = Arc::clone(&services);
        let requests = Requests::new(Arc::clone(&context), Box::new(move |id| offered.kept(id)));
        let sender = Arc::clone(&requests);
        let send_what_waits: SendWhatWaits = Arc::new(move || {
            let sender = Arc::clone(&sender);
            Box::pin(async move { sender.send_now().await })
        });
        let fos = Self {
            access: Access::new(&context)?,
            account: Account::new(Arc::clone(&context), send_what_waits),
            requests,
            services,
            context,
        };
        look_around(&fos.context, &fos.services);
        Ok(Arc::new(fos))
    }
}

/// The phone's clock; a development build may be told to move it.
#[cfg(feature = "development")]
fn phone_clock(config: &Config) -> Box<dyn Clock> {
    match &config.clock_file {
        Some(file) => Box::new(crate::clock::MovedClock { by: file.into() }),
        None => Box::new(PhoneClock),
    }
}

/// The phone's clock.
#[cfg(not(feature = "development"))]
fn phone_clock(_config: &Config) -> Box<dyn Clock> {
    Box::new(PhoneClock)
}

/// Who is in the space gets the services anew, and with them word of a new config; who is signed out, the config. What
/// fails is told by the notices.
fn look_around(context: &Arc<Context>, services: &Arc<Services>) {
    let (looking, services) = (Arc::clone(context), Arc::clone(services));
    context.runtime.handle().spawn(async move {
        let looked = match looking.state() {
            State::Space => services.refresh().await.is_ok(),
            State::Welcome | State::PasswordSent if looking.gate.listens() => {
                let context = Arc::clone(&looking);
                looking.act(async move { context.hear_config().await }).await.is_ok()
            }
            _ => true,
        };
        looked && looking.erase_what_is_overdue().is_ok()
    });
}

/// Killed between the portal's act and our note of it, the member would be asked for a thing done already: the portal
/// is asked what is still due. Out of its reach, the member goes on from where the phone left them.
fn resume(context: &Arc<Context>, state: State) {
    if !matches!(state, State::Charter { .. } | State::NewPassword) {
        return;
    }
    let resuming = Arc::clone(context);
    context.runtime.handle().spawn(async move {
        let context = Arc::clone(&resuming);
        let _heard = resuming.act(async move { context.hear_standing().await }).await;
    });
}
