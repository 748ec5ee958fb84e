//! The audit log: every command of the operator, failed sign-ins, changed identifiers.

use std::collections::BTreeSet;

use clap::Subcommand as _;
use fos_portal::admin::AdminCommand;
use fos_support::seed::{COLLEAGUE, MEMBER, PASSWORD, WITHOUT_ADDRESS};
use rusqlite::Connection;
use serde_json::json;

use crate::support::{EVERY_FIELD_KIND, PROPOSED, PortalFixture, password_request_of, travel_request};

/// Names of all commands, with those above them.
fn commands(command: &clap::Command, above: &str) -> BTreeSet<String> {
    let name = |one: &clap::Command| format!("{above} {}", one.get_name()).trim().to_owned();
    let below = |one: &clap::Command| {
        if one.has_subcommands() { commands(one, &name(one)) } else { BTreeSet::from([name(one)]) }
    };
    command.get_subcommands().flat_map(below).collect()
}

/// One call of every command, in an order in which each can be applied.
fn calls(fixture: &PortalFixture) -> Vec<(&'static str, String)> {
    let seed = fixture.config.seed.display().to_string();
    let charter = fixture.operator_path("charter");
    fos_support::files::copy_folder(&fixture.config.seed.join("charter"), charter.as_ref()).unwrap();
    let version = std::path::Path::new(&charter).join("charter.toml");
    let text = std::fs::read_to_string(&version).unwrap().replace("2026-1", "2026-2");
    std::fs::write(&version, text).unwrap();
    let members = "ppr,kind,cin,pension_number,name_ar,name_fr,emails\n0700000,active,A700000,,عضو,Membre,a@finances.test\n";
    let members = fixture.file("members.csv", members);
    let form = fixture.file("form.toml", EVERY_FIELD_KIND);
    let backup = fixture.operator_path("backup");
    vec![
        ("members import", members),
        ("members show", MEMBER.to_owned()),
        ("members address list", String::new()),
        ("members address confirm", format!("{WITHOUT_ADDRESS} {PROPOSED}")),
        ("members address set", format!("{COLLEAGUE} collegue.nouveau@finances.test")),
        ("members lock", COLLEAGUE.to_owned()),
        ("services open", "social-loan".to_owned()),
        ("services close", "social-loan".to_owned()),
        ("services limit", "social-loan year".to_owned()),
        ("services announce", "social-loan --opens 2027-01-04".to_owned()),
        ("forms publish", form),
        ("requests list", String::new()),
        ("requests show", "2026-000001".to_owned()),
        ("requests review", "2026-000001".to_owned()),
        ("requests decide", "2026-000001 approve".to_owned()),
        ("charter publish", charter),
        ("config publish", format!("{seed}/config.toml")),
        ("versions set", "--minimum 0.1.0 --recommended 0.2.0".to_owned()),
        ("maintenance on", String::new()),
        ("maintenance off", String::new()),
        ("sessions list", MEMBER.to_owned()),
        ("sessions revoke", MEMBER.to_owned()),
        ("audit", String::new()),
        ("backup", backup.clone()),
        ("restore", format!("{backup} --over")),
    ]
}

#[tokio::test]
async fn every_command_adds_one_line_with_its_user() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.file_request(session.token(), "essai-0001", &travel_request()).await.expect(201);
    fixture.request_password(&password_request_of(WITHOUT_ADDRESS)).await.expect(202);
    fixture.mailed_password(COLLEAGUE).await;
    let calls = calls(&fixture);
    let named: BTreeSet<_> = calls.iter().map(|(name, _)| (*name).to_owned()).collect();
    let known = commands(&AdminCommand::augment_subcommands(clap::Command::new("portal")), "");
    assert_eq!(named, known, "each command has a call here");
    let (data, clock) = (fixture.data.path().to_owned(), fixture.clock.clone());
    let fixture_data = fixture.data;
    fixture.portal.stop().await;
    let count = || {
        let db = Connection::open(data.join("portal.sqlite")).unwrap();
        let sql = "SELECT count(*) FROM audit WHERE event LIKE 'operator: %' AND user <> ''";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    for (name, arguments) in calls {
        // A backup holds its own line already.
        let before = count();
        let words: Vec<_> = name
            .split(' ')
            .chain(arguments.split(' '))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        fos_portal::run_admin_command(&data, clock.clone(), &words).unwrap();
        assert_eq!(count(), before + 1, "{name}");
    }
    drop(fixture_data);
}

#[tokio::test]
async fn a_command_names_its_user() {
    let fixture = PortalFixture::new().await;
    fixture.run_command("members show 0123456").unwrap();
    let newest = fixture.run_command("audit --limit 1").unwrap();
    let parts: Vec<_> = newest.trim_end().split("  ").collect();
    assert_eq!((parts[0], parts[2], parts[3]), ("2026-11-24T09:00:00Z", MEMBER, "operator: member shown"));
    assert!(!parts[1].is_empty(), "{newest}");
    let reading = fixture.run_command("audit --limit 1").unwrap();
    assert!(reading.ends_with("operator: audit log read\n"), "{reading}");
}

#[tokio::test]
async fn failed_sign_ins_are_recorded_from_the_first_delay_on() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    let failed = || fixture.run_command("audit --ppr 0123456").unwrap().matches("sign-in failed").count();
    for _ in 0..4 {
        fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(401, "credentials");
    }
    assert_eq!(failed(), 0);
    fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(401, "credentials");
    fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(429, "too-many");
    assert_eq!(failed(), 1);
    fixture.advance_clock(30);
    fixture.sign_in(MEMBER, "pas le bon mot de passe").await.expect_problem(401, "credentials");
    fixture.advance_clock(60);
    fixture.session(MEMBER, PASSWORD).await;
    assert_eq!(failed(), 2);
    let log = fixture.run_command("audit --ppr 0123456").unwrap();
    assert!(log.contains("sign-in failed from an unknown device, a delay begins"), "{log}");
}

#[tokio::test]
async fn an_import_that_changes_who_a_member_is_leaves_a_line_for_each_change() {
    let fixture = PortalFixture::new().await;
    let file = "ppr,kind,cin,pension_number,name_ar,name_fr,emails\n\
        0123456,active,AB999999,,عضو آخر,Autre Essai,autre.essai@finances.test\n";
    fixture.run_command(&format!("members import {}", fixture.file("members.csv", file))).unwrap();
    let log = fixture.run_command("audit --ppr 0123456").unwrap();
    for line in [
        "CIN changed by an import",
        "name changed by an import",
        "addresses changed from m•••@finances.test to a•••@finances.test",
    ] {
        assert!(log.contains(line), "{line} in {log}");
    }
    for secret in ["AB999999", "AB123456", "autre.essai", "membre.essai"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
async fn a_locked_member_signs_in_by_a_mailed_password_alone() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    fixture.run_command("members lock 0123456").unwrap();
    fixture.run_command("members lock 0999999").unwrap_err();
    fixture.get("/v1/services", session.token()).await.expect_problem(401, "session");
    fixture.refresh(session.refresh_token()).await.expect_problem(401, "session");
    let body = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": fixture.captcha().await, "device": "",
        "device_token": session.body["device_token"] });
    fixture.post("/v1/sessions", &body).await.expect_problem(401, "credentials");
    let mailed = fixture.mailed_password(MEMBER).await;
    fixture.session(MEMBER, &mailed).await;
}
