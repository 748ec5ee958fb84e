//! A member before the page, who sees what the app shows.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::Path,
    sync::Arc,
    time::Duration,
};

use fantoccini::key::Key;
use fos_journeys::{
    face::FaceCommand,
    live::Live,
    shelf,
    verbs::{Place, Sight, Verb},
    walk::{Walking, walk_and_stay},
};
use futures_util::FutureExt;
use tokio::time::timeout;

use super::browser::Page;

/// How long the app may take to show what is waited for, on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// More tries than any screen needs.
const MOST: usize = 60;

pub(crate) struct Member {
    live: Live,
    pub(crate) page: Page,
}

/// What a member does before a phone that nobody has used. However it goes, browser and app end after it.
pub(crate) async fn sits_down_and(acts: impl AsyncFnOnce(&mut Member)) {
    let mut member = Member::sits_down().await;
    let outcome = AssertUnwindSafe(acts(&mut member)).catch_unwind().await;
    member.leaves().await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

impl Member {
    async fn sits_down() -> Self {
        let file = std::env::var_os("FOS_FACE_COMMAND").expect("FOS_FACE_COMMAND is set");
        let launcher = Arc::new(FaceCommand::read(Path::new(&file)).unwrap());
        let how = Walking { launcher: &*launcher, patience: PATIENCE, pictures: None, say: &|_| {} };
        let standing =
            walk_and_stay(&shelf::new_phone().unwrap(), &how).await.unwrap_or_else(|why| panic!("{why}"));
        let live = Live::open(standing, launcher, 0).await.unwrap();
        // What moves by itself could have gone from under the finger.
        live.ask(Verb::Motion { on: false }).await.unwrap();
        let page = Page::open(&live.address()).await;
        Self { live, page }
    }

    async fn leaves(self) {
        self.page.close().await;
        self.live.end().await;
    }

    /// Waits until this screen shows and the app is at rest.
    pub(crate) async fn sees(&mut self, screen: &str) {
        self.until(&format!("the screen `{screen}`"), |sight| sight.screen == screen && !sight.busy).await;
    }

    /// Waits until the field shows this.
    pub(crate) async fn holds(&mut self, field: &str, value: &str) {
        self.until(&format!("`{value}` in `{field}`"), |sight| {
            sight.fields.get(field).is_some_and(|it| it == value)
        })
        .await;
    }

    /// Looks again each time the screen has changed.
    async fn until(&mut self, what: &str, wanted: impl Fn(&Sight) -> bool) {
        let mut screen = self.live.screen();
        let mut last = Sight::default();
        let looking = async {
            loop {
                screen.mark_unchanged();
                last = self.sight().await;
                if wanted(&last) {
                    return;
                }
                screen.changed().await.unwrap();
            }
        };
        let seen = timeout(PATIENCE, looking).await.is_ok();
        assert!(seen, "{what} is not seen, but {last:#?}");
    }

    async fn sight(&self) -> Sight {
        self.live.ask(Verb::See).await.unwrap().sight.unwrap()
    }

    async fn place(&self, tag: &str) -> Option<Place> {
        self.live.ask(Verb::Where { tag: tag.to_owned() }).await.ok().and_then(|answer| answer.place)
    }

    /// Clicks on its middle, and turns the wheel first while it is out of sight.
    pub(crate) async fn click(&mut self, tag: &str) {
        self.click_either(tag, tag).await;
    }

    /// Clicks on the one that is there, and says which that was.
    pub(crate) async fn click_either<'a>(&mut self, one: &'a str, other: &'a str) -> &'a str {
        for _ in 0..MOST {
            for tag in [one, other] {
                let part = self.place(tag).await.map(|place| place.part);
                if let Some(part) = part.filter(|part| part.width > 0 && part.height > 0) {
                    self.page.click_at(part.x + part.width / 2, part.y + part.height / 2).await;
                    self.sight().await;
                    return tag;
                }
            }
            self.page.wheel().await;
        }
        panic!("neither `{one}` nor `{other}` comes into sight, but {:#?}", self.sight().await);
    }

    /// Presses Tab until the keys go to it.
    pub(crate) async fn tabs_to(&mut self, tag: &str) {
        self.tabs_to_either(tag, tag).await;
    }

    async fn tabs_to_either<'a>(&mut self, one: &'a str, other: &'a str) -> &'a str {
        for _ in 0..MOST {
            for tag in [one, other] {
                if self.place(tag).await.is_some_and(|place| place.focused) {
                    return tag;
                }
            }
            self.page.press(Key::Tab).await;
        }
        panic!("Tab leads neither to `{one}` nor to `{other}`, but {:#?}", self.sight().await);
    }

    /// Goes there by Tab and presses it.
    pub(crate) async fn presses(&mut self, tag: &str) {
        self.presses_either(tag, tag).await;
    }

    /// Goes by Tab to the one that is there, presses it, and says which that was.
    pub(crate) async fn presses_either<'a>(&mut self, one: &'a str, other: &'a str) -> &'a str {
        let pressed = self.tabs_to_either(one, other).await;
        self.page.types(" ").await;
        self.sight().await;
        pressed
    }

    /// Leaves the app by the key that does so, and goes on by Tab to what carries this class.
    pub(crate) async fn leaves_the_app_for(&mut self, class: &str) {
        self.page.press(Key::F6).await;
        for _ in 0..MOST {
            if self.page.has_focus(class).await {
                return;
            }
            self.page.press(Key::Tab).await;
        }
        panic!("Tab does not lead to `{class}` on the page");
    }
}
