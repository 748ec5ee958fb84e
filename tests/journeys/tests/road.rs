//! What the road does to a request, against a server of three lines.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use fos_journeys::road::{Condition, Road};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nopen";
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: portal\r\n\r\n";

/// Answers whatever comes, and counts it.
async fn portal() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let counted = Arc::clone(&counted);
            tokio::spawn(async move {
                let mut request = [0; 1024];
                while stream.read(&mut request).await.unwrap_or(0) > 0 {
                    counted.fetch_add(1, Ordering::SeqCst);
                    if stream.write_all(ANSWER).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (address, heard)
}

/// What comes back to one request, up to the end of the line or of the whole answer.
async fn ask(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    stream.write_all(REQUEST).await?;
    let mut answer = Vec::new();
    let mut piece = [0; 1024];
    while answer.len() < ANSWER.len() {
        let read = stream.read(&mut piece).await?;
        if read == 0 {
            break;
        }
        answer.extend_from_slice(&piece[..read]);
    }
    Ok(answer)
}

async fn ask_on(road: &Road) -> std::io::Result<Vec<u8>> {
    ask(&mut TcpStream::connect(road.address()).await?).await
}

#[tokio::test]
async fn an_open_road_carries_what_is_asked_and_what_is_answered() {
    let (portal, _) = portal().await;
    let road = Road::open(portal, None).await.unwrap();
    let mut stream = TcpStream::connect(road.address()).await.unwrap();
    assert_eq!(ask(&mut stream).await.unwrap(), ANSWER);
    road.becomes(Condition::Slow);
    assert_eq!(ask(&mut stream).await.unwrap(), ANSWER, "slowly, on the same connection");
}

#[tokio::test]
async fn a_road_that_is_down_resets_what_stands_and_what_comes_and_the_portal_hears_nothing() {
    let (portal, heard) = portal().await;
    let road = Road::open(portal, None).await.unwrap();
    let mut standing = TcpStream::connect(road.address()).await.unwrap();
    ask(&mut standing).await.unwrap();
    road.becomes(Condition::Down);
    assert!(ask(&mut standing).await.unwrap_or_default().is_empty());
    assert!(ask_on(&road).await.unwrap_or_default().is_empty());
    assert_eq!(heard.load(Ordering::SeqCst), 1);
    road.becomes(Condition::Up);
    assert_eq!(ask_on(&road).await.unwrap(), ANSWER);
}

#[tokio::test]
async fn on_a_silent_road_the_portal_acts_and_nobody_hears_of_it() {
    let (portal, heard) = portal().await;
    let road = Road::open(portal, None).await.unwrap();
    road.becomes(Condition::Silent);
    assert!(ask_on(&road).await.unwrap_or_default().is_empty());
    assert_eq!(heard.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_cut_comes_after_as_many_bytes_as_were_said() {
    let (portal, _) = portal().await;
    let road = Road::open(portal, None).await.unwrap();
    for after in [0, 1, 20, ANSWER.len()] {
        road.becomes(Condition::Cut(after));
        assert_eq!(ask_on(&road).await.unwrap(), &ANSWER[..after]);
    }
}

#[tokio::test]
async fn a_hotel_answers_in_the_portals_place() {
    let (portal, heard) = portal().await;
    let road = Road::open(portal, None).await.unwrap();
    road.becomes(Condition::Captive);
    let page = String::from_utf8(ask_on(&road).await.unwrap()).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("text/html"), "{page}");
    assert_eq!(heard.load(Ordering::SeqCst), 0);
}
