//! Fetching of the portal's remote config.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, http::StatusCode, routing::get};
use fos_portal::{Portal, PortalConfig};
use fos_support::{
    headless_client::{ClientConfig, HeadlessClient},
    mailbox::Mailbox,
    seed::{self, MEMBER},
};
use tokio::{net::TcpListener, sync::Semaphore};

/// Portal that answers config requests only when permitted, and refuses everything else.
struct DelayedConfigPortal {
    address: String,
    request_count: Arc<AtomicUsize>,
    permits: Arc<Semaphore>,
}

impl DelayedConfigPortal {
    async fn start(portal: &Portal) -> Self {
        // Fails if another test has installed a provider already.
        let _first = rustls::crypto::ring::default_provider().install_default();
        let config = reqwest::get(format!("{}/v1/config", portal.url())).await.unwrap();
        let serial = [("fos-config", config.headers()["fos-config"].clone())];
        let config = config.bytes().await.unwrap();
        let (request_count, permits) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let (counter, permit, serial_header) =
            (Arc::clone(&request_count), Arc::clone(&permits), serial.clone());
        let serve_config = async move || {
            counter.fetch_add(1, Ordering::SeqCst);
            permit.acquire().await.unwrap().forget();
            (serial_header, [("content-type", "application/json")], config)
        };
        let serve_error = async move || (StatusCode::NOT_FOUND, serial);
        let router =
            Router::new().route("/v1/config", get(serve_config)).route("/v1/captcha", get(serve_error));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, request_count, permits }
    }

    fn request_count(&self) -> usize {
        self.request_count.load(Ordering::SeqCst)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_serial_seen_during_a_config_fetch_starts_no_second_fetch() {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = Mailbox::start().await.unwrap();
    let settings = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
    let member = seed::member(&settings.seed, MEMBER).unwrap();
    let portal = Portal::start(settings).await.unwrap();
    let delayed = DelayedConfigPortal::start(&portal).await;
    let client_config = ClientConfig {
        portal_url: delayed.address.clone(),
        config_key: portal.config_key(),
        ..ClientConfig::default()
    };
    let phone = HeadlessClient::open(&folder.path().join("phone"), client_config).unwrap();

    // The challenge comes first; its error response announces a serial newer than the phone's config.
    phone.request_password(&member).await.unwrap_err();
    delayed.permits.add_permits(9);
    // Queued behind any fetch that the announced serial would have started.
    phone.core().recheck().await.unwrap();
    assert_eq!(delayed.request_count(), 2, "once for the opening, once because the member looked again");
    portal.stop().await;
}
