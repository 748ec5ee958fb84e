//! Question before signing out with unsent work: send it now, retain it for the same member, or erase it.

use crate::i18n::{ActionView, FormatArg, Localizer};
use crate::storage::UnsentCounts;
use crate::views::QuestionView;

/// Treatment of unsent work on sign-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum UnsentWork {
    /// Deliver the outbox first; the member stays signed in if that fails.
    SendNow,
    /// Retain it encrypted for 30 days; it is there again when the same member signs in.
    Keep,
    /// Erase it with everything else.
    Erase,
}

/// Question to ask a member who signs out with unsent work.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignOutConfirmation {
    /// Title.
    pub title: String,
    /// Number of drafts and outbox entries, in words.
    pub text: String,
    /// [`UnsentWork::SendNow`]; `None` with an empty outbox.
    pub send_now: Option<ActionView>,
    /// [`UnsentWork::Keep`].
    pub keep: ActionView,
    /// Explanation of retaining.
    pub keep_line: String,
    /// [`UnsentWork::Erase`], once `erase_question` is confirmed.
    pub erase: ActionView,
    /// Question before erasing.
    pub erase_question: QuestionView,
}

/// Returns the question; `None` without unsent work.
pub(super) fn view(unsent: UnsentCounts, localizer: &Localizer) -> Option<SignOutConfirmation> {
    let lines = [("leaving-waiting", unsent.outbox), ("leaving-drafts", unsent.drafts)];
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| localizer.format(name, &[("count", FormatArg::Number(count.into()))]))
        .collect();
    (!lines.is_empty()).then(|| SignOutConfirmation {
        title: localizer.message("title-leaving"),
        text: lines.join("\n"),
        send_now: (unsent.outbox > 0).then(|| localizer.action("send-now")),
        keep: localizer.action("keep-work"),
        keep_line: localizer.message("leaving-keep"),
        erase: localizer.action("erase-work"),
        erase_question: QuestionView::new(
            "erase-work",
            &[("work", FormatArg::Text(&lines.join(" ")))],
            ("confirm-erase-work", "keep-editing"),
            localizer,
        ),
    })
}
