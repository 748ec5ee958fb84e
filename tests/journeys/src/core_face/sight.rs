//! What each screen shows, and what can be touched on it.

use std::collections::BTreeMap;

use fos_core::{ActionView, CaptchaState, FactView, FieldKind, FieldView, ReadingView, StepsView};

use super::{form::wishes, phone::Phone};
use crate::verbs::Sight;

/// The screens of guide steps 1 to 7, and the gate before them: each leads to help.
const ACCESS: [&str; 6] = ["gate", "sign-in", "password-request", "mail-sent", "charter", "new-password"];

/// What a screen says, and the tags of what can be touched.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) texts: Vec<String>,
    pub(super) tags: Vec<String>,
}

impl Shown {
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    pub(super) fn say_if_any(&mut self, text: Option<impl Into<String>>) {
        self.texts.extend(text.map(Into::into));
    }

    pub(super) fn steps(&mut self, steps: Option<StepsView>) {
        self.say_if_any(steps.map(|steps| steps.text));
    }

    pub(super) fn tag(&mut self, tag: impl Into<String>) {
        self.tags.push(tag.into());
    }

    pub(super) fn action(&mut self, action: ActionView) {
        self.texts.push(action.label);
        self.tags.push(action.key);
    }

    pub(super) fn action_if_any(&mut self, action: Option<ActionView>) {
        if let Some(action) = action {
            self.action(action);
        }
    }

    pub(super) fn facts(&mut self, facts: Vec<FactView>) {
        for fact in facts {
            self.say(fact.label);
            self.say(fact.value.shown);
            self.say_if_any(fact.chip.map(|chip| chip.text));
        }
    }
}

impl Phone {
    /// The tags of what can be touched now.
    pub(super) fn tags(&self) -> Vec<String> {
        self.shown().tags
    }

    /// What can be read now.
    pub(super) fn sight(&self) -> Sight {
        let form = self.form().map(|form| form.view());
        let working = |field: &FieldView| field.captcha == CaptchaState::Working;
        let busy = self.acts.running() || form.iter().flat_map(|form| &form.fields).any(working);
        let mut fields: BTreeMap<String, String> =
            form.iter().flat_map(|form| &form.fields).map(|field| self.held(field)).collect();
        if self.screen() == "profile" {
            let profile = self.fos.account().profile();
            let chosen = profile.ok().and_then(|it| it.themes.into_iter().find(|theme| theme.chosen));
            fields.extend(chosen.map(|theme| ("theme".to_owned(), theme.key)));
        }
        Sight {
            screen: self.screen().to_owned(),
            texts: self.shown().texts,
            fields,
            busy,
            opened: self.opened.clone(),
            copied: self.copied.clone(),
        }
    }

    fn held(&self, field: &FieldView) -> (String, String) {
        let value = match field.kind {
            FieldKind::Text | FieldKind::MultilineText | FieldKind::ReadOnly => field.value.clone(),
            FieldKind::Wishes => wishes(field),
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

    fn shown(&self) -> Shown {
        let mut shown = Shown::default();
        for notice in self.fos.notices() {
            shown.say(notice.text);
            shown.action_if_any(notice.action);
        }
        shown.say_if_any(self.told.clone());
        if !self.over.is_empty() {
            shown.tag("back");
        }
        match self.screen() {
            "gate" => self.show_gate(&mut shown),
            "sign-in" => self.show_sign_in(&mut shown),
            "mail-sent" => self.show_mail_sent(&mut shown),
            "charter" | "charter-reading" => self.show_charter(&mut shown),
            "services" => self.show_services(&mut shown),
            "requests" => self.show_requests(&mut shown),
            "request" => self.show_request(&mut shown),
            "sign-out" => self.show_sign_out(&mut shown),
            "service" | "start" => self.show_one_service(&mut shown),
            "profile" => self.show_profile(&mut shown),
            "devices" => self.show_devices(&mut shown),
            "help" => self.show_help(&mut shown),
            "privacy" => show_reading(self.fos.privacy(), &mut shown),
            "licences" => shown.say(self.fos.help().licences.label),
            _ => {}
        }
        if let Some(form) = self.form() {
            self.show_form(&form, &mut shown);
        }
        if ACCESS.contains(&self.screen()) {
            shown.tag("help");
        }
        shown
    }

    fn show_gate(&self, shown: &mut Shown) {
        let Some(gate) = self.fos.blocking_screen() else { return };
        shown.say(gate.title);
        shown.say(gate.text);
        shown.action(gate.action);
    }

    fn show_sign_in(&self, shown: &mut Shown) {
        let welcome = self.fos.access().welcome();
        shown.say(welcome.foundation);
        shown.say(welcome.ministry);
        shown.say(welcome.other_language);
        shown.tag("language");
        shown.say(welcome.first_time);
        shown.say(welcome.first_time_text);
        shown.action(welcome.ask);
    }

    fn show_mail_sent(&self, shown: &mut Shown) {
        let waiting = match self.fos.access().password_sent() {
            Ok(waiting) => waiting,
            Err(error) => return shown.say(error.to_string()),
        };
        shown.say(waiting.title);
        shown.say(waiting.steps.text);
        shown.say(waiting.sent_to_label);
        shown.say(waiting.sent_to.shown);
        shown.say(waiting.if_match);
        shown.facts(waiting.typed);
        for hint in waiting.hints {
            shown.say(hint.text);
        }
        shown.action(waiting.correct);
        shown.action(waiting.have_it);
        match waiting.countdown {
            Some(countdown) => shown.say(countdown.text),
            None => shown.action(waiting.ask_again),
        }
    }

    fn show_charter(&self, shown: &mut Shown) {
        let Some(charter) = self.charter.clone() else { return };
        shown.say(charter.title);
        shown.steps(charter.steps);
        shown.say_if_any(charter.intro);
        for article in charter.articles {
            shown.say(article.heading);
            shown.texts.extend(article.paragraphs);
        }
        shown.say(charter.version);
        shown.say_if_any(charter.accepted);
        if self.charter_read {
            shown.action_if_any(charter.refuse);
            shown.action_if_any(charter.accept);
        } else {
            shown.action(charter.read_on);
        }
    }
}

fn show_reading(reading: ReadingView, shown: &mut Shown) {
    shown.say(reading.title);
    for article in reading.articles {
        shown.say(article.heading);
        shown.texts.extend(article.paragraphs);
    }
}
