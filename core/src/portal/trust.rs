//! Whom the app speaks to: HTTPS only, TLS by rustls with ring, and the roots that ship with the app (design §5).
//!
//! A development build may also speak plainly to this very machine, and trust one root more, from a file.

use std::net::IpAddr;
use std::sync::Arc;

use reqwest::Url;
use rustls::{ClientConfig, RootCertStore};

use crate::error::Trouble;

/// Only HTTPS; a build for development may also speak plainly to this very machine.
pub(super) fn allow(base: &Url) -> Result<(), Trouble> {
    let address = base.host_str().map(|host| host.trim_matches(['[', ']']).parse::<IpAddr>());
    let loopback = matches!(address, Some(Ok(address)) if address.is_loopback());
    if base.scheme() == "https" || cfg!(feature = "development") && base.scheme() == "http" && loopback {
        return Ok(());
    }
    Err(Trouble::Bug("portal-address".to_owned()))
}

/// TLS 1.2 and 1.3. `extra_root` is a PEM file.
pub(super) fn tls(extra_root: Option<&str>) -> Result<ClientConfig, Trouble> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = extra_root {
        add(&mut roots, file)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Trouble::Bug(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    // reqwest adds these to a configuration of its own making only; without them HTTP/2 is never spoken.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(feature = "development")]
fn add(roots: &mut RootCertStore, file: &str) -> Result<(), Trouble> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    let unusable = |error: &dyn std::fmt::Display| Trouble::Bug(format!("extra-root: {error}"));
    let root = CertificateDer::from_pem_file(file).map_err(|error| unusable(&error))?;
    roots.add(root).map_err(|error| unusable(&error))
}

#[cfg(not(feature = "development"))]
fn add(_roots: &mut RootCertStore, _file: &str) -> Result<(), Trouble> {
    Err(Trouble::Bug("extra-root".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(base: &str) -> bool {
        allow(&Url::parse(base).unwrap()).is_ok()
    }

    #[test]
    fn only_https_leaves_this_machine() {
        assert!(allowed("https://portal.fos.test"));
        assert!(!allowed("http://portal.fos.test"));
        assert!(!allowed("http://192.0.2.1"));
        assert!(!allowed("ftp://127.0.0.1"));
    }

    #[test]
    fn a_release_refuses_plain_http_even_to_itself() {
        assert_eq!(allowed("http://127.0.0.1:8080"), cfg!(feature = "development"));
        assert!(!allowed("http://localhost"), "a name may lead elsewhere");
    }

    /// A self-signed root for `localhost`, made for this test; nothing else is signed by it.
    const ROOT: &str = "-----BEGIN CERTIFICATE-----
MIIBhjCCASugAwIBAgIUav4NVeVFEYaBDsZLtVP7bf9THXEwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMUmFjaW5lIEVzc2FpMCAXDTI2MTEyNDE5MjIwNVoYDzIxMjYx
MDMxMTkyMjA1WjAXMRUwEwYDVQQDDAxSYWNpbmUgRXNzYWkwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQ1CIj8QIzXYpb2UnaRP4ziQKP+aVHYQ0wFgUwA2LtIx3Ra
oI7gCziLpbIVWv0oUamr+ciw3jca6hAhSV23838Vo1MwUTAdBgNVHQ4EFgQUDE8p
cDaLHCuLIK8LW+ACvWLvCAEwHwYDVR0jBBgwFoAUDE8pcDaLHCuLIK8LW+ACvWLv
CAEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAg+itT1Ud6IPm
CZWNAkaxXTF/8FiIvPXaSumjWXyfRP0CIQDx/vkigAwWDZzMXMONNHWiJOds1boZ
vhRcHk2TDphPjw==
-----END CERTIFICATE-----
";

    #[test]
    fn a_release_refuses_any_root_but_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.pem");
        std::fs::write(&file, ROOT).unwrap();
        assert_eq!(tls(file.to_str()).is_ok(), cfg!(feature = "development"));
    }
}
