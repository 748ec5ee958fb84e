//! Members on file, as the operator maintains them.

use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD, RETIREE, SPOUSE, WITHOUT_ADDRESS};
use serde_json::json;

use crate::support::{PROPOSED, PortalFixture, password_request_of};

const HEADINGS: &str = "ppr,kind,cin,pension_number,name_ar,name_fr,emails\n";

fn csv(fixture: &PortalFixture, lines: &str) -> String {
    format!("members import {}", fixture.file("members.csv", format!("{HEADINGS}{lines}")))
}

#[tokio::test]
async fn a_member_who_retires_keeps_the_account() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let lines = "0123456,retired,AB123456,90/1234,عضو تجربة,Membre Essai,membre.essai@finances.test\n";
    assert!(fixture.run_command(&csv(&fixture, lines)).unwrap().contains("0 new, 1 known"));
    fixture.get("/v1/services", session.token()).await.expect(200);
    let again = fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(again.body["member"]["kind"], "retired");
    assert_eq!(again.body["charter_due"], false);
    let renewed = fixture.refresh(session.refresh_token()).await.expect(200);
    assert_eq!(renewed["member"]["kind"], "retired");
}

#[tokio::test]
async fn a_replaced_address_gets_no_email_and_the_new_one_does() {
    let fixture = PortalFixture::new().await;
    let lines = "0123456,active,AB123456,,عضو تجربة,Membre Essai,membre.essai@ailleurs.test\n";
    fixture.run_command(&csv(&fixture, lines)).unwrap();
    let email = fixture.mail().await;
    assert_eq!(email.to, ["membre.essai@finances.test"]);
    assert_eq!(email.password(), None);
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    // The list of professional domains does not contain this one; the file does.
    let mut request = password_request_of(MEMBER);
    request["email"] = "membre.essai@ailleurs.test".into();
    fixture.request_password(&request).await.expect(202);
    assert_eq!(fixture.mail().await.to, ["membre.essai@ailleurs.test"]);
}

#[tokio::test]
async fn an_import_is_all_or_nothing() {
    let fixture = PortalFixture::new().await;
    let good = "0700000,active,A700000,,عضو تجربة,Membre Essai,sept.essai@finances.test\n";
    for bad in [
        "0700001,active,700001,,عضو تجربة,Membre Essai,huit.essai@finances.test\n",
        "0700001,retired,A700001,,عضو تجربة,Membre Essai,\n",
        "0700001,active,A700001,,عضو تجربة,Membre Essai,huit.essai\n",
        "0700001,widowed,A700001,,عضو تجربة,Membre Essai,\n",
        "0700001,active\n",
        "700001.0,active,A700001,,عضو تجربة,Membre Essai,\n",
        "0700001,retired,A700001,884521.00,عضو تجربة,Membre Essai,\n",
        "0700001,active,A700001,,??? ?????,Membre Essai,\n",
        "0700001,active,A700001,,,Membre Essai,\n",
        "0700001,active,A700001,,عضو,Membre Essa\u{fffd}\n",
    ] {
        fixture.run_command(&csv(&fixture, &format!("{good}{bad}"))).unwrap_err();
    }
    fixture.run_command("members show 0700000").unwrap_err();
    fixture.run_command(&csv(&fixture, good)).unwrap();
    fixture.run_command("members show 0700000").unwrap();
}

#[tokio::test]
async fn a_file_from_a_french_spreadsheet_is_parsed() {
    let fixture = PortalFixture::new().await;
    let text = format!(
        "\u{FEFF}{}0700000;retired;A700000;91/0001;عضو تجربة;Membre Essai;\r\n",
        HEADINGS.replace(',', ";")
    );
    fixture.run_command(&format!("members import {}", fixture.file("members.csv", text))).unwrap();
    assert!(fixture.run_command("members show 0700000").unwrap().contains("0700000  retired"));
}

#[tokio::test]
async fn an_import_without_an_address_keeps_the_confirmed_one() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await.expect(202);
    fixture.mailed_password(COLLEAGUE).await;
    fixture.run_command(&format!("members address confirm {WITHOUT_ADDRESS} {PROPOSED}")).unwrap();
    fixture
        .run_command(&csv(&fixture, "0456789,retired,K456789,90/1234,متقاعدة تجربة,Retraitée Essai,\n"))
        .unwrap();
    assert_eq!(fixture.mail().await.to, [PROPOSED]);
    assert!(fixture.run_command("members show 0456789").unwrap().contains("r•••@mail.test"));
}

#[tokio::test]
async fn thousands_of_members_are_imported() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let line = |n: u32| {
        let emails =
            if n.is_multiple_of(2) { format!("m{n}@finances.test n{n}@mail.test") } else { String::new() };
        format!("{:07},retired,A{n},90/{n:04},عضو تجربة {n},Membre Essai {n},{emails}\n", 1_000_000 + n)
    };
    let lines = (0..3_500).map(line).collect::<Vec<_>>().concat();
    assert!(fixture.run_command(&csv(&fixture, &lines)).unwrap().contains("3500 new, 0 known"));
    assert!(fixture.run_command(&csv(&fixture, &lines)).unwrap().contains("0 new, 3500 known, 0 with other"));
    fixture.get("/v1/services", session.token()).await.expect(200);
    for n in [0, 1, 999, 1_000, 3_499] {
        let shown = fixture.run_command(&format!("members show {:07}", 1_000_000 + n)).unwrap();
        assert!(shown.contains(&format!("Membre Essai {n}\n")), "{shown}");
        assert_eq!(shown.contains(" m•••@finances.test n•••@mail.test"), n % 2 == 0, "{shown}");
    }
    let last = json!({ "kind": "retired", "ppr": "1003498", "cin": "A3498", "email": "m3498@finances.test",
        "pension_number": "90/3498" });
    fixture.request_password(&last).await.expect(202);
    assert_eq!(fixture.mail().await.to, ["m3498@finances.test"]);
}

#[tokio::test]
async fn a_retiree_without_an_address_proposes_one_and_waits_for_the_operator() {
    let fixture = PortalFixture::new().await;
    let usual = fixture.request_password(&password_request_of(MEMBER)).await;
    let answer = fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await;
    assert_eq!((answer.status, answer.bytes), (usual.status, usual.bytes));
    assert_eq!(fixture.mail().await.to, ["membre.essai@finances.test"]);
    fixture.mailed_password(COLLEAGUE).await;
    let waiting = fixture.run_command("members address list").unwrap();
    assert_eq!(waiting, format!("{WITHOUT_ADDRESS}  {PROPOSED}  2026-11-24T09:00:00Z\n"));

    fixture
        .run_command(&format!("members address confirm {WITHOUT_ADDRESS} autre.essai@mail.test"))
        .unwrap_err();
    fixture.run_command(&format!("members address confirm {WITHOUT_ADDRESS} {PROPOSED}")).unwrap();
    let mail = fixture.mail().await;
    assert_eq!(mail.to, [PROPOSED]);
    fixture.session(WITHOUT_ADDRESS, &mail.password().unwrap()).await;
    assert_eq!(fixture.run_command("members address list").unwrap(), "");
    fixture.advance_clock(120);
    fixture.mailed_password(WITHOUT_ADDRESS).await;
}

#[tokio::test]
async fn every_proposed_address_can_be_confirmed() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await.expect(202);
    fixture.mailed_password(COLLEAGUE).await;
    fixture.advance_clock(60);
    let mut other = password_request_of(WITHOUT_ADDRESS);
    other["email"] = "autre.essai@mail.test".into();
    fixture.request_password(&other).await.expect(202);
    fixture.mailed_password(MEMBER).await;
    let listed = fixture.run_command("members address list").unwrap();
    assert_eq!(
        listed,
        format!(
            "{WITHOUT_ADDRESS}  {PROPOSED}  2026-11-24T09:00:00Z\n\
             {WITHOUT_ADDRESS}  autre.essai@mail.test  2026-11-24T09:01:00Z\n"
        )
    );
    let shown = fixture.run_command(&format!("members show {WITHOUT_ADDRESS}")).unwrap();
    assert!(
        shown.contains("2: r•••@mail.test 2026-11-24T09:00:00Z, a•••@mail.test 2026-11-24T09:01:00Z"),
        "{shown}"
    );
    let log = fixture.run_command(&format!("audit --ppr {WITHOUT_ADDRESS}")).unwrap();
    assert!(log.contains("address proposed: r•••@mail.test"), "{log}");
    fixture.run_command(&format!("members address confirm {WITHOUT_ADDRESS} {PROPOSED}")).unwrap();
    assert_eq!(fixture.mail().await.to, [PROPOSED]);
    assert_eq!(fixture.run_command("members address list").unwrap(), "");
}

#[tokio::test]
async fn payroll_numbers_of_different_lengths_are_imported_after_a_confirmation() {
    let fixture = PortalFixture::new().await;
    let lines = "0700000,active,A700000,,عضو تجربة,Membre Essai,\n700001,active,A700001,,عضو تجربة,Membre Essai,\n\
        0700002,active,A700002,,عضو تجربة,Membre Essai,\n";
    let import = csv(&fixture, lines);
    let refusal = fixture.run_command(&import).unwrap_err().to_string();
    assert!(refusal.contains("1 of 6 digits, 2 of 7 digits") && refusal.contains("--yes"), "{refusal}");
    fixture.run_command("members show 0700000").unwrap_err();
    let printed = fixture.run_command(&format!("{import} --yes")).unwrap();
    assert!(printed.contains("1 of 6 digits, 2 of 7 digits") && printed.contains("3 new"), "{printed}");
    fixture.run_command("members show 0700000").unwrap();
}

#[tokio::test]
async fn numbers_that_a_spreadsheet_may_have_changed_are_imported_after_a_confirmation() {
    let fixture = PortalFixture::new().await;
    for (line, named) in [
        ("123456,active,AB123456,,عضو تجربة,Membre Essai,\n", "123456 is 0123456"),
        ("0700000,retired,A700000,OCT-88,عضو تجربة,Membre Essai,\n", "OCT-88"),
    ] {
        let import = csv(&fixture, line);
        let refusal = fixture.run_command(&import).unwrap_err().to_string();
        assert!(refusal.contains(named) && refusal.contains("--yes"), "{refusal}");
        let printed = fixture.run_command(&format!("{import} --yes")).unwrap();
        assert!(printed.contains(named) && printed.contains("1 new"), "{printed}");
    }
}

#[tokio::test]
async fn an_operator_may_write_a_payroll_number_as_members_do() {
    let fixture = PortalFixture::new().await;
    for typed in ["123456", "0123456", "٠١٢٣٤٥٦", "012-3456"] {
        assert!(
            fixture.run_command(&format!("members show {typed}")).unwrap().contains("0123456"),
            "{typed}"
        );
        fixture.run_command(&format!("sessions list {typed}")).unwrap();
    }
    let log = fixture.run_command("audit --ppr 123456").unwrap();
    assert!(log.contains("0123456"), "{log}");
    fixture.run_command("members show 999999").unwrap_err();
}

#[tokio::test]
async fn an_address_cannot_be_proposed_for_another_member() {
    let fixture = PortalFixture::new().await;
    let mut with_one = password_request_of(RETIREE);
    with_one["email"] = "autre.essai@mail.test".into();
    let mut wrong_pension = password_request_of(WITHOUT_ADDRESS);
    wrong_pension["pension_number"] = "90/1235".into();
    let mut wrong_cin = password_request_of(WITHOUT_ADDRESS);
    wrong_cin["cin"] = "K456788".into();
    let mut active = password_request_of(MEMBER);
    active["email"] = "autre.essai@finances.test".into();
    for request in [with_one, wrong_pension, wrong_cin, active] {
        fixture.request_password(&request).await.expect(202);
    }
    // The worker has processed all of them when this one's email arrives.
    fixture.mailed_password(COLLEAGUE).await;
    assert_eq!(fixture.run_command("members address list").unwrap(), "");
}

#[tokio::test]
async fn a_replaced_address_is_notified() {
    let fixture = PortalFixture::new().await;
    fixture.run_command("members address set 0123456 nouvelle.essai@finances.test").unwrap();
    let email = fixture.mail().await;
    assert_eq!(email.to, ["membre.essai@finances.test"]);
    for body in [&email.text, &email.html] {
        assert!(body.contains("n•••@finances.test") && !body.contains("nouvelle.essai"), "{body}");
        assert!(body.contains("+212500000000") && body.contains("aide@fos.test"), "{body}");
        assert!(body.contains("456") && !body.contains("0123456"), "{body}");
        assert!(body.contains("تغير عنوان البريد") && body.contains("L’adresse électronique"), "{body}");
    }
    fixture.run_command("members address set 0123456 nouvelle.essai@finances.test").unwrap();
    fixture.mailed_password(COLLEAGUE).await;
}

const NEW_ADDRESS: &str = "members address set 0123456 nouvelle.essai@finances.test";

#[tokio::test]
async fn a_password_mailed_to_an_address_that_left_the_file_is_of_no_use() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    fixture.run_command(NEW_ADDRESS).unwrap();
    fixture.sign_in(MEMBER, &mailed).await.expect_problem(401, "credentials");
    // The member asks again at once, with the address now on file.
    assert_eq!(fixture.mail().await.to, ["membre.essai@finances.test"], "a notice of the change");
    let mut request = password_request_of(MEMBER);
    request["email"] = "nouvelle.essai@finances.test".into();
    fixture.request_password(&request).await.expect(202);
    let mail = fixture.mail().await;
    assert_eq!(mail.to, ["nouvelle.essai@finances.test"]);
    fixture.session(MEMBER, &mail.password().unwrap()).await;
}

#[tokio::test]
async fn an_email_that_waits_for_an_address_off_the_file_is_not_sent() {
    let fixture = PortalFixture::new().await;
    let (fixture, outage) = fixture.without_mail_server().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    outage.wait_for_call().await;
    fixture.run_command(NEW_ADDRESS).unwrap();
    let fixture = fixture.restart_as(outage.end()).await;
    let notice = fixture.mail().await;
    assert_eq!(
        (notice.to.as_slice(), notice.password()),
        (&["membre.essai@finances.test".to_owned()][..], None)
    );
    fixture.mailed_password(COLLEAGUE).await;
}

#[tokio::test]
async fn the_recipient_is_looked_up_again_when_an_email_is_sent() {
    let fixture = PortalFixture::new().await;
    let (fixture, outage) = fixture.without_mail_server().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    outage.wait_for_call().await;
    let database = fixture.data.path().join("portal.sqlite");
    let take_off_the_file = || {
        let db = rusqlite::Connection::open(&database).unwrap();
        db.execute("DELETE FROM member_addresses WHERE ppr = ?1", [MEMBER]).unwrap();
    };
    let mut fixture = fixture;
    fixture.config = outage.end();
    let fixture = fixture.restart_after(take_off_the_file).await;
    fixture.mailed_password(COLLEAGUE).await;
}

#[tokio::test]
async fn a_session_of_a_password_mailed_to_an_address_off_the_file_ends() {
    let fixture = PortalFixture::new().await;
    let mailed = fixture.mailed_password(MEMBER).await;
    let half_open = fixture.session(MEMBER, &mailed).await;
    fixture.run_command(NEW_ADDRESS).unwrap();
    fixture.set_password(&half_open, &json!({ "new": PASSWORD })).await.expect_problem(401, "session");
    fixture.refresh(half_open.refresh_token()).await.expect_problem(401, "session");
}

#[tokio::test]
async fn an_address_that_leaves_the_file_takes_nothing_of_another() {
    let fixture = PortalFixture::new().await;
    let both = "membre.essai@finances.test membre.essai@mail.test";
    let line = |emails: &str| format!("0123456,active,AB123456,,عضو تجربة,Membre Essai,{emails}\n");
    fixture.run_command(&csv(&fixture, &line(both))).unwrap();
    assert_eq!(fixture.mail().await.password(), None);
    let mailed = fixture.mailed_password(MEMBER).await;
    let half_open = fixture.session(MEMBER, &mailed).await;
    fixture.run_command(&csv(&fixture, &line("membre.essai@finances.test"))).unwrap();
    fixture.session(MEMBER, &mailed).await;
    fixture.set_password(&half_open, &json!({ "new": PASSWORD })).await.expect(200);
}

#[tokio::test]
async fn members_who_share_an_address_each_get_their_own_email() {
    let fixture = PortalFixture::new().await;
    let first = fixture.mailed_password(MEMBER).await;
    fixture.request_password(&password_request_of(SPOUSE)).await.expect(202);
    let second = fixture.mail().await;
    assert_eq!(second.to, ["membre.essai@finances.test"]);
    for body in [&second.text, &second.html] {
        assert_eq!(body.matches("890").count(), 2, "once in each language: {body}");
        assert!(!body.contains(SPOUSE), "{body}");
    }
    let second = second.password().unwrap();
    fixture.sign_in(SPOUSE, &first).await.expect_problem(401, "credentials");
    fixture.session(MEMBER, &first).await;
    fixture.session(SPOUSE, &second).await;
}

#[tokio::test]
async fn the_family_belongs_to_the_member_and_follows_the_file() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let answer = fixture.get("/v1/family", session.token()).await;
    let tag = answer.header("etag").to_owned();
    let family = answer.expect(200);
    let persons = family["persons"].as_array().unwrap();
    assert_eq!(persons.len(), 4);
    let child = json!({ "id": "essai-2", "relation": "child", "born": "2014-09-21",
        "name": { "ar": "طفل تجربة", "fr": "Enfant Essai" } });
    assert_eq!(persons[1], child);
    let request = fixture.request(reqwest::Method::GET, "/v1/family").bearer_auth(session.token());
    assert_eq!(request.header("if-none-match", &tag).send().await.unwrap().status(), 304);
    let colleague = fixture.member(COLLEAGUE).await;
    assert_eq!(fixture.get("/v1/family", colleague.token()).await.expect(200), json!({ "persons": [] }));

    // The payroll's CSV has no family; a TOML file that has one replaces the previous one.
    let line = "0123456,active,AB123456,,عضو تجربة,Membre Essai,membre.essai@finances.test\n";
    fixture.run_command(&csv(&fixture, line)).unwrap();
    assert_eq!(fixture.get("/v1/family", session.token()).await.expect(200), family);
    let member = "[[member]]\nppr = \"0123456\"\nkind = \"active\"\ncin = \"AB123456\"\n\
        name = { ar = \"عضو تجربة\", fr = \"Membre Essai\" }\nemails = [\"membre.essai@finances.test\"]\n";
    let person = "[[member.family]]\nid = \"essai-5\"\nrelation = \"child\"\nborn = \"2026-10-01\"\n\
        name = { ar = \"رضيع تجربة\", fr = \"Bébé Essai\" }\n";
    let import =
        |text: String| fixture.run_command(&format!("members import {}", fixture.file("members.toml", text)));
    import(member.to_owned()).unwrap();
    assert_eq!(fixture.get("/v1/family", session.token()).await.expect(200), family);
    import(format!("{member}{person}{person}")).unwrap_err();
    import(format!("{member}{person}").replace("essai-5", "self")).unwrap_err();
    import(format!("{member}{person}")).unwrap();
    let now = fixture.get("/v1/family", session.token()).await.expect(200);
    assert_eq!((now["persons"].as_array().unwrap().len(), &now["persons"][0]["id"]), (1, &json!("essai-5")));
}

#[tokio::test]
async fn the_help_desk_view_shows_no_secret() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    for _ in 0..5 {
        fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(401, "credentials");
    }
    let shown = fixture.run_command("members show 0123456").unwrap();
    for part in [
        "0123456  active  عضو تجربة / Membre Essai",
        "m•••@finances.test",
        "2026-1 accepted 2026-11-24T09:00:00Z",
        "email handed to the mail server",
        "waits until       2026-11-24T09:00:30Z",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    for secret in ["AB123456", "membre.essai", PASSWORD, "$argon2"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
