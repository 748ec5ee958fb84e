//! Guide step 5: PPR, the password received, «je ne suis pas un robot», «Se connecter».

use std::collections::HashMap;
use std::sync::Arc;

use reqwest::Method;
use zeroize::Zeroizing;

use super::password_request::Asked;
use super::remembered::Remembered;
use super::robot::RobotBox;
use crate::context::{Context, kept};
use crate::error::Trouble;
use crate::forms::{FieldKindSpec, FieldSpec, Filled, FormOwner, Frame, Problem, Robot, Sending, StepsView};
use crate::language::{Identifier, Told, is_invisible};
use crate::portal::paths;
use crate::portal::wire::{SessionBody, SignIn as SignInBody};
use crate::stage::{Event, State};

/// Who has an account knows where the number stands: help with it is a line that the way to a first password needs.
pub(super) fn fields() -> Vec<FieldSpec> {
    let mut fields = vec![FieldSpec::new("ppr", "own-ppr", FieldKindSpec::Ppr)];
    fields.extend(fields_again());
    fields
}

/// Who is known already types no number.
pub(super) fn fields_again() -> Vec<FieldSpec> {
    vec![
        FieldSpec::new("password", "password", FieldKindSpec::Secret { new: false }),
        FieldSpec::new("robot", "robot", FieldKindSpec::Robot).sent_as("captcha"),
    ]
}

/// Whom the form signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Anyone: by the number they type.
    Anyone,
    /// The member whose session ended in the space.
    SameMember,
}

pub(super) struct SignIn {
    context: Arc<Context>,
    robot: Arc<RobotBox>,
    remembered: Arc<Remembered>,
    who: Who,
}

impl SignIn {
    pub(super) fn new(
        context: Arc<Context>,
        robot: Arc<RobotBox>,
        remembered: Arc<Remembered>,
        who: Who,
    ) -> Arc<Self> {
        Arc::new(Self { context, robot, remembered, who })
    }

    async fn enter(&self, ppr: &str, password: &str) -> Result<(), Trouble> {
        let body = match self.ask(ppr, password).await {
            // The proof grew stale on the way: a fresh one, once, without troubling the member.
            Err(Trouble::Captcha) => {
                self.robot.tick();
                self.ask(ppr, password).await?
            }
            outcome => outcome?,
        };
        // Tokens first: killed here, the member signs in again and the portal ends the older session.
        self.context.session.begin(&body).await?;
        self.context.welcome_member(&body.member)?;
        self.keep_what_serves_later(&body, password)?;
        self.context.apply(Event::SignedIn(body.due())).await
    }

    /// The password, so that the new one is another; the identifiers, so that it holds none; the device's token.
    fn keep_what_serves_later(&self, body: &SessionBody, password: &str) -> Result<(), Trouble> {
        self.remembered.remember(password)?;
        let asked: Option<Asked> = self.context.device.get(kept::REQUEST)?;
        if let Some(asked) = asked.filter(|asked| asked.request.ppr == body.member.ppr) {
            self.context.member()?.sealed().put(kept::IDENTIFIERS, &asked.identifiers())?;
        }
        if let Some(token) = &body.device_token {
            let mut tokens = self.device_tokens()?;
            tokens.insert(body.member.ppr.clone(), token.clone());
            self.context.device.put(kept::DEVICE_TOKENS, &tokens)?;
        }
        Ok(())
    }

    fn device_tokens(&self) -> Result<HashMap<String, String>, Trouble> {
        Ok(self.context.device.get(kept::DEVICE_TOKENS)?.unwrap_or_default())
    }

    async fn ask(&self, ppr: &str, password: &str) -> Result<SessionBody, Trouble> {
        let captcha = self.robot.take().await?;
        let tokens = self.device_tokens()?;
        let body = SignInBody {
            ppr,
            password,
            captcha: &captcha,
            device: &self.context.device_name,
            device_token: tokens.get(ppr).map(String::as_str),
        };
        self.context.client.act(Method::POST, paths::SESSIONS, None, &body).await
    }

    /// The mailed password comes through copy and paste, with what clings to it; one's own is taken as it is.
    fn as_mailed(&self, password: &str) -> Zeroizing<String> {
        if self.context.state() != State::PasswordSent {
            return Zeroizing::new(password.to_owned());
        }
        Zeroizing::new(password.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).to_owned())
    }
}

impl FormOwner for SignIn {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        let first_access = self.context.state() == State::PasswordSent;
        match self.who {
            Who::Anyone => Frame {
                title: words.say("title-sign-in"),
                steps: first_access.then(|| StepsView::of_first_access(2, &words)),
                intro: None,
                action: "sign-in",
                notice: None,
                done: None,
                filed: None,
            },
            Who::SameMember => {
                let ppr = Identifier::new(&self.context.last_member().unwrap_or_default()).shown;
                Frame {
                    title: words.say("title-sign-in-again"),
                    steps: None,
                    intro: Some(words.say_with("intro-sign-in-again", &[("ppr", Told::Text(&ppr))])),
                    action: "sign-in",
                    notice: Some(words.say("notice-other-member")),
                    done: None,
                    filed: None,
                }
            }
        }
    }

    fn touched(&self) {
        self.robot.prepare();
    }

    fn robot(&self) -> Robot {
        self.robot.state()
    }

    fn robot_problem(&self) -> Option<Problem> {
        self.robot.problem()
    }

    fn robot_ticked(&self, ticked: bool) {
        if ticked { self.robot.tick() } else { self.robot.untick() }
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        Box::pin(async move {
            let password = self.as_mailed(filled.secret("password"));
            let ppr = match self.who {
                Who::Anyone => filled.value("ppr").to_owned(),
                Who::SameMember => self.context.last_member().ok_or(Trouble::NotNow("error-not-now"))?,
            };
            let outcome = self.enter(&ppr, &password).await;
            match &outcome {
                Ok(()) => self.robot.untick(),
                // The solution was spent on a wrong password: prove again while the member looks for the right one.
                Err(Trouble::Credentials) => self.robot.tick(),
                Err(_) => {}
            }
            outcome
        })
    }
}
