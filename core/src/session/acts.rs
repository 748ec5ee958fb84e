//! Acts of the member: run to their end, followed up where the error says something about the session, localized.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{MemberSession, SessionManager};
use crate::error::{Error, FosError};
use crate::runtime::Act;
use crate::stage::State;

impl SessionManager {
    /// Runs an act to its end on the core's runtime, even if the face drops the returned future; the end of the member's
    /// session ends it too. Follows up an error that says something about the session, and localizes it.
    ///
    /// # Errors
    /// The act's own, and [`FosError::Cancelled`] when the member signed out meanwhile.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        name: &'static str,
        act: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, FosError> {
        let (act, result) = without_result(act);
        match self.current() {
            Some(session) => self.run_in(name, &session, act).await?,
            None => self.context().run(name, act).await?,
        }
        self.result_of(&result)
    }

    /// Runs an act of the signed-in member, as [`Self::run`].
    ///
    /// # Errors
    /// The act's own, [`FosError::SignInAgain`] when nobody is signed in, and [`FosError::Cancelled`] when the member signed
    /// out meanwhile.
    pub(crate) async fn run_in_session<T, Work>(
        self: &Arc<Self>,
        name: &'static str,
        act: impl FnOnce(Arc<MemberSession>) -> Work,
    ) -> Result<T, FosError>
    where
        T: Send + 'static,
        Work: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let session = self.session().map_err(|error| self.context().localize(&error))?;
        let (act, result) = without_result(act(Arc::clone(&session)));
        self.run_in(name, &session, act).await?;
        self.result_of(&result)
    }

    /// Runs an act that may end the session, which therefore does not end the act. Otherwise as [`Self::run_in_session`].
    ///
    /// # Errors
    /// The act's own, and [`FosError::SignInAgain`] when nobody is signed in.
    pub(crate) async fn run_beyond_session<T, Work>(
        self: &Arc<Self>,
        name: &'static str,
        act: impl FnOnce(Arc<MemberSession>) -> Work,
    ) -> Result<T, FosError>
    where
        T: Send + 'static,
        Work: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let session = self.session().map_err(|error| self.context().localize(&error))?;
        let (act, result) = without_result(act(Arc::clone(&session)));
        self.run_followed_up(name, session, act).await?;
        self.result_of(&result)
    }

    fn result_of<T>(&self, result: &Mutex<Option<T>>) -> Result<T, FosError> {
        let result = result.lock().take();
        result.ok_or_else(|| self.context().localize(&Error::Bug("result".to_owned())))
    }

    pub(super) async fn run_in(
        self: &Arc<Self>,
        name: &'static str,
        session: &Arc<MemberSession>,
        act: Act,
    ) -> Result<(), FosError> {
        let scope = session.scope().clone();
        let act = Box::pin(async move { scope.run(act).await });
        self.run_followed_up(name, Arc::clone(session), act).await
    }

    async fn run_followed_up(
        self: &Arc<Self>,
        name: &'static str,
        session: Arc<MemberSession>,
        act: Act,
    ) -> Result<(), FosError> {
        let manager = Arc::clone(self);
        self.context()
            .run(
                name,
                Box::pin(async move {
                    let old_state = manager.state();
                    let result = act.await;
                    if let Err(error) = &result {
                        manager.follow_up(&session, error).await;
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

/// Returns an act that leaves its result in the place beside it: acts of all types are run by one copy of the code, a hundredth of
/// the library.
fn without_result<T: Send + 'static>(
    act: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> (Act, Arc<Mutex<Option<T>>>) {
    let result = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    let act = Box::pin(async move {
        let done = act.await?;
        *place.lock() = Some(done);
        Ok(())
    });
    (act, result)
}
