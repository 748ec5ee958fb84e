//! The HTTP server: TLS, HTTP/2, compression, timeouts, shutdown.

use std::{io::Read as _, net::SocketAddr};

use fos_portal::TlsFiles;
use fos_support::{certificates::Certificates, seed::MEMBER};
use reqwest::{Certificate, Client, ClientBuilder, Method, Version};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
};

use crate::support::{ApiResponse, DEADLINE, PortalFixture, password_request_of};

/// Starts a portal over TLS and returns the root to trust.
async fn start_with_tls() -> (PortalFixture, Certificate) {
    let fixture = PortalFixture::new().await;
    let files = Certificates::generate(fixture.operator_folder()).unwrap();
    let root = Certificate::from_pem(&std::fs::read(files.root).unwrap()).unwrap();
    let mut config = fixture.config.clone();
    config.tls = Some(TlsFiles { certificate: files.certificate, key: files.key });
    (fixture.restart_as(config).await, root)
}

fn client_trusting(certificate: &Certificate) -> ClientBuilder {
    Client::builder().tls_certs_only([certificate.clone()])
}

#[tokio::test]
async fn tls_serves_http_2_and_http_1() {
    let (fixture, certificate) = start_with_tls().await;
    let url = fixture.portal.url();
    assert!(url.starts_with("https://localhost:"), "{url}");
    let modern = client_trusting(&certificate).build().unwrap();
    let old = client_trusting(&certificate).http1_only().build().unwrap();
    assert_eq!(fixture.portal.http2_requests(), 0);
    for _ in 0..2 {
        let answer = modern.get(format!("{url}/v1/config")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (200, Version::HTTP_2));
    }
    assert_eq!(fixture.portal.http2_requests(), 2);
    let by_address = url.replace("localhost", "127.0.0.1");
    let answer = old.get(format!("{by_address}/v1/config")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, Version::HTTP_11));
    assert_eq!(fixture.portal.http2_requests(), 2);
    fixture.portal.stop().await;
}

#[tokio::test]
async fn an_untrusted_certificate_is_rejected_by_the_client() {
    let (fixture, _) = start_with_tls().await;
    let (_, another) = start_with_tls().await;
    let client = client_trusting(&another).build().unwrap();
    client.get(format!("{}/v1/config", fixture.portal.url())).send().await.unwrap_err();
}

#[tokio::test]
async fn an_unreadable_certificate_prevents_the_start() {
    let fixture = PortalFixture::new().await;
    let mut config = fixture.config.clone();
    config.data = fixture.data.path().join("another");
    let no_pem = fixture.file("no.pem", "no certificate");
    config.tls = Some(TlsFiles { certificate: no_pem.clone().into(), key: no_pem.into() });
    let refusal = fos_portal::Portal::start(config).await.err().unwrap();
    assert!(refusal.to_string().starts_with("TLS: "), "{refusal}");
}

#[tokio::test]
async fn plain_http_is_not_served_to_other_machines() {
    let fixture = PortalFixture::new().await;
    let mut config = fixture.config.clone();
    config.data = fixture.data.path().join("another");
    config.listen = SocketAddr::from(([0, 0, 0, 0], 0));
    let refusal = fos_portal::Portal::start(config.clone()).await.err().unwrap();
    assert!(refusal.to_string().contains("--behind-proxy"), "{refusal}");
    config.behind_proxy = true;
    fos_portal::Portal::start(config).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_second_portal_on_the_data_folder_does_not_start() {
    let fixture = PortalFixture::new().await;
    let refusal = fos_portal::Portal::start(fixture.config.clone()).await.err().unwrap();
    assert!(refusal.to_string().contains("already"), "{refusal}");
}

async fn get_gzip(fixture: &PortalFixture, path: &str, token: &str) -> ApiResponse {
    let request = fixture.request(Method::GET, path).bearer_auth(token);
    ApiResponse::read(request.header("accept-encoding", "gzip").send().await.unwrap()).await
}

#[tokio::test]
async fn the_catalogue_is_compressed_on_request() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let plain = fixture.get("/v1/services", session.token()).await;
    assert_eq!(plain.header("content-encoding"), "");
    let compressed = get_gzip(&fixture, "/v1/services", session.token()).await;
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert!(compressed.bytes.len() * 3 < plain.bytes.len());
    let mut decompressed = Vec::new();
    flate2::read::GzDecoder::new(compressed.bytes.as_slice()).read_to_end(&mut decompressed).unwrap();
    assert_eq!(decompressed, plain.bytes);
    // The compressed bytes differ, so that the tag is a weak one.
    assert_eq!(compressed.header("etag"), format!("W/{}", plain.header("etag")));
    let request = fixture.request(Method::GET, "/v1/services").bearer_auth(session.token());
    let request =
        request.header("accept-encoding", "gzip").header("if-none-match", compressed.header("etag"));
    let again = ApiResponse::read(request.send().await.unwrap()).await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn a_form_is_compressed_on_request() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    let path = "/v1/services/hajj-grant/form";
    let plain = fixture.get(path, session.token()).await;
    let compressed = get_gzip(&fixture, path, session.token()).await;
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert!(compressed.bytes.len() * 2 < plain.bytes.len());
    assert_eq!(compressed.header("etag"), format!("W/{}", plain.header("etag")));
}

#[tokio::test]
async fn responses_about_access_and_members_are_never_compressed() {
    let fixture = PortalFixture::new().await;
    let session = fixture.member(MEMBER).await;
    for path in ["/v1/charter", "/v1/sessions", "/v1/captcha", "/v1/config", "/v1/family", "/v1/requests"] {
        let answer = get_gzip(&fixture, path, session.token()).await;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        answer.expect(200);
    }
}

fn address(fixture: &PortalFixture) -> SocketAddr {
    fixture.portal.url().trim_start_matches("http://").parse().unwrap()
}

/// Returns the response to `sent`, once the portal has closed the connection by itself.
async fn response_until_close(address: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::select! {
        read = stream.read_to_string(&mut answer) => assert_eq!(read.unwrap(), answer.len()),
        _ = deadline_signal() => panic!("it still listens, and said {answer}"),
    }
    answer
}

/// Returns a signal after the deadline in real time, which no test moves.
fn deadline_signal() -> oneshot::Receiver<()> {
    let (deadline_signal, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        std::thread::sleep(DEADLINE);
        // The test may be over.
        let _ = deadline_signal.send(());
    });
    receiver
}

/// tokio's clock is paused: it advances when every task is idle.
#[tokio::test]
async fn a_slow_client_is_disconnected() {
    let fixture = PortalFixture::new().await;
    tokio::time::pause();
    for sent in ["", "GET /v1/config HTTP/1.1\r\nHost: portal.test\r\nX-Slow: "] {
        assert_eq!(response_until_close(address(&fixture), sent).await, "");
    }
    let sent = "POST /v1/password-requests HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 100\r\n\
                Content-Type: application/json\r\n\r\n{";
    let answer = response_until_close(address(&fixture), sent).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("urn:fos:problem:slow"), "{answer}");
}

#[tokio::test]
async fn a_call_in_progress_is_answered_when_the_portal_stops() {
    let fixture = PortalFixture::new().await;
    let mut body = password_request_of(MEMBER);
    body["captcha"] = fixture.captcha().await;
    let body = body.to_string();
    let mut stream = TcpStream::connect(address(&fixture)).await.unwrap();
    let head = format!(
        "POST /v1/password-requests HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut continue_line = [0; 25];
    // The portal sends this when it begins to read the body: the call is in progress.
    stream.read_exact(&mut continue_line).await.unwrap();
    assert_eq!(&continue_line, b"HTTP/1.1 100 Continue\r\n\r\n");
    let PortalFixture { portal, .. } = fixture;
    let stopping = tokio::spawn(portal.stop());
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    stopping.await.unwrap();
}
