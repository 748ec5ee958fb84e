//! Where the member stands: the root of navigation, and the one rule that nothing leads to the services' space but an
//! accepted charter and a password of the member's own (guide steps 6 and 7).
//!
//! A pure machine: `state × event → state + effects`. An event that does not fit changes nothing and says so.
//!
//! ```text
//!             PasswordAsked               SignedIn
//!   Welcome ────────────────▶ PasswordSent ───────┐      what is due decides where it leads
//!     ▲  ▲ ◀──────────────── (asked again: stays) │
//!     │  │    CorrectAddress                      │
//!     │  └──────────────── SignedIn ──────────────┤
//!     │                                           ▼
//!     │  CharterRefused ┌───────── charter due: Charter ──┐ CharterAccepted
//!     ├─────────────────┘                                 ▼
//!     │                          password due: NewPassword ──┐ PasswordChanged
//!     │  SignedOut, SessionEnded                             ▼
//!     ├──────────────────────────────────── nothing due: Space
//!     │  SignedOut                                           │▲ SessionEnded
//!     └────────────────────── Lapsed (shows as Space) ◀──────┘│
//!                                     └───────────────────────┘ SignedIn
//! ```
//!
//! A session that ends in the space leaves the member where they are: `Lapsed` shows all that the phone keeps, and a
//! sheet signs the same member in again (design §2).
//!
//! `StandingTold` is the portal's own word on what is due (it comes with every refresh): it moves a signed-in member
//! to where they stand, after an answer was lost or a new charter was published.

use serde::{Deserialize, Serialize};

/// The screen at the root. One each; what is inside a stage is the face's own navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Stage {
    /// Not signed in: the sign-in screen and, from it, the form that asks for a password.
    Welcome,
    /// A password was asked for; the mail is on its way.
    PasswordSent,
    /// Signed in; the charter in force is still to be accepted.
    Charter,
    /// The mailed password is still to be replaced.
    NewPassword,
    /// The services.
    Space,
}

/// The same, with what the machine must remember. Kept on the phone across restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub(crate) enum State {
    #[default]
    Welcome,
    PasswordSent,
    Charter {
        password_due: bool,
    },
    NewPassword,
    Space,
    /// In the space, with a session that has ended: what is kept shows, nothing is sent.
    Lapsed,
}

/// What the portal says is still due (design §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) charter: bool,
    pub(crate) password: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    PasswordAsked,
    CorrectAddress,
    SignedIn(Due),
    StandingTold(Due),
    CharterAccepted,
    CharterRefused,
    PasswordChanged,
    SignedOut,
    /// Signed out, and what was not sent is kept for the same member.
    SignedOutForNow,
    SessionEnded,
}

/// The effect of a step: what the phone must forget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forget {
    /// The details with which a password was asked for have served.
    Request,
    /// Tokens are of no use any more.
    Session,
    /// File and key of the member go.
    Member,
    /// File and key go, unless there is work in it that was not sent.
    MemberButWork,
}

/// The event has no meaning where the member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} does not fit {state:?}")]
pub(crate) struct DoesNotFit {
    pub(crate) state: State,
    pub(crate) event: Event,
}

impl Due {
    fn leads_to(self) -> State {
        match self {
            Self { charter: true, password } => State::Charter { password_due: password },
            Self { charter: false, password: true } => State::NewPassword,
            Self { charter: false, password: false } => State::Space,
        }
    }
}

impl State {
    /// The screen at the root.
    pub(crate) fn stage(self) -> Stage {
        match self {
            Self::Welcome => Stage::Welcome,
            Self::PasswordSent => Stage::PasswordSent,
            Self::Charter { .. } => Stage::Charter,
            Self::NewPassword => Stage::NewPassword,
            Self::Space | Self::Lapsed => Stage::Space,
        }
    }

    /// Whether a session belongs to where the member stands.
    pub(crate) fn signed_in(self) -> bool {
        matches!(self, Self::Charter { .. } | Self::NewPassword | Self::Space)
    }

    /// Whether a member's file is open.
    pub(crate) fn has_member(self) -> bool {
        self.signed_in() || self == Self::Lapsed
    }

    /// One step.
    pub(crate) fn after(self, event: Event) -> Result<(Self, &'static [Forget]), DoesNotFit> {
        let step: (Self, &'static [Forget]) = match (self, event) {
            (Self::Welcome | Self::PasswordSent, Event::PasswordAsked) => (Self::PasswordSent, &[]),
            (Self::PasswordSent, Event::CorrectAddress) => (Self::Welcome, &[]),
            (Self::Welcome | Self::PasswordSent | Self::Lapsed, Event::SignedIn(due)) => {
                (due.leads_to(), &[Forget::Request])
            }
            (state, Event::StandingTold(due)) if state.signed_in() => (due.leads_to(), &[]),
            (Self::Charter { password_due }, Event::CharterAccepted) => {
                (Due { charter: false, password: password_due }.leads_to(), &[])
            }
            (Self::Charter { .. }, Event::CharterRefused) => {
                (Self::Welcome, &[Forget::Session, Forget::MemberButWork])
            }
            (Self::NewPassword, Event::PasswordChanged) => (Self::Space, &[]),
            (state, Event::SignedOut) if state.has_member() => {
                (Self::Welcome, &[Forget::Session, Forget::Member])
            }
            (state, Event::SignedOutForNow) if state.has_member() => {
                (Self::Welcome, &[Forget::Session, Forget::MemberButWork])
            }
            (Self::Space, Event::SessionEnded) => (Self::Lapsed, &[Forget::Session]),
            (state, Event::SessionEnded) if state.signed_in() => (Self::Welcome, &[Forget::Session]),
            (state, event) => return Err(DoesNotFit { state, event }),
        };
        Ok(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_due() -> impl Strategy<Value = Due> {
        (any::<bool>(), any::<bool>()).prop_map(|(charter, password)| Due { charter, password })
    }

    fn any_event() -> impl Strategy<Value = Event> {
        prop_oneof![
            Just(Event::PasswordAsked),
            Just(Event::CorrectAddress),
            any_due().prop_map(Event::SignedIn),
            any_due().prop_map(Event::StandingTold),
            Just(Event::CharterAccepted),
            Just(Event::CharterRefused),
            Just(Event::PasswordChanged),
            Just(Event::SignedOut),
            Just(Event::SignedOutForNow),
            Just(Event::SessionEnded),
        ]
    }

    proptest! {
        /// Whatever happens in whatever order: in the space, nothing is due.
        #[test]
        fn no_way_to_the_space_without_charter_and_new_password(
            events in proptest::collection::vec(any_event(), 0..40),
        ) {
            let mut state = State::default();
            let mut due = Due { charter: true, password: true };
            for event in events {
                let Ok((next, _)) = state.after(event) else { continue };
                match event {
                    Event::SignedIn(told) | Event::StandingTold(told) => due = told,
                    Event::CharterAccepted => due.charter = false,
                    Event::PasswordChanged => due.password = false,
                    _ => {}
                }
                state = next;
                if matches!(state, State::Space | State::Lapsed) {
                    prop_assert!(!due.charter && !due.password, "in the space with {due:?}");
                }
            }
        }

        #[test]
        fn an_event_that_does_not_fit_changes_nothing_and_says_so(
            events in proptest::collection::vec(any_event(), 0..40),
        ) {
            let mut state = State::default();
            for event in events {
                match state.after(event) {
                    Ok((next, _)) => state = next,
                    Err(refused) => prop_assert_eq!(refused, DoesNotFit { state, event }),
                }
            }
        }
    }

    #[test]
    fn a_first_access_goes_through_the_five_stages() {
        use Stage::{Charter, NewPassword, PasswordSent, Space, Welcome};
        let mut state = State::default();
        let mut stages = vec![state.stage()];
        let due = Due { charter: true, password: true };
        for event in
            [Event::PasswordAsked, Event::SignedIn(due), Event::CharterAccepted, Event::PasswordChanged]
        {
            (state, _) = state.after(event).unwrap();
            stages.push(state.stage());
        }
        assert_eq!(stages, [Welcome, PasswordSent, Charter, NewPassword, Space]);
    }

    #[test]
    fn who_refuses_the_charter_leaves_nothing_behind_but_unsent_work() {
        let (state, effects) = State::Charter { password_due: true }.after(Event::CharterRefused).unwrap();
        assert_eq!(state, State::Welcome);
        assert_eq!(effects, [Forget::Session, Forget::MemberButWork]);
    }

    #[test]
    fn a_session_that_ends_in_the_space_hides_nothing() {
        let (state, effects) = State::Space.after(Event::SessionEnded).unwrap();
        assert_eq!((state.stage(), state.has_member(), state.signed_in()), (Stage::Space, true, false));
        assert_eq!(effects, [Forget::Session]);
        let due = Due { charter: false, password: false };
        assert_eq!(state.after(Event::SignedIn(due)).unwrap().0, State::Space);
        assert_eq!(state.after(Event::SignedOut).unwrap().0, State::Welcome);
    }
}
