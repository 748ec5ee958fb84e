//! Lock around the delivery of the outbox: one delivery at a time, cancelled when the member signs out.

use std::future::Future;

use tokio::sync::{Mutex, MutexGuard, watch};

use crate::error::Error;

/// Serialises deliveries and cancels them on sign-out.
#[derive(Default)]
pub(crate) struct DeliveryLock {
    running: Mutex<()>,
    cancelled: watch::Sender<bool>,
}

impl DeliveryLock {
    /// Runs a delivery after the one under way. Returns [`Error::NotAllowed`] if [`Self::cancel`] interrupts it.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let _guard = self.running.lock().await;
        let mut cancelled = self.cancelled.subscribe();
        tokio::select! {
            biased;
            _ = cancelled.wait_for(|cancelled| *cancelled) => Err(Error::NotAllowed("error-not-now")),
            result = work => result,
        }
    }

    /// Cancels the delivery under way, waits for its end and blocks new ones until the guard is dropped.
    pub(crate) async fn cancel(&self) -> MutexGuard<'_, ()> {
        self.cancelled.send_replace(true);
        let guard = self.running.lock().await;
        self.cancelled.send_replace(false);
        guard
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test]
    async fn cancel_interrupts_the_running_delivery_and_waits_for_it() {
        let delivery = Arc::new(DeliveryLock::default());
        let (started, has_started) = tokio::sync::oneshot::channel();
        let running = Arc::clone(&delivery);
        let task = tokio::spawn(async move {
            let never = async move {
                started.send(()).unwrap();
                std::future::pending::<Result<(), Error>>().await
            };
            running.run(never).await
        });
        has_started.await.unwrap();
        let guard = delivery.cancel().await;
        assert!(matches!(task.await.unwrap(), Err(Error::NotAllowed(_))));
        drop(guard);
        assert!(delivery.run(async { Ok(()) }).await.is_ok(), "the next member's goes on");
    }
}
