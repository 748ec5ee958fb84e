//! Loopback proxy between the phone and the portal that can be down, slow, cut, a captive portal or an impostor, and
//! counts what passes.
//!
//! Each connection runs in its own task. A change of the condition resets established connections if the new
//! condition forwards nothing. Bytes are copied as they come and HTTP is not parsed, so that TLS passes as well.
//!
//! The fault runs use toxiproxy for conditions of a line. It is a program in Go; journeys need Rust alone, a cut after
//! so many bytes of each response, and conditions in which another server answers.

mod connection;
mod traffic;

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

pub use traffic::Traffic;
use traffic::TrafficCounter;

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
    traffic: Arc<TrafficCounter>,
    accept_task: JoinHandle<()>,
}

impl NetworkProxy {
    /// Starts a proxy on a free port; `impostor` answers under [`NetworkCondition::Impostor`].
    ///
    /// # Errors
    /// If no port is available.
    pub async fn start(portal: SocketAddr, impostor: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (condition, changes) = watch::channel(NetworkCondition::Up);
        let traffic = Arc::<TrafficCounter>::default();
        let link = Link { portal, impostor, condition: changes, traffic: Arc::clone(&traffic) };
        let accept_task = tokio::spawn(accept_connections(listener, link));
        Ok(Self { address, condition, traffic, accept_task })
    }

    /// Returns the address that the phone connects to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Changes the condition from now on.
    pub fn set_condition(&self, condition: NetworkCondition) {
        self.condition.send_replace(condition);
    }

    /// Returns the traffic since the last [`Self::take_traffic`].
    pub fn traffic(&self) -> Traffic {
        self.traffic.lock().clone()
    }

    /// Returns the traffic since the last call and resets the counts.
    pub fn take_traffic(&self) -> Traffic {
        std::mem::take(&mut self.traffic.lock())
    }
}

impl Drop for NetworkProxy {
    fn drop(&mut self) {
        self.accept_task.abort();
    }
}

/// Ends of the proxy, its current condition and its counts, shared by all connections.
#[derive(Clone)]
struct Link {
    portal: SocketAddr,
    impostor: Option<TlsAcceptor>,
    condition: watch::Receiver<NetworkCondition>,
    traffic: Arc<TrafficCounter>,
}

async fn accept_connections(listener: TcpListener, link: Link) {
    // Dropped with this task, which ends every connection.
    let mut connections = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        link.traffic.add_connection();
        let link = link.clone();
        connections.spawn(async move {
            // A broken connection is the proxy's purpose; the phone notices it by itself.
            let _broken = proxy_connection(phone, link).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn proxy_connection(phone: TcpStream, link: Link) -> io::Result<()> {
    phone.set_nodelay(true)?;
    let condition = *link.condition.borrow();
    match (condition, &link.impostor) {
        (NetworkCondition::Captive, _) => connection::serve_captive_portal(phone).await,
        (NetworkCondition::Impostor, Some(impostor)) => impostor.accept(phone).await.map(|_| ()),
        (NetworkCondition::Down | NetworkCondition::Impostor, _) => connection::reset(&phone),
        _ => connection::forward(phone, link).await,
    }
}
