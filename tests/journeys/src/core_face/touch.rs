//! Touches in time: which of them count, and what a second one on the same place hits.

use super::phone::{ActionError, Phone};

/// Place of a touch, on a face without coordinates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TouchedPlace {
    /// Place of the screen's main button.
    MainButton,
    /// Place of the element with this tag.
    Tag(String),
}

impl Phone {
    /// Reports the buttons of the screen to the guard, as a face does whenever one comes or goes.
    pub(super) fn report_buttons(&self) {
        let buttons = self.content().tags.iter().map(|tag| self.button_name(tag)).collect();
        self.guard.show(buttons, self.clock_ms);
    }

    /// Touches the element with this tag, so many ms after the touch before.
    pub(super) fn touch(&mut self, tag: &str, after: u32) -> Result<(), ActionError> {
        self.report_buttons();
        self.clock_ms += u64::from(after);
        let content = self.content();
        self.touched = Some(if content.main.as_deref() == Some(tag) {
            TouchedPlace::MainButton
        } else {
            TouchedPlace::Tag(tag.to_owned())
        });
        let action = content.actions.iter().find(|action| action.key == tag);
        if action.is_some_and(|action| !self.guard.counts(&self.button_name(tag), action, self.clock_ms)) {
            return Ok(());
        }
        self.tap(tag)
    }

    /// Touches the place of the last touch: what is there by now takes it, or nothing does.
    pub(super) fn touch_again(&mut self, after: u32) -> Result<(), ActionError> {
        let content = self.content();
        let there = match self.touched.clone().ok_or("nothing was touched yet")? {
            TouchedPlace::MainButton => content.main,
            TouchedPlace::Tag(tag) => content.tags.into_iter().find(|shown| *shown == tag),
        };
        there.map_or(Ok(()), |tag| self.touch(&tag, after))
    }

    /// Name of a button of the current screen and section.
    fn button_name(&self, tag: &str) -> String {
        let section = self.form().and_then(|form| form.view().steps).map_or(0, |steps| steps.current);
        format!("{}/{}/{section}/{tag}", self.screen(), self.back_stack.len())
    }
}
