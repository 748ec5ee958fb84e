//! What stands beside the stage: offline, maintenance, a newer version, a session that ended (design §2). They stop
//! sending, never reading.

use crate::context::Context;
use crate::gate::Shut;
use crate::language::{Told, Words};
use crate::stage::State;
use crate::views::{GateView, NoticeAct, NoticeView, Tone};

struct Notices<'a> {
    words: &'a Words,
    standing: Vec<NoticeView>,
}

impl Notices<'_> {
    fn say(&mut self, key: &str, icon: &str, tone: Tone, text: String, does: Option<(&str, NoticeAct)>) {
        let (action, does) = does.map(|(action, does)| (self.words.action(action), does)).unzip();
        let (key, icon) = (key.to_owned(), icon.to_owned());
        self.standing.push(NoticeView { key, icon, text, tone, action, does });
    }
}

/// Worst first.
pub(crate) fn standing(context: &Context) -> Vec<NoticeView> {
    let words = context.words();
    let mut notices = Notices { words: &words, standing: Vec::new() };
    let member_anew = || context.member().is_ok_and(|member| member.sealed().began_anew());
    if context.device.began_anew() || member_anew() {
        notices.say("set-aside", "warning", Tone::Warning, words.say("file-set-aside"), None);
    }
    if context.state() == State::Lapsed {
        let does = Some(("sign-in-again", NoticeAct::SignIn));
        notices.say("sign-in-again", "key", Tone::Warning, words.say("notice-sign-in-again"), does);
    }
    match context.gate.shut(context.time.now()) {
        Some(Shut::UpdateNeeded) => {
            notices.say("update", "error", Tone::Error, words.say("notice-update-needed"), update(context));
        }
        Some(Shut::Maintenance { .. }) => {
            let does = Some(("look-again", NoticeAct::LookAgain));
            notices.say("maintenance", "build", Tone::Warning, maintenance(context, &words), does);
        }
        None if context.gate.update_recommended() => {
            notices.say("update", "info", Tone::Info, words.say("notice-update"), update(context));
        }
        None => {}
    }
    if !context.client.reached() {
        notices.say("offline", "cloud_off", Tone::Info, words.say("offline-notice"), None);
    }
    notices.standing
}

/// The screen that stands in the way of who is signed out.
pub(crate) fn gate(context: &Context) -> Option<GateView> {
    if context.state().has_member() {
        return None;
    }
    let words = context.words();
    let view = |key: &str, icon: &str, text: String, action: &str, link: Option<String>| GateView {
        key: key.to_owned(),
        icon: icon.to_owned(),
        title: words.say(&format!("title-gate-{key}")),
        text,
        action: words.action(action),
        link,
    };
    Some(match context.gate.shut(context.time.now())? {
        Shut::Maintenance { .. } => {
            view("maintenance", "build", maintenance(context, &words), "look-again", None)
        }
        Shut::UpdateNeeded => match shop(context) {
            Some(link) => view("update", "info", words.say("notice-update-needed"), "update", Some(link)),
            None => view("update", "info", words.say("notice-update-needed"), "look-again", None),
        },
    })
}

fn update(context: &Context) -> Option<(&'static str, NoticeAct)> {
    shop(context).map(|link| ("update", NoticeAct::Update { link }))
}

/// Where this phone gets a newer version.
fn shop(context: &Context) -> Option<String> {
    let stores = context.gate.config()?.stores.clone();
    match context.system.as_str() {
        "ios" => stores.ios,
        _ => stores.android,
    }
}

fn maintenance(context: &Context, words: &Words) -> String {
    let told = context.gate.config().and_then(|config| config.maintenance.clone());
    let until = told.as_ref().and_then(|told| told.until);
    let text = match until {
        Some(until) => {
            let time = words.time_near(until, context.time.now());
            words.say_with("notice-maintenance-until", &[("time", Told::Text(&time))])
        }
        None => words.say("notice-maintenance"),
    };
    let reason =
        told.and_then(|told| told.reason).map(|reason| reason.in_language(words.language()).to_owned());
    [reason, Some(text)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}
