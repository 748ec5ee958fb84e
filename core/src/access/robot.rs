//! «Je ne suis pas un robot» (guide step 5): ticked by the member, proved by the phone, off the threads that others
//! wait for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::context::Context;
use crate::error::Trouble;
use crate::forms::Robot;
use crate::portal::captcha;
use crate::portal::paths;
use crate::portal::wire::{Challenge, Solved};
use crate::watch::Change;

#[derive(Clone)]
enum Check {
    Idle,
    Working(Arc<AtomicBool>),
    Solved(Box<Solved>),
    /// Handed to the portal, which takes each solution once.
    Spent,
}

pub(super) struct RobotBox {
    context: Arc<Context>,
    check: watch::Sender<Check>,
}

impl RobotBox {
    pub(super) fn new(context: Arc<Context>) -> Arc<Self> {
        Arc::new(Self { context, check: watch::Sender::new(Check::Idle) })
    }

    pub(super) fn state(&self) -> Robot {
        match *self.check.borrow() {
            Check::Idle => Robot::Idle,
            Check::Working(_) => Robot::Working,
            Check::Solved(_) | Check::Spent => Robot::Done,
        }
    }

    /// Ticks the box: the work starts now, so that it is done when the member reaches the button.
    pub(super) fn tick(self: &Arc<Self>) {
        let stop = Arc::new(AtomicBool::new(false));
        let begun = self.check.send_if_modified(|check| {
            let begins = matches!(check, Check::Idle | Check::Spent);
            if begins {
                *check = Check::Working(Arc::clone(&stop));
            }
            begins
        });
        if begun {
            let robot = Arc::clone(self);
            self.context.runtime.handle().spawn(async move { robot.work(stop).await });
        }
    }

    /// Takes the tick away and stops the work.
    pub(super) fn untick(&self) {
        self.check.send_modify(|check| {
            if let Check::Working(stop) = check {
                stop.store(true, Ordering::Relaxed);
            }
            *check = Check::Idle;
        });
    }

    /// The proof, waiting for the work if it is still under way. Each is handed out once.
    pub(super) async fn take(&self) -> Result<Solved, Trouble> {
        let mut changes = self.check.subscribe();
        let settled = changes.wait_for(|check| !matches!(check, Check::Working(_))).await;
        settled.map_err(|_| Trouble::Captcha)?;
        let mut taken = None;
        self.check.send_modify(|check| {
            if let Check::Solved(solved) = check {
                taken = Some((**solved).clone());
                *check = Check::Spent;
            }
        });
        taken.ok_or(Trouble::Captcha)
    }

    async fn work(self: Arc<Self>, stop: Arc<AtomicBool>) {
        let outcome = self.prove(&stop).await;
        self.check.send_if_modified(|check| {
            // Unticked, and perhaps ticked again, meanwhile: this outcome is nobody's any more.
            let ours = matches!(check, Check::Working(current) if Arc::ptr_eq(current, &stop));
            if ours {
                *check = match outcome {
                    Ok(Some(solved)) => Check::Solved(Box::new(solved)),
                    // The tick goes; sending says what to do, with the form's other problems.
                    Ok(None) | Err(_) => Check::Idle,
                };
            }
            ours
        });
        self.context.watchers.announce(Change::Form);
    }

    async fn prove(&self, stop: &Arc<AtomicBool>) -> Result<Option<Solved>, Trouble> {
        let challenge: Challenge = self.context.client.get(paths::CAPTCHA, None).await?;
        let stop = Arc::clone(stop);
        let work = tokio::task::spawn_blocking(move || captcha::solve(challenge, &stop));
        work.await.unwrap_or_else(|_| Err(Trouble::Bug("captcha".to_owned())))
    }
}
