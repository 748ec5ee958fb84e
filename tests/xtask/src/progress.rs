//! Progress lines for long-running commands.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Prints one line for each long step, with the time since the start.
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

    /// Prints that a step begins.
    pub fn step(&self, message: &str) {
        print_line(&format!("  {:>5.1} s  {message}", self.started.elapsed().as_secs_f32()));
    }
}

/// Prints a line and flushes, so that it appears even in a pipe.
pub fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) is intended by the reader and no failure of the step.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Formats a duration as every time is printed: `12.3 s`.
pub fn format_seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}

/// Returns ✓ or ✗, coloured on a terminal and plain in a file.
pub fn status_mark(passed: bool) -> &'static str {
    match (passed, std::io::stdout().is_terminal()) {
        (true, true) => "\x1b[32m✓\x1b[0m",
        (false, true) => "\x1b[31m✗\x1b[0m",
        (true, false) => "✓",
        (false, false) => "✗",
    }
}
