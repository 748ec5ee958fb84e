//! One connection on the road.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
};

use super::Condition;

/// A slow road carries this much …
const PIECE: usize = 1024;
/// … in this time: about the speed of a phone at the edge of the network.
const FOR_A_PIECE: Duration = Duration::from_millis(200);

const PAGE: &str = "<!doctype html><html lang=\"fr\"><title>Wi-Fi</title><p>Bienvenue. Acceptez les conditions pour continuer.</p>";

/// Ends a connection as a broken line does: at once, and whatever was under way is lost.
pub(super) fn reset(phone: &TcpStream) -> io::Result<()> {
    phone.set_zero_linger()
}

/// Carries what is asked and what is answered, as the road is at each moment.
pub(super) async fn carry(
    mut phone: TcpStream,
    mut portal: TcpStream,
    mut condition: watch::Receiver<Condition>,
) -> io::Result<()> {
    portal.set_nodelay(true)?;
    let (mut asked, mut answered) = (vec![0; 16 * 1024], vec![0; 16 * 1024]);
    // Of the present answer, this much has passed.
    let mut passed = 0;
    loop {
        tokio::select! {
            told = condition.changed() => {
                let gone = told.is_err() || !condition.borrow_and_update().carries();
                if gone {
                    return reset(&phone);
                }
            }
            read = phone.read(&mut asked) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                passed = 0;
                portal.write_all(&asked[..read]).await?;
            }
            read = portal.read(&mut answered) => {
                let read = read?;
                if read == 0 {
                    return phone.shutdown().await;
                }
                let now = *condition.borrow();
                match now {
                    Condition::Silent => return reset(&phone),
                    Condition::Slow => crawl(&mut phone, &answered[..read]).await?,
                    Condition::Cut(after) if passed + read >= after => {
                        // In good order, so that what has passed arrives: a reset would take it back.
                        phone.write_all(&answered[..after.saturating_sub(passed).min(read)]).await?;
                        return phone.shutdown().await;
                    }
                    _ => phone.write_all(&answered[..read]).await?,
                }
                passed += read;
            }
        }
    }
}

async fn crawl(phone: &mut TcpStream, answer: &[u8]) -> io::Result<()> {
    for piece in answer.chunks(PIECE) {
        tokio::time::sleep(FOR_A_PIECE).await;
        phone.write_all(piece).await?;
    }
    Ok(())
}

/// Answers any request with a page, as the gate of a hotel's network does.
pub(super) async fn hotel(mut phone: TcpStream) -> io::Result<()> {
    let mut request = Vec::new();
    let mut piece = vec![0; 4096];
    while !is_whole(&request) {
        let read = phone.read(&mut piece).await?;
        if read == 0 {
            return Ok(());
        }
        request.extend_from_slice(&piece[..read]);
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        PAGE.len()
    );
    phone.write_all(head.as_bytes()).await?;
    phone.write_all(PAGE.as_bytes()).await?;
    phone.shutdown().await
}

/// Whether a request has come to its end, as its own head says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some(end) = text.find("\r\n\r\n") else { return false };
    let length = text[..end]
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse::<usize>().ok());
    request.len() >= end + 4 + length.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_whole_when_its_body_has_come() {
        assert!(!is_whole(b"GET / HTTP/1.1\r\nHost: a\r\n"));
        assert!(is_whole(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert!(!is_whole(b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nab"));
        assert!(is_whole(b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc"));
    }
}
