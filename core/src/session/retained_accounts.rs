//! Accounts that signed out with unsent work: their encrypted databases are retained for 30 days, for the same member to
//! find again, then purged.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::MemberSession;
use crate::context::{AppContext, keys};
use crate::error::Error;

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
/// it listed. Returns true if it is kept.
pub(super) async fn retain_or_erase(session: &MemberSession) -> Result<bool, Error> {
    if session.count_unsent()?.is_empty() {
        session.close().await?;
        session.store().erase()?;
        return Ok(false);
    }
    add(session.context(), &session.ppr)?;
    session.store().pdf_cache().clear_exports()?;
    session.close().await?;
    Ok(true)
}

/// Does the same, when another member signs in, for the one whose session ended outside the space and who therefore never
/// signed out. A database that cannot be opened is listed, and tried again when it expires.
pub(super) fn retain_or_erase_previous(context: &AppContext, next_ppr: &str) -> Result<(), Error> {
    let Some(ppr) = context.last_member().filter(|ppr| ppr != next_ppr) else { return Ok(()) };
    add(context, &ppr)?;
    let store = match context.open_member_store(&ppr) {
        Ok(store) => store,
        Err(error) => {
            warn!(code = Error::from(error).code(), "previous member's database not opened");
            return Ok(());
        }
    };
    if store.db().count_unsent()?.is_empty() {
        store.db().close()?;
        store.erase()?;
        remove(context, &ppr)?;
    }
    Ok(())
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
    info!(accounts = expired.len(), "purging expired accounts");
    for RetainedAccount { ppr, .. } in &expired {
        context.open_member_store(ppr)?.erase()?;
    }
    Ok(context.device_db().put(keys::RETAINED_ACCOUNTS, &retained)?)
}

fn add(context: &AppContext, ppr: &str) -> Result<(), Error> {
    let mut accounts = list(context)?;
    accounts.retain(|other| other.ppr != ppr);
    let expires_at = context.now().as_second() + RETENTION.as_secs();
    accounts.push(RetainedAccount { ppr: ppr.to_owned(), expires_at });
    Ok(context.device_db().put(keys::RETAINED_ACCOUNTS, &accounts)?)
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
