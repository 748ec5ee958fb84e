//! Remote config: versions, maintenance, charter version and contacts, signed with Ed25519.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::LocalizedText;

/// Config with the portal's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedConfig {
    /// JSON: `serial`, `minimum_version`, `recommended_version`, `maintenance` (null, or `until` and `reason`),
    /// `charter_version`, `mail_again_after_seconds`, `contacts`, `authorisation`, `stores`.
    pub payload: String,
    /// Ed25519 signature over the payload's bytes, in hexadecimal.
    #[cfg_attr(feature = "openapi", schema(min_length = 128, max_length = 128))]
    pub signature: String,
}

/// Payload of a signed config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatConfigPayload")]
pub struct ConfigPayload {
    /// Grows with every change and never goes back.
    pub serial: u64,
    /// Everything else.
    #[serde(flatten)]
    pub content: ConfigContent,
}

/// Payload as it is read: serde buffers what it flattens.
#[derive(Deserialize)]
struct FlatConfigPayload {
    serial: u64,
    minimum_version: String,
    recommended_version: String,
    maintenance: Option<Maintenance>,
    charter_version: String,
    mail_again_after_seconds: i64,
    contacts: Contacts,
    authorisation: Option<String>,
    stores: Stores,
}

impl From<FlatConfigPayload> for ConfigPayload {
    fn from(flat: FlatConfigPayload) -> Self {
        Self {
            serial: flat.serial,
            content: ConfigContent {
                minimum_version: flat.minimum_version,
                recommended_version: flat.recommended_version,
                maintenance: flat.maintenance,
                charter_version: flat.charter_version,
                mail_again_after_seconds: flat.mail_again_after_seconds,
                contacts: flat.contacts,
                authorisation: flat.authorisation,
                stores: flat.stores,
            },
        }
    }
}

/// Config without its serial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigContent {
    /// Oldest version of the app that may send.
    pub minimum_version: String,
    /// Older versions are advised to update.
    pub recommended_version: String,
    /// Maintenance, announced or under way.
    pub maintenance: Option<Maintenance>,
    /// Version of the charter in force.
    pub charter_version: String,
    /// Seconds after which another password may be mailed.
    pub mail_again_after_seconds: i64,
    /// Contact details for members.
    pub contacts: Contacts,
    /// Authorisation number of the CNDP (law 09-08). Never invented: absent until it is known.
    pub authorisation: Option<String>,
    /// Links to the app stores.
    pub stores: Stores,
}

/// Maintenance: every call but the config is answered with 503.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maintenance {
    /// Announced end.
    pub until: Option<Timestamp>,
    /// Reason for members.
    pub reason: Option<LocalizedText>,
}

/// Contact details for members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// In the form +212XXXXXXXXX.
    pub phone: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Opening hours.
    pub hours: Option<LocalizedText>,
    /// Postal address.
    pub address: Option<LocalizedText>,
}

/// Links to the app stores.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stores {
    /// Link for Android.
    pub android: Option<String>,
    /// Link for the iPhone.
    pub ios: Option<String>,
}
