//! «Je ne suis pas un robot» (guide step 5): ticked by the member, proved by the phone, off the threads that others
//! wait for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::context::Context;
use crate::error::Trouble;
use crate::forms::{Problem, Robot};
use crate::portal::captcha;
use crate::portal::paths;
use crate::portal::wire::{Challenge, Solved};
use crate::watch::Change;

/// Not handed out so shortly before its end that it would arrive too late.
const MARGIN_SECONDS: i64 = 30;

#[derive(Clone)]
enum Proof {
    None,
    /// Being made; set, this stops it.
    Working(Arc<AtomicBool>),
    Made(Box<Solved>),
    /// Handed to the portal, which takes each solution once.
    Spent,
    /// The portal could not be asked: to be ticked again.
    Failed,
}

/// The box, and the proof behind it, which may be made before the box is ticked.
#[derive(Clone)]
struct Check {
    ticked: bool,
    proof: Proof,
}

pub(super) struct RobotBox {
    context: Arc<Context>,
    check: watch::Sender<Check>,
}

impl RobotBox {
    pub(super) fn new(context: Arc<Context>) -> Arc<Self> {
        Arc::new(Self { context, check: watch::Sender::new(Check { ticked: false, proof: Proof::None }) })
    }

    pub(super) fn state(&self) -> Robot {
        let check = self.check.borrow();
        match check.proof {
            _ if !check.ticked => Robot::Idle,
            Proof::Working(_) => Robot::Working,
            Proof::Made(_) | Proof::Spent => Robot::Done,
            Proof::None | Proof::Failed => Robot::Idle,
        }
    }

    /// What to say beside a box that came unticked by itself.
    pub(super) fn problem(&self) -> Option<Problem> {
        let check = self.check.borrow();
        (check.ticked && matches!(check.proof, Proof::Failed)).then(|| Problem::named("robot-failed"))
    }

    /// The member has begun to fill the form in: the proof is made ahead, so that the tick shows at once.
    pub(super) fn prepare(self: &Arc<Self>) {
        self.start(|check| matches!(check.proof, Proof::None));
    }

    /// Ticks the box.
    pub(super) fn tick(self: &Arc<Self>) {
        self.check.send_modify(|check| check.ticked = true);
        self.start(|check| !matches!(check.proof, Proof::Working(_)) && !self.is_fresh(&check.proof));
    }

    /// Takes the tick away. Work under way stops; a proof already made stays good for the next tick.
    pub(super) fn untick(&self) {
        self.check.send_modify(|check| {
            check.ticked = false;
            match &check.proof {
                Proof::Working(stop) => stop.store(true, Ordering::Relaxed),
                Proof::Made(_) => return,
                Proof::None | Proof::Spent | Proof::Failed => {}
            }
            check.proof = Proof::None;
        });
    }

    /// The proof, waiting for the work if it is still under way, and made anew if it grew stale meanwhile. Each is
    /// handed out once.
    pub(super) async fn take(self: &Arc<Self>) -> Result<Solved, Trouble> {
        self.start(|check| matches!(check.proof, Proof::Made(_)) && !self.is_fresh(&check.proof));
        let mut changes = self.check.subscribe();
        let settled = changes.wait_for(|check| !matches!(check.proof, Proof::Working(_))).await;
        settled.map_err(|_| Trouble::Captcha)?;
        let mut taken = None;
        self.check.send_modify(|check| {
            if let Proof::Made(solved) = &check.proof {
                taken = Some((**solved).clone());
                check.proof = Proof::Spent;
            }
        });
        taken.ok_or(Trouble::Captcha)
    }

    /// Whether the portal would still take it: a challenge says until when it is good.
    fn is_fresh(&self, proof: &Proof) -> bool {
        let Proof::Made(solved) = proof else { return false };
        let until = solved.challenge.parameters.get("expiresAt").and_then(serde_json::Value::as_i64);
        until.is_none_or(|until| self.context.time.now().as_second() + MARGIN_SECONDS < until)
    }

    fn start(self: &Arc<Self>, due: impl Fn(&Check) -> bool) {
        let stop = Arc::new(AtomicBool::new(false));
        let begun = self.check.send_if_modified(|check| {
            let begins = due(check);
            if begins {
                check.proof = Proof::Working(Arc::clone(&stop));
            }
            begins
        });
        if begun {
            let robot = Arc::clone(self);
            self.context.runtime.handle().spawn(async move { robot.work(stop).await });
        }
    }

    async fn work(self: Arc<Self>, stop: Arc<AtomicBool>) {
        let outcome = self.prove(&stop).await;
        self.check.send_if_modified(|check| {
            // Unticked, and perhaps ticked again, meanwhile: this outcome is nobody's any more.
            let ours = matches!(&check.proof, Proof::Working(current) if Arc::ptr_eq(current, &stop));
            if ours {
                check.proof = match outcome {
                    Ok(Some(solved)) => Proof::Made(Box::new(solved)),
                    Ok(None) => Proof::None,
                    // Made ahead, it is no matter of the member's: the tick will try again.
                    Err(_) => Proof::Failed,
                };
            }
            ours
        });
        self.context.watchers.announce(Change::Form);
        self.context.watchers.announce(Change::Notices);
    }

    async fn prove(&self, stop: &Arc<AtomicBool>) -> Result<Option<Solved>, Trouble> {
        let challenge: Challenge = self.context.client.get(paths::CAPTCHA).await?;
        let stop = Arc::clone(stop);
        let work = tokio::task::spawn_blocking(move || captcha::solve(challenge, &stop));
        work.await.unwrap_or_else(|_| Err(Trouble::Bug("captcha".to_owned())))
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::*;
    use crate::testing::open;
    use crate::{FieldKind, FieldView, Fos, Watcher};

    struct Heard(Sender<Change>);
    impl Watcher for Heard {
        fn changed(&self, change: Change) {
            self.0.send(change).unwrap();
        }
    }

    fn robot_box(fos: &Fos) -> FieldView {
        let fields = fos.access().sign_in().view().fields;
        fields.into_iter().find(|field| field.kind == FieldKind::Robot).unwrap()
    }

    #[test]
    fn a_box_that_could_not_be_proved_says_to_touch_it_again() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open(folder.path());
        let (sender, heard) = channel();
        let _watch = fos.watch(Arc::new(Heard(sender)));
        fos.access().sign_in().set("robot", "true");
        while robot_box(&fos).robot == Robot::Working {
            heard.recv_timeout(Duration::from_mins(1)).unwrap();
        }
        let shown = robot_box(&fos);
        assert_eq!(shown.robot, Robot::Idle);
        assert_eq!(shown.problem.as_deref(), Some("لم يتم التحقق. المس الخانة مرة أخرى."));
        assert_eq!(fos.notices().len(), 1, "and that there is no connection");
    }
}
