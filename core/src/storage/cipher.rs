//! Encryption of stored values: XChaCha20-Poly1305, whose nonce is long enough to be drawn at random.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::StorageError;
use crate::vault::Key;

const NONCE_BYTES: usize = 24;

pub(super) struct Cipher {
    cipher: XChaCha20Poly1305,
}

impl Cipher {
    #[expect(clippy::needless_pass_by_value, reason = "the key is wiped when this function lets go of it")]
    pub(super) fn new(key: Key) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&CipherKey::from(*key)) }
    }

    /// Encrypts a value bound to `name` (its AAD), so that it does not open in another value's place.
    pub(super) fn seal(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, StorageError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce)?;
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| StorageError::Decrypt)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(super) fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StorageError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(StorageError::Decrypt)?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| StorageError::Decrypt)?;
        Ok(Zeroizing::new(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher(byte: u8) -> Cipher {
        Cipher::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_value_decrypts_with_its_own_name_and_key_only() {
        let sealed = cipher(1).seal("cin", b"AB123456").unwrap();
        assert_eq!(cipher(1).open("cin", &sealed).unwrap().as_slice(), b"AB123456");
        assert!(cipher(1).open("ppr", &sealed).is_err());
        assert!(cipher(2).open("cin", &sealed).is_err());
        assert!(cipher(1).open("cin", &sealed[..10]).is_err());
    }
}
