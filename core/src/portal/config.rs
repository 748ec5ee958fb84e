//! What the portal tells every app: versions, maintenance, contacts. Signed with Ed25519, so that nobody on the way can
//! shut the app or put a false telephone number into it (design §3, Gate).

use jiff::Timestamp;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::wire::Both;

/// The portal's config as it is served: the signature is over these very bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedConfig {
    pub(crate) payload: String,
    /// 128 hex digits.
    pub(crate) signature: String,
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct PortalConfig {
    /// Grows with every change and never goes back.
    pub(crate) serial: u64,
    pub(crate) minimum_version: String,
    pub(crate) recommended_version: String,
    pub(crate) maintenance: Option<Maintenance>,
    pub(crate) mail_again_after_seconds: i64,
    pub(crate) contacts: Contacts,
    /// The CNDP's number; hidden when there is none (domain.md c).
    pub(crate) authorisation: Option<String>,
    pub(crate) stores: Stores,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Maintenance {
    pub(crate) until: Option<Timestamp>,
    pub(crate) reason: Option<Both>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Contacts {
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) hours: Option<Both>,
    pub(crate) address: Option<Both>,
}

/// Where a newer version is to be had.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Stores {
    pub(crate) android: Option<String>,
    pub(crate) ios: Option<String>,
}

impl SignedConfig {
    /// What it says, if the portal's key signed it. `key` is 64 hex digits.
    pub(crate) fn open(&self, key: &str) -> Option<PortalConfig> {
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
    fn what_the_portal_signed_is_read() {
        let (signed, key) = signed(PAYLOAD);
        assert_eq!(signed.open(&key).unwrap().serial, 3);
    }

    #[test]
    fn what_somebody_changed_on_the_way_is_not() {
        let (mut signed, key) = signed(PAYLOAD);
        signed.payload = signed.payload.replace("0.1.0", "9.0.0");
        assert_eq!(signed.open(&key), None);
        assert_eq!(signed.open(&"00".repeat(32)), None);
        assert_eq!(signed.open(""), None);
    }
}
