//! Tokio runtime of the core: acts run on it to their end, even if the face stops waiting.

/// The core's own tokio runtime. Shuts down in the background when dropped, because dropping a runtime inside a task
/// panics.
pub(crate) struct CoreRuntime {
    handle: tokio::runtime::Handle,
    runtime: Option<tokio::runtime::Runtime>,
}

impl CoreRuntime {
    pub(crate) fn start() -> std::io::Result<Self> {
        // Two threads: one may be busy with the database while the other serves the network.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fos-core")
            .enable_all()
            .build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    pub(crate) fn handle(&self) -> &tokio::runtime::Handle {
        &self.handle
    }
}

impl Drop for CoreRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
