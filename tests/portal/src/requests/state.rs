//! State of a request.
//!
//! ```text
//! filed ──review──► under-review ──approve──► approved
//!   │                    └────────refuse────► refused
//!   ├──────────approve──────────────────────► approved
//!   └──────────refuse───────────────────────► refused
//! ```
//!
//! Approved and refused are final.

use clap::ValueEnum;
use serde::Serialize;
use utoipa::ToSchema;

/// State of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
#[schema(as = RequestState)]
pub enum RequestState {
    /// Received.
    Filed,
    /// Under review.
    UnderReview,
    /// Granted.
    Approved,
    /// Not granted, with a reason.
    Refused,
}

/// Action of the operator on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestAction {
    /// Starts the review.
    Review,
    /// Grants it.
    Approve,
    /// Refuses it.
    Refuse,
}

impl RequestState {
    /// Returns the state after `action`; `None` when it is not allowed.
    pub(crate) fn transition(self, action: RequestAction) -> Option<Self> {
        match (self, action) {
            (Self::Filed, RequestAction::Review) => Some(Self::UnderReview),
            (Self::Filed | Self::UnderReview, RequestAction::Approve) => Some(Self::Approved),
            (Self::Filed | Self::UnderReview, RequestAction::Refuse) => Some(Self::Refused),
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

    use super::{RequestAction, RequestState};

    /// Every allowed transition.
    const TRANSITIONS: [(RequestState, RequestState); 5] = [
        (RequestState::Filed, RequestState::UnderReview),
        (RequestState::Filed, RequestState::Approved),
        (RequestState::Filed, RequestState::Refused),
        (RequestState::UnderReview, RequestState::Approved),
        (RequestState::UnderReview, RequestState::Refused),
    ];

    proptest! {
        #[test]
        fn any_sequence_of_actions_takes_allowed_transitions_and_decides_once(
            actions in prop::collection::vec(select(vec![RequestAction::Review, RequestAction::Approve, RequestAction::Refuse]), 0..12)
        ) {
            let mut state = RequestState::Filed;
            let mut decisions = 0;
            for action in actions {
                let Some(next) = state.transition(action) else { continue };
                prop_assert!(TRANSITIONS.contains(&(state, next)), "{:?} → {:?}", state, next);
                decisions += u32::from(matches!(next, RequestState::Approved | RequestState::Refused));
                state = next;
            }
            prop_assert!(decisions <= 1);
            prop_assert_eq!(RequestState::from_str(state.as_str()), Some(state));
        }
    }

    #[test]
    fn every_transition_is_reachable() {
        for (from, to) in TRANSITIONS {
            let actions = [RequestAction::Review, RequestAction::Approve, RequestAction::Refuse];
            assert!(
                actions.into_iter().any(|action| from.transition(action) == Some(to)),
                "{from:?} → {to:?}"
            );
        }
    }

    #[test]
    fn the_command_line_calls_states_as_the_api_does() {
        for state in RequestState::value_variants() {
            assert_eq!(state.to_possible_value().unwrap().get_name(), state.as_str());
        }
    }
}
