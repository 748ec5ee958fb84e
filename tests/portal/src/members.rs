//! Members on file: identity and email addresses.

use fos_rules::identifiers::significant_ppr;
use fos_wire::{LocalizedText, Member, MemberKind, family::Person};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::Deserialize;

use crate::{
    content, family, identifiers,
    problem::Code,
    seed::{self, SeedError},
    storage::StorageError,
};

/// File of the members in the seed folder.
pub(crate) const FILE: &str = "members.toml";

/// Reads the kind of member that the database holds.
pub(crate) fn stored_kind(text: &str) -> MemberKind {
    if text == MemberKind::Retired.as_str() { MemberKind::Retired } else { MemberKind::Active }
}

/// Record of a member on file, with the identifiers that a password request must match. They are never shown.
pub(crate) struct MemberRecord {
    pub(crate) member: Member,
    pub(crate) cin: String,
    pub(crate) pension_number: Option<String>,
    pub(crate) addresses: Vec<String>,
    /// Persons of the family, when the file that was parsed lists them. Those on file are loaded with `family::load`.
    pub(crate) family: Option<Vec<Person>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MembersFile {
    member: Vec<MemberEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberEntry {
    ppr: String,
    kind: MemberKind,
    cin: String,
    pension_number: Option<String>,
    name: LocalizedText,
    emails: Vec<String>,
    family: Option<Vec<Person>>,
}

/// Parses and validates a members' file in TOML, as in the seed folder.
pub(crate) fn read_toml(file: &str, text: &str) -> Result<Vec<MemberRecord>, SeedError> {
    let parsed: MembersFile = seed::parse_toml(file, text)?;
    parsed.member.into_iter().map(|entry| validate(file, entry)).collect()
}

/// Row of a members' file in CSV.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CsvRow {
    ppr: String,
    kind: MemberKind,
    cin: String,
    pension_number: Option<String>,
    name_ar: String,
    name_fr: String,
    /// Separated by spaces.
    emails: String,
}

/// Parses and validates a members' file in CSV with a header row. Spreadsheets set to French separate columns by
/// semicolons, and some begin the file with a byte order mark.
pub(crate) fn read_csv(file: &str, text: &str) -> Result<Vec<MemberRecord>, SeedError> {
    let text = text.trim_start_matches('\u{FEFF}');
    let headings = text.lines().next().unwrap_or_default();
    let delimiter = if headings.contains(';') { b';' } else { b',' };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let entry = |row: CsvRow| MemberEntry {
        ppr: row.ppr,
        kind: row.kind,
        cin: row.cin,
        pension_number: row.pension_number.filter(|number| !number.is_empty()),
        name: LocalizedText { ar: row.name_ar, fr: row.name_fr },
        emails: row.emails.split_whitespace().map(str::to_owned).collect(),
        family: None,
    };
    rows.deserialize()
        .map(|row| validate(file, entry(row.map_err(|error| SeedError::invalid(file, &error))?)))
        .collect()
}

fn validate(file: &str, entry: MemberEntry) -> Result<MemberRecord, SeedError> {
    let typed = entry.ppr.clone();
    let invalid = |field: &str| {
        let reason = format!("member {typed}: {field} is missing or not of its form");
        move |_: Code| SeedError::invalid(file, &reason)
    };
    for (field, value) in [("ppr", Some(&entry.ppr)), ("pension_number", entry.pension_number.as_ref())] {
        if value.is_some_and(|value| is_decimal(value)) {
            return Err(invalid(field)(Code::Format));
        }
    }
    if ![&entry.name.ar, &entry.name.fr].into_iter().all(|name| is_name(name)) {
        return Err(invalid("name")(Code::Format));
    }
    if entry.kind == MemberKind::Retired && entry.pension_number.is_none() {
        return Err(invalid("pension_number")(Code::Required));
    }
    if let Some(fault) = entry.family.as_deref().and_then(family::find_fault) {
        return Err(invalid(fault)(Code::Format));
    }
    Ok(MemberRecord {
        family: entry.family,
        cin: identifiers::cin(&entry.cin).map_err(invalid("cin"))?,
        pension_number: entry
            .pension_number
            .map(|number| identifiers::pension_number(&number).map_err(invalid("pension_number")))
            .transpose()?,
        addresses: entry
            .emails
            .iter()
            .map(|email| identifiers::email(email).map_err(invalid("emails")))
            .collect::<Result<_, _>>()?,
        member: Member {
            ppr: identifiers::ppr(&entry.ppr).map_err(invalid("ppr"))?,
            kind: entry.kind,
            name: entry.name,
            password_identifiers: Vec::new(),
        },
    })
}

/// True for a number that a spreadsheet has written with decimals, as `123456.0`: without its full stop it would be another.
fn is_decimal(number: &str) -> bool {
    number.trim().rsplit_once('.').is_some_and(|(_, decimals)| decimals.bytes().all(|b| b == b'0'))
}

/// True for a name with a letter in it, and none that was lost in another encoding.
fn is_name(name: &str) -> bool {
    name.contains(char::is_alphabetic) && !name.contains('\u{fffd}')
}

/// Returns the name of a member on file.
pub(crate) fn name(db: &Connection, ppr: &str) -> Result<LocalizedText, StorageError> {
    let name = db
        .prepare_cached("SELECT name_ar, name_fr FROM members WHERE ppr = ?1")?
        .query_row([ppr], |row| Ok(LocalizedText { ar: row.get(0)?, fr: row.get(1)? }))?;
    Ok(name)
}

/// Inserts a member unless already on file.
pub(crate) fn add_if_absent(db: &Transaction, record: &MemberRecord) -> Result<(), StorageError> {
    if find(db, &record.member.ppr)?.is_none() {
        upsert(db, record)?;
        add_addresses(db, record)?;
    }
    Ok(())
}

/// Inserts or updates a member, and the family when the record has it. Account, passwords and sessions stay, also of a
/// member who retires.
pub(crate) fn upsert(db: &Transaction, record: &MemberRecord) -> Result<(), StorageError> {
    let member = &record.member;
    db.prepare_cached(
        "INSERT INTO members (ppr, kind, cin, pension_number, name_ar, name_fr)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (ppr) DO UPDATE SET kind = excluded.kind, cin = excluded.cin,
             pension_number = excluded.pension_number,
             name_ar = excluded.name_ar, name_fr = excluded.name_fr",
    )?
    .execute((
        &member.ppr,
        member.kind.as_str(),
        &record.cin,
        &record.pension_number,
        &member.name.ar,
        &member.name.fr,
    ))?;
    match &record.family {
        Some(persons) => family::replace(db, &member.ppr, persons),
        None => Ok(()),
    }
}

/// Adds the record's addresses to those on file. The list of professional domains never overrides the file: an active
/// member whose address is on file must not be rejected, so that its domain joins the list.
pub(crate) fn add_addresses(db: &Transaction, record: &MemberRecord) -> Result<(), StorageError> {
    for address in &record.addresses {
        db.prepare_cached("INSERT OR IGNORE INTO member_addresses (ppr, email) VALUES (?1, ?2)")?
            .execute((&record.member.ppr, address))?;
        if record.member.kind == MemberKind::Active
            && let Some((_, domain)) = address.split_once('@')
        {
            content::add_domain(db, domain)?;
        }
    }
    Ok(())
}

/// Finds the payroll number on file that a typed one means: the same number, with or without the zeros before it, if one
/// member alone has it. One statement, whether or not anybody has it.
pub(crate) fn resolve_ppr(db: &Connection, typed: &str) -> Result<Option<String>, StorageError> {
    let mut query = db.prepare_cached("SELECT ppr FROM members WHERE ltrim(ppr, '0') = ?1")?;
    let rows = query.query_map([significant_ppr(typed)], |row| row.get(0))?;
    let found: Vec<String> = rows.collect::<Result<_, _>>()?;
    Ok(match found.as_slice() {
        [only] => Some(only.clone()),
        _ => found.into_iter().find(|ppr| ppr == typed),
    })
}

/// Returns the number under which attempts for a number of no member are counted, alike for every spelling. It is longer than
/// any payroll number.
pub(crate) fn unknown_ppr(typed: &str) -> String {
    format!("{:0>10}", significant_ppr(typed))
}

/// Finds the member with this payroll number.
pub(crate) fn find(db: &Connection, ppr: &str) -> Result<Option<MemberRecord>, StorageError> {
    let addresses = addresses(db, ppr)?;
    let found = db
        .prepare_cached("SELECT kind, cin, pension_number, name_ar, name_fr FROM members WHERE ppr = ?1")?
        .query_row([ppr], |row| {
            Ok(MemberRecord {
                member: Member {
                    ppr: ppr.to_owned(),
                    kind: stored_kind(row.get_ref(0)?.as_str()?),
                    name: LocalizedText { ar: row.get(3)?, fr: row.get(4)? },
                    password_identifiers: Vec::new(),
                },
                cin: row.get(1)?,
                pension_number: row.get(2)?,
                addresses,
                family: None,
            })
        });
    Ok(found.optional()?)
}

fn addresses(db: &Connection, ppr: &str) -> Result<Vec<String>, StorageError> {
    let mut query = db.prepare_cached("SELECT email FROM member_addresses WHERE ppr = ?1 ORDER BY email")?;
    let rows = query.query_map([ppr], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use fos_fuzz::{Mutation, mutate};

    use super::*;

    /// Fuzz target: a file of a spreadsheet, however it was saved.
    #[test]
    fn a_fuzzed_import_is_read_or_refused() {
        const FILE: &str = "ppr;kind;cin;pension_number;name_ar;name_fr;emails\n\
            0123456;active;AB123456;;عضو تجريبي;Membre Essai;membre.essai@finances.test autre@finances.test\n\
            0765432;retired;CD654321;88/4521;\"عضو \"\"ثان\"\"\";Membre Deux;membre.deux@poste.test\n";
        assert!(read_csv("members.csv", FILE).is_ok_and(|records| records.len() == 2));
        bolero::check!().with_type::<Vec<Mutation>>().for_each(|mutations| {
            for record in read_csv("members.csv", &mutate(FILE, mutations)).unwrap_or_default() {
                assert!(fos_rules::identifiers::is_ppr(&record.member.ppr), "{}", record.member.ppr);
                assert!(fos_rules::identifiers::is_cin(&record.cin), "{}", record.cin);
            }
        });
    }
}
