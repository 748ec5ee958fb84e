//! Retries of calls that are harmless to repeat: reads, idempotent endpoints, and creations under an `Idempotency-Key`.
//!
//! A response that was lost on its way is requested again, up to twice, with growing delays. Errors that the portal itself
//! answered are never retried here.

use std::future::Future;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use tracing::info;

use crate::error::Error;

const MIN_DELAY: Duration = Duration::from_millis(300);
const MAX_RETRIES: usize = 2;

/// Runs an attempt, and runs it again while it fails with a retryable error.
///
/// # Errors
/// The error of the last attempt.
pub(super) async fn with_retry<T, Attempt: Future<Output = Result<T, Error>>>(
    attempt: impl FnMut() -> Attempt,
) -> Result<T, Error> {
    let policy =
        ExponentialBuilder::default().with_min_delay(MIN_DELAY).with_max_times(MAX_RETRIES).with_jitter();
    let log = |error: &Error, delay: Duration| {
        info!(code = error.code(), ?delay, "retry");
    };
    attempt.retry(policy).when(Error::is_retryable).notify(log).await
}
