//! Runs async calls of the core in the background, so that the face responds while they run.

use std::{
    future::Future,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
};

use anyhow::Context;
use fos_core::{Access, CharterView, DevicesView, FileView, Form, Fos, FosError, SecretInput, SubmitOutcome};
use tokio::runtime::Runtime;

use super::phone::Route;

/// Outcome of a task.
pub(super) enum TaskOutcome {
    /// Succeeded, with the navigation that follows.
    Succeeded(NextStep),
    /// Fetched the charter.
    Charter(Box<CharterView>),
    /// Fetched the list of devices.
    Devices(DevicesView),
    /// Fetched the form of a request.
    Form(Arc<Form>),
    /// Submitted a form or one of its sections.
    Submitted(SubmitOutcome),
    /// Exported a document of this name for the system to open.
    Opened(String),
    /// Failed, with the error to show.
    Failed(FosError),
}

/// Navigation after a successful task.
pub(super) enum NextStep {
    /// Stays on the current screen.
    Stay,
    /// Opens this screen over the stage's root.
    Open(Route),
    /// Fetches the list of devices again.
    ReloadDevices,
}

/// Tasks on a runtime of their own.
pub(super) struct BackgroundTasks {
    runtime: Runtime,
    running_count: usize,
    sender: Sender<TaskOutcome>,
    outcomes: Receiver<TaskOutcome>,
}

impl BackgroundTasks {
    pub(super) fn start() -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build();
        let (sender, outcomes) = channel();
        Ok(Self {
            runtime: runtime.context("starting the background runtime")?,
            running_count: 0,
            sender,
            outcomes,
        })
    }

    pub(super) fn is_running(&self) -> bool {
        self.running_count > 0
    }

    pub(super) fn next_outcome(&mut self) -> Option<TaskOutcome> {
        let outcome = self.outcomes.try_recv().ok()?;
        self.running_count -= 1;
        Some(outcome)
    }

    /// Runs a task, followed by this navigation if it succeeds.
    pub(super) fn run(
        &mut self,
        next_step: NextStep,
        task: impl Future<Output = Result<(), FosError>> + Send + 'static,
    ) {
        self.spawn(async move { task.await.map(|()| TaskOutcome::Succeeded(next_step)) });
    }

    pub(super) fn submit(&mut self, form: Arc<Form>, secrets: Vec<SecretInput>) {
        self.spawn(async move { form.submit(secrets).await.map(TaskOutcome::Submitted) });
    }

    pub(super) fn fetch_charter(&mut self, access: Arc<Access>) {
        self.spawn(
            async move { access.charter().await.map(|charter| TaskOutcome::Charter(Box::new(charter))) },
        );
    }

    pub(super) fn fetch_devices(&mut self, fos: &Fos) {
        let account = fos.account();
        self.spawn(async move { account.devices().await.map(TaskOutcome::Devices) });
    }

    pub(super) fn fetch_form(&mut self, fos: &Fos, service: String) {
        let requests = fos.requests();
        self.spawn(async move { requests.form(service).await.map(TaskOutcome::Form) });
    }

    /// Runs a task that exports a document; fails unless the file exists and is not empty.
    pub(super) fn open_file(
        &mut self,
        file: impl Future<Output = Result<FileView, FosError>> + Send + 'static,
    ) {
        self.spawn(async move {
            let file = file.await?;
            match std::fs::metadata(&file.path) {
                Ok(metadata) if metadata.len() > 0 => Ok(TaskOutcome::Opened(file.name)),
                _ => Err(FosError::Storage { text: format!("no file at {}", file.path) }),
            }
        });
    }

    fn spawn(&mut self, task: impl Future<Output = Result<TaskOutcome, FosError>> + Send + 'static) {
        self.running_count += 1;
        let sender = self.sender.clone();
        self.runtime.spawn(async move {
            let outcome = task.await.unwrap_or_else(TaskOutcome::Failed);
            // The receiver is dropped only when the process ends.
            let _ = sender.send(outcome);
        });
    }
}
