//! Forms of services: reading and publishing.

use fos_support::seed::{MEMBER, RETIREE};
use serde_json::Value;

use crate::support::{ApiResponse, EVERY_FIELD_KIND, PortalFixture};

pub(crate) const WITH_FORMS: [&str; 6] = [
    "supplementary-pension",
    "hajj-grant",
    "ascendants-assistance",
    "summer-stays",
    "social-loan",
    "travel-certificate",
];

async fn form(fixture: &PortalFixture, id: &str, token: &str) -> ApiResponse {
    fixture.get(&format!("/v1/services/{id}/form"), token).await
}

fn fields(form: &Value) -> Vec<&Value> {
    let sections = form["sections"].as_array().unwrap();
    sections.iter().flat_map(|section| section["fields"].as_array().unwrap()).collect()
}

#[tokio::test]
async fn a_form_describes_every_field_to_draw() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let mut kinds = Vec::new();
    for id in WITH_FORMS {
        let form = form(&fixture, id, session.token()).await.expect(200);
        assert_eq!((&form["service"], &form["version"], &form["level"]), (&id.into(), &1.into(), &1.into()));
        for field in fields(&form) {
            assert!(field["required"].is_boolean() && field["label"]["ar"].is_string(), "{field}");
            assert!(field.as_object().unwrap().values().all(|value| !value.is_null()), "{field}");
            kinds.push(field["kind"].as_str().unwrap().to_owned());
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all = "beneficiary choice city date declaration integer long-text money period phone rib text wishes";
    assert_eq!(kinds.join(" "), all);
    let loan = form(&fixture, "social-loan", session.token()).await.expect(200);
    let instalment = serde_json::json!({ "amount": "amount", "months": "months", "rate": "0.02" });
    assert_eq!(loan["sections"][0]["instalment"], instalment);
}

#[tokio::test]
async fn an_unchanged_form_is_not_sent_again() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let answer = form(&fixture, "hajj-grant", session.token()).await;
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    let request = fixture.request(reqwest::Method::GET, "/v1/services/hajj-grant/form");
    let request = request.bearer_auth(session.token()).header("if-none-match", answer.header("etag"));
    let again = ApiResponse::read(request.send().await.unwrap()).await;
    assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
}

#[tokio::test]
async fn a_service_without_a_form_or_for_other_members_returns_not_found() {
    let fixture = PortalFixture::new().await;
    let active = fixture.member(MEMBER).await;
    let retired = fixture.member(RETIREE).await;
    for id in ["sport", "nothing", "%00", "retirees-day"] {
        form(&fixture, id, active.token()).await.expect_problem(404, "not-found");
    }
    form(&fixture, "supplementary-pension", retired.token()).await.expect_problem(404, "not-found");
    // Announced: a draft of a request may be prepared early.
    form(&fixture, "summer-stays", retired.token()).await.expect(200);
}

#[tokio::test]
async fn a_newer_form_applies_at_the_next_call() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    form(&fixture, "rail-travel", session.token()).await.expect_problem(404, "not-found");
    let publish =
        |text: &str| fixture.run_command(&format!("forms publish {}", fixture.file("form.toml", text)));
    assert_eq!(publish(EVERY_FIELD_KIND).unwrap(), "form rail-travel version 1 is in force\n");
    let first = form(&fixture, "rail-travel", session.token()).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(fields(&first.expect(200)).len(), 15);
    assert!(publish(EVERY_FIELD_KIND).unwrap_err().to_string().contains("already"));

    let second = EVERY_FIELD_KIND.replace("version = 1", "version = 3");
    publish(&second).unwrap();
    let newest = fixture.run_command("audit --limit 1").unwrap();
    assert!(newest.ends_with("operator: form rail-travel version 3 published\n"), "{newest}");
    let third = form(&fixture, "rail-travel", session.token()).await;
    assert_ne!(third.header("etag"), tag);
    assert_eq!(third.expect(200)["version"], 3);
    publish(&EVERY_FIELD_KIND.replace("version = 1", "version = 2")).unwrap_err();
    publish(&EVERY_FIELD_KIND.replace("rail-travel", "nothing")).unwrap_err();
}

#[tokio::test]
async fn a_form_written_under_the_earlier_names_is_published_under_the_present_ones() {
    let fixture = PortalFixture::new().await;
    let earlier =
        EVERY_FIELD_KIND.replace("max_length", "longest").replace("kind = \"integer\"", "kind = \"whole\"");
    assert_ne!(earlier, EVERY_FIELD_KIND);
    fixture.run_command(&format!("forms publish {}", fixture.file("form.toml", earlier))).unwrap();
    let session = fixture.member(MEMBER).await;
    let published = form(&fixture, "rail-travel", session.token()).await.expect(200).to_string();
    assert!(
        published.contains("max_length") && !published.contains("longest") && !published.contains("whole")
    );
}

#[tokio::test]
async fn an_invalid_form_is_rejected_with_the_name_of_its_field() {
    let fixture = PortalFixture::new().await;
    for (from, to, field) in [
        ("level = 1", "level = 2", "level"),
        ("version = 1", "version = 0", "version"),
        ("key = \"long-text\"", "key = \"text\"", "text: key"),
        ("key = \"text\"", "key = \"Text\"", "Text: key"),
        ("kind = \"phone\"", "kind = \"fax\"", "phone: "),
        ("kind = \"phone\"", "kind = \"phone\"\nmax_length = 3", "phone: "),
        ("max_length = 10\nlabel = { ar = \"نص\"", "label = { ar = \"نص\"", "text: "),
        (
            "max_length = 10\nlabel = { ar = \"نص\"",
            "max_length = 0\nlabel = { ar = \"نص\"",
            "text: max_length",
        ),
        ("fr = \"Texte\" }", "fr = \" \" }", "text: a text"),
        ("field = \"choice\", is = [\"b\"]", "field = \"choice\", is = [\"c\"]", "long-text: required_if"),
        ("is = [\"a\"]", "is = []", "city: visible_if"),
        ("field = \"choice\", is = [\"a\"]", "field = \"rib\", is = [\"a\"]", "city: visible_if"),
        ("field = \"choice\", is = [\"a\"]", "field = \"money\", is = [\"a\"]", "city: visible_if"),
        ("required = false\nrequired_if", "required = true\nrequired_if", "long-text: required_if"),
        ("key = \"b\", label", "key = \"a\", label", "choice: option a"),
        ("min = 100", "min = 300", "money: min"),
        ("max = 200", "max = 9007199254740993", "money: max"),
        ("from = \"today\", days = 0", "from = \"yesterday\", days = 0", "date: "),
        ("on = \"2027-07-01\"", "on = \"2027-07-32\"", "date: "),
        ("field = \"date\", days = 1", "field = \"period\", days = 1", "after: "),
        ("min = 1\nmax = 2", "min = 0\nmax = 2", "wishes: min"),
        ("min = 1\nmax = 2", "min = 1\nmax = 4", "wishes: max"),
        ("relations = [\"self\", \"child\"]", "relations = [\"cousin\"]", "beneficiary: "),
        ("amount = \"money\"", "amount = \"integer\"", "section all: instalment: amount"),
        ("min = 1\nmax = 9", "max = 9", "section all: instalment: months"),
        ("rate = \"0.02\"", "rate = \"2%\"", "section all: instalment: rate"),
        ("fr = \"Texte\" }", "fr = \"Texte\", es = \"Texto\" }", "text: unknown field label.es"),
        ("key = \"b\", label", "key = \"b\", note = \"\", label", "choice: unknown field options.1.note"),
        (
            "from = \"today\", days = 0",
            "from = \"today\", days = 0, on = \"2027-07-01\"",
            "date: unknown field on",
        ),
        ("visible_if = { field = \"beneficiary\"", "visible_when = { field = \"beneficiary\"", "school: "),
    ] {
        let text = EVERY_FIELD_KIND.replacen(from, to, 1);
        assert_ne!(text, EVERY_FIELD_KIND, "nothing to replace: {from}");
        let file = fixture.file("form.toml", text);
        let refusal = fixture.run_command(&format!("forms publish {file}")).unwrap_err().to_string();
        assert!(refusal.starts_with("form.toml: ") && refusal.contains(field), "{to}: {refusal}");
    }
}
