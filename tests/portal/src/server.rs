//! HTTP server: HTTP/1.1 and HTTP/2, over TLS when there is a certificate, with timeouts on every wait.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use axum_server::{Handle, Server, tls_rustls::RustlsConfig};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

use tokio::sync::watch;
use tracing::error;

use crate::config::TlsFiles;

/// Longest time for a request's headers. A phone on a bad line takes seconds; anything slower only occupies a
/// connection.
const HEADER_TIMEOUT: Duration = Duration::from_secs(20);

/// Interval of pings on an idle HTTP/2 connection.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(30);

/// Maximum number of concurrent calls on one HTTP/2 connection.
const MAX_CONCURRENT_STREAMS: u32 = 32;

/// Longest time for calls in progress when the portal stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Serves until `stopping` becomes true; calls in progress are answered. `handle` resolves once the server listens.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    let shutdown_handle = handle.clone();
    let stop = async {
        // An error means that the portal was dropped, which stops the server as well.
        let _ = stopping.wait_for(|stopping| *stopping).await;
        shutdown_handle.graceful_shutdown(Some(SHUTDOWN_TIMEOUT));
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = async {
        match tls {
            None => with_timeouts(axum_server::from_tcp(listener)?, handle).serve(service).await,
            Some(tls) => {
                with_timeouts(axum_server::from_tcp_rustls(listener, tls)?, handle).serve(service).await
            }
        }
    };
    let (served, ()) = tokio::join!(served, stop);
    if let Err(error) = served {
        error!(%error, "the server stopped");
    }
}

/// Sets the timeouts. The crate itself ends a TLS handshake after ten seconds.
fn with_timeouts<A>(server: Server<SocketAddr, A>, handle: Handle<SocketAddr>) -> Server<SocketAddr, A> {
    let mut server = server.handle(handle).first_request_timeout(HEADER_TIMEOUT);
    let http = server.http_builder();
    http.http1().header_read_timeout(HEADER_TIMEOUT);
    http.http2()
        .max_concurrent_streams(MAX_CONCURRENT_STREAMS)
        .keep_alive_interval(KEEP_ALIVE_INTERVAL)
        .keep_alive_timeout(HEADER_TIMEOUT);
    server
}

/// Loads certificate and key. The cryptography is ring's, whatever other provider the process has installed.
pub(crate) fn tls(files: &TlsFiles) -> Result<RustlsConfig, TlsError> {
    let chain = CertificateDer::pem_file_iter(&files.certificate)?.collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_file(&files.key)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// Error with the certificate or its key.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is not PEM.
    #[error("{0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// Certificate and key do not match, or are of an unknown kind.
    #[error("{0}")]
    Rustls(#[from] rustls::Error),
}
