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

#[derive(Default)]
struct Recording {
    pending_hold: Option<(Call, Moment, oneshot::Sender<HeldCall>)>,
    filings: Vec<RecordedFiling>,
    list_calls: usize,
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

    /// Holds the next call of this kind at this moment. Replaces an earlier hold that has not been hit.
    pub fn hold_next(&self, call: Call, moment: Moment) -> oneshot::Receiver<HeldCall> {
        let (hold_sender, held) = oneshot::channel();
        self.state.recording().pending_hold = Some((call, moment, hold_sender));
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

    /// Waits for the verdict if a hold matches the call.
    async fn hold(&self, call: Option<Call>, moment: Moment, key: &str, bytes: u64) -> Verdict {
        let hold_sender = {
            let mut recording = self.recording();
            let pending_hold = recording
                .pending_hold
                .take_if(|(held_call, held_moment, _)| call == Some(*held_call) && moment == *held_moment);
            pending_hold.map(|(.., hold_sender)| hold_sender)
        };
        let Some(hold_sender) = hold_sender else { return Verdict::Forward };
        let (verdict, verdict_receiver) = oneshot::channel();
        let held = HeldCall { bytes, key: key.to_owned(), verdict };
        if hold_sender.send(held).is_err() {
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
    if state.hold(call, Moment::BeforeForward, &key, 0).await == Verdict::Drop {
        anyhow::bail!("dropped");
    }
    state.update_filings(&key, |filing| filing.forwarded = true);
    let (status, headers, response) = forward(state, parts, body).await?;
    if status == StatusCode::CREATED {
        state.update_filings(&key, |filing| filing.committed = true);
    }
    let bytes = u64::try_from(response.len())?;
    let verdict = state.hold(call, Moment::BeforeResponse, &key, bytes).await;
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
