//! Page behind «+»: the start of a request for a service.

use fos_wire::service::Service;

use super::view::{DocumentView, documents, documents_title};
use crate::i18n::{ActionView, FormatArg, Localizer};
use crate::views::QuestionView;

/// Page behind «+»; the printed guide ends here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StartView {
    /// «New request».
    pub title: String,
    /// Name of the service.
    pub service: String,
    /// Explanation.
    pub text: String,
    /// Opens the form ([`crate::Requests::form`]); `None` where requests are made on paper.
    pub fill: Option<ActionView>,
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

/// Returns the page behind «+». `draft_time`: when the draft was last changed, formatted.
pub(super) fn start(service: &Service, draft_time: Option<&str>, localizer: &Localizer) -> StartView {
    let on_paper = service.form.is_none();
    let text = match draft_time {
        _ if on_paper => localizer.message("start-on-paper"),
        Some(time) => localizer.format("start-begun", &[("time", FormatArg::Text(time))]),
        None => localizer.message("start-text"),
    };
    let fill = if draft_time.is_some() { "continue-filling" } else { "fill" };
    let service_title = service.title.get(localizer.language());
    let question = |time| {
        let args = [("service", FormatArg::Text(service_title)), ("time", FormatArg::Text(time))];
        QuestionView::new("start-over", &args, ("erase-draft", "keep-draft"), localizer)
    };
    StartView {
        title: localizer.message("title-start"),
        service: service_title.to_owned(),
        text,
        fill: (!on_paper).then(|| localizer.action(fill)),
        start_over: (!on_paper && draft_time.is_some()).then(|| localizer.action("start-over")),
        start_over_question: draft_time.filter(|_| !on_paper).map(question),
        documents_title: documents_title(service, localizer),
        documents: documents(service, localizer),
        close: localizer.action("close"),
    }
}
