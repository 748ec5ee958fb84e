//! Plain HTTP over loopback.

/// Returns a client that keeps no idle connections, so that stopping a portal waits for none.
///
/// # Panics
/// If the system has no source of randomness.
#[expect(clippy::expect_used, reason = "without a client nothing here can be tested")]
pub fn client() -> reqwest::Client {
    // Fails if a provider is already installed, which serves as well.
    let _first = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().expect("an HTTP client")
}
