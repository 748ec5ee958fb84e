//! Content of each screen: visible texts and tags of the elements that can be touched.

use std::collections::BTreeMap;

use fos_core::{
    ActionView, CaptchaState, DiagnosticView, FactView, FieldKind, FieldView, ReadingView, StepsView,
};

use super::{form::ranked_options, phone::Phone};
use crate::protocol::ScreenSnapshot;

/// Screens of guide steps 1 to 7 and the gate in front of them, which all link to help.
const SCREENS_WITH_HELP: [&str; 6] =
    ["gate", "sign-in", "password-request", "mail-sent", "charter", "new-password"];

/// Visible texts of a screen, and the tags of its elements.
#[derive(Default)]
pub(super) struct ScreenContent {
    pub(super) texts: Vec<String>,
    pub(super) tags: Vec<String>,
    /// Buttons, with the action that the core gives each.
    pub(super) actions: Vec<ActionView>,
    /// Tag of the main button, at the bottom of the screen.
    pub(super) main: Option<String>,
}

impl ScreenContent {
    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    pub(super) fn optional_text(&mut self, text: Option<impl Into<String>>) {
        self.texts.extend(text.map(Into::into));
    }

    pub(super) fn steps(&mut self, steps: Option<StepsView>) {
        self.optional_text(steps.map(|steps| steps.text));
    }

    pub(super) fn tag(&mut self, tag: impl Into<String>) {
        self.tags.push(tag.into());
    }

    pub(super) fn action(&mut self, action: ActionView) {
        self.texts.push(action.label.clone());
        self.tags.push(action.key.clone());
        self.actions.push(action);
    }

    /// The button at the bottom of the screen.
    pub(super) fn main_action(&mut self, action: ActionView) {
        self.main = Some(action.key.clone());
        self.action(action);
    }

    pub(super) fn optional_action(&mut self, action: Option<ActionView>) {
        if let Some(action) = action {
            self.action(action);
        }
    }

    pub(super) fn facts(&mut self, facts: Vec<FactView>) {
        for fact in facts {
            self.text(fact.label);
            self.text(fact.value.shown);
            self.optional_text(fact.chip.map(|chip| chip.text));
        }
    }
}

impl Phone {
    /// Returns the tags of all elements that can be touched.
    pub(super) fn tags(&self) -> Vec<String> {
        self.content().tags
    }

    /// Returns the snapshot that `see` answers with.
    pub(super) fn snapshot(&self) -> ScreenSnapshot {
        let form = self.form().map(|form| form.view());
        let working = |field: &FieldView| field.captcha == CaptchaState::Working;
        let busy = self.tasks.is_running() || form.iter().flat_map(|form| &form.fields).any(working);
        let mut fields: BTreeMap<String, String> =
            form.iter().flat_map(|form| &form.fields).map(|field| self.field_value(field)).collect();
        if self.screen() == "profile" {
            let profile = self.fos.account().profile();
            let chosen = profile.ok().and_then(|it| it.themes.into_iter().find(|theme| theme.chosen));
            fields.extend(chosen.map(|theme| ("theme".to_owned(), theme.key)));
        }
        ScreenSnapshot {
            screen: self.screen().to_owned(),
            texts: self.content().texts,
            fields,
            busy,
            opened: self.opened.clone(),
            copied: self.copied.clone(),
        }
    }

    fn field_value(&self, field: &FieldView) -> (String, String) {
        let value = match field.kind {
            FieldKind::Text | FieldKind::MultilineText | FieldKind::ReadOnly => field.value.clone(),
            FieldKind::Wishes => ranked_options(field),
            FieldKind::Declaration => field.options.iter().any(|option| option.chosen).to_string(),
            FieldKind::Secret => {
                "•".repeat(self.secrets.get(&field.key).map_or(0, |secret| secret.chars().count()))
            }
            FieldKind::Choice | FieldKind::Search => field
                .options
                .iter()
                .find(|option| option.chosen)
                .map(|option| option.key.clone())
                .unwrap_or_default(),
            FieldKind::Captcha => (field.captcha == CaptchaState::Done).to_string(),
        };
        (field.key.clone(), value)
    }

    pub(super) fn content(&self) -> ScreenContent {
        let mut content = ScreenContent::default();
        for notice in self.fos.notices() {
            content.text(notice.text);
            content.optional_action(notice.action);
        }
        content.optional_text(self.message.clone());
        if !self.back_stack.is_empty() {
            content.tag("back");
        }
        match self.screen() {
            "gate" => self.show_gate(&mut content),
            "sign-in" => self.show_sign_in(&mut content),
            "mail-sent" => self.show_mail_sent(&mut content),
            "charter" | "charter-reading" => self.show_charter(&mut content),
            "services" => self.show_services(&mut content),
            "requests" => self.show_requests(&mut content),
            "question" => self.show_question(&mut content),
            "request" => self.show_request(&mut content),
            "queued-request" => self.show_queued_request(&mut content),
            "sign-out" => self.show_sign_out(&mut content),
            "service" | "start" => self.show_service(&mut content),
            "profile" => self.show_profile(&mut content),
            "devices" => self.show_devices(&mut content),
            "help" => self.show_help(&mut content),
            "privacy" => show_reading(self.fos.privacy(), &mut content),
            "diagnostic" => show_diagnostic(self.fos.diagnostic(), &mut content),
            "licences" => content.text(self.fos.help().licences.label),
            _ => {}
        }
        if let Some(form) = self.form() {
            self.show_form(&form, &mut content);
        }
        if SCREENS_WITH_HELP.contains(&self.screen()) {
            content.tag("help");
        }
        content
    }

    fn show_gate(&self, content: &mut ScreenContent) {
        let Some(gate) = self.fos.blocking_screen() else { return };
        content.text(gate.title);
        content.text(gate.text);
        content.action(gate.action);
    }

    fn show_sign_in(&self, content: &mut ScreenContent) {
        let welcome = self.fos.access().welcome();
        content.text(welcome.foundation);
        content.text(welcome.ministry);
        content.text(welcome.other_language);
        content.tag("language");
        content.text(welcome.first_time);
        content.text(welcome.first_time_text);
        content.action(welcome.ask);
    }

    fn show_mail_sent(&self, content: &mut ScreenContent) {
        let waiting = match self.fos.access().password_sent() {
            Ok(waiting) => waiting,
            Err(error) => return content.text(error.to_string()),
        };
        content.text(waiting.title);
        content.text(waiting.steps.text);
        content.text(waiting.sent_to_label);
        content.text(waiting.sent_to.shown);
        content.text(waiting.if_match);
        content.facts(waiting.typed);
        for hint in waiting.hints {
            content.text(hint.text);
        }
        content.action(waiting.correct);
        content.main_action(waiting.have_it);
        match waiting.countdown {
            Some(countdown) => content.text(countdown.text),
            None => content.action(waiting.ask_again),
        }
    }

    fn show_charter(&self, content: &mut ScreenContent) {
        let Some(charter) = self.charter.clone() else { return };
        content.text(charter.title);
        content.steps(charter.steps);
        content.optional_text(charter.intro);
        for article in charter.articles {
            content.text(article.heading);
            content.texts.extend(article.paragraphs);
        }
        content.text(charter.version);
        content.optional_text(charter.accepted);
        if self.charter_read {
            content.optional_action(charter.refuse);
            content.optional_action(charter.accept);
            content.optional_text(charter.read_through);
        } else {
            content.main_action(charter.read_on);
        }
    }

    fn show_question(&self, content: &mut ScreenContent) {
        let Some(question) = self.question.clone() else { return };
        content.text(question.question);
        content.text(question.consequences);
        content.action(question.confirm);
        content.action(question.cancel);
    }
}

fn show_reading(reading: ReadingView, content: &mut ScreenContent) {
    content.text(reading.title);
    for article in reading.articles {
        content.text(article.heading);
        content.texts.extend(article.paragraphs);
    }
}

/// Without lines there is nothing to copy or to share.
fn show_diagnostic(diagnostic: DiagnosticView, content: &mut ScreenContent) {
    content.text(diagnostic.title);
    content.text(diagnostic.text);
    if !diagnostic.lines.is_empty() {
        content.action(diagnostic.copy);
        content.action(diagnostic.share);
    }
    content.texts.extend(diagnostic.lines);
}
