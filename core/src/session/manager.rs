//! [`SessionManager`]: the stage machine's state, the current [`MemberSession`], and every operation that the member starts.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use fos_wire::access::SessionResponse;
use parking_lot::{Mutex, RwLock};
use tracing::{info, warn};

use super::{MemberSession, outbox_delivery, retained_accounts, tokens};
use crate::context::{AppContext, keys};
use crate::error::{Error, FosError};
use crate::forms::{Form, FormHost, SubmitFuture, SubmitOutcome};
use crate::observe::Change;
use crate::stage::{Effect, Event, RequiredActions, State};

/// Owner of the signed-in state: one for the process. A session exists in exactly those states that have a member.
pub(crate) struct SessionManager {
    context: Arc<AppContext>,
    state: Mutex<State>,
    /// Serialises transitions.
    transition_lock: tokio::sync::Mutex<()>,
    current: RwLock<Option<Arc<MemberSession>>>,
    /// True from the end of a session by somebody until the next sign-in.
    was_revoked: AtomicBool,
    /// True from a sign-out that keeps unsent work until the next sign-in.
    has_retained_work: AtomicBool,
    /// Forms outside the session that are cleared when a member leaves.
    reset_on_leaving: Mutex<Vec<Weak<Form>>>,
}

impl SessionManager {
    /// Opens the session that the last process left, if there is one, and starts its outbox. With nobody signed in, deletes
    /// any tokens that a killed process left.
    ///
    /// # Errors
    /// [`Error::Storage`] when the member's database or the key store cannot be opened.
    pub(crate) fn open(context: Arc<AppContext>) -> Result<Arc<Self>, Error> {
        let stored: State = context.device_db().get(keys::STATE)?.unwrap_or_default();
        let member = context.device_db().get::<String>(keys::LAST_MEMBER)?.filter(|_| stored.has_member());
        // A state without its member cannot be continued: the device's file was replaced in part.
        let state = if stored.has_member() && member.is_none() { State::Welcome } else { stored };
        if !state.signed_in() {
            // A key store that refuses must not keep the app from opening; the next sign-in replaces the tokens.
            if let Err(error) = tokens::erase(context.vault().as_ref()) {
                warn!(code = Error::from(error).code(), "tokens not erased");
            }
        }
        let session = member.map(|ppr| MemberSession::open(&context, &ppr)).transpose()?;
        let manager = Arc::new(Self {
            context,
            state: Mutex::new(state),
            transition_lock: tokio::sync::Mutex::default(),
            current: RwLock::default(),
            was_revoked: AtomicBool::default(),
            has_retained_work: AtomicBool::default(),
            reset_on_leaving: Mutex::default(),
        });
        if let Some(session) = session {
            session.load_identifiers();
            manager.start(session);
        }
        Ok(manager)
    }

    pub(crate) fn context(&self) -> &Arc<AppContext> {
        &self.context
    }

    /// Returns the state of the stage machine.
    pub(crate) fn state(&self) -> State {
        *self.state.lock()
    }

    /// Returns true if somebody ended the last session of this process, and nobody has signed in since.
    pub(crate) fn was_revoked(&self) -> bool {
        self.was_revoked.load(Ordering::Relaxed)
    }

    /// Returns true if the last member of this process signed out and left unsent work on the phone.
    pub(crate) fn has_retained_work(&self) -> bool {
        self.has_retained_work.load(Ordering::Relaxed)
    }

    /// Ends the session's tasks and forgets its open forms, without waiting: the process drops the core. Later operations of the
    /// session fail with [`FosError::Cancelled`].
    pub(crate) fn shut_down(&self) {
        if let Some(session) = self.current() {
            session.abandon();
        }
    }

    /// Returns the session of the signed-in member.
    ///
    /// # Errors
    /// [`Error::SessionEnded`] when nobody is signed in.
    pub(crate) fn session(&self) -> Result<Arc<MemberSession>, Error> {
        self.current().ok_or(Error::SessionEnded)
    }

    pub(super) fn current(&self) -> Option<Arc<MemberSession>> {
        self.current.read().clone()
    }

    /// Clears this form, with its draft, whenever a member leaves: the next person to hold the phone may be somebody else.
    pub(crate) fn reset_on_leaving(&self, form: &Arc<Form>) {
        self.reset_on_leaving.lock().push(Arc::downgrade(form));
    }

    /// Makes a session the current one and starts its outbox.
    fn start(self: &Arc<Self>, session: Arc<MemberSession>) {
        *self.current.write() = Some(Arc::clone(&session));
        let scope = session.scope().clone();
        scope.spawn(outbox_delivery::run_loop(Arc::downgrade(self), session));
    }

    /// Delivers a session's outbox and returns true if nothing is left to retry. Errors show as notices.
    pub(super) async fn deliver_in_background(self: &Arc<Self>, session: &Arc<MemberSession>) -> bool {
        if !session.has_pending() {
            return true;
        }
        let delivering = Arc::clone(session);
        let delivery = Box::pin(async move { delivering.deliver_outbox().await });
        self.run_in_scope("deliver-in-background", session, delivery).await.is_ok()
    }

    /// Handles an error of a session's operation. A failure of that is ignored: the next call meets the same error.
    pub(super) async fn handle_session_error(&self, session: &MemberSession, error: &Error) {
        if session.scope().is_closed() {
            return;
        }
        let _met_again = match error {
            Error::SessionRevoked => {
                self.was_revoked.store(true, Ordering::Relaxed);
                self.apply(Event::SessionRevoked).await
            }
            Error::SessionEnded if self.state().signed_in() => self.apply(Event::SessionEnded).await,
            Error::Restricted => self.refresh_required_actions(session).await,
            _ => Ok(()),
        };
    }

    /// Asks the portal for the required actions and applies them.
    ///
    /// # Errors
    /// [`Error::Unreachable`] and the like; [`Error::NotAllowed`] when the member signed out meanwhile.
    pub(crate) async fn refresh_required_actions(&self, session: &MemberSession) -> Result<(), Error> {
        let due = session.refresh_now().await?;
        self.apply(Event::RequiredActionsReceived(due)).await
    }

    /// Opens the session of the member whom the portal has just signed in: tokens and profile are stored, and the account
    /// is no longer a retained one. [`Self::enter`] makes it the current session.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] while another member is signed in; [`Error::Storage`] when database or tokens cannot be
    /// written.
    pub(crate) async fn open_session(&self, body: &SessionResponse) -> Result<Arc<MemberSession>, Error> {
        let ppr = &body.member.ppr;
        let session = match self.current() {
            // The same member, whose session ended in the space: forms and work under way continue.
            Some(current) if current.ppr == *ppr => current,
            Some(_) => return Err(Error::NotAllowed("error-not-now")),
            None => MemberSession::open(&self.context, ppr)?,
        };
        session.store_tokens(body).await?;
        session.put_member(&body.member)?;
        retained_accounts::retain_or_erase_previous(&self.context, ppr)?;
        self.context.device_db().put(keys::LAST_MEMBER, ppr)?;
        retained_accounts::remove(&self.context, ppr)?;
        Ok(session)
    }

    /// Makes an opened session the current one and leads the member where the required actions say.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] at a stage where nobody can sign in; [`Error::Storage`] when the new state cannot be written.
    pub(crate) async fn enter(
        self: &Arc<Self>,
        session: Arc<MemberSession>,
        due: RequiredActions,
    ) -> Result<(), Error> {
        let _guard = self.transition_lock.lock().await;
        let event = Event::SignedIn(due);
        self.state().transition(event).map_err(|_| Error::NotAllowed("error-not-now"))?;
        // Current before the stage changes: the face reads the new screen at once.
        let is_new = self.current().is_none();
        if is_new {
            self.start(session);
        }
        let entered = self.transition(event).await;
        self.was_revoked.store(false, Ordering::Relaxed);
        self.has_retained_work.store(false, Ordering::Relaxed);
        if let (Err(_), true, Some(session)) = (&entered, is_new, self.current()) {
            session.abandon();
            *self.current.write() = None;
        }
        entered
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
        self.transition(event).await
    }

    async fn transition(&self, event: Event) -> Result<(), Error> {
        let old_state = self.state();
        let (new_state, effects) =
            old_state.transition(event).map_err(|_| Error::NotAllowed("error-not-now"))?;
        if new_state == old_state && effects.is_empty() {
            return Ok(());
        }
        if effects.contains(&Effect::ClearSession) {
            self.clear_tokens().await?;
        }
        if !new_state.has_member() {
            self.leave(effects).await?;
        }
        let session = self.current();
        if let (State::SessionExpired, Some(session)) = (new_state, &session) {
            // What was handed to a viewer in clear is no longer needed there.
            session.store().pdf_cache().clear_exports()?;
        }
        if let (State::Charter { .. }, Some(session)) = (new_state, &session) {
            // The one in memory may be an earlier version. Before the stage changes: the face then reads it at once.
            session.charter().invalidate();
        }
        self.context.device_db().put(keys::STATE, &new_state)?;
        *self.state.lock() = new_state;
        info!(from = old_state.stage().name(), to = new_state.stage().name(), "stage");
        if effects.contains(&Effect::ClearPasswordRequest) {
            self.context.device_db().remove(keys::PASSWORD_REQUEST)?;
        }
        if let Some(session) = session {
            session.wake_outbox();
        }
        self.context.notify(Change::Stage);
        let has_expired = new_state == State::SessionExpired || old_state == State::SessionExpired;
        if has_expired || self.was_revoked() || self.has_retained_work() {
            self.context.notify(Change::Notices);
        }
        Ok(())
    }

    async fn clear_tokens(&self) -> Result<(), Error> {
        match self.current() {
            Some(session) => session.tokens.clear().await,
            None => Ok(tokens::erase(self.context.vault().as_ref())?),
        }
    }

    /// Closes the current session and erases or retains its data, as the effects say.
    async fn leave(&self, effects: &[Effect]) -> Result<(), Error> {
        if self.state().has_member() {
            self.reset_on_leaving.lock().iter().filter_map(Weak::upgrade).for_each(|form| form.reset());
        }
        let Some(session) = self.current.write().take() else { return self.forget_member(effects) };
        if effects.contains(&Effect::EraseMember) {
            session.close().await?;
            session.store().erase()?;
        } else if effects.contains(&Effect::RetainUnsentWork) {
            let is_kept = retained_accounts::retain_or_erase(&session).await?;
            self.has_retained_work.store(is_kept, Ordering::Relaxed);
        } else {
            session.flush_drafts();
            session.close().await?;
        }
        self.forget_member(effects)
    }

    /// Clears the name of the last member where the member has left for good.
    fn forget_member(&self, effects: &[Effect]) -> Result<(), Error> {
        let has_left = effects.contains(&Effect::EraseMember) || effects.contains(&Effect::RetainUnsentWork);
        if has_left { Ok(self.context.device_db().remove(keys::LAST_MEMBER)?) } else { Ok(()) }
    }
}

impl FormHost for SessionManager {
    fn context(&self) -> &Arc<AppContext> {
        &self.context
    }

    fn run(
        self: Arc<Self>,
        name: &'static str,
        submission: SubmitFuture,
    ) -> Pin<Box<dyn Future<Output = Result<SubmitOutcome, FosError>> + Send>> {
        Box::pin(async move { Self::run(&self, name, submission).await })
    }
}
