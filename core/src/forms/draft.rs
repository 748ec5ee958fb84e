//! What is typed into a form survives a killed process: written behind, within 300 ms, and when the app pauses
//! (design §4). Secrets are never among it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;

use crate::context::{Context, WrittenBehind};
use crate::error::Trouble;
use crate::language::Words;
use crate::views::{ChipView, Tone};
use crate::watch::Change;

const BEHIND: Duration = Duration::from_millis(300);

/// What stands in a form, by the fields' keys.
pub(crate) type Values = HashMap<String, String>;

/// Where a form's values are kept.
pub(crate) trait DraftPlace: Send + Sync {
    fn put(&self, values: &Values) -> Result<(), Trouble>;
    fn remove(&self) -> Result<(), Trouble>;
    /// It is kept again, or it is kept no more.
    fn told_otherwise(&self);
}

/// In the device's file, under a name.
pub(crate) struct OfTheDevice {
    pub(crate) context: Arc<Context>,
    pub(crate) name: &'static str,
}

impl OfTheDevice {
    /// What a killed process left.
    pub(crate) fn left(&self) -> Result<Values, Trouble> {
        Ok(self.context.device.get(self.name)?.unwrap_or_default())
    }
}

impl DraftPlace for OfTheDevice {
    fn put(&self, values: &Values) -> Result<(), Trouble> {
        Ok(self.context.device.put(self.name, values)?)
    }

    fn remove(&self) -> Result<(), Trouble> {
        Ok(self.context.device.remove(self.name)?)
    }

    fn told_otherwise(&self) {
        self.context.watchers.announce(Change::Form);
    }
}

pub(crate) struct Draft {
    place: Box<dyn DraftPlace>,
    runtime: Handle,
    unwritten: Mutex<Option<Values>>,
    scheduled: AtomicBool,
    /// The phone had no room for it.
    failed: AtomicBool,
}

impl Draft {
    pub(crate) fn new(place: impl DraftPlace + 'static, context: &Context) -> Arc<Self> {
        let (place, runtime) = (Box::new(place), context.runtime.handle().clone());
        let draft = Arc::new(Self {
            place,
            runtime,
            unwritten: Mutex::default(),
            scheduled: AtomicBool::default(),
            failed: AtomicBool::default(),
        });
        let behind: Weak<Self> = Arc::downgrade(&draft);
        context.writes_behind(behind);
        draft
    }

    pub(super) fn changed(self: &Arc<Self>, values: Values) {
        *self.unwritten.lock().unwrap_or_else(PoisonError::into_inner) = Some(values);
        if !self.scheduled.swap(true, Ordering::AcqRel) {
            let draft = Arc::clone(self);
            self.runtime.spawn(async move {
                tokio::time::sleep(BEHIND).await;
                draft.scheduled.store(false, Ordering::Release);
                draft.write();
            });
        }
    }

    /// Writes what is not written yet. A phone without room for it keeps it in memory, and the member sees so.
    pub(super) fn write(&self) {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(values) = unwritten.as_ref() else { return };
        let written = self.place.put(values).is_ok();
        if written {
            *unwritten = None;
        }
        if self.failed.swap(!written, Ordering::AcqRel) == written {
            self.place.told_otherwise();
        }
    }

    /// What the member is told of it.
    pub(super) fn saved(&self, words: &Words) -> ChipView {
        if self.failed.load(Ordering::Acquire) {
            ChipView::new("error", words.say("draft-not-saved"), Tone::Error)
        } else {
            ChipView::new("cloud_done", words.say("draft-saved"), Tone::Success)
        }
    }

    /// It was sent: nothing of it stays.
    pub(super) fn forget(&self) -> Result<(), Trouble> {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        *unwritten = None;
        self.place.remove()
    }
}

impl WrittenBehind for Draft {
    fn write_now(&self) {
        self.write();
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::time::{Duration, Instant};

    use super::Values;
    use crate::context::kept;
    use crate::store::Store;
    use crate::testing::open;
    use crate::{Fos, vault};

    fn fill(fos: &Fos) {
        let form = fos.access().password_request();
        form.set("kind", "retired");
        form.set("ppr", "0345678");
        form.set("pension", "88/4521");
    }

    fn shown(fos: &Fos) -> Vec<(String, String)> {
        let fields = fos.access().password_request().view().fields.into_iter();
        fields.filter(|field| !field.value.is_empty()).map(|field| (field.key, field.value)).collect()
    }

    #[test]
    fn what_was_typed_is_there_after_the_app_paused_and_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open(folder.path());
        fill(&fos);
        fos.pause();
        // Forgotten, not closed: a killed process closes nothing.
        std::mem::forget(fos);
        let expected =
            [("ppr".to_owned(), "0345678".to_owned()), ("pension".to_owned(), "88/4521".to_owned())];
        assert_eq!(shown(&open(folder.path())), expected);
    }

    #[test]
    fn it_is_written_behind_without_being_asked() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open(folder.path());
        fill(&fos);
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let file = Store::device(folder.path(), vault.as_ref()).unwrap();
        let begun = Instant::now();
        let left = loop {
            if let Some(left) = file.get::<Values>(kept::REQUEST_DRAFT).unwrap() {
                break left;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing was written");
            std::thread::yield_now();
        };
        assert_eq!(left.get("ppr").map(String::as_str), Some("0345678"));
    }

    #[test]
    fn a_secret_is_never_written() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open(folder.path());
        let changes = fos.access().new_password().set("new", "قهوة-الصباح-2026");
        let chosen = changes.fields.iter().find(|field| field.key == "new").unwrap();
        assert!(chosen.rules.iter().all(|rule| rule.met), "it was weighed");
        assert_eq!(chosen.value, "", "and not kept");
        fos.pause();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let file = Store::device(folder.path(), vault.as_ref()).unwrap();
        assert_eq!(file.get::<Values>(kept::REQUEST_DRAFT).unwrap(), None);
    }
}
