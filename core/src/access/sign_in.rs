//! Guide step 5: PPR, the password received, «je ne suis pas un robot», «Se connecter».

use std::sync::Arc;

use reqwest::Method;
use zeroize::Zeroizing;

use super::robot::RobotBox;
use crate::context::Context;
use crate::error::Trouble;
use crate::forms::{FieldKindSpec, FieldSpec, Filled, FormOwner, Frame, Problem, Robot, Sending, StepsView};
use crate::language::is_invisible;
use crate::portal::paths;
use crate::portal::wire::{SessionBody, SignIn as SignInBody};
use crate::stage::{Event, State};

pub(super) const FIELDS: &[FieldSpec] = &[
    FieldSpec { key: "ppr", wire: "ppr", phrase: "ppr", kind: FieldKindSpec::Ppr, only_if: None },
    FieldSpec {
        key: "password",
        wire: "password",
        phrase: "password",
        kind: FieldKindSpec::Secret { new: false },
        only_if: None,
    },
    FieldSpec { key: "robot", wire: "captcha", phrase: "robot", kind: FieldKindSpec::Robot, only_if: None },
];

pub(super) struct SignIn {
    context: Arc<Context>,
    robot: Arc<RobotBox>,
}

impl SignIn {
    pub(super) fn new(context: Arc<Context>) -> Arc<Self> {
        let robot = RobotBox::new(Arc::clone(&context));
        Arc::new(Self { context, robot })
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
        self.context.apply(Event::SignedIn(body.due())).await
    }

    async fn ask(&self, ppr: &str, password: &str) -> Result<SessionBody, Trouble> {
        let captcha = self.robot.take().await?;
        let body = SignInBody { ppr, password, captcha: &captcha, device: &self.context.device_name };
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
        Frame {
            title: words.say("title-sign-in"),
            steps: first_access.then(|| StepsView::of_first_access(2, &words)),
            intro: None,
            action: "sign-in",
            notice: None,
        }
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
            let outcome = self.enter(filled.value("ppr"), &password).await;
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
