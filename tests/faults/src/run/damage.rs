//! Damages the member's database or its key between two actions, and checks its quarantine.

use std::path::Path;

use anyhow::ensure;

use super::RunState;
use crate::{
    coverage::CoveragePoint,
    inspect::FileDamage,
    judge::{Confirmation, LastConfirmation, WorkItem},
};

impl RunState {
    /// Damages the member's database, or its key. Work stored only there counts as quarantined, not as lost, if the quarantined
    /// file is intact.
    pub(super) async fn damage_database(
        &mut self,
        apply: impl FnOnce(&Path) -> anyhow::Result<FileDamage>,
    ) -> anyhow::Result<()> {
        // One damage that has not been noticed yet is enough.
        if self.damage.is_some() {
            return Ok(());
        }
        self.injector.kill().await?;
        self.damage = Some(apply(self.injector.environment.phone_data())?);
        self.injector.restore().await?;
        self.check_quarantine()
    }

    /// Checks the quarantine of a damaged database, if it happened when the phone was opened.
    pub(super) fn check_quarantine(&mut self) -> anyhow::Result<()> {
        let Some(damage) = self.damage.take_if(|damage| damage.is_quarantined()) else { return Ok(()) };
        self.log.push("  the file was quarantined".to_owned());
        ensure!(self.injector.quarantine_reported(), "a file was quarantined without a notice");
        ensure!(damage.is_quarantine_intact(), "the quarantined file is not intact");
        self.injector.coverage.insert(CoveragePoint::Quarantined);
        self.current_work.clear();
        let is_not_filed = |work: &&mut WorkItem| {
            !matches!(
                work.last_confirmation,
                Some(LastConfirmation { confirmation: Confirmation::Filed, .. })
            )
        };
        self.diary.works.iter_mut().filter(is_not_filed).for_each(|work| work.quarantined = true);
        Ok(())
    }
}
