//! What is sent in the background, one thing at a time, and how it ends when its member leaves.

use std::future::Future;

use tokio::sync::{Mutex, MutexGuard, watch};

use crate::error::Trouble;

/// What is sent in the background for one member, one thing at a time: it ends when the member leaves.
#[derive(Default)]
pub(crate) struct Sending {
    one_at_a_time: Mutex<()>,
    leaving: watch::Sender<bool>,
}

impl Sending {
    /// Does this, unless the member leaves meanwhile.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        let _one_at_a_time = self.one_at_a_time.lock().await;
        let mut leaving = self.leaving.subscribe();
        tokio::select! {
            biased;
            _ = leaving.wait_for(|leaving| *leaving) => Err(Trouble::NotNow("error-not-now")),
            done = work => done,
        }
    }

    /// Breaks off what is under way, and lets nothing begin while this is held.
    pub(crate) async fn halt(&self) -> MutexGuard<'_, ()> {
        self.leaving.send_replace(true);
        let halted = self.one_at_a_time.lock().await;
        self.leaving.send_replace(false);
        halted
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn who_leaves_ends_what_is_under_way_and_waits_for_it() {
        let sending = Arc::new(Sending::default());
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let under_way = Arc::clone(&sending);
        let task = tokio::spawn(async move {
            let never = async move {
                begun.send(()).unwrap();
                std::future::pending::<Result<(), Trouble>>().await
            };
            under_way.run(never).await
        });
        has_begun.await.unwrap();
        let halted = sending.halt().await;
        assert!(matches!(task.await.unwrap(), Err(Trouble::NotNow(_))));
        drop(halted);
        assert!(sending.run(async { Ok(()) }).await.is_ok(), "the next member's goes on");
    }
}
