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

use fos_wire::request::RequestState;

/// States that a request of this portal can have.
pub(crate) const STATES: [RequestState; 4] =
    [RequestState::Filed, RequestState::UnderReview, RequestState::Approved, RequestState::Refused];

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

/// Returns the state after `action`; `None` when it is not allowed.
pub(crate) fn transition(state: RequestState, action: RequestAction) -> Option<RequestState> {
    match (state, action) {
        (RequestState::Filed, RequestAction::Review) => Some(RequestState::UnderReview),
        (RequestState::Filed | RequestState::UnderReview, RequestAction::Approve) => {
            Some(RequestState::Approved)
        }
        (RequestState::Filed | RequestState::UnderReview, RequestAction::Refuse) => {
            Some(RequestState::Refused)
        }
        _ => None,
    }
}

/// Parses the name of a state, in the database and on the command line.
pub(crate) fn parse(text: &str) -> Option<RequestState> {
    STATES.into_iter().find(|state| state.as_str() == text)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::{RequestAction, RequestState, parse, transition};

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
                let Some(next) = transition(state, action) else { continue };
                prop_assert!(TRANSITIONS.contains(&(state, next)), "{:?} → {:?}", state, next);
                decisions += u32::from(matches!(next, RequestState::Approved | RequestState::Refused));
                state = next;
            }
            prop_assert!(decisions <= 1);
            prop_assert_eq!(parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn every_transition_is_reachable() {
        for (from, to) in TRANSITIONS {
            let actions = [RequestAction::Review, RequestAction::Approve, RequestAction::Refuse];
            assert!(
                actions.into_iter().any(|action| transition(from, action) == Some(to)),
                "{from:?} → {to:?}"
            );
        }
    }
}
