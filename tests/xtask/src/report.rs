//! Results of a series of steps: passed, failed, skipped.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use console::style;

use crate::progress::{format_seconds, print_line};

/// Result of a step that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StepOutcome {
    /// The step did its work.
    Passed,
    /// The step could not run on this machine, with the reason.
    Skipped(String),
}

/// Runs steps and records each result. Threads that share it run theirs at the same time.
#[derive(Debug, Default)]
pub(crate) struct Report(Mutex<Results>);

#[derive(Debug, Default)]
struct Results {
    passed: usize,
    failed: Vec<String>,
    skipped: Vec<String>,
}

impl Report {
    /// Runs one step, prints its result and time, and returns true if it passed, so that later steps may depend on it.
    pub(crate) fn step(&self, name: &str, run: impl FnOnce() -> anyhow::Result<StepOutcome>) -> bool {
        print_line(&format!("▸ {name}"));
        let started = Instant::now();
        let outcome = run();
        let time = format_seconds(started.elapsed());
        let mut results = self.results();
        match &outcome {
            Ok(StepOutcome::Passed) => {
                results.passed += 1;
                print_line(&format!("{} {name}  {time}", style("✓").green()));
            }
            Ok(StepOutcome::Skipped(reason)) => {
                print_line(&format!("- {name}: skipped, {reason}"));
                results.skipped.push(format!("{name}: {reason}"));
            }
            Err(error) => {
                print_line(&format!("{} {name}  {time}\n{error:#}", style("✗").red()));
                results.failed.push(format!("{name}\n{error:#}"));
            }
        }
        matches!(outcome, Ok(StepOutcome::Passed))
    }

    /// Prints the failed steps, each with its error again because its output may be far above, the skipped ones, and
    /// the counts alone on the last line. Returns true on success; with `strict` a skip counts as a failure.
    pub(crate) fn finish(&self, strict: bool) -> bool {
        let results = self.results();
        let skipped = if strict { "Skipped, which --strict counts as failed" } else { "Skipped" };
        for (word, steps) in [("Failed", &results.failed), (skipped, &results.skipped)] {
            if !steps.is_empty() {
                print_line(&format!("\n{word}:\n  {}", steps.join("\n  ")));
            }
        }
        print_line(&format!("\n{}", results.summary(strict)));
        results.failed.is_empty() && (!strict || results.skipped.is_empty())
    }

    fn results(&self) -> MutexGuard<'_, Results> {
        // Nothing panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Results {
    fn summary(&self, strict: bool) -> String {
        let (failed, skipped) = (self.failed.len(), self.skipped.len());
        let (failed, skipped) = if strict { (failed + skipped, 0) } else { (failed, skipped) };
        format!("{} passed, {failed} failed, {skipped} skipped", self.passed)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn a_skip_fails_the_report_in_strict_mode_only_and_steps_after_a_failure_still_run() {
        let report = Report::default();
        assert!(report.step("one", || Ok(StepOutcome::Passed)));
        assert!(!report.step("two", || Ok(StepOutcome::Skipped("no Swift here".to_owned()))));
        assert_eq!(report.results().summary(false), "1 passed, 0 failed, 1 skipped");
        assert_eq!(report.results().summary(true), "1 passed, 1 failed, 0 skipped");
        assert_eq!([false, true].map(|strict| report.finish(strict)), [true, false]);
        assert!(!report.step("three", || bail!("no")));
        assert!(report.step("four", || Ok(StepOutcome::Passed)));
        assert_eq!(report.results().summary(false), "2 passed, 1 failed, 1 skipped");
        assert!(!report.finish(false));
    }
}
