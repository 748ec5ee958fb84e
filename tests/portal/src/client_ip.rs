//! Address of the client: that of the connection, or the one that a trusted proxy forwards.
//!
//! Behind proxies, one header is read, named at the start: proxies append to one and pass the other through, which the caller
//! may have written. Many failures from one address raise the cost of its captcha. No address is ever blocked, since a carrier puts
//! thousands of subscribers behind one (RFC 6598).

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use clap::ValueEnum;
use jiff::Timestamp;

use crate::{
    app::App,
    secrets::{Keys, Purpose, hex, hmac},
};

/// Number of failures at which the captcha's cost doubles; it doubles again at each further power of two.
const FAILURE_THRESHOLD: u32 = 64;

/// Upper limit of the cost factor.
const MAX_DIFFICULTY_FACTOR: u32 = 16;

/// Time after which half of an address's failures are forgotten. They are held in memory only: an address is personal
/// data.
const FAILURE_HALF_LIFE: i64 = 10 * 60;

/// Maximum number of addresses tracked at once.
const MAX_TRACKED: usize = 50_000;

/// Header in which the trusted proxies write the address they were called from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, a list of addresses
    XForwardedFor,
    /// `Forwarded` (RFC 7239)
    Forwarded,
}

/// Address of a client, as counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ClientIp(IpAddr);

impl ClientIp {
    /// Reduces an IPv6 address to its /64, which belongs to one household or phone as a whole (RFC 6177).
    fn from_address(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => Self(Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).into()),
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }

    /// Returns a keyed hash of the address, to be stored in its place.
    pub(crate) fn keyed_hash(self, keys: &Keys) -> String {
        hex(&hmac(&keys.derive(Purpose::ClientAddresses), self.0.to_string().as_bytes()))
    }
}

#[derive(Debug, Clone, Copy)]
struct FailureCount {
    count: u32,
    at: i64,
}

impl FailureCount {
    fn decayed(self, now: i64) -> u32 {
        let halvings = u32::try_from((now - self.at).max(0) / FAILURE_HALF_LIFE).unwrap_or(u32::MAX);
        self.count.checked_shr(halvings).unwrap_or(0)
    }
}

/// Trusted proxies, and the failures of each address.
pub(crate) struct ClientIps {
    trusted: Vec<IpAddr>,
    header: ProxyHeader,
    failures_by_ip: Mutex<HashMap<ClientIp, FailureCount>>,
}

impl ClientIps {
    pub(crate) fn new(trusted: &[IpAddr], header: ProxyHeader) -> Self {
        let trusted = trusted.iter().map(IpAddr::to_canonical).collect();
        Self { trusted, header, failures_by_ip: Mutex::new(HashMap::new()) }
    }

    /// Records a wrong password, for which a proof of work was spent: nothing that costs a caller nothing is counted, so that
    /// nobody raises the cost of an address shared with others for free.
    pub(crate) fn record_failure(&self, client_ip: ClientIp, now: Timestamp) {
        let now = now.as_second();
        let mut failures_by_ip = self.failures_by_ip.lock().unwrap_or_else(PoisonError::into_inner);
        if failures_by_ip.len() >= MAX_TRACKED {
            failures_by_ip.retain(|_, failures| failures.decayed(now) >= FAILURE_THRESHOLD);
        }
        let count = failures_by_ip.get(&client_ip).map_or(0, |failures| failures.decayed(now));
        failures_by_ip.insert(client_ip, FailureCount { count: count.saturating_add(1), at: now });
    }

    /// Returns the factor by which the captcha of this address costs more than usual.
    pub(crate) fn difficulty_factor(&self, client_ip: ClientIp, now: Timestamp) -> u32 {
        let failures_by_ip = self.failures_by_ip.lock().unwrap_or_else(PoisonError::into_inner);
        let count = failures_by_ip.get(&client_ip).map_or(0, |failures| failures.decayed(now.as_second()));
        difficulty_factor(count)
    }

    /// Resolves the client's address. The header is believed when a trusted proxy sends it, from the last hop backwards
    /// to the first that is not trusted.
    fn resolve(&self, remote: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut address = remote.to_canonical();
        let mut hops = hops(headers, self.header);
        while self.trusted.contains(&address) {
            match hops.pop() {
                Some(Some(hop)) => address = hop.to_canonical(),
                Some(None) | None => break,
            }
        }
        address
    }
}

fn difficulty_factor(failures: u32) -> u32 {
    (failures / FAILURE_THRESHOLD)
        .checked_ilog2()
        .map_or(1, |doublings| 2 << doublings.min(8))
        .min(MAX_DIFFICULTY_FACTOR)
}

/// Returns the addresses forwarded in `header`, nearest last. An unreadable or hidden one is `None`.
fn hops(headers: &HeaderMap, header: ProxyHeader) -> Vec<Option<IpAddr>> {
    let (name, parse): (_, fn(&str) -> Option<IpAddr>) = match header {
        ProxyHeader::XForwardedFor => ("x-forwarded-for", address),
        ProxyHeader::Forwarded => ("forwarded", forwarded_for),
    };
    let values = headers.get_all(name).iter();
    values.flat_map(|value| value.to_str().unwrap_or_default().split(',')).map(parse).collect()
}

fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.next().and_then(|(_, node)| address(node.trim().trim_matches('"')))
}

/// Parses an address with or without brackets and port.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim();
    let bare = node.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(node);
    bare.parse().ok().or_else(|| node.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// Middleware: adds the [`ClientIp`] to every request.
pub(crate) async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let remote = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(remote)| remote.ip());
    let remote = remote.unwrap_or(Ipv6Addr::UNSPECIFIED.into());
    let client_ip = ClientIp::from_address(app.client_ips.resolve(remote, request.headers()));
    request.extensions_mut().insert(client_ip);
    next.run(request).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{
        ClientIp, ClientIps, FAILURE_HALF_LIFE, HeaderMap, IpAddr, ProxyHeader, Timestamp, difficulty_factor,
    };

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn resolve(trusted: &[&str], remote: &str, headers: &[(&'static str, &str)]) -> IpAddr {
        resolve_by(ProxyHeader::XForwardedFor, trusted, remote, headers)
    }

    fn resolve_by(
        header: ProxyHeader,
        trusted: &[&str],
        remote: &str,
        headers: &[(&'static str, &str)],
    ) -> IpAddr {
        let trusted: Vec<_> = trusted.iter().map(|address| ip(address)).collect();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        ClientIps::new(&trusted, header).resolve(ip(remote), &map)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let headers = [("x-forwarded-for", "192.0.2.7")];
        assert_eq!(resolve(&[], "127.0.0.1", &headers), ip("127.0.0.1"));
        assert_eq!(resolve(&["127.0.0.1"], "127.0.0.1", &headers), ip("192.0.2.7"));
        assert_eq!(resolve(&["127.0.0.1"], "::ffff:127.0.0.1", &headers), ip("192.0.2.7"));
    }

    #[test]
    fn a_header_of_the_caller_does_not_beat_that_of_the_proxy() {
        let headers = [("forwarded", "for=198.51.100.9"), ("x-forwarded-for", "192.0.2.7")];
        let resolved = |header| resolve_by(header, &["10.0.0.1"], "10.0.0.1", &headers);
        assert_eq!(resolved(ProxyHeader::XForwardedFor), ip("192.0.2.7"));
        assert_eq!(resolved(ProxyHeader::Forwarded), ip("198.51.100.9"));
        // Without it, the proxy is all that is known.
        assert_eq!(resolve(&["10.0.0.1"], "10.0.0.1", &headers[..1]), ip("10.0.0.1"));
    }

    #[test]
    fn addresses_forwarded_before_the_last_trusted_proxy_are_ignored() {
        let headers = [("x-forwarded-for", "203.0.113.1, 192.0.2.7"), ("x-forwarded-for", "10.0.0.2")];
        assert_eq!(resolve(&["10.0.0.1"], "10.0.0.1", &headers), ip("10.0.0.2"));
        assert_eq!(resolve(&["10.0.0.1", "10.0.0.2"], "10.0.0.1", &headers), ip("192.0.2.7"));
    }

    #[test]
    fn the_standard_header_is_read_in_all_its_forms() {
        let read = |value| {
            let headers = [("forwarded", value), ("x-forwarded-for", "198.51.100.9")];
            resolve_by(ProxyHeader::Forwarded, &["10.0.0.1"], "10.0.0.1", &headers)
        };
        assert_eq!(read("for=192.0.2.7;proto=https"), ip("192.0.2.7"));
        assert_eq!(read("proto=https; For=\"192.0.2.7:4711\""), ip("192.0.2.7"));
        assert_eq!(read("for=\"[2001:db8::1]:4711\""), ip("2001:db8::1"));
        assert_eq!(read("for=\"[2001:db8::1]\""), ip("2001:db8::1"));
        assert_eq!(read("for=_hidden"), ip("10.0.0.1"));
    }

    #[test]
    fn the_captcha_doubles_up_to_a_limit() {
        let factors: Vec<_> =
            [0, 63, 64, 127, 128, 256, 512, 100_000, u32::MAX].into_iter().map(difficulty_factor).collect();
        assert_eq!(factors, [1, 1, 2, 2, 4, 8, 16, 16, 16]);
    }

    #[test]
    fn failures_are_halved_over_time() {
        let client_ips = ClientIps::new(&[], ProxyHeader::Forwarded);
        let (here, there) =
            (ClientIp::from_address(ip("2001:db8::1")), ClientIp::from_address(ip("192.0.2.7")));
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        for _ in 0..128 {
            client_ips.record_failure(here, at(0));
        }
        assert_eq!(client_ips.difficulty_factor(ClientIp::from_address(ip("2001:db8::ffff")), at(0)), 4);
        assert_eq!(client_ips.difficulty_factor(there, at(0)), 1);
        assert_eq!(client_ips.difficulty_factor(here, at(FAILURE_HALF_LIFE)), 2);
        assert_eq!(client_ips.difficulty_factor(here, at(FAILURE_HALF_LIFE * 2)), 1);
    }
}
