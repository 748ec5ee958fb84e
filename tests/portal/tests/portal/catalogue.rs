//! The services space (guide step 8).

use serde_json::Value;

use crate::support::{Answer, MEMBER, World};

fn status<'a>(catalogue: &'a Value, id: &str) -> &'a Value {
    let services = catalogue["services"].as_array().unwrap();
    &services.iter().find(|service| service["id"] == id).unwrap()["status"]
}

#[tokio::test]
async fn services_open_and_close_by_themselves() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let november = world.get("/v1/services", session.token()).await.expect(200);
    assert_eq!(status(&november, "supplementary-pension"), "open");
    assert_eq!(status(&november, "hajj-grant"), "open");
    assert_eq!(status(&november, "summer-stays"), "announced");
    assert_eq!(status(&november, "social-loan"), "announced");
    assert_eq!(status(&november, "language-stays"), "closed");

    world.clock.set("2026-12-01T12:00:00Z".parse().unwrap());
    let refreshed = world.refresh(session.refresh_token()).await.expect(200);
    let token = refreshed["access_token"].as_str().unwrap();
    let december = world.get("/v1/services", token).await.expect(200);
    assert_eq!(status(&december, "hajj-grant"), "closed");
}

#[tokio::test]
async fn the_last_day_ends_at_midnight_in_morocco() {
    let world = World::new().await;
    // An hour ahead of UTC in that month: 15 May is over in Casablanca.
    world.clock.set("2026-05-15T23:30:00Z".parse().unwrap());
    let session = world.member(MEMBER).await;
    let catalogue = world.get("/v1/services", session.token()).await.expect(200);
    assert_eq!(status(&catalogue, "language-stays"), "closed");
}

#[tokio::test]
async fn a_catalogue_that_has_not_changed_is_not_sent_again() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let answer = world.get("/v1/services", session.token()).await;
    let tag = answer.header("etag").to_owned();
    let again = |token: String| {
        let request = world.request(reqwest::Method::GET, "/v1/services").bearer_auth(token);
        request.header("if-none-match", &tag).send()
    };
    let unchanged = Answer::read(again(session.token().to_owned()).await.unwrap()).await;
    assert_eq!(unchanged.status, 304);
    assert!(unchanged.bytes.is_empty());

    world.clock.set("2026-12-05T09:00:00Z".parse().unwrap());
    let refreshed = world.refresh(session.refresh_token()).await.expect(200);
    let token = refreshed["access_token"].as_str().unwrap().to_owned();
    let changed = Answer::read(again(token).await.unwrap()).await;
    assert_eq!(status(&changed.expect(200), "summer-stays"), "open");
}

#[tokio::test]
async fn what_is_not_known_is_absent() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let catalogue = world.get("/v1/services", session.token()).await.expect(200);
    for service in catalogue["services"].as_array().unwrap() {
        // Null says something of its own: for everyone.
        let mut fields = service.as_object().unwrap().iter().filter(|(name, _)| *name != "audience");
        assert!(fields.all(|(_, value)| !value.is_null()), "{service}");
        assert!(service["documents"].is_array(), "{service}");
    }
}
