//! Counts what passes between a phone and the portal, at the socket: connections, and bytes each way.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// What has passed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passed {
    /// Connections that were opened.
    pub connections: usize,
    /// Bytes from the phone.
    pub asked: usize,
    /// Bytes to the phone.
    pub answered: usize,
    /// Requests that could be read, as `GET /v1/captcha`: none over TLS.
    pub requests: Vec<String>,
}

impl Passed {
    /// Bytes both ways.
    pub fn bytes(&self) -> usize {
        self.asked + self.answered
    }
}

/// A toll on the way to one portal. Letting go of it closes the way.
pub struct Toll {
    address: SocketAddr,
    passed: Arc<Mutex<Passed>>,
    open: JoinHandle<()>,
}

impl Toll {
    /// Opens the way to the portal.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn open(portal: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let passed = Arc::<Mutex<Passed>>::default();
        let open = tokio::spawn(keep_open(listener, portal, Arc::clone(&passed)));
        Ok(Self { address, passed, open })
    }

    /// Where a phone finds it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until something has been answered and the way is quiet, and gives what has passed.
    ///
    /// Quiet is a tenth of a second without a byte: an answer over loopback comes in less.
    pub async fn quiet(&self) -> Passed {
        let mut before = Passed::default();
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let now = lock(&self.passed).clone();
            if now.answered > 0 && now == before {
                return self.take();
            }
            before = now;
        }
    }

    /// What has passed since the last time this was asked.
    pub fn take(&self) -> Passed {
        std::mem::take(&mut lock(&self.passed))
    }
}

impl Drop for Toll {
    fn drop(&mut self) {
        self.open.abort();
    }
}

fn lock(passed: &Mutex<Passed>) -> MutexGuard<'_, Passed> {
    passed.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn keep_open(listener: TcpListener, portal: SocketAddr, passed: Arc<Mutex<Passed>>) {
    // Dropped with this task, and every connection with it.
    let mut travellers = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        lock(&passed).connections += 1;
        let passed = Arc::clone(&passed);
        travellers.spawn(async move {
            // A connection that breaks is the phone's to notice; what had passed is counted.
            let _broken = carry(phone, portal, &passed).await;
        });
        while travellers.try_join_next().is_some() {}
    }
}

async fn carry(phone: TcpStream, portal: SocketAddr, passed: &Mutex<Passed>) -> io::Result<()> {
    let portal = TcpStream::connect(portal).await?;
    // Two buffers in a row must not make either side wait for the other's acknowledgement.
    phone.set_nodelay(true)?;
    portal.set_nodelay(true)?;
    let (from_phone, to_phone) = phone.into_split();
    let (from_portal, to_portal) = portal.into_split();
    let asking = pump(from_phone, to_portal, |piece| {
        let mut passed = lock(passed);
        passed.asked += piece.len();
        passed.requests.extend(request_line(piece));
    });
    let answering = pump(from_portal, to_phone, |piece| lock(passed).answered += piece.len());
    tokio::try_join!(asking, answering).map(|_| ())
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    count: impl Fn(&[u8]),
) -> io::Result<()> {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut piece).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        count(&piece[..read]);
        to.write_all(&piece[..read]).await?;
    }
}

/// `GET /v1/captcha`, where a piece begins a request in clear: a client writes a head in one go.
fn request_line(piece: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(piece.split(|byte| *byte == b'\r').next()?).ok()?;
    line.strip_suffix(" HTTP/1.1").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_from_its_first_line() {
        assert_eq!(request_line(b"GET /v1/captcha HTTP/1.1\r\nhost: a\r\n").unwrap(), "GET /v1/captcha");
        assert_eq!(request_line(br#"{"ppr":"0123456"}"#), None);
        assert_eq!(request_line(&[22, 3, 1, 0]), None);
    }

    #[tokio::test]
    async fn every_byte_is_counted_once_and_each_way() {
        let portal = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let toll = Toll::open(portal.local_addr().unwrap()).await.unwrap();
        let mut phone = TcpStream::connect(toll.address()).await.unwrap();
        phone.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        let (mut answering, _) = portal.accept().await.unwrap();
        let mut heard = [0; 18];
        answering.read_exact(&mut heard).await.unwrap();
        answering.write_all(b"four").await.unwrap();
        phone.read_exact(&mut heard[..4]).await.unwrap();
        let passed = toll.take();
        assert_eq!((passed.connections, passed.asked, passed.answered), (1, 18, 4));
        assert_eq!(passed.requests, ["GET /"]);
        assert_eq!(toll.take(), Passed::default());
    }
}
