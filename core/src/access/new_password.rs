//! Choice of a password (guide step 7): the first one replaces the mailed password, later ones replace one's own.

use std::sync::Arc;

use fos_wire::access::{PasswordChange, PasswordChanged};
use fos_wire::paths;
use fos_wire::problem::{Code, FieldProblem};
use reqwest::Method;

use super::last_password_hash::{LastPasswordHash, PasswordKind};
use super::password_rules::KnownIdentifiers;
use crate::error::Error;
use crate::forms::{
    FieldKindSpec, FieldSpec, FormHandler, FormHeader, FormSubmission, Problem, StepsView, StrengthReport,
    SubmitFuture, SubmitOutcome,
};
use crate::session::SessionManager;
use crate::stage::{Event, RequiredActions};

fn field(key: &'static str, new: bool) -> FieldSpec {
    FieldSpec::new(key, key, FieldKindSpec::Secret { new })
}

pub(super) fn fields() -> Vec<FieldSpec> {
    vec![field("new", true), field("again", true)]
}

/// Returns the fields for replacing one's own password, which has to be entered too.
pub(super) fn replacement_fields() -> Vec<FieldSpec> {
    vec![field("current", false), field("new", true), field("again", true)]
}

/// Password that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PasswordChangeMode {
    /// The mailed password.
    First,
    /// One's own password.
    Replacement,
}

pub(super) struct NewPasswordHandler {
    sessions: Arc<SessionManager>,
    last_password: Arc<LastPasswordHash>,
    mode: PasswordChangeMode,
}

impl NewPasswordHandler {
    pub(super) fn new(
        sessions: Arc<SessionManager>,
        last_password: Arc<LastPasswordHash>,
        mode: PasswordChangeMode,
    ) -> Arc<Self> {
        Arc::new(Self { sessions, last_password, mode })
    }

    async fn replace_own(&self, new: &str, current: &str) -> Result<(), Error> {
        match self.send_change(new, Some(current)).await {
            Err(Error::FieldsRejected(fields)) if is_current_required(&fields) => {
                // If a response was lost, the new password may be in use already.
                if !self.is_in_use(new).await? {
                    return Err(Error::FieldsRejected(fields));
                }
            }
            response => {
                response?;
            }
        }
        // The password is changed; a later one that is the same is refused by the portal all the same.
        let _without_hash = self.last_password.set(new, PasswordKind::Chosen);
        Ok(())
    }

    /// Returns true if this is the password in use: the portal refuses to change it to itself, and only it.
    async fn is_in_use(&self, password: &str) -> Result<bool, Error> {
        match self.send_change(password, Some(password)).await {
            Err(Error::FieldsRejected(fields)) => {
                Ok(fields.iter().any(|field| field.code == Code::SameAsBefore))
            }
            response => response.map(|_| true),
        }
    }

    async fn replace_mailed(&self, new: &str) -> Result<(), Error> {
        let response = match self.send_change(new, None).await {
            Err(Error::FieldsRejected(fields)) if is_current_required(&fields) => {
                self.recover_lost_response(new).await?
            }
            response => response?,
        };
        let _without_hash = self.last_password.set(new, PasswordKind::Chosen);
        // Before the stage leads to the list, which reads it. Without a session nobody is there to be greeted.
        if let Ok(session) = self.sessions.session() {
            session.welcome();
        }
        self.sessions.apply(Event::PasswordChanged).await?;
        // A charter published meanwhile is required at once.
        let required = RequiredActions { charter: response.charter_due, password: response.password_due };
        if required.charter {
            self.sessions.apply(Event::RequiredActionsReceived(required)).await
        } else {
            Ok(())
        }
    }

    async fn send_change(&self, new: &str, current: Option<&str>) -> Result<PasswordChanged, Error> {
        let change = PasswordChange { new: new.to_owned(), current: current.map(str::to_owned) };
        self.sessions.session()?.send_idempotent(Method::PUT, paths::PASSWORD, &change).await
    }

    /// Handles the portal's demand for the current password: an earlier change succeeded and its response was lost.
    /// Succeeds if `new` is that password.
    async fn recover_lost_response(&self, new: &str) -> Result<PasswordChanged, Error> {
        if self.is_in_use(new).await? {
            return Ok(PasswordChanged { charter_due: false, password_due: false });
        }
        self.sessions.refresh_required_actions(&*self.sessions.session()?).await?;
        Err(Error::Rejected("error-password-already-set"))
    }

    fn known_identifiers(&self) -> KnownIdentifiers {
        let session = self.sessions.session();
        KnownIdentifiers { identifiers: session.map(|session| session.identifiers()).unwrap_or_default() }
    }
}

fn is_current_required(fields: &[FieldProblem]) -> bool {
    fields.iter().any(|field| field.field == "current")
}

impl FormHandler for NewPasswordHandler {
    fn unsent_phrase(&self) -> Option<&'static str> {
        // The portal may have changed it though its answer was lost.
        Some("password-unconfirmed")
    }

    fn header(&self) -> FormHeader {
        let localizer = self.sessions.context().localizer();
        match self.mode {
            PasswordChangeMode::First => FormHeader {
                title: localizer.message("title-new-password"),
                steps: Some(StepsView::of_first_access(4, &localizer)),
                intro: Some(localizer.message("intro-new-password")),
                action: "change-password",
                notice: None,
            },
            PasswordChangeMode::Replacement => FormHeader {
                title: localizer.message("title-change-password"),
                steps: None,
                intro: Some(localizer.message("intro-change-password")),
                action: "change-password",
                notice: None,
            },
        }
    }

    fn strength(&self, key: &str, secret: &str) -> Option<StrengthReport> {
        // Empty input needs no identifiers: every view computes this, and none should read the database for it.
        let known = || if secret.is_empty() { KnownIdentifiers::default() } else { self.known_identifiers() };
        (key == "new").then(|| known().strength(secret, self.last_password.matches(secret)))
    }

    fn validate(&self, submission: &FormSubmission) -> Vec<(&'static str, Problem)> {
        let (new, again, current) =
            (submission.secret("new"), submission.secret("again"), submission.secret("current"));
        let is_old = new == current || self.last_password.matches(new);
        let problem = self.known_identifiers().problem(new, is_old).map(|problem| ("new", problem));
        let mismatch = (new != again).then(|| ("again", Problem::new("differs")));
        problem.into_iter().chain(mismatch).collect()
    }

    fn submit(self: Arc<Self>, submission: FormSubmission) -> SubmitFuture {
        Box::pin(async move {
            match self.mode {
                PasswordChangeMode::First => {
                    self.replace_mailed(submission.secret("new")).await?;
                    Ok(SubmitOutcome::Done { message: None })
                }
                PasswordChangeMode::Replacement => {
                    self.replace_own(submission.secret("new"), submission.secret("current")).await?;
                    let message = self.sessions.context().localizer().message("password-changed");
                    Ok(SubmitOutcome::Done { message: Some(message) })
                }
            }
        })
    }
}
