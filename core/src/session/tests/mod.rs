//! Tests of the signed-in state over a fake portal and a fake clock.

mod charter;
mod downloads;
mod key_store;
mod lifecycle;
mod outbox;
mod requests;
mod tokens;

use std::sync::Arc;

use fos_wire::access::SessionResponse;
use tempfile::TempDir;

use super::{MemberSession, OutboxPayload, SessionManager};
use crate::Fos;
use crate::stage::RequiredActions;
use crate::storage::OutboxEntry;
use crate::testing::{FakePortal, PortalRequest, Reply, TestClock, open_app_at};

const NOW: &str = "2026-11-24T09:00:00Z";
const PPR: &str = "0123456";

/// A phone with the app open on it.
struct Phone {
    folder: TempDir,
    clock: TestClock,
    fos: Arc<Fos>,
}

impl Phone {
    fn new(portal: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::at(NOW);
        let fos = open_app_at(folder.path(), portal, &clock);
        Self { folder, clock, fos }
    }

    /// A phone whose member has signed in with the tokens `access-1` and `refresh-1`.
    async fn signed_in(portal: &str) -> Self {
        let phone = Self::new(portal);
        phone.sign_in(1).await;
        phone
    }

    /// Ends the process and starts the app again.
    fn restart(self, portal: &str) -> Self {
        let Self { folder, clock, fos } = self;
        drop(fos);
        let fos = open_app_at(folder.path(), portal, &clock);
        Self { folder, clock, fos }
    }

    async fn sign_in(&self, number: u32) {
        let body = session_body(number);
        let session = self.sessions().open_session(&body).await.unwrap();
        self.sessions().enter(session, RequiredActions::from(&body)).await.unwrap();
    }

    fn sessions(&self) -> &Arc<SessionManager> {
        self.fos.sessions()
    }

    fn session(&self) -> Arc<MemberSession> {
        self.sessions().session().unwrap()
    }

    /// Idempotency keys in the outbox, each with the reason why it is blocked.
    fn outbox(&self) -> Vec<(String, Option<crate::storage::BlockedReason>)> {
        let entries: Vec<OutboxEntry<OutboxPayload>> = self.session().db().outbox().unwrap();
        entries.into_iter().map(|entry| (entry.key, entry.blocked)).collect()
    }
}

/// JSON of the portal's answer to a sign-in or refresh.
fn session_json(number: u32) -> String {
    format!(
        r#"{{"access_token":"access-{number}","access_expires_in":900,"refresh_token":"refresh-{number}",
        "charter_due":false,"password_due":false,
        "member":{{"ppr":"{PPR}","kind":"active","name":{{"ar":"عضو تجربة","fr":"Membre Essai"}}}}}}"#
    )
}

fn session_body(number: u32) -> SessionResponse {
    serde_json::from_str(&session_json(number)).unwrap()
}

/// JSON of the portal's answer to a filed request.
fn request_json(id: &str) -> String {
    format!(
        r#"{{"id":"{id}","number":"2026-000001","service":"hajj-grant","version":3,"state":"filed",
        "filed_at":"2026-11-24T09:00:00Z","due_by":"2027-01-23",
        "receipt":{{"code":"00","sha256":"00","bytes":16}}}}"#
    )
}

/// An entry whose idempotency key was generated at [`NOW`].
fn entry(name: &str) -> OutboxEntry<OutboxPayload> {
    let generated = NOW.parse::<jiff::Timestamp>().unwrap().as_second();
    let body = [("place".to_owned(), serde_json::json!(name))].into_iter().collect();
    OutboxEntry {
        seq: 0,
        key: format!("{generated:016x}{name}"),
        service: format!("service-{name}"),
        queued_at: generated,
        first_sent_at: None,
        blocked: None,
        form: "{}".to_owned(),
        payload: OutboxPayload { version: 3, values: [("place".to_owned(), name.to_owned())].into(), body },
    }
}

fn queue(phone: &Phone, names: &[&str]) {
    for name in names {
        phone.session().db().queue(&entry(name)).unwrap();
    }
}

fn is_filing(request: &PortalRequest) -> bool {
    request.line == "POST /v1/requests"
}

/// A portal that files every request under the id of its key's last letter.
async fn filing_portal() -> FakePortal {
    FakePortal::start(|request| {
        if is_filing(request) {
            let key = request.header("idempotency-key");
            Reply::Json(201, request_json(&key[key.len() - 1..]))
        } else {
            other_reply(request)
        }
    })
    .await
}

/// Answers what every session asks besides.
fn other_reply(request: &PortalRequest) -> Reply {
    match request.line.as_str() {
        "GET /v1/services" => Reply::Json(200, r#"{"services":[]}"#.to_owned()),
        line if line.ends_with("/receipt") => Reply::Pdf(b"%PDF-1.7 receipt"),
        _ => Reply::problem(404, "not-found"),
    }
}
