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

use fos_wire::access::{SessionResponse, SignIn as SignInBody};
use fos_wire::paths;
use reqwest::Method;
use zeroize::Zeroizing;

use super::captcha_box::CaptchaBox;
use super::last_password_hash::LastPasswordHash;
use super::password_request::PendingPasswordRequest;
use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::forms::{
    CaptchaState, FieldKindSpec, FieldSpec, FormHandler, FormHeader, FormSubmission, Problem, StepsView,
    SubmitFuture,
};
use crate::i18n::{FormatArg, Identifier};
use crate::stage::{Event, RequiredActions, State};

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
    captcha: Arc<CaptchaBox>,
    last_password: Arc<LastPasswordHash>,
    mode: SignInMode,
}

impl SignInHandler {
    pub(super) fn new(
        context: Arc<AppContext>,
        captcha: Arc<CaptchaBox>,
        last_password: Arc<LastPasswordHash>,
        mode: SignInMode,
    ) -> Arc<Self> {
        Arc::new(Self { context, captcha, last_password, mode })
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
        self.context.session.open(&body).await?;
        self.context.on_signed_in(&body.member)?;
        self.store_sign_in_data(&body, password)?;
        self.context.apply(Event::SignedIn(RequiredActions::from(&body))).await
    }

    /// Stores the password's hash (a new one must differ), the member's identifiers (a new one must not contain them)
    /// and the device token.
    fn store_sign_in_data(&self, body: &SessionResponse, password: &str) -> Result<(), Error> {
        self.last_password.set(password)?;
        let pending: Option<PendingPasswordRequest> = self.context.device.get(keys::PASSWORD_REQUEST)?;
        if let Some(pending) = pending.filter(|pending| pending.request.ppr == body.member.ppr) {
            self.context.member()?.db().put(keys::IDENTIFIERS, &pending.identifiers())?;
        }
        if let Some(token) = &body.device_token {
            let mut tokens = self.device_tokens()?;
            tokens.insert(body.member.ppr.clone(), token.clone());
            self.context.device.put(keys::DEVICE_TOKENS, &tokens)?;
        }
        Ok(())
    }

    fn device_tokens(&self) -> Result<HashMap<String, String>, Error> {
        Ok(self.context.device.get(keys::DEVICE_TOKENS)?.unwrap_or_default())
    }

    async fn create_session(&self, ppr: &str, password: &str) -> Result<SessionResponse, Error> {
        let captcha = self.captcha.take_proof().await?;
        let tokens = self.device_tokens()?;
        let body = SignInBody {
            ppr: ppr.to_owned(),
            password: password.to_owned(),
            captcha: Some(captcha),
            device: self.context.device_name.clone(),
            device_token: tokens.get(ppr).cloned(),
        };
        self.context.client.send(Method::POST, paths::SESSIONS, None, &body).await
    }

    /// Trims whitespace and invisible characters around a mailed password, which come with copy and paste. A password of one's own is used as typed.
    fn trim_mailed_password(&self, password: &str) -> Zeroizing<String> {
        if self.context.state() != State::PasswordSent {
            return Zeroizing::new(password.to_owned());
        }
        Zeroizing::new(fos_rules::password::normalize_mailed(password))
    }
}

impl FormHandler for SignInHandler {
    fn header(&self) -> FormHeader {
        let localizer = self.context.localizer();
        let first_access = self.context.state() == State::PasswordSent;
        match self.mode {
            SignInMode::AnyMember => FormHeader {
                title: localizer.message("title-sign-in"),
                steps: first_access.then(|| StepsView::of_first_access(2, &localizer)),
                intro: None,
                action: "sign-in",
                notice: None,
                done: None,
                filed: None,
            },
            SignInMode::SameMember => {
                let ppr = Identifier::new(&self.context.last_member().unwrap_or_default()).shown;
                FormHeader {
                    title: localizer.message("title-sign-in-again"),
                    steps: None,
                    intro: Some(localizer.format("intro-sign-in-again", &[("ppr", FormatArg::Text(&ppr))])),
                    action: "sign-in",
                    notice: Some(localizer.message("notice-other-member")),
                    done: None,
                    filed: None,
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
            outcome
        })
    }
}
