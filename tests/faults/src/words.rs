//! What the runner asks of the phone's process, and what that says to its member: one JSON object a line.

use serde::{Deserialize, Serialize};

/// What the member does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Opens a service's form and fills these fields in, one after another.
    Fill {
        /// Its id.
        service: String,
        /// Field by field.
        values: Vec<(String, String)>,
    },
    /// Turns to another app: what was typed is written.
    Pause,
    /// Goes from section to section of a service's form, and sends it.
    Send {
        /// Its id.
        service: String,
        /// What the portal is to have on file of it: for a phone that sends past the outbox.
        values: serde_json::Value,
    },
    /// Looks for what changed.
    Refresh,
    /// Reads the list of requests.
    List,
    /// Reads what stands in a service's form.
    Read {
        /// Its id.
        service: String,
    },
    /// Takes an entry out of the outbox.
    TakeBack {
        /// The entry.
        key: String,
    },
    /// Drops what stands in a service's form.
    Drop {
        /// Its id.
        service: String,
    },
    /// Signs in again, should the session have ended.
    SignIn,
    /// No file may become larger than this from now on; none says that there is room again.
    Room {
        /// In bytes.
        largest: Option<u64>,
    },
}

/// What the phone says to its member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// It is open. Its member is told of a file that was set aside.
    Open {
        /// Whether one was.
        set_aside: bool,
    },
    /// Done.
    Done,
    /// The form was sent: filed, or kept until the portal can be reached.
    Sent {
        /// The core's own words.
        text: String,
    },
    /// The list.
    Listed(Vec<Card>),
    /// What stands in the form, by field.
    Stands(Vec<(String, String)>),
    /// It is in this service's form again.
    Back {
        /// The service's id.
        service: String,
    },
    /// It could not be done.
    Failed {
        /// The error's own name.
        error: String,
        /// What the member reads.
        text: String,
    },
}

/// A card of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Card {
    /// Being filled in.
    Draft {
        /// The service's id.
        service: String,
    },
    /// In the outbox.
    Waiting {
        /// The entry.
        key: String,
        /// It waits for the member and not for the network.
        held: bool,
    },
    /// On file.
    Filed {
        /// Its number.
        number: String,
    },
}
