//! Randomness, hashes, and encryption with the server's key.
//!
//! The key has its own file beside the database, so that a stolen copy of the database alone discloses neither a
//! session nor a mailed password.

use std::{fs, io, path::Path};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use sha2::{Digest as _, Sha256};

/// File of the server's key.
pub(crate) const KEY_FILE: &str = "portal.key";

/// File of the Ed25519 seed that signs the config.
pub(crate) const CONFIG_KEY_FILE: &str = "config.key";

const NONCE: usize = 24;

/// Error with a key file or with the system's randomness.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// A key file could not be read or written.
    #[error("a key file: {0}")]
    KeyFile(#[from] io::Error),
    /// A key file does not hold 32 bytes.
    #[error("a key file does not hold 32 bytes")]
    KeyLength,
    /// The operating system returned no random bytes.
    #[error("no randomness from the operating system: {0}")]
    Random(#[from] getrandom::Error),
}

/// Purpose of a derived key; no two parts of the server share one.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Captcha,
    ClientAddresses,
    Emails,
    MailedPasswords,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Captcha => b"captcha",
            Self::ClientAddresses => b"client-addresses",
            // Part of the derived key: queued emails of earlier versions must still decrypt.
            Self::Emails => b"letters",
            Self::MailedPasswords => b"mailed-passwords",
        }
    }
}

/// Server's key.
pub(crate) struct Keys([u8; 32]);

impl Keys {
    /// Reads the key of this data folder, or creates it at the first start.
    pub(crate) fn open(data: &Path) -> Result<Self, SecretsError> {
        read_or_create(&data.join(KEY_FILE)).map(Self)
    }

    /// Derives the key of one purpose.
    pub(crate) fn derive(&self, purpose: Purpose) -> [u8; 32] {
        hmac(&self.0, purpose.label())
    }

    /// Encrypts `text` with XChaCha20-Poly1305; `label` is authenticated with it.
    pub(crate) fn encrypt(&self, label: &str, text: &str) -> Result<Vec<u8>, SecretsError> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: text.as_bytes(), aad: label.as_bytes() };
        let ciphertext = self
            .email_cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| io::Error::other("text too long to encrypt"))?;
        Ok([nonce.as_slice(), &ciphertext].concat())
    }

    /// Decrypts what [`Keys::encrypt`] returned. `None` when the key, the label or a byte differs.
    pub(crate) fn decrypt(&self, label: &str, ciphertext: &[u8]) -> Option<String> {
        let (nonce, ciphertext) = ciphertext.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: ciphertext, aad: label.as_bytes() };
        let text = self.email_cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(text).ok()
    }

    fn email_cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(Purpose::Emails).into())
    }
}

/// Key pair that signs the config; apps carry its public key.
pub(crate) struct ConfigSigner(Ed25519KeyPair);

impl ConfigSigner {
    /// Reads the key pair of this data folder, or creates it at the first start.
    pub(crate) fn open(data: &Path) -> Result<Self, SecretsError> {
        let seed = read_or_create(&data.join(CONFIG_KEY_FILE))?;
        Ed25519KeyPair::from_seed_unchecked(&seed).map(Self).map_err(|_| SecretsError::KeyLength)
    }

    /// Public key in hexadecimal.
    pub(crate) fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// Signs `message` with Ed25519 (RFC 8032); returns 64 bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

/// Returns the public key that verifies this data folder's config, as 64 hexadecimal digits. Creates the key pair when
/// there is none, so that an app can be built before the portal's first start.
///
/// # Errors
/// Fails when the folder or the key file is unusable.
pub fn config_key(data: &Path) -> Result<String, SecretsError> {
    fs::create_dir_all(data)?;
    Ok(ConfigSigner::open(data)?.public())
}

fn read_or_create(path: &Path) -> Result<[u8; 32], SecretsError> {
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| SecretsError::KeyLength),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = random()?;
            write_private(path, &key)?;
            Ok(key)
        }
        Err(error) => Err(error.into()),
    }
}

/// Computes HMAC-SHA-256.
pub(crate) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // RFC 2104 §2: a key shorter than a block is followed by zeros.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Returns random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], SecretsError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// Computes SHA-256. Tokens and challenges are stored as this hash.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Encodes bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

/// Creates a file that only its owner can read; fails when it exists.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
