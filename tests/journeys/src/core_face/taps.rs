//! Handles a touch on a tag: fields, cards, tabs and actions.

use std::sync::Arc;

use fos_core::{
    CaptchaState, FieldKind, Form, NoticeAction, QuestionView, RequestView, SecretInput, UnsentWork,
};

use super::{
    phone::{ActionError, Phone, Route, Tab},
    tasks::NextStep,
};

impl Phone {
    /// Touches the element with this tag. Rejected if the tag is absent or a task is running.
    pub(super) fn tap(&mut self, tag: &str) -> Result<(), ActionError> {
        let shown = self.tags();
        if !shown.iter().any(|shown| shown == tag) {
            return Err(format!("there is no `{tag}` on `{}`: {}", self.screen(), shown.join(", ")));
        }
        if self.tasks.is_running() {
            return Err(format!("`{tag}` cannot be tapped while the app is at work"));
        }
        self.message = None;
        match (self.screen(), tag.split_once(':')) {
            (_, Some((field, option))) if self.has_field(field) => {
                let form = self.form().ok_or("there is no form here")?;
                form.set(field, option);
            }
            (_, Some(("card", id))) => self.back_stack.push(Route::Service(id.to_owned())),
            (_, Some(("plus", id))) => self.open_start(id.to_owned()),
            (_, Some(("delete", service))) => {
                self.question = self.delete_question(service);
                self.deleted_draft = Some(service.to_owned());
            }
            (_, Some(("category", key))) => key.clone_into(&mut self.category),
            // Showing a password changes only its rendering.
            (_, Some(("show", _))) => {}
            (_, Some(("end", id))) => {
                let (account, id) = (self.fos.account(), id.to_owned());
                self.tasks.run(NextStep::ReloadDevices, async move { account.end_device(id).await });
            }
            (_, Some(("place", "requests"))) => self.select_tab(Tab::Requests),
            (_, Some(("place", _))) => self.select_tab(Tab::Services),
            (_, Some(("request", id))) => self.open_request_card(id)?,
            (_, Some(("edit-answers", number))) => self.edit_answers(number)?,
            (_, Some(("problem", field))) => {
                let form = self.form().ok_or("there is no form here")?;
                form.open_field(field);
                self.focus = Some(field.to_owned());
            }
            (_, Some(("contact", key))) => self.open_contact(key),
            (_, Some(("copy", "number"))) => self.copied = self.request().map(|it| it.number.copied),
            (_, Some(("copy", _))) => self.copied = self.fos.account().profile().ok().map(|it| it.ppr.copied),
            (_, Some(("theme", key))) => self.choose_theme(key)?,
            (screen, Some(_)) => return Err(format!("`{tag}` does nothing on `{screen}`")),
            (screen, None) => self.tap_action(screen, tag)?,
        }
        Ok(())
    }

    /// Returns true if the current form has this field.
    fn has_field(&self, field: &str) -> bool {
        self.form().is_some_and(|form| form.view().fields.iter().any(|shown| shown.key == field))
    }

    /// Opens the section that a button of the review leads to.
    fn edit_answers(&mut self, number: &str) -> Result<(), ActionError> {
        let form = self.form().ok_or("there is no form here")?;
        let review = form.view().review.ok_or("these answers are no review")?;
        let key = format!("edit-answers:{number}");
        let section = review.sections.into_iter().find(|section| section.edit.key == key);
        form.open_section(section.ok_or("there is no such section")?.section);
        Ok(())
    }

    fn choose_theme(&self, key: &str) -> Result<(), ActionError> {
        let profile = self.fos.account().profile().map_err(|error| error.to_string())?;
        let chosen = profile.themes.into_iter().find(|theme| theme.key == key).ok_or("no such theme")?;
        self.fos.set_theme(chosen.theme).map_err(|error| error.to_string())
    }

    fn tap_action(&mut self, screen: &'static str, tag: &str) -> Result<(), ActionError> {
        if self.question.take().is_some() {
            return self.answer_question(tag);
        }
        if let Some(route) = route_for(tag, screen) {
            self.open(route);
            return Ok(());
        }
        let access = self.fos.access();
        match tag {
            "language" => self.set_language(access.welcome().other)?,
            "captcha" => self.toggle_captcha()?,
            "sign-in" | "send" | "change-password" | "next" | "file" => self.send()?,
            "previous" => drop(self.form().map(|form| form.previous())),
            "fill" | "continue-filling" | "file-another" => self.open_service_form(false)?,
            "start-over" | "refuse" | "edit" | "erase-work" => self.question = self.question_before(tag),
            "receipt" | "share-receipt" => {
                if let Some(Route::Request(id)) = self.back_stack.last().cloned() {
                    let requests = self.fos.requests();
                    self.tasks.open_file(async move { requests.receipt(id).await });
                }
            }
            "ask-again" => self.tasks.run(NextStep::Stay, async move { access.request_again().await }),
            "correct-address" => {
                let next_step = NextStep::Open(Route::PasswordRequest);
                self.tasks.run(next_step, async move { access.correct_address().await });
            }
            "read-on" => self.charter_read = true,
            "accept" => self.tasks.run(NextStep::Stay, async move { access.accept_charter().await }),
            "plus" => {
                if let Some(Route::Service(id)) = self.back_stack.last().cloned() {
                    self.open_start(id);
                }
            }
            "open-earlier" => {
                if let Some(Route::Start(id)) = self.back_stack.last()
                    && let Some(earlier) = self.fos.services().start(id).ok().and_then(|start| start.earlier)
                {
                    self.open_request(earlier.id);
                }
            }
            "circular" => {
                if let Some(Route::Service(id)) = self.back_stack.last().cloned() {
                    let services = self.fos.services();
                    self.tasks.open_file(async move { services.circular(id).await });
                }
            }
            "back" | "close" => {
                self.back_stack.pop();
            }
            "sign-out" => self.sign_out(),
            "send-now" => self.sign_out_with(UnsentWork::SendNow),
            "keep-work" => self.sign_out_with(UnsentWork::Keep),
            "unfinished" => {
                let list = self.fos.services().list("", "").map_err(|error| error.to_string())?;
                self.open_form(list.unfinished.ok_or("nothing is unfinished")?.service);
            }
            "copy-diagnostic" => self.copied = Some(self.fos.diagnostic().copied),
            "share-diagnostic" => self.opened.push("text/plain".to_owned()),
            "recheck" | "update" => self.follow_gate_or_notice(tag),
            other => self
                .toggle_declaration(other)
                .ok_or_else(|| format!("`{other}` does nothing on `{screen}`"))?,
        }
        Ok(())
    }

    /// Returns the question that is asked before the action of this tag.
    fn question_before(&self, tag: &str) -> Option<QuestionView> {
        match (tag, self.back_stack.last()) {
            ("refuse", _) => self.charter.clone().and_then(|charter| charter.refuse_question),
            ("start-over", Some(Route::Start(id))) => {
                self.fos.services().start(id).ok().and_then(|start| start.start_over_question)
            }
            ("erase-work", _) => {
                let leaving = self.fos.account().sign_out_confirmation().ok().flatten();
                leaving.map(|leaving| leaving.erase_question)
            }
            ("edit", Some(Route::Queued(key))) => {
                self.fos.requests().queued_request(key).ok().map(|request| request.edit_question)
            }
            _ => None,
        }
    }

    /// Does what the question was about, or nothing.
    fn answer_question(&mut self, tag: &str) -> Result<(), ActionError> {
        match (tag, self.back_stack.last().cloned()) {
            ("refuse-charter", _) => {
                let access = self.fos.access();
                self.tasks.run(NextStep::Stay, async move { access.refuse_charter().await });
            }
            ("erase-draft", _) => self.open_service_form(true)?,
            ("confirm-erase-work", _) => self.sign_out_with(UnsentWork::Erase),
            ("delete-draft", _) => {
                let service = self.deleted_draft.take().ok_or("no draft is to be deleted")?;
                self.fos.requests().discard_draft(&service).map_err(|error| error.to_string())?;
            }
            ("edit-request", Some(Route::Queued(key))) => self.edit_outbox_entry(&key),
            _ => {}
        }
        Ok(())
    }

    /// Toggles a declaration; a list, which is always expanded here, needs nothing. `None` if there is no such field.
    fn toggle_declaration(&self, key: &str) -> Option<()> {
        let form = self.form()?;
        let field = form.view().fields.into_iter().find(|field| field.key == key)?;
        if field.kind == FieldKind::Declaration {
            let ticked = field.options.iter().any(|option| option.chosen);
            form.set(key, if ticked { "false" } else { "true" });
        }
        Some(())
    }

    /// Opens the form of the service on screen, after discarding its draft if requested.
    fn open_service_form(&mut self, discard_draft: bool) -> Result<(), ActionError> {
        let Some(Route::Start(service)) = self.back_stack.last().cloned() else { return Ok(()) };
        if discard_draft {
            self.fos.requests().discard_draft(&service).map_err(|error| error.to_string())?;
        }
        self.open_form(service);
        Ok(())
    }

    fn request(&self) -> Option<RequestView> {
        let Some(Route::Request(id)) = self.back_stack.last() else { return None };
        self.fos.requests().request(id).ok()
    }

    /// Opens a screen and fetches its content.
    fn open(&mut self, route: Route) {
        match route {
            Route::Devices => {
                self.devices = None;
                self.tasks.fetch_devices(&self.fos);
            }
            Route::CharterReading => {
                self.charter = None;
                self.charter_read = false;
                self.tasks.fetch_charter(self.fos.access());
            }
            _ => {}
        }
        self.secrets.clear();
        self.back_stack.push(route);
    }

    fn toggle_captcha(&mut self) -> Result<(), ActionError> {
        let form = self.form().ok_or("there is no form here")?;
        let ticked = form.view().fields.iter().any(|field| field.captcha == CaptchaState::Done);
        form.set("captcha", if ticked { "false" } else { "true" });
        Ok(())
    }

    /// Executes the action of the gate or of a notice.
    fn follow_gate_or_notice(&mut self, tag: &str) {
        let of_gate =
            self.fos.blocking_screen().filter(|gate| gate.action.key == tag).and_then(|gate| gate.link);
        let of_notice = self.fos.notices().into_iter().find_map(|notice| match notice.action_kind {
            Some(NoticeAction::Update { link }) if tag == "update" => Some(link),
            _ => None,
        });
        if let Some(link) = of_gate.or(of_notice) {
            self.opened.push(link);
        } else {
            let fos = Arc::clone(&self.fos);
            self.tasks.run(NextStep::Stay, async move { fos.recheck().await });
        }
    }

    fn open_contact(&mut self, key: &str) {
        let contacts = self.fos.help().contacts;
        self.opened.extend(contacts.into_iter().find(|contact| contact.key == key).and_then(|it| it.link));
    }

    fn send(&mut self) -> Result<(), ActionError> {
        let form: Arc<Form> = self.form().ok_or("there is no form here")?;
        let secrets = self
            .secrets
            .iter()
            .map(|(key, value)| SecretInput { key: key.clone(), value: value.clone() })
            .collect();
        self.tasks.submit(form, secrets);
        Ok(())
    }
}

/// Returns the screen that a tag opens. `change-password` opens a form on the profile, and submits it on any other
/// screen.
fn route_for(tag: &str, screen: &str) -> Option<Route> {
    Some(match (tag, screen) {
        ("ask-password", _) => Route::PasswordRequest,
        ("have-password", _) => Route::SignIn,
        ("profile", _) => Route::Profile,
        ("devices", _) => Route::Devices,
        ("charter", _) => Route::CharterReading,
        ("change-password", "profile") => Route::ChangePassword,
        ("sign-in-again", _) => Route::SignInAgain,
        ("help", _) => Route::Help,
        ("privacy", _) => Route::Privacy,
        ("licences", _) => Route::Licences,
        ("diagnostic", _) => Route::Diagnostic,
        _ => return None,
    })
}
