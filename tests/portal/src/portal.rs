//! A running portal: its server, its workers, its database thread.

use std::{
    fs::{self, File},
    io,
    net::{SocketAddr, TcpListener},
    path::Path,
    sync::atomic::Ordering,
    thread,
    time::Duration,
};

use axum_server::Handle;
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    PortalConfig, api,
    app::{App, Shared},
    mail::queue,
    paper::PaperError,
    password_requests, rounds,
    secrets::{Keys, SecretsError, Signer},
    seed::SeedError,
    server::{self, TlsError},
    store::{self, Store, StoreError},
};

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
        source: io::Error,
    },
    /// The database cannot be opened or brought to the present version.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server's key cannot be read.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The letters that receipts are written in cannot be used.
    #[error("receipts: {0}")]
    Receipts(String),
    /// The seed folder cannot be used.
    #[error("seed: {0}")]
    Seed(#[from] SeedError),
    /// The time zone database does not know Morocco.
    #[error("time zone: {0}")]
    Zone(jiff::Error),
    /// Another portal runs on the same data folder.
    #[error("a portal runs on {0} already")]
    Running(String),
    /// The certificate or its key cannot be used.
    #[error("TLS: {0}")]
    Tls(#[from] TlsError),
    /// `mail_from` is not an address.
    #[error("mail_from: {0}")]
    MailFrom(#[from] lettre::address::AddressError),
}

impl From<PaperError> for PortalError {
    fn from(error: PaperError) -> Self {
        Self::Receipts(error.to_string())
    }
}

impl PortalError {
    fn io(what: &impl ToString) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }
}

/// A running portal.
pub struct Portal {
    addr: SocketAddr,
    is_tls: bool,
    app: App,
    stopping: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    store: thread::JoinHandle<()>,
    _lock: File,
}

impl Portal {
    /// Starts a portal; it serves when this returns.
    ///
    /// # Errors
    /// When a folder, the database, the seed, the certificate, the port or the sender's address cannot be used, or
    /// another portal runs on the same data folder.
    pub async fn start(config: PortalConfig) -> Result<Self, PortalError> {
        fs::create_dir_all(&config.data).map_err(PortalError::io(&config.data.display()))?;
        config.mail_from.parse::<lettre::message::Mailbox>()?;
        let tls = config.tls.as_ref().map(server::tls).transpose()?;
        let lock = lock(&config.data)?;
        let (keys, signer) = (Keys::open(&config.data)?, Signer::open(&config.data)?);
        let (store, store_thread) = Store::open(&config.data.join(store::FILE))?;
        let listener = TcpListener::bind(config.listen).map_err(PortalError::io(&config.listen))?;
        let addr = listener.local_addr().map_err(PortalError::io(&config.listen))?;
        let own = url(addr, tls.is_some());
        let public = config.public_url.as_deref().map_or(own, |url| url.trim_end_matches('/').to_owned());
        let app = Shared::open(&config, public, store, keys, signer).await?;
        let (stopping, stopped) = watch::channel(false);
        let transport = queue::Transport::builder_dangerous(config.smtp.ip().to_string())
            .port(config.smtp.port())
            .timeout(Some(SMTP_PATIENCE))
            .build();
        let (listening, is_tls) = (Handle::new(), tls.is_some());
        let tasks = vec![
            tokio::spawn(password_requests::work(app.clone(), stopped.clone())),
            tokio::spawn(queue::work(app.clone(), transport, config.mail_from, stopped.clone())),
            tokio::spawn(rounds::make(app.clone(), stopped.clone())),
            tokio::spawn(server::serve(listener, tls, listening.clone(), api::router(app.clone()), stopped)),
        ];
        listening.listening().await;
        Ok(Self { addr, is_tls, app, stopping, tasks, store: store_thread, _lock: lock })
    }

    /// Where it answers, for example `http://127.0.0.1:8080`; over TLS by the name that certificates of a computer of
    /// one's own carry, `https://localhost:8443`.
    pub fn url(&self) -> String {
        url(self.addr, self.is_tls)
    }

    /// The public half of the key that signs the config, as 64 hexadecimal digits: what an app is built with.
    pub fn config_key(&self) -> String {
        self.app.config_key()
    }

    /// How many calls came over HTTP/2.
    pub fn http2_requests(&self) -> u64 {
        self.app.http2_requests.load(Ordering::Relaxed)
    }

    /// Stops: calls under way are answered, letters not sent stay queued. The data stays, so that a portal can be
    /// started on it again, also on the same port.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        for task in self.tasks {
            // A task that panicked is stopped as well.
            let _ = task.await;
        }
        // The database closes when its last handle goes.
        drop(self.app);
        let store = self.store;
        let _ = tokio::task::spawn_blocking(move || store.join()).await;
    }
}

fn url(addr: SocketAddr, is_tls: bool) -> String {
    if is_tls { format!("https://localhost:{}", addr.port()) } else { format!("http://{addr}") }
}

/// Holds the data folder: two portals would send every letter twice, and none may run while it is restored.
pub(crate) fn lock(data: &Path) -> Result<File, PortalError> {
    let path = data.join("portal.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(PortalError::io(&path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(PortalError::Running(data.display().to_string())),
        Err(fs::TryLockError::Error(error)) => Err(PortalError::io(&path.display())(error)),
    }
}
