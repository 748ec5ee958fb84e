//! «Récupérer mot de passe»: who gets mail, and who learns nothing (guide steps 2 to 4).
//!
//! That no mail was sent is shown by a later request whose mail is the next to arrive: the queue keeps its order.

use serde_json::{Value, json};

use crate::support::{CHOSEN, MEMBER, World, request_of};

const COLLEAGUE: &str = "0234567";
const RETIREE: &str = "0345678";

fn changed(ppr: &str, field: &str, value: &str) -> Value {
    let mut request = request_of(ppr);
    request[field] = value.into();
    request
}

/// `request` is answered like any other, and the next mail is for somebody else.
async fn nothing_is_sent(world: &World, request: &Value, next: &str) {
    world.ask(request).await.expect(202);
    world.mailed_password(next).await;
}

#[tokio::test]
async fn whoever_asks_gets_the_same_bytes() {
    let world = World::new().await;
    let mut answers = Vec::new();
    for request in [
        request_of(MEMBER),
        changed(MEMBER, "cin", "AB999999"),
        changed(MEMBER, "ppr", "999999999"),
        request_of(MEMBER),
        request_of(RETIREE),
    ] {
        let mut answer = world.ask(&request).await;
        answer.headers.remove("date");
        let headers: Vec<_> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        answers.push((answer.status, headers, answer.bytes));
    }
    assert_eq!(answers[0].2, b"{}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_wrong_cin_gets_the_same_answer_and_no_mail() {
    let world = World::new().await;
    nothing_is_sent(&world, &changed(MEMBER, "cin", "AB654321"), COLLEAGUE).await;
}

#[tokio::test]
async fn a_ministry_address_that_is_not_on_file_gets_no_mail() {
    let world = World::new().await;
    let elsewhere = changed(COLLEAGUE, "email", "autre.essai@finances.test");
    nothing_is_sent(&world, &elsewhere, MEMBER).await;
    let of_a_colleague = changed(RETIREE, "email", "collegue.essai@finances.test");
    nothing_is_sent(&world, &of_a_colleague, COLLEAGUE).await;
}

#[tokio::test]
async fn a_wrong_pension_number_gets_no_mail() {
    let world = World::new().await;
    nothing_is_sent(&world, &changed(RETIREE, "pension_number", "88/4522"), MEMBER).await;
}

#[tokio::test]
async fn a_retiree_who_asks_as_active_gets_no_mail() {
    let world = World::new().await;
    let mut request = request_of(MEMBER);
    request["kind"] = "retired".into();
    request["pension_number"] = "88/4521".into();
    nothing_is_sent(&world, &request, COLLEAGUE).await;
}

#[tokio::test]
async fn a_typing_error_does_not_delay_the_right_request() {
    let world = World::new().await;
    world.ask(&changed(MEMBER, "cin", "AB123465")).await.expect(202);
    world.mailed_password(MEMBER).await;
}

#[tokio::test]
async fn asked_twice_within_two_minutes_nothing_more_is_sent() {
    let world = World::new().await;
    let first = world.mailed_password(MEMBER).await;
    world.later(119);
    nothing_is_sent(&world, &request_of(MEMBER), COLLEAGUE).await;
    world.session(MEMBER, &first).await;
    world.later(1);
    let second = world.mailed_password(MEMBER).await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_mailed_password_signs_in_again_until_24_hours_have_passed() {
    let world = World::new().await;
    let password = world.mailed_password(MEMBER).await;
    world.session(MEMBER, &password).await;
    world.later(24 * 60 * 60 - 1);
    world.session(MEMBER, &password).await;
    world.later(1);
    world.sign_in(MEMBER, &password).await.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_mailed_password_is_replaced_by_the_next_one() {
    let world = World::new().await;
    let first = world.mailed_password(MEMBER).await;
    world.later(120);
    let second = world.mailed_password(MEMBER).await;
    world.sign_in(MEMBER, &first).await.expect_problem(401, "credentials");
    world.session(MEMBER, &second).await;
}

#[tokio::test]
async fn asking_changes_nothing_until_a_new_password_is_set() {
    let world = World::new().await;
    let before = world.member(MEMBER).await;
    world.later(120);
    let mailed = world.mailed_password(MEMBER).await;
    world.get("/v1/services", before.token()).await.expect(200);
    let with_old_password = world.session(MEMBER, CHOSEN).await;
    let with_mailed = world.session(MEMBER, &mailed).await;
    world.get("/v1/services", with_old_password.token()).await.expect(200);
    assert_eq!(with_mailed.body["password_due"], true);
    assert_eq!(with_mailed.body["charter_due"], false);
    world.get("/v1/services", with_mailed.token()).await.expect_problem(403, "restricted");

    let new = "une autre phrase à retenir";
    world.set_password(&with_mailed, &json!({ "new": new })).await.expect(200);
    for ended in [&before, &with_old_password] {
        world.get("/v1/services", ended.token()).await.expect_problem(401, "session");
        world.refresh(ended.refresh_token()).await.expect_problem(401, "session");
    }
    world.get("/v1/services", with_mailed.token()).await.expect(200);
    for ended in [CHOSEN, &mailed] {
        world.sign_in(MEMBER, ended).await.expect_problem(401, "credentials");
    }
    world.session(MEMBER, new).await;
}

#[tokio::test]
async fn values_not_of_their_form_are_named() {
    let world = World::new().await;
    world.ask(&json!({})).await.expect_fields(&[
        ("kind", "required"),
        ("ppr", "required"),
        ("cin", "required"),
        ("email", "required"),
    ]);
    let retired = json!({ "kind": "retired", "ppr": "12", "cin": "123", "email": "nobody" });
    world.ask(&retired).await.expect_fields(&[
        ("ppr", "format"),
        ("cin", "format"),
        ("email", "format"),
        ("pension_number", "required"),
    ]);
}

#[tokio::test]
async fn an_active_member_is_told_early_that_an_address_is_not_professional() {
    let world = World::new().await;
    let private = changed(MEMBER, "email", "membre.essai@mail.test");
    world.ask(&private).await.expect_fields(&[("email", "unknown-domain")]);
}
