//! Parts that several screens draw: chips, facts, notices.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::language::{ActionView, Identifier};

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the phone is.
    #[default]
    Phone,
    /// Light, whatever the phone is.
    Light,
    /// Dark, whatever the phone is.
    Dark,
}

/// What a colour means; a face gives it its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Tone {
    /// Where the member stands now, or what is announced.
    Now,
    /// Open, done.
    Success,
    /// Soon too late.
    Warning,
    /// To know.
    Info,
    /// To mend.
    Error,
    /// Over.
    Quiet,
}

/// A state: icon and word, not to be tapped.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChipView {
    /// A Material Symbols name.
    pub icon: String,
    /// The word.
    pub text: String,
    /// Its colour's meaning.
    pub tone: Tone,
}

impl ChipView {
    pub(crate) fn new(icon: &str, text: String, tone: Tone) -> Self {
        Self { icon: icon.to_owned(), text, tone }
    }
}

/// A line under the header.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NoticeView {
    /// Names it in tests.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// What the member should know.
    pub text: String,
    /// Its colour's meaning.
    pub tone: Tone,
    /// What the member can do about it.
    pub action: Option<ActionView>,
    /// What that button does; set together with `action`.
    pub does: Option<NoticeAct>,
}

/// What a notice's button does.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum NoticeAct {
    /// Opens the sheet that signs the same member in again.
    SignIn,
    /// Opens this address in the system: the shop with the newer version.
    Update {
        /// The address.
        link: String,
    },
    /// Calls [`crate::Fos::look_again`].
    LookAgain,
}

/// A whole screen in place of the sign-in screen, while nobody can be let in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct GateView {
    /// `maintenance` or `update`.
    pub key: String,
    /// A Material Symbols name.
    pub icon: String,
    /// What is so.
    pub title: String,
    /// Until when, and what to do.
    pub text: String,
    /// With a `link`, opens it in the system; without one, calls [`crate::Fos::look_again`].
    pub action: ActionView,
    /// The shop with the newer version.
    pub link: Option<String>,
}

/// A text to read: the charter, or what happens to personal data.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReadingView {
    /// Its title.
    pub title: String,
    /// Its articles.
    pub articles: Vec<ArticleView>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ArticleView {
    /// A heading, for screen readers too.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// One line of advice.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct HintView {
    /// A Material Symbols name.
    pub icon: String,
    /// The advice.
    pub text: String,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FactView {
    /// A Material Symbols name.
    pub icon: Option<String>,
    /// The label.
    pub label: String,
    /// The value.
    pub value: Identifier,
    /// What to notice about it.
    pub chip: Option<ChipView>,
}

/// A file for the system to open.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FileView {
    /// Where it lies, under the app's own folder.
    pub path: String,
    /// Its name.
    pub name: String,
    /// RFC 6838.
    pub media_type: String,
}

impl FileView {
    pub(crate) fn pdf(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { path: path.display().to_string(), name, media_type: "application/pdf".to_owned() }
    }
}
