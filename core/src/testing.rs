//! Fakes for the core's own tests: the app on a temporary folder, a portal that answers as a test says, a clock that a test
//! sets.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};

use crate::clock::Clock;
use crate::{Config, Fos, Platform};

/// Address at which nothing listens.
pub(crate) const NO_PORTAL: &str = "http://127.0.0.1:9";

/// Config of the tests.
pub(crate) fn config(folder: &Path, portal: &str) -> Config {
    Config {
        data_dir: folder.display().to_string(),
        portal: portal.to_owned(),
        app_version: "0.1.0".to_owned(),
        portal_key: String::new(),
        extra_root: None,
        clock_file: None,
    }
}

/// Platform of the tests.
pub(crate) fn platform() -> Platform {
    Platform {
        device: "هاتف تجربة".to_owned(), language: "ar-MA".to_owned(), system: "linux".to_owned()
    }
}

/// Opens the app on this folder, in Arabic, with a portal address at which nothing listens.
pub(crate) fn open_app(folder: &Path) -> Arc<Fos> {
    Fos::open(config(folder, NO_PORTAL), platform()).unwrap()
}

/// Opens the app on this folder, in Arabic, with a test's portal and clock.
pub(crate) fn open_app_at(folder: &Path, portal: &str, clock: &TestClock) -> Arc<Fos> {
    Fos::with_clock(config(folder, portal), platform(), Box::new(clock.clone())).unwrap()
}

/// A clock that stands still until the test moves it.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn at(time: &str) -> Self {
        Self(Arc::new(AtomicI64::new(time.parse::<Timestamp>().unwrap().as_second())))
    }

    pub(crate) fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn advance_days(&self, days: i64) {
        self.advance_seconds(days * 24 * 3600);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn uptime(&self) -> Duration {
        // The test's time passes; nobody sets this clock.
        Duration::from_secs(self.0.load(Ordering::SeqCst).try_into().unwrap())
    }
}

/// A request that the fake portal received.
#[derive(Debug, Clone)]
pub(crate) struct PortalRequest {
    /// `GET /v1/services`.
    pub(crate) line: String,
    /// Header lines, names in lower case.
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl PortalRequest {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn token(&self) -> &str {
        self.header("authorization").trim_start_matches("Bearer ")
    }
}

/// Answer of the fake portal.
pub(crate) enum Reply {
    /// Status and JSON body.
    Json(u16, String),
    Pdf(&'static [u8]),
    /// These bytes, head and body, after which the connection ends.
    Raw(String),
    /// Cuts the connection instead.
    Cut,
    /// Holds the connection without an answer until the client leaves.
    Silence,
    /// Answers once the test says so.
    After(Arc<Notify>, Box<Self>),
}

impl Reply {
    /// A problem document (RFC 9457) of this type.
    pub(crate) fn problem(status: u16, kind: &str) -> Self {
        Self::Json(status, format!(r#"{{"type":"urn:fos:problem:{kind}","status":{status}}}"#))
    }
}

/// A portal on a loopback port that answers as the test's function says.
pub(crate) struct FakePortal {
    pub(crate) url: String,
    received: mpsc::UnboundedReceiver<PortalRequest>,
}

impl FakePortal {
    pub(crate) async fn start(answer: impl Fn(&PortalRequest) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = mpsc::unbounded_channel();
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, sender) = (Arc::clone(&answer), sender.clone());
                tokio::spawn(async move { serve(stream, answer.as_ref(), &sender).await });
            }
        });
        Self { url, received }
    }

    /// Waits for the next request.
    pub(crate) async fn next(&mut self) -> PortalRequest {
        self.received.recv().await.unwrap()
    }

    /// Returns the lines of the requests received since the last call.
    pub(crate) fn lines(&mut self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }

    /// Returns the requests received since the last call.
    pub(crate) fn requests(&mut self) -> Vec<PortalRequest> {
        std::iter::from_fn(|| self.received.try_recv().ok()).collect()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(impl Fn(&PortalRequest) -> Reply + Send + Sync),
    sender: &mpsc::UnboundedSender<PortalRequest>,
) {
    let Some(request) = read_request(&mut stream).await else { return };
    let mut reply = answer(&request);
    // A test that has ended reads no more.
    let _ = sender.send(request);
    while let Reply::After(signal, then) = reply {
        signal.notified().await;
        reply = *then;
    }
    let (status, kind, body) = match &reply {
        Reply::Json(status, body) => (*status, "application/json", body.as_bytes()),
        Reply::Pdf(body) => (200, "application/pdf", *body),
        Reply::Raw(bytes) => {
            // A client that was cancelled reads no answer.
            let _ = stream.write_all(bytes.as_bytes()).await;
            return;
        }
        Reply::Cut => return,
        Reply::Silence | Reply::After(..) => {
            let _left = stream.read(&mut [0]).await;
            return;
        }
    };
    let head = format!(
        "HTTP/1.1 {status} Test\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // A client that was cancelled reads no answer.
    let _ = stream.write_all(&[head.as_bytes(), body].concat()).await;
}

async fn read_request(stream: &mut TcpStream) -> Option<PortalRequest> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
            let headers: Vec<(String, String)> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
                .collect();
            let request = PortalRequest { line, headers, body: body.to_owned() };
            let length = request.header("content-length").parse().unwrap_or(0);
            if request.body.len() >= length {
                return Some(request);
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
