//! Diagnostic page: the last lines of the log, for the member to read, copy and share with the help desk.

use crate::context::AppContext;
use crate::diagnostics;
use crate::i18n::ActionView;

/// Diagnostic page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DiagnosticView {
    /// Title.
    pub title: String,
    /// Explanation: no personal data, and nothing is sent by itself.
    pub text: String,
    /// The last 200 lines at most, oldest first: technical, in English, to be drawn left to right.
    pub lines: Vec<String>,
    /// The lines as one text, to copy and to share.
    pub copied: String,
    /// Copies the text.
    pub copy: ActionView,
    /// Opens the system's sheet for sharing the text.
    pub share: ActionView,
}

/// Returns the diagnostic page. Does no I/O.
pub(crate) fn diagnostic(context: &AppContext) -> DiagnosticView {
    let localizer = context.localizer();
    let lines = diagnostics::lines();
    DiagnosticView {
        title: localizer.message("title-diagnostic"),
        text: localizer.message("diagnostic-text"),
        copied: lines.join("\n"),
        lines,
        copy: localizer.action("copy-diagnostic"),
        share: localizer.action("share-diagnostic"),
    }
}
