//! Certificates for a portal on this machine, and for who would pass for it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use fos_portal::TlsFiles;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// What a portal shows, and the root that vouches for it.
pub struct Certificates {
    /// The portal's own.
    certificate: PathBuf,
    /// Its key.
    key: PathBuf,
    /// The root, which the phone trusts besides those that ship.
    pub root: PathBuf,
}

struct Signed {
    root: String,
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Certificates {
    /// Makes them, as files in this folder.
    ///
    /// # Errors
    /// When they cannot be signed or written.
    pub fn make(folder: &Path) -> anyhow::Result<Self> {
        let signed = sign().context("making the portal's certificate")?;
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
            anyhow::Ok(file)
        };
        Ok(Self {
            certificate: write("portal.pem", &signed.certificate.pem())?,
            key: write("portal-key.pem", &signed.key.serialize_pem())?,
            root: write("root.pem", &signed.root)?,
        })
    }

    /// What the portal is started with.
    pub fn of_the_portal(&self) -> TlsFiles {
        TlsFiles { certificate: self.certificate.clone(), key: self.key.clone() }
    }
}

fn sign() -> Result<Signed, rcgen::Error> {
    let root_key = KeyPair::generate()?;
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = root.self_signed(&root_key)?.pem();
    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &Issuer::new(root, root_key))?;
    Ok(Signed { root: pem, certificate, key })
}

/// Somebody with a certificate for the same name, under a root that no phone knows.
pub(super) fn impostor() -> anyhow::Result<TlsAcceptor> {
    let signed = sign().context("making the impostor's certificate")?;
    let key = PrivateKeyDer::Pkcs8(signed.key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .context("the impostor's TLS")?
        .with_no_client_auth()
        .with_single_cert(vec![signed.certificate.der().clone()], key)
        .context("the impostor's certificate")?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
