//! Persons of a member's family on file, for whom a request may be made.

use axum::{Extension, extract::State, http::HeaderMap, response::Response};
use fos_wire::{
    LocalizedText,
    family::{Family, Person, Relation},
    paths,
};
use rusqlite::{Connection, Transaction};

use crate::{
    app::App,
    auth::AuthSession,
    http::TaggedBody,
    problem::{Problem, ProblemType},
    storage::StorageError,
};

/// Reads the relation that the database holds.
fn stored_relation(text: &str) -> Relation {
    match text {
        "spouse" => Relation::Spouse,
        "child" => Relation::Child,
        _ => Relation::Ascendant,
    }
}

/// Returns the field at fault in the persons of one member, if any.
pub(crate) fn find_fault(persons: &[Person]) -> Option<&'static str> {
    let is_name =
        |id: &str| (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_twice = |position: usize, id: &str| persons[..position].iter().any(|person| person.id == id);
    persons.iter().enumerate().find_map(|(position, person)| {
        if !is_name(&person.id) || person.id == "self" || is_twice(position, &person.id) {
            Some("family.id")
        } else if person.name.ar.trim().is_empty() || person.name.fr.trim().is_empty() {
            Some("family.name")
        } else {
            None
        }
    })
}

/// Replaces the persons on file by `persons`.
pub(crate) fn replace(db: &Transaction, ppr: &str, persons: &[Person]) -> Result<(), StorageError> {
    db.prepare_cached("DELETE FROM family WHERE ppr = ?1")?.execute([ppr])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO family (ppr, id, position, relation, name_ar, name_fr, born)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, person) in (0_i64..).zip(persons) {
        let (name, born) = (&person.name, person.born.to_string());
        insert.execute((ppr, &person.id, position, person.relation.as_str(), &name.ar, &name.fr, born))?;
    }
    Ok(())
}

/// Loads the persons on file of this member.
pub(crate) fn load(db: &Connection, ppr: &str) -> Result<Vec<Person>, StorageError> {
    let mut query = db.prepare_cached(
        "SELECT id, relation, name_ar, name_fr, born FROM family WHERE ppr = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([ppr], |row| {
        let name = LocalizedText { ar: row.get(2)?, fr: row.get(3)? };
        Ok((row.get(0)?, stored_relation(row.get_ref(1)?.as_str()?), name, row.get::<_, String>(4)?))
    })?;
    rows.map(|row| {
        let (id, relation, name, born) = row?;
        let born = born.parse().map_err(StorageError::unreadable("a day of birth"))?;
        Ok(Person { id, relation, name, born })
    })
    .collect()
}

/// Returns the persons of the member's family on file.
#[utoipa::path(
    get, path = paths::FAMILY, tag = "requests", security(("session" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "Entity tag of the stored copy")),
    responses(
        (status = 200, description = "The persons, with a strong ETag", body = Family),
        (status = 304, description = "Not modified"),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`restricted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn family(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let persons = app.storage.transaction(move |db| load(db, &auth.ppr)).await?;
    Ok(TaggedBody::json(&Family { persons }).ok_or(ProblemType::Internal)?.respond_without_cache(&headers))
}
