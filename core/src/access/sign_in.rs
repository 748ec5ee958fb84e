//! Sign-in (guide step 5): PPR, password, captcha, «Se connecter».
//!
//! ```text
//!  submit ─▶ captcha proof ─▶ POST session ─▶ tokens into the vault ─▶ open member database ─▶ event SignedIn(required
//! actions)
//!                  ▲ rejected: solve once more    │ wrong password: solve the next challenge, show the problem
//! ```
//!
//! Tokens are stored first: killed in between, the member signs in again and the portal ends the older session.

use std::sync::Arc;

use fos_rules::identifiers::significant_ppr;
use fos_wire::access::{SessionResponse, SignIn as SignInBody};
use fos_wire::paths;
use reqwest::Method;
use tracing::warn;

use super::captcha_checkbox::CaptchaCheckbox;
use super::device_tokens;
use super::last_password_hash::{LastPasswordHash, PasswordKind};
use super::password_request::PendingPasswordRequest;
use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::forms::{
    CaptchaState, FieldKindSpec, FieldSpec, FormHandler, FormHeader, FormSubmission, Problem, StepsView,
    SubmitFuture, SubmitOutcome,
};
use crate::i18n::{FormatArg, Identifier};
use crate::session::{MemberSession, SessionManager};
use crate::stage::{RequiredActions, State};

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
    captcha: Arc<CaptchaCheckbox>,
    last_password: Arc<LastPasswordHash>,
    mode: SignInMode,
}

impl SignInHandler {
    pub(super) fn new(
        sessions: Arc<SessionManager>,
        captcha: Arc<CaptchaCheckbox>,
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
        let kind = if body.password_due { PasswordKind::Mailed } else { PasswordKind::Chosen };
        for (what, stored) in [
            ("password hash", self.last_password.set(password, kind)),
            ("identifiers", self.store_identifiers(&session, &body)),
            ("device token", self.store_device_token(&body)),
        ] {
            if let Err(error) = stored {
                warn!(what, code = error.code(), "not stored");
            }
        }
        self.sessions.enter(session, RequiredActions::from(&body)).await
    }

    /// Stores what was typed to ask for the password, which a new password must not contain: an older portal does not
    /// say what it has on file.
    fn store_identifiers(&self, session: &MemberSession, body: &SessionResponse) -> Result<(), Error> {
        if !body.member.password_identifiers.is_empty() {
            return Ok(());
        }
        let pending: Option<PendingPasswordRequest> = self.context.device_db().get(keys::PASSWORD_REQUEST)?;
        match pending.filter(|pending| is_same_ppr(&pending.request.ppr, &body.member.ppr)) {
            Some(pending) => session.put_identifiers(pending.identifiers()),
            None => Ok(()),
        }
    }

    /// Stores the token that makes this phone a known device.
    fn store_device_token(&self, body: &SessionResponse) -> Result<(), Error> {
        match &body.device_token {
            Some(token) => device_tokens::store(&self.context, &body.member.ppr, token),
            None => Ok(()),
        }
    }

    async fn create_session(&self, ppr: &str, password: &str) -> Result<SessionResponse, Error> {
        let captcha = self.captcha.take_proof().await?;
        let body = SignInBody {
            ppr: ppr.to_owned(),
            password: password.to_owned(),
            captcha: Some(captcha),
            device: self.context.device_name().to_owned(),
            device_token: device_tokens::find(&self.context, ppr)?,
        };
        self.context.client().send(Method::POST, paths::SESSIONS, None, &body).await
    }
}

/// Returns true for one payroll number, written with or without the zeros before it.
fn is_same_ppr(one: &str, other: &str) -> bool {
    significant_ppr(one) == significant_ppr(other)
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
                let session = self.sessions.session();
                let ppr = Identifier::new(session.as_ref().map_or("", |session| session.ppr())).shown;
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
            let ppr = match self.mode {
                SignInMode::AnyMember => submission.value("ppr").to_owned(),
                SignInMode::SameMember => {
                    self.context.last_member().ok_or(Error::NotAllowed("error-not-now"))?
                }
            };
            let outcome = self.sign_in(&ppr, submission.secret("password")).await;
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
