//! Progress of long-running commands: a spinner on a terminal, plain lines elsewhere.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints one line for each long step, with the time since the start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    started: Instant,
}

impl Progress {
    /// Starts the clock that the lines show.
    pub(crate) fn new() -> Self {
        Self { started: Instant::now() }
    }

    /// Prints that a step begins.
    pub(crate) fn step(&self, message: &str) {
        print_line(&format!("  {:>5.1} s  {message}", self.started.elapsed().as_secs_f32()));
    }
}

/// A command that runs: a spinner with its last line, or a line now and then. The spinner goes when this is dropped.
pub(crate) struct Waiting {
    name: String,
    spinner: ProgressBar,
}

impl Waiting {
    pub(crate) fn start(name: &str) -> Self {
        let spinner = ProgressBar::new_spinner().with_prefix(name.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}, {elapsed}: {wide_msg}") {
            spinner.set_style(style);
        }
        spinner.enable_steady_tick(Duration::from_millis(100));
        Self { name: name.to_owned(), spinner }
    }

    /// Returns the time between two reports.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_secs(if self.spinner.is_hidden() { 20 } else { 1 })
    }

    /// Shows the last line that the command printed.
    pub(crate) fn report(&self, last_line: &str) {
        if self.spinner.is_hidden() {
            let time = format_seconds(self.spinner.elapsed());
            print_line(&format!("      … {}, {time} so far: {}", self.name, last_line.trim()));
        } else {
            self.spinner.set_message(last_line.trim().to_owned());
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.spinner.finish_and_clear();
    }
}

/// Prints a line and flushes, so that it appears even in a pipe.
pub(crate) fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe (`| head`) is intended by the reader and no failure of the step.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Formats a duration as every time is printed: `12.3 s`.
pub(crate) fn format_seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}
