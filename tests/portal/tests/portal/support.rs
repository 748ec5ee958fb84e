//! Test fixture: a portal, a mailbox, a clock, and the actions of a member.

use std::{path::Path, sync::Arc, time::Duration};

use fos_portal::{AdminError, Portal, PortalConfig, SettableClock};
use fos_support::{
    files::copy_folder,
    mailbox::{Mail, Mailbox},
    seed::{self, PASSWORD, START_TIME, WITHOUT_ADDRESS},
};
use jiff::SignedDuration;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Deadline long enough for the slowest machine; never reached when all is well.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seed");

/// Address that the retiree without one on file proposes.
pub(crate) const PROPOSED: &str = "retraitee.essai@mail.test";

/// Form with every kind of field, for the service `rail-travel`, which has none in the seed.
pub(crate) const EVERY_FIELD_KIND: &str = include_str!("every-field-kind.toml");

/// Valid values for that form, one for each required field.
pub(crate) fn every_kind_values() -> Value {
    json!({
        "text": "Essai",
        "choice": "a",
        "city": "rabat",
        "money": 150,
        "integer": 3,
        "date": "2026-11-24",
        "period": { "from": "2026-12-01", "to": "2026-12-10" },
        "wishes": ["y", "x"],
        "beneficiary": "self",
        "phone": "+212612345678",
        "rib": "000000000000000000000097",
        "declaration": true,
    })
}

/// Request that any member can file, for a child of theirs.
pub(crate) fn travel_request() -> Value {
    json!({ "service": "travel-certificate", "version": 1, "values": {
        "traveller": "essai-2",
        "country": "france",
        "period": { "from": "2026-12-01", "to": "2026-12-10" },
        "purpose": "tourism",
        "passport": "EE0000001",
    } })
}

pub(crate) struct PortalFixture {
    pub(crate) mailbox: Mailbox,
    pub(crate) clock: Arc<SettableClock>,
    pub(crate) config: PortalConfig,
    pub(crate) portal: Portal,
    http: Client,
    pub(crate) data: TempDir,
    operator_files: TempDir,
}

/// The workspace's `reqwest` has no cryptography of its own: a provider must be installed, even for plain HTTP.
fn client() -> Client {
    // Installed by the first test of the process; the others find it there.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}

/// Response of the portal, read to its end.
pub(crate) struct ApiResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl ApiResponse {
    pub(crate) async fn read(response: Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.unwrap().to_vec(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        let body = String::from_utf8_lossy(&self.bytes).into_owned();
        assert_eq!(self.status.as_u16(), status, "{body}");
        if self.bytes.is_empty() { Value::Null } else { serde_json::from_slice(&self.bytes).unwrap() }
    }

    /// Asserts that the response is a well-formed problem of this type.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, slug: &str) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let problem = self.expect(status);
        assert_eq!(problem["type"], format!("urn:fos:problem:{slug}"));
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string());
        problem
    }

    #[track_caller]
    pub(crate) fn expect_fields(self, fields: &[(&str, &str)]) {
        let problem = self.expect_problem(422, "fields");
        let expected: Vec<_> =
            fields.iter().map(|(field, code)| json!({ "field": field, "code": code })).collect();
        assert_eq!(problem["fields"], Value::Array(expected));
    }
}

/// Open session.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) body: Value,
}

impl Session {
    pub(crate) fn token(&self) -> &str {
        self.body["access_token"].as_str().unwrap()
    }

    pub(crate) fn refresh_token(&self) -> &str {
        self.body["refresh_token"].as_str().unwrap()
    }
}

/// Draws the successor of a refresh token, the same one each time.
pub(crate) fn next_token(refresh_token: &str) -> String {
    format!("{refresh_token}+")
}

/// Mail server that does not serve.
pub(crate) struct MailOutage {
    server: TcpListener,
    before: PortalConfig,
}

impl MailOutage {
    /// Waits until the portal has called: an email is in the queue.
    pub(crate) async fn wait_for_call(&self) {
        drop(self.server.accept().await.unwrap());
    }

    /// Returns the settings to restart the portal with when the outage is over.
    pub(crate) fn end(self) -> PortalConfig {
        self.before
    }
}

/// Returns the password request of a member of the seed.
pub(crate) fn password_request_of(ppr: &str) -> Value {
    let member = seed::member(Path::new(SEED), ppr).unwrap();
    let email = if ppr == WITHOUT_ADDRESS { PROPOSED } else { member.email() };
    let mut request = json!({ "kind": member.kind, "ppr": ppr, "cin": member.cin, "email": email });
    if let Some(number) = member.pension_number {
        request["pension_number"] = number.into();
    }
    request
}

/// Solves a challenge.
pub(crate) fn solve(challenge: &Value) -> Value {
    let parsed: altcha::Challenge = serde_json::from_value(challenge.clone()).unwrap();
    let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&parsed)).unwrap().unwrap();
    json!({ "challenge": challenge,
        "solution": { "counter": solution.counter, "derivedKey": solution.derived_key } })
}

impl PortalFixture {
    pub(crate) async fn new() -> Self {
        let mailbox = Mailbox::start().await.unwrap();
        let data = TempDir::new().unwrap();
        let clock = Arc::new(SettableClock::new(START_TIME.parse().unwrap()));
        let mut config = PortalConfig::for_tests(data.path(), mailbox.addr());
        config.clock = clock.clone();
        let portal = Portal::start(config.clone()).await.unwrap();
        Self { mailbox, clock, config, portal, http: client(), data, operator_files: TempDir::new().unwrap() }
    }

    /// Restarts the portal on the same data, at the same port.
    pub(crate) async fn restart(self) -> Self {
        let mut config = self.config.clone();
        config.listen = self.portal.url().trim_start_matches("http://").parse().unwrap();
        self.restart_as(config).await
    }

    /// Restarts the portal on the same data with other settings.
    pub(crate) async fn restart_as(self, config: PortalConfig) -> Self {
        self.restart_with(config, || ()).await
    }

    /// Restarts the portal after `work` has run in between.
    pub(crate) async fn restart_after(self, work: impl FnOnce()) -> Self {
        let config = self.config.clone();
        self.restart_with(config, work).await
    }

    async fn restart_with(self, config: PortalConfig, work: impl FnOnce()) -> Self {
        let Self { mailbox, clock, portal, http, data, operator_files, .. } = self;
        portal.stop().await;
        work();
        let portal = Portal::start(config.clone()).await.unwrap();
        Self { mailbox, clock, config, portal, http, data, operator_files }
    }

    /// Restarts the portal with a mail server that hangs up at each call.
    pub(crate) async fn without_mail_server(self) -> (Self, MailOutage) {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut config = self.config.clone();
        config.smtp = server.local_addr().unwrap().into();
        let outage = MailOutage { server, before: self.config.clone() };
        (self.restart_as(config).await, outage)
    }

    /// Copies the seed folder with one file edited.
    pub(crate) fn edited_seed(&self, file: &str, edit: impl FnOnce(String) -> String) -> TempDir {
        let seed = TempDir::new().unwrap();
        copy_folder(&self.config.seed, seed.path()).unwrap();
        let text = std::fs::read_to_string(seed.path().join(file)).unwrap();
        let edited = edit(text.clone());
        assert_ne!(text, edited, "nothing to edit in {file}");
        std::fs::write(seed.path().join(file), edited).unwrap();
        seed
    }

    /// Runs an operator command; its arguments contain no space.
    pub(crate) fn run_command(&self, words: &str) -> Result<String, AdminError> {
        self.run_command_with(words, &[])
    }

    /// Runs an operator command with further arguments that may contain spaces.
    pub(crate) fn run_command_with(&self, words: &str, more: &[&str]) -> Result<String, AdminError> {
        let words: Vec<_> = words.split(' ').chain(more.iter().copied()).map(str::to_owned).collect();
        fos_portal::run_admin_command(self.data.path(), self.clock.clone(), &words)
    }

    /// Writes a file for the operator and returns its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.operator_path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Returns a folder outside the portal's data.
    pub(crate) fn operator_folder(&self) -> &Path {
        self.operator_files.path()
    }

    /// Returns the path of a file that the operator may write.
    pub(crate) fn operator_path(&self, name: &str) -> String {
        self.operator_folder().join(name).to_str().unwrap().to_owned()
    }

    /// Returns every byte that the portal has stored.
    pub(crate) fn stored_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.data.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    pub(crate) fn advance_clock(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.portal.url()))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> ApiResponse {
        ApiResponse::read(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> ApiResponse {
        ApiResponse::read(self.request(Method::GET, path).bearer_auth(token).send().await.unwrap()).await
    }

    /// Files a request under `key`.
    pub(crate) async fn file_request(&self, token: &str, key: &str, body: &Value) -> ApiResponse {
        let request = self.request(Method::POST, "/v1/requests").bearer_auth(token);
        ApiResponse::read(request.header("idempotency-key", key).json(body).send().await.unwrap()).await
    }

    /// Requests a password, with a proof of work unless the request holds one.
    pub(crate) async fn request_password(&self, request: &Value) -> ApiResponse {
        let mut request = request.clone();
        if request.get("captcha").is_none() {
            request["captcha"] = self.captcha().await;
        }
        self.post("/v1/password-requests", &request).await
    }

    /// Returns the next email that is no notice about an account.
    pub(crate) async fn mail(&self) -> Mail {
        self.mailbox.next_beside_notices(DEADLINE).await.unwrap()
    }

    /// Returns the next notice about an account; other emails before it count as read.
    pub(crate) async fn notice(&self) -> Mail {
        loop {
            let mail = self.mailbox.next(DEADLINE).await.unwrap();
            if mail.is_account_notice() {
                return mail;
            }
        }
    }

    /// Requests a password as `ppr` and returns it from the next email, which must be this member's.
    pub(crate) async fn mailed_password(&self, ppr: &str) -> String {
        let request = password_request_of(ppr);
        self.request_password(&request).await.expect(202);
        let mail = self.mail().await;
        assert_eq!(mail.to, [request["email"].as_str().unwrap()]);
        mail.password().unwrap()
    }

    /// Fetches and solves a fresh challenge.
    pub(crate) async fn captcha(&self) -> Value {
        let answer = ApiResponse::read(self.request(Method::GET, "/v1/captcha").send().await.unwrap()).await;
        solve(&answer.expect(200))
    }

    pub(crate) async fn sign_in(&self, ppr: &str, password: &str) -> ApiResponse {
        let captcha = self.captcha().await;
        let body =
            json!({ "ppr": ppr, "password": password, "captcha": captcha, "device": "Téléphone d’essai" });
        self.post("/v1/sessions", &body).await
    }

    pub(crate) async fn session(&self, ppr: &str, password: &str) -> Session {
        Session { body: self.sign_in(ppr, password).await.expect(201) }
    }

    /// Refreshes with the successor that [`next_token`] draws.
    pub(crate) async fn refresh(&self, refresh_token: &str) -> ApiResponse {
        self.propose(refresh_token, &next_token(refresh_token)).await
    }

    /// Refreshes with this successor.
    pub(crate) async fn propose(&self, refresh_token: &str, next: &str) -> ApiResponse {
        let hash = hex::encode(Sha256::digest(next));
        let body = json!({ "refresh_token": refresh_token, "next_refresh_token_sha256": hash });
        self.post("/v1/sessions/refresh", &body).await
    }

    /// Refreshes a session and returns it with the successor.
    pub(crate) async fn renew(&self, session: &Session) -> Session {
        let mut body = self.refresh(session.refresh_token()).await.expect(200);
        assert!(body.get("refresh_token").is_none(), "the client draws it");
        body["refresh_token"] = next_token(session.refresh_token()).into();
        Session { body }
    }

    pub(crate) async fn accept(&self, session: &Session) -> ApiResponse {
        let charter = self.get("/v1/charter", session.token()).await.expect(200);
        let body = json!({ "version": charter["version"], "sha256": charter["texts"]["ar"]["sha256"] });
        self.acceptance(session, &body).await
    }

    pub(crate) async fn acceptance(&self, session: &Session, body: &Value) -> ApiResponse {
        let request = self.request(Method::POST, "/v1/charter/acceptance").bearer_auth(session.token());
        ApiResponse::read(request.json(body).send().await.unwrap()).await
    }

    pub(crate) async fn set_password(&self, session: &Session, body: &Value) -> ApiResponse {
        let request = self.request(Method::PUT, "/v1/password").bearer_auth(session.token());
        ApiResponse::read(request.json(body).send().await.unwrap()).await
    }

    /// Goes through the whole first access and returns a session that may use every service, with the password
    /// [`PASSWORD`].
    pub(crate) async fn member(&self, ppr: &str) -> Session {
        let password = self.mailed_password(ppr).await;
        let session = self.session(ppr, &password).await;
        self.accept(&session).await.expect(200);
        self.set_password(&session, &json!({ "new": PASSWORD })).await.expect(200);
        session
    }
}
