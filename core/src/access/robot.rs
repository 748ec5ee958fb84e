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

#[derive(Clone)]
enum Check {
    Idle,
    Working(Arc<AtomicBool>),
    Solved(Box<Solved>),
    /// Handed to the portal, which takes each solution once.
    Spent,
    /// The portal could not be asked: to be ticked again.
    Failed,
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
            Check::Idle | Check::Failed => Robot::Idle,
            Check::Working(_) => Robot::Working,
            Check::Solved(_) | Check::Spent => Robot::Done,
        }
    }

    /// What to say beside a box that came unticked by itself.
    pub(super) fn problem(&self) -> Option<Problem> {
        matches!(*self.check.borrow(), Check::Failed).then(|| Problem::named("robot-failed"))
    }

    /// Ticks the box: the work starts now, so that it is done when the member reaches the button.
    pub(super) fn tick(self: &Arc<Self>) {
        let stop = Arc::new(AtomicBool::new(false));
        let begun = self.check.send_if_modified(|check| {
            let begins = matches!(check, Check::Idle | Check::Spent | Check::Failed);
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
                    Ok(None) => Check::Idle,
                    Err(_) => Check::Failed,
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
    use crate::{Config, FieldKind, FieldView, Fos, Platform, Watcher};

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
        let config = Config {
            data_dir: folder.path().display().to_string(),
            // Nothing listens there.
            portal: "http://127.0.0.1:9".to_owned(),
            app_version: "0".to_owned(),
        };
        let platform = Platform { device: "هاتف تجربة".to_owned(), language: "ar-MA".to_owned() };
        let fos = Fos::open(config, platform).unwrap();
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
