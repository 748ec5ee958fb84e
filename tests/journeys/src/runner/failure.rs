//! Report of a failed journey.

use std::fmt;

use crate::{journey::Journey, protocol::ScreenSnapshot};

/// Failed line of a journey, with the state of the face at that moment.
#[derive(Debug)]
pub struct Failure {
    /// Name of the journey.
    pub journey: String,
    /// Number of the step; `0` outside of the steps.
    pub step: String,
    /// Line number in the journey's file; 0 outside of the steps.
    pub line: usize,
    /// Text of the line.
    pub action: String,
    /// Cause of the failure.
    pub error: anyhow::Error,
    /// Last screen, if the face still responded.
    pub snapshot: Option<ScreenSnapshot>,
    /// Last lines that the face's process printed.
    pub log_tail: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}, step {}, line {}: {}", self.journey, self.step, self.line, self.action)?;
        writeln!(out, "    {:#}", self.error)?;
        if let Some(snapshot) = &self.snapshot {
            let busy = if snapshot.busy { ", busy" } else { "" };
            writeln!(out, "    the screen was `{}`{busy}:", snapshot.screen)?;
            for (field, value) in &snapshot.fields {
                writeln!(out, "      {field} = {value}")?;
            }
            for text in &snapshot.texts {
                writeln!(out, "      {text}")?;
            }
        }
        if !self.log_tail.is_empty() {
            writeln!(out, "    the face's process printed:\n{}", self.log_tail)?;
        }
        Ok(())
    }
}

/// Builds the failure of a journey whose app did not start.
pub(crate) fn start_failure(journey: &Journey, error: anyhow::Error) -> Box<Failure> {
    failure_outside_steps(journey, "the app starts", error)
}

/// Builds the failure of a journey whose final check did not hold.
pub(super) fn final_failure(journey: &Journey, error: anyhow::Error) -> Box<Failure> {
    failure_outside_steps(journey, "the journey ends", error)
}

fn failure_outside_steps(journey: &Journey, action: &str, error: anyhow::Error) -> Box<Failure> {
    Box::new(Failure {
        journey: journey.name.clone(),
        step: "0".to_owned(),
        line: 0,
        action: action.to_owned(),
        error,
        snapshot: None,
        log_tail: String::new(),
    })
}
