//! The member's own picture (guide step 7 puts it in the corner): who is signed in, the language, the way out.

mod devices;
mod leaving;
mod profile;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Method;

use crate::context::{Context, kept};
use crate::error::{FosError, Trouble};
use crate::portal::wire::{Member, SessionList};
use crate::portal::{Fetched, paths};
use crate::stage::Event;
pub use devices::{DeviceView, DevicesView};
pub use leaving::{LeavingView, UnsentWork};
pub use profile::{ProfileView, ThemeView};

/// Sends all that waits in the member's outbox.
pub(crate) type SendWhatWaits =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), Trouble>> + Send>> + Send + Sync>;

/// Who is signed in.
#[derive(uniffi::Object)]
pub struct Account {
    context: Arc<Context>,
    send_what_waits: SendWhatWaits,
}

impl Account {
    pub(crate) fn new(context: Arc<Context>, send_what_waits: SendWhatWaits) -> Arc<Self> {
        Arc::new(Self { context, send_what_waits })
    }

    /// How many forms are begun, and how many wait to be sent.
    fn unsent(context: &Context) -> Result<(u32, u32), Trouble> {
        context.write_what_is_behind();
        Ok(context.member()?.sealed().unsent()?)
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

    /// What to ask before signing out; `None` where all was sent.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the member's file does not read.
    pub fn leaving(&self) -> Result<Option<LeavingView>, FosError> {
        let words = self.context.words();
        let (drafts, waiting) = Self::unsent(&self.context).map_err(|trouble| trouble.told(&words))?;
        Ok(leaving::view(drafts, waiting, &words))
    }

    /// Signs out: the session ends at the portal, and tokens, file and key go from the phone, but for unsent work that
    /// is to be kept. Out of the portal's reach, the phone forgets all the same.
    ///
    /// # Errors
    /// [`FosError::Storage`] when the phone could not forget. With [`UnsentWork::SendNow`] whatever kept it from the
    /// portal: the member is signed in still, and nothing is lost.
    pub async fn sign_out(&self, unsent: UnsentWork) -> Result<(), FosError> {
        let (context, send) = (Arc::clone(&self.context), Arc::clone(&self.send_what_waits));
        let act = async move {
            if unsent == UnsentWork::SendNow {
                send().await?;
                if Self::unsent(&context)?.1 > 0 {
                    return Err(Trouble::Refused("error-not-all-sent"));
                }
            }
            let _ended = context.session.end().await;
            context
                .apply(if unsent == UnsentWork::Erase { Event::SignedOut } else { Event::SignedOutForNow })
                .await
        };
        self.context.act(act).await
    }
}
