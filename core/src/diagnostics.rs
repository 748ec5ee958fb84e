//! Diagnostic log: the last lines of what the core did, in memory, for the member to read in help and to share. Nothing is
//! ever sent by itself.
//!
//! ```text
//!  span!("operation", …), info!(…) of `fos_core` ─▶ LogSubscriber ──▶ ring of 200 lines ──▶ Fos::diagnostic
//!                                                        └─ a development build: also the file named by FOS_CORE_LOG
//! ```
//!
//! A field is a constant of the code, a number or an error's code: never an identifier, a secret or a text of the member.
//! The journeys search every line for the seed members' data.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::clock::system_time;

/// Number of lines that are kept.
const MAX_LINES: usize = 200;
/// Targets whose lines are kept: the core alone, also where a portal runs in the same process.
const TARGET_PREFIX: &str = "fos_core";

/// Lines of this process.
static LINES: LazyLock<Arc<Lines>> = LazyLock::new(Arc::default);

thread_local! {
    /// Spans that the current thread is in, the innermost last.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Starts the log of this process. Later calls do nothing.
pub(crate) fn start() {
    // An error means that it was started before.
    let _started = tracing::subscriber::set_global_default(LogSubscriber::new(Arc::clone(&LINES)));
}

/// Returns the last lines, oldest first.
pub(crate) fn lines() -> Vec<String> {
    LINES.all()
}

/// Ring of the last lines.
#[derive(Default)]
struct Lines(Mutex<VecDeque<String>>);

impl Lines {
    fn push(&self, line: String) {
        let mut lines = self.0.lock();
        if lines.len() == MAX_LINES {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().iter().cloned().collect()
    }
}

/// Subscriber that keeps the last lines.
struct LogSubscriber {
    lines: Arc<Lines>,
    last_span: AtomicU64,
    spans: Mutex<HashMap<u64, OpenSpan>>,
}

struct OpenSpan {
    text: String,
    handles: usize,
}

impl LogSubscriber {
    fn new(lines: Arc<Lines>) -> Self {
        Self { lines, last_span: AtomicU64::new(0), spans: Mutex::default() }
    }

    fn write(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut line = format!("{:.0} {:<5}", system_time(), metadata.level());
        let spans = self.spans.lock();
        ENTERED.with_borrow(|entered| {
            for span in entered.iter().filter_map(|id| spans.get(id)) {
                line.push(' ');
                line.push_str(&span.text);
            }
        });
        drop(spans);
        line.push(' ');
        line.push_str(metadata.target().trim_start_matches("fos_core::"));
        line.push(':');
        event.record(&mut FieldWriter(&mut line));
        #[cfg(feature = "development")]
        append_to_file(&line);
        self.lines.push(line);
    }
}

/// Appends the line to the file that `FOS_CORE_LOG` names, which the journeys search.
#[cfg(feature = "development")]
fn append_to_file(line: &str) {
    use std::io::Write;
    static FILE: LazyLock<Option<std::fs::File>> = LazyLock::new(|| {
        let path = std::env::var_os("FOS_CORE_LOG")?;
        std::fs::OpenOptions::new().create(true).append(true).open(path).ok()
    });
    if let Some(mut file) = FILE.as_ref() {
        // A log that cannot be written must not stop the app.
        let _not_written = file.write_all(format!("{line}\n").as_bytes());
    }
}

impl Subscriber for LogSubscriber {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO && metadata.target().starts_with(TARGET_PREFIX)
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.last_span.fetch_add(1, Ordering::Relaxed) + 1;
        let mut text = attributes.metadata().name().to_owned();
        attributes.record(&mut FieldWriter(&mut text));
        self.spans.lock().insert(id, OpenSpan { text, handles: 1 });
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        if let Some(span) = self.spans.lock().get_mut(&span.into_u64()) {
            values.record(&mut FieldWriter(&mut span.text));
        }
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.write(event);
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| {
            if let Some(at) = entered.iter().rposition(|id| *id == span.into_u64()) {
                entered.remove(at);
            }
        });
    }

    fn clone_span(&self, span: &Id) -> Id {
        if let Some(span) = self.spans.lock().get_mut(&span.into_u64()) {
            span.handles += 1;
        }
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let mut spans = self.spans.lock();
        let Some(open) = spans.get_mut(&span.into_u64()) else { return false };
        open.handles -= 1;
        let is_closed = open.handles == 0;
        if is_closed {
            spans.remove(&span.into_u64());
        }
        is_closed
    }
}

/// Writes fields as ` name=value`, and the message without its name.
struct FieldWriter<'a>(&'a mut String);

impl Visit for FieldWriter<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, " {}={value}", field.name());
    }
}

#[cfg(test)]
mod tests {
    use tracing::{Instrument, debug, info, info_span, warn};

    use super::*;

    fn logged(work: impl FnOnce()) -> Vec<String> {
        let lines = Arc::new(Lines::default());
        tracing::subscriber::with_default(LogSubscriber::new(Arc::clone(&lines)), work);
        lines.all()
    }

    #[test]
    fn a_line_has_its_spans_its_place_and_its_fields() {
        let found = logged(|| {
            let span = info_span!("operation", name = "sign-in");
            span.in_scope(|| warn!(code = "NET", attempt = 2, "retry"));
            info!("after it");
            debug!("too fine to be kept");
        });
        assert!(
            found[0].ends_with("WARN  operation name=sign-in diagnostics::tests: retry code=NET attempt=2"),
            "{found:?}"
        );
        assert!(found[1].ends_with("INFO  diagnostics::tests: after it"), "{found:?}");
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn an_operation_that_is_suspended_leaves_its_span() {
        let found = logged(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let operation = |name: &'static str| {
                async move {
                    tokio::task::yield_now().await;
                    info!("works");
                }
                .instrument(info_span!("operation", name))
            };
            runtime.block_on(async { tokio::join!(operation("one"), operation("two")) });
        });
        let mut operations: Vec<&str> =
            found.iter().filter_map(|line| line.split("operation name=").nth(1)).collect();
        operations.sort_unstable();
        assert_eq!(operations, ["one diagnostics::tests: works", "two diagnostics::tests: works"]);
    }

    #[test]
    fn the_oldest_line_makes_room_for_the_newest() {
        let found = logged(|| (0..=MAX_LINES).for_each(|number| info!(number)));
        assert_eq!(found.len(), MAX_LINES);
        assert!(found[0].ends_with("number=1"), "{}", found[0]);
    }
}
