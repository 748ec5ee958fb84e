//! What the foundation's desk writes by hand.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{MEMBER, World};

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c))
}

/// Walks every text of `value` that stands as `{ar, fr}`.
fn each_text(value: &Value, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(object) => {
            if let (Some(Value::String(ar)), Some(Value::String(fr))) = (object.get("ar"), object.get("fr")) {
                visit(ar, fr);
            }
            object.values().for_each(|value| each_text(value, visit));
        }
        Value::Array(array) => array.iter().for_each(|value| each_text(value, visit)),
        _ => {}
    }
}

#[tokio::test]
async fn every_text_of_the_catalogue_stands_in_both_languages() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let catalogue = world.get("/v1/services", session.token()).await.expect(200);
    let mut texts = 0;
    each_text(&catalogue, &mut |ar, fr| {
        assert!(is_arabic(ar), "{ar}");
        assert!(!fr.is_empty() && !is_arabic(fr), "{fr}");
        texts += 1;
    });
    assert!(texts > 40, "{texts}");
}

#[tokio::test]
async fn the_charter_says_the_same_articles_in_both_languages() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let charter = world.get("/v1/charter", session.token()).await.expect(200);
    let articles = |language: &str| charter["texts"][language]["articles"].as_array().unwrap().clone();
    let (ar, fr) = (articles("ar"), articles("fr"));
    assert!((6..=8).contains(&ar.len()));
    assert_eq!(ar.len(), fr.len());
    for (number, (ar, fr)) in (1..).zip(ar.iter().zip(&fr)) {
        let (ar_heading, fr_heading) = (ar["heading"].as_str().unwrap(), fr["heading"].as_str().unwrap());
        assert!(ar_heading.starts_with(&format!("{number}. ")) && is_arabic(ar_heading), "{ar_heading}");
        assert!(fr_heading.starts_with(&format!("{number}. ")) && !is_arabic(fr_heading), "{fr_heading}");
        assert_eq!(ar["paragraphs"].as_array().unwrap().len(), fr["paragraphs"].as_array().unwrap().len());
    }
}

#[test]
fn members_on_file_are_fictitious_and_their_addresses_lead_nowhere() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed");
    let members = fs::read_to_string(seed.join("members.toml")).unwrap();
    let members: toml::Table = members.parse().unwrap();
    for member in members["member"].as_array().unwrap() {
        assert!(member["name"]["fr"].as_str().unwrap().contains("Essai"));
        assert!(member["name"]["ar"].as_str().unwrap().contains("تجربة"));
        for email in member["emails"].as_array().unwrap() {
            assert!(email.as_str().unwrap().ends_with(".test"));
        }
    }
    let domains: toml::Table =
        fs::read_to_string(seed.join("professional-domains.toml")).unwrap().parse().unwrap();
    let domains = domains["domains"].as_array().unwrap();
    assert!(domains.iter().all(|domain| domain.as_str().unwrap().ends_with(".test")));
}
