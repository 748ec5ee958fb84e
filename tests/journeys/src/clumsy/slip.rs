//! Slips of a clumsy member.

use std::fmt;

/// Slip of a clumsy member, before a line of the journey or in the way of doing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Turns the phone by a quarter.
    Rotate,
    /// Sets the letters to this size, in per cent.
    LetterSize(u16),
    /// Changes to another app and returns.
    SwitchApps,
    /// Changes the language, and changes it back.
    Language,
    /// Opens this page by mistake and leaves it.
    SideTrip(&'static str),
    /// Pulls the list down.
    Pull,
    /// Goes back one page, and forward again.
    Back,
    /// Goes back to the first page, and forward again.
    Home,
    /// Loses the process, and opens the app again.
    Kill,
    /// Changes to another app, meanwhile loses the process, and opens the app again.
    PauseAndKill,
    /// Sends the form before this field is filled in.
    SendEarly,
    /// Touches twice instead of once.
    DoubleTap,
    /// Types a wrong text, then the right one; the number says which wrong one.
    Mistype(usize),
    /// Types half of the text, changes to another app, and types all of it.
    Hesitate,
    /// Pastes the text with more at its ends; the number says with what.
    Paste(usize),
    /// Types on an Arabic keyboard.
    ArabicDigits,
}

impl Slip {
    /// Returns true if it is a way of doing the line, and does not come before it.
    pub(super) fn replaces_line(self) -> bool {
        matches!(
            self,
            Self::DoubleTap | Self::Mistype(_) | Self::Hesitate | Self::Paste(_) | Self::ArabicDigits
        )
    }
}

impl fmt::Display for Slip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rotate => write!(out, "turns the phone"),
            Self::LetterSize(percent) => write!(out, "sets the letters to {percent} %"),
            Self::SwitchApps => write!(out, "changes to another app and returns"),
            Self::Language => write!(out, "changes the language, and changes it back"),
            Self::SideTrip(tag) => write!(out, "opens `{tag}` and leaves it"),
            Self::Pull => write!(out, "pulls the list"),
            Self::Back => write!(out, "goes back, and forward again"),
            Self::Home => write!(out, "goes back to the first page, and forward again"),
            Self::Kill => write!(out, "loses the process"),
            Self::PauseAndKill => write!(out, "changes to another app and loses the process"),
            Self::SendEarly => write!(out, "sends the form too early"),
            Self::DoubleTap => write!(out, "double-taps"),
            Self::Mistype(at) => write!(out, "mistypes at {at}, and corrects it"),
            Self::Hesitate => write!(out, "types half of it, changes to another app, and types it all"),
            Self::Paste(which) => write!(out, "pastes it with more at its ends ({which})"),
            Self::ArabicDigits => write!(out, "types it in Arabic digits"),
        }
    }
}
