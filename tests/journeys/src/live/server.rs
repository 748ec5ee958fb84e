//! Web server of the live page, on loopback and protected by a token.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use axum::{
    Router,
    body::Body,
    extract::{
        Request, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
    middleware::{self, Next},
    response::IntoResponse,
    routing::get,
};
use futures_util::{
    SinkExt, StreamExt,
    stream::{SplitSink, SplitStream},
};
use subtle::ConstantTimeEq;
use tokio::{net::TcpListener, sync::mpsc, task::JoinHandle};

use super::{
    environment_actor::EnvironmentHandle,
    messages::{PageMessage, PageRequest},
    phone_actor::PhoneHandle,
};

const PAGE: &str = include_str!("../../live/page.html");
const STYLE: &str = include_str!("../../live/page.css");
const SCRIPT: &str = include_str!("../../live/page.js");

/// Content security policy: everything from this server, no framing by other pages.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Access check of the page's server.
#[derive(Debug, Clone)]
pub(super) struct PageAuth {
    token: String,
    /// Host that browsers must name: another name points to an attack by DNS rebinding.
    host: String,
}

impl PageAuth {
    /// Creates the check for this address, with a random token of 128 bits.
    pub(super) fn new(page_url: SocketAddr) -> anyhow::Result<Self> {
        let mut token = [0; 16];
        getrandom::fill(&mut token).context("making the page's token")?;
        Ok(Self { token: hex::encode(token), host: page_url.to_string() })
    }

    pub(super) fn page_url(&self) -> String {
        format!("http://{}/?token={}", self.host, self.token)
    }

    fn is_authorized(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let header_value = |name| headers.get(name).map(HeaderValue::as_bytes);
        let query = uri.query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token=")).unwrap_or_default();
        // Browsers send the origin with every request that can change state: it must be this page's.
        let own = format!("http://{}", self.host);
        let from_here = header_value(header::ORIGIN).is_none_or(|origin| origin == own.as_bytes());
        header_value(header::HOST) == Some(self.host.as_bytes())
            && from_here
            && bool::from(token.as_bytes().ct_eq(self.token.as_bytes()))
    }
}

/// Running server.
pub(super) struct PageServer(JoinHandle<()>);

impl PageServer {
    pub(super) fn start(
        listener: TcpListener,
        auth: PageAuth,
        phone: PhoneHandle,
        environment: EnvironmentHandle,
    ) -> Self {
        let page = PAGE.replace("{token}", &auth.token);
        let auth = Arc::new(auth);
        let router = Router::new()
            .route("/", get(move || async move { asset("text/html; charset=utf-8", page) }))
            .route("/page.css", get(async || asset("text/css; charset=utf-8", STYLE)))
            .route("/page.js", get(async || asset("text/javascript; charset=utf-8", SCRIPT)))
            .route("/live", get(upgrade_socket))
            .with_state(Handles { phone, environment })
            .layer(middleware::from_fn_with_state(auth, require_auth));
        Self(tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the page's server stopped: {error}");
            }
        }))
    }

    pub(super) async fn stop(self) {
        self.0.abort();
        // The error of an aborted task is expected.
        let _ = self.0.await;
    }
}

#[derive(Clone)]
struct Handles {
    phone: PhoneHandle,
    environment: EnvironmentHandle,
}

async fn require_auth(State(auth): State<Arc<PageAuth>>, request: Request, next: Next) -> Response<Body> {
    if auth.is_authorized(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This page opens at the address that was printed.\n").into_response()
    }
}

fn asset(kind: &'static str, body: impl IntoResponse) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}

/// Upgrades to a WebSocket. Browsers always send an origin here, which the access check has verified.
async fn upgrade_socket(State(handles): State<Handles>, upgrade: WebSocketUpgrade) -> Response<Body> {
    upgrade.on_upgrade(|socket| serve_socket(socket, handles))
}

async fn serve_socket(socket: WebSocket, handles: Handles) {
    let (sink, requests) = socket.split();
    let (reply_sender, replies) = mpsc::unbounded_channel();
    // Ends when the page disconnects or no more updates can be sent.
    tokio::select! {
        () = read_requests(requests, &handles, reply_sender) => {}
        _ = send_updates(sink, &handles, replies) => {}
    }
}

/// Executes the page's requests in order; slow ones run in their own task.
async fn read_requests(
    mut requests: SplitStream<WebSocket>,
    handles: &Handles,
    replies: mpsc::UnboundedSender<PageMessage<'static>>,
) {
    while let Some(Ok(message)) = requests.next().await {
        let Message::Text(text) = message else { continue };
        let request = match serde_json::from_str::<PageRequest>(&text) {
            Ok(request) if request.is_allowed() => request,
            _ => {
                drop(replies.send(PageMessage::Refused { error: "a page may not request this".to_owned() }));
                continue;
            }
        };
        match request {
            PageRequest::Verb(verb) => {
                // The next request is read while this one runs, and queued behind it.
                let Ok(finished) = handles.phone.enqueue(verb).await else { break };
                let replies = replies.clone();
                tokio::spawn(async move {
                    if let Ok(Err(error)) = finished.await {
                        drop(replies.send(PageMessage::Refused { error }));
                    }
                });
            }
            PageRequest::Environment(_) | PageRequest::Restart { .. } => {
                tokio::spawn(run_request(request, handles.clone(), replies.clone()));
            }
        }
    }
}

async fn run_request(
    request: PageRequest,
    handles: Handles,
    replies: mpsc::UnboundedSender<PageMessage<'static>>,
) {
    let outcome = match request {
        PageRequest::Environment(action) => handles.environment.run(action).await,
        PageRequest::Restart { restart } => handles.phone.restart(restart).await.map(|()| String::new()),
        PageRequest::Verb(verb) => handles.phone.request(verb).await.map(|_| String::new()),
    };
    // The page may have disconnected meanwhile.
    drop(replies.send(match outcome {
        Ok(output) => PageMessage::Done { output },
        Err(error) => PageMessage::Refused { error },
    }));
}

/// Sends every change of the states and the screen; nothing while the screen is unchanged.
async fn send_updates(
    mut sink: SplitSink<WebSocket, Message>,
    handles: &Handles,
    mut replies: mpsc::UnboundedReceiver<PageMessage<'static>>,
) -> anyhow::Result<()> {
    let (mut screen, mut device, mut environment) =
        (handles.phone.screen(), handles.phone.state(), handles.environment.state());
    screen.mark_changed();
    device.mark_changed();
    environment.mark_changed();
    let mut last_seen = 0;
    loop {
        let message = tokio::select! {
            changed = screen.changed() => {
                changed?;
                let bytes = {
                    let screen = screen.borrow_and_update();
                    let bytes = screen.changes_since(last_seen);
                    last_seen = screen.number();
                    bytes
                };
                match bytes {
                    Some(bytes) => Message::Binary(bytes.into()),
                    None => continue,
                }
            }
            changed = device.changed() => {
                changed?;
                text(&PageMessage::Device { device: &device.borrow_and_update() })?
            }
            changed = environment.changed() => {
                changed?;
                text(&PageMessage::Environment { environment: &environment.borrow_and_update() })?
            }
            Some(reply) = replies.recv() => text(&reply)?,
        };
        sink.send(message).await?;
    }
}

fn text(message: &PageMessage<'_>) -> anyhow::Result<Message> {
    Ok(Message::Text(serde_json::to_string(message)?.into()))
}
