//! Judges a walk from the portal's side and from the phone's files: nothing filed unasked, nothing filed twice, nothing
//! lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, ensure};
use rusqlite::{Connection, OpenFlags};

use crate::{environment::TestEnvironment, journey::Action};

/// Buttons by which a member files, or sends what waits.
const FILING_BUTTONS: [&str; 2] = ["file", "send-now"];

/// Touches by which the member may have filed.
#[derive(Debug, Default)]
pub(super) struct FilingCounter {
    filing_taps: usize,
}

/// Work of a member that the phone or the portal has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// Services with a draft on the phone.
    drafts: BTreeSet<String>,
    /// Services with a request that waits on the phone.
    queued: BTreeSet<String>,
    /// Number of filed requests of each service.
    filed: BTreeMap<String, usize>,
}

impl Work {
    /// Reads what there is. A file that the journey has damaged has nothing.
    pub(super) fn read(environment: &TestEnvironment, data_dir: &Path) -> anyhow::Result<Self> {
        let mut work = Self::default();
        // The phone first: a request on its way is at the portal before it leaves the phone.
        for entry in fs::read_dir(data_dir).with_context(|| format!("reading {}", data_dir.display()))? {
            let path = entry?.path();
            let is_of_member =
                path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("member-"));
            if is_of_member && path.extension().is_some_and(|ending| ending == "db") {
                work.drafts.extend(services(&path, "draft"));
                work.queued.extend(services(&path, "outbox"));
            }
        }
        for service in environment.filed_services()? {
            *work.filed.entry(service).or_default() += 1;
        }
        Ok(work)
    }

    /// Checks that all work from before is there, at the same place or a later one.
    ///
    /// # Errors
    /// If a draft or a request that waited is gone.
    pub(super) fn ensure_nothing_lost_since(&self, before: &Self) -> anyhow::Result<()> {
        let filed = |work: &Self, service: &str| work.filed.get(service).copied().unwrap_or(0);
        for service in before.drafts.difference(&self.drafts) {
            let went_on = self.queued.contains(service) || filed(self, service) > filed(before, service);
            ensure!(went_on, "the draft of `{service}` is gone, and nobody erased it");
        }
        for service in before.queued.difference(&self.queued) {
            // A request on its way before may have been on the portal's file already.
            let went_on = self.drafts.contains(service) || filed(self, service) > 0;
            ensure!(went_on, "the request for `{service}` that waited is gone, and nobody erased it");
        }
        Ok(())
    }
}

/// Returns the services of the rows in this table of a member's file; none if there is no such table yet.
fn services(file: &Path, table: &str) -> Vec<String> {
    let read = || -> rusqlite::Result<Vec<String>> {
        let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        database.prepare(&format!("SELECT service FROM {table}"))?.query_map([], |row| row.get(0))?.collect()
    };
    read().unwrap_or_default()
}

impl FilingCounter {
    /// Counts a line of the journey that may file.
    pub(super) fn record_action(&mut self, action: &Action) {
        if let Action::Tap(tag) | Action::DoubleTap(tag) = action
            && FILING_BUTTONS.contains(&tag.as_str())
        {
            self.filing_taps += 1;
        }
    }

    /// Checks what the portal has on file against the touches so far.
    ///
    /// # Errors
    /// If more is on file than the member filed.
    pub(super) fn ensure_filed_as_asked(&self, environment: &TestEnvironment) -> anyhow::Result<()> {
        let filed = environment.filed_services()?.len();
        let touches = self.filing_taps;
        ensure!(filed <= touches, "{filed} requests are on file, and the member filed {touches}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(drafts: &[&str], queued: &[&str], filed: &[(&str, usize)]) -> Work {
        let set = |services: &[&str]| services.iter().map(|service| (*service).to_owned()).collect();
        let filed = filed.iter().map(|(service, count)| ((*service).to_owned(), *count)).collect();
        Work { drafts: set(drafts), queued: set(queued), filed }
    }

    #[test]
    fn work_may_move_on_and_may_not_vanish() {
        let draft = work(&["hajj"], &[], &[]);
        let queued = work(&[], &["hajj"], &[]);
        let filed = work(&[], &[], &[("hajj", 1)]);
        for (before, after) in [(&draft, &queued), (&queued, &filed), (&queued, &draft), (&draft, &filed)] {
            after.ensure_nothing_lost_since(before).unwrap();
        }
        let nothing = Work::default();
        assert!(nothing.ensure_nothing_lost_since(&draft).is_err());
        assert!(nothing.ensure_nothing_lost_since(&queued).is_err());
        assert!(filed.ensure_nothing_lost_since(&work(&["hajj"], &[], &[("hajj", 1)])).is_err());
    }

    #[test]
    fn a_request_on_its_way_is_on_file_before_it_leaves_the_phone() {
        let underway = work(&[], &["hajj"], &[("hajj", 1)]);
        work(&[], &[], &[("hajj", 1)]).ensure_nothing_lost_since(&underway).unwrap();
    }
}
