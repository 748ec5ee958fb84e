//! Screen that awaits the mail (guide step 4): what was typed, how long the mail may take, what to do.

use fos_wire::MemberKind;
use jiff::Timestamp;

use super::password_request::PendingPasswordRequest;
use crate::forms::StepsView;
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer};
use crate::views::{FactView, HintView};

/// Delay before another mail, in seconds, unless the config has another.
const DEFAULT_RESEND_AFTER_SECONDS: i64 = 120;
/// Delay in seconds after which the mail counts as late and the hints change.
const MAIL_LATE_AFTER_SECONDS: i64 = 15 * 60;

/// Screen that awaits the mail.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PasswordSentView {
    /// Title.
    pub title: String,
    /// Step 2 of the first access.
    pub steps: StepsView,
    /// «Sent (10:40) to»: after a correction it tells a new mail from the one before.
    pub sent_to_label: String,
    /// Address as typed.
    pub sent_to: Identifier,
    /// «If these details match our records»: the portal never says if they do.
    pub if_match: String,
    /// Everything else that was sent: in service or retired, PPR, CIN masked, a retiree's pension number.
    pub typed: Vec<FactView>,
    /// Returns to the form.
    pub correct: ActionView,
    /// Hints: how long it takes, where to look, how long the password is valid; after 15 minutes, what to do.
    pub hints: Vec<HintView>,
    /// Opens the sign-in form.
    pub have_it: ActionView,
    /// Requests another mail.
    pub ask_again: ActionView,
    /// Time until another mail can be requested.
    pub countdown: Option<CountdownView>,
}

/// Countdown, drawn as a ring.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CountdownView {
    /// «Another mail in 1:41».
    pub text: String,
    /// Remaining share, from 1 to 0.
    pub remaining: f32,
}

pub(super) fn view(
    request: &PendingPasswordRequest,
    now: Timestamp,
    resend_after: Option<i64>,
    localizer: &Localizer,
) -> PasswordSentView {
    // A clock that was set back would make the countdown last for hours.
    let elapsed = (now.as_second() - request.sent_at).max(0);
    let sent_at = localizer.time_or_date(Timestamp::from_second(request.sent_at).unwrap_or(now), now);
    let request = &request.request;
    let fact =
        |label: &str, value| FactView { icon: None, label: localizer.message(label), value, chip: None };
    let kind = if request.kind == Some(MemberKind::Retired) { "option-retired" } else { "option-active" };
    let pension = request.pension_number.as_deref();
    PasswordSentView {
        title: localizer.message("title-mail-sent"),
        steps: StepsView::of_first_access(2, localizer),
        sent_to_label: localizer.format("sent-to", &[("time", FormatArg::Text(&sent_at))]),
        sent_to: Identifier::new(&request.email),
        if_match: localizer.message("if-match"),
        typed: [
            fact("field-kind", Identifier::plain(localizer.message(kind))),
            fact("field-ppr", Identifier::new(&request.ppr)),
            fact("field-cin", Identifier::masked(&masked(&request.cin), localizer)),
        ]
        .into_iter()
        .chain(pension.map(|number| fact("field-pension", Identifier::new(number))))
        .collect(),
        correct: localizer.action("correct-address"),
        hints: hints(elapsed, request.kind, localizer),
        have_it: localizer.action("have-password"),
        ask_again: localizer.action("ask-again"),
        countdown: countdown(elapsed, resend_after.unwrap_or(DEFAULT_RESEND_AFTER_SECONDS), localizer),
    }
}

fn hints(elapsed: i64, kind: Option<MemberKind>, localizer: &Localizer) -> Vec<HintView> {
    let hint = |icon: &str, name: &str| HintView { icon: icon.to_owned(), text: localizer.message(name) };
    let first = if elapsed < MAIL_LATE_AFTER_SECONDS {
        hint("hourglass_top", "mail-hint-time")
    } else {
        hint("help", "mail-hint-late")
    };
    let mut hints = vec![first, hint("report", "mail-hint-spam"), hint("key", "mail-hint-key")];
    if kind == Some(MemberKind::Retired) {
        hints.push(hint("verified_user", "mail-hint-retired"));
    }
    hints
}

fn countdown(elapsed: i64, resend_after: i64, localizer: &Localizer) -> Option<CountdownView> {
    let remaining = i16::try_from(resend_after - elapsed).ok().filter(|remaining| *remaining > 0)?;
    let total = i16::try_from(resend_after).ok()?;
    let time = format!("{}:{:02}", remaining / 60, remaining % 60);
    let text = localizer.format("ask-again-after", &[("time", FormatArg::Text(&time))]);
    Some(CountdownView { text, remaining: f32::from(remaining) / f32::from(total) })
}

/// Masks a CIN: its owner recognises it, a bystander does not.
fn masked(cin: &str) -> String {
    let shown = cin.len().saturating_sub(2);
    cin.char_indices()
        .map(|(at, c)| if at == 0 || at >= shown || c.is_ascii_alphabetic() { c } else { '•' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use fos_wire::access::PasswordRequest;

    fn after(seconds: i64) -> PasswordSentView {
        view_of(MemberKind::Active, None, seconds)
    }

    fn view_of(kind: MemberKind, pension_number: Option<&str>, seconds: i64) -> PasswordSentView {
        let request = PasswordRequest {
            kind: Some(kind),
            ppr: "0123456".into(),
            cin: "AB123456".into(),
            email: "membre.essai@finances.test".into(),
            pension_number: pension_number.map(str::to_owned),
            captcha: None,
        };
        let request = PendingPasswordRequest { request, sent_at: 1_000 };
        view(
            &request,
            Timestamp::from_second(1_000 + seconds).unwrap(),
            None,
            &Localizer::for_language(Language::Ar),
        )
    }

    #[test]
    fn another_mail_can_be_asked_for_after_two_minutes() {
        assert_eq!(after(19).countdown.unwrap().text, "طلب رسالة أخرى بعد 1:41");
        assert_eq!(after(120).countdown, None);
        assert_eq!(after(-3_600).countdown.unwrap().text, "طلب رسالة أخرى بعد 2:00", "a clock set back");
    }

    #[test]
    fn a_late_mail_changes_the_hints() {
        assert_eq!(after(60).hints[0].icon, "hourglass_top");
        assert_eq!(after(15 * 60).hints[0].icon, "help");
    }

    #[test]
    fn everything_that_was_sent_is_shown() {
        let shown = |view: PasswordSentView| -> Vec<(String, String)> {
            view.typed.into_iter().map(|fact| (fact.label, fact.value.copied)).collect()
        };
        let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        let both = [fact("رقم التأجير", "0123456"), fact("رقم بطاقة التعريف الوطنية", "AB••••56")];
        let active = shown(after(0));
        assert_eq!(active[1..], both);
        let retired = shown(view_of(MemberKind::Retired, Some("884521"), 0));
        assert_eq!(retired[1..3], both);
        assert_eq!(retired[3..], [fact("رقم المعاش", "884521")]);
        assert!(active[0].0 == "أنا" && active[0].1 != retired[0].1);
    }

    #[test]
    fn the_card_number_is_masked() {
        assert_eq!(after(0).typed[2].value.copied, "AB••••56");
        assert_eq!(masked("J1"), "J1");
    }
}
