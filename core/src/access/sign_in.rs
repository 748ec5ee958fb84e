//! Sign-in (guide step 5): PPR, password, captcha, «Se connecter».
//!
//! ```text
//!  submit ─▶ captcha proof ─▶ POST session ─▶ tokens into the vault ─▶ open member database ─▶ event SignedIn(required
//! actions)
//!                  ▲ rejected: solve once more    │ wrong password: solve the next challenge, show the problem
//! ```
//!
//! Tokens are stored first: killed in between, the member signs in again and the portal ends the older session.

use std::collections::HashMap;
use std::sync::Arc;

use reqwest::Method;
use zeroize::Zeroizing;

use super::captcha_box::CaptchaBox;
use super::last_password_hash::LastPasswordHash;
use super::password_request::PendingPasswordRequest;
use crate::api::paths;
use crate::api::wire::{SessionBody, SignIn as SignInBody};
use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::forms::{
    CaptchaState, FieldKindSpec, FieldSpec, FormHandler, FormHeader, FormSubmission, Problem, StepsView,
    SubmitFuture, SubmitOutcome,
};
use crate::i18n::{FormatArg, Identifier, is_invisible};
use crate::session::{MemberSession, SessionManager};
use crate::stage::State;

/// Returns the fields of the sign-in form. Its PPR has no help text: a member with an account knows the number, and
/// space is short.
pub(super) fn fields() -> Vec<FieldSpec> {
    let mut fields = vec![FieldSpec::new("ppr", "own-ppr", FieldKindSpec::Ppr)];
    fields.extend(reauth_fields());
    fields
}

/// Returns the fields for a member who is known already.
pub(super) fn reauth_fields() -> Vec<FieldSpec> {
    vec![
        FieldSpec::new("password", "password", FieldKindSpec::Secret { new: false }),
        FieldSpec::new("captcha", "captcha", FieldKindSpec::Captcha),
    ]
}

/// Member that the form signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignInMode {
    /// Any member, by PPR.
    AnyMember,
    /// The member whose session ended in the space.
    SameMember,
}

pub(super) struct SignInHandler {
    context: Arc<AppContext>,
    sessions: Arc<SessionManager>,
    captcha: Arc<CaptchaBox>,
    last_password: Arc<LastPasswordHash>,
    mode: SignInMode,
}

impl SignInHandler {
    pub(super) fn new(
        sessions: Arc<SessionManager>,
        captcha: Arc<CaptchaBox>,
        last_password: Arc<LastPasswordHash>,
        mode: SignInMode,
    ) -> Arc<Self> {
        let context = Arc::clone(sessions.context());
        Arc::new(Self { context, sessions, captcha, last_password, mode })
    }

    async fn sign_in(&self, ppr: &str, password: &str) -> Result<(), Error> {
        let body = match self.create_session(ppr, password).await {
            // The proof expired on its way: solve once more without involving the member.
            Err(Error::CaptchaRejected) => {
                self.captcha.tick();
                self.create_session(ppr, password).await?
            }
            outcome => outcome?,
        };
        // Tokens first: killed here, the member signs in again and the portal ends the older session.
        let session = self.sessions.open_session(&body).await?;
        // The portal has signed the member in: comforts that cannot be stored do not change that.
        let _without_hash = self.last_password.set(password);
        let _without_identifiers = self.store_identifiers(&session, &body);
        let _without_device_token = self.store_device_token(&body);
        self.sessions.enter(session, body.required_actions()).await
    }

    /// Stores what was typed to ask for the password: a new password must not contain it.
    fn store_identifiers(&self, session: &MemberSession, body: &SessionBody) -> Result<(), Error> {
        let pending: Option<PendingPasswordRequest> = self.context.device_db().get(keys::PASSWORD_REQUEST)?;
        match pending.filter(|pending| pending.request.ppr == body.member.ppr) {
            Some(pending) => Ok(session.db().put(keys::IDENTIFIERS, &pending.identifiers())?),
            None => Ok(()),
        }
    }

    /// Stores the token that makes this phone a known device.
    fn store_device_token(&self, body: &SessionBody) -> Result<(), Error> {
        let Some(token) = &body.device_token else { return Ok(()) };
        let mut tokens = self.device_tokens()?;
        tokens.insert(body.member.ppr.clone(), token.clone());
        Ok(self.context.device_db().put(keys::DEVICE_TOKENS, &tokens)?)
    }

    fn device_tokens(&self) -> Result<HashMap<String, String>, Error> {
        Ok(self.context.device_db().get(keys::DEVICE_TOKENS)?.unwrap_or_default())
    }

    async fn create_session(&self, ppr: &str, password: &str) -> Result<SessionBody, Error> {
        let captcha = self.captcha.take_proof().await?;
        let tokens = self.device_tokens()?;
        let body = SignInBody {
            ppr,
            password,
            captcha: &captcha,
            device: self.context.device_name(),
            device_token: tokens.get(ppr).map(String::as_str),
        };
        self.context.client().send(Method::POST, paths::SESSIONS, None, &body).await
    }

    /// Trims whitespace and invisible characters around a mailed password, which come with copy and paste. A password of one's own is used as typed.
    fn trim_mailed_password(&self, password: &str) -> Zeroizing<String> {
        if self.sessions.state() != State::PasswordSent {
            return Zeroizing::new(password.to_owned());
        }
        Zeroizing::new(password.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).to_owned())
    }
}

impl FormHandler for SignInHandler {
    fn header(&self) -> FormHeader {
        let localizer = self.context.localizer();
        let first_access = self.sessions.state() == State::PasswordSent;
        match self.mode {
            SignInMode::AnyMember => FormHeader {
                title: localizer.message("title-sign-in"),
                steps: first_access.then(|| StepsView::of_first_access(2, &localizer)),
                intro: None,
                action: "sign-in",
                notice: None,
            },
            SignInMode::SameMember => {
                let ppr = Identifier::new(&self.context.last_member().unwrap_or_default()).shown;
                FormHeader {
                    title: localizer.message("title-sign-in-again"),
                    steps: None,
                    intro: Some(localizer.format("intro-sign-in-again", &[("ppr", FormatArg::Text(&ppr))])),
                    action: "sign-in",
                    notice: Some(localizer.message("notice-other-member")),
                }
            }
        }
    }

    fn on_input(&self) {
        self.captcha.prepare();
    }

    fn captcha(&self) -> CaptchaState {
        self.captcha.captcha_state()
    }

    fn captcha_problem(&self) -> Option<Problem> {
        self.captcha.problem()
    }

    fn on_captcha_ticked(&self, ticked: bool) {
        if ticked { self.captcha.tick() } else { self.captcha.untick() }
    }

    fn submit(self: Arc<Self>, submission: FormSubmission) -> SubmitFuture {
        Box::pin(async move {
            let password = self.trim_mailed_password(submission.secret("password"));
            let ppr = match self.mode {
                SignInMode::AnyMember => submission.value("ppr").to_owned(),
                SignInMode::SameMember => {
                    self.context.last_member().ok_or(Error::NotAllowed("error-not-now"))?
                }
            };
            let outcome = self.sign_in(&ppr, &password).await;
            match &outcome {
                Ok(()) => self.captcha.untick(),
                // The proof was used for a wrong password: solve the next one while the member looks for the right password.
                Err(Error::InvalidCredentials) => self.captcha.tick(),
                Err(_) => {}
            }
            outcome.map(|()| SubmitOutcome::Done { message: None })
        })
    }
}
