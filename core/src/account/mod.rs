//! Account of the signed-in member: profile, devices, sign-out.

mod devices;
mod profile;
mod sign_out;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use fos_wire::Member;
use fos_wire::access::OpenSessions;
use fos_wire::paths;
use reqwest::Method;

use crate::api::Cached;
use crate::context::{AppContext, keys};
use crate::error::{Error, FosError};
use crate::stage::Event;
use crate::storage::UnsentCounts;
pub use devices::{DeviceView, DevicesView};
pub use profile::{ProfileView, ThemeView};
pub use sign_out::{SignOutConfirmation, UnsentWork};

/// Delivers the member's outbox once.
pub(crate) type DeliverOutbox =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>> + Send + Sync>;

/// Account of the signed-in member.
#[derive(uniffi::Object)]
pub struct Account {
    context: Arc<AppContext>,
    deliver_outbox: DeliverOutbox,
}

impl Account {
    pub(crate) fn new(context: Arc<AppContext>, deliver_outbox: DeliverOutbox) -> Arc<Self> {
        Arc::new(Self { context, deliver_outbox })
    }

    /// Flushes pending writes and counts drafts and outbox entries.
    fn count_unsent(context: &AppContext) -> Result<UnsentCounts, Error> {
        context.flush_pending_writes();
        Ok(context.member()?.db().count_unsent()?)
    }

    fn member(&self) -> Result<Member, Error> {
        let member = self.context.member()?.db().get(keys::MEMBER)?;
        member.ok_or(Error::SessionEnded)
    }
}

#[uniffi::export]
impl Account {
    /// Returns the profile sheet. Reads the database.
    ///
    /// # Errors
    /// [`FosError::SignInAgain`] when nobody is signed in.
    pub fn profile(&self) -> Result<ProfileView, FosError> {
        let localizer = self.context.localizer();
        let member = self.member().map_err(|error| error.localize(&localizer))?;
        Ok(profile::view(&member, self.context.theme(), &localizer))
    }

    /// Fetches the list of devices.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: the list is not cached.
    pub async fn devices(&self) -> Result<DevicesView, FosError> {
        let context = Arc::clone(&self.context);
        let task = async move {
            let Cached::Modified { body, .. } = context.session.get_if_changed(paths::SESSIONS, None).await?
            else {
                return Err(Error::Bug("sessions-unchanged".to_owned()));
            };
            let list: OpenSessions =
                serde_json::from_str(&body).map_err(|error| Error::UnexpectedResponse(error.to_string()))?;
            Ok(devices::view(&list, context.clock.now(), &context.localizer()))
        };
        self.context.run(task).await
    }

    /// Signs another device out. A device that is signed out already is no error.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like.
    pub async fn end_device(&self, id: String) -> Result<(), FosError> {
        let context = Arc::clone(&self.context);
        let task = async move {
            let ended = context.session.send_idempotent(Method::DELETE, &paths::session(&id), &()).await;
            match ended {
                Ok(()) | Err(Error::NotFound) => Ok(()),
                Err(error) => Err(error),
            }
        };
        self.context.run(task).await
    }

    /// Returns the question to ask before signing out; `None` if nothing unsent would be lost.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's database cannot be read.
    pub fn sign_out_confirmation(&self) -> Result<Option<SignOutConfirmation>, FosError> {
        let localizer = self.context.localizer();
        let unsent = Self::count_unsent(&self.context).map_err(|error| error.localize(&localizer))?;
        Ok(sign_out::view(unsent, &localizer))
    }

    /// Signs out: ends the session at the portal and erases tokens, database and key, except unsent work that is to be
    /// retained. Offline, the phone's data is erased all the same.
    ///
    /// # Errors
    /// [`FosError::Storage`] when data cannot be erased. With [`UnsentWork::SendNow`] every error of the delivery: the
    /// member then stays signed in and nothing is lost.
    pub async fn sign_out(&self, unsent: UnsentWork) -> Result<(), FosError> {
        let (context, deliver) = (Arc::clone(&self.context), Arc::clone(&self.deliver_outbox));
        let task = async move {
            if unsent == UnsentWork::SendNow {
                deliver().await?;
                if Self::count_unsent(&context)?.outbox > 0 {
                    return Err(Error::Rejected("error-not-all-sent"));
                }
            }
            let _ended = context.session.end().await;
            context
                .apply(if unsent == UnsentWork::Erase {
                    Event::SignedOut
                } else {
                    Event::SignedOutKeepingWork
                })
                .await
        };
        self.context.run(task).await
    }
}
