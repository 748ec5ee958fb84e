//! Views that several screens share: chips, facts, notices, texts, files.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::i18n::{ActionView, FormatArg, Identifier, Localizer};

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the phone's own setting.
    #[default]
    Phone,
    /// Light, whatever the phone is.
    Light,
    /// Dark, whatever the phone is.
    Dark,
}

/// Meaning of a colour; each face has its own palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Tone {
    /// The current step, or something announced.
    Now,
    /// Open or complete.
    Success,
    /// A deadline is near.
    Warning,
    /// Information.
    Info,
    /// A problem to fix.
    Error,
    /// Past or inactive.
    Quiet,
}

/// State of something: icon and label, not a button.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChipView {
    /// A Material Symbols name.
    pub icon: String,
    /// Label.
    pub text: String,
    /// Meaning of its colour.
    pub tone: Tone,
}

impl ChipView {
    pub(crate) fn new(icon: &str, text: String, tone: Tone) -> Self {
        Self { icon: icon.to_owned(), text, tone }
    }
}

/// Notice under the header.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NoticeView {
    /// Identifier for tests.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Message.
    pub text: String,
    /// Meaning of its colour.
    pub tone: Tone,
    /// Button, if there is something to do.
    pub action: Option<ActionView>,
    /// Effect of the button; set together with `action`.
    pub action_kind: Option<NoticeAction>,
}

/// Effect of a notice's button.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum NoticeAction {
    /// Opens the sheet that signs the same member in again.
    SignIn,
    /// Opens this URL in the system: the store with the newer version.
    Update {
        /// URL.
        link: String,
    },
    /// Calls [`crate::Fos::recheck`].
    Recheck,
}

/// Screen that replaces the sign-in screen while nobody can sign in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BlockingView {
    /// `maintenance` or `update`.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Title.
    pub title: String,
    /// Message: until when, and what to do.
    pub text: String,
    /// Button: opens `link` in the system, or calls [`crate::Fos::recheck`] where there is none.
    pub action: ActionView,
    /// URL of the store with the newer version.
    pub link: Option<String>,
}

/// A text to read: the charter, or the text about personal data.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReadingView {
    /// Title.
    pub title: String,
    /// Articles.
    pub articles: Vec<ArticleView>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ArticleView {
    /// Heading, for screen readers too.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// Question before something that cannot be undone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuestionView {
    /// The question.
    pub question: String,
    /// Consequences: what follows, and what is lost.
    pub consequences: String,
    /// Does it.
    pub confirm: ActionView,
    /// Leaves everything as it is.
    pub cancel: ActionView,
}

impl QuestionView {
    /// Returns the messages `question-{name}` and `question-{name}-text` with their two answers.
    pub(crate) fn new(
        name: &str,
        args: &[(&str, FormatArg<'_>)],
        (confirm, cancel): (&str, &str),
        localizer: &Localizer,
    ) -> Self {
        Self {
            question: localizer.message(&format!("question-{name}")),
            consequences: localizer.format(&format!("question-{name}-text"), args),
            confirm: localizer.action(confirm),
            cancel: localizer.action(cancel),
        }
    }
}

/// A line of advice.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HintView {
    /// A Material Symbols name.
    pub icon: String,
    /// The advice.
    pub text: String,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FactView {
    /// A Material Symbols name.
    pub icon: Option<String>,
    /// Label.
    pub label: String,
    /// Value.
    pub value: Identifier,
    /// Chip beside the value.
    pub chip: Option<ChipView>,
}

/// A file to open in the system's viewer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FileView {
    /// Absolute path, inside the app's folder.
    pub path: String,
    /// File name.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: String,
}

impl FileView {
    pub(crate) fn pdf(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { path: path.display().to_string(), name, media_type: "application/pdf".to_owned() }
    }
}
