//! Member in front of the page, who acts on it and sees the app's screen.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::Path,
    sync::Arc,
    time::Duration,
};

use fantoccini::key::Key;
use fos_journeys::{
    face::FaceCommand,
    live::LivePage,
    loader,
    protocol::{ElementPosition, ScreenSnapshot, Verb},
    runner::{RunOptions, run_journey_and_keep_open},
};
use futures_util::FutureExt;
use tokio::time::timeout;

use super::browser::Page;

/// Longest time for the app to show an expected state, on a busy machine.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Time for which a member looks at a button before clicking it, on the app's clock of touches.
const LOOK_MS: u32 = 1_000;

/// Height of an element, in px, of which a member sees enough to touch it; the rest may lie under the keyboard.
const VISIBLE_HEIGHT: u32 = 48;

/// More attempts than any screen needs.
const MAX_ATTEMPTS: usize = 60;

pub(crate) struct Member {
    live: LivePage,
    pub(crate) page: Page,
}

/// Runs a scenario on a new phone, and stops the browser and the app even if it panics.
pub(crate) async fn with_member(scenario: impl AsyncFnOnce(&mut Member)) {
    let mut member = Member::start().await;
    let outcome = AssertUnwindSafe(scenario(&mut member)).catch_unwind().await;
    member.stop().await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

impl Member {
    async fn start() -> Self {
        let file = std::env::var_os("FOS_FACE_COMMAND").expect("FOS_FACE_COMMAND is set");
        let launcher = Arc::new(FaceCommand::read(Path::new(&file)).unwrap());
        let options = RunOptions { launcher: &*launcher, timeout: TIMEOUT, pictures: None, print: &|_| {} };
        let run = run_journey_and_keep_open(&loader::new_phone().unwrap(), &options)
            .await
            .unwrap_or_else(|failure| panic!("{failure}"));
        let live = LivePage::start(run, launcher, 0).await.unwrap();
        // An animated element could move away from under the pointer.
        live.request(Verb::Motion { on: false }).await.unwrap();
        let page = Page::open(&live.url()).await;
        Self { live, page }
    }

    async fn stop(self) {
        self.page.close().await;
        self.live.stop().await;
    }

    /// Waits until this screen shows and the app is idle.
    pub(crate) async fn wait_for_screen(&mut self, screen: &str) {
        self.wait_until(&format!("the screen `{screen}`"), |snapshot| {
            snapshot.screen == screen && !snapshot.busy
        })
        .await;
    }

    /// Waits until the field shows this value.
    pub(crate) async fn wait_for_value(&mut self, field: &str, value: &str) {
        self.wait_until(&format!("`{value}` in `{field}`"), |snapshot| {
            snapshot.fields.get(field).is_some_and(|it| it == value)
        })
        .await;
    }

    /// Checks the condition again each time the screen has changed.
    async fn wait_until(&mut self, description: &str, condition: impl Fn(&ScreenSnapshot) -> bool) {
        let mut screen = self.live.screen();
        let mut last = ScreenSnapshot::default();
        let polling = async {
            loop {
                screen.mark_unchanged();
                last = self.snapshot().await;
                if condition(&last) {
                    return;
                }
                screen.changed().await.unwrap();
            }
        };
        let seen = timeout(TIMEOUT, polling).await.is_ok();
        assert!(seen, "{description} is not seen, but {last:#?}");
    }

    async fn snapshot(&self) -> ScreenSnapshot {
        self.live.request(Verb::See).await.unwrap().snapshot.unwrap()
    }

    async fn position(&self, tag: &str) -> Option<ElementPosition> {
        self.live
            .request(Verb::Where { tag: tag.to_owned() })
            .await
            .ok()
            .and_then(|response| response.position)
    }

    /// Clicks the centre of an element, after scrolling it into view.
    pub(crate) async fn click(&mut self, tag: &str) {
        self.click_either(tag, tag).await;
    }

    /// Clicks the element that is present, and returns its tag. The app takes no touch on a button that has just come, so
    /// the member first looks at it for a while.
    pub(crate) async fn click_either<'a>(&mut self, first: &'a str, second: &'a str) -> &'a str {
        for _ in 0..MAX_ATTEMPTS {
            for tag in [first, second] {
                let part = self.position(tag).await.map(|position| position.part);
                if let Some(part) = part.filter(|part| part.width > 0 && part.height >= VISIBLE_HEIGHT) {
                    self.live.request(Verb::Advance { ms: LOOK_MS }).await.unwrap();
                    self.page.click_at(part.x + part.width / 2, part.y + part.height / 2).await;
                    self.snapshot().await;
                    return tag;
                }
            }
            self.page.wheel().await;
        }
        panic!("neither `{first}` nor `{second}` comes into sight, but {:#?}", self.snapshot().await);
    }

    /// Presses Tab until the element has the focus.
    pub(crate) async fn tab_to(&mut self, tag: &str) {
        self.tab_to_either(tag, tag).await;
    }

    async fn tab_to_either<'a>(&mut self, first: &'a str, second: &'a str) -> &'a str {
        for _ in 0..MAX_ATTEMPTS {
            for tag in [first, second] {
                if self.position(tag).await.is_some_and(|position| position.focused) {
                    return tag;
                }
            }
            self.page.press(Key::Tab).await;
        }
        panic!("Tab leads neither to `{first}` nor to `{second}`, but {:#?}", self.snapshot().await);
    }

    /// Moves the focus to an element by Tab and presses Space.
    pub(crate) async fn activate(&mut self, tag: &str) {
        self.activate_either(tag, tag).await;
    }

    /// Activates the element that is present, and returns its tag.
    pub(crate) async fn activate_either<'a>(&mut self, first: &'a str, second: &'a str) -> &'a str {
        let pressed = self.tab_to_either(first, second).await;
        self.page.type_text(" ").await;
        self.snapshot().await;
        pressed
    }

    /// Leaves the app by F6, and presses Tab until an element of this class has the focus.
    pub(crate) async fn leave_the_app_for(&mut self, class: &str) {
        self.page.press(Key::F6).await;
        for _ in 0..MAX_ATTEMPTS {
            if self.page.has_focus(class).await {
                return;
            }
            self.page.press(Key::Tab).await;
        }
        panic!("Tab does not lead to `{class}` on the page");
    }
}
