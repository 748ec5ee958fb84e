//! Guide step 7: the mailed password is a first password, not one to keep.

use std::sync::Arc;

use reqwest::Method;

use crate::context::{Context, kept};
use crate::error::{FieldProblem, Trouble};
use crate::forms::{FieldKindSpec, FieldSpec, Filled, FormOwner, Frame, Problem, Sending, StepsView};
use crate::portal::paths;
use crate::portal::wire::{Member, PasswordChange, PasswordChanged};
use crate::stage::{Due, Event};

/// Characters, as the portal counts them (`tests/portal/src/passwords.rs`).
const SHORTEST: usize = 12;
const LONGEST: usize = 128;

const fn field(key: &'static str) -> FieldSpec {
    FieldSpec { key, wire: key, phrase: key, kind: FieldKindSpec::Secret { new: true }, only_if: None }
}

pub(super) const FIELDS: &[FieldSpec] = &[field("new"), field("again")];

pub(super) struct NewPassword {
    context: Arc<Context>,
}

impl NewPassword {
    pub(super) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }

    async fn change(&self, new: &str) -> Result<(), Trouble> {
        let told = match self.ask(new, None).await {
            Err(Trouble::Fields(fields)) if current_is_asked_for(&fields) => {
                self.after_a_lost_answer(new).await?
            }
            told => told?,
        };
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
    /// typed now is that password, changing it to itself is refused as the same, and all is well.
    async fn after_a_lost_answer(&self, new: &str) -> Result<PasswordChanged, Trouble> {
        match self.ask(new, Some(new)).await {
            Err(Trouble::Fields(fields)) if fields.iter().any(|field| field.code == "same-as-before") => {
                Ok(PasswordChanged { charter_due: false, password_due: false })
            }
            Err(Trouble::Fields(_)) => {
                self.context.hear_standing().await?;
                Err(Trouble::Refused("error-password-already-set"))
            }
            told => told,
        }
    }

    fn ppr(&self) -> Option<String> {
        let member = self.context.member().ok()?.sealed().get::<Member>(kept::MEMBER).ok()??;
        Some(member.ppr)
    }
}

fn current_is_asked_for(fields: &[FieldProblem]) -> bool {
    fields.iter().any(|field| field.field == "current")
}

impl FormOwner for NewPassword {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        Frame {
            title: words.say("title-new-password"),
            steps: Some(StepsView::of_first_access(4, &words)),
            intro: Some(words.say("intro-new-password")),
            action: "change-password",
            notice: None,
        }
    }

    fn judge(&self, filled: &Filled) -> Vec<(&'static str, Problem)> {
        let (new, again) = (filled.secret("new"), filled.secret("again"));
        let length = new.chars().count();
        let mut problems = Vec::new();
        if length < SHORTEST {
            problems.push(("new", Problem::too_short(SHORTEST - length)));
        } else if length > LONGEST {
            problems.push(("new", Problem::named("too-long")));
        } else if self.ppr().is_some_and(|ppr| new.contains(&ppr)) {
            problems.push(("new", Problem::named("contains-identifier")));
        }
        if new != again {
            problems.push(("again", Problem::named("differs")));
        }
        problems
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        Box::pin(async move { self.change(filled.secret("new")).await })
    }
}
