//! The portal's config: versions, maintenance, contacts. Signed with Ed25519, so that nobody on the way can block the
//! app or replace a telephone number.

use fos_wire::config::{ConfigPayload, SignedConfig};
use ring::signature::{ED25519, UnparsedPublicKey};

/// Returns the content of a config if its signature verifies. `key` is the public key, 64 hex digits.
pub(crate) fn verify(signed: &SignedConfig, key: &str) -> Option<ConfigPayload> {
    let key = hex::decode(key).ok()?;
    let signature = hex::decode(&signed.signature).ok()?;
    UnparsedPublicKey::new(&ED25519, key).verify(signed.payload.as_bytes(), &signature).ok()?;
    fos_wire::parse_json(signed.payload.as_bytes()).ok()
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
        assert_eq!(verify(&signed, &key).unwrap().serial, 3);
    }

    #[test]
    fn a_tampered_config_is_rejected() {
        let (mut signed, key) = signed(PAYLOAD);
        signed.payload = signed.payload.replace("0.1.0", "9.0.0");
        assert_eq!(verify(&signed, &key), None);
        assert_eq!(verify(&signed, &"00".repeat(32)), None);
        assert_eq!(verify(&signed, ""), None);
    }
}
