//! HTTP on this machine, in the clear.

/// A client for loopback. It keeps no line open: a portal that is stopped waits for nobody.
///
/// # Panics
/// When the machine has no randomness.
#[expect(clippy::expect_used, reason = "without a client nothing here can be tested")]
pub fn client() -> reqwest::Client {
    // Refused when there is one already: that one is as good.
    let _first = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().expect("an HTTP client")
}
