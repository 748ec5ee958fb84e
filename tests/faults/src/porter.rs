//! Who stands between toxiproxy and the portal: sees every call come and every answer go, and may hold one of them
//! until the runner has broken something. What passes is handed on as it is.

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
use futures_util::stream;
use serde_json::Value;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{papers, web};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REQUESTS: &str = "/v1/requests";
/// More than the portal takes.
const LARGEST: usize = 4 << 20;

/// The calls that something is broken at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// A request is filed.
    File,
    /// The list is asked for.
    List,
}

/// Where a call is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has come, and the portal has not seen it.
    Asked,
    /// The portal has acted and answered, and nobody has heard it.
    Answered,
}

/// What becomes of a call that was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Pass,
    /// It goes on, and the connection ends with it.
    PassAsTheLast,
    /// It goes nowhere.
    Drop,
}

/// A call that was held.
#[derive(Debug)]
pub struct Held {
    /// How many bytes its answer's body has; none yet when it was held before.
    pub bytes: u64,
    /// Under which key it files; empty for any other.
    pub key: String,
    verdict: oneshot::Sender<Verdict>,
}

impl Held {
    /// Lets it go.
    pub fn go(self, verdict: Verdict) {
        // Who asked may be dead by now: then nobody waits for it.
        let _ = self.verdict.send(verdict);
    }
}

/// What was seen of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The phone's key.
    pub key: String,
    /// The SHA-256 of the values it carries.
    pub sha256: String,
    /// It was handed to the portal.
    pub handed_on: bool,
    /// The portal has put it on file, or says that it had.
    pub acted: bool,
}

#[derive(Default)]
struct Book {
    ambush: Option<(Call, Moment, oneshot::Sender<Held>)>,
    filings: Vec<Seen>,
    lists: usize,
}

struct Post {
    portal: SocketAddr,
    blind: bool,
    http: reqwest::Client,
    book: Mutex<Book>,
}

/// A porter at work. Letting go of it closes the door.
pub struct Porter {
    address: SocketAddr,
    post: Arc<Post>,
    serving: JoinHandle<()>,
}

impl Porter {
    /// Opens a door to the portal. A `blind` one gives each call a key of its own: the planted fault of a portal that
    /// ignores them.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn open(portal: SocketAddr, blind: bool) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("a port for the porter")?;
        let address = listener.local_addr()?;
        let post = Arc::new(Post { portal, blind, http: web::client(), book: Mutex::default() });
        let router = Router::new().fallback(pass).with_state(Arc::clone(&post));
        let serving = tokio::spawn(async move {
            // It ends with its task.
            let _served = axum::serve(listener, router).await;
        });
        Ok(Self { address, post, serving })
    }

    /// Where toxiproxy finds it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Holds the next call of this kind at this moment. Another one lies in wait no more.
    pub fn lie_in_wait(&self, call: Call, moment: Moment) -> oneshot::Receiver<Held> {
        let (sprung, held) = oneshot::channel();
        self.post.book().ambush = Some((call, moment, sprung));
        held
    }

    /// Lies in wait no more.
    pub fn stand_down(&self) {
        self.post.book().ambush = None;
    }

    /// What was filed so far, call by call.
    pub fn filings(&self) -> Vec<Seen> {
        self.post.book().filings.clone()
    }

    /// How often the list was asked for so far.
    pub fn lists(&self) -> usize {
        self.post.book().lists
    }
}

impl Drop for Porter {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Post {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, key: &str, what: impl Fn(&mut Seen)) {
        self.book().filings.iter_mut().filter(|seen| seen.key == key).for_each(what);
    }

    /// Holds the call if somebody lies in wait for it.
    async fn hold(&self, call: Option<Call>, moment: Moment, key: &str, bytes: u64) -> Verdict {
        let sprung = {
            let mut book = self.book();
            let ambush = book.ambush.take_if(|(of, at, _)| call == Some(*of) && moment == *at);
            ambush.map(|(.., sprung)| sprung)
        };
        let Some(sprung) = sprung else { return Verdict::Pass };
        let (verdict, told) = oneshot::channel();
        let held = Held { bytes, key: key.to_owned(), verdict };
        if sprung.send(held).is_err() {
            return Verdict::Pass;
        }
        told.await.unwrap_or(Verdict::Pass)
    }
}

async fn pass(State(post): State<Arc<Post>>, request: Request) -> Response {
    // A phone that goes away does not stop the portal from acting.
    let passing = tokio::spawn(async move { carry(&post, request).await });
    match passing.await {
        Ok(Ok(answer)) => answer,
        // As where nobody is there: the connection breaks off without a word.
        _ => Response::new(Body::from_stream(stream::once(ready(Err::<Bytes, _>(io::Error::other("gone")))))),
    }
}

async fn carry(post: &Post, request: Request) -> anyhow::Result<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await?;
    let call = match (&parts.method, parts.uri.path()) {
        (&Method::POST, REQUESTS) => Some(Call::File),
        (&Method::GET, REQUESTS) => Some(Call::List),
        _ => None,
    };
    let key = parts.headers.get(&KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
    match call {
        Some(Call::File) => {
            let values: Value = serde_json::from_slice(&body).unwrap_or_default();
            let sha256 = papers::hash(&values["values"]);
            post.book().filings.push(Seen { key: key.clone(), sha256, handed_on: false, acted: false });
        }
        Some(Call::List) => post.book().lists += 1,
        None => {}
    }
    if post.hold(call, Moment::Asked, &key, 0).await == Verdict::Drop {
        anyhow::bail!("dropped");
    }
    post.note(&key, |seen| seen.handed_on = true);
    let (status, headers, answer) = ask(post, parts, body).await?;
    if status == StatusCode::CREATED {
        post.note(&key, |seen| seen.acted = true);
    }
    let bytes = u64::try_from(answer.len())?;
    let verdict = post.hold(call, Moment::Answered, &key, bytes).await;
    anyhow::ensure!(verdict != Verdict::Drop, "dropped");
    let mut response = Response::new(Body::from(answer));
    (*response.status_mut(), *response.headers_mut()) = (status, headers);
    if verdict == Verdict::PassAsTheLast {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// Asks the portal, in the phone's own words.
async fn ask(post: &Post, parts: Parts, body: Bytes) -> anyhow::Result<(StatusCode, HeaderMap, Bytes)> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = parts.headers;
    for name in [header::HOST, header::CONNECTION, header::CONTENT_LENGTH] {
        headers.remove(name);
    }
    if post.blind && headers.contains_key(&KEY) {
        headers.insert(KEY, HeaderValue::from_str(&format!("{:032x}", fastrand::u128(..)))?);
    }
    let asking = post.http.request(parts.method, format!("http://{}{path}", post.portal));
    let answer = asking.headers(headers).body(body).send().await?;
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    for name in [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH] {
        headers.remove(name);
    }
    Ok((status, headers, answer.bytes().await?))
}
