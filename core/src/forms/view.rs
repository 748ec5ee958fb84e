//! Views of forms, finished and in the member's language.

use super::{ProblemSummaryView, ReviewView};
use crate::i18n::{ActionView, FormatArg, Localizer};
use crate::views::{ChipView, Tone};

/// Screen of a form.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FormView {
    /// Key for tests.
    pub key: String,
    /// Title.
    pub title: String,
    /// Step of the first access, or position among the form's sections; `None` outside both.
    pub steps: Option<StepsView>,
    /// Chip that shows if the input is stored; `None` for forms without a draft.
    pub saved: Option<ChipView>,
    /// Introduction, one sentence.
    pub intro: Option<String>,
    /// Problems of a submission that failed.
    pub summary: Option<ProblemSummaryView>,
    /// Visible fields, in order.
    pub fields: Vec<FieldView>,
    /// All answers, to be read before they are submitted; `None` on every other page.
    pub review: Option<ReviewView>,
    /// Button that goes to the next page or submits.
    pub action: ActionView,
    /// Button to the previous page ([`crate::Form::previous`]).
    pub previous: Option<ActionView>,
    /// Small print: purpose, recipients, rights (law 09-08 art. 5).
    pub notice: Option<String>,
}

/// Views of a form's fields after a keystroke.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FormChanges {
    /// Visible fields of the section. The face keeps the text of the focused one.
    pub fields: Vec<FieldView>,
    /// Problems of a submission that failed, as far as they are not corrected.
    pub summary: Option<ProblemSummaryView>,
}

/// Position such as «Step 2 of 4 · the mail».
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StepsView {
    /// Current step, from 1.
    pub current: u32,
    /// Number of steps.
    pub total: u32,
    /// The position in words, for display and for screen readers.
    pub text: String,
}

impl StepsView {
    /// Returns a step of the first access: ask, mail and sign-in, charter, new password.
    pub(crate) fn of_first_access(current: u32, localizer: &Localizer) -> Self {
        const NAMES: [&str; 4] = ["step-ask", "step-mail", "step-charter", "step-password"];
        let of = 4;
        let name = NAMES
            .get(current.saturating_sub(1) as usize)
            .map(|name| localizer.message(name))
            .unwrap_or_default();
        Self::new(current, of, &name, localizer)
    }

    pub(super) fn new(current: u32, of: u32, name: &str, localizer: &Localizer) -> Self {
        let args = [
            ("now", FormatArg::Number(current.into())),
            ("of", FormatArg::Number(of.into())),
            ("name", FormatArg::Text(name)),
        ];
        Self { current, total: of, text: localizer.format("step", &args) }
    }
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FieldView {
    /// Key.
    pub key: String,
    /// Label, always visible above the field.
    pub label: String,
    /// Name in the printed guide; in Arabic only.
    pub guide_name: Option<String>,
    /// Help, under the field and under its problem; above the options of [`FieldKind::Wishes`].
    pub help: Option<String>,
    /// Text of the empty box, which shows how a value is written.
    pub placeholder: Option<String>,
    /// Unit after the value, in the box.
    pub suffix: Option<String>,
    /// Number of characters or digits typed, of how many: beside the label.
    pub count: Option<String>,
    /// Days that a calendar offers; `None` for every other field, and for days that are far from today.
    pub calendar: Option<CalendarView>,
    /// Input, normalized once the field lost the focus; empty for secrets.
    pub value: String,
    /// Number of times that a typed secret was discarded here: at a change, and before the first one is shown if it is not
    /// 0, the face empties the field and gives it the focus. 0 for every other field.
    pub discarded: u32,
    /// Problem, which says what to do.
    pub problem: Option<String>,
    /// Widget.
    pub kind: FieldKind,
    /// Content for the phone's autofill.
    pub content_type: ContentType,
    /// Keyboard.
    pub keyboard: Keyboard,
    /// True for identifiers, which read left to right in both languages.
    pub left_to_right: bool,
    /// True for the last text field: its keyboard shows «done» instead of «next».
    pub last: bool,
    /// Options of a choice, wishes, or the declaration.
    pub options: Vec<OptionView>,
    /// State of the captcha; `NotAsked` for every other field.
    pub captcha: CaptchaState,
    /// Rules for a password being chosen; empty for every other field.
    pub rules: Vec<RuleView>,
    /// Strength of a password being chosen, once something is typed.
    pub strength: Option<StrengthView>,
}

/// Calendar of a field with days near today. Days are counted from 1970-01-01, as UTC has them at midnight.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CalendarView {
    /// First day that may be chosen.
    pub first: i64,
    /// Last day that may be chosen.
    pub last: i64,
    /// Day in the field, or else the nearest to today.
    pub shown: i64,
}

/// A rule for passwords.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RuleView {
    /// Text of the rule.
    pub text: String,
    /// True if the input satisfies it; false while nothing is typed.
    pub met: bool,
}

/// Strength of a password: bars and a word, never a colour alone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StrengthView {
    /// Number of filled bars.
    pub bars: u32,
    /// Number of bars.
    pub of: u32,
    /// Strength in words.
    pub text: String,
    /// Colour of the bars.
    pub tone: Tone,
}

/// Strength of a password being chosen; holds names of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StrengthReport {
    /// Messages of the rules.
    pub(crate) rules: &'static [&'static str],
    /// Satisfied rules: one bit for each of `rules`, the first lowest.
    pub(crate) met: u8,
    /// Strength from 1 to 4; `None` while nothing is typed.
    pub(crate) strength: Option<u8>,
}

impl StrengthReport {
    pub(super) fn rules(self, localizer: &Localizer) -> Vec<RuleView> {
        let rule = |(at, name): (usize, &&str)| RuleView {
            text: localizer.message(name),
            met: self.met >> at & 1 == 1,
        };
        self.rules.iter().enumerate().map(rule).collect()
    }

    pub(super) fn strength(self, localizer: &Localizer) -> Option<StrengthView> {
        let (name, tone) = match self.strength? {
            0 | 1 => ("strength-weak", Tone::Error),
            2 => ("strength-fair", Tone::Warning),
            3 => ("strength-good", Tone::Success),
            _ => ("strength-strong", Tone::Success),
        };
        Some(StrengthView { bars: self.strength?.into(), of: 4, text: localizer.message(name), tone })
    }
}

/// Widget of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    MultilineText,
    /// One line, hidden, with an eye.
    Secret,
    /// Radio buttons.
    Choice,
    /// A searchable list.
    Search,
    /// Ranked options: a tap adds one as the last, or removes it.
    Wishes,
    /// A box beside a declaration.
    Declaration,
    /// The box «I am not a robot».
    Captcha,
    /// A computed value ([`FieldView::value`]), without input.
    ReadOnly,
}

impl FieldKind {
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Text | Self::MultilineText | Self::Secret)
    }
}

/// Content for the phone's autofill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ContentType {
    /// Nothing.
    None,
    /// User name of the stored password: the PPR.
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

/// Keyboard to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Keyboard {
    /// Digits.
    Digits,
    /// Capital letters and digits.
    Capitals,
    /// With @ and dot.
    Email,
    /// No suggestions, no correction.
    Password,
    /// The member's usual keyboard.
    Text,
    /// Digits and a decimal separator.
    Amount,
    /// Digits and date separators.
    Day,
    /// Telephone keypad.
    Phone,
}

/// An option of a choice, or a filter.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OptionView {
    /// Key.
    pub key: String,
    /// Label.
    pub label: String,
    /// True if it is chosen.
    pub chosen: bool,
    /// Rank among the wishes, if it is one.
    pub rank: Option<String>,
}

/// State of the captcha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CaptchaState {
    /// The field is no captcha.
    NotAsked,
    /// Not ticked.
    Idle,
    /// Ticked; the phone is solving the challenge.
    Working,
    /// Ticked and solved.
    Done,
}
