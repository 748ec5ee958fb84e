//! Damages the member's database, its write-ahead log or one of its keys between two actions, and checks what remains.

use std::path::Path;

use anyhow::ensure;

use super::RunState;
use crate::{
    coverage::CoveragePoint,
    inspect::{self, FileDamage, KeyFailure, MemberKey},
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

    /// Lets a key fail. What the other key seals must still be there, or have been sent meanwhile.
    pub(super) async fn fail_key(&mut self, key: MemberKey, failure: KeyFailure) -> anyhow::Result<()> {
        if self.damage.is_some() {
            return Ok(());
        }
        let mut before = inspect::LocalState::default();
        self.damage_database(|data| {
            before = inspect::read_local_state(data)?;
            FileDamage::fail_key(data, key, failure)
        })
        .await?;
        // Nothing may change the database while it is read.
        self.injector.kill().await?;
        let after = inspect::read_local_state(self.injector.environment.phone_data())?;
        match key {
            MemberKey::Content => {
                let filings = self.injector.environment.interceptor.filings();
                let is_kept = |key: &str| {
                    after.outbox.iter().any(|(other, _)| other == key)
                        || filings.iter().any(|filing| filing.committed && filing.key == key)
                };
                let lost = before.outbox.iter().find(|(key, _)| !is_kept(key));
                ensure!(lost.is_none(), "an entry went with the key of the content: {lost:?}");
                self.injector.coverage.insert(CoveragePoint::ContentKeyFailed);
            }
            MemberKey::Delivery => {
                let lost = before.drafts.iter().find(|draft| !after.drafts.contains(draft));
                ensure!(lost.is_none(), "a draft went with the key of the outbox: {lost:?}");
                self.injector.coverage.insert(CoveragePoint::DeliveryKeyFailed);
            }
        }
        self.restore().await
    }

    /// Damages the write-ahead log; returns false if there is none. The app must open, and the portal's data come back. What
    /// the log alone held counts as quarantined: `SQLite` takes a damaged log for a shorter one, so no app could tell.
    pub(super) async fn damage_log(&mut self, permille: u64, length: usize) -> anyhow::Result<bool> {
        if self.damage.is_some() {
            return Ok(false);
        }
        self.injector.kill().await?;
        self.damage = FileDamage::apply_to_log(self.injector.environment.phone_data(), permille, length)?;
        let is_damaged = self.damage.is_some();
        self.injector.restore().await?;
        self.check_quarantine()?;
        if is_damaged {
            self.injector.coverage.insert(CoveragePoint::LogDamaged);
            self.excuse_unfiled_work();
        }
        Ok(is_damaged)
    }

    /// Checks the quarantine of a damaged database, if it happened when the phone was opened.
    pub(super) fn check_quarantine(&mut self) -> anyhow::Result<()> {
        let Some(damage) = self.damage.take_if(|damage| damage.is_quarantined()) else { return Ok(()) };
        self.log.push("  the file was quarantined".to_owned());
        ensure!(self.injector.quarantine_reported(), "a file was quarantined without a notice");
        ensure!(damage.is_quarantine_intact(), "the quarantined file is not intact");
        self.injector.coverage.insert(CoveragePoint::Quarantined);
        self.excuse_unfiled_work();
        Ok(())
    }

    fn excuse_unfiled_work(&mut self) {
        self.current_work.clear();
        let is_not_filed = |work: &&mut WorkItem| {
            !matches!(
                work.last_confirmation,
                Some(LastConfirmation { confirmation: Confirmation::Filed, .. })
            )
        };
        self.diary.works.iter_mut().filter(is_not_filed).for_each(|work| work.quarantined = true);
    }
}
