//! Accounts that signed out with unsent work: their encrypted databases are retained for 30 days, for the same member to
//! find again, then purged.

use std::sync::Arc;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::MemberSession;
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

/// On sign-out closes the session and keeps its encrypted database for 30 days if it holds drafts or outbox entries;
/// otherwise deletes it and its key. The expiry is stored before the database is closed, so that a crash in between leaves
/// it listed.
pub(super) async fn retain_or_erase(session: &MemberSession) -> Result<(), Error> {
    if session.count_unsent()?.is_empty() {
        session.close().await?;
        return Ok(session.store().erase()?);
    }
    let context = session.context();
    let mut accounts = list(context)?;
    accounts.retain(|other| other.ppr != session.ppr);
    accounts.push(RetainedAccount {
        ppr: session.ppr.clone(),
        expires_at: context.now().as_second() + RETENTION.as_secs(),
    });
    context.device_db().put(keys::RETAINED_ACCOUNTS, &accounts)?;
    session.store().pdf_cache().clear_exports()?;
    session.close().await
}

/// Deletes the retained databases whose time is over. Does nothing until the portal's clock is known: a wrong phone clock
/// must not delete anything.
pub(crate) fn purge_expired(context: &AppContext) -> Result<(), Error> {
    let Some(now) = context.clock().synced_now() else { return Ok(()) };
    let (expired, retained): (Vec<RetainedAccount>, Vec<RetainedAccount>) =
        list(context)?.into_iter().partition(|account| account.expires_at < now.as_second());
    if expired.is_empty() {
        return Ok(());
    }
    for RetainedAccount { ppr, .. } in &expired {
        MemberStore::open(context.folder(), Arc::clone(context.vault()), ppr)?.erase()?;
    }
    Ok(context.device_db().put(keys::RETAINED_ACCOUNTS, &retained)?)
}

/// Removes a member who signs in again from the list.
pub(super) fn remove(context: &AppContext, ppr: &str) -> Result<(), Error> {
    let mut accounts = list(context)?;
    if let Some(index) = accounts.iter().position(|account| account.ppr == ppr) {
        accounts.remove(index);
        context.device_db().put(keys::RETAINED_ACCOUNTS, &accounts)?;
    }
    Ok(())
}

fn list(context: &AppContext) -> Result<Vec<RetainedAccount>, Error> {
    Ok(context.device_db().get(keys::RETAINED_ACCOUNTS)?.unwrap_or_default())
}
