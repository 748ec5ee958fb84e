//! Random bytes, what is derived from the server's key, and what is sealed with it.
//!
//! The key stands in its own file beside the database, so that a stolen copy of the database alone opens
//! neither a session nor a letter.

use std::{fs, io, path::Path};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use sha2::{Digest as _, Sha256};

/// The server's own key.
pub(crate) const KEY_FILE: &str = "portal.key";

/// The seed of the key pair that signs the config.
pub(crate) const CONFIG_KEY_FILE: &str = "config.key";

const NONCE: usize = 24;

/// The server's key could not be read, or the system gave no randomness.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The key file could not be read or written.
    #[error("a key file: {0}")]
    KeyFile(#[from] io::Error),
    /// The key file does not hold 32 bytes.
    #[error("a key file does not hold 32 bytes")]
    KeyLength,
    /// The operating system refused random bytes.
    #[error("no randomness from the operating system: {0}")]
    Random(#[from] getrandom::Error),
}

/// What one part of the server may derive from the key; parts never share a derived key.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Captcha,
    Letters,
    RefreshTokens,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Captcha => b"captcha",
            Self::Letters => b"letters",
            Self::RefreshTokens => b"refresh-tokens",
        }
    }
}

/// The server's key.
pub(crate) struct Keys([u8; 32]);

impl Keys {
    /// Reads the key of this data folder, or makes it at the first start.
    pub(crate) fn open(data: &Path) -> Result<Self, SecretsError> {
        read_or_make(&data.join(KEY_FILE)).map(Self)
    }

    /// The key for one purpose.
    pub(crate) fn derive(&self, purpose: Purpose) -> [u8; 32] {
        hmac(&self.0, purpose.label())
    }

    /// Seals `text` so that only this server, and only for this `label`, reads it again.
    pub(crate) fn seal(&self, label: &str, text: &str) -> Result<Vec<u8>, SecretsError> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: text.as_bytes(), aad: label.as_bytes() };
        let sealed = self
            .letters()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| io::Error::other("a letter too long to seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what `seal` made; `None` when the key, the label or a byte is another.
    pub(crate) fn unseal(&self, label: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: label.as_bytes() };
        let text = self.letters().decrypt(&XNonce::from(*nonce), payload).ok()?;
        String::from_utf8(text).ok()
    }

    fn letters(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(Purpose::Letters).into())
    }
}

/// The key pair that signs the config; apps carry its public half.
pub(crate) struct Signer(Ed25519KeyPair);

impl Signer {
    /// Reads the key pair of this data folder, or makes it at the first start.
    pub(crate) fn open(data: &Path) -> Result<Self, SecretsError> {
        let seed = read_or_make(&data.join(CONFIG_KEY_FILE))?;
        Ed25519KeyPair::from_seed_unchecked(&seed).map(Self).map_err(|_| SecretsError::KeyLength)
    }

    /// The public half, in hexadecimal.
    pub(crate) fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// RFC 8032, 64 bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }
}

/// The public half of the key pair that signs this data folder's config, as 64 hexadecimal digits. The pair is made
/// when there is none yet, so that an app can be built before the portal's first start.
///
/// # Errors
/// When the folder or the key file cannot be used.
pub fn config_key(data: &Path) -> Result<String, SecretsError> {
    fs::create_dir_all(data)?;
    Ok(Signer::open(data)?.public())
}

fn read_or_make(path: &Path) -> Result<[u8; 32], SecretsError> {
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

/// HMAC-SHA-256.
pub(crate) fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // RFC 2104 §2: a key shorter than a block is followed by zeros.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], SecretsError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// SHA-256, as tokens and challenges are kept.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal, as tokens, hashes and entity tags are written.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 15)].into());
    }
    text
}

/// Writes a new file that its owner alone can read.
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
