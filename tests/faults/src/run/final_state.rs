//! Restores everything at the end of a run and reads the final state.

use std::time::Duration;

use anyhow::{Context, bail};
use tokio::time::sleep;

use super::RunState;
use crate::{
    form_data::Revision,
    inspect::{self, FiledRequest},
    judge::FinalState,
    protocol::{PhoneCommand, PhoneResponse, RequestCard},
};

/// Most refreshes until the outbox is empty or blocked, and the pause between two.
const MAX_REFRESHES: usize = 100;
const REFRESH_INTERVAL: Duration = Duration::from_millis(50);

impl RunState {
    /// Restores the network, opens the phone again, refreshes until no entry is queued for the network, and reads the
    /// final state.
    pub(super) async fn final_state(&mut self) -> anyhow::Result<FinalState> {
        self.injector.kill().await?;
        self.restore().await?;
        loop {
            let damaged = self.damage.is_some();
            let final_state = self.revisions().await?;
            // A quarantine in the meantime invalidates the state read before it.
            if damaged == self.damage.is_some() {
                return Ok(final_state);
            }
        }
    }

    async fn revisions(&mut self) -> anyhow::Result<FinalState> {
        let (cards, filed) = self.wait_until_settled().await?;
        let mut final_state = FinalState { filed, ..FinalState::default() };
        for card in &cards {
            if let RequestCard::Filed { number } = card {
                final_state.listed.push(number.clone());
            }
        }
        for card in &cards {
            if let RequestCard::Draft { service } = card {
                final_state.unsent.push(self.read_form(service).await?.context("a draft cannot be opened")?);
            }
        }
        for card in &cards {
            if let RequestCard::Queued { key, .. } = card {
                final_state.unsent.push(self.read_queued(key, &cards).await?);
            }
        }
        Ok(final_state)
    }

    /// Reads the revisions in a queued entry by taking it back into its form. Drafts, which have been read already,
    /// are discarded before.
    async fn read_queued(&mut self, key: &str, cards: &[RequestCard]) -> anyhow::Result<Vec<Revision>> {
        for card in cards {
            if let RequestCard::Draft { service } = card {
                self.execute(PhoneCommand::DiscardDraft { service: service.clone() }).await?;
            }
        }
        match self.execute(PhoneCommand::TakeBack { key: key.to_owned() }).await? {
            PhoneResponse::TakenBack { service } => {
                let revisions =
                    self.read_form(&service).await?.context("a withdrawn entry cannot be opened")?;
                self.execute(PhoneCommand::DiscardDraft { service }).await?;
                Ok(revisions)
            }
            other => bail!("an entry cannot be withdrawn: {other:?}"),
        }
    }

    /// Refreshes until the outbox is empty or blocked and nothing was filed meanwhile: the portal may take long over a call of
    /// a process that was killed, and the phone learns of it at its next refresh.
    async fn wait_until_settled(&mut self) -> anyhow::Result<(Vec<RequestCard>, Vec<FiledRequest>)> {
        for _attempt in 0..MAX_REFRESHES {
            let filed = self.filed_requests()?;
            let response = self.execute(PhoneCommand::Refresh).await?;
            if matches!(&response, PhoneResponse::Failed { error, .. } if error == "sign-in-again") {
                self.execute(PhoneCommand::SignIn).await?;
            }
            let cards = self.cards().await?;
            let pending = cards.iter().any(|card| matches!(card, RequestCard::Queued { blocked: false, .. }));
            if response == PhoneResponse::Done && !pending && filed == self.filed_requests()? {
                return Ok((cards, filed));
            }
            sleep(REFRESH_INTERVAL).await;
        }
        bail!("the phone did not settle")
    }

    fn filed_requests(&self) -> anyhow::Result<Vec<FiledRequest>> {
        inspect::read_filed_requests(&self.injector.environment.portal_data())
    }
}
