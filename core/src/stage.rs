//! Stage machine: where the member is, and the one rule that nothing leads to the services' space but an accepted charter and
//! a password of the member's own (guide steps 6 and 7).
//!
//! A pure function, `state × event → state + effects`. An event that is invalid in a state changes nothing and is an error.
//!
//! ```text
//!             PasswordRequested            SignedIn
//!   Welcome ────────────────▶ PasswordSent ───────┐      the required actions decide where it leads
//!     ▲  ▲ ◀─────────────── (requested again: stays)
//!     │  │    CorrectAddress                      │
//!     │  └──────────────── SignedIn ──────────────┤
//!     │                                           ▼
//!     │  CharterRefused ┌─── charter required: Charter ───┐ CharterAccepted
//!     ├─────────────────┘                                 ▼
//!     │                     password required: NewPassword ──┐ PasswordChanged
//!     │  SignedOut, SessionEnded                             ▼
//!     ├──────────────────────────────── nothing required: Space
//!     │  SignedOut                                           │▲ SessionEnded
//!     └───────────── SessionExpired (shows as Space) ◀───────┘│
//!                                     └───────────────────────┘ SignedIn
//! ```
//!
//! A session that somebody ended (`SessionRevoked`) leads to `Welcome` from every state with a member: the phone may be in
//! other hands, so the member's database is closed, and unsent work stays sealed.
//!
//! A session that expires in the space leaves the member there: `SessionExpired` shows everything stored, and a sheet signs the
//! same member in again.
//!
//! `RequiredActionsReceived` carries what the portal requires (it comes with every refresh of the session): it moves a
//! signed-in member to the right stage after a response was lost or a new charter was published.

use serde::{Deserialize, Serialize};

/// Root of navigation: one screen for each stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Stage {
    /// Signed out: the sign-in screen and, from it, the form that asks for a password.
    Welcome,
    /// A password was requested; its mail is awaited.
    PasswordSent,
    /// Signed in; the charter in force has to be accepted.
    Charter,
    /// Signed in; the mailed password has to be replaced.
    NewPassword,
    /// The services' space.
    Space,
}

impl Stage {
    /// Returns its name in the diagnostic log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::PasswordSent => "password-sent",
            Self::Charter => "charter",
            Self::NewPassword => "new-password",
            Self::Space => "space",
        }
    }
}

/// State of the machine: the stage and what else it has to remember. Stored across restarts under these names.
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
    /// In the space, but the session has ended: stored data shows, nothing is sent.
    #[serde(rename = "lapsed")]
    SessionExpired,
}

/// Actions that the portal requires before it opens the services (it refuses all other calls until then).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequiredActions {
    pub(crate) charter: bool,
    pub(crate) password: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    PasswordRequested,
    CorrectAddress,
    SignedIn(RequiredActions),
    RequiredActionsReceived(RequiredActions),
    CharterAccepted,
    CharterRefused,
    PasswordChanged,
    SignedOut,
    /// Signed out, retaining unsent work for the same member.
    SignedOutKeepingWork,
    /// The session expired.
    SessionEnded,
    /// Somebody ended the session: the phone may be in other hands.
    SessionRevoked,
}

/// Effect of a transition: data to remove from the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Removes the pending password request.
    ClearPasswordRequest,
    /// Removes the session's tokens.
    ClearSession,
    /// Deletes the member's database and its key.
    EraseMember,
    /// Deletes database and key unless they hold unsent work, which is retained.
    RetainUnsentWork,
}

/// The event is invalid in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} does not fit {state:?}")]
pub(crate) struct InvalidTransition {
    pub(crate) state: State,
    pub(crate) event: Event,
}

impl RequiredActions {
    fn next_state(self) -> State {
        match self {
            Self { charter: true, password } => State::Charter { password_due: password },
            Self { charter: false, password: true } => State::NewPassword,
            Self { charter: false, password: false } => State::Space,
        }
    }
}

impl State {
    /// Returns the stage to show.
    pub(crate) fn stage(self) -> Stage {
        match self {
            Self::Welcome => Stage::Welcome,
            Self::PasswordSent => Stage::PasswordSent,
            Self::Charter { .. } => Stage::Charter,
            Self::NewPassword => Stage::NewPassword,
            Self::Space | Self::SessionExpired => Stage::Space,
        }
    }

    /// Returns true if a session belongs to this state.
    pub(crate) fn signed_in(self) -> bool {
        matches!(self, Self::Charter { .. } | Self::NewPassword | Self::Space)
    }

    /// Returns true if a member's database is open in this state.
    pub(crate) fn has_member(self) -> bool {
        self.signed_in() || self == Self::SessionExpired
    }

    /// Returns the next state and its effects.
    ///
    /// # Errors
    /// [`InvalidTransition`] if the event is invalid in this state.
    pub(crate) fn transition(self, event: Event) -> Result<(Self, &'static [Effect]), InvalidTransition> {
        let step: (Self, &'static [Effect]) = match (self, event) {
            (Self::Welcome | Self::PasswordSent, Event::PasswordRequested) => (Self::PasswordSent, &[]),
            (Self::PasswordSent, Event::CorrectAddress) => (Self::Welcome, &[]),
            (Self::Welcome | Self::PasswordSent | Self::SessionExpired, Event::SignedIn(due)) => {
                (due.next_state(), &[Effect::ClearPasswordRequest])
            }
            (state, Event::RequiredActionsReceived(due)) if state.signed_in() => (due.next_state(), &[]),
            (Self::Charter { password_due }, Event::CharterAccepted) => {
                (RequiredActions { charter: false, password: password_due }.next_state(), &[])
            }
            (Self::Charter { .. }, Event::CharterRefused) => {
                (Self::Welcome, &[Effect::ClearSession, Effect::RetainUnsentWork])
            }
            (Self::NewPassword, Event::PasswordChanged) => (Self::Space, &[]),
            (state, Event::SignedOut) if state.has_member() => {
                (Self::Welcome, &[Effect::ClearSession, Effect::EraseMember])
            }
            (state, Event::SignedOutKeepingWork) if state.has_member() => {
                (Self::Welcome, &[Effect::ClearSession, Effect::RetainUnsentWork])
            }
            (state, Event::SessionRevoked) if state.has_member() => {
                (Self::Welcome, &[Effect::ClearSession, Effect::RetainUnsentWork])
            }
            (Self::Space, Event::SessionEnded) => (Self::SessionExpired, &[Effect::ClearSession]),
            (state, Event::SessionEnded) if state.signed_in() => (Self::Welcome, &[Effect::ClearSession]),
            (state, event) => return Err(InvalidTransition { state, event }),
        };
        Ok(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_due() -> impl Strategy<Value = RequiredActions> {
        (any::<bool>(), any::<bool>()).prop_map(|(charter, password)| RequiredActions { charter, password })
    }

    fn any_event() -> impl Strategy<Value = Event> {
        prop_oneof![
            Just(Event::PasswordRequested),
            Just(Event::CorrectAddress),
            any_due().prop_map(Event::SignedIn),
            any_due().prop_map(Event::RequiredActionsReceived),
            Just(Event::CharterAccepted),
            Just(Event::CharterRefused),
            Just(Event::PasswordChanged),
            Just(Event::SignedOut),
            Just(Event::SignedOutKeepingWork),
            Just(Event::SessionEnded),
            Just(Event::SessionRevoked),
        ]
    }

    proptest! {
        /// Property: in any order of events, no required action is left in the space.
        #[test]
        fn no_way_to_the_space_without_charter_and_new_password(
            events in proptest::collection::vec(any_event(), 0..40),
        ) {
            let mut state = State::default();
            let mut due = RequiredActions { charter: true, password: true };
            for event in events {
                let Ok((next, _)) = state.transition(event) else { continue };
                match event {
                    Event::SignedIn(received) | Event::RequiredActionsReceived(received) => due = received,
                    Event::CharterAccepted => due.charter = false,
                    Event::PasswordChanged => due.password = false,
                    _ => {}
                }
                state = next;
                if matches!(state, State::Space | State::SessionExpired) {
                    prop_assert!(!due.charter && !due.password, "in the space with {due:?}");
                }
            }
        }

        #[test]
        fn an_invalid_event_changes_nothing_and_is_an_error(
            events in proptest::collection::vec(any_event(), 0..40),
        ) {
            let mut state = State::default();
            for event in events {
                match state.transition(event) {
                    Ok((next, _)) => state = next,
                    Err(refused) => prop_assert_eq!(refused, InvalidTransition { state, event }),
                }
            }
        }
    }

    #[test]
    fn a_first_access_goes_through_the_five_stages() {
        use Stage::{Charter, NewPassword, PasswordSent, Space, Welcome};
        let mut state = State::default();
        let mut stages = vec![state.stage()];
        let due = RequiredActions { charter: true, password: true };
        for event in
            [Event::PasswordRequested, Event::SignedIn(due), Event::CharterAccepted, Event::PasswordChanged]
        {
            (state, _) = state.transition(event).unwrap();
            stages.push(state.stage());
        }
        assert_eq!(stages, [Welcome, PasswordSent, Charter, NewPassword, Space]);
    }

    #[test]
    fn a_refused_charter_clears_everything_but_unsent_work() {
        let (state, effects) =
            State::Charter { password_due: true }.transition(Event::CharterRefused).unwrap();
        assert_eq!(state, State::Welcome);
        assert_eq!(effects, [Effect::ClearSession, Effect::RetainUnsentWork]);
    }

    #[test]
    fn a_revoked_session_leads_to_sign_in_from_every_state_with_a_member() {
        let charter = State::Charter { password_due: true };
        for state in [charter, State::NewPassword, State::Space, State::SessionExpired] {
            let (next, effects) = state.transition(Event::SessionRevoked).unwrap();
            assert_eq!(next, State::Welcome, "{state:?}");
            assert_eq!(effects, [Effect::ClearSession, Effect::RetainUnsentWork]);
        }
        assert!(State::Welcome.transition(Event::SessionRevoked).is_err());
    }

    #[test]
    fn a_session_ended_in_the_space_hides_nothing() {
        let (state, effects) = State::Space.transition(Event::SessionEnded).unwrap();
        assert_eq!((state.stage(), state.has_member(), state.signed_in()), (Stage::Space, true, false));
        assert_eq!(effects, [Effect::ClearSession]);
        let due = RequiredActions { charter: false, password: false };
        assert_eq!(state.transition(Event::SignedIn(due)).unwrap().0, State::Space);
        assert_eq!(state.transition(Event::SignedOut).unwrap().0, State::Welcome);
    }
}
