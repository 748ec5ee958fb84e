//! What a measurement says.

use serde::Serialize;

/// One figure of ours, beside a peer's where there is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The row of the table, by its key.
    pub row: &'static str,
    /// Ours.
    pub ours: f64,
    /// The peer's, in the same unit and from the same run.
    pub peer: Option<f64>,
    /// What both count.
    pub unit: &'static str,
    /// What a reader must know to judge it.
    pub notes: Vec<String>,
}

impl Figure {
    /// A figure without a peer.
    pub fn alone(row: &'static str, ours: f64, unit: &'static str) -> Self {
        Self { row, ours, peer: None, unit, notes: Vec::new() }
    }

    /// A figure beside a peer's.
    pub fn beside(row: &'static str, ours: f64, peer: f64, unit: &'static str) -> Self {
        Self { peer: Some(peer), ..Self::alone(row, ours, unit) }
    }

    /// The same, with something to know about it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// The middle of these figures; 0 of none.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_turn_does_not_move_the_median() {
        assert!((median(vec![3.0, 1.0, 900.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).abs() < f64::EPSILON);
    }
}
