//! Effect of each network condition on a request, and the counts of the traffic, against a minimal server.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use fos_support::proxy::{NetworkCondition, NetworkProxy, Traffic};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nopen";
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: portal\r\n\r\n";

/// Starts a server that answers every request and counts them.
async fn portal() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let received = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&received);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let counter = Arc::clone(&counter);
            tokio::spawn(async move {
                let mut request = [0; 1024];
                while stream.read(&mut request).await.unwrap_or(0) > 0 {
                    counter.fetch_add(1, Ordering::SeqCst);
                    if stream.write_all(RESPONSE).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (address, received)
}

/// Sends a request and returns the response up to its end or the end of the connection.
async fn send_request(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    stream.write_all(REQUEST).await?;
    let mut response = Vec::new();
    let mut chunk = [0; 1024];
    while response.len() < RESPONSE.len() {
        let read = stream.read(&mut chunk).await?;
        if read == 0 {
            break;
        }
        response.extend_from_slice(&chunk[..read]);
    }
    Ok(response)
}

async fn send_request_through(proxy: &NetworkProxy) -> std::io::Result<Vec<u8>> {
    send_request(&mut TcpStream::connect(proxy.address()).await?).await
}

#[tokio::test]
async fn proxy_forwards_requests_and_responses_when_up_and_slow() {
    let (portal, _) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
    assert_eq!(send_request(&mut stream).await.unwrap(), RESPONSE);
    proxy.set_condition(NetworkCondition::Slow);
    assert_eq!(send_request(&mut stream).await.unwrap(), RESPONSE, "slowly, on the same connection");
}

#[tokio::test]
async fn proxy_resets_open_and_new_connections_when_down() {
    let (portal, received) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    let mut established = TcpStream::connect(proxy.address()).await.unwrap();
    send_request(&mut established).await.unwrap();
    proxy.set_condition(NetworkCondition::Down);
    assert!(send_request(&mut established).await.unwrap_or_default().is_empty());
    assert!(send_request_through(&proxy).await.unwrap_or_default().is_empty());
    assert_eq!(received.load(Ordering::SeqCst), 1);
    proxy.set_condition(NetworkCondition::Up);
    assert_eq!(send_request_through(&proxy).await.unwrap(), RESPONSE);
}

#[tokio::test]
async fn requests_reach_the_portal_and_responses_are_lost_when_silent() {
    let (portal, received) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    proxy.set_condition(NetworkCondition::Silent);
    assert!(send_request_through(&proxy).await.unwrap_or_default().is_empty());
    assert_eq!(received.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_response_is_cut_after_exactly_the_given_bytes() {
    let (portal, _) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    for after in [0, 1, 20, RESPONSE.len()] {
        proxy.set_condition(NetworkCondition::Cut(after));
        assert_eq!(send_request_through(&proxy).await.unwrap(), &RESPONSE[..after]);
    }
}

#[tokio::test]
async fn a_captive_portal_answers_instead_of_the_portal() {
    let (portal, received) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    proxy.set_condition(NetworkCondition::Captive);
    let page = String::from_utf8(send_request_through(&proxy).await.unwrap()).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("text/html"), "{page}");
    assert_eq!(received.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn traffic_is_counted_once_and_by_direction_as_delivered() {
    let (portal, _) = portal().await;
    let proxy = NetworkProxy::start(portal, None).await.unwrap();
    send_request_through(&proxy).await.unwrap();
    proxy.set_condition(NetworkCondition::Cut(20));
    send_request_through(&proxy).await.unwrap();
    let traffic = proxy.take_traffic();
    assert_eq!((traffic.connections, traffic.sent), (2, 2 * REQUEST.len()));
    assert_eq!((traffic.received, traffic.bytes()), (RESPONSE.len() + 20, traffic.sent + traffic.received));
    assert_eq!(traffic.requests, ["GET /", "GET /"]);
    assert_eq!(proxy.traffic(), Traffic::default());
}
