//! What a face draws of a form: finished, in the member's language.

use super::{Choice, Drawn, FieldKindSpec, FieldSpec, Label, Problem, wishes};
use crate::language::{ActionView, Told, Words, fold_for_search};
use crate::views::{ChipView, Tone};

/// A form's screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FormView {
    /// Names the form in tests.
    pub key: String,
    /// The screen's title.
    pub title: String,
    /// Which step of the first access, or of a form in several parts, this is; `None` outside both.
    pub steps: Option<StepsView>,
    /// Whether what is typed is safe on the phone; `None` where nothing of it is kept.
    pub saved: Option<ChipView>,
    /// One sentence before the fields.
    pub intro: Option<String>,
    /// How many fields are to be mended, when there are any.
    pub summary: Option<String>,
    /// The visible fields, in order.
    pub fields: Vec<FieldView>,
    /// The one way on: to the next part, or away.
    pub action: ActionView,
    /// The way to the part before, where there is one ([`crate::Form::previous`]).
    pub previous: Option<ActionView>,
    /// Small print under the form: purpose, recipients, rights (law 09-08 art. 5).
    pub notice: Option<String>,
    /// What to say once it was sent, where the screen that follows does not say it.
    pub done: Option<String>,
    /// The id of the request that was filed by it ([`crate::Requests::request`]); `None` while it waits.
    pub filed: Option<String>,
}

/// A form's fields after a keystroke.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FormChanges {
    /// All visible fields. The face keeps the text of the one that has the focus.
    pub fields: Vec<FieldView>,
}

/// «Step 2 of 4 · the mail».
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StepsView {
    /// From 1.
    pub now: u32,
    /// How many there are.
    pub of: u32,
    /// The same in words, for the line under the bars and for screen readers.
    pub text: String,
}

impl StepsView {
    /// A first access has four steps: ask, mail and sign-in, charter, new password (look.md, Steps).
    pub(crate) fn of_first_access(now: u32, words: &Words) -> Self {
        const NAMES: [&str; 4] = ["step-ask", "step-mail", "step-charter", "step-password"];
        let of = 4;
        let name = NAMES.get(now.saturating_sub(1) as usize).map(|name| words.say(name)).unwrap_or_default();
        Self::new(now, of, &name, words)
    }

    pub(super) fn new(now: u32, of: u32, name: &str, words: &Words) -> Self {
        let told =
            [("now", Told::Number(now.into())), ("of", Told::Number(of.into())), ("name", Told::Text(name))];
        Self { now, of, text: words.say_with("step", &told) }
    }
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FieldView {
    /// Its tag.
    pub key: String,
    /// Always visible above it.
    pub label: String,
    /// What the printed guide calls it, in Arabic.
    pub guide_name: Option<String>,
    /// Under it; a problem stands in its place.
    pub help: Option<String>,
    /// What was typed, or its normal form once left; empty for secrets.
    pub value: String,
    /// What to do about it.
    pub problem: Option<String>,
    /// How it is drawn.
    pub kind: FieldKind,
    /// For the phone's autofill.
    pub content: ContentType,
    /// Which keyboard comes up.
    pub keyboard: Keyboard,
    /// Identifiers run left to right in both languages.
    pub left_to_right: bool,
    /// The last one typed into: its keyboard says «done» instead of «next».
    pub last: bool,
    /// The options of a choice, the wishes, or what is declared.
    pub options: Vec<OptionView>,
    /// The state of the robot box; `NotAsked` for every other field.
    pub robot: Robot,
    /// What a password being chosen must keep to; empty for every other field.
    pub rules: Vec<RuleView>,
    /// How strong it is, once something is typed.
    pub strength: Option<StrengthView>,
}

/// One rule, and whether what is typed keeps to it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RuleView {
    /// The rule.
    pub text: String,
    /// Whether it is kept; while nothing is typed, no rule is.
    pub met: bool,
}

/// Bars and a word: never a colour alone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StrengthView {
    /// How many bars are full.
    pub bars: u32,
    /// How many there are.
    pub of: u32,
    /// The same in words.
    pub text: String,
    /// The bars' colour.
    pub tone: Tone,
}

/// What a password being chosen is worth. Names of phrases: said in the member's language when shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weighed {
    /// By rule, whether it is kept.
    pub(crate) rules: &'static [&'static str],
    /// One bit for each of `rules`, the first lowest.
    pub(crate) met: u8,
    /// 1 to 4; `None` while nothing is typed.
    pub(crate) strength: Option<u8>,
}

impl Weighed {
    fn rules(self, words: &Words) -> Vec<RuleView> {
        let rule =
            |(at, name): (usize, &&str)| RuleView { text: words.say(name), met: self.met >> at & 1 == 1 };
        self.rules.iter().enumerate().map(rule).collect()
    }

    fn strength(self, words: &Words) -> Option<StrengthView> {
        let (name, tone) = match self.strength? {
            0 | 1 => ("strength-weak", Tone::Error),
            2 => ("strength-fair", Tone::Warning),
            3 => ("strength-good", Tone::Success),
            _ => ("strength-strong", Tone::Success),
        };
        Some(StrengthView { bars: self.strength?.into(), of: 4, text: words.say(name), tone })
    }
}

/// How a field is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    Lines,
    /// One line, hidden, with an eye.
    Secret,
    /// Boxes with a radio each.
    Choice,
    /// A list of many, found by typing.
    Search,
    /// Boxes, each with its place among those that stand: a touch puts it last, or takes it out.
    Wishes,
    /// A box beside what is declared.
    Declaration,
    /// The box «I am not a robot».
    Robot,
    /// What the form tells and does not ask: [`FieldView::value`] is drawn, nothing is touched.
    Told,
}

impl FieldKind {
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Text | Self::Lines | Self::Secret)
    }
}

/// What the phone may offer to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContentType {
    /// Nothing.
    None,
    /// The name under which the password is kept: the PPR.
    Username,
    /// The password in use.
    Password,
    /// A password being chosen.
    NewPassword,
    /// An address.
    Email,
    /// A telephone number.
    Phone,
}

/// Which keyboard comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Keyboard {
    /// Digits.
    Digits,
    /// Capital letters and digits.
    Capitals,
    /// With @ and dot.
    Email,
    /// Nothing remembered, nothing corrected.
    Password,
    /// Words, as the member's own keyboard has them.
    Words,
    /// Digits and the mark of the centimes.
    Amount,
    /// Digits and the marks between day, month and year.
    Day,
    /// Digits and what a telephone number is written with.
    Phone,
}

/// One option of a choice, or one filter.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OptionView {
    /// Its key.
    pub key: String,
    /// What is written on it.
    pub label: String,
    /// Whether it stands.
    pub chosen: bool,
    /// Its place among the wishes, where it has one.
    pub place: Option<String>,
}

/// The robot check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Robot {
    /// This field is no robot box.
    NotAsked,
    /// To be ticked.
    Idle,
    /// Ticked; the phone is at work.
    Working,
    /// Ticked and proved.
    Done,
}

pub(super) fn field(
    spec: &FieldSpec,
    value: &str,
    problem: Option<Problem>,
    robot: Robot,
    weighed: Option<Weighed>,
    words: &Words,
) -> FieldView {
    let (kind, content, keyboard) = drawn(&spec.kind);
    FieldView {
        key: spec.key.clone(),
        label: spec.label.say(words),
        guide_name: words.guide_name(&spec.key),
        help: spec.label.help(words),
        value: if kind.is_typed() || kind == FieldKind::Told { value.to_owned() } else { String::new() },
        problem: problem.map(|problem| problem.say(words)),
        kind,
        content,
        keyboard,
        left_to_right: kind.is_typed() && keyboard != Keyboard::Words,
        last: false,
        options: options(spec, value, words),
        robot: if kind == FieldKind::Robot { robot } else { Robot::NotAsked },
        rules: weighed.map(|weighed| weighed.rules(words)).unwrap_or_default(),
        strength: weighed.and_then(|weighed| weighed.strength(words)),
    }
}

/// Every word typed must be found, in either language, whatever the spelling.
pub(super) fn found(spec: &FieldSpec, value: &str, text: &str, words: &Words) -> Vec<OptionView> {
    let FieldKindSpec::Choice { options: choices, .. } = &spec.kind else { return Vec::new() };
    let typed = fold_for_search(text);
    let has = |choice: &Choice| {
        let label = choice.label.all(words);
        typed.split_whitespace().all(|word| label.contains(word))
    };
    let kept: Vec<bool> = choices.iter().map(has).collect();
    let mut kept = kept.into_iter();
    options(spec, value, words).into_iter().filter(|_| kept.next().unwrap_or(false)).collect()
}

fn options(spec: &FieldSpec, value: &str, words: &Words) -> Vec<OptionView> {
    let option = |choice: &Choice, chosen: bool, place: Option<String>| OptionView {
        key: choice.key.clone(),
        label: match &choice.label {
            Label::Phrase(phrase) => words.say(&format!("option-{phrase}")),
            told => told.say(words),
        },
        chosen,
        place,
    };
    match &spec.kind {
        FieldKindSpec::Choice { options, .. } => {
            options.iter().map(|choice| option(choice, choice.key == value, None)).collect()
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
            label: text.in_language(words.language()).to_owned(),
            chosen: value == "true",
            place: None,
        }],
        _ => Vec::new(),
    }
}

fn drawn(kind: &FieldKindSpec) -> (FieldKind, ContentType, Keyboard) {
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
        FieldKindSpec::Choice { drawn: Drawn::Search, .. } => {
            (FieldKind::Search, ContentType::None, Keyboard::Words)
        }
        FieldKindSpec::Choice { .. } => (FieldKind::Choice, ContentType::None, Keyboard::Words),
        FieldKindSpec::Wishes { .. } => (FieldKind::Wishes, ContentType::None, Keyboard::Words),
        FieldKindSpec::Declaration { .. } => (FieldKind::Declaration, ContentType::None, Keyboard::Words),
        FieldKindSpec::Text { lines: true, .. } => (FieldKind::Lines, ContentType::None, Keyboard::Words),
        FieldKindSpec::Text { lines: false, .. } => (FieldKind::Text, ContentType::None, Keyboard::Words),
        FieldKindSpec::Money { .. } => (FieldKind::Text, ContentType::None, Keyboard::Amount),
        FieldKindSpec::Whole { .. } | FieldKindSpec::BankAccount => {
            (FieldKind::Text, ContentType::None, Keyboard::Digits)
        }
        FieldKindSpec::Day { .. } => (FieldKind::Text, ContentType::None, Keyboard::Day),
        FieldKindSpec::Phone => (FieldKind::Text, ContentType::Phone, Keyboard::Phone),
        FieldKindSpec::Robot => (FieldKind::Robot, ContentType::None, Keyboard::Words),
        FieldKindSpec::Instalment(_) => (FieldKind::Told, ContentType::None, Keyboard::Words),
    }
}
