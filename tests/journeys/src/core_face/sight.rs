//! What each screen shows, and what can be touched on it.

use fos_core::{ActionView, CardView, FactView, FieldKind, FieldView, FormView, Robot, StepsView};

use super::phone::{Over, Phone};
use crate::verbs::Sight;

/// What a screen says, and the tags of what can be touched.
#[derive(Default)]
struct Shown {
    texts: Vec<String>,
    tags: Vec<String>,
}

impl Shown {
    fn say(&mut self, text: impl Into<String>) {
        self.texts.push(text.into());
    }

    fn say_if_any(&mut self, text: Option<impl Into<String>>) {
        self.texts.extend(text.map(Into::into));
    }

    fn steps(&mut self, steps: Option<StepsView>) {
        self.say_if_any(steps.map(|steps| steps.text));
    }

    fn tag(&mut self, tag: impl Into<String>) {
        self.tags.push(tag.into());
    }

    fn action(&mut self, action: ActionView) {
        self.texts.push(action.label);
        self.tags.push(action.key);
    }

    fn facts(&mut self, facts: Vec<FactView>) {
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
        let working = |field: &FieldView| field.robot == Robot::Working;
        let busy = self.acts.running() || form.iter().flat_map(|form| &form.fields).any(working);
        let fields = form.iter().flat_map(|form| &form.fields).map(|field| self.held(field)).collect();
        Sight {
            screen: self.screen().to_owned(),
            texts: self.shown().texts,
            fields,
            busy,
            opened: Vec::new(),
            copied: None,
        }
    }

    fn held(&self, field: &FieldView) -> (String, String) {
        let value = match field.kind {
            FieldKind::Text => field.value.clone(),
            FieldKind::Secret => {
                "•".repeat(self.secrets.get(&field.key).map_or(0, |secret| secret.chars().count()))
            }
            FieldKind::Choice => field
                .options
                .iter()
                .find(|option| option.chosen)
                .map(|option| option.key.clone())
                .unwrap_or_default(),
            FieldKind::Robot => (field.robot == Robot::Done).to_string(),
        };
        (field.key.clone(), value)
    }

    fn shown(&self) -> Shown {
        let mut shown = Shown::default();
        for notice in self.fos.notices() {
            shown.say(notice.text);
        }
        shown.say_if_any(self.told.clone());
        if !self.over.is_empty() {
            shown.tag("back");
        }
        match self.screen() {
            "sign-in" => self.show_sign_in(&mut shown),
            "mail-sent" => self.show_mail_sent(&mut shown),
            "charter" => self.show_charter(&mut shown),
            "services" => self.show_services(&mut shown),
            "service" | "start" => self.show_one_service(&mut shown),
            "profile" => self.show_profile(&mut shown),
            _ => {}
        }
        if let Some(form) = self.form() {
            show_form(form.view(), &mut shown);
        }
        shown
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
        let waiting = match self.fos.access().waiting() {
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
        for article in charter.articles {
            shown.say(article.heading);
            shown.texts.extend(article.paragraphs);
        }
        if self.charter_read {
            charter.refuse.into_iter().chain(charter.accept).for_each(|action| shown.action(action));
        } else {
            shown.action(charter.read_on);
        }
    }

    fn show_services(&self, shown: &mut Shown) {
        let list = match self.fos.services().list(&self.search, &self.category) {
            Ok(list) => list,
            Err(error) => return shown.say(error.to_string()),
        };
        shown.say(list.title);
        shown.say(list.search_hint);
        shown.tag("profile");
        for category in list.categories {
            shown.say(category.label);
            shown.tag(format!("category:{}", category.key));
        }
        for group in list.groups {
            shown.say(group.title);
            shown.say(group.count);
            for card in group.services {
                show_card(card, shown);
            }
        }
        shown.say_if_any(list.empty);
    }

    fn show_one_service(&self, shown: &mut Shown) {
        let services = self.fos.services();
        match self.over.last() {
            Some(Over::Service(id)) => match services.service(id) {
                Ok(service) => {
                    shown.say(service.title);
                    shown.say(service.chip.text);
                    shown.say(service.summary);
                    shown.facts(service.facts);
                    shown.say_if_any(service.documents_title);
                    shown.texts.extend(service.documents.into_iter().map(|document| document.title));
                    shown.say_if_any(service.why_not);
                    if let Some(plus) = service.plus {
                        shown.action(plus);
                    }
                }
                Err(error) => shown.say(error.to_string()),
            },
            Some(Over::Start(id)) => match services.start(id) {
                Ok(start) => {
                    shown.say(start.title);
                    shown.say(start.service);
                    shown.say(start.text);
                    shown.say_if_any(start.documents_title);
                    shown.texts.extend(start.documents.into_iter().map(|document| document.title));
                    shown.action(start.close);
                }
                Err(error) => shown.say(error.to_string()),
            },
            _ => {}
        }
    }

    fn show_profile(&self, shown: &mut Shown) {
        match self.fos.account().profile() {
            Ok(profile) => {
                shown.say(profile.name);
                shown.say(profile.ppr_label);
                shown.say(profile.ppr.shown);
                shown.say(profile.language_label);
                shown.say(profile.other_language);
                shown.tag("language");
                shown.action(profile.sign_out);
            }
            Err(error) => shown.say(error.to_string()),
        }
    }
}

fn show_form(form: FormView, shown: &mut Shown) {
    shown.say(form.title);
    shown.steps(form.steps);
    shown.say_if_any(form.intro);
    shown.say_if_any(form.summary);
    for field in form.fields {
        shown.say(field.label);
        shown.say_if_any(field.problem.or(field.help));
        match field.kind {
            FieldKind::Robot => shown.tag("robot"),
            FieldKind::Secret => shown.tag(format!("show:{}", field.key)),
            FieldKind::Choice => {
                for option in field.options {
                    shown.say(option.label);
                    shown.tag(format!("{}:{}", field.key, option.key));
                }
            }
            FieldKind::Text => {}
        }
    }
    shown.action(form.action);
    shown.say_if_any(form.notice);
}

fn show_card(card: CardView, shown: &mut Shown) {
    shown.say(card.title);
    shown.say(card.line);
    shown.say_if_any(card.chip.map(|chip| chip.text));
    shown.tag(format!("card:{}", card.id));
    if card.plus.is_some() {
        shown.tag(format!("plus:{}", card.id));
    }
}
