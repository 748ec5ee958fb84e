//! Certificates for the portal on this machine, and for an impostor in its place.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// Certificate files of the portal, and the root that signed them.
pub struct Certificates {
    /// Certificate of the portal, as a PEM file.
    pub certificate: PathBuf,
    /// Private key of the portal, as a PEM file.
    pub key: PathBuf,
    /// Root certificate, which the phone trusts besides the built-in ones.
    pub root: PathBuf,
}

struct IssuedCertificate {
    root: String,
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Certificates {
    /// Generates the certificates and writes them into this folder.
    ///
    /// # Errors
    /// If they cannot be signed or written.
    pub fn generate(folder: &Path) -> anyhow::Result<Self> {
        let issued = issue().context("making the portal's certificate")?;
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
            anyhow::Ok(file)
        };
        Ok(Self {
            certificate: write("portal.pem", &issued.certificate.pem())?,
            key: write("portal-key.pem", &issued.key.serialize_pem())?,
            root: write("root.pem", &issued.root)?,
        })
    }
}

fn issue() -> Result<IssuedCertificate, rcgen::Error> {
    let root_key = KeyPair::generate()?;
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = root.self_signed(&root_key)?.pem();
    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &Issuer::new(root, root_key))?;
    Ok(IssuedCertificate { root: pem, certificate, key })
}

/// Builds a TLS acceptor for the same host name, under a root that no phone trusts.
///
/// # Errors
/// If its certificate cannot be signed.
pub fn impostor_acceptor() -> anyhow::Result<TlsAcceptor> {
    let issued = issue().context("making the impostor's certificate")?;
    let key = PrivateKeyDer::Pkcs8(issued.key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .context("the impostor's TLS")?
        .with_no_client_auth()
        .with_single_cert(vec![issued.certificate.der().clone()], key)
        .context("the impostor's certificate")?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
