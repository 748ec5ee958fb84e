//! The box «Je ne suis pas un robot» (guide step 5): the member ticks it, the phone solves a challenge of [`captcha_solver`]
//! on a blocking thread.
//!
//! ```text
//!   NotStarted ──prepare (first input) or tick──▶ Solving ──solved──▶ Solved ──take_proof──▶ Spent
//!    ▲                                              │  │                │ expired: Solving again
//!    └────────────────── untick ────────────────────┘  └── portal unreachable ──▶ Failed: to be ticked again
//! ```
//!
//! The challenge is solved ahead, from the first input on, so that ticking does not wait for the solver. A proof is used
//! once: the portal remembers it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fos_wire::access::{Challenge, SolvedChallenge};
use fos_wire::paths;
use tokio::sync::watch;

use crate::api::captcha_solver;
use crate::context::AppContext;
use crate::error::Error;
use crate::forms::{CaptchaState, Problem};
use crate::observe::Change;

/// A proof that expires within this time is not sent: it could expire on its way.
const EXPIRY_MARGIN_SECONDS: i64 = 30;

#[derive(Clone)]
enum ProofState {
    NotStarted,
    Solving(Solver),
    Solved(Box<SolvedChallenge>),
    /// Sent to the portal, which accepts each solution once.
    Spent,
    /// The portal could not be reached; the box has to be ticked again.
    Failed,
}

/// A solver under way.
#[derive(Clone)]
struct Solver {
    /// Number among all solvers: after an untick and another tick, an earlier one's result is obsolete.
    generation: u64,
    /// Set to cancel.
    cancelled: Arc<AtomicBool>,
}

/// Tick and proof; the proof may be solved before the tick.
#[derive(Clone)]
struct CheckboxState {
    ticked: bool,
    proof: ProofState,
    /// Generation of the last solver.
    last_generation: u64,
}

pub(super) struct CaptchaCheckbox {
    context: Arc<AppContext>,
    state: watch::Sender<CheckboxState>,
}

impl CaptchaCheckbox {
    pub(super) fn new(context: Arc<AppContext>) -> Arc<Self> {
        Arc::new(Self {
            context,
            state: watch::Sender::new(CheckboxState {
                ticked: false,
                proof: ProofState::NotStarted,
                last_generation: 0,
            }),
        })
    }

    pub(super) fn captcha_state(&self) -> CaptchaState {
        let state = self.state.borrow();
        match state.proof {
            _ if !state.ticked => CaptchaState::Idle,
            ProofState::Solving(_) => CaptchaState::Working,
            ProofState::Solved(_) | ProofState::Spent => CaptchaState::Done,
            ProofState::NotStarted | ProofState::Failed => CaptchaState::Idle,
        }
    }

    /// Returns the problem to show if solving failed after the box was ticked.
    pub(super) fn problem(&self) -> Option<Problem> {
        let state = self.state.borrow();
        (state.ticked && matches!(state.proof, ProofState::Failed)).then(|| Problem::new("captcha-failed"))
    }

    /// Starts solving at the member's first input.
    pub(super) fn prepare(self: &Arc<Self>) {
        self.start_if(|state| matches!(state.proof, ProofState::NotStarted));
    }

    /// Ticks the box and starts solving unless a fresh proof exists.
    pub(super) fn tick(self: &Arc<Self>) {
        self.state.send_modify(|state| state.ticked = true);
        self.start_if(|state| !matches!(state.proof, ProofState::Solving(_)) && !self.is_fresh(&state.proof));
    }

    /// Removes the tick and cancels solving. A solved proof stays for the next tick.
    pub(super) fn untick(&self) {
        self.state.send_modify(|state| {
            state.ticked = false;
            match &state.proof {
                ProofState::Solving(solver) => solver.cancelled.store(true, Ordering::Relaxed),
                ProofState::Solved(_) => return,
                ProofState::NotStarted | ProofState::Spent | ProofState::Failed => {}
            }
            state.proof = ProofState::NotStarted;
        });
    }

    /// Takes the proof: waits until it is solved, and solves another if it expired.
    ///
    /// # Errors
    /// [`Error::CaptchaRejected`] if there is none.
    pub(super) async fn take_proof(self: &Arc<Self>) -> Result<SolvedChallenge, Error> {
        self.start_if(|state| matches!(state.proof, ProofState::Solved(_)) && !self.is_fresh(&state.proof));
        let mut changes = self.state.subscribe();
        let finished = changes.wait_for(|state| !matches!(state.proof, ProofState::Solving(_))).await;
        finished.map_err(|_| Error::CaptchaRejected)?;
        let mut taken = None;
        self.state.send_modify(|state| {
            if let ProofState::Solved(solved) = &state.proof {
                taken = Some((**solved).clone());
                state.proof = ProofState::Spent;
            }
        });
        taken.ok_or(Error::CaptchaRejected)
    }

    /// Returns true if the portal would still accept the proof: a challenge has an expiry.
    fn is_fresh(&self, proof: &ProofState) -> bool {
        let ProofState::Solved(solved) = proof else { return false };
        let until = solved.challenge.parameters.get("expiresAt").and_then(serde_json::Value::as_i64);
        until.is_none_or(|until| self.context.now().as_second() + EXPIRY_MARGIN_SECONDS < until)
    }

    /// Starts a solver if the state asks for one.
    fn start_if(self: &Arc<Self>, should_start: impl Fn(&CheckboxState) -> bool) {
        let mut started = None;
        self.state.send_if_modified(|state| {
            let starts = should_start(state);
            if starts {
                state.last_generation += 1;
                let solver = Solver { generation: state.last_generation, cancelled: Arc::default() };
                state.proof = ProofState::Solving(solver.clone());
                started = Some(solver);
            }
            starts
        });
        if let Some(solver) = started {
            let captcha = Arc::clone(self);
            self.context.runtime().spawn(async move { captcha.run_solver(solver).await });
        }
    }

    async fn run_solver(self: Arc<Self>, solver: Solver) {
        let outcome = self.solve(&solver.cancelled).await;
        self.state.send_if_modified(|state| {
            let is_current =
                matches!(&state.proof, ProofState::Solving(current) if current.generation == solver.generation);
            if is_current {
                state.proof = match outcome {
                    Ok(Some(solution)) => ProofState::Solved(Box::new(solution)),
                    Ok(None) => ProofState::NotStarted,
                    // If the box is not ticked yet, no problem is shown: ticking it starts another solver.
                    Err(_) => ProofState::Failed,
                };
            }
            is_current
        });
        self.context.notify(Change::Form);
        self.context.notify(Change::Notices);
    }

    async fn solve(&self, cancelled: &Arc<AtomicBool>) -> Result<Option<SolvedChallenge>, Error> {
        let challenge: Challenge = self.context.client().get(paths::CAPTCHA).await?;
        captcha_solver::solve_in_background(challenge, cancelled).await
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::*;
    use crate::testing::open_app;
    use crate::{FieldKind, FieldView, Fos, Observer};

    struct ChannelObserver(Sender<Change>);
    impl Observer for ChannelObserver {
        fn on_change(&self, change: Change) {
            self.0.send(change).unwrap();
        }
    }

    fn captcha_checkbox(fos: &Fos) -> FieldView {
        let fields = fos.access().sign_in().view().fields;
        fields.into_iter().find(|field| field.kind == FieldKind::Captcha).unwrap()
    }

    #[test]
    fn a_box_without_proof_asks_for_another_tick() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        let (sender, changes) = channel();
        let _subscription = fos.observe(Arc::new(ChannelObserver(sender)));
        fos.access().sign_in().set("captcha", "true");
        while captcha_checkbox(&fos).captcha == CaptchaState::Working {
            changes.recv_timeout(Duration::from_mins(1)).unwrap();
        }
        let view = captcha_checkbox(&fos);
        assert_eq!(view.captcha, CaptchaState::Idle);
        assert_eq!(view.problem.as_deref(), Some("لم يتم التحقق. المس الخانة مرة أخرى."));
        assert_eq!(fos.notices().len(), 1, "and that there is no connection");
    }
}
