//! The member's own picture (guide step 7 puts it in the corner): who is signed in, the language, the way out.

mod devices;

use std::sync::Arc;

use reqwest::Method;

use crate::context::{Context, kept};
use crate::error::{FosError, Trouble};
use crate::language::{ActionView, Identifier, Language, Words};
use crate::portal::wire::{Member, MemberKind, SessionList};
use crate::portal::{Fetched, paths};
use crate::stage::Event;
pub use devices::{DeviceView, DevicesView};

/// Who is signed in.
#[derive(uniffi::Object)]
pub struct Account {
    context: Arc<Context>,
}

/// The profile sheet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProfileView {
    /// The member's name.
    pub name: String,
    /// «Active member», «Retired member».
    pub kind: String,
    /// «Payroll number».
    pub ppr_label: String,
    /// The number.
    pub ppr: Identifier,
    /// «Language».
    pub language_label: String,
    /// The name of the other language, in that language.
    pub other_language: String,
    /// Where the switch leads.
    pub other: Language,
    /// Leads to another password.
    pub change_password: ActionView,
    /// Leads to the list of devices.
    pub devices: ActionView,
    /// Leads to the charter, with the day it was accepted.
    pub charter: ActionView,
    /// Leads to help.
    pub help: ActionView,
    /// The way out, apart.
    pub sign_out: ActionView,
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
        let other = words.language().other();
        Ok(ProfileView {
            name: member.name.in_language(words.language()).to_owned(),
            kind: words.say(match member.kind {
                MemberKind::Active => "kind-active",
                MemberKind::Retired => "kind-retired",
            }),
            ppr_label: words.say("profile-ppr"),
            ppr: Identifier::new(&member.ppr),
            language_label: words.say("language-label"),
            other_language: Words::new(other).say("language-name"),
            other,
            change_password: words.action("change-password"),
            devices: words.action("devices"),
            charter: words.action("charter"),
            help: words.action("help"),
            sign_out: words.action("sign-out"),
        })
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
