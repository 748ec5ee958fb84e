//! Returns the member to where the journey goes on, as the app offers it, and fills in what does not outlive a page.
//!
//! ```text
//!  screen after the slip ──► the place? ── no ──► tap the next element of the history ──► again, a few times
//!                                │                      └─ none known ──► off the journey: the walk ends here
//!                               yes
//!                                ▼
//!  each field: as before, or in its normal form ──► on the journey
//!     ├─ secret, captcha, search: typed or touched again
//!     └─ anything else empty: lost
//! ```

use anyhow::{Context, ensure};

use super::{
    history::ScreenState,
    walker::{Position, Walker, tap},
};
use crate::{journey::Action, protocol::ScreenSnapshot};

/// Most touches on the way back to the place.
const MAX_TAPS_BACK: usize = 10;

/// Screens whose fields stay filled in whatever happens to the page.
const SCREENS_WITH_DRAFTS: [&str; 2] = ["request-form", "password-request"];

impl Walker<'_> {
    /// Checks that the place is shown, and that no field lost its content.
    ///
    /// # Errors
    /// If the app shows another screen, or a field is empty.
    pub(super) async fn ensure_unchanged(&mut self, place: &ScreenState) -> anyhow::Result<Position> {
        let shown = self.runner.wait_until_idle().await?;
        ensure!(place.is_shown_by(&shown), "`{}` became `{}`", place.screen, shown.screen);
        for (field, value) in &place.fields {
            let is_lost = !value.is_empty() && shown.fields.get(field).is_none_or(String::is_empty);
            ensure!(!is_lost, "`{field}` lost its content");
        }
        Ok(Position::OnJourney)
    }

    /// Walks back to the place and completes its fields. With `all_written` the app had the time to write everything.
    ///
    /// # Errors
    /// If a field is empty that the app keeps filled in.
    pub(super) async fn return_to(
        &mut self,
        place: &ScreenState,
        all_written: bool,
    ) -> anyhow::Result<Position> {
        for _ in 0..MAX_TAPS_BACK {
            let shown = self.runner.wait_until_idle().await?;
            if place.is_shown_by(&shown) {
                return self.complete(place, &shown, all_written).await;
            }
            if !self.tap_towards(place, &shown).await? {
                break;
            }
        }
        Ok(Position::OffJourney)
    }

    /// Touches the first element offered that leads towards the place; false if none is.
    async fn tap_towards(&mut self, place: &ScreenState, shown: &ScreenSnapshot) -> anyhow::Result<bool> {
        for tag in self.history.next_taps(shown, place) {
            if self.runner.attempt(&tap(&tag)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn complete(
        &mut self,
        place: &ScreenState,
        shown: &ScreenSnapshot,
        all_written: bool,
    ) -> anyhow::Result<Position> {
        for (field, value) in &place.fields {
            let now = shown.fields.get(field).map_or("", String::as_str);
            let is_secret = !value.is_empty() && value.chars().all(|character| character == '•');
            if now == value || value.is_empty() {
                continue;
            }
            if field == "captcha" {
                if value == "true" {
                    self.runner.tap(field).await?;
                }
            } else if is_secret {
                if !self.type_again(field).await? {
                    return Ok(Position::OffJourney);
                }
            } else if !all_written {
                // Written a moment after it is entered, and the process was lost before.
                let again = self.type_again(field).await? || self.choose_again(field, value, now).await?;
                if !again && now.is_empty() {
                    return Ok(Position::OffJourney);
                }
            } else if value != "false" && (now.is_empty() || now == "false") {
                ensure!(!SCREENS_WITH_DRAFTS.contains(&place.screen.as_str()), "`{field}` lost its content");
                if !self.type_again(field).await? && !self.choose_again(field, value, now).await? {
                    return Ok(Position::OffJourney);
                }
            }
        }
        self.browse_again(place).await?;
        Ok(Position::OnJourney)
    }

    /// Types into a field what the member typed there last; false if that is not known.
    async fn type_again(&mut self, field: &str) -> anyhow::Result<bool> {
        let Some(text) = self.history.typed.get(field).cloned() else { return Ok(false) };
        self.type_text(field, &text).await?;
        Ok(true)
    }

    /// Touches what was ticked or chosen in a field and is not now; false if the screen offers none of it.
    async fn choose_again(&mut self, field: &str, value: &str, now: &str) -> anyhow::Result<bool> {
        if value == "true" || value == "false" {
            return self.runner.attempt(&tap(field)).await;
        }
        let mut chosen = false;
        for option in value.split(',').filter(|option| !now.split(',').any(|kept| kept == *option)) {
            chosen |= self.runner.attempt(&tap(&format!("{field}:{option}"))).await?;
        }
        Ok(chosen)
    }

    /// Searches, chooses and reads on again on the current screen.
    async fn browse_again(&mut self, place: &ScreenState) -> anyhow::Result<()> {
        let is_search = |field: &String| {
            !place.fields.contains_key(field) && (field == "search" || field.ends_with("-search"))
        };
        let searches: Vec<String> =
            self.history.typed.keys().filter(|field| is_search(field)).cloned().collect();
        for field in searches {
            self.type_again(&field).await?;
        }
        for action in self.history.browsed.clone() {
            match action {
                Action::Tap(tag) => self.runner.tap(&tag).await?,
                Action::TapUntil(tag, text) => {
                    self.runner.tap_until(&tag, &text).await.context("reading on again")?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
