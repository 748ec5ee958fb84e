//! The road between the phone and the portal: a proxy on loopback that may be down, slow, cut, or somebody else's.

mod travel;

use std::{fmt, io, net::SocketAddr};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

/// What the road is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Everything passes.
    Up,
    /// Nothing passes: every connection is reset.
    Down,
    /// Answers come at a few kilobytes a second.
    Slow,
    /// A hotel answers in the portal's place, with a page to read.
    Captive,
    /// What is asked arrives and is done, and the answer is lost.
    Silent,
    /// Each answer breaks off after so many bytes.
    Cut(usize),
    /// Somebody else answers, under a certificate that the phone does not trust.
    Impostor,
}

impl Condition {
    /// Whether a connection may live on when the road becomes like this.
    fn carries(self) -> bool {
        !matches!(self, Self::Down | Self::Captive | Self::Impostor)
    }
}

impl fmt::Display for Condition {
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

/// A road to one portal. Letting go of it closes it.
pub struct Road {
    address: SocketAddr,
    condition: watch::Sender<Condition>,
    open: JoinHandle<()>,
}

impl Road {
    /// Opens a road to the portal; `impostor` is who answers in its place when the road is [`Condition::Impostor`].
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn open(portal: SocketAddr, impostor: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (condition, told) = watch::channel(Condition::Up);
        let open = tokio::spawn(keep_open(listener, portal, impostor, told));
        Ok(Self { address, condition, open })
    }

    /// Where the phone finds it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The road is like this from now on.
    pub fn becomes(&self, condition: Condition) {
        self.condition.send_replace(condition);
    }
}

impl Drop for Road {
    fn drop(&mut self) {
        self.open.abort();
    }
}

async fn keep_open(
    listener: TcpListener,
    portal: SocketAddr,
    impostor: Option<TlsAcceptor>,
    condition: watch::Receiver<Condition>,
) {
    // Dropped with this task, and every journey on the road with it.
    let mut travellers = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        let (condition, impostor) = (condition.clone(), impostor.clone());
        travellers.spawn(async move {
            // A connection that breaks is what a road is there to show; the phone notices by itself.
            let _broken = travel_one(phone, portal, impostor, condition).await;
        });
        while travellers.try_join_next().is_some() {}
    }
}

async fn travel_one(
    phone: TcpStream,
    portal: SocketAddr,
    impostor: Option<TlsAcceptor>,
    condition: watch::Receiver<Condition>,
) -> io::Result<()> {
    phone.set_nodelay(true)?;
    let now = *condition.borrow();
    match (now, impostor) {
        (Condition::Captive, _) => travel::hotel(phone).await,
        (Condition::Impostor, Some(impostor)) => impostor.accept(phone).await.map(|_| ()),
        (Condition::Down | Condition::Impostor, _) => travel::reset(&phone),
        _ => travel::carry(phone, TcpStream::connect(portal).await?, condition).await,
    }
}
