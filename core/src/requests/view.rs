//! What a face draws of a member's requests: finished, in their language.

use jiff::Timestamp;
use jiff::civil::Date;

use super::filing::Kept;
use super::outbox::Sent;
use crate::language::{ActionView, Identifier, Told, Words, today};
use crate::portal::request::{Request, RequestState};
use crate::store::{StoredDraft, StoredOutbox, StoredRequest};
use crate::views::Tone;

/// The member's requests: what is being filled in, what waits to be sent, what is on file.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestsView {
    /// The screen's title.
    pub title: String,
    /// Drafts first, then the outbox, then what is on file; a part that is empty is left out.
    pub groups: Vec<RequestGroupView>,
    /// What to say while there is nothing at all.
    pub empty: Option<String>,
}

/// A part of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestGroupView {
    /// What they have in common.
    pub title: String,
    /// In order.
    pub cards: Vec<RequestCardView>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestCardView {
    /// Names it among all of them.
    pub id: String,
    /// The service.
    pub title: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// How it stands.
    pub state: String,
    /// The state's colour.
    pub tone: Tone,
    /// When it came to stand so, or what to do about it.
    pub line: String,
    /// What a touch leads to.
    pub leads: RequestLead,
}

/// What a touch on a card leads to.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum RequestLead {
    /// The form, to go on with.
    Form {
        /// The service's id.
        service: String,
    },
    /// The request's own page.
    Request {
        /// Its id.
        id: String,
    },
    /// Out of the outbox and back into the form.
    TakeBack {
        /// The entry.
        key: String,
    },
}

/// A request's own page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestView {
    /// The service.
    pub title: String,
    /// Its number.
    pub number: Identifier,
    /// How it stands.
    pub state: String,
    /// The state's colour.
    pub tone: Tone,
    /// When it was filed and by when it is answered.
    pub lines: Vec<String>,
    /// Why it was refused, and until when that can be appealed.
    pub refusal: Option<String>,
    /// The receipt, to open or hand on.
    pub receipt: ActionView,
}

/// What the parts are made of, all of one member's.
pub(super) struct Work {
    pub(super) drafts: Vec<StoredDraft<Kept>>,
    pub(super) outbox: Vec<StoredOutbox<Sent>>,
    pub(super) filed: Vec<StoredRequest<Request>>,
}

/// Draws all of it. `title` names a service, also one that is offered no more.
pub(super) fn list(work: &Work, title: impl Fn(&str) -> String, now: Timestamp, words: &Words) -> RequestsView {
    let drafts = work.drafts.iter().map(|draft| draft_card(draft, title(&draft.service), now, words)).collect();
    let outbox = work.outbox.iter().map(|entry| outbox_card(entry, title(&entry.service), words)).collect();
    let filed = work.filed.iter().map(|filed| filed_card(&filed.told, title(&filed.service), words)).collect();
    let groups: Vec<RequestGroupView> = [("group-drafts", drafts), ("group-outbox", outbox), ("group-filed", filed)]
        .into_iter()
        .filter(|(_, cards): &(_, Vec<RequestCardView>)| !cards.is_empty())
        .map(|(name, cards)| RequestGroupView { title: words.say(name), cards })
        .collect();
    let empty = groups.is_empty().then(|| words.say("no-requests"));
    RequestsView { title: words.say("title-requests"), groups, empty }
}

fn draft_card(draft: &StoredDraft<Kept>, title: String, now: Timestamp, words: &Words) -> RequestCardView {
    let changed = Timestamp::from_second(draft.changed_at).unwrap_or(now);
    let time = words.time_near(changed, now);
    RequestCardView {
        id: format!("draft:{}", draft.service),
        title,
        number: None,
        state: words.say("state-draft"),
        tone: Tone::Quiet,
        line: words.say_with("draft-changed", &[("time", Told::Text(&time))]),
        leads: RequestLead::Form { service: draft.service.clone() },
    }
}

/// What waits for the network leaves by itself; it can be taken back until then. What is held says why.
fn outbox_card(entry: &StoredOutbox<Sent>, title: String, words: &Words) -> RequestCardView {
    let (state, tone, line) = if entry.held.is_empty() {
        ("state-waiting", Tone::Info, "request-will-be-sent")
    } else {
        ("state-held", Tone::Warning, entry.held.as_str())
    };
    RequestCardView {
        id: format!("outbox:{}", entry.key),
        title,
        number: None,
        state: words.say(state),
        tone,
        line: words.say(line),
        leads: RequestLead::TakeBack { key: entry.key.clone() },
    }
}

fn filed_card(request: &Request, title: String, words: &Words) -> RequestCardView {
    let (state, tone) = state(request.state);
    let date = words.long_date(today(request.filed_at));
    RequestCardView {
        id: request.id.clone(),
        title,
        number: Some(Identifier::new(&request.number).shown),
        state: words.say(state),
        tone,
        line: words.say_with("filed-on", &[("date", Told::Text(&date))]),
        leads: RequestLead::Request { id: request.id.clone() },
    }
}

/// Draws one that is on file.
pub(super) fn page(request: &Request, title: String, words: &Words) -> RequestView {
    let (state, tone) = state(request.state);
    let day = |name: &str, day: Date| words.say_with(name, &[("date", Told::Text(&words.long_date(day)))]);
    let mut lines = vec![day("filed-on", today(request.filed_at))];
    if matches!(request.state, RequestState::Filed | RequestState::UnderReview) {
        lines.push(day("answered-by", request.due_by));
    }
    let refusal = request.refusal.as_ref().map(|refusal| {
        let reason = refusal.reason.in_language(words.language());
        format!("{reason}\n{}", day("appeal-until", refusal.appeal_until))
    });
    RequestView {
        title,
        number: Identifier::new(&request.number),
        state: words.say(state),
        tone,
        lines,
        refusal,
        receipt: words.action("receipt"),
    }
}

fn state(state: RequestState) -> (&'static str, Tone) {
    match state {
        RequestState::Filed => ("state-filed", Tone::Info),
        RequestState::UnderReview => ("state-under-review", Tone::Info),
        RequestState::Approved => ("state-approved", Tone::Success),
        RequestState::Refused => ("state-refused", Tone::Error),
        RequestState::Other => ("state-other", Tone::Quiet),
    }
}
