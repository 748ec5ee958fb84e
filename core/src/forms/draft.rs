//! Drafts survive a killed process: input is written 300 ms after a keystroke (debounced), and at once when the app
//! pauses. Secrets are never written.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use crate::context::AppContext;
use crate::error::Error;
use crate::i18n::Localizer;
use crate::observe::Change;
use crate::runtime::TaskScope;
use crate::views::{ChipView, Tone};

const WRITE_DELAY: Duration = Duration::from_millis(300);

/// Input of a form, by field key.
pub(crate) type Values = HashMap<String, String>;

/// Storage of a form's draft.
pub(crate) trait DraftStorage: Send + Sync {
    fn put(&self, values: &Values) -> Result<(), Error>;
    fn remove(&self) -> Result<(), Error>;
    /// Called when the draft cannot be stored, or can be again.
    fn on_save_state_changed(&self);
}

/// Entry of a device's draft with the time of its last change, in Unix seconds. No field has this key. Stored.
const CHANGED_AT: &str = "changed-at";

/// A draft in the device's database, under a setting's name.
#[derive(Clone)]
pub(crate) struct DeviceDraftStorage {
    pub(crate) context: Arc<AppContext>,
    pub(crate) name: &'static str,
}

impl DeviceDraftStorage {
    /// Returns the draft that an earlier process left.
    pub(crate) fn load(&self) -> Result<Values, Error> {
        Ok(self.context.device_db().get(self.name)?.unwrap_or_default())
    }

    /// Returns true if there is a draft that was last changed more than `age` before `now`. One of an earlier version, which
    /// has no time, begins to age.
    pub(crate) fn is_older_than(&self, age: SignedDuration, now: Timestamp) -> Result<bool, Error> {
        let values = self.load()?;
        let changed_at = values.get(CHANGED_AT).and_then(|seconds| seconds.parse::<i64>().ok());
        if changed_at.is_none() && !values.is_empty() {
            self.put(&values)?;
        }
        Ok(changed_at.is_some_and(|changed_at| now.as_second() - changed_at > age.as_secs()))
    }
}

impl DraftStorage for DeviceDraftStorage {
    fn put(&self, values: &Values) -> Result<(), Error> {
        let mut values = values.clone();
        values.insert(CHANGED_AT.to_owned(), self.context.now().as_second().to_string());
        Ok(self.context.device_db().put(self.name, &values)?)
    }

    fn remove(&self) -> Result<(), Error> {
        Ok(self.context.device_db().remove(self.name)?)
    }

    fn on_save_state_changed(&self) {
        self.context.notify(Change::Form);
    }
}

/// Input that is not written yet.
#[derive(Default)]
struct Pending {
    values: Option<Arc<Values>>,
    /// Number of changes so far, which distinguishes input that came during a write.
    change: u64,
}

pub(crate) struct Draft {
    storage: Box<dyn DraftStorage>,
    /// Tasks that the debounced writes belong to.
    scope: TaskScope,
    pending: Mutex<Pending>,
    /// Serialises writes, of which a keystroke must not wait for the end.
    write_lock: Mutex<()>,
    scheduled: AtomicBool,
    /// True once input of this process was written.
    written: AtomicBool,
    /// True while the phone has no space for the draft.
    failed: AtomicBool,
}

impl Draft {
    pub(crate) fn new(storage: impl DraftStorage + 'static, scope: TaskScope) -> Arc<Self> {
        Arc::new(Self {
            storage: Box::new(storage),
            scope,
            pending: Mutex::default(),
            write_lock: Mutex::default(),
            scheduled: AtomicBool::default(),
            written: AtomicBool::default(),
            failed: AtomicBool::default(),
        })
    }

    pub(super) fn schedule_write(self: &Arc<Self>, values: Values) {
        let mut pending = self.pending.lock();
        pending.values = Some(Arc::new(values));
        pending.change += 1;
        drop(pending);
        if !self.scheduled.swap(true, Ordering::AcqRel) {
            let draft = Arc::clone(self);
            self.scope.spawn(async move {
                tokio::time::sleep(WRITE_DELAY).await;
                draft.scheduled.store(false, Ordering::Release);
                draft.flush_now();
            });
        }
    }

    /// Writes pending input. Without space on the phone the input stays in memory and the member sees a warning.
    pub(super) fn flush_now(&self) {
        let _writing = self.write_lock.lock();
        let (values, change) = {
            let pending = self.pending.lock();
            let Some(values) = &pending.values else { return };
            (Arc::clone(values), pending.change)
        };
        let written = self.storage.put(&values).is_ok();
        let mut pending = self.pending.lock();
        if written && pending.change == change {
            pending.values = None;
        }
        drop(pending);
        let has_failed_before = self.failed.swap(!written, Ordering::AcqRel);
        let is_first = written && !self.written.swap(true, Ordering::AcqRel);
        if has_failed_before == written || is_first {
            self.storage.on_save_state_changed();
        }
    }

    /// Returns the chip that shows if the input is stored: on this phone, and nowhere else.
    pub(super) fn save_state(&self, localizer: &Localizer) -> ChipView {
        if self.failed.load(Ordering::Acquire) {
            ChipView::new("error", localizer.message("draft-not-saved"), Tone::Error)
        } else {
            ChipView::new("mobile_check", localizer.message("draft-saved"), Tone::Success)
        }
    }

    /// Deletes the draft once the form was submitted. A draft that cannot be deleted is offered again, which is no reason to
    /// call the submission failed.
    pub(super) fn discard(&self) {
        let _writing = self.write_lock.lock();
        self.pending.lock().values = None;
        let _offered_again = self.storage.remove();
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::sync::{OnceLock, Weak};
    use std::time::Instant;

    use tokio::runtime::Handle;

    use super::*;
    use crate::context::keys;
    use crate::storage::Database;
    use crate::testing::open_app;
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
    fn input_survives_a_pause_and_a_kill() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        fill(&fos);
        fos.pause();
        // Leaked instead of closed: a killed process closes nothing.
        std::mem::forget(fos);
        let expected =
            [("ppr".to_owned(), "0345678".to_owned()), ("pension".to_owned(), "88/4521".to_owned())];
        assert_eq!(shown(&open_app(folder.path())), expected);
    }

    #[test]
    fn input_is_written_after_the_debounce_delay() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        fill(&fos);
        let vault = vault::open(folder.path()).unwrap();
        let file = Database::device(folder.path(), vault.as_ref()).unwrap();
        let started = Instant::now();
        let draft = loop {
            if let Some(draft) = file.get::<Values>(keys::PASSWORD_REQUEST_DRAFT).unwrap() {
                break draft;
            }
            assert!(started.elapsed() < Duration::from_mins(1), "nothing was written");
            std::thread::yield_now();
        };
        assert_eq!(draft.get("ppr").map(String::as_str), Some("0345678"));
    }

    /// Storage during whose first write the member types on.
    #[derive(Default)]
    struct SlowStorage {
        draft: OnceLock<Weak<Draft>>,
        written: Mutex<Vec<String>>,
    }

    impl DraftStorage for Arc<SlowStorage> {
        fn put(&self, values: &Values) -> Result<(), Error> {
            self.written.lock().push(values["ppr"].clone());
            if self.written.lock().len() == 1 {
                self.draft.get().unwrap().upgrade().unwrap().schedule_write(typed("02"));
            }
            Ok(())
        }

        fn remove(&self) -> Result<(), Error> {
            Ok(())
        }

        fn on_save_state_changed(&self) {}
    }

    fn typed(ppr: &str) -> Values {
        [("ppr".to_owned(), ppr.to_owned())].into()
    }

    #[tokio::test]
    async fn input_that_comes_during_a_write_does_not_wait_for_it_and_is_written_next() {
        let storage = Arc::new(SlowStorage::default());
        let draft = Draft::new(Arc::clone(&storage), TaskScope::new(&Handle::current()));
        storage.draft.set(Arc::downgrade(&draft)).unwrap();
        draft.schedule_write(typed("01"));
        for _ in 0..3 {
            draft.flush_now();
        }
        assert_eq!(*storage.written.lock(), ["01", "02"], "each once");
    }

    #[test]
    fn a_secret_is_never_written() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        let changes = fos.access().new_password().set("new", "قهوة-الصباح-2026");
        let chosen = changes.fields.iter().find(|field| field.key == "new").unwrap();
        assert!(chosen.rules.iter().all(|rule| rule.met), "it was weighed");
        assert_eq!(chosen.value, "", "and not kept");
        fos.pause();
        let vault = vault::open(folder.path()).unwrap();
        let file = Database::device(folder.path(), vault.as_ref()).unwrap();
        assert_eq!(file.get::<Values>(keys::PASSWORD_REQUEST_DRAFT).unwrap(), None);
    }
}
