//! Guide step 7: the mailed password is a first password, not one to keep.

use std::sync::Arc;

use reqwest::Method;

use super::password_rules::Known;
use super::remembered::Remembered;
use crate::context::{Context, kept};
use crate::error::{FieldProblem, Trouble};
use crate::forms::{
    FieldKindSpec, FieldSpec, Filled, FormOwner, Frame, Problem, Sending, StepsView, Weighed,
};
use crate::portal::paths;
use crate::portal::wire::{PasswordChange, PasswordChanged};
use crate::stage::{Due, Event};

fn field(key: &'static str, new: bool) -> FieldSpec {
    FieldSpec::new(key, key, FieldKindSpec::Secret { new })
}

pub(super) fn fields() -> Vec<FieldSpec> {
    vec![field("new", true), field("again", true)]
}

/// Later, from the profile: whoever holds the phone must know the password in use.
pub(super) fn fields_later() -> Vec<FieldSpec> {
    vec![field("current", false), field("new", true), field("again", true)]
}

/// When the password is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// In place of the mailed one.
    First,
    /// In place of one's own.
    Later,
}

pub(super) struct NewPassword {
    context: Arc<Context>,
    remembered: Arc<Remembered>,
    when: When,
}

impl NewPassword {
    pub(super) fn new(context: Arc<Context>, remembered: Arc<Remembered>, when: When) -> Arc<Self> {
        Arc::new(Self { context, remembered, when })
    }

    async fn change_later(&self, new: &str, current: &str) -> Result<(), Trouble> {
        match self.ask(new, Some(current)).await {
            Err(Trouble::Fields(fields)) if current_is_asked_for(&fields) => {
                // An answer may have been lost, and the new password be in use already.
                if !self.is_in_use(new).await? {
                    return Err(Trouble::Fields(fields));
                }
            }
            told => {
                told?;
            }
        }
        self.remembered.remember(new)
    }

    /// Changing a password to itself is refused as the same, and only where it is the one in use.
    async fn is_in_use(&self, password: &str) -> Result<bool, Trouble> {
        match self.ask(password, Some(password)).await {
            Err(Trouble::Fields(fields)) => Ok(fields.iter().any(|field| field.code == "same-as-before")),
            told => told.map(|_| true),
        }
    }

    async fn change(&self, new: &str) -> Result<(), Trouble> {
        let told = match self.ask(new, None).await {
            Err(Trouble::Fields(fields)) if current_is_asked_for(&fields) => {
                self.after_a_lost_answer(new).await?
            }
            told => told?,
        };
        self.remembered.remember(new)?;
        self.context.apply(Event::PasswordChanged).await?;
        // A charter that came out meanwhile is due at once.
        let due = Due { charter: told.charter_due, password: told.password_due };
        if due.charter { self.context.apply(Event::StandingTold(due)).await } else { Ok(()) }
    }

    async fn ask(&self, new: &str, current: Option<&str>) -> Result<PasswordChanged, Trouble> {
        let change = PasswordChange { new: new.to_owned(), current: current.map(str::to_owned) };
        self.context.session.act_safely(Method::PUT, paths::PASSWORD, &change).await
    }

    /// The portal wants the current password: so an earlier change went through and its answer was lost. If what was
    /// typed now is that password, all is well.
    async fn after_a_lost_answer(&self, new: &str) -> Result<PasswordChanged, Trouble> {
        if self.is_in_use(new).await? {
            return Ok(PasswordChanged { charter_due: false, password_due: false });
        }
        self.context.hear_standing().await?;
        Err(Trouble::Refused("error-password-already-set"))
    }

    fn known(&self) -> Known {
        let Ok(member) = self.context.member() else { return Known::default() };
        // What does not read cannot be compared with; the portal compares all the same.
        let kept: Option<Vec<String>> = member.sealed().get(kept::IDENTIFIERS).ok().flatten();
        let mut identifiers = kept.unwrap_or_default();
        identifiers.extend(self.context.last_member());
        Known { identifiers }
    }
}

fn current_is_asked_for(fields: &[FieldProblem]) -> bool {
    fields.iter().any(|field| field.field == "current")
}

impl FormOwner for NewPassword {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        match self.when {
            When::First => Frame {
                title: words.say("title-new-password"),
                steps: Some(StepsView::of_first_access(4, &words)),
                intro: Some(words.say("intro-new-password")),
                action: "change-password",
                notice: None,
                done: None,
                filed: None,
            },
            When::Later => Frame {
                title: words.say("title-change-password"),
                steps: None,
                intro: Some(words.say("intro-change-password")),
                action: "change-password",
                notice: None,
                done: Some(words.say("password-changed")),
                filed: None,
            },
        }
    }

    fn weigh(&self, key: &str, secret: &str) -> Option<Weighed> {
        // Nothing typed is compared with nothing: every view asks for it, and none needs the member's file.
        let known = || if secret.is_empty() { Known::default() } else { self.known() };
        (key == "new").then(|| known().weigh(secret, self.remembered.is(secret)))
    }

    fn judge(&self, filled: &Filled) -> Vec<(&'static str, Problem)> {
        let (new, again, current) = (filled.secret("new"), filled.secret("again"), filled.secret("current"));
        let is_old = new == current || self.remembered.is(new);
        let wrong = self.known().problem(new, is_old).map(|problem| ("new", problem));
        let differs = (new != again).then(|| ("again", Problem::named("differs")));
        wrong.into_iter().chain(differs).collect()
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        Box::pin(async move {
            match self.when {
                When::First => self.change(filled.secret("new")).await,
                When::Later => self.change_later(filled.secret("new"), filled.secret("current")).await,
            }
        })
    }
}
