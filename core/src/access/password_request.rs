//! Password request (guide step 3): one form for a first and a forgotten password, for active members and retirees.

use std::sync::Arc;

use fos_wire::MemberKind;
use fos_wire::access::PasswordRequest;
use fos_wire::paths;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::forms::{
    Choice, ChoiceStyle, FieldKindSpec, FieldSpec, Form, FormHandler, FormHeader, FormSubmission, Label,
    StepsView, SubmitFuture, SubmitOutcome,
};
use crate::i18n::{FormatArg, Identifier, Localizer};
use crate::session::SessionManager;
use crate::stage::{Event, State};

const ACTIVE: &str = "active";
const RETIRED: &str = "retired";

pub(super) fn fields() -> Vec<FieldSpec> {
    let option = |key: &'static str| Choice { key: key.to_owned(), label: Label::Phrase(key) };
    let kinds = vec![option(ACTIVE), option(RETIRED)];
    let kinds = FieldKindSpec::Choice { options: kinds, style: ChoiceStyle::RadioFirstSelected };
    let email = |phrase| FieldSpec::new("email", phrase, FieldKindSpec::Email);
    vec![
        FieldSpec::new("kind", "kind", kinds),
        FieldSpec::new("ppr", "ppr", FieldKindSpec::Ppr),
        FieldSpec::new("cin", "cin", FieldKindSpec::Cin),
        FieldSpec::new("pension", "pension", FieldKindSpec::Pension)
            .with_wire_name("pension_number")
            .visible_if("kind", RETIRED),
        email("email-active").visible_if("kind", ACTIVE),
        email("email-retired").visible_if("kind", RETIRED),
    ]
}

/// A password request whose mail is awaited; stored encrypted until the member signs in. The field names are stored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PendingPasswordRequest {
    pub(super) request: PasswordRequest,
    /// Time of the request, in Unix seconds.
    #[serde(rename = "at")]
    pub(super) sent_at: i64,
}

impl PendingPasswordRequest {
    /// Returns the strings that a password must not contain.
    pub(super) fn identifiers(&self) -> Vec<String> {
        let PasswordRequest { cin, email, pension_number, .. } = &self.request;
        let local = email.split('@').next().unwrap_or_default();
        [cin.as_str(), local, pension_number.as_deref().unwrap_or_default()]
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    /// Fills the form as it was sent.
    pub(super) fn prefill(&self, form: &Form) {
        let PasswordRequest { kind, ppr, cin, email, pension_number, .. } = &self.request;
        let kind = match kind {
            Some(MemberKind::Retired) => RETIRED,
            Some(MemberKind::Active) | None => ACTIVE,
        };
        let pension = pension_number.as_deref().unwrap_or_default();
        form.prefill(&[("kind", kind), ("ppr", ppr), ("cin", cin), ("email", email), ("pension", pension)]);
    }
}

pub(super) struct PasswordRequestHandler {
    context: Arc<AppContext>,
    sessions: Arc<SessionManager>,
    /// Form that receives the PPR, so that it is typed once.
    sign_in_form: Arc<Form>,
    /// The request sent last, in memory: its screen is drawn once a second.
    last_sent: Mutex<Option<Arc<PendingPasswordRequest>>>,
}

impl PasswordRequestHandler {
    /// Opens the handler with the request that an earlier process sent, if there is one.
    pub(super) fn open(sessions: Arc<SessionManager>, sign_in_form: Arc<Form>) -> Result<Self, Error> {
        let context = Arc::clone(sessions.context());
        let handler = Self { context, sessions, sign_in_form, last_sent: Mutex::default() };
        *handler.last_sent.lock() = handler.pending()?.map(Arc::new);
        Ok(handler)
    }

    /// Returns the request sent last. Does no I/O.
    pub(super) fn last_sent(&self) -> Option<Arc<PendingPasswordRequest>> {
        self.last_sent.lock().clone()
    }

    /// Returns the request whose screen is shown. Does no I/O.
    pub(super) fn shown(&self) -> Option<Arc<PendingPasswordRequest>> {
        let is_shown = self.sessions.state() == State::PasswordSent;
        self.last_sent().filter(|_| is_shown)
    }

    /// Returns the request whose mail is awaited.
    pub(super) fn pending(&self) -> Result<Option<PendingPasswordRequest>, Error> {
        Ok(self.context.device_db().get(keys::PASSWORD_REQUEST)?)
    }

    pub(super) async fn send_again(&self) -> Result<(), Error> {
        let pending = self.pending()?.ok_or(Error::NotAllowed("error-not-now"))?;
        self.context.ensure_sending_allowed().await?;
        self.send(pending.request).await
    }

    pub(super) async fn correct_address(&self, form: &Form) -> Result<(), Error> {
        if let Some(pending) = self.pending()? {
            pending.prefill(form);
        }
        self.sessions.apply(Event::CorrectAddress).await
    }

    /// Returns purpose, recipients and rights (law 09-08 art. 5), with the CNDP's authorisation number if there is one.
    fn notice(&self, localizer: &Localizer) -> String {
        let notice = localizer.message("notice-password-request");
        let number = self.context.remote_config().config().and_then(|config| config.authorisation.clone());
        match number {
            Some(number) => {
                let number = Identifier::new(&number).shown;
                format!(
                    "{notice} {}",
                    localizer.format("authorisation", &[("number", FormatArg::Text(&number))])
                )
            }
            None => notice,
        }
    }

    /// Sends the request with a proof of work, solved unseen. Repetition is harmless: within two minutes the portal sends no
    /// further mail.
    async fn send(&self, request: PasswordRequest) -> Result<(), Error> {
        let with_proof = |proof| PasswordRequest { captcha: Some(proof), ..request.clone() };
        let _accepted: serde_json::Value =
            self.context.client().send_with_proof(paths::PASSWORD_REQUESTS, with_proof).await?;
        self.sign_in_form.prefill(&[("ppr", &request.ppr)]);
        // Whatever password is typed there is not the one that the mail brings.
        self.sign_in_form.discard_secrets();
        let pending = PendingPasswordRequest { request, sent_at: self.context.now().as_second() };
        self.context.device_db().put(keys::PASSWORD_REQUEST, &pending)?;
        *self.last_sent.lock() = Some(Arc::new(pending));
        self.sessions.apply(Event::PasswordRequested).await
    }
}

impl FormHandler for PasswordRequestHandler {
    fn header(&self) -> FormHeader {
        let localizer = self.context.localizer();
        FormHeader {
            title: localizer.message("title-password-request"),
            steps: Some(StepsView::of_first_access(1, &localizer)),
            intro: None,
            action: "send",
            notice: Some(self.notice(&localizer)),
        }
    }

    fn submit(self: Arc<Self>, submission: FormSubmission) -> SubmitFuture {
        let retired = submission.value("kind") == RETIRED;
        let request = PasswordRequest {
            kind: Some(if retired { MemberKind::Retired } else { MemberKind::Active }),
            ppr: submission.value("ppr").to_owned(),
            cin: submission.value("cin").to_owned(),
            email: submission.value("email").to_owned(),
            pension_number: retired.then(|| submission.value("pension").to_owned()),
            captcha: None,
        };
        Box::pin(async move {
            self.send(request).await?;
            Ok(SubmitOutcome::Done { message: None })
        })
    }
}
