//! HTTP to the portal: one client, TLS by rustls with ring and the roots that ship with the app.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, DATE, ETAG, HeaderMap, IF_NONE_MATCH};
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{problem, trust};
use crate::clock::Time;
use crate::error::Trouble;

const CONNECT: Duration = Duration::from_secs(10);
/// A slow line is no reason to give up; a silent one is.
const SILENCE: Duration = Duration::from_secs(20);
const WHOLE: Duration = Duration::from_mins(3);
const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The header in which the portal names the serial of its config.
const CONFIG_SERIAL: &str = "fos-config";
/// An answer larger than this is no answer of the portal's.
const LARGEST_BODY: usize = 4 << 20;

/// An answer that may say «as you have it».
pub(crate) enum Fetched<Body = String> {
    Unchanged,
    New { etag: Option<String>, body: Body },
}

pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    time: Arc<Time>,
    reached: AtomicBool,
    /// The highest serial of its config that the portal has named.
    config_serial: AtomicU64,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(
        base: &str,
        app_version: &str,
        extra_root: Option<&str>,
        time: Arc<Time>,
    ) -> Result<Self, Trouble> {
        let config = |error: &dyn std::fmt::Display| Trouble::Bug(error.to_string());
        let base = Url::parse(base).map_err(|error| config(&error))?;
        trust::allow(&base)?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(trust::tls(extra_root)?)
            .https_only(base.scheme() == "https")
            .user_agent(format!("fos/{app_version}"))
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(WHOLE)
            // A redirect is a captive portal's doing, never this portal's.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| config(&error))?;
        Ok(Self { http, base, time, reached: AtomicBool::new(true), config_serial: AtomicU64::new(0) })
    }

    /// Whether the last call found the portal.
    pub(crate) fn reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// The highest serial of its config that the portal has named: every answer carries it.
    pub(crate) fn config_serial(&self) -> u64 {
        self.config_serial.load(Ordering::Relaxed)
    }

    /// Reads JSON that needs no session.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Trouble> {
        read(&self.look(path, None, None).await?.body)
    }

    /// Reads bytes that may be unchanged since `etag`.
    pub(crate) async fn fetch(
        &self,
        path: &str,
        token: &str,
        etag: Option<&str>,
    ) -> Result<Fetched<Vec<u8>>, Trouble> {
        let answer = self.look(path, Some(token), etag).await?;
        if answer.status == StatusCode::NOT_MODIFIED {
            return Ok(Fetched::Unchanged);
        }
        let etag = answer.headers.get(ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        Ok(Fetched::New { etag, body: answer.body })
    }

    /// Acts, once.
    pub(crate) async fn act<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        read(&self.call(method, path, token, None, Some(body)).await?.body)
    }

    /// Creates, once however often it is asked: the portal gives the same key the same answer (design §3).
    pub(crate) async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        token: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        let ask = || async {
            let request =
                self.request(Method::POST, path, Some(token))?.header(IDEMPOTENCY_KEY, key).json(body);
            read(&self.ask(request).await?.body)
        };
        ask.retry(policy()).when(Trouble::passing).await
    }

    /// Acts where the portal promises that twice is as good as once: asked again when the way was cut.
    pub(crate) async fn act_safely<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        let ask = || async { self.act(method.clone(), path, token, body).await };
        ask.retry(policy()).when(Trouble::passing).await
    }

    /// Reads, and asks again by itself when the way was cut: reading twice does no harm.
    async fn look(&self, path: &str, token: Option<&str>, etag: Option<&str>) -> Result<Answer, Trouble> {
        let ask = || async { self.call(Method::GET, path, token, etag, None::<&()>).await };
        ask.retry(policy()).when(Trouble::passing).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        etag: Option<&str>,
        body: Option<&impl Serialize>,
    ) -> Result<Answer, Trouble> {
        let mut request = self.request(method, path, token)?;
        if let Some(etag) = etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        self.ask(request).await
    }

    fn request(&self, method: Method, path: &str, token: Option<&str>) -> Result<RequestBuilder, Trouble> {
        let address = self.base.join(path).map_err(|error| Trouble::Bug(error.to_string()))?;
        let request = self.http.request(method, address);
        Ok(match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Answer, Trouble> {
        let answer = self.heard(request).await;
        self.reached.store(!matches!(answer, Err(Trouble::Unreachable(_))), Ordering::Relaxed);
        answer
    }

    async fn heard(&self, request: RequestBuilder) -> Result<Answer, Trouble> {
        let mut response = request.send().await.map_err(problem::unreachable)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(problem::unreachable)? {
            if body.len() + piece.len() > LARGEST_BODY {
                return Err(Trouble::Unreachable("an answer too long to be the portal's".to_owned()));
            }
            body.extend_from_slice(&piece);
        }
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            return Err(Trouble::Unreachable(format!("{status}: something stands in between")));
        }
        if let Some(serial) = number(&headers, CONFIG_SERIAL) {
            self.config_serial.fetch_max(serial, Ordering::Relaxed);
        }
        if status.is_client_error() || status.is_server_error() {
            return Err(problem::read(status, &headers, &body));
        }
        if !body.is_empty() && !is_the_portals(&headers) {
            return Err(Trouble::Unreachable("a page that is not the portal's".to_owned()));
        }
        if let Some(date) = portal_date(&headers) {
            self.time.portal_says(date);
        }
        Ok(Answer { status, headers, body })
    }
}

fn policy() -> ExponentialBuilder {
    ExponentialBuilder::default().with_min_delay(Duration::from_millis(300)).with_max_times(2).with_jitter()
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Trouble> {
    // An empty answer (204) reads as `null`, which is `()`.
    let body = if body.is_empty() { b"null" } else { body };
    serde_json::from_slice(body).map_err(|error| Trouble::Unreadable(error.to_string()))
}

/// The portal answers JSON, or a circular. A captive portal answers a page, and says that all is well.
fn is_the_portals(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["application/json", "application/pdf"].iter().any(|known| kind.starts_with(known))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn portal_date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = headers.get(DATE)?.to_str().ok()?;
    rfc2822::parse(&date.replace("GMT", "+0000")).ok().map(|date| date.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_date_is_read() {
        let headers = HeaderMap::from_iter([(DATE, "Tue, 24 Nov 2026 09:00:00 GMT".parse().unwrap())]);
        assert_eq!(portal_date(&headers).unwrap().to_string(), "2026-11-24T09:00:00Z");
    }
}
