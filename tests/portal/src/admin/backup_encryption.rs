//! Encryption of a backup to a public key (age-encryption.org/v1), so that whoever holds the copy reads nothing of it. The
//! private key never comes near the portal until a restore.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, Read as _, Write as _},
    path::Path,
};

use age::{Decryptor, Encryptor, IdentityFile, x25519::Recipient};

use super::AdminError;

/// First bytes of an encrypted file.
const MAGIC: &[u8] = b"age-encryption.org/";

/// Parses a public key `age1…`.
pub(super) fn parse_recipient(text: &str) -> Result<Recipient, AdminError> {
    text.parse().map_err(|_| AdminError::refused("the recipient is no public key of age"))
}

/// Encrypts `plain` to `recipient` into the existing file `to`.
pub(super) fn encrypt(plain: &Path, recipient: &Recipient, to: &Path) -> Result<(), AdminError> {
    let encryptor = Encryptor::with_recipients(std::iter::once(recipient as &dyn age::Recipient))
        .map_err(|error| AdminError::Refused(error.to_string()))?;
    let mut source = File::open(plain).map_err(AdminError::io(plain))?;
    let target = OpenOptions::new().write(true).truncate(true).open(to).map_err(AdminError::io(to))?;
    let mut encrypted = encryptor.wrap_output(target).map_err(AdminError::io(to))?;
    io::copy(&mut source, &mut encrypted).map_err(AdminError::io(to))?;
    let target = encrypted.finish().map_err(AdminError::io(to))?;
    target.sync_all().map_err(AdminError::io(to))
}

/// Decrypts `file` with the private key in the file `identity` into `to`.
pub(super) fn decrypt(file: &Path, identity: &Path, to: &mut File) -> Result<(), AdminError> {
    let refused = |error: age::DecryptError| AdminError::Refused(format!("the backup: {error}"));
    let source = File::open(file).map_err(AdminError::io(file))?;
    let key = File::open(identity).map_err(AdminError::io(identity))?;
    let keys = IdentityFile::from_buffer(BufReader::new(key)).map_err(AdminError::io(identity))?;
    let keys = keys.into_identities().map_err(refused)?;
    let decryptor = Decryptor::new(BufReader::new(source)).map_err(refused)?;
    let mut plain =
        decryptor.decrypt(keys.iter().map(|key| key.as_ref() as &dyn age::Identity)).map_err(refused)?;
    io::copy(&mut plain, to).map_err(AdminError::io(file))?;
    to.flush().map_err(AdminError::io(file))
}

/// Returns true for a file that is encrypted.
pub(super) fn is_encrypted(file: &Path) -> Result<bool, AdminError> {
    let mut start = Vec::new();
    let source = File::open(file).map_err(AdminError::io(file))?;
    source.take(MAGIC.len() as u64).read_to_end(&mut start).map_err(AdminError::io(file))?;
    Ok(start == MAGIC)
}
