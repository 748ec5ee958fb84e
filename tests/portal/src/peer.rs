//! Who calls: the address at the other end of the line, or the one a trusted proxy tells of. Many wrong passwords from
//! one address make its captcha harder; nobody is walled off, for a carrier puts thousands behind one (design §3).

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
use jiff::Timestamp;

use crate::app::App;

/// Failures from one address before its captcha grows; it doubles at each multiple of two from there.
const CEILING: u32 = 64;

/// The captcha of the worst address costs this many times the usual one, and no more.
const HARDEST: u32 = 16;

/// After this time half of an address's failures are forgotten. They live in memory alone: an address is personal data.
const HALVED_AFTER: i64 = 10 * 60;

/// Addresses remembered at once.
const MOST_REMEMBERED: usize = 50_000;

/// The address that calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Peer(IpAddr);

impl Peer {
    /// One household or phone has a whole /64 of IPv6 (RFC 6177): it counts as one.
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(v6) => Self(Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).into()),
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    at: i64,
}

impl Failures {
    fn by(self, now: i64) -> u32 {
        let halvings = u32::try_from((now - self.at).max(0) / HALVED_AFTER).unwrap_or(u32::MAX);
        self.count.checked_shr(halvings).unwrap_or(0)
    }
}

/// The proxies that are believed, and what was seen from each address.
pub(crate) struct Peers {
    trusted: Vec<IpAddr>,
    seen: Mutex<HashMap<Peer, Failures>>,
}

impl Peers {
    pub(crate) fn new(trusted: &[IpAddr]) -> Self {
        let trusted = trusted.iter().map(IpAddr::to_canonical).collect();
        Self { trusted, seen: Mutex::new(HashMap::new()) }
    }

    /// Remembers a wrong password or a forged captcha.
    pub(crate) fn failed(&self, peer: Peer, now: Timestamp) {
        let now = now.as_second();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST_REMEMBERED {
            seen.retain(|_, failures| failures.by(now) >= CEILING);
        }
        let count = seen.get(&peer).map_or(0, |failures| failures.by(now));
        seen.insert(peer, Failures { count: count.saturating_add(1), at: now });
    }

    /// How many times the usual captcha this address solves.
    pub(crate) fn hardship(&self, peer: Peer, now: Timestamp) -> u32 {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let count = seen.get(&peer).map_or(0, |failures| failures.by(now.as_second()));
        hardship(count)
    }

    /// The address that calls. What headers say is believed when a trusted proxy says it, from the last hop backwards
    /// to the first that is not trusted.
    fn find(&self, line: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut address = line.to_canonical();
        let mut hops = hops(headers);
        while self.trusted.contains(&address) {
            match hops.pop() {
                Some(Some(hop)) => address = hop.to_canonical(),
                Some(None) | None => break,
            }
        }
        address
    }
}

fn hardship(failures: u32) -> u32 {
    (failures / CEILING).checked_ilog2().map_or(1, |doublings| 2 << doublings.min(8)).min(HARDEST)
}

/// The addresses that proxies noted, the nearest last: `Forwarded` (RFC 7239) or, without it, `X-Forwarded-For`. One
/// that cannot be read, or is hidden, is `None`.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let lines = |name| {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|line| line.split(',')).collect::<Vec<_>>()
    };
    let forwarded = lines("forwarded");
    if forwarded.is_empty() {
        lines("x-forwarded-for").into_iter().map(address).collect()
    } else {
        forwarded.into_iter().map(forwarded_for).collect()
    }
}

fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.next().and_then(|(_, node)| address(node.trim().trim_matches('"')))
}

/// An address with or without brackets and port.
fn address(node: &str) -> Option<IpAddr> {
    let node = node.trim();
    let bare = node.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(node);
    bare.parse().ok().or_else(|| node.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// Tells every call whose it is.
pub(crate) async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let line = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(line)| line.ip());
    let line = line.unwrap_or(Ipv6Addr::UNSPECIFIED.into());
    let peer = Peer::of(app.peers.find(line, request.headers()));
    request.extensions_mut().insert(peer);
    next.run(request).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{HALVED_AFTER, HeaderMap, IpAddr, Peer, Peers, Timestamp, hardship};

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn found(trusted: &[&str], line: &str, headers: &[(&'static str, &str)]) -> IpAddr {
        let trusted: Vec<_> = trusted.iter().map(|address| ip(address)).collect();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        Peers::new(&trusted).find(ip(line), &map)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let says = [("x-forwarded-for", "192.0.2.7")];
        assert_eq!(found(&[], "127.0.0.1", &says), ip("127.0.0.1"));
        assert_eq!(found(&["127.0.0.1"], "127.0.0.1", &says), ip("192.0.2.7"));
        assert_eq!(found(&["127.0.0.1"], "::ffff:127.0.0.1", &says), ip("192.0.2.7"));
    }

    #[test]
    fn what_the_caller_wrote_before_the_last_proxy_is_not_believed() {
        let says = [("x-forwarded-for", "203.0.113.1, 192.0.2.7"), ("x-forwarded-for", "10.0.0.2")];
        assert_eq!(found(&["10.0.0.1"], "10.0.0.1", &says), ip("10.0.0.2"));
        assert_eq!(found(&["10.0.0.1", "10.0.0.2"], "10.0.0.1", &says), ip("192.0.2.7"));
    }

    #[test]
    fn the_standard_header_is_read_in_all_its_forms() {
        let read = |value| found(&["10.0.0.1"], "10.0.0.1", &[("forwarded", value)]);
        assert_eq!(read("for=192.0.2.7;proto=https"), ip("192.0.2.7"));
        assert_eq!(read("proto=https; For=\"192.0.2.7:4711\""), ip("192.0.2.7"));
        assert_eq!(read("for=\"[2001:db8::1]:4711\""), ip("2001:db8::1"));
        assert_eq!(read("for=\"[2001:db8::1]\""), ip("2001:db8::1"));
        assert_eq!(read("for=_hidden"), ip("10.0.0.1"));
    }

    #[test]
    fn the_captcha_doubles_up_to_a_limit() {
        let hardships: Vec<_> =
            [0, 63, 64, 127, 128, 256, 512, 100_000, u32::MAX].into_iter().map(hardship).collect();
        assert_eq!(hardships, [1, 1, 2, 2, 4, 8, 16, 16, 16]);
    }

    #[test]
    fn failures_are_forgotten_by_half_and_half() {
        let peers = Peers::new(&[]);
        let (here, there) = (Peer::of(ip("2001:db8::1")), Peer::of(ip("192.0.2.7")));
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        for _ in 0..128 {
            peers.failed(here, at(0));
        }
        assert_eq!(peers.hardship(Peer::of(ip("2001:db8::ffff")), at(0)), 4);
        assert_eq!(peers.hardship(there, at(0)), 1);
        assert_eq!(peers.hardship(here, at(HALVED_AFTER)), 2);
        assert_eq!(peers.hardship(here, at(HALVED_AFTER * 2)), 1);
    }
}
