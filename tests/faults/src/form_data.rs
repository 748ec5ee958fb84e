//! Values of each form as typed by the member and as stored by the portal. Both are written by hand here, so that the
//! core's conversion is checked and not copied.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Service whose form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Pilgrimage grant.
    Hajj,
    /// Travel certificate.
    Travel,
    /// Assistance for parents.
    Parents,
    /// Supplementary pension.
    Pension,
}

/// All services.
pub const SERVICES: [Service; 4] = [Service::Hajj, Service::Travel, Service::Parents, Service::Pension];

/// RIB with a valid check key.
const RIB: &str = "011780000012345678901296";

/// Revision of a work item's form. Its mark is part of the typed texts, so that no two revisions of a run are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision {
    /// Index of the work item.
    pub work: usize,
    /// Number of the revision, from 1.
    pub version: usize,
}

impl Revision {
    /// Returns the mark that the texts of this revision carry.
    pub fn mark(self) -> String {
        format!("{:03}-{:03}", self.work, self.version)
    }

    /// Returns the revision whose mark ends this text.
    pub fn from_text(text: &str) -> Option<Self> {
        let mark = text.get(text.len().checked_sub(7)?..)?;
        let (work, version) = mark.split_once('-')?;
        Some(Self { work: work.parse().ok()?, version: version.parse().ok()? })
    }
}

impl Service {
    /// Returns the service's id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hajj => "hajj-grant",
            Self::Travel => "travel-certificate",
            Self::Parents => "ascendants-assistance",
            Self::Pension => "supplementary-pension",
        }
    }

    /// Returns the service with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        SERVICES.into_iter().find(|service| service.id() == id)
    }

    /// Returns the fields whose texts carry the mark; the first is in the form's first section.
    pub fn marked_fields(self) -> &'static [&'static str] {
        match self {
            Self::Hajj => &["agency-name"],
            Self::Travel => &["other-country", "passport"],
            Self::Parents => &["father", "receipt"],
            Self::Pension => &["host", "named-person"],
        }
    }

    /// Returns the values typed by the member, in the form's order.
    pub fn input_values(self, revision: Revision) -> Vec<(String, String)> {
        let mark = revision.mark();
        let fields: Vec<(&str, String)> = match self {
            Self::Hajj => vec![
                ("lottery", "agency".into()),
                ("agency-name", format!("Agence {mark}")),
                ("drawn-on", "1/10/2026".into()),
                ("departure", "15/05/2027".into()),
                ("rib", RIB.into()),
                ("phone", phone(revision)),
                ("first-time", "true".into()),
                ("honour", "true".into()),
            ],
            Self::Travel => vec![
                ("traveller", "self".into()),
                ("country", "other".into()),
                ("other-country", format!("Pays {mark}")),
                ("period.from", "10/12/2026".into()),
                ("period.to", "20/12/2026".into()),
                ("purpose", "tourism".into()),
                ("passport", format!("ES {mark}")),
            ],
            Self::Parents => vec![
                ("whose", "mine".into()),
                ("father", format!("Père Essai {mark}")),
                ("city", "rabat".into()),
                ("receipt", format!("R {mark}")),
                ("paid", "140".into()),
                ("paid-on", "10/11/2026".into()),
                ("phone", phone(revision)),
            ],
            Self::Pension => vec![
                ("status", "seconded".into()),
                ("host", format!("Organisme {mark}")),
                ("directorate", "tax".into()),
                ("hired-on", "1/9/2010".into()),
                ("seniority", "16".into()),
                ("monthly-amount", "250,50".into()),
                ("from-month", "1/1/2027".into()),
                ("beneficiary-at-death", "named".into()),
                ("named-person", format!("Membre Essai {mark}")),
                ("rib", RIB.into()),
                ("phone", phone(revision)),
                ("deduction", "true".into()),
            ],
        };
        fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// Returns the values stored by the portal.
    pub fn stored_values(self, revision: Revision) -> Value {
        let mark = revision.mark();
        let phone = format!("+212{}", &phone(revision)[1..]);
        match self {
            Self::Hajj => json!({
                "lottery": "agency", "agency-name": format!("Agence {mark}"), "drawn-on": "2026-10-01",
                "departure": "2027-05-15", "rib": RIB, "phone": phone, "first-time": true, "honour": true,
            }),
            Self::Travel => json!({
                "traveller": "self", "country": "other", "other-country": format!("Pays {mark}"),
                "period": { "from": "2026-12-10", "to": "2026-12-20" }, "purpose": "tourism",
                "passport": format!("ES {mark}"),
            }),
            Self::Parents => json!({
                "whose": "mine", "father": format!("Père Essai {mark}"), "city": "rabat",
                "receipt": format!("R {mark}"), "paid": 14_000, "paid-on": "2026-11-10", "phone": phone,
            }),
            Self::Pension => json!({
                "status": "seconded", "host": format!("Organisme {mark}"), "directorate": "tax",
                "hired-on": "2010-09-01", "seniority": 16, "monthly-amount": 25_050, "from-month": "2027-01-01",
                "beneficiary-at-death": "named", "named-person": format!("Membre Essai {mark}"), "rib": RIB,
                "phone": phone, "deduction": true,
            }),
        }
    }

    /// Returns the SHA-256 of the stored values, as in the portal's audit log.
    pub fn sha256(self, revision: Revision) -> String {
        hash_values(&self.stored_values(revision))
    }
}

/// Returns the SHA-256 of the values as JSON without spaces and with keys in byte order (`tests/portal/README.md`).
pub fn hash_values(values: &Value) -> String {
    hex::encode(Sha256::digest(values.to_string()))
}

fn phone(revision: Revision) -> String {
    format!("06{:04}{:04}", revision.work, revision.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_recovered_from_its_texts() {
        let revision = Revision { work: 3, version: 12 };
        assert_eq!(Revision::from_text(&format!("Père Essai {}", revision.mark())), Some(revision));
        assert_eq!(Revision::from_text("Père"), None);
    }

    #[test]
    fn two_revisions_never_have_the_same_hash() {
        let of = |version| SERVICES.map(|service| service.sha256(Revision { work: 1, version }));
        let mut all = [of(1), of(2)].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2 * SERVICES.len());
    }

    #[test]
    fn object_keys_are_hashed_in_byte_order() {
        assert_eq!(json!({ "b": 1, "a": { "d": 2, "c": 3 } }).to_string(), r#"{"a":{"c":3,"d":2},"b":1}"#);
    }
}
