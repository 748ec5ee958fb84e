//! The members on file: who they are, and the addresses mail may go to.

use std::path::Path;

use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    formats,
    problem::Code,
    seed::{self, BothLanguages, SeedError},
    store::StoreError,
};

const FILE: &str = "members.toml";

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

    fn from_str(text: &str) -> Self {
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
}

impl OnFile {
    /// The domains of the addresses on the file of a member in service.
    pub(crate) fn professional_domains(&self) -> Vec<String> {
        let addresses = if self.member.kind == Kind::Active { self.addresses.as_slice() } else { &[] };
        addresses
            .iter()
            .filter_map(|address| address.split_once('@'))
            .map(|(_, host)| host.to_owned())
            .collect()
    }
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
}

/// Reads the members' file and checks every line of it.
pub(crate) fn read(seed: &Path) -> Result<Vec<OnFile>, SeedError> {
    let file: MembersFile = seed::read_toml(seed, FILE)?;
    file.member.into_iter().map(check).collect()
}

fn check(entry: Entry) -> Result<OnFile, SeedError> {
    let typed = entry.ppr.clone();
    let wrong = |field: &str| {
        let reason = format!("member {typed}: {field} is missing or not of its form");
        move |_: Code| SeedError::content(FILE, &reason)
    };
    if entry.kind == Kind::Retired && entry.pension_number.is_none() {
        return Err(wrong("pension_number")(Code::Required));
    }
    Ok(OnFile {
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

/// Brings the file into the database. Who turns from active to retired keeps the account; an address that left
/// the file gets no mail any more.
pub(crate) fn import(db: &Transaction, members: &[OnFile]) -> Result<(), StoreError> {
    for on_file in members {
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
        db.execute("DELETE FROM member_addresses WHERE ppr = ?1", [&member.ppr])?;
        for address in &on_file.addresses {
            db.prepare_cached("INSERT OR IGNORE INTO member_addresses (ppr, email) VALUES (?1, ?2)")?
                .execute((&member.ppr, address))?;
        }
    }
    Ok(())
}

/// The member with this payroll number.
pub(crate) fn find(db: &Transaction, ppr: &str) -> Result<Option<OnFile>, StoreError> {
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
            })
        });
    Ok(found.optional()?)
}

fn addresses(db: &Transaction, ppr: &str) -> Result<Vec<String>, StoreError> {
    let mut query = db.prepare_cached("SELECT email FROM member_addresses WHERE ppr = ?1 ORDER BY email")?;
    let rows = query.query_map([ppr], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
