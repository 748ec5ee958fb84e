//! Tokio runtime of the core, and scopes of tasks that end together: operations run to their end even if the face stops waiting,
//! but not beyond the session they belong to.

use std::future::Future;
use std::pin::Pin;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::error::Error;

/// An operation that the member started. Boxed and without its result, so that the wrappers around it are compiled once.
pub(crate) type Operation = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// The core's own tokio runtime, on a thread of its own. The thread ends when this is dropped, and with it every task.
///
/// One thread is enough: the database takes milliseconds, and a captcha is solved on a blocking thread. It costs less
/// memory, and less waking up, than workers that share their tasks.
pub(crate) struct CoreRuntime {
    handle: Handle,
    /// Dropped to end the thread.
    _running: oneshot::Sender<()>,
}

impl CoreRuntime {
    pub(crate) fn start() -> std::io::Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().thread_name("fos-core").enable_all().build()?;
        let handle = runtime.handle().clone();
        let (running, ended) = oneshot::channel();
        std::thread::Builder::new().name("fos-core".to_owned()).spawn(move || {
            // Nothing is ever sent: the sender is dropped.
            let _ended = runtime.block_on(ended);
            // A captcha that is still being solved must not delay the end.
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, _running: running })
    }

    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }
}

/// Tasks that belong to one owner: cancelled and joined together by [`Self::close`].
#[derive(Clone)]
pub(crate) struct TaskScope {
    handle: Handle,
    tracker: TaskTracker,
    cancellation: CancellationToken,
}

impl TaskScope {
    pub(crate) fn new(handle: &Handle) -> Self {
        Self { handle: handle.clone(), tracker: TaskTracker::new(), cancellation: CancellationToken::new() }
    }

    /// Returns true once [`Self::cancel`] or [`Self::close`] was called.
    pub(crate) fn is_closed(&self) -> bool {
        self.cancellation.is_cancelled()
    }

    /// Runs a future in the caller's task until the scope is closed.
    ///
    /// # Errors
    /// [`Error::SessionClosed`] if the scope is closed before the future ends, and the future's own errors.
    pub(crate) async fn run<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let until_closed = async {
            tokio::select! {
                biased;
                () = self.cancellation.cancelled() => Err(Error::SessionClosed),
                result = work => result,
            }
        };
        self.tracker.track_future(until_closed).await
    }

    /// Spawns a task that ends, at its next suspension, when the scope is closed.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let cancellation = self.cancellation.clone();
        // Of one type, whatever the work: a task of each type would add to what members download.
        let work: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(work);
        self.tracker.spawn_on(
            async move {
                tokio::select! {
                    biased;
                    () = cancellation.cancelled() => {}
                    () = work => {}
                }
            },
            &self.handle,
        );
    }

    /// Cancels every task without waiting for its end.
    pub(crate) fn cancel(&self) {
        self.cancellation.cancel();
    }

    /// Cancels every task and waits until all have ended. Must not be called by one of them.
    pub(crate) async fn close(&self) {
        self.cancellation.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn closing_a_scope_ends_its_tasks_and_waits_for_them() {
        let scope = TaskScope::new(&Handle::current());
        let (started, has_started) = tokio::sync::oneshot::channel();
        let running = scope.clone();
        let operation = tokio::spawn(async move {
            let never = async move {
                started.send(()).unwrap();
                std::future::pending::<Result<(), Error>>().await
            };
            running.run(never).await
        });
        let (held, is_dropped) = tokio::sync::oneshot::channel::<()>();
        scope.spawn(async move {
            let _held = held;
            std::future::pending::<()>().await;
        });
        has_started.await.unwrap();
        scope.close().await;
        assert!(is_dropped.await.is_err(), "the spawned task is gone");
        assert!(matches!(operation.await.unwrap(), Err(Error::SessionClosed)));
        assert!(matches!(scope.run(async { Ok(()) }).await, Err(Error::SessionClosed)), "later use as well");
    }
}
