//! Parts that several screens draw: chips, facts, notices.

use crate::language::Identifier;

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
    /// A Material Symbols name.
    pub icon: String,
    /// What the member should know.
    pub text: String,
    /// Its colour's meaning.
    pub tone: Tone,
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
