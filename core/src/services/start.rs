//! Page behind «+»: the start of a request for a service.

use fos_wire::request::{Request, RequestState};
use fos_wire::service::{Once, Service};
use jiff::civil::Date;

use super::view::{DocumentView, documents, documents_title};
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer, today as date_of};
use crate::storage::{BegunState, StoredRequest};
use crate::views::{ChipView, FactView, QuestionView, Tone};

/// Page behind «+»; the printed guide ends here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StartView {
    /// «New request».
    pub title: String,
    /// Name of the service.
    pub service: String,
    /// Explanation, and an earlier request with its number that the member should know of first.
    pub text: String,
    /// Opens the earlier request that `text` tells of.
    pub earlier: Option<EarlierRequestView>,
    /// Opens the form ([`crate::Requests::form`]); `None` where requests are made on paper, and where an earlier one leaves
    /// no room for another.
    pub fill: Option<ActionView>,
    /// True if the page has nothing to say: the face opens the form in its place.
    pub fill_at_once: bool,
    /// Discards the draft ([`crate::Requests::discard_draft`]) and opens an empty form, once `start_over_question` is
    /// confirmed.
    pub start_over: Option<ActionView>,
    /// Question before discarding.
    pub start_over_question: Option<QuestionView>,
    /// Title of the documents; `None` without documents.
    pub documents_title: Option<String>,
    /// Documents to prepare.
    pub documents: Vec<DocumentView>,
    /// Returns to the services.
    pub close: ActionView,
}

/// Way to an earlier request.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EarlierRequestView {
    /// Id of the request ([`crate::Requests::request`]).
    pub id: String,
    /// Opens it.
    pub open: ActionView,
}

/// Draft and requests that the member has for a service already.
#[derive(Default)]
pub(super) struct Begun {
    /// When the draft was last changed, in Unix seconds.
    pub(super) draft_changed_at: Option<i64>,
    /// True if a request waits to be sent.
    pub(super) is_queued: bool,
    pub(super) earlier: Option<EarlierRequest>,
}

impl Begun {
    /// Returns what the service's page tells of it.
    pub(super) fn facts(&self, localizer: &Localizer) -> impl Iterator<Item = FactView> {
        let queued =
            self.is_queued.then(|| request_fact(localizer.message("your-request-queued"), localizer));
        queued.into_iter().chain(self.earlier.as_ref().map(|earlier| earlier.fact(localizer)))
    }
}

fn request_fact(value: String, localizer: &Localizer) -> FactView {
    FactView {
        icon: Some("receipt_long".to_owned()),
        label: localizer.message("your-request"),
        value: Identifier::plain(value),
        chip: None,
    }
}

/// Request for the service that the member should see before another.
pub(super) struct EarlierRequest {
    id: String,
    number: String,
    filed: Date,
    /// True if it leaves no room for another.
    is_last: bool,
}

impl EarlierRequest {
    /// Returns the request that leaves no room for another, or else the newest one that is not decided yet.
    pub(super) fn find(requests: Vec<StoredRequest<Request>>, once: Once, today: Date) -> Option<Self> {
        let requests: Vec<Request> = requests.into_iter().map(|request| request.body).collect();
        let filed = |request: &Request| date_of(request.filed_at);
        let last =
            requests.iter().rev().find(|request| once.is_used_up_by(request.state, filed(request), today));
        let undecided =
            |request: &&Request| matches!(request.state, RequestState::Filed | RequestState::UnderReview);
        let shown = last.or_else(|| requests.iter().find(undecided))?;
        Some(Self {
            id: shown.id.clone(),
            number: shown.number.clone(),
            filed: filed(shown),
            is_last: last.is_some(),
        })
    }

    fn view(&self, localizer: &Localizer) -> EarlierRequestView {
        EarlierRequestView { id: self.id.clone(), open: localizer.action("open-earlier") }
    }

    fn fact(&self, localizer: &Localizer) -> FactView {
        let args = [
            ("number", FormatArg::Text(&Identifier::new(&self.number).shown)),
            ("date", FormatArg::Text(&localizer.long_date(self.filed))),
        ];
        request_fact(localizer.format("your-request-filed", &args), localizer)
    }

    fn text(&self, localizer: &Localizer) -> String {
        let number = Identifier::new(&self.number).shown;
        let date = localizer.long_date(self.filed);
        let args = [("number", FormatArg::Text(&number)), ("date", FormatArg::Text(&date))];
        localizer.format(if self.is_last { "start-already-requested" } else { "start-in-progress" }, &args)
    }
}

/// Returns the chip of a service for which the member has something already.
pub(super) fn begun_chip(state: BegunState, localizer: &Localizer) -> ChipView {
    let (icon, name, tone) = match state {
        BegunState::Draft => ("edit", "state-draft", Tone::Quiet),
        BegunState::Queued => ("schedule", "state-waiting", Tone::Info),
        BegunState::Filed => ("check_circle", "state-filed", Tone::Success),
    };
    ChipView::new(icon, localizer.message(name), tone)
}

/// Returns the «+» of a service's page, which says so if it continues a draft.
pub(super) fn plus(plus: ActionView, has_draft: bool, localizer: &Localizer) -> ActionView {
    if has_draft { ActionView { key: plus.key, ..localizer.action("continue-filling") } } else { plus }
}

/// Returns the page behind «+». `draft_time`: when the draft was last changed, formatted.
pub(super) fn start(
    service: &Service,
    draft_time: Option<&str>,
    begun: &Begun,
    localizer: &Localizer,
) -> StartView {
    let earlier = begun.earlier.as_ref();
    let on_paper = service.form.is_none();
    let has_room = !on_paper && earlier.is_none_or(|earlier| !earlier.is_last);
    let can_be_requested = on_paper || has_room;
    let has_other = earlier.is_some() || begun.is_queued;
    let text = if on_paper {
        localizer.message("start-on-paper")
    } else {
        let draft =
            || draft_time.map(|time| localizer.format("start-begun", &[("time", FormatArg::Text(time))]));
        let lines: Vec<String> = [
            earlier.map(|earlier| earlier.text(localizer)),
            begun.is_queued.then(|| localizer.message("start-queued")),
            if has_room { draft() } else { None },
        ]
        .into_iter()
        .flatten()
        .collect();
        if lines.is_empty() { localizer.message("start-text") } else { lines.join("\n") }
    };
    let fill = match draft_time {
        Some(_) => "continue-filling",
        None if has_other => "file-another",
        None => "fill",
    };
    let service_title = service.title.get(localizer.language());
    let question = |time| {
        let args = [("service", FormatArg::Text(service_title)), ("time", FormatArg::Text(time))];
        QuestionView::new("start-over", &args, ("erase-draft", "keep-draft"), localizer)
    };
    StartView {
        title: localizer.message("title-start"),
        service: service_title.to_owned(),
        text,
        earlier: earlier.filter(|_| !on_paper).map(|earlier| earlier.view(localizer)),
        fill: has_room.then(|| localizer.action(fill)),
        fill_at_once: has_room
            && !has_other
            && draft_time.is_none()
            && documents(service, localizer).is_empty(),
        start_over: (has_room && draft_time.is_some()).then(|| localizer.action("start-over")),
        start_over_question: draft_time.filter(|_| has_room).map(question),
        documents_title: documents_title(service, localizer).filter(|_| can_be_requested),
        documents: if can_be_requested { documents(service, localizer) } else { Vec::new() },
        close: localizer.action("close"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::storage::StoredState;

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    fn on_file(number: &str, state: &str, filed: &str) -> StoredRequest<Request> {
        let body = serde_json::json!({ "id": number, "number": number, "service": "hajj-grant", "state": state,
            "filed_at": filed, "due_by": "2027-01-23" });
        StoredRequest {
            id: number.to_owned(),
            service: "hajj-grant".to_owned(),
            state: StoredState::Filed,
            filed_at: 0,
            body: serde_json::from_value(body).unwrap(),
        }
    }

    fn page(once: Once, requests: Vec<StoredRequest<Request>>, draft_time: Option<&str>) -> StartView {
        let catalogue = crate::session::catalogue();
        let service = Service { form: Some(1), ..catalogue.service("hajj-grant").unwrap().clone() };
        let earlier = EarlierRequest::find(requests, once, TODAY);
        let begun = Begun { earlier, ..Begun::default() };
        start(&service, draft_time, &begun, &Localizer::for_language(Language::Fr))
    }

    #[test]
    fn a_request_that_waits_to_be_sent_is_told_before_another_is_filled_in() {
        let catalogue = crate::session::catalogue();
        let service = Service { form: Some(1), ..catalogue.service("hajj-grant").unwrap().clone() };
        let localizer = Localizer::for_language(Language::Fr);
        let begun = Begun { is_queued: true, ..Begun::default() };
        let page = start(&service, None, &begun, &localizer);
        assert_eq!(page.text, localizer.message("start-queued"));
        assert_eq!((fill_key(&page), page.fill_at_once), (Some("file-another"), false));
        let facts: Vec<String> = begun.facts(&localizer).map(|fact| fact.value.shown).collect();
        assert_eq!(facts, [localizer.message("your-request-queued")]);
    }

    fn fill_key(page: &StartView) -> Option<&str> {
        page.fill.as_ref().map(|fill| fill.key.as_str())
    }

    #[test]
    fn a_request_that_leaves_no_room_is_shown_instead_of_the_form() {
        let requests = || {
            vec![
                on_file("2026-000007", "refused", "2026-11-01T09:00:00Z"),
                on_file("2025-000003", "approved", "2025-06-01T09:00:00Z"),
            ]
        };
        let last = page(Once::Life, requests(), Some("hier"));
        assert!(last.text.contains("2025-000003") && last.text.contains("1er juin 2025"), "{}", last.text);
        assert!(last.documents.is_empty(), "there is nothing to prepare");
        assert_eq!(last.earlier.as_ref().map(|earlier| earlier.id.as_str()), Some("2025-000003"));
        assert_eq!((fill_key(&last), &last.start_over, &last.start_over_question), (None, &None, &None));
        assert_eq!(fill_key(&page(Once::Year, requests(), None)), Some("fill"));
    }

    #[test]
    fn a_request_in_progress_is_shown_before_another_is_filled_in() {
        let requests = || vec![on_file("2026-000007", "under-review", "2026-11-01T09:00:00Z")];
        let another = page(Once::Any, requests(), None);
        assert!(another.text.contains("2026-000007"), "{}", another.text);
        assert_eq!(fill_key(&another), Some("file-another"));
        assert!(another.earlier.is_some() && page(Once::Any, Vec::new(), None).earlier.is_none());
        let begun = page(Once::Any, requests(), Some("hier"));
        assert!(begun.text.contains("2026-000007") && begun.text.contains("hier"), "{}", begun.text);
        assert_eq!((fill_key(&begun), begun.start_over.is_some()), (Some("continue-filling"), true));
        assert_eq!(fill_key(&page(Once::Open, requests(), None)), None);
    }
}
