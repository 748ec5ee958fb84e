//! How the portal is spoken to: TLS, HTTP/2, compression, slow callers, an orderly stop.

use std::{io::Read as _, net::SocketAddr};

use fos_portal::TlsFiles;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::{Certificate, Client, ClientBuilder, Method, Version};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
};

use crate::support::{Answer, DEADLINE, MEMBER, World, request_of};

/// The portal over TLS, and the certificate to trust.
async fn over_tls() -> (World, Certificate) {
    let world = World::new().await;
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let mut config = world.config.clone();
    config.tls = Some(TlsFiles {
        certificate: world.file("certificate.pem", cert.pem()).into(),
        key: world.file("key.pem", signing_key.serialize_pem()).into(),
    });
    let certificate = Certificate::from_pem(cert.pem().as_bytes()).unwrap();
    (world.restart_as(config).await, certificate)
}

fn trusting(certificate: &Certificate) -> ClientBuilder {
    Client::builder().tls_certs_only([certificate.clone()])
}

#[tokio::test]
async fn over_tls_the_portal_speaks_http_2_and_http_1() {
    let (world, certificate) = over_tls().await;
    let url = world.portal.url();
    assert!(url.starts_with("https://localhost:"), "{url}");
    let modern = trusting(&certificate).build().unwrap();
    let old = trusting(&certificate).http1_only().build().unwrap();
    assert_eq!(world.portal.http2_requests(), 0);
    for _ in 0..2 {
        let answer = modern.get(format!("{url}/v1/config")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (200, Version::HTTP_2));
    }
    assert_eq!(world.portal.http2_requests(), 2);
    let by_address = url.replace("localhost", "127.0.0.1");
    let answer = old.get(format!("{by_address}/v1/config")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (200, Version::HTTP_11));
    assert_eq!(world.portal.http2_requests(), 2);
    world.portal.stop().await;
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_not_spoken_to() {
    let (world, _) = over_tls().await;
    let (_, another) = over_tls().await;
    let client = trusting(&another).build().unwrap();
    client.get(format!("{}/v1/config", world.portal.url())).send().await.unwrap_err();
}

#[tokio::test]
async fn a_portal_does_not_start_without_its_certificate() {
    let world = World::new().await;
    let mut config = world.config.clone();
    config.data = world.data.path().join("another");
    let no_pem = world.file("no.pem", "no certificate");
    config.tls = Some(TlsFiles { certificate: no_pem.clone().into(), key: no_pem.into() });
    let refusal = fos_portal::Portal::start(config).await.err().unwrap();
    assert!(refusal.to_string().starts_with("TLS: "), "{refusal}");
}

#[tokio::test]
async fn two_portals_do_not_share_a_data_folder() {
    let world = World::new().await;
    let refusal = fos_portal::Portal::start(world.config.clone()).await.err().unwrap();
    assert!(refusal.to_string().contains("already"), "{refusal}");
}

async fn unpacking(world: &World, path: &str, token: &str) -> Answer {
    let request = world.request(Method::GET, path).bearer_auth(token);
    Answer::read(request.header("accept-encoding", "gzip").send().await.unwrap()).await
}

#[tokio::test]
async fn the_catalogue_is_sent_compressed_to_who_can_read_that() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let plain = world.get("/v1/services", session.token()).await;
    assert_eq!(plain.header("content-encoding"), "");
    let packed = unpacking(&world, "/v1/services", session.token()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 3 < plain.bytes.len());
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.bytes);
    // It is another row of bytes, so the tag says «the same» of its content only.
    assert_eq!(packed.header("etag"), format!("W/{}", plain.header("etag")));
    let request = world.request(Method::GET, "/v1/services").bearer_auth(session.token());
    let request = request.header("accept-encoding", "gzip").header("if-none-match", packed.header("etag"));
    let again = Answer::read(request.send().await.unwrap()).await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn a_form_is_sent_compressed_too() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    let path = "/v1/services/hajj-grant/form";
    let plain = world.get(path, session.token()).await;
    let packed = unpacking(&world, path, session.token()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 2 < plain.bytes.len());
    assert_eq!(packed.header("etag"), format!("W/{}", plain.header("etag")));
}

#[tokio::test]
async fn answers_about_access_and_members_are_never_compressed() {
    let world = World::new().await;
    let session = world.member(MEMBER).await;
    for path in ["/v1/charter", "/v1/sessions", "/v1/captcha", "/v1/config", "/v1/family", "/v1/requests"] {
        let answer = unpacking(&world, path, session.token()).await;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        answer.expect(200);
    }
}

fn address(world: &World) -> SocketAddr {
    world.portal.url().trim_start_matches("http://").parse().unwrap()
}

/// What the portal answers to `said` before it hangs up, on its own.
async fn hung_up_on(address: SocketAddr, said: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(said.as_bytes()).await.unwrap();
    let mut answer = String::new();
    tokio::select! {
        read = stream.read_to_string(&mut answer) => assert_eq!(read.unwrap(), answer.len()),
        _ = alarm() => panic!("it still listens, and said {answer}"),
    }
    answer
}

/// Rings by the machine's own time, which no test moves.
fn alarm() -> oneshot::Receiver<()> {
    let (alarm, rang) = oneshot::channel();
    std::thread::spawn(move || {
        std::thread::sleep(DEADLINE);
        // The test may be over.
        let _ = alarm.send(());
    });
    rang
}

/// Time is tokio's own from here: it moves when nobody has anything to do.
#[tokio::test]
async fn a_slow_caller_does_not_hold_a_connection_for_ever() {
    let world = World::new().await;
    tokio::time::pause();
    for said in ["", "GET /v1/config HTTP/1.1\r\nHost: portal.test\r\nX-Slow: "] {
        assert_eq!(hung_up_on(address(&world), said).await, "");
    }
    let said = "POST /v1/password-requests HTTP/1.1\r\nHost: portal.test\r\nContent-Length: 100\r\n\
                Content-Type: application/json\r\n\r\n{";
    let answer = hung_up_on(address(&world), said).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("urn:fos:problem:slow"), "{answer}");
}

#[tokio::test]
async fn a_call_under_way_is_answered_when_the_portal_stops() {
    let world = World::new().await;
    let body = request_of(MEMBER).to_string();
    let mut stream = TcpStream::connect(address(&world)).await.unwrap();
    let head = format!(
        "POST /v1/password-requests HTTP/1.1\r\nHost: portal.test\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    // The portal says so when it begins to read the body: the call is under way.
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let World { portal, .. } = world;
    let stopping = tokio::spawn(portal.stop());
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    stopping.await.unwrap();
}

async fn cost(world: &World, from: &str) -> u64 {
    let request = world.request(Method::GET, "/v1/captcha").header("x-forwarded-for", from);
    let challenge: Value = Answer::read(request.send().await.unwrap()).await.expect(200);
    challenge["parameters"]["cost"].as_u64().unwrap()
}

async fn forge(world: &World, from: &str, times: usize) {
    let mut captcha = world.captcha().await;
    captcha["solution"]["derivedKey"] = "00".into();
    let body = serde_json::json!({ "ppr": MEMBER, "password": "x", "device": "", "captcha": captcha });
    for _ in 0..times {
        let request = world.request(Method::POST, "/v1/sessions").header("x-forwarded-for", from);
        Answer::read(request.json(&body).send().await.unwrap()).await.expect_problem(422, "captcha");
    }
}

#[tokio::test]
async fn an_address_that_fails_often_solves_a_harder_captcha_and_is_never_walled_off() {
    let world = World::new().await;
    world.member(MEMBER).await;
    let mut config = world.config.clone();
    config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let world = world.restart_as(config).await;
    forge(&world, "192.0.2.7", 128).await;
    assert_eq!(cost(&world, "192.0.2.7").await, 4);
    assert_eq!(cost(&world, "192.0.2.8").await, 1);
    world.later(10 * 60);
    assert_eq!(cost(&world, "192.0.2.7").await, 2);
}

#[tokio::test]
async fn a_member_behind_a_crowded_address_signs_in_all_the_same() {
    let world = World::new().await;
    world.member(MEMBER).await;
    forge(&world, "", 1_100).await;
    assert_eq!(cost(&world, "").await, 16);
    world.session(MEMBER, crate::support::CHOSEN).await;
}

#[tokio::test]
async fn what_a_caller_says_of_its_own_address_is_not_believed() {
    let world = World::new().await;
    forge(&world, "192.0.2.7", 64).await;
    assert_eq!(cost(&world, "192.0.2.8").await, 2, "both are this machine");
}
