//! Request that was begun and not filed, on top of the list of services.

use crate::i18n::{ActionView, FormatArg, Localizer};

/// Request that was begun and not filed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UnfinishedView {
    /// Id of the service.
    pub service: String,
    /// Name of the service, and that its request is not complete.
    pub text: String,
    /// Opens its form ([`crate::Requests::form`]).
    pub open: ActionView,
}

/// Returns the way to the request that was begun for a service.
pub(super) fn unfinished(service: String, title: &str, localizer: &Localizer) -> UnfinishedView {
    UnfinishedView {
        service,
        text: localizer.format("unfinished", &[("service", FormatArg::Text(title))]),
        open: ActionView { key: "unfinished".to_owned(), ..localizer.action("continue-filling") },
    }
}
