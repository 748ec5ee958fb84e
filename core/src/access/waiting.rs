//! Guide step 4: the mail is on its way. Who waits reads what was typed, how long it may take, and what to do.

use jiff::Timestamp;

use super::password_request::Asked;
use crate::forms::StepsView;
use crate::language::{ActionView, Identifier, Told, Words};
use crate::portal::wire::MemberKind;
use crate::views::{FactView, HintView};

/// Asked again sooner, the portal sends nothing (design §3), unless its config says otherwise.
const AGAIN_AFTER_SECONDS: i64 = 120;
/// After this long without mail, something is wrong: say what to check (design §7).
const LATE_AFTER_SECONDS: i64 = 15 * 60;

/// The waiting screen.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct WaitingView {
    /// What happens.
    pub title: String,
    /// Step 2.
    pub steps: StepsView,
    /// «Sent to».
    pub sent_to_label: String,
    /// The address as it was typed.
    pub sent_to: Identifier,
    /// The portal never says whether the details match: this does not either.
    pub if_match: String,
    /// PPR, and CIN masked.
    pub typed: Vec<FactView>,
    /// Back to the form.
    pub correct: ActionView,
    /// How long, where to look, how long the password lives; after 15 minutes, what to do.
    pub hints: Vec<HintView>,
    /// On to the sign-in form.
    pub have_it: ActionView,
    /// Another mail.
    pub ask_again: ActionView,
    /// While another mail cannot be asked for yet.
    pub countdown: Option<CountdownView>,
}

/// The ring and its words.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CountdownView {
    /// «Another mail in 1:41».
    pub text: String,
    /// From 1 down to 0.
    pub left: f32,
}

pub(super) fn view(asked: &Asked, now: Timestamp, again_after: Option<i64>, words: &Words) -> WaitingView {
    // A clock that was set back would count for hours.
    let since = (now.as_second() - asked.at).max(0);
    let fact = |label: &str, value: &str| FactView {
        icon: None,
        label: words.say(label),
        value: Identifier::new(value),
        chip: None,
    };
    WaitingView {
        title: words.say("title-mail-sent"),
        steps: StepsView::of_first_access(2, words),
        sent_to_label: words.say("sent-to"),
        sent_to: Identifier::new(&asked.request.email),
        if_match: words.say("if-match"),
        typed: vec![fact("field-ppr", &asked.request.ppr), fact("field-cin", &masked(&asked.request.cin))],
        correct: words.action("correct-address"),
        hints: hints(since, asked.request.kind, words),
        have_it: words.action("have-password"),
        ask_again: words.action("ask-again"),
        countdown: countdown(since, again_after.unwrap_or(AGAIN_AFTER_SECONDS), words),
    }
}

fn hints(since: i64, kind: MemberKind, words: &Words) -> Vec<HintView> {
    let hint = |icon: &str, name: &str| HintView { icon: icon.to_owned(), text: words.say(name) };
    let first = if since < LATE_AFTER_SECONDS {
        hint("hourglass_top", "mail-hint-time")
    } else {
        hint("help", "mail-hint-late")
    };
    let mut hints = vec![first, hint("report", "mail-hint-spam"), hint("key", "mail-hint-key")];
    if kind == MemberKind::Retired {
        hints.push(hint("verified_user", "mail-hint-retired"));
    }
    hints
}

fn countdown(since: i64, again_after: i64, words: &Words) -> Option<CountdownView> {
    let left = i16::try_from(again_after - since).ok().filter(|left| *left > 0)?;
    let whole = i16::try_from(again_after).ok()?;
    let time = format!("{}:{:02}", left / 60, left % 60);
    let text = words.say_with("ask-again-after", &[("time", Told::Text(&time))]);
    Some(CountdownView { text, left: f32::from(left) / f32::from(whole) })
}

/// Enough to recognise one's own card, not enough for who looks over the shoulder.
fn masked(cin: &str) -> String {
    let shown = cin.len().saturating_sub(2);
    cin.char_indices()
        .map(|(at, c)| if at == 0 || at >= shown || c.is_ascii_alphabetic() { c } else { '•' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::portal::wire::PasswordRequest;

    fn after(seconds: i64) -> WaitingView {
        let request = PasswordRequest {
            kind: MemberKind::Active,
            ppr: "0123456".into(),
            cin: "AB123456".into(),
            email: "membre.essai@finances.test".into(),
            pension_number: None,
        };
        let asked = Asked { request, at: 1_000 };
        view(&asked, Timestamp::from_second(1_000 + seconds).unwrap(), None, &Words::of(Language::Ar))
    }

    #[test]
    fn another_mail_can_be_asked_for_after_two_minutes() {
        assert_eq!(after(19).countdown.unwrap().text, "طلب رسالة أخرى بعد 1:41");
        assert_eq!(after(120).countdown, None);
        assert_eq!(after(-3_600).countdown.unwrap().text, "طلب رسالة أخرى بعد 2:00", "a clock set back");
    }

    #[test]
    fn who_waits_too_long_reads_what_to_do() {
        assert_eq!(after(60).hints[0].icon, "hourglass_top");
        assert_eq!(after(15 * 60).hints[0].icon, "help");
    }

    #[test]
    fn the_card_number_is_masked() {
        assert_eq!(after(0).typed[1].value.copied, "AB••••56");
        assert_eq!(masked("J1"), "J1");
    }
}
