//! What came of many runs, counted.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    cuts::{CUTS, Hit, OTHERS},
    run::Outcome,
};

/// Of a thousand runs so many must meet each cut point.
const ENOUGH: usize = 20;
/// From so many runs on that is asked.
const MANY: usize = 1_000;

/// The count.
#[derive(Debug, Default)]
pub struct Tally {
    runs: usize,
    lost: usize,
    doubled: usize,
    broken: usize,
    hits: BTreeMap<Hit, usize>,
}

impl Tally {
    /// Counts a run.
    pub fn count(&mut self, outcome: &Outcome) {
        self.runs += 1;
        let lost = outcome.findings.iter().filter(|finding| finding.is_loss()).count();
        self.lost += lost;
        self.doubled += outcome.findings.len() - lost;
        self.broken += usize::from(outcome.broken.is_some());
        for hit in &outcome.hits {
            *self.hits.entry(*hit).or_default() += 1;
        }
    }

    /// How many runs were counted.
    pub fn runs(&self) -> usize {
        self.runs
    }

    /// How much was lost.
    pub fn lost(&self) -> usize {
        self.lost
    }

    /// How much was doubled.
    pub fn doubled(&self) -> usize {
        self.doubled
    }

    fn of(&self, hit: Hit) -> usize {
        self.hits.get(&hit).copied().unwrap_or_default()
    }

    /// The cut points that too few runs met. In fewer than a thousand runs none is missed.
    pub fn missed(&self) -> Vec<Hit> {
        let enough = self.runs * ENOUGH / MANY;
        let missed = |cut: &Hit| self.runs >= MANY && self.of(*cut) < enough;
        CUTS.into_iter().filter(missed).collect()
    }

    /// Whether all is well.
    pub fn is_well(&self) -> bool {
        self.lost + self.doubled + self.broken == 0 && self.missed().is_empty()
    }

    /// The table, the verdict last.
    pub fn print(&self) -> String {
        let mut text = String::new();
        for (title, hits) in [("cut", CUTS.as_slice()), ("also met", OTHERS.as_slice())] {
            let _ = writeln!(text, "{title:<32} runs");
            for hit in hits {
                let _ = writeln!(text, "  {:<30} {:>4}", hit.name(), self.of(*hit));
            }
        }
        for hit in self.missed() {
            let _ = writeln!(text, "too few runs were cut {}", hit.name());
        }
        let _ = write!(text, "{} runs: {} lost, {} doubled", self.runs, self.lost, self.doubled);
        if self.broken > 0 {
            let _ = write!(text, ", {} not brought to their end", self.broken);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::Finding;

    fn many(hit: &[Hit]) -> Tally {
        let mut tally = Tally::default();
        for _ in 0..MANY {
            tally.count(&Outcome { hits: hit.iter().copied().collect(), ..Outcome::default() });
        }
        tally
    }

    #[test]
    fn a_thousand_runs_must_meet_every_cut_point() {
        assert!(many(&CUTS).is_well());
        let short = many(&CUTS[1..]);
        assert_eq!((short.is_well(), short.missed()), (false, vec![Hit::BeforeSend]));
        assert!(many(&CUTS).print().ends_with("1000 runs: 0 lost, 0 doubled"));
    }

    #[test]
    fn one_finding_or_one_run_without_an_end_is_not_well() {
        let mut tally = Tally::default();
        tally.count(&Outcome::default());
        assert!(tally.is_well(), "few runs need not meet every cut point");
        let doubled = Finding::Doubled { work: 0, numbers: vec![] };
        tally.count(&Outcome { findings: vec![doubled], ..Outcome::default() });
        assert_eq!((tally.is_well(), tally.lost(), tally.doubled()), (false, 0, 1));
        let mut tally = Tally::default();
        tally.count(&Outcome { broken: Some("why".to_owned()), ..Outcome::default() });
        assert!(!tally.is_well());
    }
}
