//! Log of the portal: spans for calls, operator commands, jobs and emails, and events for what went other than as usual.
//!
//! ```text
//! request method=POST route=/v1/sessions ─┬─ refused problem=…:credentials
//!                                         └─ answered status=401 duration_ms=12
//! operator command=services ──────────────── done | not done
//! job name=purge, email kind=password ────── purged, delivered, deferred, dropped …
//! ```
//!
//! A field is a constant of the code, a number or the template of a route: never a path, a query, a header, an
//! identifier, an address, a secret or a text of a member. The journeys search every line for the seed members' data.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use clap::ValueEnum;
use tracing::{Dispatch, Instrument as _, info, info_span, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer as _, filter::Targets, fmt, fmt::MakeWriter, layer::SubscriberExt as _, registry,
};

/// Targets that the level applies to: the project's own crates.
const OWN_TARGETS: &str = "fos_";

/// Format of a log's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text for a reader.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// Creates the log of a process, to be set as its global subscriber. `level` applies to the project's own crates; others
/// write warnings and errors at most, since their finer levels quote headers and bodies.
pub fn subscriber<W>(level: LevelFilter, format: LogFormat, writer: W) -> Dispatch
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let targets = Targets::new().with_target(OWN_TARGETS, level).with_default(level.min(LevelFilter::WARN));
    let lines = fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    Dispatch::new(registry().with(lines.with_filter(targets)))
}

/// Middleware: runs every call in a span of its own and logs its status and duration.
pub(crate) async fn trace_request(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let span = info_span!("request", method = standard_method(request.method()), route);
    let started = Instant::now();
    async {
        let response = next.run(request).await;
        let duration = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        info!(status = response.status().as_u16(), duration_ms = duration, "answered");
        response
    }
    .instrument(span)
    .await
}

/// Returns the name of a method that the API knows. Any other is text of the client.
fn standard_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use tracing::{debug, dispatcher::with_default, warn};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(level: LevelFilter, format: LogFormat, work: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        with_default(&subscriber(level, format, move || writer.clone()), work);
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_level_applies_to_the_projects_own_crates_alone() {
        let text = logged(LevelFilter::DEBUG, LogFormat::Text, || {
            debug!("ours");
            debug!(target: "h2", "headers of a call");
            warn!(target: "h2", "a connection failed");
        });
        assert!(text.contains("ours") && text.contains("a connection failed"), "{text}");
        assert!(!text.contains("headers"), "{text}");
        assert_eq!(logged(LevelFilter::OFF, LogFormat::Text, || warn!(target: "h2", "failed")), "");
    }

    #[test]
    fn a_line_of_json_has_its_spans_and_fields() {
        let text = logged(LevelFilter::INFO, LogFormat::Json, || {
            info_span!("job", name = "purge").in_scope(|| info!(rows = 3, "expired rows purged"));
        });
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["rows"], 3);
        assert_eq!(line["span"]["name"], "job");
        assert_eq!(line["message"], "expired rows purged");
    }

    #[test]
    fn an_unknown_method_is_not_quoted() {
        assert_eq!(standard_method(&Method::from_bytes(b"MY-SECRET").unwrap()), "other");
    }
}
