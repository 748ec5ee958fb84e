//! Notices: offline, maintenance, a newer version, an ended session. They stop sending, never reading.

use crate::context::AppContext;
use crate::i18n::{FormatArg, Localizer};
use crate::remote_config::BlockReason;
use crate::session::SessionManager;
use crate::stage::State;
use crate::views::{BlockingView, NoticeAction, NoticeView, Tone};

struct Notices<'a> {
    localizer: &'a Localizer,
    views: Vec<NoticeView>,
}

impl Notices<'_> {
    fn push(&mut self, key: &str, icon: &str, tone: Tone, text: String, does: Option<(&str, NoticeAction)>) {
        let (action, does) = does.map(|(action, does)| (self.localizer.action(action), does)).unzip();
        let (key, icon) = (key.to_owned(), icon.to_owned());
        self.views.push(NoticeView { key, icon, text, tone, action, action_kind: does });
    }
}

/// Returns the current notices, the most severe first.
pub(crate) fn current(sessions: &SessionManager) -> Vec<NoticeView> {
    let context: &AppContext = sessions.context();
    let localizer = context.localizer();
    let mut notices = Notices { localizer: &localizer, views: Vec::new() };
    let member_was_reset = || sessions.session().is_ok_and(|session| session.db().was_reset());
    if context.device_db().was_reset() || context.member_pseudonyms().were_lost() || member_was_reset() {
        notices.push("set-aside", "warning", Tone::Warning, localizer.message("file-set-aside"), None);
    }
    if sessions.was_revoked() {
        notices.push(
            "session-revoked",
            "key",
            Tone::Warning,
            localizer.message("notice-session-revoked"),
            None,
        );
    }
    if sessions.has_retained_work() {
        let text = localizer.message("notice-work-kept");
        notices.push("work-kept", "mobile_check", Tone::Info, text, None);
    }
    if sessions.state() == State::SessionExpired {
        let does = Some(("sign-in-again", NoticeAction::SignIn));
        notices.push("sign-in-again", "key", Tone::Warning, localizer.message("notice-sign-in-again"), does);
    }
    match context.remote_config().block_reason(context.now()) {
        Some(BlockReason::UpdateNeeded) => {
            notices.push(
                "update",
                "error",
                Tone::Error,
                localizer.message("notice-update-needed"),
                update(context),
            );
        }
        Some(BlockReason::Maintenance { .. }) => {
            let does = Some(("recheck", NoticeAction::Recheck));
            notices.push("maintenance", "build", Tone::Warning, maintenance(context, &localizer), does);
        }
        None if context.remote_config().update_recommended() => {
            notices.push("update", "info", Tone::Info, localizer.message("notice-update"), update(context));
        }
        None => {}
    }
    if !context.client().is_online() {
        let name = if context.client().is_blocked() { "network-blocked-notice" } else { "offline-notice" };
        // What a member reads offline is said to be stored only where something is.
        let has_stored = sessions.session().is_ok_and(|session| session.catalogue().loaded().is_some());
        let stored = if has_stored && sessions.state() == State::Space { "-stored" } else { "" };
        let text = localizer.message(&format!("{name}{stored}"));
        notices.push("offline", "cloud_off", Tone::Info, text, None);
    }
    notices.views
}

/// Returns the screen that blocks a signed-out member.
pub(crate) fn blocking(sessions: &SessionManager) -> Option<BlockingView> {
    let context: &AppContext = sessions.context();
    if sessions.state().has_member() {
        return None;
    }
    let localizer = context.localizer();
    let view = |key: &str, icon: &str, text: String, action: &str, link: Option<String>| BlockingView {
        key: key.to_owned(),
        icon: icon.to_owned(),
        title: localizer.message(&format!("title-gate-{key}")),
        text,
        action: localizer.action(action),
        link,
    };
    Some(match context.remote_config().block_reason(context.now())? {
        BlockReason::Maintenance { .. } => {
            view("maintenance", "build", maintenance(context, &localizer), "recheck", None)
        }
        BlockReason::UpdateNeeded => match store_link(context) {
            Some(link) => {
                view("update", "info", localizer.message("notice-update-needed"), "update", Some(link))
            }
            None => view("update", "info", localizer.message("notice-update-needed"), "recheck", None),
        },
    })
}

fn update(context: &AppContext) -> Option<(&'static str, NoticeAction)> {
    store_link(context).map(|link| ("update", NoticeAction::Update { link }))
}

/// Returns where this phone gets a newer version.
fn store_link(context: &AppContext) -> Option<String> {
    let stores = context.remote_config().config()?.stores.clone();
    match context.system() {
        "ios" => stores.ios,
        _ => stores.android,
    }
}

fn maintenance(context: &AppContext, localizer: &Localizer) -> String {
    let maintenance = context.remote_config().config().and_then(|config| config.maintenance.clone());
    let until = maintenance.as_ref().and_then(|maintenance| maintenance.until);
    let text = match until {
        Some(until) => {
            let time = localizer.time_or_date(until, context.now());
            localizer.format("notice-maintenance-until", &[("time", FormatArg::Text(&time))])
        }
        None => localizer.message("notice-maintenance"),
    };
    let reason = maintenance
        .and_then(|maintenance| maintenance.reason)
        .map(|reason| reason.get(localizer.language()).to_owned());
    [reason, Some(text)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
