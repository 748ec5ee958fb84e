//! Loopback proxy between the phone and the portal that can be down, slow, cut, a captive portal or an impostor.
//!
//! Each connection runs in its own task. A change of the condition resets established connections if the new
//! condition forwards nothing.

mod connection;

use std::{fmt, io, net::SocketAddr};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

/// Condition of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkCondition {
    /// Forwards everything.
    Up,
    /// Resets every connection.
    Down,
    /// Delivers responses at a few kilobytes a second.
    Slow,
    /// Answers with a captive portal's page instead of the portal.
    Captive,
    /// Forwards requests, which the portal processes, and drops the responses.
    Silent,
    /// Closes the connection after this many bytes of each response.
    Cut(usize),
    /// Answers with a certificate that the phone does not trust.
    Impostor,
}

impl NetworkCondition {
    /// Returns true if established connections survive a change to this condition.
    fn keeps_connections(self) -> bool {
        !matches!(self, Self::Down | Self::Captive | Self::Impostor)
    }
}

impl fmt::Display for NetworkCondition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Up => write!(out, "up"),
            Self::Down => write!(out, "down"),
            Self::Slow => write!(out, "slow"),
            Self::Captive => write!(out, "captive"),
            Self::Silent => write!(out, "silent"),
            Self::Cut(bytes) => write!(out, "cut {bytes}"),
            Self::Impostor => write!(out, "impostor"),
        }
    }
}

/// Proxy in front of one portal. Dropping it closes all connections.
pub struct NetworkProxy {
    address: SocketAddr,
    condition: watch::Sender<NetworkCondition>,
    accept_task: JoinHandle<()>,
}

impl NetworkProxy {
    /// Starts a proxy on a free port; `impostor` answers under [`NetworkCondition::Impostor`].
    ///
    /// # Errors
    /// If no port is available.
    pub async fn start(portal: SocketAddr, impostor: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (condition, changes) = watch::channel(NetworkCondition::Up);
        let accept_task = tokio::spawn(accept_connections(listener, portal, impostor, changes));
        Ok(Self { address, condition, accept_task })
    }

    /// Returns the address that the phone connects to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the condition from now on.
    pub fn set_condition(&self, condition: NetworkCondition) {
        self.condition.send_replace(condition);
    }
}

impl Drop for NetworkProxy {
    fn drop(&mut self) {
        self.accept_task.abort();
    }
}

async fn accept_connections(
    listener: TcpListener,
    portal: SocketAddr,
    impostor: Option<TlsAcceptor>,
    condition: watch::Receiver<NetworkCondition>,
) {
    // Dropped with this task, which ends every connection.
    let mut connections = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        let (condition, impostor) = (condition.clone(), impostor.clone());
        connections.spawn(async move {
            // A broken connection is the proxy's purpose; the phone notices it by itself.
            let _broken = proxy_connection(phone, portal, impostor, condition).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn proxy_connection(
    phone: TcpStream,
    portal: SocketAddr,
    impostor: Option<TlsAcceptor>,
    condition: watch::Receiver<NetworkCondition>,
) -> io::Result<()> {
    phone.set_nodelay(true)?;
    let current = *condition.borrow();
    match (current, impostor) {
        (NetworkCondition::Captive, _) => connection::serve_captive_portal(phone).await,
        (NetworkCondition::Impostor, Some(impostor)) => impostor.accept(phone).await.map(|_| ()),
        (NetworkCondition::Down | NetworkCondition::Impostor, _) => connection::reset(&phone),
        _ => connection::forward(phone, TcpStream::connect(portal).await?, condition).await,
    }
}
