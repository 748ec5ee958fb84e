//! Submission of a form: what the engine needs from the layers above, and what it returns to the face.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::context::AppContext;
use crate::error::{Error, FosError};

/// Result of [`crate::Form::submit`]. A refusal is an error: the form's fields then show the problems.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum SubmitOutcome {
    /// The form shows its next section.
    NextSection,
    /// The form has done its work: the stage leads on, or its screen closes.
    Done {
        /// Confirmation to show, where the next screen shows none.
        message: Option<String>,
    },
    /// The request is on file: this one, or the one of before where the service takes no second.
    Filed {
        /// Id for [`crate::Requests::request`].
        id: String,
        /// Confirmation with the request's number, or that this one was not filed.
        message: String,
    },
    /// The request is stored on the phone and leaves by itself, or needs the member, as the list of requests shows.
    Queued {
        /// Explanation for the member.
        message: String,
    },
}

pub(crate) type SubmitFuture = Pin<Box<dyn Future<Output = Result<SubmitOutcome, Error>> + Send>>;

/// Services of the layers above for every form.
pub(crate) trait FormHost: Send + Sync {
    fn context(&self) -> &Arc<AppContext>;
    /// Runs the submission `name` to its end, follows up its error and localizes it.
    fn run(
        self: Arc<Self>,
        name: &'static str,
        submission: SubmitFuture,
    ) -> Pin<Box<dyn Future<Output = Result<SubmitOutcome, FosError>> + Send>>;
}
