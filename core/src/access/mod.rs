//! Access (guide steps 1 to 7): request a password, receive it by mail, sign in, accept the charter, choose a password.
//!
//! ```text
//!  Welcome ──password_request──▶ PasswordSent ──sign_in──▶ Charter ──accept_charter──▶ NewPassword ──new_password──▶
//! Space
//!     │  sign_in (has a password)                             ▲ new version of the charter        │
//!     └───────────────────────────────────────────────────────┴──────── nothing required ─────────┘
//! ```
//!
//! Each arrow is a [`Form`] or a method here and an event of the stage machine (`stage`); what the portal requires
//! decides where a sign-in leads.

mod captcha_checkbox;
mod charter;
mod device_tokens;
mod last_password_hash;
mod new_password;
mod password_request;
mod password_rules;
mod password_sent;
mod sign_in;

use std::sync::Arc;

use jiff::SignedDuration;

use tracing::info;

use crate::context::{AppContext, keys};
use crate::error::{Error, FosError};
use crate::forms::{DeviceDraftStorage, Draft, Form};
use crate::i18n::{ActionView, Language};
use crate::observe::Change;
use crate::runtime::TaskScope;
use crate::session::SessionManager;
use crate::stage::{Event, State};
use captcha_checkbox::CaptchaCheckbox;
use charter::CharterHandler;
pub use charter::CharterView;
use last_password_hash::LastPasswordHash;
use new_password::{NewPasswordHandler, PasswordChangeMode};
use password_request::{PasswordRequestHandler, PendingPasswordRequest};
pub use password_sent::{CountdownView, PasswordSentView};
use sign_in::{SignInHandler, SignInMode};

/// Time for which a password request is kept: the mailed password is valid as long.
const PASSWORD_REQUEST_RETENTION: SignedDuration = SignedDuration::from_hours(24);

/// The way from no account to the services' space.
#[derive(uniffi::Object)]
pub struct Access {
    sessions: Arc<SessionManager>,
    password_requests: Arc<PasswordRequestHandler>,
    password_request_draft: DeviceDraftStorage,
    charter: Arc<CharterHandler>,
    sign_in: Arc<Form>,
    password_request: Arc<Form>,
    new_password: Arc<Form>,
    sign_in_again: Arc<Form>,
    change_password: Arc<Form>,
}

/// Texts and buttons around the sign-in form.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WelcomeView {
    /// Name of the foundation.
    pub foundation: String,
    /// Name of the ministry.
    pub ministry: String,
    /// Name of the other language, in that language.
    pub other_language: String,
    /// Language of the switch.
    pub other: Language,
    /// «First time here? Forgot your password?»: one way serves both (guide step 2).
    pub first_time: String,
    /// Explanation of that way.
    pub first_time_text: String,
    /// Opens the form that requests a password.
    pub ask: ActionView,
}

impl Access {
    pub(crate) fn new(sessions: &Arc<SessionManager>) -> Result<Arc<Self>, Error> {
        let context = sessions.context();
        let form = |key, fields, handler| Form::new(key, fields, handler, Arc::clone(sessions) as _);
        let (captcha, last_password) =
            (CaptchaCheckbox::new(Arc::clone(context)), Arc::new(LastPasswordHash::default()));
        let sign_in_handler = |mode| {
            SignInHandler::new(Arc::clone(sessions), Arc::clone(&captcha), Arc::clone(&last_password), mode)
        };
        let new_password_handler =
            |mode| NewPasswordHandler::new(Arc::clone(sessions), Arc::clone(&last_password), mode);
        let sign_in = Arc::new(form("sign-in", sign_in::fields(), sign_in_handler(SignInMode::AnyMember)));
        let password_requests =
            Arc::new(PasswordRequestHandler::open(Arc::clone(sessions), Arc::clone(&sign_in))?);
        let password_request =
            form("password-request", password_request::fields(), password_requests.clone());
        let storage = DeviceDraftStorage { context: Arc::clone(context), name: keys::PASSWORD_REQUEST_DRAFT };
        for (key, value) in storage.load()? {
            password_request.prefill(&[(&key, &value)]);
        }
        let draft = Draft::new(storage.clone(), TaskScope::new(context.runtime()));
        let password_request = Arc::new(password_request.with_draft(draft));
        sessions.reset_on_leaving(&password_request);
        sessions.reset_on_leaving(&sign_in);
        let sign_in_again =
            form("sign-in-again", sign_in::reauth_fields(), sign_in_handler(SignInMode::SameMember));
        let new_password =
            form("new-password", new_password::fields(), new_password_handler(PasswordChangeMode::First));
        let change_password = form(
            "change-password",
            new_password::replacement_fields(),
            new_password_handler(PasswordChangeMode::Replacement),
        );
        if let Some(pending) = password_requests.last_sent() {
            pending.prefill(&password_request);
            sign_in.prefill(&[("ppr", &pending.request.ppr)]);
        } else if let Some(ppr) = context.last_member() {
            sign_in.prefill(&[("ppr", &ppr)]);
        }
        Ok(Arc::new(Self {
            sessions: Arc::clone(sessions),
            password_requests,
            password_request_draft: storage,
            charter: Arc::new(CharterHandler::new(Arc::clone(sessions))),
            sign_in,
            password_request,
            new_password: Arc::new(new_password),
            sign_in_again: Arc::new(sign_in_again),
            change_password: Arc::new(change_password),
        }))
    }

    /// Writes pending input of the form that requests a password.
    pub(crate) fn flush_drafts(&self) {
        self.password_request.flush_draft();
    }

    /// Forgets a password request, and a draft of one, older than [`PASSWORD_REQUEST_RETENTION`]: the next person to hold the
    /// phone must not find them. Does nothing until the portal's clock is known.
    ///
    /// # Errors
    /// [`Error::Storage`] when the device's database cannot be read or written.
    pub(crate) async fn forget_expired_request(&self) -> Result<(), Error> {
        let Some(now) = self.context().clock().synced_now() else { return Ok(()) };
        let is_expired = |pending: &PendingPasswordRequest| {
            now.as_second() - pending.sent_at > PASSWORD_REQUEST_RETENTION.as_secs()
        };
        let has_expired = self.password_requests.pending()?.as_ref().is_some_and(is_expired);
        if has_expired {
            if self.sessions.state() == State::PasswordSent {
                self.sessions.apply(Event::CorrectAddress).await?;
            }
            self.context().device_db().remove(keys::PASSWORD_REQUEST)?;
        }
        if has_expired || self.password_request_draft.is_older_than(PASSWORD_REQUEST_RETENTION, now)? {
            self.password_request.reset();
            self.context().notify(Change::Form);
        }
        Ok(())
    }

    fn context(&self) -> &Arc<AppContext> {
        self.sessions.context()
    }
}

#[uniffi::export]
impl Access {
    /// Returns texts and buttons around the sign-in form.
    pub fn welcome(&self) -> WelcomeView {
        let localizer = self.context().localizer();
        let other = localizer.language().other();
        WelcomeView {
            foundation: localizer.message("foundation"),
            ministry: localizer.message("ministry"),
            other_language: crate::i18n::Localizer::for_language(other).message("language-name"),
            other,
            first_time: localizer.message("first-time"),
            first_time_text: localizer.message("first-time-text"),
            ask: localizer.action("ask-password"),
        }
    }

    /// Returns the sign-in form: PPR, password, captcha (guide step 5).
    pub fn sign_in(&self) -> Arc<Form> {
        Arc::clone(&self.sign_in)
    }

    /// Returns the form that requests a password: PPR, CIN, e-mail, pension number (guide step 3).
    ///
    /// The PPR that was typed at the sign-in form is in it.
    pub fn password_request(&self) -> Arc<Form> {
        let (typed, asked) = (self.sign_in.value("ppr"), self.password_request.value("ppr"));
        if asked.is_empty() && !typed.is_empty() {
            self.password_request.prefill(&[("ppr", &typed)]);
        }
        Arc::clone(&self.password_request)
    }

    /// Returns the form for the new password, entered twice (guide step 7).
    pub fn new_password(&self) -> Arc<Form> {
        Arc::clone(&self.new_password)
    }

    /// Returns the form with password and captcha for the member whose session ended in the space; nothing is hidden
    /// meanwhile.
    pub fn sign_in_again(&self) -> Arc<Form> {
        Arc::clone(&self.sign_in_again)
    }

    /// Returns the form that replaces one's own password, opened from the profile.
    pub fn change_password(&self) -> Arc<Form> {
        Arc::clone(&self.change_password)
    }

    /// Returns the screen that awaits the mail (guide step 4). In memory; read it once a second while the countdown
    /// shows.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when no password was requested.
    pub fn password_sent(&self) -> Result<PasswordSentView, FosError> {
        let localizer = self.context().localizer();
        let pending = self.password_requests.shown();
        let pending = pending.ok_or_else(|| Error::NotAllowed("error-not-now").localize(&localizer))?;
        let resend_after =
            self.context().remote_config().config().map(|config| config.mail_again_after_seconds);
        Ok(password_sent::view(&pending, self.context().now(), resend_after, &localizer))
    }

    /// Requests another mail with the same details.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like; nothing changes then.
    pub async fn request_again(&self) -> Result<(), FosError> {
        let password_requests = Arc::clone(&self.password_requests);
        self.sessions.run("request-again", async move { password_requests.send_again().await }).await
    }

    /// Returns to the form, filled as before, to correct the address.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the new stage cannot be stored.
    pub async fn correct_address(&self) -> Result<(), FosError> {
        let password_requests = Arc::clone(&self.password_requests);
        let form = Arc::clone(&self.password_request);
        self.sessions
            .run("correct-address", async move { password_requests.correct_address(&form).await })
            .await
    }

    /// Returns the charter in force (guide step 6) in the member's language, with the date of its acceptance.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it was never fetched and cannot be now.
    pub async fn charter(&self) -> Result<CharterView, FosError> {
        let charter = Arc::clone(&self.charter);
        self.sessions.run_in_session("charter", |session| async move { charter.view(&session).await }).await
    }

    /// Keeps the article at which the member stopped reading the charter ([`CharterView::place`]), over a killed app and a
    /// refusal. Call when the page stands still and when it is left. Returns at once; written in the background.
    pub fn keep_charter_place(&self, edition: String, article: u32) {
        let Ok(session) = self.sessions.session() else { return };
        self.context().runtime().spawn_blocking(move || {
            // Without its place the charter opens at its beginning.
            if let Err(error) = charter::keep_place(&session, &edition, article) {
                info!(code = error.code(), "place in the charter not kept");
            }
        });
    }

    /// Accepts the charter that was read: version and hash of its text are recorded (law 43-20).
    ///
    /// # Errors
    /// [`FosError::Refused`] when another version is in force meanwhile: that one has to be read.
    pub async fn accept_charter(&self) -> Result<(), FosError> {
        let charter = Arc::clone(&self.charter);
        self.sessions
            .run_in_session("accept-charter", |session| async move { charter.accept(&session).await })
            .await
    }

    /// Refuses the charter: signs out and erases the session.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone's data cannot be erased.
    pub async fn refuse_charter(&self) -> Result<(), FosError> {
        let charter = Arc::clone(&self.charter);
        self.sessions
            .run_outliving_session("refuse-charter", |session| async move { charter.refuse(&session).await })
            .await
    }
}
