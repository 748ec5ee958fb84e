//! Sealing: XChaCha20-Poly1305 over whole values. Its nonce is long enough to be drawn at random for ever.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::StoreError;
use crate::vault::Key;

const NONCE: usize = 24;

pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
}

impl Sealer {
    #[expect(clippy::needless_pass_by_value, reason = "the key is wiped when this function lets go of it")]
    pub(super) fn new(key: Key) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&CipherKey::from(*key)) }
    }

    /// Seals a value to its name, so that one cannot be put in another's place.
    pub(super) fn seal(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(super) fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(StoreError::Sealed)?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| StoreError::Sealed)?;
        Ok(Zeroizing::new(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_value_opens_under_its_own_name_and_key_only() {
        let sealed = sealer(1).seal("cin", b"AB123456").unwrap();
        assert_eq!(sealer(1).open("cin", &sealed).unwrap().as_slice(), b"AB123456");
        assert!(sealer(1).open("ppr", &sealed).is_err());
        assert!(sealer(2).open("cin", &sealed).is_err());
        assert!(sealer(1).open("cin", &sealed[..10]).is_err());
    }
}
