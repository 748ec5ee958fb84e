//! The portal's config: versions, maintenance, contacts. Signed with Ed25519, so that nobody on the way can block the
//! app or replace a telephone number.

use jiff::Timestamp;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::wire::LocalizedText;

/// Config as served; the signature covers the payload's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedConfig {
    pub(crate) payload: String,
    /// Ed25519 signature, 128 hex digits.
    pub(crate) signature: String,
}

/// Content of the config.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct PortalConfig {
    /// Grows with every change and never goes back.
    pub(crate) serial: u64,
    pub(crate) minimum_version: String,
    pub(crate) recommended_version: String,
    pub(crate) maintenance: Option<Maintenance>,
    pub(crate) mail_again_after_seconds: i64,
    pub(crate) contacts: Contacts,
    /// Authorisation number of the CNDP (law 09-08); hidden when there is none.
    pub(crate) authorisation: Option<String>,
    pub(crate) stores: Stores,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Maintenance {
    pub(crate) until: Option<Timestamp>,
    pub(crate) reason: Option<LocalizedText>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Contacts {
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) hours: Option<LocalizedText>,
    pub(crate) address: Option<LocalizedText>,
}

/// Store pages of the app.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Stores {
    pub(crate) android: Option<String>,
    pub(crate) ios: Option<String>,
}

impl SignedConfig {
    /// Returns the content if the signature verifies. `key` is the public key, 64 hex digits.
    pub(crate) fn verify(&self, key: &str) -> Option<PortalConfig> {
        let key = hex::decode(key).ok()?;
        let signature = hex::decode(&self.signature).ok()?;
        UnparsedPublicKey::new(&ED25519, key).verify(self.payload.as_bytes(), &signature).ok()?;
        serde_json::from_str(&self.payload).ok()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ring::signature::{Ed25519KeyPair, KeyPair};

    pub(crate) const PAYLOAD: &str = r#"{"serial":3,"minimum_version":"0.1.0","recommended_version":"0.2.0",
        "maintenance":null,"charter_version":"2026-1","mail_again_after_seconds":120,
        "contacts":{"phone":"+212500000000","email":"aide@fos.test","hours":null,"address":null},
        "authorisation":null,"stores":{"android":"https://store.test/fos","ios":null}}"#;

    pub(crate) fn signed(payload: &str) -> (SignedConfig, String) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let signature = hex::encode(pair.sign(payload.as_bytes()));
        (SignedConfig { payload: payload.to_owned(), signature }, hex::encode(pair.public_key()))
    }

    #[test]
    fn a_signed_config_is_accepted() {
        let (signed, key) = signed(PAYLOAD);
        assert_eq!(signed.verify(&key).unwrap().serial, 3);
    }

    #[test]
    fn a_tampered_config_is_rejected() {
        let (mut signed, key) = signed(PAYLOAD);
        signed.payload = signed.payload.replace("0.1.0", "9.0.0");
        assert_eq!(signed.verify(&key), None);
        assert_eq!(signed.verify(&"00".repeat(32)), None);
        assert_eq!(signed.verify(""), None);
    }
}
