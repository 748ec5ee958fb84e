//! What a phone asks of the portal's config.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};
use fos_journeys::{
    on_file,
    other_phone::{Given, OtherPhone},
};
use fos_portal::{Portal, PortalConfig, mailbox::Mailbox};
use tokio::{net::TcpListener, sync::Semaphore};

/// A portal that has the real one's config, tells it when it is let, and refuses all else.
struct SlowToTell {
    address: String,
    asked: Arc<AtomicUsize>,
    told: Arc<Semaphore>,
}

impl SlowToTell {
    async fn begin(portal: &Portal) -> Self {
        // A provider may stand already: that of whoever came first.
        let _first = rustls::crypto::ring::default_provider().install_default();
        let config = reqwest::get(format!("{}/v1/config", portal.url())).await.unwrap();
        let serial = [("fos-config", config.headers()["fos-config"].clone())];
        let config = config.bytes().await.unwrap();
        let (asked, told) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let (counted, let_go, named) = (Arc::clone(&asked), Arc::clone(&told), serial.clone());
        let tell = async move || {
            counted.fetch_add(1, Ordering::SeqCst);
            let_go.acquire().await.unwrap().forget();
            (named, [("content-type", "application/json")], config)
        };
        let refuse = async move || (StatusCode::NOT_FOUND, serial);
        let router =
            Router::new().route("/v1/config", get(tell)).route("/v1/password-requests", post(refuse));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, asked, told }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_comes_back_while_the_config_is_asked_for_asks_for_no_second() {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = Mailbox::start().await.unwrap();
    let settings = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
    let member = on_file::named(&settings.seed, "0123456").unwrap();
    let portal = Portal::start(settings).await.unwrap();
    let slow = SlowToTell::begin(&portal).await;
    let given = Given { portal: slow.address.clone(), key: portal.config_key(), ..Given::default() };
    let data = folder.path().join("phone");
    std::fs::create_dir_all(&data).unwrap();
    let phone = OtherPhone::switch_on(&data, given).unwrap();

    // The refusal names a config that the phone has not heard yet.
    phone.ask_for_password(&member).await.unwrap_err();
    slow.told.add_permits(9);
    // And this one waits for its turn, behind whoever would have asked again.
    phone.core().recheck().await.unwrap();
    assert_eq!(slow.asked(), 2, "once for the opening, once because the member looked again");
    portal.stop().await;
}
