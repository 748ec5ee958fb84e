//! Catalogue in memory, folded for search at the first search. Two hundred services are scanned at each keystroke: an
//! index would cost more bytes than it saves time.

use std::sync::OnceLock;

use fos_wire::service::{Catalogue, CircularKind, Service};

use crate::api::parse_json_text;
use crate::error::Error;
use crate::i18n::{fold_for_search, fold_query};

pub(crate) struct CatalogueIndex {
    #[expect(clippy::vec_box, reason = "sorting moves pointers, not whole services")]
    entries: Vec<Box<Entry>>,
}

struct Entry {
    service: Service,
    /// Folded text, made at the first search to keep the start fast.
    search_text: OnceLock<String>,
}

impl CatalogueIndex {
    pub(crate) fn parse(body: &str) -> Result<Self, Error> {
        let catalogue: Catalogue = parse_json_text(body)?;
        let entry = |service| Box::new(Entry { service, search_text: OnceLock::new() });
        let mut entries: Vec<Box<Entry>> = catalogue.services.into_iter().map(entry).collect();
        // Open services first, those that close soonest before the others; otherwise the portal's order.
        entries.sort_by_key(|entry| {
            let closes = entry.service.closes.unwrap_or(jiff::civil::Date::MAX);
            (entry.service.status, closes)
        });
        Ok(Self { entries })
    }

    pub(crate) fn service(&self, id: &str) -> Option<&Service> {
        self.entries.iter().map(|entry| &entry.service).find(|service| service.id == id)
    }

    /// Returns the categories that have a service, in the catalogue's order.
    pub(crate) fn categories(&self) -> Vec<&str> {
        let mut seen = Vec::new();
        for entry in &self.entries {
            if !seen.contains(&entry.service.category.as_str()) {
                seen.push(&entry.service.category);
            }
        }
        seen
    }

    /// Returns the services that contain every word of `text`, in either language or among the portal's keywords.
    pub(crate) fn matching<'a>(
        &'a self,
        text: &str,
        category: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Service> {
        let folded = fold_query(text);
        let of_category =
            move |entry: &&Entry| category.is_none_or(|wanted| entry.service.category == wanted);
        self.entries
            .iter()
            .map(Box::as_ref)
            .filter(of_category)
            .filter(move |entry| folded.split_whitespace().all(|word| entry.folded().contains(word)))
            .map(|entry| &entry.service)
    }
}

impl Entry {
    fn folded(&self) -> &str {
        self.search_text.get_or_init(|| {
            let Service { title, summary, circular, keywords, .. } = &self.service;
            let circular = circular.as_ref();
            let kind = circular.map_or("", |circular| names_of(circular.kind));
            let number = circular.map_or("", |circular| circular.number.as_str());
            let (ar, fr) = keywords.as_ref().map_or(("", ""), |keywords| (&keywords.ar, &keywords.fr));
            fold_for_search(
                &[&title.ar, &title.fr, &summary.ar, &summary.fr, kind, number, ar, fr].join("\n"),
            )
        })
    }
}

/// Returns the names of a kind of announcement, by which it is searched in both languages at once.
fn names_of(kind: CircularKind) -> &'static str {
    match kind {
        CircularKind::Circular => "دورية Circulaire CIR",
        CircularKind::Notice => "إعلان Communiqué COM",
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn catalogue() -> CatalogueIndex {
        let service = |id: &str, status: &str, closes: &str, ar: &str, fr: &str, category: &str| {
            serde_json::json!({
                "id": id, "category": category, "icon": "mosque", "status": status,
                "title": {"ar": ar, "fr": fr}, "summary": {"ar": "ملخص", "fr": "résumé"},
                // An older portal has none, and one service of a newer one neither.
                "keywords": match id {
                    "summer-stay" => serde_json::json!({"ar": "عطلة", "fr": "vacances colonie d’été"}),
                    "hajj-grant" => serde_json::json!({"ar": "العمرة", "fr": "hajj"}),
                    _ => serde_json::Value::Null,
                },
                "closes": if closes.is_empty() { None } else { Some(closes) },
                "paper": {"kind": "circular", "number": "2/26"}, "documents": []
            })
        };
        let body = serde_json::json!({"services": [
            service("summer-stay", "announced", "", "الاصطياف", "Estivage", "travel"),
            service("attakmili", "open", "", "التقاعد التكميلي", "Retraite complémentaire", "retirement"),
            service("hajj-grant", "open", "2026-11-30", "منحة الحج", "Allocation de pèlerinage", "family"),
        ]});
        CatalogueIndex::parse(&body.to_string()).unwrap()
    }

    fn found(text: &str, category: Option<&str>) -> Vec<String> {
        catalogue().matching(text, category).map(|service| service.id.clone()).collect()
    }

    #[test]
    fn the_service_that_closes_soonest_comes_first() {
        assert_eq!(found("", None), ["hajj-grant", "attakmili", "summer-stay"]);
    }

    #[test]
    fn each_category_stands_once_in_the_order_of_its_services() {
        assert_eq!(catalogue().categories(), ["family", "retirement", "travel"]);
    }

    #[test]
    fn a_service_is_found_in_either_language_whatever_the_spelling() {
        assert_eq!(found("منحه", None), ["hajj-grant"]);
        assert_eq!(found("PELERINAGE alloc", None), ["hajj-grant"]);
        assert_eq!(found("٢/٢٦", Some("travel")), ["summer-stay"]);
        assert_eq!(found("circulaire 2/26", Some("travel")), ["summer-stay"]);
        assert_eq!(found("دورية 2/26", Some("travel")), ["summer-stay"]);
        assert!(found("xyz", None).is_empty());
        assert_eq!(found("l'allocation d’pelerinage", None), ["hajj-grant"]);
        assert_eq!(found("retraite d'", None), ["attakmili"]);
    }

    #[test]
    fn a_service_is_found_by_the_portals_keywords() {
        for (typed, id) in [
            ("hajj", "hajj-grant"),
            ("عمره", "hajj-grant"),
            ("عطلة", "summer-stay"),
            ("العطلة", "summer-stay"),
            ("بالعطلة؟", "summer-stay"),
            ("colonies", "summer-stay"),
            ("vacances.", "summer-stay"),
            ("«colonie»", "summer-stay"),
            ("COLONIE", "summer-stay"),
            ("l'été", "summer-stay"),
        ] {
            assert_eq!(found(typed, None), [id], "{typed}");
        }
    }

    #[test]
    fn a_catalogue_of_an_older_portal_has_no_keywords() {
        let body = r#"{"services":[{"id":"a","category":"b","icon":"c","status":"open","documents":[],
            "title":{"ar":"ا","fr":"a"},"summary":{"ar":"ا","fr":"a"}}]}"#;
        assert!(CatalogueIndex::parse(body).unwrap().service("a").unwrap().keywords.is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_searched_without_a_panic(text in ".*", marks in "[dl'’´` ـ\u{200f}\u{2028}]{0,8}") {
            for text in [text, marks] {
                let _found = found(&text, None);
            }
        }
    }
}
