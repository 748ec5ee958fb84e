//! Encryption of stored values: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2), whose nonce is long enough to be drawn
//! at random. The construction is that of the draft, over `HChaCha20` and the ChaCha20-Poly1305 that TLS has brought along.

use chacha20::{R20, hchacha};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::StorageError;
use crate::vault::Key;

const NONCE_BYTES: usize = 24;

pub(super) struct Cipher {
    key: Key,
}

impl Cipher {
    pub(super) fn new(key: Key) -> Self {
        Self { key }
    }

    /// Encrypts a value bound to `name` (its AAD), so that it does not open in another value's place.
    pub(super) fn seal(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, StorageError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce)?;
        let (key, short_nonce) = self.key_of(&nonce).ok_or(StorageError::Decrypt)?;
        let mut sealed = Vec::with_capacity(NONCE_BYTES + plain.len() + CHACHA20_POLY1305.tag_len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let aad = Aad::from(name.as_bytes());
        let tag = key.seal_in_place_separate_tag(short_nonce, aad, &mut sealed[NONCE_BYTES..]);
        sealed.extend_from_slice(tag.map_err(|_| StorageError::Decrypt)?.as_ref());
        Ok(sealed)
    }

    pub(super) fn open(&self, name: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StorageError> {
        let (nonce, sealed) = sealed.split_first_chunk().ok_or(StorageError::Decrypt)?;
        let (key, short_nonce) = self.key_of(nonce).ok_or(StorageError::Decrypt)?;
        let mut plain = Zeroizing::new(sealed.to_vec());
        let opened = key.open_in_place(short_nonce, Aad::from(name.as_bytes()), &mut plain);
        let length = opened.map_err(|_| StorageError::Decrypt)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    /// Derives the key of one value, and returns the rest of its nonce with it.
    fn key_of(&self, nonce: &[u8; NONCE_BYTES]) -> Option<(LessSafeKey, Nonce)> {
        let (start, rest) = nonce.split_first_chunk::<16>()?;
        let key = Zeroizing::new(<[u8; 32]>::from(hchacha::<R20>((&*self.key).into(), start.into())));
        let mut short_nonce = [0; NONCE_LEN];
        short_nonce[NONCE_LEN - rest.len()..].copy_from_slice(rest);
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).ok()?;
        Some((LessSafeKey::new(key), Nonce::assume_unique_for_key(short_nonce)))
    }
}

#[cfg(test)]
mod tests {
    use chacha20poly1305::aead::{Aead, KeyInit, Payload};
    use chacha20poly1305::{XChaCha20Poly1305, XNonce};
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn another_implementation_opens_what_is_sealed_and_the_other_way_round(key: [u8; 32], nonce: [u8; 24], plain: Vec<u8>) {
            let ours = Cipher::new(Zeroizing::new(key));
            let theirs = XChaCha20Poly1305::new(&key.into());
            let sealed = ours.seal("cin", &plain).unwrap();
            let (drawn, rest) = sealed.split_first_chunk::<NONCE_BYTES>().unwrap();
            let opened = theirs.decrypt(&XNonce::from(*drawn), Payload { msg: rest, aad: b"cin" }).unwrap();
            prop_assert_eq!(&opened, &plain);
            let sealed = theirs.encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: b"ppr" }).unwrap();
            let sealed = [nonce.as_slice(), &sealed].concat();
            let opened = ours.open("ppr", &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain);
        }
    }
}
