//! `audit`: prints the audit log.

use super::{AdminContext, AdminError, format_time, printable_line};

pub(super) fn print(context: &mut AdminContext, ppr: Option<&str>, limit: u32) -> Result<String, AdminError> {
    let mut query = context
        .db
        .prepare("SELECT at, ppr, event FROM audit WHERE ?1 IS NULL OR ppr = ?1 ORDER BY id DESC LIMIT ?2")?;
    let lines = query.query_map((ppr, limit), |row| {
        let (at, ppr, event): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let member = if ppr.is_empty() { "-" } else { &ppr };
        Ok(printable_line(&format!("{}  {member}  {event}", format_time(at))))
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}
