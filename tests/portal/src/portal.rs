//! Start and stop of a portal: its server, its workers and its database thread.

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
use tracing::info;

use crate::{
    PortalConfig, api,
    app::{App, AppState},
    jobs,
    mail::{queue, smtp_server::SmtpServerError},
    password_requests,
    pdf::PdfError,
    secrets::{ConfigSigner, Keys, SecretsError},
    seed::SeedError,
    server::{self, TlsError},
    storage::{self, Storage, StorageError},
};

/// Longest time to wait for a reply of the SMTP server.
const SMTP_TIMEOUT: Duration = Duration::from_secs(10);

/// Error that keeps a portal from starting.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// The data folder cannot be created, or the port cannot be bound.
    #[error("{what}: {source}")]
    Io {
        /// File or address concerned.
        what: String,
        /// Underlying error.
        source: io::Error,
    },
    /// The database cannot be opened or migrated.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A key file cannot be read or created.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The font of the receipts cannot be loaded.
    #[error("receipts: {0}")]
    Receipts(String),
    /// The seed folder is invalid.
    #[error("seed: {0}")]
    Seed(#[from] SeedError),
    /// Another portal runs on the same data folder.
    #[error("a portal runs on {0} already")]
    Running(String),
    /// The certificate or its key is unusable.
    #[error("TLS: {0}")]
    Tls(#[from] TlsError),
    /// The portal would serve plain HTTP to other machines.
    #[error("plain HTTP is for this machine: give a certificate and its key, or say --behind-proxy")]
    PlainHttp,
    /// The address of the SMTP server is invalid, or without TLS.
    #[error(transparent)]
    Smtp(#[from] SmtpServerError),
    /// `mail_from` is not an address.
    #[error("mail_from: {0}")]
    MailFrom(#[from] lettre::address::AddressError),
}

impl From<PdfError> for PortalError {
    fn from(error: PdfError) -> Self {
        Self::Receipts(error.to_string())
    }
}

impl PortalError {
    fn io(what: &impl ToString) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }
}

/// Handle to a running portal. Call [`Portal::stop`] to shut it down in order.
pub struct Portal {
    addr: SocketAddr,
    is_tls: bool,
    app: App,
    stopping: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    storage: thread::JoinHandle<()>,
    _lock: File,
}

impl Portal {
    /// Starts a portal. It accepts connections when this returns.
    ///
    /// # Errors
    /// Fails when a folder, the database, the seed, the certificate, the port or the sender's address is unusable, or
    /// when another portal runs on the same data folder.
    pub async fn start(config: PortalConfig) -> Result<Self, PortalError> {
        fs::create_dir_all(&config.data).map_err(PortalError::io(&config.data.display()))?;
        config.mail_from.parse::<lettre::message::Mailbox>()?;
        let transport = config.smtp.transport()?;
        let tls = config.tls.as_ref().map(server::tls).transpose()?;
        if tls.is_none() && !config.behind_proxy && !config.listen.ip().is_loopback() {
            return Err(PortalError::PlainHttp);
        }
        let lock = lock(&config.data)?;
        let (keys, signer) = (Keys::open(&config.data)?, ConfigSigner::open(&config.data)?);
        let (storage, store_thread) = Storage::open(&config.data.join(storage::FILE))?;
        let listener = TcpListener::bind(config.listen).map_err(PortalError::io(&config.listen))?;
        let addr = listener.local_addr().map_err(PortalError::io(&config.listen))?;
        let local_url = url(addr, tls.is_some());
        let public_url =
            config.public_url.as_deref().map_or(local_url, |url| url.trim_end_matches('/').to_owned());
        let app = AppState::open(&config, public_url, storage, keys, signer).await?;
        let (stopping, stopped) = watch::channel(false);
        let transport = transport.timeout(Some(SMTP_TIMEOUT)).build();
        let (listening, is_tls) = (Handle::new(), tls.is_some());
        let tasks = vec![
            tokio::spawn(password_requests::run(app.clone(), stopped.clone())),
            tokio::spawn(queue::run(app.clone(), transport, config.mail_from, stopped.clone())),
            tokio::spawn(jobs::run(app.clone(), stopped.clone())),
            tokio::spawn(server::serve(listener, tls, listening.clone(), api::router(app.clone()), stopped)),
        ];
        listening.listening().await;
        info!(version = env!("CARGO_PKG_VERSION"), tls = is_tls, "portal started");
        Ok(Self { addr, is_tls, app, stopping, tasks, storage: store_thread, _lock: lock })
    }

    /// Base URL, for example `http://127.0.0.1:8080`; with TLS `https://localhost:8443`, the name that local test
    /// certificates carry.
    pub fn url(&self) -> String {
        url(self.addr, self.is_tls)
    }

    /// Public key that verifies the signed config, as 64 hexadecimal digits. Apps are built with it.
    pub fn config_key(&self) -> String {
        self.app.config_key()
    }

    /// Number of calls received over HTTP/2.
    pub fn http2_requests(&self) -> u64 {
        self.app.http2_requests.load(Ordering::Relaxed)
    }

    /// Stops the portal: answers calls in progress, leaves unsent emails queued, closes the database. The data stays,
    /// so that a portal can be started on it again, also on the same port.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        for task in self.tasks {
            // A task that panicked has stopped as well.
            let _ = task.await;
        }
        // The database closes when its last handle is dropped.
        drop(self.app);
        let storage = self.storage;
        let _ = tokio::task::spawn_blocking(move || storage.join()).await;
        info!("portal stopped");
    }
}

fn url(addr: SocketAddr, is_tls: bool) -> String {
    if is_tls { format!("https://localhost:{}", addr.port()) } else { format!("http://{addr}") }
}

/// Takes an exclusive lock on the data folder: two portals would send every email twice, and none may run during a
/// restore.
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
