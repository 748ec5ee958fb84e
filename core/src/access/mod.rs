//! Guide steps 1 to 7: ask for a password, receive it by mail, sign in as a human, read and accept the charter, choose
//! a password of one's own.

mod charter;
mod new_password;
mod password_request;
mod password_rules;
mod remembered;
mod robot;
mod sign_in;
mod waiting;

use std::sync::Arc;

use crate::context::{Context, kept};
use crate::error::{FosError, Trouble};
use crate::forms::{Draft, Form, OfTheDevice};
use crate::language::{ActionView, Language};
use charter::CharterDesk;
pub use charter::CharterView;
use new_password::{NewPassword, When};
use password_request::{Asked, PasswordRequests};
use remembered::Remembered;
use robot::RobotBox;
use sign_in::{SignIn, Who};
pub use waiting::{CountdownView, WaitingView};

/// From nothing to the services' space.
#[derive(uniffi::Object)]
pub struct Access {
    context: Arc<Context>,
    requests: Arc<PasswordRequests>,
    charter: Arc<CharterDesk>,
    sign_in: Arc<Form>,
    password_request: Arc<Form>,
    new_password: Arc<Form>,
    sign_in_again: Arc<Form>,
    change_password: Arc<Form>,
}

/// What surrounds the sign-in form.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WelcomeView {
    /// The foundation's name.
    pub foundation: String,
    /// The ministry's.
    pub ministry: String,
    /// The name of the other language, in that language.
    pub other_language: String,
    /// Where the switch leads.
    pub other: Language,
    /// «First time here? Forgot your password?»: one path serves both (guide step 2).
    pub first_time: String,
    /// What will happen.
    pub first_time_text: String,
    /// Leads to the form that asks for a password.
    pub ask: ActionView,
}

impl Access {
    pub(crate) fn new(context: &Arc<Context>) -> Result<Arc<Self>, Trouble> {
        let form = |key, fields, owner| Form::new(key, fields, owner, Arc::clone(context));
        let requests = Arc::new(PasswordRequests::new(Arc::clone(context)));
        let (robot, remembered) = (RobotBox::new(Arc::clone(context)), Arc::new(Remembered::default()));
        let signing_in =
            |who| SignIn::new(Arc::clone(context), Arc::clone(&robot), Arc::clone(&remembered), who);
        let choosing = |when| NewPassword::new(Arc::clone(context), Arc::clone(&remembered), when);
        let password_request = form("password-request", password_request::fields(), requests.clone());
        let place = OfTheDevice { context: Arc::clone(context), name: kept::REQUEST_DRAFT };
        for (key, value) in place.left()? {
            password_request.prefill(&[(&key, &value)]);
        }
        let password_request = Arc::new(password_request.kept_in(Draft::new(place, context)));
        let sign_in = Arc::new(form("sign-in", sign_in::fields(), signing_in(Who::Anyone)));
        let sign_in_again = form("sign-in-again", sign_in::fields_again(), signing_in(Who::SameMember));
        let new_password = form("new-password", new_password::fields(), choosing(When::First));
        let change_password = form("change-password", new_password::fields_later(), choosing(When::Later));
        if let Some(asked) = requests.asked()? {
            asked.fill(&password_request);
            sign_in.prefill(&[("ppr", &asked.request.ppr)]);
        } else if let Some(ppr) = context.last_member() {
            sign_in.prefill(&[("ppr", &ppr)]);
        }
        requests.tell_ppr_to(&sign_in);
        let charter = Arc::new(CharterDesk::new(Arc::clone(context)));
        Ok(Arc::new(Self {
            context: Arc::clone(context),
            requests,
            charter,
            sign_in,
            password_request,
            new_password: Arc::new(new_password),
            sign_in_again: Arc::new(sign_in_again),
            change_password: Arc::new(change_password),
        }))
    }
}

#[uniffi::export]
impl Access {
    /// What surrounds the sign-in form.
    pub fn welcome(&self) -> WelcomeView {
        let words = self.context.words();
        let other = words.language().other();
        WelcomeView {
            foundation: words.say("foundation"),
            ministry: words.say("ministry"),
            other_language: crate::language::Words::of(other).say("language-name"),
            other,
            first_time: words.say("first-time"),
            first_time_text: words.say("first-time-text"),
            ask: words.action("ask-password"),
        }
    }

    /// PPR, password, robot box (guide step 5).
    pub fn sign_in(&self) -> Arc<Form> {
        Arc::clone(&self.sign_in)
    }

    /// PPR, CIN, e-mail, pension number (guide step 3).
    pub fn password_request(&self) -> Arc<Form> {
        Arc::clone(&self.password_request)
    }

    /// The new password, twice (guide step 7).
    pub fn new_password(&self) -> Arc<Form> {
        Arc::clone(&self.new_password)
    }

    /// Password and robot box, for the member whose session ended in the space: nothing is hidden meanwhile.
    pub fn sign_in_again(&self) -> Arc<Form> {
        Arc::clone(&self.sign_in_again)
    }

    /// Another password in place of one's own, from the profile.
    pub fn change_password(&self) -> Arc<Form> {
        Arc::clone(&self.change_password)
    }

    /// Who waits for the mail (guide step 4). Cheap: read again once a second while the countdown shows.
    ///
    /// # Errors
    /// [`FosError::NotAllowed`] when no password was asked for.
    pub fn waiting(&self) -> Result<WaitingView, FosError> {
        let words = self.context.words();
        let asked = self.requests.asked().and_then(|asked| asked.ok_or(Trouble::NotNow("error-not-now")));
        let asked: Asked = asked.map_err(|trouble| trouble.told(&words))?;
        let again_after = self.context.gate.config().map(|config| config.mail_again_after_seconds);
        Ok(waiting::view(&asked, self.context.time.now(), again_after, &words))
    }

    /// Asks for another mail with the same details.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like; nothing changes then.
    pub async fn ask_again(&self) -> Result<(), FosError> {
        let requests = Arc::clone(&self.requests);
        self.context.act(async move { requests.ask_again().await }).await
    }

    /// Back to the form, filled as it was: a letter of the address was wrong.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not keep the step.
    pub async fn correct_address(&self) -> Result<(), FosError> {
        let requests = Arc::clone(&self.requests);
        let form = Arc::clone(&self.password_request);
        self.context.act(async move { requests.correct(&form).await }).await
    }

    /// The charter in force (guide step 6), in the member's language; later, with the day it was accepted.
    ///
    /// # Errors
    /// [`FosError::Offline`] when it was never fetched and cannot be now.
    pub async fn charter(&self) -> Result<CharterView, FosError> {
        let charter = Arc::clone(&self.charter);
        self.context.act(async move { charter.view().await }).await
    }

    /// «Accepter»: the version and the very text that was read are what is accepted (domain.md c).
    ///
    /// # Errors
    /// [`FosError::Refused`] when another version came out meanwhile: read that one.
    pub async fn accept_charter(&self) -> Result<(), FosError> {
        let charter = Arc::clone(&self.charter);
        self.context.act(async move { charter.accept().await }).await
    }

    /// The member does not accept: signed out, nothing kept.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not forget.
    pub async fn refuse_charter(&self) -> Result<(), FosError> {
        let charter = Arc::clone(&self.charter);
        self.context.act(async move { charter.refuse().await }).await
    }
}
