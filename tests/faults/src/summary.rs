//! Counts findings and covered crash points over all runs.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    coverage::{CoveragePoint, OTHER_POINTS, REQUIRED_POINTS},
    run::Outcome,
};

/// Runs out of a full set that must hit each crash point.
const REQUIRED_HITS: usize = 20;
/// Number of runs from which coverage is required.
const FULL_RUN_COUNT: usize = 1_000;

/// Counts over all runs.
#[derive(Debug, Default)]
pub struct Summary {
    runs: usize,
    lost: usize,
    duplicates: usize,
    failed_runs: usize,
    coverage: BTreeMap<CoveragePoint, usize>,
}

impl Summary {
    /// Adds a run.
    pub fn count(&mut self, outcome: &Outcome) {
        self.runs += 1;
        let lost = outcome.findings.iter().filter(|finding| finding.is_loss()).count();
        self.lost += lost;
        self.duplicates += outcome.findings.len() - lost;
        self.failed_runs += usize::from(outcome.error.is_some());
        for point in &outcome.coverage {
            *self.coverage.entry(*point).or_default() += 1;
        }
    }

    /// Returns the number of runs.
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// Returns the number of lost requests or drafts.
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// Returns the number of duplicates.
    pub fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn hits_of(&self, point: CoveragePoint) -> usize {
        self.coverage.get(&point).copied().unwrap_or_default()
    }

    /// Returns the crash points with too few hits. Empty for fewer runs than a full set.
    pub fn under_covered(&self) -> Vec<CoveragePoint> {
        let required = self.runs * REQUIRED_HITS / FULL_RUN_COUNT;
        let under_covered =
            |point: &CoveragePoint| self.runs >= FULL_RUN_COUNT && self.hits_of(*point) < required;
        REQUIRED_POINTS.into_iter().filter(under_covered).collect()
    }

    /// Returns true if there is no finding, every run finished and coverage suffices.
    pub fn is_passing(&self) -> bool {
        self.lost + self.duplicates + self.failed_runs == 0 && self.under_covered().is_empty()
    }

    /// Renders the table, with the verdict in its last line.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (title, points) in
            [("crash points", REQUIRED_POINTS.as_slice()), ("other conditions", OTHER_POINTS.as_slice())]
        {
            let _ = writeln!(text, "{title:<32} runs");
            for point in points {
                let _ = writeln!(text, "  {:<30} {:>4}", point.name(), self.hits_of(*point));
            }
        }
        for point in self.under_covered() {
            let _ = writeln!(text, "too few runs covered: {}", point.name());
        }
        let _ = write!(text, "{} runs: {} lost, {} doubled", self.runs, self.lost, self.duplicates);
        if self.failed_runs > 0 {
            let _ = write!(text, ", {} not finished", self.failed_runs);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Finding;

    fn summary_of(points: &[CoveragePoint]) -> Summary {
        let mut summary = Summary::default();
        for _ in 0..FULL_RUN_COUNT {
            summary.count(&Outcome { coverage: points.iter().copied().collect(), ..Outcome::default() });
        }
        summary
    }

    #[test]
    fn a_thousand_runs_must_cover_every_required_point() {
        assert!(summary_of(&REQUIRED_POINTS).is_passing());
        let short = summary_of(&REQUIRED_POINTS[1..]);
        assert_eq!((short.is_passing(), short.under_covered()), (false, vec![CoveragePoint::BeforeSend]));
        assert!(summary_of(&REQUIRED_POINTS).render().ends_with("1000 runs: 0 lost, 0 doubled"));
    }

    #[test]
    fn a_finding_or_an_unfinished_run_fails() {
        let mut summary = Summary::default();
        summary.count(&Outcome::default());
        assert!(summary.is_passing(), "few runs need not cover every crash point");
        let duplicate = Finding::Duplicate { work: 0, numbers: vec![] };
        summary.count(&Outcome { findings: vec![duplicate], ..Outcome::default() });
        assert_eq!((summary.is_passing(), summary.lost(), summary.duplicates()), (false, 0, 1));
        let mut summary = Summary::default();
        summary.count(&Outcome { error: Some("reason".to_owned()), ..Outcome::default() });
        assert!(!summary.is_passing());
    }
}
