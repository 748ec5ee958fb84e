//! Guide step 3: one form for a first password and a forgotten one, for active members and retirees.

use std::sync::{Arc, OnceLock, Weak};

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::context::{Context, kept};
use crate::error::Trouble;
use crate::forms::{
    Choice, Drawn, FieldKindSpec, FieldSpec, Filled, Form, FormOwner, Frame, Label, Sending, StepsView,
};
use crate::language::{Identifier, Told, Words};
use crate::portal::paths;
use crate::portal::wire::{MemberKind, PasswordRequest};
use crate::stage::Event;

const ACTIVE: &str = "active";
const RETIRED: &str = "retired";
const SHORTEST_IDENTIFIER: usize = 4;

pub(super) fn fields() -> Vec<FieldSpec> {
    let option = |key: &'static str| Choice { key: key.to_owned(), label: Label::Phrase(key) };
    let kinds = vec![option(ACTIVE), option(RETIRED)];
    let kinds = FieldKindSpec::Choice { options: kinds, drawn: Drawn::BoxesFirstStands };
    let email = |phrase| FieldSpec::new("email", phrase, FieldKindSpec::Email);
    vec![
        FieldSpec::new("kind", "kind", kinds),
        FieldSpec::new("ppr", "ppr", FieldKindSpec::Ppr),
        FieldSpec::new("cin", "cin", FieldKindSpec::Cin),
        FieldSpec::new("pension", "pension", FieldKindSpec::Pension)
            .sent_as("pension_number")
            .only_if("kind", RETIRED),
        email("email-active").only_if("kind", ACTIVE),
        email("email-retired").only_if("kind", RETIRED),
    ]
}

/// A request on its way, kept sealed until the member has signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) request: PasswordRequest,
    /// Unix seconds.
    pub(super) at: i64,
}

impl Asked {
    /// What may not stand in the member's password, in lower case.
    pub(super) fn identifiers(&self) -> Vec<String> {
        let PasswordRequest { cin, email, pension_number, .. } = &self.request;
        let local = email.split('@').next().unwrap_or_default();
        [cin.as_str(), local, pension_number.as_deref().unwrap_or_default()]
            .into_iter()
            // A very short one would stand in every other password.
            .filter(|identifier| identifier.chars().count() >= SHORTEST_IDENTIFIER)
            .map(str::to_lowercase)
            .collect()
    }

    /// Fills the form as it was sent.
    pub(super) fn fill(&self, form: &Form) {
        let PasswordRequest { kind, ppr, cin, email, pension_number } = &self.request;
        let kind = match kind {
            MemberKind::Active => ACTIVE,
            MemberKind::Retired => RETIRED,
        };
        let pension = pension_number.as_deref().unwrap_or_default();
        form.prefill(&[("kind", kind), ("ppr", ppr), ("cin", cin), ("email", email), ("pension", pension)]);
    }
}

pub(super) struct PasswordRequests {
    context: Arc<Context>,
    /// Told the PPR, so that it is typed once.
    sign_in: OnceLock<Weak<Form>>,
}

impl PasswordRequests {
    pub(super) fn new(context: Arc<Context>) -> Self {
        Self { context, sign_in: OnceLock::new() }
    }

    pub(super) fn tell_ppr_to(&self, sign_in: &Arc<Form>) {
        self.sign_in.get_or_init(|| Arc::downgrade(sign_in));
    }

    /// The request that is waited for.
    pub(super) fn asked(&self) -> Result<Option<Asked>, Trouble> {
        Ok(self.context.device.get(kept::REQUEST)?)
    }

    pub(super) async fn ask_again(&self) -> Result<(), Trouble> {
        let asked = self.asked()?.ok_or(Trouble::NotNow("error-not-now"))?;
        self.context.may_send().await?;
        self.ask(asked.request).await
    }

    pub(super) async fn correct(&self, form: &Form) -> Result<(), Trouble> {
        if let Some(asked) = self.asked()? {
            asked.fill(form);
        }
        self.context.apply(Event::CorrectAddress).await
    }

    /// Purpose, recipients, rights, and the CNDP's number when there is one (law 09-08 art. 5).
    fn notice(&self, words: &Words) -> String {
        let notice = words.say("notice-password-request");
        let number = self.context.gate.config().and_then(|config| config.authorisation.clone());
        match number {
            Some(number) => {
                let number = Identifier::new(&number).shown;
                format!("{notice} {}", words.say_with("authorisation", &[("number", Told::Text(&number))]))
            }
            None => notice,
        }
    }

    /// Asking twice is harmless: within two minutes the portal sends nothing more (design §3).
    async fn ask(&self, request: PasswordRequest) -> Result<(), Trouble> {
        let _accepted: serde_json::Value =
            self.context.client.act_safely(Method::POST, paths::PASSWORD_REQUESTS, None, &request).await?;
        if let Some(sign_in) = self.sign_in.get().and_then(Weak::upgrade) {
            sign_in.prefill(&[("ppr", &request.ppr)]);
        }
        self.context
            .device
            .put(kept::REQUEST, &Asked { request, at: self.context.time.now().as_second() })?;
        self.context.apply(Event::PasswordAsked).await
    }
}

impl FormOwner for PasswordRequests {
    fn frame(&self) -> Frame {
        let words = self.context.words();
        Frame {
            title: words.say("title-password-request"),
            steps: Some(StepsView::of_first_access(1, &words)),
            intro: None,
            action: "send",
            notice: Some(self.notice(&words)),
            done: None,
            filed: None,
        }
    }

    fn submit(self: Arc<Self>, filled: Filled) -> Sending {
        let retired = filled.value("kind") == RETIRED;
        let request = PasswordRequest {
            kind: if retired { MemberKind::Retired } else { MemberKind::Active },
            ppr: filled.value("ppr").to_owned(),
            cin: filled.value("cin").to_owned(),
            email: filled.value("email").to_owned(),
            pension_number: retired.then(|| filled.value("pension").to_owned()),
        };
        Box::pin(async move { self.ask(request).await })
    }
}
