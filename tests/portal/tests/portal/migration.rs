//! Migration of a database written by an earlier version.

use fos_support::seed::MEMBER;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::support::{ApiResponse, PortalFixture};

const KEY: &str = "essai-0001";

/// Stored form under the earlier names `whole`, `least`, `most` and `longest`.
const FORM: &str = r#"{"service":"rail-travel","version":1,"level":1,"sections":[{"key":"all",
    "title":{"ar":"قسم","fr":"Partie"},"fields":[
    {"key":"text","label":{"ar":"نص","fr":"Texte"},"required":true,"kind":"text","longest":10},
    {"key":"count","label":{"ar":"عدد","fr":"Nombre"},"required":true,"kind":"whole","least":1,"most":9}]}]}"#;

const SERVICE: &str = r#"{"id":"rail-travel","category":"travel","icon":"train","title":{"ar":"قطار","fr":"Train"},
    "summary":{"ar":"قطار","fr":"Train"},"opens":"2026-01-01","documents":[],"audience":null}"#;

fn request_body() -> Value {
    json!({ "service": "rail-travel", "version": 1, "values": { "text": "Essai", "count": 2 } })
}

/// Creates a database of the third schema with a row in every table that a later migration renames.
fn create_database(data: &TempDir, now: i64) {
    let db = Connection::open(data.path().join("portal.sqlite")).unwrap();
    for migration in [
        include_str!("../../migrations/0001_access.sql"),
        include_str!("../../migrations/0002_desk.sql"),
        include_str!("../../migrations/0003_requests.sql"),
    ] {
        db.execute_batch(migration).unwrap();
    }
    db.execute_batch(&format!(
        "PRAGMA user_version = 3;
         INSERT INTO members VALUES ('0123456', 'active', 'AB123456', NULL, 'عضو', 'Membre');
         INSERT INTO charter_acceptances VALUES ('0123456', '2026-1', '00', {now});
         INSERT INTO sessions (ppr, device, name, password_due, opened_at, used_at)
             VALUES ('0123456', 'Téléphone', 'aa11', 0, {now}, {now});
         INSERT INTO asked (kind, ppr, cin, email, at) VALUES ('active', '0999999', 'AB1', 'a@finances.test', {now});
         INSERT INTO letters (message_id, ppr, recipient, sealed, written_at, useless_at)
             VALUES ('01', '0234567', 'a@finances.test', x'00', {now}, {now} + 60);
         INSERT INTO failures VALUES ('0123456', 7, {now} + 60);
         INSERT INTO known_devices VALUES (x'01', '0123456', 1, {now}, 2, 0);
         INSERT INTO family VALUES ('0123456', 'essai-2', 1, 'child', 'طفل', 'Enfant', '2012-05-01');
         INSERT INTO family VALUES ('0123456', 'essai-1', 0, 'spouse', 'زوجة', 'Conjointe', '1984-03-09');
         INSERT INTO audit (at, ppr, event) VALUES ({now}, '0123456', 'letter handed to the mail server');"
    ))
    .unwrap();
    let token: [u8; 32] = Sha256::digest(b"token").into();
    db.execute("INSERT INTO access_tokens VALUES (?1, 1, ?2)", (token, now + 900)).unwrap();
    db.execute("INSERT INTO services VALUES ('rail-travel', -1, ?1)", [SERVICE]).unwrap();
    db.execute("INSERT INTO forms VALUES ('rail-travel', 1, ?1, ?2)", (FORM, now)).unwrap();
    db.execute(
        "INSERT INTO requests (id, number, ppr, service, version, state, filled, filed_at, due_by, change, changed_at)
         VALUES ('bb22', '2026-000041', '0123456', 'rail-travel', 1, 'filed', ?1, ?2, '2027-01-23', 3, ?2)",
        (json!({ "text": "Essai", "count": 2 }).to_string(), now),
    )
    .unwrap();
    db.execute("INSERT INTO receipts VALUES ('bb22', 'cc33', 'dd44', x'25')", []).unwrap();
    let digest: [u8; 32] = Sha256::digest(request_body().to_string()).into();
    db.execute(
        "INSERT INTO answers VALUES ('0123456', ?1, ?2, ?3, ?4)",
        (KEY, digest, b"{\"id\":\"bb22\"}", now),
    )
    .unwrap();
}

#[tokio::test]
async fn a_database_of_the_third_schema_loses_nothing() {
    let fixture = PortalFixture::new().await;
    let data = TempDir::new().unwrap();
    create_database(&data, "2026-11-24T09:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second());
    let mut config = fixture.config.clone();
    config.data = data.path().to_owned();
    let fixture = fixture.restart_as(config).await;

    let sessions = fixture.get("/v1/sessions", "token").await.expect(200);
    assert_eq!(
        (&sessions["sessions"][0]["id"], &sessions["sessions"][0]["device"]),
        (&json!("aa11"), &json!("Téléphone"))
    );
    let family = fixture.get("/v1/family", "token").await.expect(200);
    assert_eq!(
        (&family["persons"][0]["id"], &family["persons"][1]["id"]),
        (&json!("essai-1"), &json!("essai-2"))
    );
    let services = fixture.get("/v1/services", "token").await.expect(200);
    assert_eq!(services["services"][0]["title"]["fr"], "Train");

    let form = fixture.get("/v1/services/rail-travel/form", "token").await.expect(200);
    let fields = &form["sections"][0]["fields"];
    assert_eq!(fields[0]["max_length"], 10);
    assert_eq!(
        (&fields[1]["kind"], &fields[1]["min"], &fields[1]["max"]),
        (&json!("integer"), &json!(1), &json!(9))
    );

    let request = fixture.get("/v1/requests/bb22", "token").await.expect(200);
    assert_eq!(request["values"], json!({ "text": "Essai", "count": 2 }));
    let replayed: ApiResponse = fixture.file_request("token", KEY, &request_body()).await;
    assert_eq!(replayed.bytes, b"{\"id\":\"bb22\"}");
    fixture.file_request("token", "essai-0002", &request_body()).await.expect(201);
    let changes = fixture.get("/v1/requests?since=0-3", "token").await.expect(200);
    assert_eq!((changes["requests"].as_array().unwrap().len(), &changes["cursor"]), (1, &json!("0-4")));

    assert_eq!(fixture.sign_in(MEMBER, "pas le bon mot de passe").await.header("retry-after"), "60");
    let db = Connection::open(data.path().join("portal.sqlite")).unwrap();
    let device: (i64, i64) = db
        .query_row(
            "SELECT consecutive_failures, blocked_until FROM known_devices WHERE hash = x'01'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(device, (2, 0));
    let event: String =
        db.query_row("SELECT event FROM audit ORDER BY id LIMIT 1", [], |row| row.get(0)).unwrap();
    assert_eq!(event, "email handed to the mail server");
}

/// Creates a session as before proposals: token 2 is the newest, and the response that brought it may be lost.
fn create_session_of_earlier_tokens(data: &TempDir, now: i64) {
    create_database(data, now);
    let db = Connection::open(data.path().join("portal.sqlite")).unwrap();
    for generation in 0..=2 {
        let hash: [u8; 32] = Sha256::digest(format!("token {generation}")).into();
        db.execute("INSERT INTO refresh_tokens VALUES (?1, 1, ?2)", (hash, generation)).unwrap();
    }
    db.execute("UPDATE sessions SET generation = 2", []).unwrap();
}

#[tokio::test]
async fn a_session_of_earlier_tokens_goes_on_and_a_second_holder_ends_it() {
    for (present, other) in [("token 2", "token 1"), ("token 1", "token 2"), ("token 2", "token 0")] {
        let fixture = PortalFixture::new().await;
        let data = TempDir::new().unwrap();
        create_session_of_earlier_tokens(
            &data,
            "2026-11-24T09:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second(),
        );
        let mut config = fixture.config.clone();
        config.data = data.path().to_owned();
        let fixture = fixture.restart_as(config).await;
        fixture.propose(present, "next").await.expect(200);
        fixture.propose(present, "next").await.expect(200);
        fixture.propose("next", "after it").await.expect(200);
        fixture.propose(other, "the thief's").await.expect_problem(401, "session");
        fixture.propose("after it", "last").await.expect_problem(401, "session");
    }
}
