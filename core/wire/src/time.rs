//! Reads days and times (RFC 3339), with an error of one sentence. `jiff` would name each of its reasons, which are a
//! fiftieth of the library and interest nobody who reads a portal's response.

use std::borrow::Cow;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, Error};

pub(crate) fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    parse(&Cow::deserialize(from)?, "expected a day, as 2026-11-24")
}

pub(crate) fn optional_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<Cow<'_, str>>::deserialize(from)?;
    text.map(|text| parse(&text, "expected a day, as 2026-11-24")).transpose()
}

pub(crate) fn timestamp<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    parse(&Cow::deserialize(from)?, "expected a time, as 2026-11-24T09:00:00Z")
}

pub(crate) fn optional_timestamp<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<Cow<'_, str>>::deserialize(from)?;
    text.map(|text| parse(&text, "expected a time, as 2026-11-24T09:00:00Z")).transpose()
}

fn parse<T: FromStr, E: Error>(text: &str, expected: &str) -> Result<T, E> {
    text.parse().map_err(|_| E::custom(expected))
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use serde_json::{from_str, json};

    use super::*;
    use crate::charter::Charter;
    use crate::service::Catalogue;

    #[test]
    fn days_and_times_are_read_and_others_rejected_in_one_sentence() {
        let charter = |published: &str| {
            let text = json!({ "title": "", "articles": [], "sha256": "" });
            let body = json!({ "version": "1", "published": published, "texts": { "ar": text, "fr": text } });
            from_str::<Charter>(&body.to_string())
        };
        assert_eq!(charter("2026-11-24").unwrap().published, civil::date(2026, 11, 24));
        let rejected = charter("24/11/2026").unwrap_err().to_string();
        assert!(rejected.starts_with("expected a day, as 2026-11-24 at line"), "{rejected}");
    }

    #[test]
    fn an_optional_day_may_be_absent_or_null() {
        let text = json!({ "ar": "", "fr": "" });
        let service = |more: serde_json::Value| {
            let mut service = json!({
                "id": "a", "category": "b", "icon": "c", "title": text, "summary": text, "status": "open"
            });
            service.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            from_str::<Catalogue>(&json!({ "services": [service] }).to_string())
                .map(|mut read| read.services.remove(0))
        };
        assert_eq!(service(json!({})).unwrap().closes, None);
        assert_eq!(service(json!({ "closes": null })).unwrap().closes, None);
        assert_eq!(
            service(json!({ "closes": "2026-11-30" })).unwrap().closes,
            Some(civil::date(2026, 11, 30))
        );
        assert!(service(json!({ "closes": "soon" })).is_err());
    }
}
