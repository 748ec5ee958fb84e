//! The server itself: HTTP/1.1 and HTTP/2, over TLS where there is a certificate.

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

use crate::config::TlsFiles;

/// How long a client may take to say what it wants. A member's phone on a bad line takes seconds; who takes longer
/// only holds a connection.
const HEADER_PATIENCE: Duration = Duration::from_secs(20);

/// How often a silent HTTP/2 connection is asked whether anybody is there, and how long the answer may take.
const STILL_THERE_EVERY: Duration = Duration::from_secs(30);

/// Calls that one HTTP/2 connection may have under way.
const MOST_AT_ONCE: u32 = 32;

/// How long calls under way may take when the portal stops.
const LAST_CALLS: Duration = Duration::from_secs(5);

/// Serves until it is told to stop; calls under way are answered. `handle` tells when it listens.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<RustlsConfig>,
    handle: Handle<SocketAddr>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    let told = handle.clone();
    let stop = async {
        // An error means that the portal was dropped, which stops it as well.
        let _ = stopping.wait_for(|stopping| *stopping).await;
        told.graceful_shutdown(Some(LAST_CALLS));
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = async {
        match tls {
            None => patient(axum_server::from_tcp(listener)?, handle).serve(service).await,
            Some(tls) => patient(axum_server::from_tcp_rustls(listener, tls)?, handle).serve(service).await,
        }
    };
    let (served, ()) = tokio::join!(served, stop);
    if let Err(error) = served {
        eprintln!("fos-portal: the server stopped: {error}");
    }
}

/// A server that waits for nobody for ever. The crate ends a TLS handshake after ten seconds by itself.
fn patient<A>(server: Server<SocketAddr, A>, handle: Handle<SocketAddr>) -> Server<SocketAddr, A> {
    let mut server = server.handle(handle).first_request_timeout(HEADER_PATIENCE);
    let http = server.http_builder();
    http.http1().header_read_timeout(HEADER_PATIENCE);
    http.http2()
        .max_concurrent_streams(MOST_AT_ONCE)
        .keep_alive_interval(STILL_THERE_EVERY)
        .keep_alive_timeout(HEADER_PATIENCE);
    server
}

/// Reads certificate and key. ring does the cryptography, whatever else the process has.
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

/// Certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is not PEM.
    #[error("{0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// They are not of one pair, or of a kind that is not known.
    #[error("{0}")]
    Rustls(#[from] rustls::Error),
}
