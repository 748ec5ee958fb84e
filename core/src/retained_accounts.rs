//! Accounts that signed out with unsent work: their encrypted databases are retained for 30 days, for the same member to
//! find again, then purged.

use std::sync::{Arc, PoisonError};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::context::{AppContext, keys};
use crate::error::Error;
use crate::storage::MemberStore;

/// A member who signed out with unsent work. The field names are stored.
#[derive(Serialize, Deserialize)]
struct RetainedAccount {
    ppr: String,
    /// Unix seconds.
    #[serde(rename = "until")]
    expires_at: i64,
}

/// Time for which unsent work is retained after sign-out (DECISIONS.md, 11).
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

impl AppContext {
    /// On sign-out keeps the member's encrypted database for 30 days if it holds drafts or outbox entries; otherwise
    /// deletes it and its key. The expiry is stored before the database is closed, so that a crash in between leaves it
    /// listed.
    pub(crate) fn retain_unsent_work(&self) -> Result<(), Error> {
        let Some(member) = self.member.write().unwrap_or_else(PoisonError::into_inner).take() else {
            return Ok(());
        };
        match self.last_member() {
            Some(ppr) if !member.db().count_unsent()?.is_empty() => {
                let mut accounts = self.retained_accounts()?;
                accounts.retain(|other| other.ppr != ppr);
                accounts.push(RetainedAccount {
                    ppr,
                    expires_at: self.clock.now().as_second() + RETENTION.as_secs(),
                });
                self.device.put(keys::RETAINED_ACCOUNTS, &accounts)?;
                member.pdf_cache().clear_exports()?;
                member.db().close()?;
            }
            _ => member.erase()?,
        }
        Ok(self.device.remove(keys::LAST_MEMBER)?)
    }

    /// Deletes the retained databases whose time is over. Does nothing until the portal's clock is known: a wrong phone
    /// clock must not delete anything.
    pub(crate) fn purge_expired_accounts(&self) -> Result<(), Error> {
        let Some(now) = self.clock.synced_now() else { return Ok(()) };
        let accounts = self.retained_accounts()?;
        let (expired, retained): (Vec<RetainedAccount>, Vec<RetainedAccount>) =
            accounts.into_iter().partition(|account| account.expires_at < now.as_second());
        if expired.is_empty() {
            return Ok(());
        }
        for RetainedAccount { ppr, .. } in &expired {
            MemberStore::open(&self.folder, Arc::clone(&self.vault), ppr)?.erase()?;
        }
        Ok(self.device.put(keys::RETAINED_ACCOUNTS, &retained)?)
    }

    /// Removes a member who signs in again from the list.
    pub(crate) fn remove_retained_account(&self, ppr: &str) -> Result<(), Error> {
        let mut accounts = self.retained_accounts()?;
        if let Some(index) = accounts.iter().position(|account| account.ppr == ppr) {
            accounts.remove(index);
            self.device.put(keys::RETAINED_ACCOUNTS, &accounts)?;
        }
        Ok(())
    }

    fn retained_accounts(&self) -> Result<Vec<RetainedAccount>, Error> {
        Ok(self.device.get(keys::RETAINED_ACCOUNTS)?.unwrap_or_default())
    }
}
