//! Views of requests, finished and in the member's language.

use fos_wire::LocalizedText;
use fos_wire::family::Family;
use fos_wire::request::{Request, RequestState};
use fos_wire::service::Service;
use jiff::Timestamp;
use jiff::civil::Date;

use super::form_handler::DraftContent;
use super::schema;
use super::submit::blocked_phrase;
use crate::error::Error;
use crate::forms::{AnswerSectionView, Progress, answers};
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer, today};
use crate::session::OutboxPayload;
use crate::storage::{OutboxEntry, StoredDraft, StoredRequest};
use crate::views::{ChipView, QuestionView, Tone};

/// List of the member's requests.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestsView {
    /// Title.
    pub title: String,
    /// Groups: drafts, outbox, on file; empty ones are left out.
    pub groups: Vec<RequestGroupView>,
    /// Message for an empty list.
    pub empty: Option<String>,
}

/// A group of the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestGroupView {
    /// Title.
    pub title: String,
    /// Cards, in order.
    pub cards: Vec<RequestCardView>,
}

/// A draft, an outbox entry or a request.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestCardView {
    /// Id, unique in the list.
    pub id: String,
    /// Material Symbols name of the service.
    pub icon: String,
    /// Name of the service.
    pub title: String,
    /// Number of the request, once filed.
    pub number: Option<Identifier>,
    /// State.
    pub state: ChipView,
    /// True if nothing happens until the member acts.
    pub needs_action: bool,
    /// Time of the state, or what to do.
    pub line: String,
    /// Target of a tap.
    pub target: RequestTarget,
    /// Deletes the draft ([`crate::Requests::discard_draft`]), once its question is confirmed; `None` for what is no draft.
    pub delete: Option<DeleteDraftView>,
}

/// Way to delete a draft.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeleteDraftView {
    /// Id of the service.
    pub service: String,
    /// Opens the question.
    pub open: ActionView,
    /// Question before deleting.
    pub question: QuestionView,
}

/// Target of a tap on a card.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum RequestTarget {
    /// Continue the form.
    Form {
        /// Id of the service.
        service: String,
    },
    /// Show the request.
    Request {
        /// Id of the request.
        id: String,
    },
    /// Show the entry, which waits to be delivered ([`crate::Requests::queued_request`]).
    Queued {
        /// Key of the entry.
        key: String,
    },
    /// Return the entry, which is blocked, to draft ([`crate::Requests::return_to_draft`]) and open its form.
    OutboxEntry {
        /// Key of the entry.
        key: String,
    },
}

/// Page of an entry that waits to be delivered.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QueuedRequestView {
    /// Material Symbols name of the service.
    pub icon: String,
    /// Name of the service.
    pub title: String,
    /// State.
    pub state: ChipView,
    /// Time of its delivery.
    pub line: String,
    /// Answers, section by section.
    pub sections: Vec<AnswerSectionView>,
    /// Returns it to draft ([`crate::Requests::return_to_draft`]) and opens its form, once `edit_question` is confirmed.
    pub edit: ActionView,
    /// Question before that.
    pub edit_question: QuestionView,
}

/// Page of a request.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestView {
    /// Material Symbols name of the service.
    pub icon: String,
    /// Name of the service.
    pub title: String,
    /// Label of the number.
    pub number_label: String,
    /// Number.
    pub number: Identifier,
    /// State.
    pub state: ChipView,
    /// Dates of filing and decision.
    pub lines: Vec<String>,
    /// Reason of a refusal, and the last day for an appeal.
    pub refusal: Option<String>,
    /// Answers that were filed, section by section; empty until they are fetched ([`crate::Requests::fetch_answers`]).
    pub sections: Vec<AnswerSectionView>,
    /// Opens the receipt ([`crate::Requests::receipt`]).
    pub receipt: ActionView,
    /// Shares the receipt.
    pub share: ActionView,
}

/// Icon and name of a service.
pub(super) struct ServiceLabel {
    pub(super) icon: String,
    pub(super) title: LocalizedText,
}

impl ServiceLabel {
    /// Returns the label; a service that is no longer offered is named by its id.
    pub(super) fn of(service: Option<Service>, id: &str) -> Self {
        match service {
            Some(Service { icon, title, .. }) => Self { icon, title },
            None => Self {
                icon: "receipt_long".to_owned(),
                title: LocalizedText { ar: id.to_owned(), fr: id.to_owned() },
            },
        }
    }
}

/// Data of the list, all of one member.
pub(super) struct RequestsData {
    pub(super) drafts: Vec<StoredDraft<DraftContent>>,
    pub(super) outbox: Vec<OutboxEntry<OutboxPayload>>,
    pub(super) filed: Vec<StoredRequest<Request>>,
    pub(super) family: Family,
}

/// Returns the list.
pub(super) fn list(
    data: &RequestsData,
    label: impl Fn(&str) -> ServiceLabel,
    signed_in: bool,
    now: Timestamp,
    localizer: &Localizer,
) -> RequestsView {
    let draft = |draft| draft_card(draft, &data.family, label(&draft.service), now, localizer);
    let drafts = data.drafts.iter().map(draft).collect();
    let entry_card = |(at, entry): (usize, &OutboxEntry<OutboxPayload>)| {
        let before = data.outbox[..at].iter().filter(|other| other.service == entry.service).count();
        outbox_card(entry, before, label(&entry.service), signed_in, localizer)
    };
    let outbox = data.outbox.iter().enumerate().map(entry_card).collect();
    let filed =
        data.filed.iter().map(|filed| filed_card(&filed.body, label(&filed.service), localizer)).collect();
    let groups: Vec<RequestGroupView> =
        [("group-drafts", drafts), ("group-outbox", outbox), ("group-filed", filed)]
            .into_iter()
            .filter(|(_, cards): &(_, Vec<RequestCardView>)| !cards.is_empty())
            .map(|(name, cards)| RequestGroupView { title: localizer.message(name), cards })
            .collect();
    let empty = groups.is_empty().then(|| localizer.message("no-requests"));
    RequestsView { title: localizer.message("title-requests"), groups, empty }
}

fn draft_card(
    draft: &StoredDraft<DraftContent>,
    family: &Family,
    label: ServiceLabel,
    now: Timestamp,
    localizer: &Localizer,
) -> RequestCardView {
    let changed = localizer.time_or_date(Timestamp::from_second(draft.changed_at).unwrap_or(now), now);
    let form = schema::parse(&draft.form).ok();
    let progress =
        form.map(|form| Progress::of(&schema::fields(&form, family), &draft.content.values, today(now)));
    let line = match progress {
        Some(Progress { section: at, total: of }) => {
            let number = |number: usize| FormatArg::Number(i64::try_from(number).unwrap_or(i64::MAX));
            // The review of all answers is a page, too.
            let args = [("at", number(at)), ("of", number(of + 1)), ("time", FormatArg::Text(&changed))];
            localizer.format("draft-progress", &args)
        }
        // The form is newer than this version.
        None => localizer.format("draft-changed", &[("time", FormatArg::Text(&changed))]),
    };
    let title = label.title.get(localizer.language()).to_owned();
    let args = [("service", FormatArg::Text(&title)), ("time", FormatArg::Text(&changed))];
    let question = QuestionView::new("delete-draft", &args, ("delete-draft", "keep-draft"), localizer);
    RequestCardView {
        id: format!("draft-{}", draft.service),
        icon: label.icon,
        delete: Some(DeleteDraftView {
            service: draft.service.clone(),
            open: ActionView {
                key: format!("delete:{}", draft.service),
                decisive: false,
                ..localizer.action("delete-draft")
            },
            question,
        }),
        title,
        number: None,
        state: ChipView::new("edit", localizer.message("state-draft"), Tone::Quiet),
        needs_action: false,
        line,
        target: RequestTarget::Form { service: draft.service.clone() },
    }
}

/// Returns the card of an entry: pending ones are delivered without the member, blocked ones say what to do. `before`
/// is the number of earlier entries for the same service.
fn outbox_card(
    entry: &OutboxEntry<OutboxPayload>,
    before: usize,
    label: ServiceLabel,
    signed_in: bool,
    localizer: &Localizer,
) -> RequestCardView {
    let is_pending = entry.blocked.is_none();
    let (icon, state, tone) = if is_pending {
        ("schedule", "state-waiting", Tone::Info)
    } else {
        ("warning", "state-blocked", Tone::Warning)
    };
    let line = match entry.blocked {
        None if signed_in => "request-will-be-sent",
        None => "request-will-be-sent-signed-in",
        Some(reason) => blocked_phrase(reason),
    };
    RequestCardView {
        id: match before {
            0 => format!("outbox-{}", entry.service),
            _ => format!("outbox-{}-{}", entry.service, before + 1),
        },
        icon: label.icon,
        title: label.title.get(localizer.language()).to_owned(),
        number: None,
        state: ChipView::new(icon, localizer.message(state), tone),
        needs_action: !is_pending,
        line: localizer.message(line),
        delete: None,
        target: if is_pending {
            RequestTarget::Queued { key: entry.key.clone() }
        } else {
            RequestTarget::OutboxEntry { key: entry.key.clone() }
        },
    }
}

/// Returns the page of an entry.
///
/// # Errors
/// [`Error::UpdateNeeded`] if this version cannot read its form.
pub(super) fn queued_request(
    entry: &OutboxEntry<OutboxPayload>,
    family: &Family,
    label: ServiceLabel,
    signed_in: bool,
    localizer: &Localizer,
) -> Result<QueuedRequestView, Error> {
    let fields = schema::fields(&schema::parse(&entry.form)?, family);
    let card = outbox_card(entry, 0, label, signed_in, localizer);
    Ok(QueuedRequestView {
        icon: card.icon,
        title: card.title,
        state: card.state,
        line: localizer.message(if signed_in { "queued-line" } else { "queued-line-signed-in" }),
        sections: answers(&fields, &entry.payload.values, localizer),
        edit: localizer.action("edit"),
        edit_question: QuestionView::new("edit", &[], ("edit-request", "leave-queued"), localizer),
    })
}

fn filed_card(request: &Request, label: ServiceLabel, localizer: &Localizer) -> RequestCardView {
    // Of a request that is not decided, the member asks by when it will be.
    let (phrase, day) = match request.state {
        RequestState::Filed | RequestState::UnderReview => ("answered-by", request.due_by),
        _ => ("filed-on", today(request.filed_at)),
    };
    RequestCardView {
        id: request.number.clone(),
        icon: label.icon,
        title: label.title.get(localizer.language()).to_owned(),
        number: Some(Identifier::new(&request.number)),
        state: state(request.state, localizer),
        needs_action: false,
        line: localizer.format(phrase, &[("date", FormatArg::Text(&localizer.long_date(day)))]),
        delete: None,
        target: RequestTarget::Request { id: request.id.clone() },
    }
}

/// Returns the page of a request on file.
pub(super) fn request_view(request: &Request, label: ServiceLabel, localizer: &Localizer) -> RequestView {
    let day = |name: &str, day: Date| {
        localizer.format(name, &[("date", FormatArg::Text(&localizer.long_date(day)))])
    };
    let mut lines = vec![day("filed-on", today(request.filed_at))];
    if matches!(request.state, RequestState::Filed | RequestState::UnderReview) {
        lines.push(day("answered-by", request.due_by));
    }
    let refusal = request.refusal.as_ref().map(|refusal| {
        let reason = refusal.reason.get(localizer.language());
        format!("{reason}\n{}", day("appeal-until", refusal.appeal_until))
    });
    RequestView {
        icon: label.icon,
        title: label.title.get(localizer.language()).to_owned(),
        number_label: localizer.message("request-number"),
        number: Identifier::new(&request.number),
        state: state(request.state, localizer),
        lines,
        refusal,
        sections: Vec::new(),
        receipt: localizer.action("receipt"),
        share: localizer.action("share-receipt"),
    }
}

fn state(state: RequestState, localizer: &Localizer) -> ChipView {
    let (icon, name, tone) = match state {
        RequestState::Filed => ("check_circle", "state-filed", Tone::Success),
        RequestState::UnderReview => ("search", "state-under-review", Tone::Now),
        RequestState::Approved => ("check_circle", "state-approved", Tone::Success),
        RequestState::Refused => ("error", "state-refused", Tone::Error),
        RequestState::Unknown => ("schedule", "state-other", Tone::Quiet),
    };
    ChipView::new(icon, localizer.message(name), tone)
}
