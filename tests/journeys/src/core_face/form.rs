//! A form on a screen: the one way forms are shown, whatever they ask.

use fos_core::{FieldKind, FieldView, Form, OptionView};

use super::{phone::Phone, sight::Shown};

impl Phone {
    pub(super) fn show_form(&self, form: &Form, shown: &mut Shown) {
        let view = form.view();
        shown.say(view.title);
        shown.steps(view.steps);
        shown.say_if_any(view.saved.map(|saved| saved.text));
        shown.say_if_any(view.intro);
        shown.say_if_any(view.summary);
        for field in view.fields {
            self.show_field(form, field, shown);
        }
        shown.action_if_any(view.previous);
        shown.action(view.action);
        shown.say_if_any(view.notice);
    }

    fn show_field(&self, form: &Form, field: FieldView, shown: &mut Shown) {
        shown.say(field.label);
        shown.say_if_any(field.problem.or(field.help));
        shown.texts.extend(field.rules.into_iter().map(|rule| rule.text));
        shown.say_if_any(field.strength.map(|strength| strength.text));
        match field.kind {
            FieldKind::Captcha => shown.tag("robot"),
            FieldKind::Secret => shown.tag(format!("show:{}", field.key)),
            FieldKind::Choice | FieldKind::Wishes => show_options(&field.key, field.options, shown),
            FieldKind::Search => {
                shown.tag(field.key.clone());
                let typed = self.searched.as_ref().filter(|(searched, _)| *searched == field.key);
                let found = form.find(&field.key, typed.map_or("", |(_, text)| text));
                show_options(&field.key, found, shown);
            }
            FieldKind::Declaration => {
                shown.tag(field.key);
                shown.texts.extend(field.options.into_iter().map(|option| option.label));
            }
            FieldKind::ReadOnly => shown.say(field.value),
            FieldKind::Text | FieldKind::MultilineText => {}
        }
    }
}

fn show_options(field: &str, options: Vec<OptionView>, shown: &mut Shown) {
    for option in options {
        shown.say(option.label);
        shown.tag(format!("{field}:{}", option.key));
    }
}

/// The keys in the order of their places.
pub(super) fn wishes(field: &FieldView) -> String {
    let mut placed: Vec<(&str, &str)> = field
        .options
        .iter()
        .filter_map(|option| Some((option.rank.as_deref()?, option.key.as_str())))
        .collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, key)| key).collect::<Vec<_>>().join(",")
}
