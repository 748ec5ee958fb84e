//! What a face draws of a member's requests: finished, in their language.

use jiff::Timestamp;
use jiff::civil::Date;

use super::filing::Kept;
use super::outbox::Sent;
use super::schema;
use crate::forms::Progress;
use crate::language::{ActionView, Identifier, Told, Words, today};
use crate::portal::form::Family;
use crate::portal::request::{Request, RequestState};
use crate::portal::wire::{Both, Service};
use crate::store::{StoredDraft, StoredOutbox, StoredRequest};
use crate::views::{ChipView, Tone};

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
    /// A Material Symbols name: the service's.
    pub icon: String,
    /// The service.
    pub title: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// How it stands.
    pub state: ChipView,
    /// The member must act before anything happens.
    pub waits_for_member: bool,
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
    /// A Material Symbols name: the service's.
    pub icon: String,
    /// The service.
    pub title: String,
    /// What stands above the number.
    pub number_label: String,
    /// Its number.
    pub number: Identifier,
    /// How it stands.
    pub state: ChipView,
    /// When it was filed and by when it is answered.
    pub lines: Vec<String>,
    /// Why it was refused, and until when that can be appealed.
    pub refusal: Option<String>,
    /// The receipt, for the system to show ([`crate::Requests::receipt`]).
    pub receipt: ActionView,
    /// The same, for the system to hand on.
    pub share: ActionView,
}

/// What a service is called, and its tile.
pub(super) struct Named {
    pub(super) icon: String,
    pub(super) title: Both,
}

impl Named {
    /// Of one that is offered no more there is its id.
    pub(super) fn of(service: Option<Service>, id: &str) -> Self {
        match service {
            Some(Service { icon, title, .. }) => Self { icon, title },
            None => {
                Self { icon: "receipt_long".to_owned(), title: Both { ar: id.to_owned(), fr: id.to_owned() } }
            }
        }
    }
}

/// What the parts are made of, all of one member's.
pub(super) struct Work {
    pub(super) drafts: Vec<StoredDraft<Kept>>,
    pub(super) outbox: Vec<StoredOutbox<Sent>>,
    pub(super) filed: Vec<StoredRequest<Request>>,
    pub(super) family: Family,
}

/// Draws all of it.
pub(super) fn list(
    work: &Work,
    named: impl Fn(&str) -> Named,
    signed_in: bool,
    now: Timestamp,
    words: &Words,
) -> RequestsView {
    let draft = |draft| draft_card(draft, &work.family, named(&draft.service), now, words);
    let drafts = work.drafts.iter().map(draft).collect();
    let waiting = |(at, entry): (usize, &StoredOutbox<Sent>)| {
        let before = work.outbox[..at].iter().filter(|other| other.service == entry.service).count();
        outbox_card(entry, before, named(&entry.service), signed_in, words)
    };
    let outbox = work.outbox.iter().enumerate().map(waiting).collect();
    let filed =
        work.filed.iter().map(|filed| filed_card(&filed.told, named(&filed.service), words)).collect();
    let groups: Vec<RequestGroupView> =
        [("group-drafts", drafts), ("group-outbox", outbox), ("group-filed", filed)]
            .into_iter()
            .filter(|(_, cards): &(_, Vec<RequestCardView>)| !cards.is_empty())
            .map(|(name, cards)| RequestGroupView { title: words.say(name), cards })
            .collect();
    let empty = groups.is_empty().then(|| words.say("no-requests"));
    RequestsView { title: words.say("title-requests"), groups, empty }
}

fn draft_card(
    draft: &StoredDraft<Kept>,
    family: &Family,
    named: Named,
    now: Timestamp,
    words: &Words,
) -> RequestCardView {
    let changed = words.time_near(Timestamp::from_second(draft.changed_at).unwrap_or(now), now);
    let form = schema::read(&draft.form).ok();
    let progress =
        form.map(|form| Progress::of(&schema::fields(&form, family), &draft.filled.values, today(now)));
    let line = match progress {
        Some(Progress { at, of }) => {
            let number = |number: usize| Told::Number(i64::try_from(number).unwrap_or(i64::MAX));
            let told = [("at", number(at)), ("of", number(of)), ("time", Told::Text(&changed))];
            words.say_with("draft-progress", &told)
        }
        // Of a form that this version does not understand.
        None => words.say_with("draft-changed", &[("time", Told::Text(&changed))]),
    };
    RequestCardView {
        id: format!("draft-{}", draft.service),
        icon: named.icon,
        title: named.title.in_language(words.language()).to_owned(),
        number: None,
        state: ChipView::new("edit", words.say("state-draft"), Tone::Quiet),
        waits_for_member: false,
        line,
        leads: RequestLead::Form { service: draft.service.clone() },
    }
}

/// What waits for the network leaves by itself; it can be taken back until then. What is held says why.
/// Several may wait for the same service: `before` says how many do already.
fn outbox_card(
    entry: &StoredOutbox<Sent>,
    before: usize,
    named: Named,
    signed_in: bool,
    words: &Words,
) -> RequestCardView {
    let waits = entry.held.is_empty();
    let (icon, state, tone) = if waits {
        ("schedule", "state-waiting", Tone::Info)
    } else {
        ("warning", "state-held", Tone::Warning)
    };
    let line = match entry.held.as_str() {
        "" if signed_in => "request-will-be-sent",
        "" => "request-will-be-sent-signed-in",
        held => held,
    };
    RequestCardView {
        id: match before {
            0 => format!("outbox-{}", entry.service),
            _ => format!("outbox-{}-{}", entry.service, before + 1),
        },
        icon: named.icon,
        title: named.title.in_language(words.language()).to_owned(),
        number: None,
        state: ChipView::new(icon, words.say(state), tone),
        waits_for_member: !waits,
        line: words.say(line),
        leads: RequestLead::TakeBack { key: entry.key.clone() },
    }
}

fn filed_card(request: &Request, named: Named, words: &Words) -> RequestCardView {
    let date = words.long_date(today(request.filed_at));
    RequestCardView {
        id: request.number.clone(),
        icon: named.icon,
        title: named.title.in_language(words.language()).to_owned(),
        number: Some(Identifier::new(&request.number).shown),
        state: state(request.state, words),
        waits_for_member: false,
        line: words.say_with("filed-on", &[("date", Told::Text(&date))]),
        leads: RequestLead::Request { id: request.id.clone() },
    }
}

/// Draws one that is on file.
pub(super) fn page(request: &Request, named: Named, words: &Words) -> RequestView {
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
        icon: named.icon,
        title: named.title.in_language(words.language()).to_owned(),
        number_label: words.say("request-number"),
        number: Identifier::new(&request.number),
        state: state(request.state, words),
        lines,
        refusal,
        receipt: words.action("receipt"),
        share: words.action("share-receipt"),
    }
}

fn state(state: RequestState, words: &Words) -> ChipView {
    let (icon, name, tone) = match state {
        RequestState::Filed => ("check_circle", "state-filed", Tone::Success),
        RequestState::UnderReview => ("search", "state-under-review", Tone::Now),
        RequestState::Approved => ("check_circle", "state-approved", Tone::Success),
        RequestState::Refused => ("error", "state-refused", Tone::Error),
        RequestState::Other => ("schedule", "state-other", Tone::Quiet),
    };
    ChipView::new(icon, words.say(name), tone)
}
