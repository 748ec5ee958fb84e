//! The live page's server, over a face that draws two colours.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    thread,
};

use fos_journeys::{
    face::{Alive, Face, Launcher, Surroundings},
    live::Live,
    walk::Standing,
    world::World,
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

/// A screen of two by two pixels: a key changes one corner, and nothing else changes anything.
struct TwoColours;

struct Thread;

impl Alive for Thread {
    fn kill(&mut self) {}

    fn ended(&mut self) -> Option<String> {
        None
    }
}

impl Launcher for TwoColours {
    fn launch(&self, runner: SocketAddr, _around: &Surroundings) -> std::io::Result<Box<dyn Alive>> {
        thread::spawn(move || draw(TcpStream::connect(runner)?));
        Ok(Box::new(Thread))
    }
}

fn draw(mut stream: TcpStream) -> std::io::Result<()> {
    writeln!(stream, r#"{{"face":"fake"}}"#)?;
    let (mut number, mut waits) = (1, false);
    for line in BufReader::new(stream.try_clone()?).lines() {
        let verb: Value = serde_json::from_str(&line?)?;
        if std::mem::take(&mut waits) {
            writeln!(stream, r#"{{"ok":true}}"#)?;
        }
        let answer = match verb["verb"].as_str() {
            Some("frame") if verb["since"] == number => {
                waits = true;
                continue;
            }
            Some("frame") => {
                let whole = verb["since"] == 0;
                let side = if whole { 2 } else { 1 };
                std::fs::write(verb["file"].as_str().unwrap(), vec![number; side * side * 4])?;
                let part = json!({"x": 0, "y": 0, "width": side, "height": side});
                json!({"ok": true, "frame": {"number": number, "width": 2, "height": 2, "part": part}})
            }
            Some("key") => {
                number += 1;
                json!({"ok": true})
            }
            Some("quit") => return Ok(()),
            _ => json!({"ok": false, "why": "it has two colours and no more"}),
        };
        writeln!(stream, "{answer}")?;
    }
    Ok(())
}

async fn page() -> Live {
    let world = World::begin(false, &[]).await.unwrap();
    let around = Surroundings {
        portal: world.portal(),
        config_key: world.config_key().to_owned(),
        root: None,
        data: world.folder().join("phone"),
        language: "ar-MA".to_owned(),
        clock: world.phone_clock(),
        log: world.folder().join("face.log"),
    };
    std::fs::create_dir_all(&around.data).unwrap();
    let launcher = Arc::new(TwoColours);
    let face = Face::start(&*launcher, &around).await.unwrap();
    Live::open(Standing { world, face, around }, launcher, 0).await.unwrap()
}

/// Where the page is, and its token.
fn parts(page: &Live) -> (String, String) {
    let address = page.address();
    let (host, token) = address.strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
    (host.to_owned(), token.to_owned())
}

/// The status with which a path is answered.
async fn status(at: &str, path: &str, host: &str, more: &str) -> u16 {
    let mut stream = Stream::connect(at).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split_whitespace().nth(1).unwrap().parse().unwrap()
}

type Line = WebSocketStream<MaybeTlsStream<Stream>>;

async fn line(host: &str, token: &str, origin: &str) -> Result<Line, Error> {
    let mut request = format!("ws://{host}/live?token={token}").into_client_request()?;
    request.headers_mut().insert("origin", origin.parse().unwrap());
    connect_async(request).await.map(|(line, _)| line)
}

async fn joined(page: &Live) -> Line {
    let (host, token) = parts(page);
    line(&host, &token, &format!("http://{host}")).await.unwrap()
}

async fn wish(line: &mut Line, wish: &Value) {
    line.send(Message::text(wish.to_string())).await.unwrap();
}

/// The next frame: its six numbers and its pixels. What else is told before it is no frame.
async fn frame(line: &mut Line) -> (Vec<u32>, Vec<u8>) {
    loop {
        if let Message::Binary(bytes) = line.next().await.unwrap().unwrap() {
            let numbers =
                bytes[..24].chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().unwrap()));
            return (numbers.collect(), bytes[24..].to_vec());
        }
    }
}

/// The next thing told of this kind, and how many frames came before it.
async fn told(line: &mut Line, kind: &str) -> (Value, usize) {
    let mut frames = 0;
    loop {
        match line.next().await.unwrap().unwrap() {
            Message::Binary(_) => frames += 1,
            Message::Text(text) => {
                let told: Value = serde_json::from_str(&text).unwrap();
                if told["told"] == kind {
                    return (told, frames);
                }
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn only_the_token_opens_the_page_and_only_under_its_own_name() {
    let page = page().await;
    let (host, token) = parts(&page);
    assert!(host.starts_with("127.0.0.1:") && token.len() == 32, "{}", page.address());
    let own = format!("Origin: http://{host}\r\n");
    for path in ["/", "/page.css", "/page.js"] {
        let opened = format!("{path}?token={token}");
        assert_eq!(status(&host, &opened, &host, "").await, 200, "{path}");
        assert_eq!(status(&host, &opened, &host, &own).await, 200, "{path}");
        assert_eq!(status(&host, &opened, "fos.test", "").await, 403, "{path} under another name");
        let other = "Origin: http://elsewhere.test\r\n";
        assert_eq!(status(&host, &opened, &host, other).await, 403, "{path} from another page");
        assert_eq!(status(&host, path, &host, "").await, 403, "{path} without a token");
        let wrong = format!("{path}?token={}", "0".repeat(32));
        assert_eq!(status(&host, &wrong, &host, "").await, 403, "{path} with a wrong token");
    }
    page.end().await;
}

#[tokio::test]
async fn no_other_page_gets_a_line_and_none_without_the_token() {
    let page = page().await;
    let (host, token) = parts(&page);
    let refused = |outcome: Result<Line, Error>| match outcome {
        Err(Error::Http(answer)) => answer.status().as_u16(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(line(&host, &token, "http://elsewhere.test").await), 403);
    assert_eq!(refused(line(&host, &token, "null").await), 403);
    assert_eq!(refused(line(&host, "", &format!("http://{host}")).await), 403);
    page.end().await;
}

#[tokio::test]
async fn a_frame_is_sent_once_and_nothing_while_the_screen_stands_still() {
    let page = page().await;
    let mut line = joined(&page).await;
    assert_eq!(frame(&mut line).await, (vec![2, 2, 0, 0, 2, 2], vec![1; 16]));
    wish(&mut line, &json!({"verb": "key", "name": "a"})).await;
    assert_eq!(frame(&mut line).await, (vec![2, 2, 0, 0, 1, 1], vec![2; 4]));
    // The face is asked for a frame again after each of these, and has none.
    for _ in 0..3 {
        wish(&mut line, &json!({"verb": "back"})).await;
        let (answer, frames) = told(&mut line, "refused").await;
        assert_eq!((answer["why"].as_str(), frames), (Some("it has two colours and no more"), 0));
    }
    let mut late = joined(&page).await;
    let (numbers, pixels) = frame(&mut late).await;
    assert_eq!((numbers, &pixels[..8]), (vec![2, 2, 0, 0, 2, 2], &[2, 2, 2, 2, 1, 1, 1, 1][..]));
    page.end().await;
}

#[tokio::test]
async fn a_page_may_not_ask_what_names_a_file_or_makes_no_sense() {
    let page = page().await;
    let mut line = joined(&page).await;
    for asked in [json!({"verb": "picture", "file": "/x"}), json!({"verb": "quit"}), json!({"verb": "fly"})] {
        wish(&mut line, &asked).await;
        assert_eq!(told(&mut line, "refused").await.0["why"], "a page may not ask this", "{asked}");
    }
    page.end().await;
}

#[tokio::test]
async fn the_desk_acts_and_the_page_is_told() {
    let page = page().await;
    let mut line = joined(&page).await;
    let (news, _) = told(&mut line, "news").await;
    assert_eq!(news["news"]["members"][0]["ppr"], "0123456");
    let announced = news["news"]["announced"].as_u64().unwrap();
    wish(&mut line, &json!({"desk": "open"})).await;
    assert_eq!(told(&mut line, "news").await.0["news"]["announced"], announced - 1);
    assert!(told(&mut line, "done").await.0["said"].as_str().unwrap().contains(" is open"));
    for said in ["charter 2026-2 is in force", "charter 2026-3 is in force"] {
        wish(&mut line, &json!({"desk": "charter"})).await;
        assert!(told(&mut line, "done").await.0["said"].as_str().unwrap().contains(said));
    }
    for on in [true, false] {
        wish(&mut line, &json!({"desk": "maintenance", "on": on})).await;
        assert_eq!(told(&mut line, "news").await.0["news"]["maintenance"], on);
        told(&mut line, "done").await;
        wish(&mut line, &json!({"desk": "network", "on": !on})).await;
        assert_eq!(told(&mut line, "news").await.0["news"]["network"], !on);
        told(&mut line, "done").await;
        wish(&mut line, &json!({"desk": "portal", "on": !on})).await;
        assert_eq!(told(&mut line, "news").await.0["news"]["portal"], !on);
        told(&mut line, "done").await;
    }
    page.end().await;
}

#[tokio::test]
async fn an_app_that_starts_again_is_drawn_whole() {
    let page = page().await;
    let mut line = joined(&page).await;
    frame(&mut line).await;
    wish(&mut line, &json!({"verb": "key", "name": "a"})).await;
    frame(&mut line).await;
    wish(&mut line, &json!({"again": "fresh"})).await;
    assert_eq!(frame(&mut line).await, (vec![2, 2, 0, 0, 2, 2], vec![1; 16]));
    page.end().await;
}
