//! Account of the signed-in member: profile, devices, sign-out.

mod devices;
mod profile;
mod sign_out;

use std::sync::Arc;

use fos_wire::access::OpenSessions;
use fos_wire::paths;
use reqwest::Method;

use crate::context::AppContext;
use crate::error::{Error, FosError};
use crate::session::{MemberSession, SessionManager};
use crate::stage::Event;
pub use devices::{DeviceView, DevicesView};
pub use profile::{ProfileView, ThemeView};
pub use sign_out::{SignOutConfirmation, UnsentWork};

/// Account of the signed-in member.
#[derive(uniffi::Object)]
pub struct Account {
    sessions: Arc<SessionManager>,
}

impl Account {
    pub(crate) fn new(sessions: Arc<SessionManager>) -> Arc<Self> {
        Arc::new(Self { sessions })
    }

    fn context(&self) -> &Arc<AppContext> {
        self.sessions.context()
    }
}

#[uniffi::export]
impl Account {
    /// Returns the profile sheet. Reads the database: never on a UI thread.
    ///
    /// # Errors
    /// [`FosError::SignInAgain`] when nobody is signed in.
    pub fn profile(&self) -> Result<ProfileView, FosError> {
        let member = self.sessions.session().and_then(|session| session.member());
        let member = member.map_err(|error| self.context().localize(&error))?;
        Ok(profile::view(&member, self.context().theme(), &self.context().localizer()))
    }

    /// Fetches the list of devices.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: the list is not cached.
    pub async fn devices(&self) -> Result<DevicesView, FosError> {
        let fetch = |session: Arc<MemberSession>| async move {
            let list: OpenSessions = session.get(paths::SESSIONS).await?;
            Ok(devices::view(&list, session.context().now(), &session.context().localizer()))
        };
        self.sessions.run_in_session("devices", fetch).await
    }

    /// Signs another device out. A device that is signed out already is no error.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like.
    pub async fn end_device(&self, id: String) -> Result<(), FosError> {
        let end = |session: Arc<MemberSession>| async move {
            match session.send_idempotent(Method::DELETE, &paths::session(&id), &()).await {
                Ok(()) | Err(Error::NotFound) => Ok(()),
                Err(error) => Err(error),
            }
        };
        self.sessions.run_in_session("end-device", end).await
    }

    /// Returns the question to ask before signing out; `None` if nothing unsent would be lost. Reads the database: never on a
    /// UI thread.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn sign_out_confirmation(&self) -> Result<Option<SignOutConfirmation>, FosError> {
        let unsent = self.sessions.session().and_then(|session| session.count_unsent());
        let unsent = unsent.map_err(|error| self.context().localize(&error))?;
        Ok(sign_out::view(unsent, &self.context().localizer()))
    }

    /// Signs out: ends the session at the portal and erases tokens, database and key, except unsent work that is to be
    /// retained. Offline, the phone's data is erased all the same.
    ///
    /// # Errors
    /// [`FosError::Storage`] when data cannot be erased. With [`UnsentWork::SendNow`] every error of the delivery: the
    /// member then stays signed in and nothing is lost.
    pub async fn sign_out(&self, unsent: UnsentWork) -> Result<(), FosError> {
        let sessions = Arc::clone(&self.sessions);
        let sign_out = |session: Arc<MemberSession>| async move {
            if unsent == UnsentWork::SendNow {
                session.deliver_outbox().await?;
                if session.count_unsent()?.outbox > 0 {
                    return Err(Error::Rejected("error-not-all-sent"));
                }
            }
            let _ended = session.end().await;
            let event = match unsent {
                UnsentWork::Erase => Event::SignedOut,
                UnsentWork::SendNow | UnsentWork::Keep => Event::SignedOutKeepingWork,
            };
            sessions.apply(event).await
        };
        self.sessions.run_outliving_session("sign-out", sign_out).await
    }
}
