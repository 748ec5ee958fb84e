//! Forwards a single connection.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Link, NetworkCondition};

/// Bytes that a slow network delivers …
const CHUNK_SIZE: usize = 1024;
/// … per interval: about the speed at the edge of a mobile network.
const CHUNK_INTERVAL: Duration = Duration::from_millis(200);

const CAPTIVE_PORTAL_PAGE: &str = "<!doctype html><html lang=\"fr\"><title>Wi-Fi</title><p>Bienvenue. Acceptez les conditions pour continuer.</p>";

/// Resets a connection, as a broken line does: at once, losing the data in flight.
pub(super) fn reset(phone: &TcpStream) -> io::Result<()> {
    phone.set_zero_linger()
}

/// Forwards requests and responses under the current condition, until one side closes.
pub(super) async fn forward(mut phone: TcpStream, link: Link) -> io::Result<()> {
    let Link { mut condition, traffic, portal, .. } = link;
    let mut portal = TcpStream::connect(portal).await?;
    portal.set_nodelay(true)?;
    let (mut request_buffer, mut response_buffer) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    // Bytes of the current response that were delivered.
    let mut delivered = 0;
    loop {
        tokio::select! {
            changes = condition.changed() => {
                let gone = changes.is_err() || !condition.borrow_and_update().keeps_connections();
                if gone {
                    return reset(&phone);
                }
            }
            read = phone.read(&mut request_buffer) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                delivered = 0;
                traffic.add_sent(&request_buffer[..read]);
                portal.write_all(&request_buffer[..read]).await?;
            }
            read = portal.read(&mut response_buffer) => {
                let read = read?;
                if read == 0 {
                    return phone.shutdown().await;
                }
                let current = *condition.borrow();
                let (end, is_cut) = match current {
                    NetworkCondition::Silent => return reset(&phone),
                    NetworkCondition::Cut(after) if delivered + read >= after => {
                        (after.saturating_sub(delivered).min(read), true)
                    }
                    _ => (read, false),
                };
                let response = &response_buffer[..end];
                traffic.add_received(end);
                if current == NetworkCondition::Slow {
                    write_slowly(&mut phone, response).await?;
                } else {
                    phone.write_all(response).await?;
                }
                if is_cut {
                    // A graceful shutdown, so that the delivered part arrives: a reset would discard it.
                    return phone.shutdown().await;
                }
                delivered += read;
            }
        }
    }
}

async fn write_slowly(phone: &mut TcpStream, response: &[u8]) -> io::Result<()> {
    for chunk in response.chunks(CHUNK_SIZE) {
        tokio::time::sleep(CHUNK_INTERVAL).await;
        phone.write_all(chunk).await?;
    }
    Ok(())
}

/// Answers any request with a page, as the captive portal of a hotel's Wi-Fi does.
pub(super) async fn serve_captive_portal(mut phone: TcpStream) -> io::Result<()> {
    let mut request = vec![0; 4096];
    if phone.read(&mut request).await? == 0 {
        return Ok(());
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        CAPTIVE_PORTAL_PAGE.len()
    );
    phone.write_all(head.as_bytes()).await?;
    phone.write_all(CAPTIVE_PORTAL_PAGE.as_bytes()).await?;
    phone.shutdown().await?;
    // A socket closed with unread bytes resets the connection, and the page may be lost.
    while phone.read(&mut request).await? > 0 {}
    Ok(())
}
