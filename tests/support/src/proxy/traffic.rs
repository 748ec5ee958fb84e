//! Counts of a proxy's traffic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Counted traffic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Accepted connections.
    pub connections: usize,
    /// Bytes forwarded to the portal.
    pub sent: usize,
    /// Bytes delivered to the phone.
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

/// Traffic so far, counted by every connection.
#[derive(Default)]
pub(super) struct TrafficCounter(Mutex<Traffic>);

impl TrafficCounter {
    pub(super) fn lock(&self) -> MutexGuard<'_, Traffic> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add_connection(&self) {
        self.lock().connections += 1;
    }

    pub(super) fn add_sent(&self, chunk: &[u8]) {
        let mut traffic = self.lock();
        traffic.sent += chunk.len();
        traffic.requests.extend(request_line(chunk));
    }

    pub(super) fn add_received(&self, bytes: usize) {
        self.lock().received += bytes;
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
        assert_eq!(
            request_line(b"GET /v1/captcha HTTP/1.1\r\nhost: a\r\n"),
            Some("GET /v1/captcha".to_owned())
        );
        assert_eq!(request_line(br#"{"ppr":"0123456"}"#), None);
        assert_eq!(request_line(&[22, 3, 1, 0]), None);
    }
}
