//! What is typed into a form survives a killed process: written behind, within 300 ms, and when the app pauses
//! (design §4). Secrets are never among it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::context::Context;
use crate::error::Trouble;

const BEHIND: Duration = Duration::from_millis(300);

type Values = HashMap<String, String>;

pub(super) struct Draft {
    context: Arc<Context>,
    /// Its name in the device's file.
    name: &'static str,
    unwritten: Mutex<Option<Values>>,
    scheduled: AtomicBool,
}

impl Draft {
    pub(super) fn new(context: Arc<Context>, name: &'static str) -> Arc<Self> {
        Arc::new(Self { context, name, unwritten: Mutex::default(), scheduled: AtomicBool::new(false) })
    }

    /// What a killed process left.
    pub(super) fn left(&self) -> Result<Values, Trouble> {
        Ok(self.context.device.get(self.name)?.unwrap_or_default())
    }

    pub(super) fn changed(self: &Arc<Self>, values: Values) {
        *self.unwritten.lock().unwrap_or_else(PoisonError::into_inner) = Some(values);
        if !self.scheduled.swap(true, Ordering::AcqRel) {
            let draft = Arc::clone(self);
            self.context.runtime.handle().spawn(async move {
                tokio::time::sleep(BEHIND).await;
                draft.scheduled.store(false, Ordering::Release);
                draft.write();
            });
        }
    }

    /// Writes what is not written yet. A phone without room for it keeps it in memory, and is told so at send.
    pub(super) fn write(&self) {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = unwritten.as_ref()
            && self.context.device.put(self.name, values).is_ok()
        {
            *unwritten = None;
        }
    }

    /// It was sent: nothing of it stays.
    pub(super) fn forget(&self) -> Result<(), Trouble> {
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        *unwritten = None;
        Ok(self.context.device.remove(self.name)?)
    }
}
