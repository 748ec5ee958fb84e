//! TCP proxy that counts connections and bytes between clients and the portal.

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

/// Counted traffic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Opened connections.
    pub connections: usize,
    /// Bytes from the client.
    pub sent: usize,
    /// Bytes to the client.
    pub received: usize,
    /// Request lines such as `GET /v1/captcha`; empty over TLS.
    pub requests: Vec<String>,
}

impl Traffic {
    /// Returns the bytes in both directions.
    pub fn bytes(&self) -> usize {
        self.sent + self.received
    }
}

/// A proxy in front of one portal. It closes when it is dropped.
pub struct TrafficMeter {
    address: SocketAddr,
    traffic: Arc<Mutex<Traffic>>,
    accept_task: JoinHandle<()>,
}

impl TrafficMeter {
    /// Starts listening and forwards each connection to the portal.
    ///
    /// # Errors
    /// Returns an error if no port is available.
    pub async fn start(portal: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let traffic = Arc::<Mutex<Traffic>>::default();
        let accept_task = tokio::spawn(accept_connections(listener, portal, Arc::clone(&traffic)));
        Ok(Self { address, traffic, accept_task })
    }

    /// Returns the address for clients.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until something was received and the connections are idle, then takes the counts.
    ///
    /// Idle means a tenth of a second without a byte: a response over loopback takes less.
    pub async fn wait_until_idle(&self) -> Traffic {
        let mut previous = Traffic::default();
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let current = lock(&self.traffic).clone();
            if current.received > 0 && current == previous {
                return self.take();
            }
            previous = current;
        }
    }

    /// Returns the traffic since the last call and resets the counts.
    pub fn take(&self) -> Traffic {
        std::mem::take(&mut lock(&self.traffic))
    }
}

impl Drop for TrafficMeter {
    fn drop(&mut self) {
        self.accept_task.abort();
    }
}

fn lock(traffic: &Mutex<Traffic>) -> MutexGuard<'_, Traffic> {
    traffic.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept_connections(listener: TcpListener, portal: SocketAddr, traffic: Arc<Mutex<Traffic>>) {
    // Dropped with this task, which closes all connections.
    let mut connections = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        lock(&traffic).connections += 1;
        let traffic = Arc::clone(&traffic);
        connections.spawn(async move {
            // The client notices a broken connection; its bytes until then are counted.
            let _broken = forward(phone, portal, &traffic).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn forward(phone: TcpStream, portal: SocketAddr, traffic: &Mutex<Traffic>) -> io::Result<()> {
    let portal = TcpStream::connect(portal).await?;
    // Neither side may wait for the other's acknowledgement because of the two buffers in between.
    phone.set_nodelay(true)?;
    portal.set_nodelay(true)?;
    let (from_phone, to_phone) = phone.into_split();
    let (from_portal, to_portal) = portal.into_split();
    let sending = copy_counted(from_phone, to_portal, |chunk| {
        let mut traffic = lock(traffic);
        traffic.sent += chunk.len();
        traffic.requests.extend(request_line(chunk));
    });
    let receiving = copy_counted(from_portal, to_phone, |chunk| lock(traffic).received += chunk.len());
    tokio::try_join!(sending, receiving).map(|_| ())
}

async fn copy_counted(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    count: impl Fn(&[u8]),
) -> io::Result<()> {
    let mut chunk = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut chunk).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        count(&chunk[..read]);
        to.write_all(&chunk[..read]).await?;
    }
}

/// Returns `GET /v1/captcha` if the chunk begins a plain HTTP request: clients write a request's head at once.
fn request_line(chunk: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(chunk.split(|byte| *byte == b'\r').next()?).ok()?;
    line.strip_suffix(" HTTP/1.1").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_line_is_parsed() {
        assert_eq!(request_line(b"GET /v1/captcha HTTP/1.1\r\nhost: a\r\n").unwrap(), "GET /v1/captcha");
        assert_eq!(request_line(br#"{"ppr":"0123456"}"#), None);
        assert_eq!(request_line(&[22, 3, 1, 0]), None);
    }

    #[tokio::test]
    async fn bytes_are_counted_once_and_by_direction() {
        let portal = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let traffic_meter = TrafficMeter::start(portal.local_addr().unwrap()).await.unwrap();
        let mut phone = TcpStream::connect(traffic_meter.address()).await.unwrap();
        phone.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        let (mut receiving, _) = portal.accept().await.unwrap();
        let mut buffer = [0; 18];
        receiving.read_exact(&mut buffer).await.unwrap();
        receiving.write_all(b"four").await.unwrap();
        phone.read_exact(&mut buffer[..4]).await.unwrap();
        let traffic = traffic_meter.take();
        assert_eq!((traffic.connections, traffic.sent, traffic.received), (1, 18, 4));
        assert_eq!(traffic.requests, ["GET /"]);
        assert_eq!(traffic_meter.take(), Traffic::default());
    }
}
