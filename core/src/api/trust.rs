//! Trust: HTTPS only, by rustls with ring and the bundled roots (DECISIONS.md, 8).
//!
//! A development build also accepts loopback addresses over HTTP, and one more root from a file.

use std::net::IpAddr;
use std::sync::Arc;

use reqwest::Url;
use rustls::crypto::{CryptoProvider, KeyProvider, ring};
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::SigningKey;
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;

/// Verifies the scheme: HTTPS, or HTTP to loopback in a development build.
pub(super) fn ensure_allowed(base: &Url) -> Result<(), Error> {
    let address = base.host_str().map(|host| host.trim_matches(['[', ']']).parse::<IpAddr>());
    let loopback = matches!(address, Some(Ok(address)) if address.is_loopback());
    if base.scheme() == "https" || cfg!(feature = "development") && base.scheme() == "http" && loopback {
        return Ok(());
    }
    Err(Error::Bug("portal-address".to_owned()))
}

/// Returns the TLS configuration, TLS 1.2 and 1.3. `extra_root` is the path of a PEM file.
pub(super) fn tls_config(extra_root: Option<&str>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = extra_root {
        add_root(&mut roots, file)?;
    }
    // The phone signs nothing, so the library needs no code for it.
    let provider = CryptoProvider { key_provider: &NoKeys, ..ring::default_provider() };
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Bug(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // reqwest adds these only to a configuration that it builds itself; without them HTTP/2 is not negotiated.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Loads no private key: there is no client certificate.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _key: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("no client certificates".to_owned()))
    }
}

#[cfg(feature = "development")]
fn add_root(roots: &mut RootCertStore, file: &str) -> Result<(), Error> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    let unusable = |error: &dyn std::fmt::Display| Error::Bug(format!("extra-root: {error}"));
    let root = CertificateDer::from_pem_file(file).map_err(|error| unusable(&error))?;
    roots.add(root).map_err(|error| unusable(&error))
}

#[cfg(not(feature = "development"))]
fn add_root(_roots: &mut RootCertStore, _file: &str) -> Result<(), Error> {
    Err(Error::Bug("extra-root".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(base: &str) -> bool {
        ensure_allowed(&Url::parse(base).unwrap()).is_ok()
    }

    #[test]
    fn only_https_leaves_this_machine() {
        assert!(allowed("https://portal.fos.test"));
        assert!(!allowed("http://portal.fos.test"));
        assert!(!allowed("http://192.0.2.1"));
        assert!(!allowed("ftp://127.0.0.1"));
    }

    #[test]
    fn plain_http_is_for_a_development_build_and_this_machine_alone() {
        assert_eq!(allowed("http://127.0.0.1:8080"), cfg!(feature = "development"));
        assert!(!allowed("http://localhost"), "a name may lead elsewhere");
    }

    /// Self-signed root for `localhost`, made for this test; it signs nothing else.
    const ROOT: &str = include_str!("test-root.pem");

    #[test]
    fn an_extra_root_is_for_a_development_build_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.pem");
        std::fs::write(&file, ROOT).unwrap();
        assert_eq!(tls_config(file.to_str()).is_ok(), cfg!(feature = "development"));
    }
}
