//! Password change (guide step 7).

use fos_support::seed::{MEMBER, PASSWORD, RETIREE};
use serde_json::json;

use crate::support::PortalFixture;

#[tokio::test]
async fn a_weak_new_password_is_rejected() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &mailed).await;
    for (new, code) in [
        (String::new(), "required"),
        ("onze carac.".to_owned(), "too-short"),
        ("é".repeat(129), "too-long"),
        ("mon numéro 0123456".to_owned(), "contains-identifier"),
        ("ma carte ab123456".to_owned(), "contains-identifier"),
        ("Membre.Essai 2026".to_owned(), "contains-identifier"),
        ("رقمي ٠١٢٣٤٥٦ هنا".to_owned(), "contains-identifier"),
        ("carte AB 123-456 ici".to_owned(), "contains-identifier"),
        ("membre essai 2026".to_owned(), "contains-identifier"),
        ("Abcabcabcabcabc".to_owned(), "common"),
        ("aaaaaaaaaaaaaaa".to_owned(), "common"),
        ("QWERTYUIOP123".to_owned(), "common"),
        ("marrakechmarrakech".to_owned(), "common"),
        ("Motdepasse!!2026".to_owned(), "common"),
        ("987654321098".to_owned(), "common"),
        ("café 012 34 56 noir".to_owned(), "contains-identifier"),
        (mailed, "same-as-before"),
    ] {
        fixture.set_password(&session, &json!({ "new": new })).await.expect_fields(&[("new", code)]);
    }
    let longest = format!("{}è", "é".repeat(127));
    fixture.set_password(&session, &json!({ "new": longest })).await.expect(200);
    fixture.session(MEMBER, &longest).await;
}

#[tokio::test]
async fn a_pension_number_is_rejected_as_a_password() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(RETIREE).await;
    let session = fixture.session(RETIREE, &mailed).await;
    let new = json!({ "new": "ma pension 88-4521" });
    fixture.set_password(&session, &new).await.expect_fields(&[("new", "contains-identifier")]);
}

#[tokio::test]
async fn twelve_characters_are_enough_in_any_script() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &mailed).await;
    fixture.set_password(&session, &json!({ "new": "شجرة الزيتون" })).await.expect(200);
    fixture.session(MEMBER, "شجرة الزيتون").await;
}

#[tokio::test]
async fn the_present_password_is_required_unless_one_was_mailed() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let new = "une autre phrase à retenir";
    fixture.set_password(&session, &json!({ "new": new })).await.expect_fields(&[("current", "required")]);
    let wrong = json!({ "new": new, "current": "pas le bon mot de passe" });
    fixture.set_password(&session, &wrong).await.expect_fields(&[("current", "wrong")]);
    let same = json!({ "new": PASSWORD, "current": PASSWORD });
    fixture.set_password(&session, &same).await.expect_fields(&[("new", "same-as-before")]);
    fixture.set_password(&session, &json!({ "new": new, "current": PASSWORD })).await.expect(200);
    fixture.session(MEMBER, new).await;
}

#[tokio::test]
async fn guesses_of_the_present_password_are_throttled() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let guess = json!({ "new": "une autre phrase à retenir", "current": "pas le bon mot de passe" });
    for _ in 0..5 {
        fixture.set_password(&session, &guess).await.expect_fields(&[("current", "wrong")]);
    }
    fixture.set_password(&session, &guess).await.expect_problem(429, "too-many");
}

#[tokio::test]
async fn a_password_set_before_the_charter_is_accepted_leaves_the_charter_due() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let session = fixture.session(MEMBER, &mailed).await;
    let changed = fixture.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
    assert_eq!(changed, json!({ "charter_due": true, "password_due": false }));
    fixture.get("/v1/services", session.token()).await.expect_problem(403, "restricted");
}
