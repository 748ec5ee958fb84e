//! The member's own picture (guide step 7 puts it in the corner): who is signed in, the language, the way out.

use std::sync::Arc;

use crate::context::{Context, kept};
use crate::error::{FosError, Trouble};
use crate::language::{ActionView, Identifier, Language, Words};
use crate::portal::wire::Member;
use crate::stage::Event;

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
            ppr_label: words.say("profile-ppr"),
            ppr: Identifier::new(&member.ppr),
            language_label: words.say("language-label"),
            other_language: Words::new(other).say("language-name"),
            other,
            sign_out: words.action("sign-out"),
        })
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
