//! Says what a long command is doing, so that nobody watches a silent screen.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Prints one line for each long step.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    started: Instant,
}

impl Default for Progress {
    fn default() -> Self {
        Self { started: Instant::now() }
    }
}

impl Progress {
    /// Starts the clock that the lines show.
    pub fn new() -> Self {
        Self::default()
    }

    /// A step begins.
    pub fn step(&self, message: &str) {
        print_line(&format!("  {:>5.1} s  {message}", self.started.elapsed().as_secs_f32()));
    }
}

/// Prints a line at once, even into a pipe.
pub fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) is the reader's wish, not a failure of the step.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// `12.3 s`, the way every time is printed.
pub fn format_seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}

/// Green or red for a person, plain in a file.
pub fn status_mark(passed: bool) -> &'static str {
    match (passed, std::io::stdout().is_terminal()) {
        (true, true) => "\x1b[32m✓\x1b[0m",
        (false, true) => "\x1b[31m✗\x1b[0m",
        (true, false) => "✓",
        (false, false) => "✗",
    }
}
