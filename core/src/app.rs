//! [`Fos`]: opens everything, hands out the features, tells watchers what changed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};

use crate::access::Access;
use crate::account::Account;
use crate::clock::{Clock, PhoneClock, Time};
use crate::context::{Context, OwnRuntime, kept};
use crate::error::{FosError, Trouble};
use crate::language::{Language, Phrase, Words};
use crate::portal::{Client, Session};
use crate::services::Services;
use crate::stage::{Stage, State};
use crate::store::{MemberStore, Store};
use crate::vault;
use crate::views::{NoticeView, Tone};
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
}

/// What only the phone knows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Platform {
    /// How the member knows this phone among theirs.
    pub device: String,
    /// The phone's language as a BCP-47 tag, used until the member chooses.
    pub language: String,
}

/// The app without a face.
#[derive(uniffi::Object)]
pub struct Fos {
    context: Arc<Context>,
    access: Arc<Access>,
    services: Arc<Services>,
    account: Arc<Account>,
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
        Self::with_clock(config, platform, Box::new(PhoneClock))
            .map_err(|trouble| trouble.told(&Words::new(phone_language)))
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

    /// Who is signed in.
    pub fn account(&self) -> Arc<Account> {
        Arc::clone(&self.account)
    }

    /// Lines under the header, worst first.
    pub fn notices(&self) -> Vec<NoticeView> {
        let offline = NoticeView {
            icon: "cloud_off".to_owned(),
            text: self.context.words().say("offline-notice"),
            tone: Tone::Info,
        };
        let member_anew = || self.context.member().is_ok_and(|member| member.sealed().began_anew());
        let anew = NoticeView {
            icon: "warning".to_owned(),
            text: self.context.words().say("file-set-aside"),
            tone: Tone::Warning,
        };
        let worst_first = [
            (self.context.device.began_anew() || member_anew(), anew),
            (!self.context.client.reached(), offline),
        ];
        worst_first.into_iter().filter(|(stands, _)| *stands).map(|(_, notice)| notice).collect()
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
}

impl Fos {
    fn with_clock(config: Config, platform: Platform, clock: Box<dyn Clock>) -> Result<Arc<Self>, Trouble> {
        let folder = PathBuf::from(config.data_dir);
        let vault = vault::of_this_machine(&folder)?;
        let device = Store::device(&folder, vault.as_ref())?;
        let time = Arc::new(Time::new(clock));
        let client = Arc::new(Client::new(&config.portal, &config.app_version, Arc::clone(&time))?);
        let chosen = device.get::<String>(kept::LANGUAGE)?.and_then(|code| Language::from_code(&code));
        let language = chosen.unwrap_or_else(|| Language::of_phone(&platform.language));
        let state: State = device.get(kept::STATE)?.unwrap_or_default();
        let session =
            Session::new(Arc::clone(&client), Arc::clone(&vault), Arc::clone(&time), state.signed_in())?;
        let member = match device.get::<String>(kept::LAST_MEMBER)? {
            Some(ppr) if state.signed_in() => {
                Some(Arc::new(MemberStore::open(&folder, Arc::clone(&vault), &ppr)?))
            }
            _ => None,
        };
        let no_thread = |error: std::io::Error| Trouble::Bug(format!("thread-{}", error.kind()));
        let context = Arc::new(Context {
            folder,
            device_name: platform.device,
            time,
            vault,
            device,
            client,
            session,
            watchers: Watchers::start().map_err(no_thread)?,
            state: Mutex::new(state),
            stepping: tokio::sync::Mutex::default(),
            member: RwLock::new(member),
            words: RwLock::new(Arc::new(Words::new(language))),
            runtime: OwnRuntime::start().map_err(no_thread)?,
        });
        resume(&context, state);
        Ok(Arc::new(Self {
            access: Access::new(&context)?,
            services: Services::new(Arc::clone(&context)),
            account: Account::new(Arc::clone(&context)),
            context,
        }))
    }
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
