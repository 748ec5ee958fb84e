//! What passed, what failed, what had to be skipped.

use std::time::Instant;

use crate::progress::{mark, say, seconds};

/// How a step that did not fail ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It did what it is for.
    Passed,
    /// It could not be done here, and why.
    Skipped(String),
}

/// Runs steps one after another and remembers how each ended.
#[derive(Debug, Default)]
pub struct Report {
    passed: usize,
    failed: Vec<String>,
    skipped: Vec<String>,
}

impl Report {
    /// Runs one step and prints how it ended, with its time. True when later steps may build on it.
    pub fn step(&mut self, name: &str, run: impl FnOnce() -> anyhow::Result<Done>) -> bool {
        say(&format!("▸ {name}"));
        let started = Instant::now();
        let done = run();
        let time = seconds(started.elapsed());
        match done {
            Ok(Done::Passed) => {
                self.passed += 1;
                say(&format!("{} {name}  {time}", mark(true)));
                true
            }
            Ok(Done::Skipped(why)) => {
                say(&format!("- {name}: skipped, {why}"));
                self.skipped.push(format!("{name}: {why}"));
                false
            }
            Err(error) => {
                say(&format!("{} {name}  {time}\n{error:#}", mark(false)));
                self.failed.push(name.to_owned());
                false
            }
        }
    }

    /// Prints the end: what failed, what was skipped, and the counts alone on the last line. True when all is well;
    /// a strict reader takes a skip for a failure.
    pub fn close(&self, strict: bool) -> bool {
        if !self.failed.is_empty() {
            say(&format!("\nFailed:\n  {}", self.failed.join("\n  ")));
        }
        if !self.skipped.is_empty() {
            let word = if strict { "Skipped, which --strict counts as failed" } else { "Skipped" };
            say(&format!("\n{word}:\n  {}", self.skipped.join("\n  ")));
        }
        say(&format!("\n{}", self.counts(strict)));
        self.failed.is_empty() && (!strict || self.skipped.is_empty())
    }

    fn counts(&self, strict: bool) -> String {
        let (failed, skipped) = (self.failed.len(), self.skipped.len());
        let (failed, skipped) = if strict { (failed + skipped, 0) } else { (failed, skipped) };
        format!("{} passed, {failed} failed, {skipped} skipped", self.passed)
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn walked() -> Report {
        let mut report = Report::default();
        assert!(report.step("one", || Ok(Done::Passed)));
        assert!(!report.step("two", || Ok(Done::Skipped("no Swift here".to_owned()))));
        report
    }

    #[test]
    fn a_skip_is_named_and_is_no_failure() {
        let report = walked();
        assert_eq!(report.counts(false), "1 passed, 0 failed, 1 skipped");
        assert!(report.close(false));
    }

    #[test]
    fn a_strict_reader_takes_a_skip_for_a_failure() {
        let report = walked();
        assert_eq!(report.counts(true), "1 passed, 1 failed, 0 skipped");
        assert!(!report.close(true));
    }

    #[test]
    fn a_failure_does_not_hide_what_comes_after_it() {
        let mut report = walked();
        assert!(!report.step("three", || bail!("no")));
        assert!(report.step("four", || Ok(Done::Passed)));
        assert_eq!(report.counts(false), "2 passed, 1 failed, 1 skipped");
        assert!(!report.close(false));
    }
}
