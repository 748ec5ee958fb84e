//! Server of the live page, over a face that draws two colours.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    thread,
};

use fos_journeys::{
    environment::TestEnvironment,
    face::{Face, LaunchEnv, Launcher, RunningProcess},
    live::LivePage,
    runner::FinishedRun,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream as Stream,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

/// Face with a screen of two by two pixels: `key` changes one corner, every other verb is refused.
struct TwoColourFace;

struct NoProcess;

impl RunningProcess for NoProcess {
    fn kill(&mut self) {}

    fn exit_status(&mut self) -> Option<String> {
        None
    }

    fn release(self: Box<Self>) {}
}

impl Launcher for TwoColourFace {
    fn launch(
        &self,
        runner: SocketAddr,
        _launch_env: &LaunchEnv,
    ) -> std::io::Result<Box<dyn RunningProcess>> {
        thread::spawn(move || serve(TcpStream::connect(runner)?));
        Ok(Box::new(NoProcess))
    }
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    writeln!(stream, r#"{{"face":"fake"}}"#)?;
    let (mut number, mut frame_pending) = (1, false);
    for socket in BufReader::new(stream.try_clone()?).lines() {
        let verb: Value = serde_json::from_str(&socket?)?;
        if std::mem::take(&mut frame_pending) {
            writeln!(stream, r#"{{"ok":true}}"#)?;
        }
        let response = match verb["verb"].as_str() {
            Some("frame") if verb["since"] == number => {
                frame_pending = true;
                continue;
            }
            Some("frame") => {
                let whole = verb["since"] == 0;
                let side = if whole { 2 } else { 1 };
                std::fs::write(verb["file"].as_str().unwrap(), vec![number; side * side * 4])?;
                let part = json!({"x": 0, "y": 0, "width": side, "height": side});
                json!({"ok": true, "frame": {"number": number, "width": 2, "height": 2, "keyboard": 1, "part": part}})
            }
            Some("key") => {
                number += 1;
                json!({"ok": true})
            }
            Some("quit") => return Ok(()),
            _ => json!({"ok": false, "why": "it has two colours and no more"}),
        };
        writeln!(stream, "{response}")?;
    }
    Ok(())
}

async fn page() -> LivePage {
    let environment = TestEnvironment::start(false, &[]).await.unwrap();
    let launch_env = LaunchEnv {
        portal_url: environment.portal_url(),
        config_key: environment.config_key().to_owned(),
        extra_root: None,
        data_dir: environment.folder().join("phone"),
        language: "ar-MA".to_owned(),
        clock_offset_file: environment.clock_offset_file(),
        log_file: environment.folder().join("face.log"),
    };
    std::fs::create_dir_all(&launch_env.data_dir).unwrap();
    let launcher = Arc::new(TwoColourFace);
    let face = Face::start(&*launcher, &launch_env).await.unwrap();
    LivePage::start(FinishedRun { environment, face, launch_env }, launcher, 0).await.unwrap()
}

/// Returns host and token of the page.
fn host_and_token(page: &LivePage) -> (String, String) {
    let url = page.url();
    let (host, token) = url.strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
    (host.to_owned(), token.to_owned())
}

/// Returns the status of a GET request.
async fn status(address: &str, path: &str, host: &str, extra_headers: &str) -> u16 {
    let mut stream = Stream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{extra_headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response.split_whitespace().nth(1).unwrap().parse().unwrap()
}

type Socket = WebSocketStream<MaybeTlsStream<Stream>>;

async fn socket(host: &str, token: &str, origin: &str) -> Result<Socket, Error> {
    let mut request = format!("ws://{host}/live?token={token}").into_client_request()?;
    request.headers_mut().insert("origin", origin.parse().unwrap());
    connect_async(request).await.map(|(socket, _)| socket)
}

async fn connect_page(page: &LivePage) -> Socket {
    let (host, token) = host_and_token(page);
    socket(&host, &token, &format!("http://{host}")).await.unwrap()
}

async fn send_request(socket: &mut Socket, request: &Value) {
    socket.send(Message::text(request.to_string())).await.unwrap();
}

/// Returns the numbers and pixels of the next frame, skipping other messages.
async fn frame(socket: &mut Socket) -> (Vec<u32>, Vec<u8>) {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            let numbers =
                bytes[..28].chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap()));
            return (numbers.collect(), bytes[28..].to_vec());
        }
    }
}

/// Returns the next message of this type, and the number of frames before it.
async fn next_message(socket: &mut Socket, kind: &str) -> (Value, usize) {
    let mut frames = 0;
    loop {
        match socket.next().await.unwrap().unwrap() {
            Message::Binary(_) => frames += 1,
            Message::Text(text) => {
                let message: Value = serde_json::from_str(&text).unwrap();
                if message["type"] == kind {
                    return (message, frames);
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn page_requires_its_token_host_and_origin() {
    let page = page().await;
    let (host, token) = host_and_token(&page);
    assert!(host.starts_with("127.0.0.1:") && token.len() == 32, "{}", page.url());
    let own_origin = format!("Origin: http://{host}\r\n");
    for path in ["/", "/page.css", "/page.js"] {
        let url = format!("{path}?token={token}");
        assert_eq!(status(&host, &url, &host, "").await, 200, "{path}");
        assert_eq!(status(&host, &url, &host, &own_origin).await, 200, "{path}");
        assert_eq!(status(&host, &url, "fos.test", "").await, 403, "{path} under another name");
        let other = "Origin: http://elsewhere.test\r\n";
        assert_eq!(status(&host, &url, &host, other).await, 403, "{path} from another page");
        assert_eq!(status(&host, path, &host, "").await, 403, "{path} without a token");
        let wrong = format!("{path}?token={}", "0".repeat(32));
        assert_eq!(status(&host, &wrong, &host, "").await, 403, "{path} with a wrong token");
    }
    page.stop().await;
}

#[tokio::test]
async fn socket_requires_its_token_and_origin() {
    let page = page().await;
    let (host, token) = host_and_token(&page);
    let rejection_status = |outcome: Result<Socket, Error>| match outcome {
        Err(Error::Http(response)) => response.status().as_u16(),
        other => panic!("{other:?}"),
    };
    assert_eq!(rejection_status(socket(&host, &token, "http://elsewhere.test").await), 403);
    assert_eq!(rejection_status(socket(&host, &token, "null").await), 403);
    assert_eq!(rejection_status(socket(&host, "", &format!("http://{host}")).await), 403);
    page.stop().await;
}

#[tokio::test]
async fn each_change_of_the_screen_is_sent_once() {
    let page = page().await;
    let mut socket = connect_page(&page).await;
    assert_eq!(frame(&mut socket).await, (vec![2, 2, 1, 0, 0, 2, 2], vec![1; 16]));
    send_request(&mut socket, &json!({"verb": "key", "name": "a"})).await;
    assert_eq!(frame(&mut socket).await, (vec![2, 2, 1, 0, 0, 1, 1], vec![2; 4]));
    // After each of these the face is asked for a frame again, and has none.
    for _ in 0..3 {
        send_request(&mut socket, &json!({"verb": "back"})).await;
        let (message, frames) = next_message(&mut socket, "refused").await;
        assert_eq!((message["error"].as_str(), frames), (Some("it has two colours and no more"), 0));
    }
    let mut second_page = connect_page(&page).await;
    let (numbers, pixels) = frame(&mut second_page).await;
    assert_eq!((numbers, &pixels[..8]), (vec![2, 2, 1, 0, 0, 2, 2], &[2, 2, 2, 2, 1, 1, 1, 1][..]));
    page.stop().await;
}

#[tokio::test]
async fn requests_that_name_a_file_or_are_invalid_are_refused() {
    let page = page().await;
    let mut socket = connect_page(&page).await;
    for request in [json!({"verb": "picture", "file": "/x"}), json!({"verb": "quit"}), json!({"verb": "fly"})]
    {
        send_request(&mut socket, &request).await;
        assert_eq!(
            next_message(&mut socket, "refused").await.0["error"],
            "a page may not request this",
            "{request}"
        );
    }
    page.stop().await;
}

#[tokio::test]
async fn environment_actions_run_and_update_the_page() {
    let page = page().await;
    let mut socket = connect_page(&page).await;
    let (message, _) = next_message(&mut socket, "environment").await;
    assert_eq!(message["environment"]["members"][0]["ppr"], "0123456");
    let announced = message["environment"]["announced"].as_u64().unwrap();
    send_request(&mut socket, &json!({"action": "open"})).await;
    assert_eq!(next_message(&mut socket, "environment").await.0["environment"]["announced"], announced - 1);
    assert!(next_message(&mut socket, "done").await.0["output"].as_str().unwrap().contains(" is open"));
    for expected in ["charter 2026-2 is in force", "charter 2026-3 is in force"] {
        send_request(&mut socket, &json!({"action": "charter"})).await;
        assert!(next_message(&mut socket, "done").await.0["output"].as_str().unwrap().contains(expected));
    }
    for on in [true, false] {
        send_request(&mut socket, &json!({"action": "maintenance", "on": on})).await;
        assert_eq!(next_message(&mut socket, "environment").await.0["environment"]["maintenance"], on);
        next_message(&mut socket, "done").await;
        send_request(&mut socket, &json!({"action": "network", "on": !on})).await;
        assert_eq!(next_message(&mut socket, "environment").await.0["environment"]["network"], !on);
        next_message(&mut socket, "done").await;
        send_request(&mut socket, &json!({"action": "portal", "on": !on})).await;
        assert_eq!(next_message(&mut socket, "environment").await.0["environment"]["portal"], !on);
        next_message(&mut socket, "done").await;
    }
    page.stop().await;
}

#[tokio::test]
async fn a_restarted_app_sends_its_whole_screen() {
    let page = page().await;
    let mut socket = connect_page(&page).await;
    frame(&mut socket).await;
    send_request(&mut socket, &json!({"verb": "key", "name": "a"})).await;
    frame(&mut socket).await;
    send_request(&mut socket, &json!({"restart": "wipe-data"})).await;
    assert_eq!(frame(&mut socket).await, (vec![2, 2, 1, 0, 0, 2, 2], vec![1; 16]));
    page.stop().await;
}
