//! The member's own picture (guide step 7 puts it in the corner): who is signed in, the language, the way out.

mod devices;
mod profile;

use std::sync::Arc;

use reqwest::Method;

use crate::context::{Context, kept};
use crate::error::{FosError, Trouble};
use crate::portal::wire::{Member, SessionList};
use crate::portal::{Fetched, paths};
use crate::stage::Event;
pub use devices::{DeviceView, DevicesView};
pub use profile::{ProfileView, ThemeView};

/// Who is signed in.
#[derive(uniffi::Object)]
pub struct Account {
    context: Arc<Context>,
}

impl Account {
    pub(crate) fn new(context: Arc<Context>) -> Arc<Self> {
        Arc::new(Self { context })
    }

    fn member(&self) -> Result<Member, Trouble> {
        let member = self.context.member()?.sealed().get(kept::MEMBER)?;
        member.ok_or(Trouble::SessionEnded)
    }
}

#[uniffi::export]
impl Account {
    /// The profile sheet.
    ///
    /// # Errors
    /// [`FosError::SignInAgain`] when nobody is signed in.
    pub fn profile(&self) -> Result<ProfileView, FosError> {
        let words = self.context.words();
        let member = self.member().map_err(|trouble| trouble.told(&words))?;
        Ok(profile::view(&member, self.context.theme(), &words))
    }

    /// Where the member is signed in.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like: it is asked of the portal each time.
    pub async fn devices(&self) -> Result<DevicesView, FosError> {
        let context = Arc::clone(&self.context);
        let act = async move {
            let Fetched::New { body, .. } = context.session.fetch(paths::SESSIONS, None).await? else {
                return Err(Trouble::Bug("sessions-unchanged".to_owned()));
            };
            let list: SessionList =
                serde_json::from_str(&body).map_err(|error| Trouble::Unreadable(error.to_string()))?;
            Ok(devices::view(&list, context.time.now(), &context.words()))
        };
        self.context.act(act).await
    }

    /// Signs another device out.
    ///
    /// # Errors
    /// [`FosError::Offline`] and the like; one that is signed out already is no error.
    pub async fn end_device(&self, id: String) -> Result<(), FosError> {
        let context = Arc::clone(&self.context);
        let act = async move {
            let ended = context.session.act_safely(Method::DELETE, &paths::session(&id), &()).await;
            match ended {
                Ok(()) | Err(Trouble::Unknown) => Ok(()),
                Err(trouble) => Err(trouble),
            }
        };
        self.context.act(act).await
    }

    /// Signs out: the session ends at the portal, and tokens, file and key go from the phone. Out of the portal's
    /// reach, the phone forgets all the same.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not forget.
    pub async fn sign_out(&self) -> Result<(), FosError> {
        let context = Arc::clone(&self.context);
        let act = async move {
            let _ended = context.session.end().await;
            context.apply(Event::SignedOut).await
        };
        self.context.act(act).await
    }
}
