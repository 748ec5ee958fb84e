//! The box «Je ne suis pas un robot» (guide step 5): the member ticks it, the phone solves a challenge of [`captcha_solver`]
//! on a blocking thread.
//!
//! ```text
//!   None ──prepare (first input) or tick──▶ Working ──solved──▶ Solved ──take_proof──▶ Spent
//!    ▲                                        │  │                │ expired: Working again
//!    └────────────── untick ──────────────────┘  └── portal unreachable ──▶ Failed: to be ticked again
//! ```
//!
//! The challenge is solved ahead, at the first input, so that the tick shows at once. A proof is used once: the portal
//! remembers it.

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

/// A proof is not used in the last seconds of its life: it would arrive too late.
const EXPIRY_MARGIN_SECONDS: i64 = 30;

#[derive(Clone)]
enum Proof {
    None,
    /// Being solved.
    Working(Solving),
    Solved(Box<SolvedChallenge>),
    /// Sent to the portal, which accepts each solution once.
    Spent,
    /// The portal could not be reached; the box has to be ticked again.
    Failed,
}

/// A solver under way.
#[derive(Clone)]
struct Solving {
    /// Number of the start: after an untick and another tick, an earlier solver's result is obsolete.
    start: u64,
    /// Set to cancel.
    stop: Arc<AtomicBool>,
}

/// Tick and proof; the proof may be solved before the tick.
#[derive(Clone)]
struct BoxState {
    ticked: bool,
    proof: Proof,
    /// Number of solvers started so far.
    starts: u64,
}

pub(super) struct CaptchaBox {
    context: Arc<AppContext>,
    state: watch::Sender<BoxState>,
}

impl CaptchaBox {
    pub(super) fn new(context: Arc<AppContext>) -> Arc<Self> {
        Arc::new(Self {
            context,
            state: watch::Sender::new(BoxState { ticked: false, proof: Proof::None, starts: 0 }),
        })
    }

    pub(super) fn captcha_state(&self) -> CaptchaState {
        let state = self.state.borrow();
        match state.proof {
            _ if !state.ticked => CaptchaState::Idle,
            Proof::Working(_) => CaptchaState::Working,
            Proof::Solved(_) | Proof::Spent => CaptchaState::Done,
            Proof::None | Proof::Failed => CaptchaState::Idle,
        }
    }

    /// Returns the problem to show beside a box that lost its tick by itself.
    pub(super) fn problem(&self) -> Option<Problem> {
        let state = self.state.borrow();
        (state.ticked && matches!(state.proof, Proof::Failed)).then(|| Problem::new("captcha-failed"))
    }

    /// Starts solving at the member's first input.
    pub(super) fn prepare(self: &Arc<Self>) {
        self.start(|state| matches!(state.proof, Proof::None));
    }

    /// Ticks the box and starts solving unless a fresh proof exists.
    pub(super) fn tick(self: &Arc<Self>) {
        self.state.send_modify(|state| state.ticked = true);
        self.start(|state| !matches!(state.proof, Proof::Working(_)) && !self.is_fresh(&state.proof));
    }

    /// Removes the tick and cancels solving. A solved proof stays for the next tick.
    pub(super) fn untick(&self) {
        self.state.send_modify(|state| {
            state.ticked = false;
            match &state.proof {
                Proof::Working(solving) => solving.stop.store(true, Ordering::Relaxed),
                Proof::Solved(_) => return,
                Proof::None | Proof::Spent | Proof::Failed => {}
            }
            state.proof = Proof::None;
        });
    }

    /// Takes the proof: waits until it is solved, and solves another if it expired.
    ///
    /// # Errors
    /// [`Error::CaptchaRejected`] if there is none.
    pub(super) async fn take_proof(self: &Arc<Self>) -> Result<SolvedChallenge, Error> {
        self.start(|state| matches!(state.proof, Proof::Solved(_)) && !self.is_fresh(&state.proof));
        let mut changes = self.state.subscribe();
        let finished = changes.wait_for(|state| !matches!(state.proof, Proof::Working(_))).await;
        finished.map_err(|_| Error::CaptchaRejected)?;
        let mut taken = None;
        self.state.send_modify(|state| {
            if let Proof::Solved(solved) = &state.proof {
                taken = Some((**solved).clone());
                state.proof = Proof::Spent;
            }
        });
        taken.ok_or(Error::CaptchaRejected)
    }

    /// Returns true if the portal would still accept the proof: a challenge has an expiry.
    fn is_fresh(&self, proof: &Proof) -> bool {
        let Proof::Solved(solved) = proof else { return false };
        let until = solved.challenge.parameters.get("expiresAt").and_then(serde_json::Value::as_i64);
        until.is_none_or(|until| self.context.now().as_second() + EXPIRY_MARGIN_SECONDS < until)
    }

    fn start(self: &Arc<Self>, due: impl Fn(&BoxState) -> bool) {
        let mut started = None;
        self.state.send_if_modified(|state| {
            let is_due = due(state);
            if is_due {
                state.starts += 1;
                let solving = Solving { start: state.starts, stop: Arc::default() };
                state.proof = Proof::Working(solving.clone());
                started = Some(solving);
            }
            is_due
        });
        if let Some(solving) = started {
            let captcha = Arc::clone(self);
            self.context.runtime().spawn(async move { captcha.run_solver(solving).await });
        }
    }

    async fn run_solver(self: Arc<Self>, solving: Solving) {
        let outcome = self.solve(&solving.stop).await;
        self.state.send_if_modified(|state| {
            let is_current =
                matches!(&state.proof, Proof::Working(current) if current.start == solving.start);
            if is_current {
                state.proof = match outcome {
                    Ok(Some(solved)) => Proof::Solved(Box::new(solved)),
                    Ok(None) => Proof::None,
                    // Solving ahead failed: the tick tries again, so nothing is shown before.
                    Err(_) => Proof::Failed,
                };
            }
            is_current
        });
        self.context.notify(Change::Form);
        self.context.notify(Change::Notices);
    }

    async fn solve(&self, stop: &Arc<AtomicBool>) -> Result<Option<SolvedChallenge>, Error> {
        let challenge: Challenge = self.context.client().get(paths::CAPTCHA).await?;
        captcha_solver::solve_in_background(challenge, stop).await
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

    fn captcha_box(fos: &Fos) -> FieldView {
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
        while captcha_box(&fos).captcha == CaptchaState::Working {
            changes.recv_timeout(Duration::from_mins(1)).unwrap();
        }
        let view = captcha_box(&fos);
        assert_eq!(view.captcha, CaptchaState::Idle);
        assert_eq!(view.problem.as_deref(), Some("لم يتم التحقق. المس الخانة مرة أخرى."));
        assert_eq!(fos.notices().len(), 1, "and that there is no connection");
    }
}
