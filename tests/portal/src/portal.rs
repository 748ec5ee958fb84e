//! A running portal: its server, its two workers, its database thread.

use std::{fs, future::IntoFuture as _, net::SocketAddr, thread, time::Duration};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    PortalConfig, api,
    app::Shared,
    mail::queue,
    password_requests,
    secrets::{Keys, SecretsError},
    seed::SeedError,
    store::{Store, StoreError},
};

/// How long calls under way may take when the portal stops.
const LAST_CALLS: Duration = Duration::from_secs(5);

/// How long the mail server may take to answer.
const SMTP_PATIENCE: Duration = Duration::from_secs(10);

/// A portal cannot start, or did not stop well.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// The data folder cannot be made, or the port cannot be had.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The database cannot be opened or brought to the present version.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server's key cannot be read.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The seed folder cannot be used.
    #[error("seed: {0}")]
    Seed(#[from] SeedError),
    /// The time zone database does not know Morocco.
    #[error("time zone: {0}")]
    Zone(jiff::Error),
    /// `mail_from` is not an address.
    #[error("mail_from: {0}")]
    MailFrom(#[from] lettre::address::AddressError),
}

impl PortalError {
    fn io(what: &impl ToString) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }
}

/// A running portal.
pub struct Portal {
    addr: SocketAddr,
    stopping: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    store: thread::JoinHandle<()>,
}

impl Portal {
    /// Starts a portal; it serves when this returns.
    ///
    /// # Errors
    /// When a folder, the database, the seed, the port or the sender's address cannot be used.
    pub async fn start(config: PortalConfig) -> Result<Self, PortalError> {
        fs::create_dir_all(&config.data).map_err(PortalError::io(&config.data.display()))?;
        config.mail_from.parse::<lettre::message::Mailbox>()?;
        let keys = Keys::open(&config.data)?;
        let (store, store_thread) = Store::open(&config.data.join("portal.sqlite"))?;
        let app = Shared::open(&config, store, keys).await?;
        let listener = TcpListener::bind(config.listen).await.map_err(PortalError::io(&config.listen))?;
        let addr = listener.local_addr().map_err(PortalError::io(&config.listen))?;
        let (stopping, stopped) = watch::channel(false);
        let transport = queue::Transport::builder_dangerous(config.smtp.ip().to_string())
            .port(config.smtp.port())
            .timeout(Some(SMTP_PATIENCE))
            .build();
        let tasks = vec![
            tokio::spawn(password_requests::work(app.clone(), stopped.clone())),
            tokio::spawn(queue::work(app.clone(), transport, config.mail_from, stopped.clone())),
            tokio::spawn(serve(listener, api::router(app), stopped)),
        ];
        Ok(Self { addr, stopping, tasks, store: store_thread })
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops: calls under way are answered, letters not sent stay queued. The data stays, so that a portal can be
    /// started on it again, also on the same port.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        for task in self.tasks {
            // A task that panicked is stopped as well.
            let _ = task.await;
        }
        let store = self.store;
        let _ = tokio::task::spawn_blocking(move || store.join()).await;
    }
}

async fn serve(listener: TcpListener, router: axum::Router, stopped: watch::Receiver<bool>) {
    let told = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the portal was dropped, which stops it as well.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(told(stopped.clone())).into_future();
    let too_long = async {
        told(stopped).await;
        tokio::time::sleep(LAST_CALLS).await;
    };
    tokio::select! {
        _ = serving => {}
        () = too_long => {}
    }
}
