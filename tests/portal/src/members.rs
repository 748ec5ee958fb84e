//! The members on file: who they are, and the addresses mail may go to.

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    desk,
    family::{self, Person},
    formats,
    problem::Code,
    seed::{BothLanguages, SeedError},
    store::StoreError,
};

/// The seed's file.
pub(crate) const FILE: &str = "members.toml";

/// In service, or retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// In service.
    Active,
    /// Retired.
    Retired,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }

    pub(crate) fn from_str(text: &str) -> Self {
        if text == "retired" { Self::Retired } else { Self::Active }
    }
}

/// A member, as the app shows them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Member {
    /// The payroll number.
    #[schema(example = "0123456")]
    pub(crate) ppr: String,
    /// In service, or retired.
    pub(crate) kind: Kind,
    /// The member's name.
    pub(crate) name: BothLanguages,
}

/// What proves that the one who asks is the member; compared with the file, never shown.
pub(crate) struct OnFile {
    pub(crate) member: Member,
    pub(crate) cin: String,
    pub(crate) pension_number: Option<String>,
    pub(crate) addresses: Vec<String>,
    /// The persons of the family, where the file that is read has them; those on file are read by `family::of`.
    pub(crate) family: Option<Vec<Person>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MembersFile {
    member: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    ppr: String,
    kind: Kind,
    cin: String,
    pension_number: Option<String>,
    name: BothLanguages,
    emails: Vec<String>,
    family: Option<Vec<Person>>,
}

/// Reads a members' file in TOML, as the seed has it, and checks every line of it.
pub(crate) fn read_toml(file: &str, text: &str) -> Result<Vec<OnFile>, SeedError> {
    let parsed: MembersFile = toml::from_str(text).map_err(|error| SeedError::content(file, &error))?;
    parsed.member.into_iter().map(|entry| check(file, entry)).collect()
}

/// A line of a members' file in CSV.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    ppr: String,
    kind: Kind,
    cin: String,
    pension_number: Option<String>,
    name_ar: String,
    name_fr: String,
    /// With spaces between.
    emails: String,
}

/// Reads a members' file in CSV, with a line of headings, and checks every line of it. Spreadsheets set to French part
/// the columns by semicolons, and some begin the file with a mark.
pub(crate) fn read_csv(file: &str, text: &str) -> Result<Vec<OnFile>, SeedError> {
    let text = text.trim_start_matches('\u{FEFF}');
    let headings = text.lines().next().unwrap_or_default();
    let delimiter = if headings.contains(';') { b';' } else { b',' };
    let mut lines = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let entry = |line: Line| Entry {
        ppr: line.ppr,
        kind: line.kind,
        cin: line.cin,
        pension_number: line.pension_number.filter(|number| !number.is_empty()),
        name: BothLanguages { ar: line.name_ar, fr: line.name_fr },
        emails: line.emails.split_whitespace().map(str::to_owned).collect(),
        family: None,
    };
    lines
        .deserialize()
        .map(|line| check(file, entry(line.map_err(|error| SeedError::content(file, &error))?)))
        .collect()
}

fn check(file: &str, entry: Entry) -> Result<OnFile, SeedError> {
    let typed = entry.ppr.clone();
    let wrong = |field: &str| {
        let reason = format!("member {typed}: {field} is missing or not of its form");
        move |_: Code| SeedError::content(file, &reason)
    };
    if entry.kind == Kind::Retired && entry.pension_number.is_none() {
        return Err(wrong("pension_number")(Code::Required));
    }
    if let Some(fault) = entry.family.as_deref().and_then(family::fault) {
        return Err(wrong(fault)(Code::Format));
    }
    Ok(OnFile {
        family: entry.family,
        cin: formats::cin(&entry.cin).map_err(wrong("cin"))?,
        pension_number: entry
            .pension_number
            .map(|number| formats::pension_number(&number).map_err(wrong("pension_number")))
            .transpose()?,
        addresses: entry
            .emails
            .iter()
            .map(|email| formats::email(email).map_err(wrong("emails")))
            .collect::<Result<_, _>>()?,
        member: Member {
            ppr: formats::ppr(&entry.ppr).map_err(wrong("ppr"))?,
            kind: entry.kind,
            name: entry.name,
        },
    })
}

/// The name of a member on file.
pub(crate) fn name(db: &Connection, ppr: &str) -> Result<BothLanguages, StoreError> {
    let name = db
        .prepare_cached("SELECT name_ar, name_fr FROM members WHERE ppr = ?1")?
        .query_row([ppr], |row| Ok(BothLanguages { ar: row.get(0)?, fr: row.get(1)? }))?;
    Ok(name)
}

/// Adds a member who is not on file yet.
pub(crate) fn add_if_absent(db: &Transaction, on_file: &OnFile) -> Result<(), StoreError> {
    if find(db, &on_file.member.ppr)?.is_none() {
        keep(db, on_file)?;
        add_addresses(db, on_file)?;
    }
    Ok(())
}

/// Writes down who the member is, and the family where the file has it; account, passwords and sessions stay, also of
/// one who retires.
pub(crate) fn keep(db: &Transaction, on_file: &OnFile) -> Result<(), StoreError> {
    let member = &on_file.member;
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
        &on_file.cin,
        &on_file.pension_number,
        &member.name.ar,
        &member.name.fr,
    ))?;
    match &on_file.family {
        Some(persons) => family::keep(db, &member.ppr, persons),
        None => Ok(()),
    }
}

/// Adds the addresses to those on file. The list of professional domains is never authority (design §3): no active
/// member is turned away with an address that is on file, so its domain joins the list.
pub(crate) fn add_addresses(db: &Transaction, on_file: &OnFile) -> Result<(), StoreError> {
    for address in &on_file.addresses {
        db.prepare_cached("INSERT OR IGNORE INTO member_addresses (ppr, email) VALUES (?1, ?2)")?
            .execute((&on_file.member.ppr, address))?;
        if on_file.member.kind == Kind::Active
            && let Some((_, domain)) = address.split_once('@')
        {
            desk::add_domain(db, domain)?;
        }
    }
    Ok(())
}

/// The member with this payroll number.
pub(crate) fn find(db: &Connection, ppr: &str) -> Result<Option<OnFile>, StoreError> {
    let addresses = addresses(db, ppr)?;
    let found = db
        .prepare_cached("SELECT kind, cin, pension_number, name_ar, name_fr FROM members WHERE ppr = ?1")?
        .query_row([ppr], |row| {
            Ok(OnFile {
                member: Member {
                    ppr: ppr.to_owned(),
                    kind: Kind::from_str(row.get_ref(0)?.as_str()?),
                    name: BothLanguages { ar: row.get(3)?, fr: row.get(4)? },
                },
                cin: row.get(1)?,
                pension_number: row.get(2)?,
                addresses,
                family: None,
            })
        });
    Ok(found.optional()?)
}

fn addresses(db: &Connection, ppr: &str) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT email FROM member_addresses WHERE ppr = ?1 ORDER BY email")?;
    let rows = query.query_map([ppr], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
