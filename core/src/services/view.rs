//! Views of the catalogue, finished and in the member's language.

use fos_wire::MemberKind;
use fos_wire::service::{Circular, CircularKind, CircularPdf, RequiredDocument, Service, ServiceStatus};
use jiff::civil::Date;

use super::unfinished::UnfinishedView;
use crate::forms::OptionView;
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer, days_between};
use crate::session::CatalogueIndex;
use crate::views::{ChipView, FactView, Tone};

/// Key of the filter that means every category.
pub(super) const ALL: &str = "all";
/// Days before the end from which the remaining days are shown.
const CLOSING_SOON_DAYS: i64 = 14;

/// List of services.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ServicesView {
    /// Title.
    pub title: String,
    /// Placeholder of the search field.
    pub search_hint: String,
    /// Filters; the first, `all`, means every category.
    pub categories: Vec<OptionView>,
    /// Groups: open → announced → closed; empty ones are left out.
    pub groups: Vec<GroupView>,
    /// Word after the first access: what was achieved, and what comes.
    pub welcome: Option<String>,
    /// Request that the member began last and did not file.
    pub unfinished: Option<UnfinishedView>,
    /// Reason for an empty list, and what to do.
    pub empty: Option<String>,
    /// True before the first fetch: show placeholders while [`crate::Services::refresh`] runs.
    pub loading: bool,
}

/// Services with the same status.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct GroupView {
    /// Colour of the dot before the title.
    pub tone: Tone,
    /// «Open now».
    pub title: String,
    /// Number of services.
    pub count: String,
    /// Services.
    pub services: Vec<CardView>,
}

/// A service in the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CardView {
    /// Id for [`crate::Services::service`].
    pub id: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Name.
    pub title: String,
    /// Circular and date.
    pub line: String,
    /// Opening date, that it closed, or that the member has a draft or a request for it.
    pub chip: Option<ChipView>,
    /// Screen reader label of «+»; `None` without «+».
    pub plus: Option<String>,
    /// True for a closed service, drawn less prominently.
    pub quiet: bool,
}

/// Page of a service.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ServiceView {
    /// Id.
    pub id: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Name.
    pub title: String,
    /// Status.
    pub chip: ChipView,
    /// Summary, one sentence.
    pub summary: String,
    /// Deadline, amount, circular.
    pub facts: Vec<FactView>,
    /// Title of the documents; `None` without documents.
    pub documents_title: Option<String>,
    /// Documents to prepare.
    pub documents: Vec<DocumentView>,
    /// «+», if the service is open.
    pub plus: Option<ActionView>,
    /// Reason for which there is no «+».
    pub why_not: Option<String>,
    /// Opens the circular; `None` if the portal has no file.
    pub circular: Option<ActionView>,
    /// «PDF · 48 Ko», and if it is cached.
    pub circular_line: Option<String>,
}

/// A document to prepare.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentView {
    /// A Material Symbols name.
    pub icon: String,
    /// Name.
    pub title: String,
    /// Advice.
    pub note: Option<String>,
}

/// Returns the list. Without a catalogue it is on its way, unless the phone is offline.
pub(super) fn list(
    read: Option<&CatalogueIndex>,
    is_online: bool,
    (text, category): (&str, &str),
    today: Date,
    localizer: &Localizer,
) -> ServicesView {
    let category = Some(category).filter(|category| !matches!(*category, "" | ALL));
    let found: Vec<&Service> = read.map(|read| read.matching(text, category).collect()).unwrap_or_default();
    let groups: Vec<GroupView> =
        [ServiceStatus::Open, ServiceStatus::Announced, ServiceStatus::Closed, ServiceStatus::NotForYou]
            .into_iter()
            .filter_map(|status| group(status, &found, today, localizer))
            .collect();
    let empty = match read {
        None if is_online => None,
        None => Some("nothing-stored"),
        Some(_) if found.is_empty() => Some("nothing-found"),
        Some(_) => None,
    };
    ServicesView {
        title: localizer.message("title-services"),
        search_hint: localizer.message("search-hint"),
        categories: read.map(|read| categories(read, category, localizer)).unwrap_or_default(),
        groups,
        welcome: None,
        unfinished: None,
        empty: empty.map(|name| localizer.message(name)),
        loading: read.is_none() && is_online,
    }
}

fn categories(read: &CatalogueIndex, chosen: Option<&str>, localizer: &Localizer) -> Vec<OptionView> {
    let option = |key: &str| OptionView {
        key: key.to_owned(),
        // A category unknown to this version is shown by its key rather than hidden.
        label: localizer.message_if_present(&format!("category-{key}")).unwrap_or_else(|| key.to_owned()),
        chosen: key == chosen.unwrap_or(ALL),
        rank: None,
    };
    std::iter::once(ALL).chain(read.categories()).map(option).collect()
}

fn group(status: ServiceStatus, found: &[&Service], today: Date, localizer: &Localizer) -> Option<GroupView> {
    let services: Vec<CardView> = found
        .iter()
        .filter(|service| service.status == status)
        .map(|service| card(service, today, localizer))
        .collect();
    let (tone, name) = match status {
        ServiceStatus::Open => (Tone::Success, "group-open"),
        ServiceStatus::Announced => (Tone::Now, "group-announced"),
        ServiceStatus::Closed => (Tone::Quiet, "group-closed"),
        ServiceStatus::NotForYou => (Tone::Quiet, "group-not-for-you"),
    };
    let count = services.len().to_string();
    (!services.is_empty()).then(|| GroupView { tone, title: localizer.message(name), count, services })
}

fn card(service: &Service, today: Date, localizer: &Localizer) -> CardView {
    let title = service.title.get(localizer.language()).to_owned();
    let date = match (service.status, service.closes) {
        (ServiceStatus::Open, Some(closes)) => {
            Some(localizer.format("until", &[("date", FormatArg::Text(&localizer.date(closes, today)))]))
        }
        (ServiceStatus::Open, None) => Some(localizer.message("all-year")),
        _ => None,
    };
    let circular = service.circular.as_ref().map(|circular| circular_name(circular, localizer));
    let plus = localizer.format("plus-for", &[("service", FormatArg::Text(&title))]);
    CardView {
        id: service.id.clone(),
        icon: service.icon.clone(),
        line: [circular, date].into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· "),
        chip: (service.status != ServiceStatus::Open).then(|| chip(service, today, localizer)),
        plus: (service.status == ServiceStatus::Open).then_some(plus),
        quiet: matches!(service.status, ServiceStatus::Closed | ServiceStatus::NotForYou),
        title,
    }
}

fn chip(service: &Service, today: Date, localizer: &Localizer) -> ChipView {
    let dated = |name: &str, date: Date| {
        localizer.format(name, &[("date", FormatArg::Text(&localizer.date(date, today)))])
    };
    match service.status {
        ServiceStatus::Open => ChipView::new("check", localizer.message("open"), Tone::Success),
        ServiceStatus::Announced => {
            let text = service
                .opens
                .map_or_else(|| localizer.message("opens-later"), |opens| dated("opens-on", opens));
            ChipView::new("campaign", text, Tone::Now)
        }
        ServiceStatus::Closed => {
            let closed = service.closes.filter(|closes| *closes < today);
            let text =
                closed.map_or_else(|| localizer.message("closed"), |closed| dated("closed-on", closed));
            ChipView::new("lock", text, Tone::Quiet)
        }
        ServiceStatus::NotForYou => {
            let name = match service.audience {
                Some(MemberKind::Active) => "for-active",
                Some(MemberKind::Retired) => "for-retired",
                None => "not-for-you",
            };
            ChipView::new("block", localizer.message(name), Tone::Quiet)
        }
    }
}

/// Returns the phrase that says why this member cannot request the service.
pub(super) fn why_not_for_you(service: &Service) -> &'static str {
    match service.audience {
        Some(MemberKind::Active) => "why-for-active",
        Some(MemberKind::Retired) => "why-for-retired",
        None => "why-not-for-you",
    }
}

/// Returns the page of a service. `is_cached`: the phone has the circular.
pub(super) fn service_view(
    service: &Service,
    is_cached: bool,
    today: Date,
    localizer: &Localizer,
) -> ServiceView {
    let language = localizer.language();
    let (plus, why_not) = match service.status {
        ServiceStatus::Open => (Some(localizer.action("plus")), None),
        ServiceStatus::Announced => (None, Some(localizer.message("why-announced"))),
        ServiceStatus::Closed => (None, Some(localizer.message("why-closed"))),
        ServiceStatus::NotForYou => (None, Some(localizer.message(why_not_for_you(service)))),
    };
    let pdf = service.circular.as_ref().and_then(|circular| circular.pdf.as_ref());
    ServiceView {
        id: service.id.clone(),
        icon: service.icon.clone(),
        title: service.title.get(language).to_owned(),
        chip: chip(service, today, localizer),
        summary: service.summary.get(language).to_owned(),
        facts: facts(service, today, localizer),
        documents_title: documents_title(service, localizer),
        documents: documents(service, localizer),
        plus,
        why_not,
        circular: pdf
            .map(|_| ActionView { key: "circular".to_owned(), ..localizer.action(paper_action(service)) }),
        circular_line: pdf.map(|pdf| circular_line(pdf, is_cached, localizer)),
    }
}

/// Returns the name of the action that opens the service's text, by the kind of text.
fn paper_action(service: &Service) -> &'static str {
    match service.circular.as_ref().map(|circular| circular.kind) {
        Some(CircularKind::Notice) => "notice",
        Some(CircularKind::Circular) | None => "circular",
    }
}

fn circular_line(pdf: &CircularPdf, is_cached: bool, localizer: &Localizer) -> String {
    let kilobytes = i64::try_from(pdf.bytes.div_ceil(1024)).unwrap_or(i64::MAX);
    let size = localizer.format("pdf-size", &[("kilobytes", FormatArg::Number(kilobytes))]);
    if is_cached { format!("{size}\u{a0}· {}", localizer.message("pdf-kept")) } else { size }
}

fn facts(service: &Service, today: Date, localizer: &Localizer) -> Vec<FactView> {
    let fact = |icon: Option<&str>, label: &str, value: String, chip: Option<ChipView>| FactView {
        icon: icon.map(str::to_owned),
        label: localizer.message(label),
        value: Identifier::plain(value),
        chip,
    };
    let opening = service
        .opens
        .filter(|_| service.status == ServiceStatus::Announced)
        .map(|opens| fact(None, "opening", localizer.long_date(opens), None));
    let deadline = service.closes.map(|closes| {
        fact(None, "deadline", localizer.long_date(closes), left(service, closes, today, localizer))
    });
    let amount = service
        .amount
        .as_ref()
        .map(|amount| fact(None, "amount", amount.get(localizer.language()).to_owned(), None));
    let circular = service
        .circular
        .as_ref()
        .map(|circular| fact(Some("description"), "paper-label", circular_name(circular, localizer), None));
    [opening, deadline, amount, circular].into_iter().flatten().collect()
}

fn left(service: &Service, closes: Date, today: Date, localizer: &Localizer) -> Option<ChipView> {
    let days = days_between(today, closes);
    let soon = service.status == ServiceStatus::Open && (0..=CLOSING_SOON_DAYS).contains(&days);
    let text = localizer.format("days-left", &[("days", FormatArg::Number(days))]);
    soon.then(|| ChipView::new("schedule", text, Tone::Warning))
}

pub(super) fn circular_name(circular: &Circular, localizer: &Localizer) -> String {
    let name = match circular.kind {
        CircularKind::Circular => "paper-circular",
        CircularKind::Notice => "paper-notice",
    };
    localizer.format(name, &[("number", FormatArg::Text(&circular.number))])
}

/// Returns the title of the documents; `None` without documents.
pub(super) fn documents_title(service: &Service, localizer: &Localizer) -> Option<String> {
    (!service.documents.is_empty()).then(|| localizer.message("documents"))
}

/// Returns the documents to prepare.
pub(super) fn documents(service: &Service, localizer: &Localizer) -> Vec<DocumentView> {
    let language = localizer.language();
    let view = |document: &RequiredDocument| DocumentView {
        icon: document.icon.clone(),
        title: document.title.get(language).to_owned(),
        note: document.note.as_ref().map(|note| note.get(language).to_owned()),
    };
    service.documents.iter().map(view).collect()
}

impl Localizer {
    /// Formats a date; one of this year has no year.
    fn date(&self, date: Date, today: Date) -> String {
        if date.year() == today.year() { self.short_date(date) } else { self.long_date(date) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::session::catalogue;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn the_list_has_the_foundations_wording() {
        let view = list(Some(&catalogue()), true, ("", ""), TODAY, &Localizer::for_language(Language::Ar));
        assert_eq!(
            view.groups.iter().map(|group| group.title.as_str()).collect::<Vec<_>>(),
            ["مفتوحة الآن", "معلن عنها"]
        );
        let hajj = &view.groups[0].services[0];
        assert_eq!(hajj.line, "دورية 2/26\u{a0}· إلى 30 نونبر");
        assert_eq!(hajj.plus.as_deref(), Some("تقديم طلب: منحة الحج"));
        assert!(view.groups[1].services[0].plus.is_none(), "what is only announced has no «+»");
    }

    #[test]
    fn a_service_page_shows_the_remaining_days() {
        let catalogue = catalogue();
        let page = service_view(
            catalogue.service("hajj-grant").unwrap(),
            false,
            TODAY,
            &Localizer::for_language(Language::Ar),
        );
        assert_eq!(page.facts[0].value.copied, "30 نونبر 2026");
        assert_eq!(page.facts[0].chip.as_ref().unwrap().text, "بقيت 6 أيام");
        assert_eq!(page.plus.unwrap().key, "plus");
    }

    #[test]
    fn an_empty_list_says_what_to_do() {
        let localizer = Localizer::for_language(Language::Fr);
        let nowhere = list(Some(&catalogue()), true, ("xyz", "all"), TODAY, &localizer);
        assert!(nowhere.empty.unwrap().contains("plus court"));
        let nothing = list(None, false, ("", ""), TODAY, &localizer);
        assert!(!nothing.loading && nothing.empty.unwrap().contains("Internet"));
    }

    #[test]
    fn a_list_on_its_way_asks_for_nothing() {
        let on_its_way = list(None, true, ("", ""), TODAY, &Localizer::for_language(Language::Fr));
        assert!(on_its_way.loading && on_its_way.empty.is_none());
    }
}
