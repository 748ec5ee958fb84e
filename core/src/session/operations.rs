//! Operations of the member: each runs to its end, its error may change the session, and is localized.
//!
//! | call | needs a session | ends with it |
//! |---|---|---|
//! | `run` | no | if there is one |
//! | `run_in_session` | yes | yes |
//! | `run_outliving_session` | yes | no: it may end the session itself |

use std::sync::Arc;

use parking_lot::Mutex;

use super::{MemberSession, SessionManager};
use crate::error::{Error, FosError};
use crate::runtime::Operation;
use crate::stage::State;

impl SessionManager {
    /// Runs an operation to its end on the core's runtime, even if the face drops the returned future; the end of the member's
    /// session ends it too. Handles an error that says something about the session, and localizes it.
    ///
    /// # Errors
    /// The operation's own, and [`FosError::Cancelled`] when the member signed out meanwhile.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        name: &'static str,
        operation: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, FosError> {
        let (operation, result) = without_result(operation);
        match self.current() {
            Some(session) => self.run_in_scope(name, &session, operation).await?,
            None => self.context().run(name, operation).await?,
        }
        self.result_of(&result)
    }

    /// Runs an operation of the signed-in member, as [`Self::run`].
    ///
    /// # Errors
    /// The operation's own, [`FosError::SignInAgain`] when nobody is signed in, and [`FosError::Cancelled`] when the member signed
    /// out meanwhile.
    pub(crate) async fn run_in_session<T, Work>(
        self: &Arc<Self>,
        name: &'static str,
        operation: impl FnOnce(Arc<MemberSession>) -> Work,
    ) -> Result<T, FosError>
    where
        T: Send + 'static,
        Work: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let session = self.session().map_err(|error| self.context().localize(&error))?;
        let (operation, result) = without_result(operation(Arc::clone(&session)));
        self.run_in_scope(name, &session, operation).await?;
        self.result_of(&result)
    }

    /// Runs an operation that may end the session, which therefore does not end the operation. Otherwise as
    /// [`Self::run_in_session`].
    ///
    /// # Errors
    /// The operation's own, and [`FosError::SignInAgain`] when nobody is signed in.
    pub(crate) async fn run_outliving_session<T, Work>(
        self: &Arc<Self>,
        name: &'static str,
        operation: impl FnOnce(Arc<MemberSession>) -> Work,
    ) -> Result<T, FosError>
    where
        T: Send + 'static,
        Work: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let session = self.session().map_err(|error| self.context().localize(&error))?;
        let (operation, result) = without_result(operation(Arc::clone(&session)));
        self.run_and_handle_error(name, session, operation).await?;
        self.result_of(&result)
    }

    fn result_of<T>(&self, result: &Mutex<Option<T>>) -> Result<T, FosError> {
        let result = result.lock().take();
        result.ok_or_else(|| self.context().localize(&Error::Bug("result".to_owned())))
    }

    pub(super) async fn run_in_scope(
        self: &Arc<Self>,
        name: &'static str,
        session: &Arc<MemberSession>,
        operation: Operation,
    ) -> Result<(), FosError> {
        let scope = session.scope().clone();
        let operation = Box::pin(async move { scope.run(operation).await });
        self.run_and_handle_error(name, Arc::clone(session), operation).await
    }

    async fn run_and_handle_error(
        self: &Arc<Self>,
        name: &'static str,
        session: Arc<MemberSession>,
        operation: Operation,
    ) -> Result<(), FosError> {
        let manager = Arc::clone(self);
        self.context()
            .run(
                name,
                Box::pin(async move {
                    let old_state = manager.state();
                    let result = operation.await;
                    if let Err(error) = &result {
                        manager.handle_session_error(&session, error).await;
                    }
                    // Nothing was required in the space before, so the portal now requires a new charter.
                    let has_new_charter =
                        old_state == State::Space && matches!(manager.state(), State::Charter { .. });
                    match result {
                        Err(Error::Restricted) if has_new_charter => Err(Error::CharterChanged),
                        result => result,
                    }
                }),
            )
            .await
    }
}

/// Returns an operation that leaves its result in the place beside it: operations of all types are run by one copy of the
/// code, a hundredth of the library.
fn without_result<T: Send + 'static>(
    operation: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> (Operation, Arc<Mutex<Option<T>>>) {
    let result = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    let operation = Box::pin(async move {
        let done = operation.await?;
        *place.lock() = Some(done);
        Ok(())
    });
    (operation, result)
}
