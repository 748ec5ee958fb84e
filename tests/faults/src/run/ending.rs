//! The end of a run: all is well again, and what stands is read.

use std::time::Duration;

use anyhow::{Context, bail};
use tokio::time::sleep;

use super::Member;
use crate::{
    evidence,
    judge::End,
    papers::Filling,
    words::{Act, Card, Told},
};

/// How often the phone looks until nothing waits for the network, and how long between two looks.
const LOOKS: usize = 100;
const BETWEEN: Duration = Duration::from_millis(50);

impl Member {
    /// All is well again, the phone is opened once more, and looks until nothing waits for the network.
    pub(super) async fn end(&mut self) -> anyhow::Result<End> {
        self.scene.kill().await?;
        self.mend().await?;
        loop {
            let damaged = self.damage.is_some();
            let end = self.stands().await?;
            // Set aside meanwhile, what was read is not what stands now.
            if damaged == self.damage.is_some() {
                return Ok(end);
            }
        }
    }

    async fn stands(&mut self) -> anyhow::Result<End> {
        let cards = self.settled().await?;
        let mut end = End { filed: evidence::filed(&self.scene.world.portal_data())?, ..End::default() };
        for card in &cards {
            if let Card::Filed { number } = card {
                end.listed.push(number.clone());
            }
        }
        for card in &cards {
            if let Card::Draft { service } = card {
                end.standing.push(self.reads(service).await?.context("a draft does not open")?);
            }
        }
        for card in &cards {
            if let Card::Waiting { key, .. } = card {
                end.standing.push(self.held(key, &cards).await?);
            }
        }
        Ok(end)
    }

    /// What stands in an entry that waits for the member. It is read in its form, from which a draft is dropped that was
    /// read already.
    async fn held(&mut self, key: &str, cards: &[Card]) -> anyhow::Result<Vec<Filling>> {
        for card in cards {
            if let Card::Draft { service } = card {
                self.does(Act::Drop { service: service.clone() }).await?;
            }
        }
        match self.does(Act::TakeBack { key: key.to_owned() }).await? {
            Told::Back { service } => {
                let stands = self.reads(&service).await?.context("what was taken back does not open")?;
                self.does(Act::Drop { service }).await?;
                Ok(stands)
            }
            other => bail!("an entry cannot be taken back: {other:?}"),
        }
    }

    async fn settled(&mut self) -> anyhow::Result<Vec<Card>> {
        for _look in 0..LOOKS {
            let told = self.does(Act::Refresh).await?;
            if matches!(&told, Told::Failed { error, .. } if error == "sign-in-again") {
                self.does(Act::SignIn).await?;
            }
            let cards = self.cards().await?;
            let waits = cards.iter().any(|card| matches!(card, Card::Waiting { held: false, .. }));
            if told == Told::Done && !waits {
                return Ok(cards);
            }
            sleep(BETWEEN).await;
        }
        bail!("something waits for ever")
    }
}
