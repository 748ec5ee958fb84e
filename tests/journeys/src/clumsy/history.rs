//! Remembers the way that the member came, to walk it again.

use std::collections::BTreeMap;

use crate::{journey::Action, protocol::ScreenSnapshot};

/// Screens under which there is no other.
const ROOTS: [&str; 5] = ["services", "mail-sent", "charter", "new-password", "gate"];

/// Buttons that lead to a page and do nothing else.
const NAVIGATION_BUTTONS: [&str; 20] = [
    "ask-password",
    "change-password",
    "charter",
    "continue-filling",
    "devices",
    "diagnostic",
    "edit",
    "file-another",
    "fill",
    "have-password",
    "help",
    "keep-draft",
    "licences",
    "open-earlier",
    "plus",
    "privacy",
    "profile",
    "refuse",
    "start-over",
    "correct-address",
];

/// Elements that lead to a page, by the part of their tag before the colon.
const LEADING_ELEMENTS: [&str; 4] = ["card", "place", "plus", "request"];

/// State of the screen on which the member is.
#[derive(Debug, Clone, Default)]
pub(super) struct ScreenState {
    pub(super) screen: String,
    pub(super) fields: BTreeMap<String, String>,
    /// Number of the request on the screen, if one is.
    pub(super) request_number: Option<String>,
}

impl ScreenState {
    pub(super) fn of(snapshot: &ScreenSnapshot) -> Self {
        Self {
            screen: snapshot.screen.clone(),
            fields: snapshot.fields.clone(),
            request_number: snapshot.texts.iter().find_map(|text| request_number(text)),
        }
    }

    /// Returns true if the snapshot shows this screen, and of a form this section.
    pub(super) fn is_shown_by(&self, snapshot: &ScreenSnapshot) -> bool {
        self.screen == snapshot.screen && self.fields.keys().eq(snapshot.fields.keys())
    }
}

/// Returns the number of a request, such as 2026-000001, if the text is one.
fn request_number(text: &str) -> Option<String> {
    let text = crate::protocol::visible_text(text);
    let (year, number) = text.split_once('-')?;
    let is_number =
        |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(year, 4) && is_number(number, 6)).then_some(text)
}

/// Page on the way, and the element that led there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Visit {
    screen: String,
    via: Option<String>,
}

/// Way from the first page to the current one, and what the member did there.
#[derive(Debug, Default)]
pub(super) struct NavigationHistory {
    visits: Vec<Visit>,
    /// Last text of each field typed into on the current screen.
    pub(super) typed: BTreeMap<String, String>,
    /// Categories touched and texts read on to on the current screen, in order.
    pub(super) browsed: Vec<Action>,
}

impl NavigationHistory {
    /// Returns true if no page lies under the current one, as far as is known.
    pub(super) fn is_at_root(&self) -> bool {
        self.visits.len() < 2
    }

    /// Takes note of the screen at which the element of this tag led; `None` if something else did.
    pub(super) fn record_visit(&mut self, screen: &str, via: Option<&str>) {
        if self.visits.last().is_some_and(|visit| visit.screen == screen) {
            return;
        }
        self.typed.clear();
        self.browsed.clear();
        let opened_over_another = screen == "sign-in" && via == Some("have-password");
        if ROOTS.contains(&screen) || screen == "sign-in" && !opened_over_another {
            self.visits.clear();
        }
        match self.visits.iter().position(|visit| visit.screen == screen) {
            Some(index) => self.visits.truncate(index + 1),
            None => {
                self.visits.push(Visit { screen: screen.to_owned(), via: via.map(str::to_owned) });
            }
        }
    }

    /// Takes note of what the member did on the current screen.
    pub(super) fn record_action(&mut self, action: &Action) {
        match action {
            Action::Type(field, text) => {
                self.typed.insert(field.clone(), text.clone());
            }
            Action::TapUntil(..) => self.browsed.push(action.clone()),
            Action::Tap(tag) if tag.starts_with("category:") => self.browsed.push(action.clone()),
            _ => {}
        }
    }

    /// Returns the elements of which one leads from the shown screen towards the place, the likeliest first.
    pub(super) fn next_taps(&self, shown: &ScreenSnapshot, place: &ScreenState) -> Vec<String> {
        let mut taps = Vec::new();
        if let Some(index) = self.visits.iter().rposition(|visit| visit.screen == shown.screen)
            && let Some(via) = self.visits.get(index + 1).and_then(|visit| visit.via.clone())
            && leads_only(&via)
        {
            // Where a form was begun, its button has another name.
            if ["fill", "file-another"].contains(&via.as_str()) {
                taps.push("continue-filling".to_owned());
            }
            taps.push(via);
        }
        match (shown.screen.as_str(), place.screen.as_str(), &place.request_number) {
            ("services", "requests" | "request", _) => taps.push("place:requests".to_owned()),
            ("requests", "services", _) => taps.push("place:services".to_owned()),
            ("requests", "request", Some(number)) => taps.push(format!("request:{number}")),
            ("request-form", "request-form", _) => taps.extend(["next", "previous"].map(str::to_owned)),
            _ => {}
        }
        taps
    }
}

fn leads_only(tag: &str) -> bool {
    match tag.split_once(':') {
        Some((kind, _)) => LEADING_ELEMENTS.contains(&kind),
        None => NAVIGATION_BUTTONS.contains(&tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(name: &str) -> ScreenSnapshot {
        ScreenSnapshot { screen: name.to_owned(), ..ScreenSnapshot::default() }
    }

    fn history(visits: &[(&str, &str)]) -> NavigationHistory {
        let mut history = NavigationHistory::default();
        for (screen, via) in visits {
            history.record_visit(screen, Some(via).filter(|via| !via.is_empty()).copied());
        }
        history
    }

    #[test]
    fn the_way_back_is_the_way_that_the_member_came() {
        let history = history(&[
            ("services", ""),
            ("service", "card:hajj"),
            ("start", "plus"),
            ("request-form", "fill"),
        ]);
        let place = ScreenState::of(&screen("request-form"));
        assert_eq!(history.next_taps(&screen("services"), &place), ["card:hajj"]);
        assert_eq!(history.next_taps(&screen("start"), &place), ["continue-filling", "fill"]);
        assert_eq!(history.next_taps(&screen("gate"), &place), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_filed_accepted_or_erased_on_the_way_back() {
        for tag in
            ["file", "accept", "erase-draft", "erase-work", "refuse-charter", "sign-out", "end:1", "send"]
        {
            let history = history(&[("services", ""), ("request", tag)]);
            assert_eq!(
                history.next_taps(&screen("services"), &ScreenState::of(&screen("help"))),
                Vec::<String>::new()
            );
        }
    }

    #[test]
    fn a_page_that_the_member_returned_to_has_nothing_over_it() {
        let mut history =
            history(&[("services", ""), ("start", "plus:hajj"), ("request-form", "fill"), ("start", "")]);
        assert!(!history.is_at_root());
        assert_eq!(
            history.next_taps(&screen("start"), &ScreenState::of(&screen("start"))),
            Vec::<String>::new()
        );
        history.record_visit("sign-in", Some("sign-out"));
        assert!(history.is_at_root());
    }

    #[test]
    fn a_filed_request_is_found_in_the_list_by_its_number() {
        let history = history(&[("services", ""), ("request-form", "plus:hajj"), ("request", "file")]);
        let shown =
            ScreenSnapshot { texts: vec!["\u{2066}2026-000001\u{2069}".to_owned()], ..screen("request") };
        let place = ScreenState::of(&shown);
        assert_eq!(history.next_taps(&screen("requests"), &place), ["request:2026-000001"]);
    }

    #[test]
    fn what_was_typed_is_remembered_until_the_screen_changes() {
        let mut history = history(&[("sign-in", "")]);
        history.record_action(&Action::Type("ppr".to_owned(), "1".to_owned()));
        history.record_visit("sign-in", None);
        assert_eq!(history.typed.len(), 1);
        history.record_visit("services", Some("sign-in"));
        assert!(history.typed.is_empty());
    }
}
