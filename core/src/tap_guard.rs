//! [`TapGuard`]: decides if a touch on a button counts.
//!
//! A second touch of a double tap, or the next one of a rhythm, lands on a button that has just come under the finger. It is
//! nobody's wish to file, accept, refuse, erase or send by it.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::i18n::ActionView;
use crate::planted_fault::PlantedFault;

/// Time in ms for which a button that has come on the screen takes no touch.
const GUARD_MS: u64 = 600;

/// Guard of one screen's buttons against touches that the member did not mean.
///
/// A face reports the buttons that show, and asks at each touch of one. Times are those of one monotonic clock, in ms. What
/// a screen reader, a switch or a keyboard presses is no touch, and is not asked about.
#[derive(Default, uniffi::Object)]
pub struct TapGuard {
    shown: Mutex<Option<Shown>>,
}

#[derive(Default)]
struct Shown {
    /// Buttons that show, with the time of their appearance; `None` for those of the first screen.
    since: HashMap<String, Option<u64>>,
    /// Time of the last appearance of any button.
    changed_at: Option<u64>,
}

#[uniffi::export]
impl TapGuard {
    /// Creates a guard that has seen no screen yet.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// Reports all buttons that show, whenever one has come or gone. A name is a button's alone: that of its screen, its
    /// section and its action. Does no I/O.
    pub fn show(&self, buttons: Vec<String>, now_ms: u64) {
        let mut shown = self.shown.lock();
        let appeared_at = shown.as_ref().map(|_| now_ms);
        let before = shown.take().unwrap_or_default();
        let is_new = |button: &String| !before.since.contains_key(button);
        let changed_at =
            if buttons.iter().any(is_new) { appeared_at.or(before.changed_at) } else { before.changed_at };
        let since = |button: String| {
            let at = before.since.get(&button).copied().unwrap_or(appeared_at);
            (button, at)
        };
        *shown = Some(Shown { since: buttons.into_iter().map(since).collect(), changed_at });
    }

    /// Returns true if a touch on this button counts: it has been there for 600 ms or, if it files, accepts, refuses, erases
    /// or sends ([`ActionView::decisive`]), no button has come for as long. A way back always counts.
    pub fn counts(&self, button: &str, action: &ActionView, now_ms: u64) -> bool {
        if action.is_way_back() || PlantedFault::TapsUnguarded.is_planted() {
            return true;
        }
        let shown = self.shown.lock();
        let Some(shown) = shown.as_ref() else { return true };
        let appeared = shown.since.get(button).copied().unwrap_or(Some(now_ms));
        let settled = if action.decisive { shown.changed_at } else { None };
        [appeared, settled].into_iter().flatten().all(|at| now_ms.saturating_sub(at) >= GUARD_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Localizer};

    fn guard_after(screens: &[(&[&str], u64)]) -> Arc<TapGuard> {
        let guard = TapGuard::new();
        for (buttons, at) in screens {
            guard.show(buttons.iter().map(|button| (*button).to_owned()).collect(), *at);
        }
        guard
    }

    fn action(key: &str) -> ActionView {
        Localizer::for_language(Language::Fr).action(key)
    }

    #[test]
    fn a_button_takes_no_touch_for_600_ms_after_it_appeared() {
        let guard = guard_after(&[(&["form/1/next"], 0), (&["form/2/next"], 5_000)]);
        assert!(!guard.counts("form/2/next", &action("next"), 5_599));
        assert!(guard.counts("form/2/next", &action("next"), 5_600));
    }

    #[test]
    fn the_first_screen_takes_touches_at_once() {
        assert!(guard_after(&[(&["sign-in"], 10)]).counts("sign-in", &action("sign-in"), 10));
        assert!(TapGuard::new().counts("sign-in", &action("sign-in"), 10));
    }

    #[test]
    fn a_decisive_button_waits_until_the_screen_is_settled() {
        let guard = guard_after(&[(&["file", "edit"], 0), (&["file", "edit", "more"], 2_000)]);
        assert!(!guard.counts("file", &action("file"), 2_599));
        assert!(guard.counts("file", &action("file"), 2_600));
        assert!(guard.counts("edit", &action("edit"), 2_001), "it was there before");
    }

    #[test]
    fn a_way_back_always_counts() {
        let guard = guard_after(&[(&["1/next"], 0), (&["2/previous"], 50)]);
        for key in ["previous", "close", "keep-reading", "keep-draft", "leave-queued"] {
            assert!(guard.counts("2/previous", &action(key), 51), "{key}");
        }
    }

    #[test]
    fn a_button_that_comes_again_is_new_and_one_that_stays_is_not() {
        let guard =
            guard_after(&[(&["a", "b"], 0), (&["a"], 1_000), (&["a", "b"], 2_000), (&["a", "b"], 2_500)]);
        assert!(guard.counts("a", &action("read-on"), 2_001));
        assert!(!guard.counts("b", &action("read-on"), 2_599));
        assert!(guard.counts("b", &action("read-on"), 2_600));
    }

    #[test]
    fn a_button_that_nobody_reported_takes_no_touch() {
        assert!(!guard_after(&[(&["a"], 0)]).counts("b", &action("read-on"), 9_000));
    }
}
