//! How a request stands, and what the desk may do about it: filed → under review → approved or refused; a request may
//! also be decided at once. What is decided stays decided.

use clap::ValueEnum;
use serde::Serialize;
use utoipa::ToSchema;

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
#[schema(as = RequestState)]
pub enum State {
    /// The portal has it.
    Filed,
    /// The desk is at it.
    UnderReview,
    /// Granted.
    Approved,
    /// Not granted, for a reason that is given.
    Refused,
}

/// What the desk does about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Begins to look at it.
    Review,
    /// Grants it.
    Approve,
    /// Does not grant it.
    Refuse,
}

impl State {
    /// How it stands after `act`; none when that cannot be done to it.
    pub(crate) fn after(self, act: Act) -> Option<Self> {
        match (self, act) {
            (Self::Filed, Act::Review) => Some(Self::UnderReview),
            (Self::Filed | Self::UnderReview, Act::Approve) => Some(Self::Approved),
            (Self::Filed | Self::UnderReview, Act::Refuse) => Some(Self::Refused),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::UnderReview => "under-review",
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }

    pub(crate) fn from_str(text: &str) -> Option<Self> {
        Self::value_variants().iter().copied().find(|state| state.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;
    use proptest::{prelude::*, sample::select};

    use super::{Act, State};

    /// Every step there is; no other is possible.
    const STEPS: [(State, State); 5] = [
        (State::Filed, State::UnderReview),
        (State::Filed, State::Approved),
        (State::Filed, State::Refused),
        (State::UnderReview, State::Approved),
        (State::UnderReview, State::Refused),
    ];

    proptest! {
        #[test]
        fn whatever_the_desk_does_a_request_takes_known_steps_and_is_decided_once(
            acts in prop::collection::vec(select(vec![Act::Review, Act::Approve, Act::Refuse]), 0..12)
        ) {
            let mut state = State::Filed;
            let mut decisions = 0;
            for act in acts {
                let Some(next) = state.after(act) else { continue };
                prop_assert!(STEPS.contains(&(state, next)), "{:?} → {:?}", state, next);
                decisions += u32::from(matches!(next, State::Approved | State::Refused));
                state = next;
            }
            prop_assert!(decisions <= 1);
            prop_assert_eq!(State::from_str(state.as_str()), Some(state));
        }
    }

    #[test]
    fn every_step_can_be_taken() {
        for (from, to) in STEPS {
            let acts = [Act::Review, Act::Approve, Act::Refuse];
            assert!(acts.into_iter().any(|act| from.after(act) == Some(to)), "{from:?} → {to:?}");
        }
    }

    #[test]
    fn the_command_line_calls_states_as_the_api_does() {
        for state in State::value_variants() {
            assert_eq!(state.to_possible_value().unwrap().get_name(), state.as_str());
        }
    }
}
