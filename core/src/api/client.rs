//! HTTP client of the portal: TLS by rustls with ring and the bundled roots, retries of idempotent calls, problem
//! documents as errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use fos_wire::MAX_RESPONSE_BYTES;
use fos_wire::access::SolvedChallenge;
use fos_wire::paths;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;
use tracing::info;

use super::partial_body::PartialBody;
use super::retry::with_retry;
use super::{captcha_solver, problem, transport_error, trust};
use crate::clock::CorrectedClock;
use crate::error::Error;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A slow network is tolerated, a silent one is not.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
const TOTAL_TIMEOUT: Duration = Duration::from_mins(3);
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Response header with the serial of the portal's config.
const CONFIG_SERIAL: &str = "fos-config";

/// Response to a conditional GET.
pub(crate) enum Cached<Body = String> {
    NotModified,
    Modified { etag: Option<String>, body: Body },
}

pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    clock: Arc<CorrectedClock>,
    is_online: watch::Sender<bool>,
    /// True if the last call met something between this phone and the portal.
    is_blocked: AtomicBool,
    /// Highest config serial seen in a response.
    config_serial: AtomicU64,
}

struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(
        base: &str,
        app_version: &str,
        extra_root: Option<&str>,
        clock: Arc<CorrectedClock>,
    ) -> Result<Self, Error> {
        let config = |error: &dyn std::fmt::Display| Error::Bug(error.to_string());
        let base = Url::parse(base).map_err(|error| config(&error))?;
        trust::ensure_allowed(&base)?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(trust::tls_config(extra_root)?)
            .https_only(base.scheme() == "https")
            .user_agent(format!("fos/{app_version}"))
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            // The portal never redirects; a captive portal does.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| config(&error))?;
        Ok(Self {
            http,
            base,
            clock,
            is_online: watch::Sender::new(true),
            is_blocked: AtomicBool::new(false),
            config_serial: AtomicU64::new(0),
        })
    }

    /// Returns the portal's address.
    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    /// Returns true if the last call reached the portal.
    pub(crate) fn is_online(&self) -> bool {
        *self.is_online.borrow()
    }

    /// Returns true if the last call did not reach the portal because of something between this phone and it.
    pub(crate) fn is_blocked(&self) -> bool {
        self.is_blocked.load(Ordering::Relaxed)
    }

    /// Returns a receiver that notices when the portal can be reached again, and when it cannot.
    pub(crate) fn subscribe(&self) -> watch::Receiver<bool> {
        self.is_online.subscribe()
    }

    /// Returns the highest config serial seen; every response carries one.
    pub(crate) fn config_serial(&self) -> u64 {
        self.config_serial.load(Ordering::Relaxed)
    }

    /// Gets JSON without a session. Retries.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        decode(&self.get_with_retry(path, None, None).await?.body)
    }

    /// Gets bytes if they changed since `etag`. Retries.
    pub(crate) async fn get_if_changed(
        &self,
        path: &str,
        token: &str,
        etag: Option<&str>,
    ) -> Result<Cached<Vec<u8>>, Error> {
        let response = self.get_with_retry(path, Some(token), etag).await?;
        if response.status == StatusCode::NOT_MODIFIED {
            return Ok(Cached::NotModified);
        }
        let etag = response.headers.get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        Ok(Cached::Modified { etag, body: response.body })
    }

    /// Gets a file. Retries; what arrived before a cut is kept meanwhile, and only the rest is asked for.
    pub(crate) async fn get_file(&self, path: &str, token: &str) -> Result<Vec<u8>, Error> {
        let arrived = tokio::sync::Mutex::new(PartialBody::default());
        let attempt = || async {
            let mut arrived = arrived.lock().await;
            let request = arrived.ask_for_rest(self.request(Method::GET, path, Some(token))?);
            self.execute_into(&mut arrived, request).await
        };
        Ok(with_retry(attempt).await?.body)
    }

    /// Sends a request body once and decodes the response. Never retries.
    pub(crate) async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        decode(&self.send_once(method, path, token, None, Some(body)).await?.body)
    }

    /// Posts with an `Idempotency-Key` and retries: the portal answers the same key in the same way.
    pub(crate) async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        token: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        with_retry(|| async {
            let request =
                self.request(Method::POST, path, Some(token))?.header(IDEMPOTENCY_KEY, key).json(body);
            decode(&self.execute(request).await?.body)
        })
        .await
    }

    /// Sends a body to an endpoint whose repetition the portal declares harmless. Retries.
    pub(crate) async fn send_idempotent<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        with_retry(|| self.send(method.clone(), path, token, body)).await
    }

    /// Gets a challenge, solves it, and posts the body made with the proof. Retries, each time with another proof: the portal
    /// accepts each once. A proof that became too cheap meanwhile is replaced once. For calls without a session whose
    /// repetition is harmless; takes a second or two of one processor.
    pub(crate) async fn send_with_proof<T: DeserializeOwned, B: Serialize>(
        &self,
        path: &str,
        body: impl Fn(SolvedChallenge) -> B,
    ) -> Result<T, Error> {
        let attempt = || async {
            let challenge = self.send_once(Method::GET, paths::CAPTCHA, None, None, None::<&()>).await?;
            let never = Arc::default();
            let proof = captcha_solver::solve_in_background(decode(&challenge.body)?, &never).await?;
            self.send(Method::POST, path, None, &body(proof.ok_or(Error::CaptchaRejected)?)).await
        };
        match with_retry(attempt).await {
            Err(Error::CaptchaRejected) => with_retry(attempt).await,
            outcome => outcome,
        }
    }

    /// Gets a response and retries while the portal cannot be reached.
    async fn get_with_retry(
        &self,
        path: &str,
        token: Option<&str>,
        etag: Option<&str>,
    ) -> Result<Response, Error> {
        with_retry(|| self.send_once(Method::GET, path, token, etag, None::<&()>)).await
    }

    async fn send_once(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        etag: Option<&str>,
        body: Option<&impl Serialize>,
    ) -> Result<Response, Error> {
        let mut request = self.request(method, path, token)?;
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        self.execute(request).await
    }

    fn request(&self, method: Method, path: &str, token: Option<&str>) -> Result<RequestBuilder, Error> {
        let address = self.base.join(path).map_err(|error| Error::Bug(error.to_string()))?;
        let request = self.http.request(method, address);
        Ok(match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }

    async fn execute(&self, request: RequestBuilder) -> Result<Response, Error> {
        self.execute_into(&mut PartialBody::default(), request).await
    }

    async fn execute_into(&self, body: &mut PartialBody, request: RequestBuilder) -> Result<Response, Error> {
        let response = self.read_response(body, request).await;
        let is_blocked = matches!(response, Err(Error::NetworkBlocked(_)));
        self.is_blocked.store(is_blocked, Ordering::Relaxed);
        let is_online =
            !is_blocked && !matches!(response, Err(Error::Unreachable(_) | Error::WrongClock { .. }));
        let is_changed =
            self.is_online.send_if_modified(|known| std::mem::replace(known, is_online) != is_online);
        if is_changed {
            info!(is_online, "connectivity");
        }
        response
    }

    async fn read_response(
        &self,
        body: &mut PartialBody,
        request: RequestBuilder,
    ) -> Result<Response, Error> {
        let mut response = request.send().await.map_err(transport_error::convert)?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        body.begin(status, &headers)?;
        // A file of the portal's that is longer than this version reads is not fetched at all.
        let announced = response.content_length().unwrap_or_default();
        if announced + body.bytes.len() as u64 > MAX_RESPONSE_BYTES as u64
            && has_portal_content_type(&headers)
        {
            return Err(Error::TooLarge);
        }
        while let Some(piece) = response.chunk().await.map_err(transport_error::convert)? {
            if body.bytes.len() + piece.len() > MAX_RESPONSE_BYTES {
                if has_portal_content_type(&headers) {
                    return Err(Error::TooLarge);
                }
                return Err(Error::Unreachable("a response too long to be the portal's".to_owned()));
            }
            body.bytes.extend_from_slice(&piece);
        }
        let body = body.take();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            return Err(Error::Unreachable(format!("{status}: a redirect by something in between")));
        }
        if let Some(serial) = number(&headers, CONFIG_SERIAL) {
            self.config_serial.fetch_max(serial, Ordering::Relaxed);
        }
        if status.is_client_error() || status.is_server_error() {
            let error = problem::parse(status, &headers, &body);
            info!(status = status.as_u16(), code = error.code(), "refused by the portal");
            return Err(error);
        }
        if !body.is_empty() && !has_portal_content_type(&headers) {
            return Err(Error::Unreachable("a page that is not the portal's".to_owned()));
        }
        if let Some(date) = problem::date(&headers) {
            self.clock.sync(date);
        }
        Ok(Response { status, headers, body })
    }
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    // An empty body (204) is decoded as `null`, which is `()`.
    parse_json(if body.is_empty() { b"null" } else { body })
}

/// Parses a body of the portal's.
///
/// # Errors
/// [`Error::UnexpectedResponse`].
pub(crate) fn parse_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    fos_wire::parse_json(body).map_err(|error| Error::UnexpectedResponse(error.to_string()))
}

/// Parses a body that is text already.
pub(crate) fn parse_json_text<T: DeserializeOwned>(body: &str) -> Result<T, Error> {
    fos_wire::parse_json_text(body).map_err(|error| Error::UnexpectedResponse(error.to_string()))
}

/// Returns true for the portal's content types: JSON and PDF. A captive portal answers HTML with status 200.
fn has_portal_content_type(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["application/json", "application/pdf"].iter().any(|known| kind.starts_with(known))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::clock::SystemClock;

    /// Calls a server that answers the first bytes of a TLS connection with these, and closes it.
    async fn call_through_a_network_that_answers(answer: &'static [u8]) -> (Client, Error) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            // All of the greeting: closed with unread bytes, a connection is reset.
            let _read = stream.read(&mut [0; 16 << 10]).await.unwrap();
            stream.write_all(answer).await.unwrap();
            stream.shutdown().await.unwrap();
        });
        let clock = Arc::new(CorrectedClock::new(Box::new(SystemClock)));
        let client = Client::new(&url, "0.1.0", None, clock).unwrap();
        let error = client.send::<()>(Method::GET, paths::CONFIG, None, &()).await.unwrap_err();
        (client, error)
    }

    #[tokio::test]
    async fn an_offices_proxy_that_answers_or_closes_is_distinguished_from_no_network() {
        let proxy_page = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
        for answer in [proxy_page.as_slice(), b""] {
            let (client, error) = call_through_a_network_that_answers(answer).await;
            assert!(matches!(error, Error::NetworkBlocked(_)), "{error:?}");
            assert!(!client.is_online() && client.is_blocked());
        }
    }

    #[tokio::test]
    async fn an_address_at_which_nothing_listens_is_no_network() {
        let clock = Arc::new(CorrectedClock::new(Box::new(SystemClock)));
        let client = Client::new("https://127.0.0.1:9", "0.1.0", None, clock).unwrap();
        let error = client.send::<()>(Method::GET, paths::CONFIG, None, &()).await.unwrap_err();
        assert!(matches!(error, Error::Unreachable(_)), "{error:?}");
        assert!(!client.is_online() && !client.is_blocked());
    }
}
