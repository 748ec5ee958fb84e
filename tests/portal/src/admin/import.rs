//! `members import`: imports a members' file from the payroll.

use std::{collections::BTreeMap, fs, path::Path, thread, time::Duration};

use rusqlite::{Connection, Transaction};

use super::{AdminContext, AdminError, user};
use crate::{
    addresses,
    members::{self, MemberRecord},
    remote_config,
    secrets::Keys,
    seed::SeedError,
    storage::{self, audit, audit_by},
};

/// Members per transaction, and the pause between two, in which a running portal gets its turn.
const BATCH_SIZE: usize = 1_000;
const BATCH_PAUSE: Duration = Duration::from_millis(5);

/// Counts of an import.
#[derive(Default)]
struct ImportCounts {
    new: usize,
    known: usize,
    addresses: usize,
}

/// Imports the file after validating every line. A member already on file keeps account, passwords and sessions, also
/// one who retires meanwhile. A line without an address leaves those on file: the payroll does not know the one that a
/// retiree proposed. A file with numbers that a spreadsheet may have changed changes nothing unless `confirmed`.
pub(super) fn import(context: &mut AdminContext, file: &Path, confirmed: bool) -> Result<String, AdminError> {
    let records = read(file)?;
    let warnings = [
        warning_about_lengths(&records),
        warning_about_zeros(&context.db, &records)?,
        warning_about_pension_numbers(&records),
    ];
    let warnings: Vec<String> = warnings.into_iter().flatten().collect();
    if !warnings.is_empty() && !confirmed {
        let warnings = warnings.join("; ");
        return Err(AdminError::Refused(format!(
            "{warnings}; nothing is changed, --yes imports them all the same"
        )));
    }
    let (keys, now) = (&context.keys, context.now.as_second());
    // Written first: an import that is killed leaves its line.
    let line = storage::in_transaction(&mut context.db, |db| {
        let begun = format!("operator: import of {} members begun", records.len());
        audit_by(db, now, "", &begun, &user::current())?;
        Ok::<_, AdminError>(db.last_insert_rowid())
    })?;
    let mut counts = ImportCounts::default();
    for batch in records.chunks(BATCH_SIZE) {
        storage::in_transaction(&mut context.db, |db| {
            batch.iter().try_for_each(|record| import_member(db, keys, record, now, &mut counts))
        })?;
        thread::sleep(BATCH_PAUSE);
    }
    let ImportCounts { new, known, addresses } = counts;
    let summary = format!("members imported: {new} new, {known} known, {addresses} with other addresses");
    storage::in_transaction(&mut context.db, |db| {
        remote_config::publish(db)?;
        db.execute("UPDATE audit SET event = ?2 WHERE id = ?1", (line, format!("operator: {summary}")))?;
        Ok::<_, AdminError>(())
    })?;
    Ok(warnings.into_iter().chain([summary]).map(|line| line + "\n").collect())
}

/// Describes payroll numbers of different lengths: a spreadsheet drops the zeros before a number.
fn warning_about_lengths(records: &[MemberRecord]) -> Option<String> {
    let mut lines_by_length = BTreeMap::<usize, usize>::new();
    for record in records {
        *lines_by_length.entry(record.member.ppr.len()).or_default() += 1;
    }
    let described: Vec<_> =
        lines_by_length.iter().map(|(length, lines)| format!("{lines} of {length} digits")).collect();
    (described.len() > 1).then(|| {
        let described = described.join(", ");
        format!("the payroll numbers differ in length ({described}): a spreadsheet may have dropped zeros")
    })
}

/// Most numbers that a warning names.
const MAX_NAMED: usize = 5;

/// Describes payroll numbers of nobody on file that differ from one on file by the zeros before it alone.
fn warning_about_zeros(db: &Connection, records: &[MemberRecord]) -> Result<Option<String>, AdminError> {
    let mut pairs = Vec::new();
    for MemberRecord { member, .. } in records {
        if let Some(on_file) = members::resolve_ppr(db, &member.ppr)?.filter(|on_file| *on_file != member.ppr)
        {
            pairs.push(format!("{} is {on_file}", member.ppr));
        }
    }
    Ok(describe(&pairs).map(|pairs| format!("members on file have these numbers with other zeros ({pairs})")))
}

/// Describes pension numbers with a word in them: a spreadsheet turns `10/88` into `oct-88`.
fn warning_about_pension_numbers(records: &[MemberRecord]) -> Option<String> {
    let has_word = |number: &&str| number.split(|c: char| !c.is_alphabetic()).any(|word| word.len() >= 3);
    let numbers = records.iter().filter_map(|record| record.pension_number.as_deref()).filter(has_word);
    let numbers: Vec<String> = numbers.map(str::to_owned).collect();
    describe(&numbers)
        .map(|numbers| format!("a spreadsheet may have taken pension numbers for dates ({numbers})"))
}

/// Lists the first few; `None` of nothing.
fn describe(found: &[String]) -> Option<String> {
    let more = if found.len() > MAX_NAMED {
        format!(", and {} more", found.len() - MAX_NAMED)
    } else {
        String::new()
    };
    (!found.is_empty()).then(|| found[..found.len().min(MAX_NAMED)].join(", ") + &more)
}

fn read(file: &Path) -> Result<Vec<MemberRecord>, AdminError> {
    let text = fs::read_to_string(file).map_err(AdminError::io(file))?;
    let name = file.display().to_string();
    let has_extension =
        |extension: &str| file.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension));
    if has_extension("csv") {
        Ok(members::read_csv(&name, &text)?)
    } else if has_extension("toml") {
        Ok(members::read_toml(&name, &text)?)
    } else {
        Err(SeedError::invalid(&name, &"the name ends neither in .csv nor in .toml").into())
    }
}

fn import_member(
    db: &Transaction,
    keys: &Keys,
    record: &MemberRecord,
    now: i64,
    counts: &mut ImportCounts,
) -> Result<(), AdminError> {
    let ppr = &record.member.ppr;
    let before = members::find(db, ppr)?;
    members::upsert(db, record)?;
    let Some(before) = before else {
        counts.new += 1;
        return Ok(members::add_addresses(db, record)?);
    };
    counts.known += 1;
    if before.member.kind != record.member.kind {
        audit(db, now, ppr, &format!("now {}", record.member.kind.as_str()))?;
    }
    for (what, is_changed) in [
        ("CIN changed by an import", before.cin != record.cin),
        ("pension number changed by an import", before.pension_number != record.pension_number),
        ("name changed by an import", before.member.name != record.member.name),
    ] {
        if is_changed {
            audit(db, now, ppr, what)?;
        }
    }
    if !record.addresses.is_empty() && addresses::replace(db, keys, &before.addresses, record, now)? {
        counts.addresses += 1;
    }
    Ok(())
}
