//! Proxy between toxiproxy and the portal. It records every filing, forwards calls unchanged, and can hold one before
//! the portal or before the phone until the injector has injected a failure.
//!
//! It works on calls, which it must read whole; toxiproxy and [`fos_support`]'s proxy work on bytes. Conditions of the
//! line are toxiproxy's alone.

use std::{
    future::ready,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Context;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use fos_wire::paths;
use futures_util::stream;
use serde_json::Value;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{form_data, http};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Largest body to buffer, more than the portal accepts.
const MAX_BODY: usize = 4 << 20;

/// Call that can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Filing of a request.
    File,
    /// Fetching of the list.
    List,
}

/// Moment at which a call is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Received, and not yet forwarded to the portal.
    BeforeForward,
    /// Processed by the portal, and not yet returned to the phone.
    BeforeResponse,
}

/// Decision on a held call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Forward it.
    Forward,
    /// Forward it, and close the connection after it.
    ForwardAndClose,
    /// Drop it and close the connection.
    Drop,
}

/// Held call.
#[derive(Debug)]
pub struct HeldCall {
    /// Length of the response's body; 0 before the portal has responded.
    pub bytes: u64,
    /// Idempotency key of a filing; empty for other calls.
    pub key: String,
    verdict: oneshot::Sender<Verdict>,
}

impl HeldCall {
    /// Releases the call.
    pub fn release(self, verdict: Verdict) {
        // The caller may be dead: then no task waits for the verdict.
        let _ = self.verdict.send(verdict);
    }
}

/// Record of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFiling {
    /// Idempotency key sent by the phone.
    pub key: String,
    /// SHA-256 of the values it carries.
    pub sha256: String,
    /// True once it was forwarded to the portal.
    pub forwarded: bool,
    /// True once the portal has filed it, or answered that it is filed.
    pub committed: bool,
}

/// Hold that has not been hit.
struct PendingHold {
    call: Call,
    moment: Moment,
    /// Number of calls received before it was set.
    since: usize,
    sender: oneshot::Sender<HeldCall>,
}

#[derive(Default)]
struct Recording {
    pending_hold: Option<PendingHold>,
    /// Number of calls received so far.
    received: usize,
    filings: Vec<RecordedFiling>,
    list_calls: usize,
    server_errors: usize,
}

struct ProxyState {
    portal: SocketAddr,
    replace_keys: bool,
    http: reqwest::Client,
    recording: Mutex<Recording>,
}

/// Running proxy. Dropping it stops serving.
pub struct InterceptingProxy {
    address: SocketAddr,
    state: Arc<ProxyState>,
    serving: JoinHandle<()>,
}

impl InterceptingProxy {
    /// Starts the proxy. With `replace_keys` every call gets a key of its own: the planted fault of a portal that
    /// ignores keys.
    ///
    /// # Errors
    /// If no port is available.
    pub async fn start(portal: SocketAddr, replace_keys: bool) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("binding the intercepting proxy")?;
        let address = listener.local_addr()?;
        let state =
            Arc::new(ProxyState { portal, replace_keys, http: http::client(), recording: Mutex::default() });
        let router = Router::new().fallback(handle).with_state(Arc::clone(&state));
        let serving = tokio::spawn(async move {
            // Ends when the task is aborted.
            let _served = axum::serve(listener, router).await;
        });
        Ok(Self { address, state, serving })
    }

    /// Returns the address that toxiproxy connects to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Holds the next call of this kind at this moment. One that was received before is none: the phone that sent it may be
    /// dead. Replaces an earlier hold that has not been hit.
    pub fn hold_next(&self, call: Call, moment: Moment) -> oneshot::Receiver<HeldCall> {
        let (sender, held) = oneshot::channel();
        let mut recording = self.state.recording();
        let since = recording.received;
        recording.pending_hold = Some(PendingHold { call, moment, since, sender });
        held
    }

    /// Cancels a hold that has not been hit.
    pub fn cancel_hold(&self) {
        self.state.recording().pending_hold = None;
    }

    /// Returns the filings so far, one per call.
    pub fn filings(&self) -> Vec<RecordedFiling> {
        self.state.recording().filings.clone()
    }

    /// Returns the number of list calls so far.
    pub fn list_calls(&self) -> usize {
        self.state.recording().list_calls
    }

    /// Returns the number of calls that the portal answered with a status of 500 or more.
    pub fn server_errors(&self) -> usize {
        self.state.recording().server_errors
    }
}

impl Drop for InterceptingProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl ProxyState {
    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update_filings(&self, key: &str, update: impl Fn(&mut RecordedFiling)) {
        self.recording().filings.iter_mut().filter(|filing| filing.key == key).for_each(update);
    }

    /// Waits for the verdict if a hold matches the call, which was received as the `number`th.
    async fn hold(
        &self,
        (call, number): (Option<Call>, usize),
        moment: Moment,
        key: &str,
        bytes: u64,
    ) -> Verdict {
        let matches =
            |hold: &mut PendingHold| call == Some(hold.call) && moment == hold.moment && number > hold.since;
        let pending_hold = self.recording().pending_hold.take_if(matches);
        let Some(PendingHold { sender, .. }) = pending_hold else { return Verdict::Forward };
        let (verdict, verdict_receiver) = oneshot::channel();
        let held = HeldCall { bytes, key: key.to_owned(), verdict };
        if sender.send(held).is_err() {
            return Verdict::Forward;
        }
        verdict_receiver.await.unwrap_or(Verdict::Forward)
    }
}

async fn handle(State(state): State<Arc<ProxyState>>, request: Request) -> Response {
    // In a task of its own: the portal processes a request even if the phone disconnects.
    let task = tokio::spawn(async move { proxy_call(&state, request).await });
    match task.await {
        Ok(Ok(response)) => response,
        // Closes the connection without a response, as an unreachable portal would.
        _ => Response::new(Body::from_stream(stream::once(ready(Err::<Bytes, _>(io::Error::other("gone")))))),
    }
}

async fn proxy_call(state: &ProxyState, request: Request) -> anyhow::Result<Response> {
    let number = {
        let mut recording = state.recording();
        recording.received += 1;
        recording.received
    };
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY).await?;
    let call = match (&parts.method, parts.uri.path()) {
        (&Method::POST, paths::REQUESTS) => Some(Call::File),
        (&Method::GET, paths::REQUESTS) => Some(Call::List),
        _ => None,
    };
    let key =
        parts.headers.get(&IDEMPOTENCY_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
    match call {
        Some(Call::File) => {
            let values: Value = serde_json::from_slice(&body).unwrap_or_default();
            let sha256 = form_data::hash_values(&values["values"]);
            state.recording().filings.push(RecordedFiling {
                key: key.clone(),
                sha256,
                forwarded: false,
                committed: false,
            });
        }
        Some(Call::List) => state.recording().list_calls += 1,
        None => {}
    }
    if state.hold((call, number), Moment::BeforeForward, &key, 0).await == Verdict::Drop {
        anyhow::bail!("dropped");
    }
    state.update_filings(&key, |filing| filing.forwarded = true);
    let (status, headers, response) = forward(state, parts, body).await?;
    if status == StatusCode::CREATED {
        state.update_filings(&key, |filing| filing.committed = true);
    }
    if status.is_server_error() {
        state.recording().server_errors += 1;
    }
    let bytes = u64::try_from(response.len())?;
    let verdict = state.hold((call, number), Moment::BeforeResponse, &key, bytes).await;
    anyhow::ensure!(verdict != Verdict::Drop, "dropped");
    let mut response = Response::new(Body::from(response));
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    if verdict == Verdict::ForwardAndClose {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// Forwards the request to the portal with the phone's own headers.
async fn forward(
    state: &ProxyState,
    parts: Parts,
    body: Bytes,
) -> anyhow::Result<(StatusCode, HeaderMap, Bytes)> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = parts.headers;
    for name in [header::HOST, header::CONNECTION, header::CONTENT_LENGTH] {
        headers.remove(name);
    }
    if state.replace_keys && headers.contains_key(&IDEMPOTENCY_KEY) {
        headers.insert(IDEMPOTENCY_KEY, HeaderValue::from_str(&format!("{:032x}", fastrand::u128(..)))?);
    }
    let request = state.http.request(parts.method, format!("http://{}{path}", state.portal));
    let response = request.headers(headers).body(body).send().await?;
    let (status, mut headers) = (response.status(), response.headers().clone());
    for name in [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH] {
        headers.remove(name);
    }
    Ok((status, headers, response.bytes().await?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
mod tests {
    use axum::routing::post;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn a_call_that_was_under_way_before_the_hold_is_not_held() {
        let (arrived, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let handler = {
            let (arrived, answer) = (Arc::clone(&arrived), Arc::clone(&answer));
            move || async move {
                arrived.notify_one();
                answer.notified().await;
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let portal = listener.local_addr().unwrap();
        let router = Router::new().route(paths::REQUESTS, post(handler));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let proxy = InterceptingProxy::start(portal, false).await.unwrap();
        let file = || http::client().post(format!("http://{}{}", proxy.address(), paths::REQUESTS)).send();

        let under_way = tokio::spawn(file());
        arrived.notified().await;
        let mut held = proxy.hold_next(Call::File, Moment::BeforeResponse);
        answer.notify_one();
        tokio::select! {
            response = under_way => assert!(response.unwrap().unwrap().status().is_success()),
            _ = &mut held => panic!("the earlier call is held"),
        }

        let next = tokio::spawn(file());
        arrived.notified().await;
        answer.notify_one();
        held.await.unwrap().release(Verdict::Forward);
        assert!(next.await.unwrap().unwrap().status().is_success());
    }
}
