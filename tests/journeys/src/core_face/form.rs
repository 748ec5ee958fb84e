//! Renders a form, whatever its fields are.

use fos_core::{FieldKind, FieldView, Form, OptionView, Phrase};

use super::{phone::Phone, snapshot::ScreenContent};

impl Phone {
    pub(super) fn show_form(&self, form: &Form, content: &mut ScreenContent) {
        let view = form.view();
        content.text(view.title);
        content.steps(view.steps);
        content.optional_text(view.saved.map(|saved| saved.text));
        content.optional_text(view.intro);
        if let Some(summary) = view.summary {
            content.text(summary.text);
            for link in summary.problems {
                content.text(link.text);
                content.tag(format!("problem:{}", link.field));
            }
        }
        for field in view.fields {
            self.show_field(form, field, content);
        }
        if let Some(review) = view.review {
            content.text(review.title);
            for section in review.sections {
                content.text(section.answers.title);
                content.facts(section.answers.answers);
                content.action(section.edit);
            }
            content.text(review.expectation);
        }
        content.optional_action(view.previous);
        content.main_action(view.action);
        content.optional_text(view.notice);
    }

    /// Empties the secrets that the core has discarded since they were typed.
    pub(super) fn empty_discarded_secrets(&mut self) {
        let Some(view) = self.form().map(|form| form.view()) else { return };
        for field in view.fields {
            let seen = self.discarded.entry(format!("{}/{}", view.key, field.key)).or_default();
            if *seen != field.discarded {
                *seen = field.discarded;
                self.secrets.remove(&field.key);
            }
        }
    }

    fn show_field(&self, form: &Form, field: FieldView, content: &mut ScreenContent) {
        content.text(field.label);
        content.optional_text(field.count);
        content.optional_text(field.problem);
        content.optional_text(field.help);
        content.optional_text(field.suffix);
        content.texts.extend(field.rules.into_iter().map(|rule| rule.text));
        content.optional_text(field.strength.map(|strength| strength.text));
        match field.kind {
            FieldKind::Captcha => content.tag("captcha"),
            FieldKind::Secret => content.tag(format!("show:{}", field.key)),
            FieldKind::Choice | FieldKind::Wishes => show_options(&field.key, field.options, content),
            FieldKind::Search => {
                content.tag(field.key.clone());
                let typed = self.field_search.as_ref().filter(|(field_search, _)| *field_search == field.key);
                let found = form.find(&field.key, typed.map_or("", |(_, text)| text));
                if found.is_empty() {
                    content.optional_text(self.fos.phrases().remove(&Phrase::NoCity));
                }
                show_options(&field.key, found, content);
            }
            FieldKind::Declaration => {
                content.tag(field.key);
                content.texts.extend(field.options.into_iter().map(|option| option.label));
            }
            FieldKind::ReadOnly => content.text(field.value),
            FieldKind::Text | FieldKind::MultilineText => {}
        }
    }
}

fn show_options(field: &str, options: Vec<OptionView>, content: &mut ScreenContent) {
    for option in options {
        content.text(option.label);
        content.tag(format!("{field}:{}", option.key));
    }
}

/// Returns the keys of the ranked options in order of rank.
pub(super) fn ranked_options(field: &FieldView) -> String {
    let mut placed: Vec<(&str, &str)> = field
        .options
        .iter()
        .filter_map(|option| Some((option.rank.as_deref()?, option.key.as_str())))
        .collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, key)| key).collect::<Vec<_>>().join(",")
}
