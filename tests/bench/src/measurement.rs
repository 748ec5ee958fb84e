//! Result of a measurement.

use serde::Serialize;

/// One value of ours, beside the peer's where there is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// Key of the table's row.
    pub row: &'static str,
    /// Value of the core.
    pub ours: f64,
    /// Value of the peer, in the same unit and from the same run.
    pub peer: Option<f64>,
    /// Unit of both values.
    pub unit: &'static str,
    /// Notes printed below the table.
    pub notes: Vec<String>,
}

impl Measurement {
    /// Creates a measurement without a peer.
    pub fn new(row: &'static str, ours: f64, unit: &'static str) -> Self {
        Self { row, ours, peer: None, unit, notes: Vec::new() }
    }

    /// Creates a measurement with the peer's value.
    pub fn with_peer(row: &'static str, ours: f64, peer: f64, unit: &'static str) -> Self {
        Self { peer: Some(peer), ..Self::new(row, ours, unit) }
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Returns the median; 0 for an empty list.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlier_does_not_change_the_median() {
        assert!((median(vec![3.0, 1.0, 900.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(Vec::new()).abs() < f64::EPSILON);
    }
}
