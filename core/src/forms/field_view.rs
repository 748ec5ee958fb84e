//! View of one field: what its kind shows, whatever the form around it.

use fos_rules::bank_account;
use fos_rules::day::days_between;
use fos_rules::fold::{fold_for_search, isolate_left_to_right};
use jiff::civil::{Date, date};

use super::day_limits::ValidationContext;
use super::view::{CalendarView, CaptchaState, ContentType, FieldKind, FieldView, Keyboard, OptionView};
use super::{Choice, ChoiceStyle, FieldKindSpec, FieldSpec, Label, wishes};
use crate::i18n::{FormatArg, Localizer, fold_query};

/// Days between today and the ends of a calendar, some two years: more are typed faster than leafed through.
const CALENDAR_DAYS: i64 = 732;
/// Part of a text's length from which the letters are counted.
const COUNTED_FROM_PERCENT: usize = 80;

/// Returns the view of a field with a value, without problem.
pub(super) fn field(spec: &FieldSpec, value: &str, localizer: &Localizer) -> FieldView {
    let (kind, content_type, keyboard) = presentation(&spec.kind);
    FieldView {
        key: spec.key.clone(),
        label: spec.label.text(localizer),
        guide_name: localizer.guide_name(&spec.key),
        help: help(spec, localizer),
        placeholder: match spec.kind {
            FieldKindSpec::Day { .. } => Some(localizer.message("placeholder-day")),
            _ => None,
        },
        suffix: suffix(spec, localizer),
        count: count(&spec.kind, value),
        calendar: None,
        value: if kind.is_typed() || kind == FieldKind::ReadOnly { value.to_owned() } else { String::new() },
        discarded: 0,
        problem: None,
        kind,
        content_type,
        keyboard,
        left_to_right: kind.is_typed() && keyboard != Keyboard::Text,
        last: false,
        options: options(spec, value, localizer),
        captcha: CaptchaState::NotAsked,
        rules: Vec::new(),
        strength: None,
    }
}

/// Returns the help, and for wishes their number.
fn help(spec: &FieldSpec, localizer: &Localizer) -> Option<String> {
    let help = spec.label.help(localizer);
    match &spec.kind {
        FieldKindSpec::Choice { options, .. } if options.is_empty() => {
            Some(localizer.message("help-no-person"))
        }
        FieldKindSpec::Wishes { max, .. } => {
            let max = FormatArg::Number(i64::try_from(*max).unwrap_or(i64::MAX));
            let most = localizer.format("help-wishes", &[("max", max)]);
            Some([Some(most), help].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        _ => help,
    }
}

fn suffix(spec: &FieldSpec, localizer: &Localizer) -> Option<String> {
    let of_portal = spec.suffix.as_ref().map(|suffix| suffix.get(localizer.language()).to_owned());
    let is_money = matches!(spec.kind, FieldKindSpec::Money { .. });
    of_portal.or_else(|| is_money.then(|| localizer.message("suffix-money")))
}

fn count(kind: &FieldKindSpec, value: &str) -> Option<String> {
    let (typed, of) = match kind {
        FieldKindSpec::BankAccount => {
            let missing = bank_account::missing_digits(value).unwrap_or(0);
            let typed = i64::try_from(bank_account::DIGITS).ok()?.checked_sub(missing)?;
            (if value.is_empty() { 0 } else { usize::try_from(typed).ok()? }, bank_account::DIGITS)
        }
        FieldKindSpec::Text { max_length, .. } => {
            let (typed, of) = (value.chars().count(), usize::try_from(*max_length).ok()?);
            (typed * 100 >= of * COUNTED_FROM_PERCENT).then_some((typed, of))?
        }
        _ => return None,
    };
    Some(isolate_left_to_right(&format!("{typed} / {of}")))
}

/// Returns the calendar of a field whose days are near.
pub(super) fn calendar(
    kind: &FieldKindSpec,
    value: &str,
    context: &ValidationContext<'_>,
) -> Option<CalendarView> {
    let FieldKindSpec::Day { earliest, latest } = kind else { return None };
    let (first, last) = context.range(earliest, latest);
    let (first, last) = (first?, last?);
    let is_near = |day: Date| days_between(context.today, day).abs() <= CALENDAR_DAYS;
    if last < first || !is_near(first) || !is_near(last) {
        return None;
    }
    let shown = context.read_day(value, earliest, latest).unwrap_or(context.today).clamp(first, last);
    let number = |day: Date| days_between(date(1970, 1, 1), day);
    Some(CalendarView { first: number(first), last: number(last), shown: number(shown) })
}

/// Returns the options that contain every word typed, in either language, folded.
pub(super) fn matching_options(
    spec: &FieldSpec,
    value: &str,
    text: &str,
    localizer: &Localizer,
) -> Vec<OptionView> {
    let FieldKindSpec::Choice { options: choices, .. } = &spec.kind else { return Vec::new() };
    let typed = fold_query(text);
    let has_words = |option: &OptionView| {
        let choice = choices.iter().find(|choice| choice.key == option.key);
        let label = choice.map(|choice| choice.label.search_text(localizer)).unwrap_or_default();
        typed.split_whitespace().all(|word| label.contains(word))
    };
    options(spec, value, localizer).into_iter().filter(has_words).collect()
}

fn options(spec: &FieldSpec, value: &str, localizer: &Localizer) -> Vec<OptionView> {
    let option = |choice: &Choice, chosen: bool, place: Option<String>| OptionView {
        key: choice.key.clone(),
        label: match &choice.label {
            Label::Phrase(phrase) => localizer.message(&format!("option-{phrase}")),
            args => args.text(localizer),
        },
        chosen,
        rank: place,
    };
    match &spec.kind {
        FieldKindSpec::Choice { options, style } => {
            let options = options.iter().map(|choice| option(choice, choice.key == value, None));
            if *style == ChoiceStyle::Search { in_order(options) } else { options.collect() }
        }
        FieldKindSpec::Wishes { options, .. } => {
            let wish = |choice: &Choice| {
                let place = wishes(value).position(|wish| wish == choice.key).map(|at| (at + 1).to_string());
                option(choice, place.is_some(), place)
            };
            options.iter().map(wish).collect()
        }
        FieldKindSpec::Declaration { text } => vec![OptionView {
            key: "true".to_owned(),
            label: text.get(localizer.language()).to_owned(),
            chosen: value == "true",
            rank: None,
        }],
        _ => Vec::new(),
    }
}

/// Returns the options in the order of the language that is read, whatever the portal's.
fn in_order(options: impl Iterator<Item = OptionView>) -> Vec<OptionView> {
    // Sorting a list of this type by the standard library adds more to what members download than this.
    let mut sorted: Vec<(String, OptionView)> = Vec::new();
    for option in options {
        let label = fold_for_search(&option.label);
        let at = sorted.partition_point(|(before, _)| *before <= label);
        sorted.insert(at, (label, option));
    }
    sorted.into_iter().map(|(_, option)| option).collect()
}

fn presentation(kind: &FieldKindSpec) -> (FieldKind, ContentType, Keyboard) {
    match kind {
        FieldKindSpec::Ppr => (FieldKind::Text, ContentType::Username, Keyboard::Digits),
        FieldKindSpec::Cin | FieldKindSpec::Pension => {
            (FieldKind::Text, ContentType::None, Keyboard::Capitals)
        }
        FieldKindSpec::Email => (FieldKind::Text, ContentType::Email, Keyboard::Email),
        FieldKindSpec::Secret { new: false } => {
            (FieldKind::Secret, ContentType::Password, Keyboard::Password)
        }
        FieldKindSpec::Secret { new: true } => {
            (FieldKind::Secret, ContentType::NewPassword, Keyboard::Password)
        }
        FieldKindSpec::Choice { style: ChoiceStyle::Search, .. } => {
            (FieldKind::Search, ContentType::None, Keyboard::Text)
        }
        FieldKindSpec::Choice { .. } => (FieldKind::Choice, ContentType::None, Keyboard::Text),
        FieldKindSpec::Wishes { .. } => (FieldKind::Wishes, ContentType::None, Keyboard::Text),
        FieldKindSpec::Declaration { .. } => (FieldKind::Declaration, ContentType::None, Keyboard::Text),
        FieldKindSpec::Text { multiline: true, .. } => {
            (FieldKind::MultilineText, ContentType::None, Keyboard::Text)
        }
        FieldKindSpec::Text { multiline: false, .. } => (FieldKind::Text, ContentType::None, Keyboard::Text),
        FieldKindSpec::Money { .. } => (FieldKind::Text, ContentType::None, Keyboard::Amount),
        FieldKindSpec::Integer { .. } | FieldKindSpec::BankAccount => {
            (FieldKind::Text, ContentType::None, Keyboard::Digits)
        }
        FieldKindSpec::Day { .. } => (FieldKind::Text, ContentType::None, Keyboard::Day),
        FieldKindSpec::Phone => (FieldKind::Text, ContentType::Phone, Keyboard::Phone),
        FieldKindSpec::Captcha => (FieldKind::Captcha, ContentType::None, Keyboard::Text),
        FieldKindSpec::Instalment(_) => (FieldKind::ReadOnly, ContentType::None, Keyboard::Text),
    }
}
