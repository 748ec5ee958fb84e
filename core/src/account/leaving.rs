//! Signing out with work that was not sent: send it now, keep it for the same member, or erase it (design §4).

use crate::language::{ActionView, Told, Words};

/// What happens to unsent work when its member signs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum UnsentWork {
    /// What waits is sent first; the member stays signed in when that fails.
    SendNow,
    /// It is kept sealed for 30 days, and found again when the same member signs in.
    Keep,
    /// It goes with everything else.
    Erase,
}

/// What to ask a member who signs out with unsent work.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LeavingView {
    /// The question.
    pub title: String,
    /// What there is.
    pub text: String,
    /// [`UnsentWork::SendNow`]; none where nothing is ready to be sent.
    pub send_now: Option<ActionView>,
    /// [`UnsentWork::Keep`].
    pub keep: ActionView,
    /// What keeping means.
    pub keep_line: String,
    /// [`UnsentWork::Erase`].
    pub erase: ActionView,
}

/// None where there is nothing to ask about.
pub(super) fn view(drafts: u32, waiting: u32, words: &Words) -> Option<LeavingView> {
    let lines = [("leaving-waiting", waiting), ("leaving-drafts", drafts)];
    let lines: Vec<String> = lines
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| words.say_with(name, &[("count", Told::Number(count.into()))]))
        .collect();
    (!lines.is_empty()).then(|| LeavingView {
        title: words.say("title-leaving"),
        text: lines.join("\n"),
        send_now: (waiting > 0).then(|| words.action("send-now")),
        keep: words.action("keep-work"),
        keep_line: words.say("leaving-keep"),
        erase: words.action("erase-work"),
    })
}
