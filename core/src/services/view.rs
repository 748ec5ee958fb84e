//! What a face draws of services: finished, in the member's language.

use jiff::civil::Date;

use super::catalogue::Indexed;
use crate::forms::OptionView;
use crate::language::{ActionView, Identifier, Told, Words, days_between};
use crate::portal::wire::{Document, MemberKind, Paper, PaperKind, Pdf, Service, Status};
use crate::views::{ChipView, FactView, Tone};

/// The filter that lets everything through.
const ALL: &str = "all";
/// From this many days before the end, the days are counted aloud.
const SOON_DAYS: i64 = 14;

/// The list of services.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ServicesView {
    /// The screen's title.
    pub title: String,
    /// In the empty search field.
    pub search_hint: String,
    /// Filters; the first, `all`, means no category.
    pub categories: Vec<OptionView>,
    /// Open → announced → closed; empty groups are left out.
    pub groups: Vec<GroupView>,
    /// Why there is nothing, and what to do.
    pub empty: Option<String>,
    /// Nothing was ever fetched: show still shapes while [`crate::Services::refresh`] runs.
    pub loading: bool,
}

/// Services of one status.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct GroupView {
    /// The dot before the title.
    pub tone: Tone,
    /// «Open now».
    pub title: String,
    /// How many.
    pub count: String,
    /// The cards.
    pub services: Vec<CardView>,
}

/// A service in the list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CardView {
    /// What [`crate::Services::service`] takes.
    pub id: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Its name.
    pub title: String,
    /// Circular and date.
    pub line: String,
    /// When it opens, or that it closed.
    pub chip: Option<ChipView>,
    /// What «+» says to a screen reader; none = no «+».
    pub plus: Option<String>,
    /// Over: drawn more quietly.
    pub quiet: bool,
}

/// A service's page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ServiceView {
    /// Its id.
    pub id: String,
    /// A Material Symbols name.
    pub icon: String,
    /// Its name.
    pub title: String,
    /// Its status.
    pub chip: ChipView,
    /// One sentence.
    pub summary: String,
    /// Deadline, amount, circular.
    pub facts: Vec<FactView>,
    /// Above the papers, when there are any.
    pub documents_title: Option<String>,
    /// The papers to prepare.
    pub documents: Vec<DocumentView>,
    /// «+», when it is open.
    pub plus: Option<ActionView>,
    /// Why there is no «+».
    pub why_not: Option<String>,
    /// Opens the circular; none while the portal has no file of it.
    pub circular: Option<ActionView>,
    /// «PDF · 48 Ko», and whether the phone keeps it.
    pub circular_line: Option<String>,
}

/// A paper to prepare.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentView {
    /// A Material Symbols name.
    pub icon: String,
    /// What it is.
    pub title: String,
    /// What to mind.
    pub note: Option<String>,
}

/// What «+» opens: the guide ends here.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StartView {
    /// «New request».
    pub title: String,
    /// The service's name.
    pub service: String,
    /// What comes next.
    pub text: String,
    /// Opens the form ([`crate::Requests::form`]), begun or not; none where a request is made on paper.
    pub fill: Option<ActionView>,
    /// Drops what was filled in ([`crate::Requests::drop_draft`]) and opens the form empty.
    pub anew: Option<ActionView>,
    /// Above the papers, when there are any.
    pub documents_title: Option<String>,
    /// The papers to prepare.
    pub documents: Vec<DocumentView>,
    /// Back to the services.
    pub close: ActionView,
}

pub(super) fn list(
    read: Option<&Indexed>,
    text: &str,
    category: &str,
    today: Date,
    words: &Words,
) -> ServicesView {
    let category = Some(category).filter(|category| !matches!(*category, "" | ALL));
    let found: Vec<&Service> = read.map(|read| read.matching(text, category).collect()).unwrap_or_default();
    let groups: Vec<GroupView> = [Status::Open, Status::Announced, Status::Closed, Status::NotForYou]
        .into_iter()
        .filter_map(|status| group(status, &found, today, words))
        .collect();
    let empty = match read {
        None => Some("nothing-stored"),
        Some(_) if found.is_empty() => Some("nothing-found"),
        Some(_) => None,
    };
    ServicesView {
        title: words.say("title-services"),
        search_hint: words.say("search-hint"),
        categories: read.map(|read| categories(read, category, words)).unwrap_or_default(),
        groups,
        empty: empty.map(|name| words.say(name)),
        loading: read.is_none(),
    }
}

fn categories(read: &Indexed, chosen: Option<&str>, words: &Words) -> Vec<OptionView> {
    let option = |key: &str| OptionView {
        key: key.to_owned(),
        // A category that is newer than this version is shown by its key rather than hidden.
        label: words.say_if_any(&format!("category-{key}")).unwrap_or_else(|| key.to_owned()),
        chosen: key == chosen.unwrap_or(ALL),
        place: None,
    };
    std::iter::once(ALL).chain(read.categories()).map(option).collect()
}

fn group(status: Status, found: &[&Service], today: Date, words: &Words) -> Option<GroupView> {
    let services: Vec<CardView> = found
        .iter()
        .filter(|service| service.status == status)
        .map(|service| card(service, today, words))
        .collect();
    let (tone, name) = match status {
        Status::Open => (Tone::Success, "group-open"),
        Status::Announced => (Tone::Now, "group-announced"),
        Status::Closed => (Tone::Quiet, "group-closed"),
        Status::NotForYou => (Tone::Quiet, "group-not-for-you"),
    };
    let count = services.len().to_string();
    (!services.is_empty()).then(|| GroupView { tone, title: words.say(name), count, services })
}

fn card(service: &Service, today: Date, words: &Words) -> CardView {
    let title = service.title.in_language(words.language()).to_owned();
    let date = match (service.status, service.closes) {
        (Status::Open, Some(closes)) => {
            Some(words.say_with("until", &[("date", Told::Text(&words.date(closes, today)))]))
        }
        (Status::Open, None) => Some(words.say("all-year")),
        _ => None,
    };
    let paper = service.paper.as_ref().map(|paper| paper_name(paper, words));
    let plus = words.say_with("plus-for", &[("service", Told::Text(&title))]);
    CardView {
        id: service.id.clone(),
        icon: service.icon.clone(),
        line: [paper, date].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        chip: (service.status != Status::Open).then(|| chip(service, today, words)),
        plus: (service.status == Status::Open).then_some(plus),
        quiet: matches!(service.status, Status::Closed | Status::NotForYou),
        title,
    }
}

fn chip(service: &Service, today: Date, words: &Words) -> ChipView {
    let dated =
        |name: &str, date: Date| words.say_with(name, &[("date", Told::Text(&words.date(date, today)))]);
    match service.status {
        Status::Open => ChipView::new("check", words.say("open"), Tone::Success),
        Status::Announced => {
            let text =
                service.opens.map_or_else(|| words.say("opens-later"), |opens| dated("opens-on", opens));
            ChipView::new("campaign", text, Tone::Now)
        }
        Status::Closed => {
            let closed = service.closes.filter(|closes| *closes < today);
            let text = closed.map_or_else(|| words.say("closed"), |closed| dated("closed-on", closed));
            ChipView::new("lock", text, Tone::Quiet)
        }
        Status::NotForYou => {
            let name = match service.audience {
                Some(MemberKind::Active) => "for-active",
                Some(MemberKind::Retired) => "for-retired",
                None => "not-for-you",
            };
            ChipView::new("block", words.say(name), Tone::Quiet)
        }
    }
}

/// Why this member cannot ask for it.
pub(super) fn why_not_for_you(service: &Service) -> &'static str {
    match service.audience {
        Some(MemberKind::Active) => "why-for-active",
        Some(MemberKind::Retired) => "why-for-retired",
        None => "why-not-for-you",
    }
}

/// `is_kept`: whether the phone has the circular.
pub(super) fn page(service: &Service, is_kept: bool, today: Date, words: &Words) -> ServiceView {
    let language = words.language();
    let (plus, why_not) = match service.status {
        Status::Open => (Some(words.action("plus")), None),
        Status::Announced => (None, Some(words.say("why-announced"))),
        Status::Closed => (None, Some(words.say("why-closed"))),
        Status::NotForYou => (None, Some(words.say(why_not_for_you(service)))),
    };
    let pdf = service.paper.as_ref().and_then(|paper| paper.pdf.as_ref());
    ServiceView {
        id: service.id.clone(),
        icon: service.icon.clone(),
        title: service.title.in_language(language).to_owned(),
        chip: chip(service, today, words),
        summary: service.summary.in_language(language).to_owned(),
        facts: facts(service, today, words),
        documents_title: documents_title(service, words),
        documents: documents(service, words),
        plus,
        why_not,
        circular: pdf.map(|_| words.action("circular")),
        circular_line: pdf.map(|pdf| circular_line(pdf, is_kept, words)),
    }
}

fn circular_line(pdf: &Pdf, is_kept: bool, words: &Words) -> String {
    let kilobytes = i64::try_from(pdf.bytes.div_ceil(1024)).unwrap_or(i64::MAX);
    let size = words.say_with("pdf-size", &[("kilobytes", Told::Number(kilobytes))]);
    if is_kept { format!("{size} · {}", words.say("pdf-kept")) } else { size }
}

fn facts(service: &Service, today: Date, words: &Words) -> Vec<FactView> {
    let fact = |icon: Option<&str>, label: &str, value: String, chip: Option<ChipView>| FactView {
        icon: icon.map(str::to_owned),
        label: words.say(label),
        value: Identifier::plain(value),
        chip,
    };
    let opening = service
        .opens
        .filter(|_| service.status == Status::Announced)
        .map(|opens| fact(None, "opening", words.long_date(opens), None));
    let deadline = service
        .closes
        .map(|closes| fact(None, "deadline", words.long_date(closes), left(service, closes, today, words)));
    let amount = service
        .amount
        .as_ref()
        .map(|amount| fact(None, "amount", amount.in_language(words.language()).to_owned(), None));
    let paper = service
        .paper
        .as_ref()
        .map(|paper| fact(Some("description"), "paper-label", paper_name(paper, words), None));
    [opening, deadline, amount, paper].into_iter().flatten().collect()
}

fn left(service: &Service, closes: Date, today: Date, words: &Words) -> Option<ChipView> {
    let days = days_between(today, closes);
    let soon = service.status == Status::Open && (0..=SOON_DAYS).contains(&days);
    let text = words.say_with("days-left", &[("days", Told::Number(days))]);
    soon.then(|| ChipView::new("schedule", text, Tone::Warning))
}

pub(super) fn paper_name(paper: &Paper, words: &Words) -> String {
    let name = match paper.kind {
        PaperKind::Circular => "paper-circular",
        PaperKind::Notice => "paper-notice",
    };
    words.say_with(name, &[("number", Told::Text(&paper.number))])
}

/// `begun` says when its form was last filled in.
pub(super) fn start(service: &Service, begun: Option<&str>, words: &Words) -> StartView {
    let on_paper = service.form.is_none();
    let text = match begun {
        _ if on_paper => words.say("start-on-paper"),
        Some(time) => words.say_with("start-begun", &[("time", Told::Text(time))]),
        None => words.say("start-text"),
    };
    let fill = if begun.is_some() { "go-on-filling" } else { "fill" };
    StartView {
        title: words.say("title-start"),
        service: service.title.in_language(words.language()).to_owned(),
        text,
        fill: (!on_paper).then(|| words.action(fill)),
        anew: (!on_paper && begun.is_some()).then(|| words.action("fill-anew")),
        documents_title: documents_title(service, words),
        documents: documents(service, words),
        close: words.action("close"),
    }
}

fn documents_title(service: &Service, words: &Words) -> Option<String> {
    (!service.documents.is_empty()).then(|| words.say("documents"))
}

fn documents(service: &Service, words: &Words) -> Vec<DocumentView> {
    let language = words.language();
    let view = |document: &Document| DocumentView {
        icon: document.icon.clone(),
        title: document.title.in_language(language).to_owned(),
        note: document.note.as_ref().map(|note| note.in_language(language).to_owned()),
    };
    service.documents.iter().map(view).collect()
}

impl Words {
    /// A date near today goes without its year.
    fn date(&self, date: Date, today: Date) -> String {
        if date.year() == today.year() { self.short_date(date) } else { self.long_date(date) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::tests::catalogue;
    use super::*;
    use crate::language::Language;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn the_list_reads_as_the_foundation_would_say_it() {
        let view = list(Some(&catalogue()), "", "", TODAY, &Words::of(Language::Ar));
        assert_eq!(
            view.groups.iter().map(|group| group.title.as_str()).collect::<Vec<_>>(),
            ["مفتوحة الآن", "معلن عنها"]
        );
        let hajj = &view.groups[0].services[0];
        assert_eq!(hajj.line, "دورية 2/26 · إلى 30 نونبر");
        assert_eq!(hajj.plus.as_deref(), Some("تقديم طلب: منحة الحج"));
        assert!(view.groups[1].services[0].plus.is_none(), "what is only announced has no «+»");
    }

    #[test]
    fn a_page_counts_the_last_days() {
        let catalogue = catalogue();
        let page = page(catalogue.service("hajj-grant").unwrap(), false, TODAY, &Words::of(Language::Ar));
        assert_eq!(page.facts[0].value.copied, "30 نونبر 2026");
        assert_eq!(page.facts[0].chip.as_ref().unwrap().text, "بقيت 6 أيام");
        assert_eq!(page.plus.unwrap().key, "plus");
    }

    #[test]
    fn nothing_found_and_nothing_stored_say_what_to_do() {
        let words = Words::of(Language::Fr);
        let nowhere = list(Some(&catalogue()), "xyz", "all", TODAY, &words);
        assert!(nowhere.empty.unwrap().contains("plus court"));
        let nothing = list(None, "", "", TODAY, &words);
        assert!(nothing.loading && nothing.empty.unwrap().contains("Internet"));
    }
}
