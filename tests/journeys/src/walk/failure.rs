//! How a walk failed.

use std::fmt;

use crate::{journey::Journey, verbs::Sight};

/// A step that failed.
#[derive(Debug)]
pub struct Failure {
    /// The journey.
    pub journey: String,
    /// The step's number.
    pub step: String,
    /// The line in the journey's file.
    pub at: usize,
    /// What the line asked.
    pub act: String,
    /// Why it failed.
    pub why: anyhow::Error,
    /// What the screen showed, when the face still answered.
    pub sight: Option<Sight>,
    /// The last lines that the face's process printed.
    pub last_words: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}, step {}, line {}: {}", self.journey, self.step, self.at, self.act)?;
        writeln!(out, "    {:#}", self.why)?;
        if let Some(sight) = &self.sight {
            let busy = if sight.busy { ", busy" } else { "" };
            writeln!(out, "    the screen was `{}`{busy}:", sight.screen)?;
            for (field, value) in &sight.fields {
                writeln!(out, "      {field} = {value}")?;
            }
            for text in &sight.texts {
                writeln!(out, "      {text}")?;
            }
        }
        if !self.last_words.is_empty() {
            writeln!(out, "    the face's process printed:\n{}", self.last_words)?;
        }
        Ok(())
    }
}

/// The app did not even start.
pub(super) fn before_the_first_step(journey: &Journey, why: anyhow::Error) -> Box<Failure> {
    beside_the_steps(journey, "the app starts", why)
}

/// What must be so at the end was not.
pub(super) fn after_the_last_step(journey: &Journey, why: anyhow::Error) -> Box<Failure> {
    beside_the_steps(journey, "the journey ends", why)
}

fn beside_the_steps(journey: &Journey, act: &str, why: anyhow::Error) -> Box<Failure> {
    Box::new(Failure {
        journey: journey.name.clone(),
        step: "0".to_owned(),
        at: 0,
        act: act.to_owned(),
        why,
        sight: None,
        last_words: String::new(),
    })
}
