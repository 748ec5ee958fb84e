//! What a member fills in, and what the portal then has on file: written down here by hand, so that the core's way from
//! the one to the other is checked and not copied.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A service whose form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// The pilgrimage's grant.
    Hajj,
    /// The certificate for a journey.
    Travel,
    /// The parents' assistance.
    Parents,
    /// The supplementary pension.
    Pension,
}

/// All of them.
pub const SERVICES: [Service; 4] = [Service::Hajj, Service::Travel, Service::Parents, Service::Pension];

/// A RIB whose key is right.
const RIB: &str = "011780000012345678901296";

/// One filling of a form. Texts in it name the piece of work, and the how many-th change
/// of it this is: no two fillings of a run are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Filling {
    /// The piece of work.
    pub work: usize,
    /// The how many-th change of it.
    pub version: usize,
}

impl Filling {
    /// What stands in its texts.
    pub fn mark(self) -> String {
        format!("{:03}-{:03}", self.work, self.version)
    }

    /// The filling that wrote this text.
    pub fn of_text(text: &str) -> Option<Self> {
        let mark = text.get(text.len().checked_sub(7)?..)?;
        let (work, version) = mark.split_once('-')?;
        Some(Self { work: work.parse().ok()?, version: version.parse().ok()? })
    }
}

impl Service {
    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hajj => "hajj-grant",
            Self::Travel => "travel-certificate",
            Self::Parents => "ascendants-assistance",
            Self::Pension => "supplementary-pension",
        }
    }

    /// The service of this id.
    pub fn named(id: &str) -> Option<Self> {
        SERVICES.into_iter().find(|service| service.id() == id)
    }

    /// The fields whose texts carry the mark, the first of them in the form's first section.
    pub fn marked(self) -> &'static [&'static str] {
        match self {
            Self::Hajj => &["agency-name"],
            Self::Travel => &["other-country", "passport"],
            Self::Parents => &["father", "receipt"],
            Self::Pension => &["host", "named-person"],
        }
    }

    /// What the member types, field by field, in the form's order.
    pub fn typed(self, filling: Filling) -> Vec<(String, String)> {
        let mark = filling.mark();
        let fields: Vec<(&str, String)> = match self {
            Self::Hajj => vec![
                ("lottery", "agency".into()),
                ("agency-name", format!("Agence {mark}")),
                ("drawn-on", "1/10/2026".into()),
                ("departure", "15/05/2027".into()),
                ("rib", RIB.into()),
                ("phone", phone(filling)),
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
                ("phone", phone(filling)),
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
                ("phone", phone(filling)),
                ("deduction", "true".into()),
            ],
        };
        fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// What the portal has on file of it.
    pub fn on_file(self, filling: Filling) -> Value {
        let mark = filling.mark();
        let phone = format!("+212{}", &phone(filling)[1..]);
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

    /// The SHA-256 of that, as the portal's audit log has it.
    pub fn sha256(self, filling: Filling) -> String {
        hash(&self.on_file(filling))
    }
}

/// Values as JSON without spaces, their keys in order of bytes, and of that the SHA-256 (`tests/portal/README.md`).
pub fn hash(values: &Value) -> String {
    hex::encode(Sha256::digest(values.to_string()))
}

fn phone(filling: Filling) -> String {
    format!("06{:04}{:04}", filling.work, filling.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filling_is_known_by_its_texts() {
        let filling = Filling { work: 3, version: 12 };
        assert_eq!(Filling::of_text(&format!("Père Essai {}", filling.mark())), Some(filling));
        assert_eq!(Filling::of_text("Père"), None);
    }

    #[test]
    fn two_fillings_never_have_the_same_hash() {
        let of = |version| SERVICES.map(|service| service.sha256(Filling { work: 1, version }));
        let mut all = [of(1), of(2)].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2 * SERVICES.len());
    }

    #[test]
    fn keys_are_hashed_in_order_of_bytes() {
        assert_eq!(json!({ "b": 1, "a": { "d": 2, "c": 3 } }).to_string(), r#"{"a":{"c":3,"d":2},"b":1}"#);
    }
}
