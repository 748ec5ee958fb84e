//! `audit`: prints the audit log.

use super::{AdminContext, AdminError, AuditEntry, format_time, printable_line};

/// Prints the lines before this reading, which is recorded too. A command's line also names its user.
pub(super) fn print(context: &mut AdminContext, ppr: Option<&str>, limit: u32) -> Result<String, AdminError> {
    context.run_audited(|db, _, _| {
        let mut query = db.prepare(
            "SELECT at, ppr, event, user FROM audit WHERE ?1 IS NULL OR ppr = ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let lines = query.query_map((ppr, limit), |row| {
            let (at, ppr, event): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let user: String = row.get(3)?;
            let by = if user.is_empty() { String::new() } else { format!("{user}  ") };
            let member = if ppr.is_empty() { "-" } else { &ppr };
            Ok(printable_line(&format!("{}  {by}{member}  {event}", format_time(at))))
        })?;
        let text = lines.collect::<Result<_, _>>()?;
        Ok((text, AuditEntry::for_member(ppr.unwrap_or_default(), "audit log read")))
    })
}
