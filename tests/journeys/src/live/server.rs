//! The page's own server: on loopback, for who has the token.

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
    desk::Desk,
    phone::Phone,
    words::{Told, Wish},
};

const PAGE: &str = include_str!("../../live/page.html");
const STYLE: &str = include_str!("../../live/page.css");
const SCRIPT: &str = include_str!("../../live/page.js");

/// Nothing from elsewhere, and nobody else's frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Who may come in.
#[derive(Debug, Clone)]
pub(super) struct Door {
    token: String,
    /// What a browser calls this server: any other name was made to lead here by somebody else's.
    host: String,
}

impl Door {
    /// A door at this address, with a token that nobody guesses.
    pub(super) fn new(at: SocketAddr) -> anyhow::Result<Self> {
        let mut token = [0; 16];
        getrandom::fill(&mut token).context("making the page's token")?;
        Ok(Self { token: hex::encode(token), host: at.to_string() })
    }

    pub(super) fn address(&self) -> String {
        format!("http://{}/?token={}", self.host, self.token)
    }

    fn opens(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let given = |name| headers.get(name).map(HeaderValue::as_bytes);
        let query = uri.query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token=")).unwrap_or_default();
        // A browser names the page that asks, wherever that could do harm: it must be this one.
        let own = format!("http://{}", self.host);
        let from_here = given(header::ORIGIN).is_none_or(|origin| origin == own.as_bytes());
        given(header::HOST) == Some(self.host.as_bytes())
            && from_here
            && bool::from(token.as_bytes().ct_eq(self.token.as_bytes()))
    }
}

/// The server as it runs.
pub(super) struct Served(JoinHandle<()>);

impl Served {
    pub(super) fn start(listener: TcpListener, door: Door, phone: Phone, desk: Desk) -> Self {
        let page = PAGE.replace("{token}", &door.token);
        let door = Arc::new(door);
        let router = Router::new()
            .route("/", get(move || async move { file("text/html; charset=utf-8", page) }))
            .route("/page.css", get(async || file("text/css; charset=utf-8", STYLE)))
            .route("/page.js", get(async || file("text/javascript; charset=utf-8", SCRIPT)))
            .route("/live", get(meet))
            .with_state(Hosts { phone, desk })
            .layer(middleware::from_fn_with_state(door, guard));
        Self(tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the page's server stopped: {error}");
            }
        }))
    }

    pub(super) async fn end(self) {
        self.0.abort();
        // It ends by being told to: that is no error.
        let _ = self.0.await;
    }
}

#[derive(Clone)]
struct Hosts {
    phone: Phone,
    desk: Desk,
}

async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response<Body> {
    if door.opens(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This page opens at the address that was printed.\n").into_response()
    }
}

fn file(kind: &'static str, body: impl IntoResponse) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}

/// A page's line. A browser always says which page asks for one; what says nothing is no page, and has the token.
async fn meet(State(hosts): State<Hosts>, upgrade: WebSocketUpgrade) -> Response<Body> {
    upgrade.on_upgrade(|socket| talk(socket, hosts))
}

async fn talk(socket: WebSocket, hosts: Hosts) {
    let (out, heard) = socket.split();
    let (replies, told) = mpsc::unbounded_channel();
    // Whichever ends first: the page has gone, or there is nothing more to tell.
    tokio::select! {
        () = hear(heard, &hosts, replies) => {}
        _ = tell(out, &hosts, told) => {}
    }
}

/// What a page does, in its order. What takes long is done beside.
async fn hear(
    mut heard: SplitStream<WebSocket>,
    hosts: &Hosts,
    replies: mpsc::UnboundedSender<Told<'static>>,
) {
    while let Some(Ok(message)) = heard.next().await {
        let Message::Text(text) = message else { continue };
        let wish = match serde_json::from_str::<Wish>(&text) {
            Ok(wish) if wish.allowed() => wish,
            _ => {
                drop(replies.send(Told::Refused { why: "a page may not ask this".to_owned() }));
                continue;
            }
        };
        match wish {
            Wish::Verb(verb) => {
                // The next is heard meanwhile, and done after this one.
                let Ok(done) = hosts.phone.tell(verb).await else { break };
                let replies = replies.clone();
                tokio::spawn(async move {
                    if let Ok(Err(why)) = done.await {
                        drop(replies.send(Told::Refused { why }));
                    }
                });
            }
            Wish::Desk(_) | Wish::Again { .. } => {
                tokio::spawn(do_beside(wish, hosts.clone(), replies.clone()));
            }
        }
    }
}

async fn do_beside(wish: Wish, hosts: Hosts, replies: mpsc::UnboundedSender<Told<'static>>) {
    let outcome = match wish {
        Wish::Desk(act) => hosts.desk.act(act).await,
        Wish::Again { again } => hosts.phone.again(again).await.map(|()| String::new()),
        Wish::Verb(verb) => hosts.phone.ask(verb).await.map(|_| String::new()),
    };
    // The page may have gone meanwhile.
    drop(replies.send(match outcome {
        Ok(said) => Told::Done { said },
        Err(why) => Told::Refused { why },
    }));
}

/// All that changes, as it changes; of the screen what is new, and nothing while it stands still.
async fn tell(
    mut out: SplitSink<WebSocket, Message>,
    hosts: &Hosts,
    mut replies: mpsc::UnboundedReceiver<Told<'static>>,
) -> anyhow::Result<()> {
    let (mut screen, mut held, mut news) = (hosts.phone.screen(), hosts.phone.held(), hosts.desk.news());
    screen.mark_changed();
    held.mark_changed();
    news.mark_changed();
    let mut seen = 0;
    loop {
        let message = tokio::select! {
            changed = screen.changed() => {
                changed?;
                let bytes = {
                    let screen = screen.borrow_and_update();
                    let bytes = screen.since(seen);
                    seen = screen.number();
                    bytes
                };
                match bytes {
                    Some(bytes) => Message::Binary(bytes.into()),
                    None => continue,
                }
            }
            changed = held.changed() => {
                changed?;
                text(&Told::Held { held: &held.borrow_and_update() })?
            }
            changed = news.changed() => {
                changed?;
                text(&Told::News { news: &news.borrow_and_update() })?
            }
            Some(reply) = replies.recv() => text(&reply)?,
        };
        out.send(message).await?;
    }
}

fn text(told: &Told<'_>) -> anyhow::Result<Message> {
    Ok(Message::Text(serde_json::to_string(told)?.into()))
}
