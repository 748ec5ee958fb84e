//! What every feature works with: the files, the portal, the language, where the member stands, and who watches.

use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::error::{FosError, Trouble};
use crate::gate::{Gate, Shut};
use crate::language::{Language, Words};
use crate::portal::config::SignedConfig;
use crate::portal::wire::Member;
use crate::portal::{Client, Session, paths};
use crate::sending::Sending;
use crate::stage::{Event, Forget, State};
use crate::store::{MemberStore, Store};
use crate::vault::Vault;
use crate::views::Theme;
use crate::watch::{Change, Watchers};

/// Names of what the device's file keeps.
pub(crate) mod kept {
    pub(crate) const STATE: &str = "state";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const THEME: &str = "theme";
    /// The PPR of who signed in last: whose file to open, and what to offer on the sign-in screen.
    pub(crate) const LAST_MEMBER: &str = "last-member";
    /// The details with which a password was asked for.
    pub(crate) const REQUEST: &str = "password-request";
    /// The portal's config as it was last told, with its signature.
    pub(crate) const CONFIG: &str = "config";
    /// By PPR, what makes this phone a known device to the portal.
    pub(crate) const DEVICE_TOKENS: &str = "device-tokens";
    /// Whose unsent work is kept though they signed out, and until when.
    pub(crate) const SET_BY: &str = "set-by";
    /// What was typed into the form that asks for a password and not sent yet.
    pub(crate) const REQUEST_DRAFT: &str = "password-request-draft";
    /// In the member's file: how the portal names them.
    pub(crate) const MEMBER: &str = "member";
    /// In the member's file: what may not stand in their password.
    pub(crate) const IDENTIFIERS: &str = "identifiers";
}

/// A member who signed out with unsent work.
#[derive(Serialize, Deserialize)]
struct SetBy {
    ppr: String,
    /// Unix seconds.
    until: i64,
}

/// How long unsent work is kept for who signed out (design §4).
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is written a moment after it was typed, and at once when that is asked.
pub(crate) trait WrittenBehind: Send + Sync {
    fn write_now(&self);
}

/// Shared by all features; made once by `Fos::open`.
pub(crate) struct Context {
    pub(crate) folder: PathBuf,
    /// What the portal lists this phone as.
    pub(crate) device_name: String,
    /// `android`, `ios`, `linux`.
    pub(crate) system: String,
    pub(crate) gate: Gate,
    /// The last trouble's code, for the help desk; empty while there was none.
    pub(crate) last_trouble: Mutex<&'static str>,
    pub(crate) time: Arc<Time>,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) device: Store,
    pub(crate) client: Arc<Client>,
    pub(crate) session: Session,
    pub(crate) watchers: Watchers,
    pub(crate) state: Mutex<State>,
    /// Held for the length of a step.
    pub(crate) stepping: tokio::sync::Mutex<()>,
    /// Held while the config is asked for: who learns meanwhile that there is a new one takes that answer.
    pub(crate) hearing: tokio::sync::Mutex<()>,
    pub(crate) member: RwLock<Option<Arc<MemberStore>>>,
    pub(crate) words: RwLock<Arc<Words>>,
    pub(crate) theme: Mutex<Theme>,
    pub(crate) sending: Sending,
    pub(crate) runtime: OwnRuntime,
    /// What may hold something that is not written yet.
    pub(crate) behind: Mutex<Vec<Weak<dyn WrittenBehind>>>,
}

impl Context {
    /// Has this written whenever everything is.
    pub(crate) fn writes_behind(&self, one: Weak<dyn WrittenBehind>) {
        let mut behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        behind.retain(|one| one.strong_count() > 0);
        behind.push(one);
    }

    /// Writes what was typed and is not written yet: the app leaves the screen, or somebody asks what there is.
    pub(crate) fn write_what_is_behind(&self) {
        let behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner).clone();
        behind.iter().filter_map(Weak::upgrade).for_each(|one| one.write_now());
    }

    /// The member's language, to speak in.
    pub(crate) fn words(&self) -> Arc<Words> {
        Arc::clone(&self.words.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn language(&self) -> Language {
        self.words().language()
    }

    pub(crate) fn set_language(&self, language: Language) -> Result<(), Trouble> {
        self.device.put(kept::LANGUAGE, &language.code())?;
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = Words::of(language);
        self.watchers.announce(Change::Language);
        Ok(())
    }

    pub(crate) fn theme(&self) -> Theme {
        *self.theme.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_theme(&self, theme: Theme) -> Result<(), Trouble> {
        self.device.put(kept::THEME, &theme)?;
        *self.theme.lock().unwrap_or_else(PoisonError::into_inner) = theme;
        self.watchers.announce(Change::Theme);
        Ok(())
    }

    /// Where the member stands.
    pub(crate) fn state(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file of whoever is signed in.
    pub(crate) fn member(&self) -> Result<Arc<MemberStore>, Trouble> {
        let member = self.member.read().unwrap_or_else(PoisonError::into_inner);
        member.clone().ok_or(Trouble::SessionEnded)
    }

    /// Whether this member is the one who is signed in: what was asked in their name must not be kept in another's.
    pub(crate) fn still_here(&self, member: &Arc<MemberStore>) -> Result<(), Trouble> {
        let here = self.member().is_ok_and(|here| Arc::ptr_eq(&here, member));
        if here { Ok(()) } else { Err(Trouble::NotNow("error-not-now")) }
    }

    /// Opens the file of the member who has just signed in.
    pub(crate) fn welcome_member(&self, member: &Member) -> Result<(), Trouble> {
        let open = self.member().ok().filter(|_| self.last_member() == Some(member.ppr.clone()));
        let store = match open {
            Some(open) => open,
            None => Arc::new(MemberStore::open(&self.folder, Arc::clone(&self.vault), &member.ppr)?),
        };
        store.sealed().put(kept::MEMBER, member)?;
        self.device.put(kept::LAST_MEMBER, &member.ppr)?;
        let mut set_by: Vec<SetBy> = self.device.get(kept::SET_BY)?.unwrap_or_default();
        if let Some(at) = set_by.iter().position(|one| one.ppr == member.ppr) {
            set_by.remove(at);
            self.device.put(kept::SET_BY, &set_by)?;
        }
        *self.member.write().unwrap_or_else(PoisonError::into_inner) = Some(store);
        Ok(())
    }

    /// Shuts the file of who leaves with unsent work, and erases that of who has none. Noted before it is shut: killed
    /// between, it is noted all the same.
    fn set_member_by(&self) -> Result<(), Trouble> {
        let Some(member) = self.member.write().unwrap_or_else(PoisonError::into_inner).take() else {
            return Ok(());
        };
        match self.last_member() {
            Some(ppr) if member.sealed().unsent()? != (0, 0) => {
                let mut set_by: Vec<SetBy> = self.device.get(kept::SET_BY)?.unwrap_or_default();
                set_by.retain(|other| other.ppr != ppr);
                set_by.push(SetBy { ppr, until: self.time.now().as_second() + KEPT_FOR.as_secs() });
                self.device.put(kept::SET_BY, &set_by)?;
                member.papers().take_back()?;
                member.sealed().rest()?;
            }
            _ => member.erase()?,
        }
        Ok(self.device.remove(kept::LAST_MEMBER)?)
    }

    /// Erases the unsent work of who did not come back for it in time.
    pub(crate) fn erase_what_is_overdue(&self) -> Result<(), Trouble> {
        let Some(now) = self.time.told() else { return Ok(()) };
        let set_by: Vec<SetBy> = self.device.get(kept::SET_BY)?.unwrap_or_default();
        let (overdue, kept): (Vec<SetBy>, Vec<SetBy>) =
            set_by.into_iter().partition(|one| one.until < now.as_second());
        if overdue.is_empty() {
            return Ok(());
        }
        for SetBy { ppr, .. } in &overdue {
            MemberStore::open(&self.folder, Arc::clone(&self.vault), ppr)?.erase()?;
        }
        Ok(self.device.put(kept::SET_BY, &kept)?)
    }

    /// The portal may name a member otherwise than before: an active member retires.
    fn take_note_of(&self, member: &Member) -> Result<(), Trouble> {
        match self.member() {
            Ok(store) => Ok(store.sealed().put(kept::MEMBER, member)?),
            // Signed out meanwhile: there is nobody to note it for.
            Err(_) => Ok(()),
        }
    }

    /// The PPR of who signed in last. One that does not read is as good as none: it is only offered.
    pub(crate) fn last_member(&self) -> Option<String> {
        self.device.get(kept::LAST_MEMBER).ok().flatten()
    }

    /// One step of the stage machine, kept before it shows. An event that does not fit changes nothing.
    ///
    /// Killed at any point, the phone is either before or after the step: tokens and files go before it is kept (their
    /// lack leads to the sign-in screen), the request with which a password was asked for goes after.
    pub(crate) async fn apply(&self, event: Event) -> Result<(), Trouble> {
        let _one_at_a_time = self.stepping.lock().await;
        let before = self.state();
        let (next, forgotten) = before.after(event).map_err(|_| Trouble::NotNow("error-not-now"))?;
        if next == before && forgotten.is_empty() {
            return Ok(());
        }
        let leaves = forgotten.contains(&Forget::Member) || forgotten.contains(&Forget::MemberButWork);
        // What is on its way must not go on in the name of whoever signs in next.
        let _halted = if leaves { Some(self.sending.halt().await) } else { None };
        if forgotten.contains(&Forget::Session) {
            self.session.forget().await?;
        }
        if forgotten.contains(&Forget::Member) {
            let member = self.member.write().unwrap_or_else(PoisonError::into_inner).take();
            member.map_or(Ok(()), |member| member.erase())?;
            self.device.remove(kept::LAST_MEMBER)?;
        }
        if forgotten.contains(&Forget::MemberButWork) {
            self.set_member_by()?;
        }
        self.device.put(kept::STATE, &next)?;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = next;
        if forgotten.contains(&Forget::Request) {
            self.device.remove(kept::REQUEST)?;
        }
        self.watchers.announce(Change::Stage);
        if next == State::Lapsed || before == State::Lapsed {
            self.watchers.announce(Change::Notices);
        }
        Ok(())
    }

    /// Runs an act to its end on the core's own threads: a face that stops waiting stops nothing (design §2).
    pub(crate) async fn act<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Trouble>> + Send + 'static,
    ) -> Result<T, FosError> {
        let context = Arc::clone(self);
        let reached_before = self.client.reached();
        let task = self.runtime.handle().spawn(async move {
            let before = context.state();
            let mut outcome = work.await;
            if let Err(trouble) = &outcome {
                *context.last_trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble.code();
                context.follow(trouble).await;
            }
            // In the space nothing was due: what is due now is a new charter.
            if before == State::Space
                && matches!(context.state(), State::Charter { .. })
                && matches!(outcome, Err(Trouble::Restricted))
            {
                outcome = Err(Trouble::CharterRenewed);
            }
            context.hear_config_if_newer();
            if let Some(member) = context.session.renewed_for() {
                context.take_note_of(&member)?;
            }
            outcome
        });
        let outcome = task.await.unwrap_or_else(|_| Err(Trouble::Bug("act".to_owned())));
        if self.client.reached() != reached_before {
            self.watchers.announce(Change::Notices);
        }
        outcome.map_err(|trouble| trouble.told(&self.words()))
    }

    /// What the portal's refusal says about where the member stands. The member is told of the refusal itself; should
    /// following it fail too, the next call meets the same refusal and follows again.
    async fn follow(&self, trouble: &Trouble) {
        let _followed = match trouble {
            Trouble::SessionEnded if self.state().signed_in() => self.apply(Event::SessionEnded).await,
            Trouble::Restricted => self.hear_standing().await,
            Trouble::Maintenance { .. } => self.hear_config().await,
            _ => Ok(()),
        };
    }

    /// Asks the portal what is still due and goes where that leads.
    pub(crate) async fn hear_standing(&self) -> Result<(), Trouble> {
        let due = self.session.standing().await?;
        self.apply(Event::StandingTold(due)).await
    }

    /// Asks the portal for its config; one that is not signed, or no newer, changes nothing.
    pub(crate) async fn hear_config(&self) -> Result<(), Trouble> {
        let _one_at_a_time = self.hearing.lock().await;
        self.ask_for_config().await
    }

    async fn ask_for_config(&self) -> Result<(), Trouble> {
        let signed: SignedConfig = self.client.get(paths::CONFIG).await?;
        if self.gate.take(&signed) {
            self.device.put(kept::CONFIG, &signed)?;
            self.watchers.announce(Change::Notices);
        }
        Ok(())
    }

    /// Every answer names the config's serial: only one that is news is asked for, and nobody waits for it.
    fn hear_config_if_newer(self: &Arc<Self>) {
        if !self.config_is_news() {
            return;
        }
        let context = Arc::clone(self);
        self.runtime.handle().spawn(async move {
            let _one_at_a_time = context.hearing.lock().await;
            // Not heard now, it is heard after the next call.
            context.config_is_news() && context.ask_for_config().await.is_ok()
        });
    }

    fn config_is_news(&self) -> bool {
        self.gate.listens() && self.client.config_serial() > self.gate.serial()
    }

    /// Maintenance, or a version too old, stops what is sent, never what is read (design §2). What was told may be over
    /// by now: the portal is asked once more before a member is turned away.
    pub(crate) async fn may_send(&self) -> Result<(), Trouble> {
        if self.gate.shut(self.time.now()).is_none() {
            return Ok(());
        }
        self.hear_config().await?;
        match self.gate.shut(self.time.now()) {
            None => Ok(()),
            Some(Shut::UpdateNeeded) => Err(Trouble::UpdateNeeded),
            Some(Shut::Maintenance { until }) => {
                let left = until.map(|until| until.as_second() - self.time.now().as_second());
                Err(Trouble::Maintenance {
                    seconds: left.and_then(|left| left.try_into().ok()).unwrap_or(300),
                })
            }
        }
    }
}

/// The core's own tokio runtime. Dropping one inside itself would panic; this lets go of it instead.
pub(crate) struct OwnRuntime {
    handle: tokio::runtime::Handle,
    runtime: Option<tokio::runtime::Runtime>,
}

impl OwnRuntime {
    pub(crate) fn start() -> std::io::Result<Self> {
        // Two: one may be busy with the database while the other serves the network.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fos-core")
            .enable_all()
            .build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    pub(crate) fn handle(&self) -> &tokio::runtime::Handle {
        &self.handle
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
