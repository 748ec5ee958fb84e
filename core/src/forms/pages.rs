//! Pages of a form: its sections, and after them the review of all answers where the form has one.

use super::form::{Form, FormState};
use super::review::ReviewView;
use super::sections::sections;
use super::view::StepsView;
use crate::i18n::Localizer;

/// Position of a form: a section, or the review of all answers after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// Index, from 0.
    pub(super) at: usize,
    pub(super) pages: usize,
    pub(super) is_review: bool,
}

impl Form {
    /// Returns the current page among those of so many sections: earlier answers may have removed sections.
    pub(super) fn page(&self, state: &FormState, section_count: usize) -> Page {
        let last_section = section_count.saturating_sub(1);
        let pages = if self.handler.has_review() { last_section + 2 } else { last_section + 1 };
        let at = state.section.min(pages - 1);
        Page { at, pages, is_review: at > last_section }
    }

    /// Returns the position among the pages; `None` for a form with one page.
    pub(super) fn steps(&self, state: &FormState, localizer: &Localizer) -> Option<StepsView> {
        let visible = self.visible_fields(state);
        let sections = sections(&visible);
        let page = self.page(state, sections.len());
        if page.pages < 2 {
            return None;
        }
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let title = if page.is_review {
            localizer.message("step-review")
        } else {
            sections.get(page.at)?.title.get(localizer.language()).to_owned()
        };
        Some(StepsView::new(number(page.at + 1), number(page.pages), &title, localizer))
    }

    /// Returns the answers to be read before the form is submitted; `None` on every other page.
    pub(super) fn review(&self, state: &FormState, localizer: &Localizer) -> Option<ReviewView> {
        let visible = self.visible_fields(state);
        self.page(state, sections(&visible).len())
            .is_review
            .then(|| ReviewView::new(&self.fields, &state.values, localizer))
    }
}
