//! Password requests, «Récupérer mot de passe» (guide steps 2 to 4).
//!
//! The absence of an email is proved by a later request whose email is the next to arrive: the queue keeps its order.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD, RETIREE};
use serde_json::{Value, json};

use crate::support::{PortalFixture, password_request_of};

fn changed(ppr: &str, field: &str, value: &str) -> Value {
    let mut request = password_request_of(ppr);
    request[field] = value.into();
    request
}

/// Asserts that `request` is answered like any other, and that the next email is for another member.
async fn assert_no_email(fixture: &PortalFixture, request: &Value, next: &str) {
    fixture.request_password(request).await.expect(202);
    fixture.mailed_password(next).await;
}

#[tokio::test]
async fn every_password_request_gets_the_same_bytes() {
    let fixture = PortalFixture::new().await;
    let mut answers = Vec::new();
    for request in [
        password_request_of(MEMBER),
        changed(MEMBER, "cin", "AB999999"),
        changed(MEMBER, "ppr", "999999999"),
        password_request_of(MEMBER),
        password_request_of(RETIREE),
    ] {
        let mut answer = fixture.request_password(&request).await;
        answer.headers.remove("date");
        let headers: Vec<_> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        answers.push((answer.status, headers, answer.bytes));
    }
    assert_eq!(answers[0].2, b"{}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_wrong_cin_gets_the_same_response_and_no_email() {
    let fixture = PortalFixture::new().await;
    assert_no_email(&fixture, &changed(MEMBER, "cin", "AB654321"), COLLEAGUE).await;
}

#[tokio::test]
async fn a_ministry_address_that_is_not_on_file_gets_no_email() {
    let fixture = PortalFixture::new().await;
    let elsewhere = changed(COLLEAGUE, "email", "autre.essai@finances.test");
    assert_no_email(&fixture, &elsewhere, MEMBER).await;
    let of_a_colleague = changed(RETIREE, "email", "collegue.essai@finances.test");
    assert_no_email(&fixture, &of_a_colleague, COLLEAGUE).await;
}

#[tokio::test]
async fn a_wrong_pension_number_gets_no_email() {
    let fixture = PortalFixture::new().await;
    assert_no_email(&fixture, &changed(RETIREE, "pension_number", "88/4522"), MEMBER).await;
}

#[tokio::test]
async fn a_pension_number_written_otherwise_is_the_same_number() {
    let fixture = PortalFixture::new().await;
    for number in ["88-4521", "884521", "88 4521", "٨٨/٤٥٢١", "88\u{2013}4521", "088.4521"] {
        fixture.request_password(&changed(RETIREE, "pension_number", number)).await.expect(202);
        assert_eq!(fixture.mail().await.to, ["retraite.essai@mail.test"], "{number}");
        fixture.advance_clock(120);
    }
    assert_no_email(&fixture, &changed(RETIREE, "pension_number", "88/45210"), MEMBER).await;
}

#[tokio::test]
async fn a_payroll_number_with_other_zeros_before_it_is_the_same_number() {
    let fixture = PortalFixture::new().await;
    for ppr in ["123456", "00123456", "١٢٣٤٥٦"] {
        fixture.request_password(&changed(MEMBER, "ppr", ppr)).await.expect(202);
        let mail = fixture.mail().await;
        assert_eq!(mail.to, ["membre.essai@finances.test"], "{ppr}");
        let session = fixture.session(ppr, &mail.password().unwrap()).await;
        assert_eq!(session.body["member"]["ppr"], MEMBER, "{ppr}");
        fixture.advance_clock(120);
    }
    assert_no_email(&fixture, &changed(MEMBER, "ppr", "1234560"), COLLEAGUE).await;
}

#[tokio::test]
async fn numbers_that_differ_by_zeros_alone_are_told_apart_by_them() {
    let fixture = PortalFixture::new().await;
    let file = "ppr,kind,cin,pension_number,name_ar,name_fr,emails\n\
        123456,active,AB123456,,عضو تجربة,Membre Essai,autre.essai@finances.test\n";
    fixture.run_command(&format!("members import --yes {}", fixture.file("twin.csv", file))).unwrap();
    let twin = |ppr: &str| {
        let mut request = changed(MEMBER, "ppr", ppr);
        request["email"] = "autre.essai@finances.test".into();
        request
    };
    fixture.request_password(&twin("123456")).await.expect(202);
    assert_eq!(fixture.mail().await.to, ["autre.essai@finances.test"]);
    // Either of them, so neither.
    assert_no_email(&fixture, &twin("00123456"), MEMBER).await;
    let password = fixture.mailed_password(COLLEAGUE).await;
    fixture.sign_in("00123456", &password).await.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_mailed_password_is_read_as_it_is_typed_from_another_screen() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    let arabic: String = password
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x0660 + digit)).unwrap_or(c))
        .collect();
    let full_width: String =
        password.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
    for typed in [
        password.to_uppercase(),
        password.replace('-', ""),
        password.replace('-', " "),
        password.replace('-', "\u{2013}"),
        password.replace('-', "\u{2011}").to_uppercase(),
        format!(" {password}\u{200f}\n"),
        format!("«\u{a0}{password}\u{a0}»."),
        arabic,
        full_width,
    ] {
        // Five wrong ones would block the sixth: no guess is counted.
        fixture.session(MEMBER, &typed).await;
    }
    let mut wrong = password.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '2' { '3' } else { '2' });
    fixture.sign_in(MEMBER, &wrong).await.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_password_request_with_the_wrong_kind_gets_no_email() {
    let fixture = PortalFixture::new().await;
    let mut request = password_request_of(MEMBER);
    request["kind"] = "retired".into();
    request["pension_number"] = "88/4521".into();
    assert_no_email(&fixture, &request, COLLEAGUE).await;
}

#[tokio::test]
async fn a_typing_error_does_not_delay_the_right_request() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&changed(MEMBER, "cin", "AB123465")).await.expect(202);
    fixture.mailed_password(MEMBER).await;
}

#[tokio::test]
async fn a_second_request_within_two_minutes_sends_no_email() {
    let fixture = PortalFixture::new().await;
    let first = fixture.mailed_password(MEMBER).await;
    fixture.advance_clock(119);
    assert_no_email(&fixture, &password_request_of(MEMBER), COLLEAGUE).await;
    fixture.session(MEMBER, &first).await;
    fixture.advance_clock(1);
    fixture.mailed_password(MEMBER).await;
}

#[tokio::test]
async fn a_password_asked_for_again_within_half_an_hour_is_the_same() {
    let fixture = PortalFixture::new().await;
    let first = fixture.mailed_password(MEMBER).await;
    for _ in 0..9 {
        fixture.advance_clock(3 * 60);
        assert_eq!(fixture.mailed_password(MEMBER).await, first);
    }
    fixture.session(MEMBER, &first).await;
    fixture.advance_clock(3 * 60);
    // Ten emails within a day are enough.
    assert_no_email(&fixture, &password_request_of(MEMBER), COLLEAGUE).await;
    fixture.session(MEMBER, &first).await;
    fixture.advance_clock(24 * 60 * 60);
    assert_ne!(fixture.mailed_password(MEMBER).await, first);
    let stored = fixture.stored_bytes();
    fixture.advance_clock(2 * 60 * 60);
    assert!(!stored.windows(first.len()).any(|bytes| bytes == first.as_bytes()));
}

#[tokio::test]
async fn another_address_of_the_member_gets_a_password_of_its_own() {
    let fixture = PortalFixture::new().await;
    let line =
        "0123456,active,AB123456,,عضو تجربة,Membre Essai,membre.essai@finances.test membre@mail.test\n";
    let file = format!("ppr,kind,cin,pension_number,name_ar,name_fr,emails\n{line}");
    fixture.run_command(&format!("members import {}", fixture.file("members.csv", file))).unwrap();
    fixture.mail().await;
    let first = fixture.mailed_password(MEMBER).await;
    fixture.advance_clock(180);
    fixture.request_password(&changed(MEMBER, "email", "membre.essai@finances.test")).await.expect(202);
    assert_eq!(fixture.mail().await.password().unwrap(), first);
    fixture.advance_clock(180);
    let mut other = password_request_of(MEMBER);
    other["email"] = "membre@mail.test".into();
    fixture.request_password(&other).await.expect(202);
    assert_ne!(fixture.mail().await.password().unwrap(), first);
}

#[tokio::test]
async fn a_password_request_needs_a_proof_of_work() {
    let fixture = PortalFixture::new().await;
    let without = password_request_of(MEMBER);
    let refused = fixture.post("/v1/password-requests", &without).await;
    assert_eq!(refused.expect_problem(422, "captcha")["detail"], "missing");
    let mut request = password_request_of(MEMBER);
    request["captcha"] = fixture.captcha().await;
    fixture.request_password(&request).await.expect(202);
    assert_eq!(fixture.mail().await.to, ["membre.essai@finances.test"]);
    let refused = fixture.request_password(&request).await;
    assert_eq!(refused.expect_problem(422, "captcha")["detail"], "spent");
    // Invalid fields are named without spending the proof.
    let mut invalid = password_request_of(MEMBER);
    invalid["captcha"] = fixture.captcha().await;
    invalid["cin"] = "".into();
    fixture.request_password(&invalid).await.expect_fields(&[("cin", "required")]);
    invalid["cin"] = "AB123456".into();
    fixture.request_password(&invalid).await.expect(202);
}

#[tokio::test]
async fn requests_that_mail_nothing_are_counted_and_fill_no_log() {
    let fixture = PortalFixture::new().await;
    let lines = || fixture.run_command("audit --limit 1000").unwrap().lines().count();
    let before = lines();
    for number in 0..40 {
        fixture
            .request_password(&changed(MEMBER, "ppr", &format!("{}", 9_000_000 + number)))
            .await
            .expect(202);
    }
    for _ in 0..3 {
        fixture.request_password(&changed(MEMBER, "cin", "AB654321")).await.expect(202);
    }
    fixture.mailed_password(COLLEAGUE).await;
    assert!(lines() <= before + 5, "{}", fixture.run_command("audit --limit 1000").unwrap());
    let shown = fixture.run_command("members show 0123456").unwrap();
    assert!(shown.contains("password request(s), last 2026-11-24T09:00:00Z"), "{shown}");
}

#[tokio::test]
async fn a_mailed_password_signs_in_again_until_24_hours_have_passed() {
    let fixture = PortalFixture::new().await;
    let password = fixture.mailed_password(MEMBER).await;
    fixture.session(MEMBER, &password).await;
    fixture.advance_clock(24 * 60 * 60 - 1);
    fixture.session(MEMBER, &password).await;
    fixture.advance_clock(1);
    fixture.sign_in(MEMBER, &password).await.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_mailed_password_is_replaced_by_the_next_one() {
    let fixture = PortalFixture::new().await;
    let first = fixture.mailed_password(MEMBER).await;
    fixture.advance_clock(30 * 60);
    let second = fixture.mailed_password(MEMBER).await;
    fixture.sign_in(MEMBER, &first).await.expect_problem(401, "credentials");
    fixture.session(MEMBER, &second).await;
}

#[tokio::test]
async fn a_password_request_changes_nothing_until_a_new_password_is_set() {
    let fixture = PortalFixture::new().await;
    let before = fixture.member(MEMBER).await;
    fixture.advance_clock(120);
    let mailed = fixture.mailed_password(MEMBER).await;
    fixture.get("/v1/services", before.token()).await.expect(200);
    let with_old_password = fixture.session(MEMBER, PASSWORD).await;
    let with_mailed = fixture.session(MEMBER, &mailed).await;
    fixture.get("/v1/services", with_old_password.token()).await.expect(200);
    assert_eq!(with_mailed.body["password_due"], true);
    assert_eq!(with_mailed.body["charter_due"], false);
    fixture.get("/v1/services", with_mailed.token()).await.expect_problem(403, "restricted");

    let new = "une autre phrase à retenir";
    fixture.set_password(&with_mailed, &json!({ "new": new })).await.expect(200);
    for ended in [&before, &with_old_password] {
        fixture.get("/v1/services", ended.token()).await.expect_problem(401, "session");
        fixture.refresh(ended.refresh_token()).await.expect_problem(401, "session");
    }
    fixture.get("/v1/services", with_mailed.token()).await.expect(200);
    for ended in [PASSWORD, &mailed] {
        fixture.sign_in(MEMBER, ended).await.expect_problem(401, "credentials");
    }
    fixture.session(MEMBER, new).await;
}

#[tokio::test]
async fn invalid_fields_are_named() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&json!({})).await.expect_fields(&[
        ("kind", "required"),
        ("ppr", "required"),
        ("cin", "required"),
        ("email", "required"),
    ]);
    let retired = json!({ "kind": "retired", "ppr": "12", "cin": "123", "email": "nobody" });
    fixture.request_password(&retired).await.expect_fields(&[
        ("ppr", "format"),
        ("cin", "format"),
        ("email", "format"),
        ("pension_number", "required"),
    ]);
}

#[tokio::test]
async fn an_address_outside_the_professional_domains_is_rejected() {
    let fixture = PortalFixture::new().await;
    let private = changed(MEMBER, "email", "membre.essai@mail.test");
    fixture.request_password(&private).await.expect_fields(&[("email", "unknown-domain")]);
}
