//! Faults that a core built for development has on request, to prove that some test finds them.

/// Fault that the environment variable `FOS_PLANTED_FAULT` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlantedFault {
    /// `taps-unguarded`: every touch counts, however early.
    TapsUnguarded,
    /// `drafts-unwritten`: no draft of a request reaches the database.
    DraftsUnwritten,
}

impl PlantedFault {
    /// Returns true if this process was started with the fault.
    #[cfg(feature = "development")]
    pub(crate) fn is_planted(self) -> bool {
        static NAME: std::sync::LazyLock<Option<String>> =
            std::sync::LazyLock::new(|| std::env::var("FOS_PLANTED_FAULT").ok());
        let name = match self {
            Self::TapsUnguarded => "taps-unguarded",
            Self::DraftsUnwritten => "drafts-unwritten",
        };
        NAME.as_deref() == Some(name)
    }

    /// Returns false: the app that members install has no planted fault.
    #[cfg(not(feature = "development"))]
    pub(crate) fn is_planted(self) -> bool {
        let _ = self;
        false
    }
}
